"""What files tell without being decoded: the size of a picture, the length of a video."""

# ruff: noqa: PLR2004 - offsets and lengths are the formats' own

from __future__ import annotations

import struct
from pathlib import Path
from typing import IO

__all__ = ["image_size", "video_seconds"]

_PNG = b"\x89PNG\r\n\x1a\n"
#: JPEG markers of a frame header: SOF0 to SOF15, without DHT, JPG and DAC.
_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_JPEG_BARE = frozenset({0x01, *range(0xD0, 0xD9)})


def image_size(head: bytes) -> tuple[int, int] | None:
    """Width and height in pixels of a PNG, JPEG, GIF or WebP picture.

    Args:
        head: The first bytes of the file. 32 are enough but for JPEG, whose header may come late
            (64 KiB as a rule hold it).

    Returns:
        The size as stored (an EXIF rotation is not applied), or None when it cannot be told.
    """
    if head.startswith(_PNG):
        size = struct.unpack_from(">II", head, 16) if len(head) >= 24 else (0, 0)
    elif head.startswith((b"GIF87a", b"GIF89a")):
        size = struct.unpack_from("<HH", head, 6) if len(head) >= 10 else (0, 0)
    elif head.startswith(b"\xff\xd8"):
        size = _jpeg(head)
    elif head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        size = _webp(head)
    else:
        return None
    width, height = size
    return (width, height) if width and height else None


def _jpeg(head: bytes) -> tuple[int, int]:
    at = 2
    while at + 9 <= len(head):
        if head[at] != 0xFF:
            return 0, 0
        marker = head[at + 1]
        if marker == 0xFF:
            at += 1
        elif marker in _JPEG_BARE:
            at += 2
        elif marker in _JPEG_FRAMES:
            height, width = struct.unpack_from(">HH", head, at + 5)
            return width, height
        else:
            at += 2 + int.from_bytes(head[at + 2 : at + 4], "big")
    return 0, 0


def _webp(head: bytes) -> tuple[int, int]:
    if len(head) < 30:
        return 0, 0
    kind = head[12:16]
    if kind == b"VP8X":
        width, height = (int.from_bytes(head[at : at + 3], "little") for at in (24, 27))
        return width + 1, height + 1
    if kind == b"VP8L" and head[20] == 0x2F:
        bits = int.from_bytes(head[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 " and head[23:26] == b"\x9d\x01\x2a":
        width, height = struct.unpack_from("<HH", head, 26)
        return width & 0x3FFF, height & 0x3FFF
    return 0, 0


def video_seconds(path: Path) -> float | None:
    """The length of an MP4 by its header; None when it cannot be told."""
    try:
        with path.open("rb") as file:
            return _seconds(file, path.stat().st_size)
    except OSError:
        return None


def _seconds(file: IO[bytes], end: int) -> float | None:
    """Looks for `mvhd` among the boxes up to a place in the file, and for `moov` above it."""
    while file.tell() + 8 <= end:
        start = file.tell()
        size, kind = struct.unpack(">I4s", file.read(8))
        if size == 1:
            size = int.from_bytes(file.read(8), "big")
        if kind == b"moov":
            continue
        if kind == b"mvhd":
            return _header(file.read(32))
        if size < 8:
            return None
        file.seek(start + size)
    return None


def _header(body: bytes) -> float | None:
    at, form = (20, ">IQ") if body[:1] == b"\1" else (12, ">II")
    if len(body) < at + struct.calcsize(form):
        return None
    scale, length = struct.unpack_from(form, body, at)
    return length / scale if scale and length else None
