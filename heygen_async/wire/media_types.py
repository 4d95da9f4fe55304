"""What a file is, by its first bytes: HeyGen looks at those too, and refuses what does not fit."""

from typing import Final

HEAD_BYTES: Final = 64
"""How many bytes from the beginning of a file ``sniff`` wants to see."""

EXTENSIONS: Final = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "image/heic": ".heic",
    "image/avif": ".avif",
    "video/mp4": ".mp4",
    "video/webm": ".webm",
    "audio/mpeg": ".mp3",
    "audio/wav": ".wav",
    "application/pdf": ".pdf",
    "application/zip": ".zip",
    "application/x-subrip": ".srt",
}
"""Content types that ``sniff`` knows, with the extension that HeyGen expects of each."""

_PREFIXES: Final = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"\x1a\x45\xdf\xa3", "video/webm"),
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"ID3", "audio/mpeg"),
)
# Pictures in the same box as MP4: phones take them, and HeyGen does not.
_BRANDS: Final = {
    b"heic": "image/heic",
    b"heix": "image/heic",
    b"heim": "image/heic",
    b"heis": "image/heic",
    b"mif1": "image/heic",
    b"avif": "image/avif",
    b"avis": "image/avif",
}
_MPEG_LAYER_3: Final = frozenset({0xFB, 0xF3, 0xF2, 0xFA, 0xE3, 0xE2})
_MPEG_SYNC: Final = 0xFF


def sniff(head: bytes) -> str | None:
    """The content type that a file's first bytes show.

    Args:
        head: The first ``HEAD_BYTES`` bytes, or all of a shorter file.

    Returns:
        One of the keys of ``EXTENSIONS``, or None when the bytes say nothing.
    """
    for prefix, content_type in _PREFIXES:
        if head.startswith(prefix):
            return content_type
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12], "video/mp4")
    if head[:4] == b"RIFF":
        return {b"WAVE": "audio/wav", b"WEBP": "image/webp"}.get(head[8:12])
    if len(head) > 1 and head[0] == _MPEG_SYNC and head[1] in _MPEG_LAYER_3:
        return "audio/mpeg"
    return "application/x-subrip" if _is_srt(head) else None


def _is_srt(head: bytes) -> bool:
    """A subtitle file begins with a number on a line of its own and a time with an arrow."""
    lines = head.removeprefix(b"\xef\xbb\xbf").lstrip().splitlines()
    return len(lines) > 1 and lines[0].strip().isdigit() and b"-->" in lines[1]
