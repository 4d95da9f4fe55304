"""Files that an app's input may hold: what is given here is uploaded on the way."""

import base64
import binascii
import re
from collections.abc import AsyncIterable
from os import PathLike
from typing import TYPE_CHECKING, Annotated, Final, TypeAlias, cast
from urllib.parse import unquote_to_bytes

from msgspec import Meta

from heygen_async.errors import InvalidRequestError
from heygen_async.models.base import Record
from heygen_async.models.files import SeekableFile, UploadSource

_DATA: Final = re.compile(r"data:([^;,]*)((?:;[^;,]*)*),", re.IGNORECASE)
_PASSED: Final = ("http://", "https://", "inf://")
_TEXT: Final = "text/plain"
# A line's end in a header would begin another one.
_TYPE: Final = re.compile(r"[!-~]+/[!-~]+( *;[ -~]*)?")


class LocalFile(Record):
    """A file with a name or a type of your own.

    Attributes:
        source: A path, bytes, a seekable file, or an async iterator of bytes. A ``str`` is a path.
        filename: Instead of the name that it has.
        content_type: MIME type; found from the first bytes, or from the name, when left out.
    """

    source: UploadSource
    filename: str | None = None
    content_type: str | None = None


if TYPE_CHECKING:
    FileInput: TypeAlias = UploadSource | LocalFile
    """What an app takes for a file: something that is uploaded by itself, or an address.

    Here a ``str`` is an http address, or a ``data:`` URI; a file on disk is a ``Path``.
    """
else:
    # On the wire there are addresses only: what is none has become one by then.
    FileInput = Annotated[str, Meta(extra_json_schema={"format": "file"})]


def is_media_type(text: str) -> bool:
    """Whether something can stand in a header for the type of a file."""
    return _TYPE.fullmatch(text) is not None


def is_local(value: object) -> bool:
    """Whether something can only be a file: no text ever is, whatever it looks like."""
    binary = bytes | bytearray | memoryview
    return isinstance(value, LocalFile | binary | PathLike | SeekableFile | AsyncIterable)


def is_data(value: object) -> bool:
    """Whether something is a ``data:`` URI."""
    return isinstance(value, str) and _DATA.match(value) is not None


def as_file(value: object, field: str) -> LocalFile | None:
    """What has to be uploaded for the value of a file's field; None where it is sent as it is.

    Args:
        value: As the caller gave it.
        field: Where it is, for the error.

    Raises:
        InvalidRequestError: A text that is no address, or a ``data:`` URI that cannot be read.
    """
    if isinstance(value, LocalFile):
        return value
    if is_local(value):
        return LocalFile(source=cast("UploadSource", value))
    if not isinstance(value, str) or value.lower().startswith(_PASSED):
        return None
    if is_data(value):
        return _of_data(value, field)
    raise InvalidRequestError(
        field,
        value,
        "must be an http address, a data: URI, or a file",
        hint="A file on disk is given as a Path; bytes as bytes, not in base64.",
    )


def _of_data(uri: str, field: str) -> LocalFile:
    head = _DATA.match(uri)
    assert head is not None  # noqa: S101  its caller has looked
    kind, options, text = head[1].strip() or _TEXT, head[2].lower(), uri[head.end() :]
    if not is_media_type(kind):
        raise InvalidRequestError(field, uri, "must have a MIME type such as image/png")
    if options.rpartition(";")[2].strip() != "base64":
        return LocalFile(source=unquote_to_bytes(text), content_type=kind)
    # Either alphabet, with or without the padding.
    plain = "".join(unquote_to_bytes(text).decode("ascii", "replace").split()).rstrip("=")
    try:
        data = base64.b64decode(plain.translate(_STANDARD) + "=" * (-len(plain) % 4), validate=True)
    except (binascii.Error, ValueError):
        raise InvalidRequestError(field, uri, "must hold base64 behind its comma") from None
    return LocalFile(source=data, content_type=kind)


_STANDARD: Final = str.maketrans("-_", "+/")
