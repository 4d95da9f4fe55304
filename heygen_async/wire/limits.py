"""What HeyGen refuses of a file, known before a byte is sent.

https://developers.heygen.com/docs/usage-limits
"""

import re
from typing import Final

from heygen_async.errors import InvalidRequestError
from heygen_async.wire.media_types import HEAD_BYTES, sniff

MIB: Final = 1024 * 1024
MULTIPART_MAX: Final = 32 * MIB
"""Most bytes that ``POST /v3/assets`` takes; larger files go by direct upload."""

VIDEO_MAX: Final = 100 * MIB
"""Most bytes of a video that a new video may use."""

IMAGE_MAX: Final = 50 * MIB
"""Most bytes of a picture."""

AUDIO_MAX: Final = 50 * MIB
"""Most bytes of a recording."""

STREAM_MAX: Final = 2048 * MIB
"""Most bytes of a stream of a type without a limit of its own. It is written to disk before it is
sent, so one without an end has to stop somewhere; a file that lies on disk may be larger."""

BULK_STATUS_MAX: Final = 100
"""Most ids of one bulk status call."""

ASSET_TYPES: Final = frozenset(
    {
        "image/png",
        "image/jpeg",
        "video/mp4",
        "video/webm",
        "audio/mpeg",
        "audio/wav",
        "application/pdf",
        "application/x-subrip",
    }
)
"""What ``POST /v3/assets`` takes."""

DIRECT_TYPES: Final = ASSET_TYPES | {"application/zip"}
"""What a direct upload takes."""

LEGACY_TYPES: Final = frozenset(
    {"image/png", "image/jpeg", "video/mp4", "video/webm", "audio/mpeg", "audio/wav"}
)
"""What ``POST /v1/asset`` takes."""

PHOTO_TYPES: Final = frozenset({"image/png", "image/jpeg"})
"""What ``POST /v1/talking_photo`` takes."""

# No surrogates: they have no UTF-8.
_ID: Final = re.compile(r"[^\s/,\x00-\x1f\x7f-\x9f\ud800-\udfff]{1,128}")
_MAX_BY_FAMILY: Final = {"video": VIDEO_MAX, "image": IMAGE_MAX, "audio": AUDIO_MAX}
_LEAST_MAX: Final = min(_MAX_BY_FAMILY.values())


def goes_direct(size: int, head: bytes) -> bool:
    """Whether a file has to take the direct way: by its size, or by its type.

    Args:
        size: Bytes.
        head: The file's beginning.
    """
    return size > MULTIPART_MAX or sniff(head) in DIRECT_TYPES - ASSET_TYPES


def content_type_of(
    head: bytes, *, name: str, declared: str | None, allowed: frozenset[str]
) -> str:
    """The content type to send, by the first bytes.

    Args:
        head: The file's beginning.
        name: The file's name, for the error.
        declared: What the caller says it is; has to agree with the bytes where they are known.
        allowed: What the endpoint takes.

    Raises:
        InvalidRequestError: There are no bytes, or they are of no type that the endpoint takes, or
            of another type than declared.
    """
    if not head:
        raise InvalidRequestError("file", name, "must not be empty")
    seen = sniff(head)
    if seen is None and declared in allowed and not declared.startswith(("image/", "video/")):
        return declared  # subtitles and bare MPEG audio have no reliable beginning
    if seen is None or seen not in allowed:
        raise InvalidRequestError(
            "file", f"{name} ({seen or 'unknown type'})", f"must be one of {_words(allowed)}"
        )
    if declared is not None and declared != seen:
        raise InvalidRequestError("content_type", declared, f"{name} is {seen} by its bytes")
    return seen


def check_size(size: int, *, name: str, content_type: str, maximum: int | None = None) -> None:
    """Refuses an empty file and one over the limit of its family.

    Args:
        size: Bytes.
        name: The file's name, for the error.
        content_type: Decides which limit holds.
        maximum: Another limit, in bytes.

    Raises:
        InvalidRequestError: The file is empty or too large.
    """
    if size == 0:
        raise InvalidRequestError("file", name, "must not be empty")
    if maximum is None:
        maximum = _MAX_BY_FAMILY.get(content_type.partition("/")[0])
    if maximum is not None and size > maximum:
        raise InvalidRequestError(
            "file", f"{name} of {size:,} bytes", f"{content_type} must be at most {maximum:,} bytes"
        )


class StreamLimit:
    """Stops a stream at the largest size that its type may have, while it still comes.

    Args:
        name: The stream's name, for the error.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._head = b""
        self._size = 0

    def take(self, chunk: bytes | bytearray | memoryview) -> None:
        """Counts the next bytes.

        Raises:
            InvalidRequestError: They are too many.
        """
        view = memoryview(chunk).cast("B")
        if len(self._head) < HEAD_BYTES:
            self._head += bytes(view[: HEAD_BYTES - len(self._head)])
        self._size += len(view)
        if self._size <= _LEAST_MAX:
            return
        # What cannot be told by its beginning is a recording or a text.
        kind = sniff(self._head) or "audio/unknown"
        most = _MAX_BY_FAMILY.get(kind.partition("/")[0], STREAM_MAX)
        if self._size > most:
            raise InvalidRequestError(
                "file", f"{self._name} of unknown length", f"{kind} must be at most {most:,} bytes"
            )


def check_id(field: str, value: str, *, reserved: frozenset[str] = frozenset()) -> str:
    """The id itself, if it can be one.

    Args:
        field: Its name, for the error.
        value: The id.
        reserved: Words that are another endpoint where the id would stand.

    Raises:
        InvalidRequestError: It is empty, no text or longer than 128 characters, holds white
            space, a control character, a slash or a comma, which is what stands between the ids
            of a bulk call, is a step in a path, or reserved.
    """
    given: object = value
    if not isinstance(given, str) or not _ID.fullmatch(given) or given in (".", ".."):
        problem = "must be an id of up to 128 characters, without spaces, slashes or commas"
        raise InvalidRequestError(field, value, problem)
    if given in reserved:
        raise InvalidRequestError(field, value, "must be an id: this is the name of an endpoint")
    return value


def _words(types: frozenset[str]) -> str:
    return ", ".join(sorted(t.partition("/")[2].removeprefix("x-") for t in types))
