"""What the renderer and its worker processes say to each other: length-prefixed MessagePack."""

from __future__ import annotations

from typing import IO

import msgspec

from .spec import ClipSpec, Speech

__all__ = ["Reply", "Request", "receive", "send"]

_PREFIX = 4
_LONGEST = 64 * 1024 * 1024


class Request(msgspec.Struct, frozen=True):
    """Make one thing and write it to `target`.

    `kind` is `speech`, `length`, `clip`, `dub`, `cut`, `mask`, `thumbnail`, `gif`, `wav` or `mp3`;
    a speech and a length have no file.
    """

    kind: str
    spec: ClipSpec
    target: str


class Reply(msgspec.Struct, frozen=True):
    """What came of it: the speech when that was asked for, or the reason why it failed."""

    speech: Speech | None = None
    error: str | None = None


def send(stream: IO[bytes], message: Request | Reply) -> None:
    """Write one message and flush it.

    Raises:
        OSError: The other side is gone.
    """
    data = msgspec.msgpack.encode(message)
    stream.write(len(data).to_bytes(_PREFIX, "big") + data)
    stream.flush()


def receive(stream: IO[bytes]) -> bytes | None:
    """Read one message; None when the other side is gone or talks nonsense."""
    prefix = stream.read(_PREFIX)
    length = int.from_bytes(prefix, "big")
    if len(prefix) < _PREFIX or length > _LONGEST:
        return None
    data = stream.read(length)
    return data if len(data) == length else None
