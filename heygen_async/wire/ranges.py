"""Byte ranges: how a download goes on where it stopped."""

import re
from enum import Enum
from typing import Final

import msgspec

_CONTENT_RANGE: Final = re.compile(r"bytes (?:(\d+)-(\d+)|\*)/(\d+|\*)")
_OK: Final = 200
_PARTIAL: Final = 206
_NOT_SATISFIABLE: Final = 416
_EXPIRED: Final = frozenset({401, 403, 404, 410})


class Answer(Enum):
    """What to do with an answer to a download."""

    APPEND = "append"
    """The bytes follow on what we have."""
    RESTART = "restart"
    """The bytes are the whole file: throw away what we have."""
    COMPLETE = "complete"
    """We have all of it already."""
    STALE = "stale"
    """What we have does not belong to this file: throw it away and ask again."""
    EXPIRED = "expired"
    """The link no longer works: ask for a fresh one."""
    REFUSED = "refused"
    """Some other error."""


class RangeReply(msgspec.Struct, frozen=True):
    """How a download goes on.

    Attributes:
        answer: What to do.
        total: Size of the whole file in bytes, if it is known.
    """

    answer: Answer
    total: int | None = None


def read_reply(
    status: int,
    content_range: str | None,
    content_length: str | None,
    have: int,
    *,
    encoded: bool = False,
) -> RangeReply:
    """What an answer to ``Range: bytes=have-`` means.

    Args:
        status: The HTTP status.
        content_range: The header, if there is one.
        content_length: The header, if there is one.
        have: Bytes that lie on disk.
        encoded: Whether the answer is compressed: its ranges and lengths are not the file's.
    """
    match = _CONTENT_RANGE.fullmatch(content_range or "")
    total = int(match[3]) if match and match[3] != "*" else None
    if status == _OK:
        known = not encoded and content_length is not None and content_length.isdecimal()
        return RangeReply(Answer.RESTART, int(content_length or 0) if known else None)
    if status == _PARTIAL:
        fits = not encoded and match is not None and match[1] is not None and int(match[1]) == have
        return RangeReply(Answer.APPEND if fits else Answer.STALE, total)
    if status == _NOT_SATISFIABLE:
        done = total is not None and total == have
        return RangeReply(Answer.COMPLETE if done else Answer.STALE, total)
    return RangeReply(Answer.EXPIRED if status in _EXPIRED else Answer.REFUSED)
