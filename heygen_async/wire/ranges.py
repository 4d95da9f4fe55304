"""Byte ranges: how a download goes on where it stopped."""

import re
from collections.abc import Mapping
from enum import Enum
from typing import Final

import msgspec

_CONTENT_RANGE: Final = re.compile(r"bytes (?:(\d{1,18})-(\d{1,18})|\*)/(\d{1,18}|\*)", re.ASCII)
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


class Held(msgspec.Struct, frozen=True):
    """What lies on disk of a file.

    Attributes:
        size: Bytes of it.
        etag: Which version they are of; without one they cannot be continued.
        total: Size of the whole file in bytes, if it is known.
    """

    size: int = 0
    etag: str = ""
    total: int | None = None


class RangeReply(msgspec.Struct, frozen=True):
    """How a download goes on.

    Attributes:
        answer: What to do.
        total: Size of the whole file in bytes, if it is known.
        etag: Which version comes, if bytes of it can be continued later.
    """

    answer: Answer
    total: int | None = None
    etag: str = ""


def range_headers(held: Held) -> dict[str, str]:
    """The headers that ask for what is missing, if it still belongs to what is there."""
    headers = {"Accept-Encoding": "identity"}
    if held.size:
        headers |= {"Range": f"bytes={held.size}-", "If-Range": held.etag}
    return headers


def read_reply(status: int, headers: Mapping[str, str], held: Held) -> RangeReply:
    """What an answer to the request with ``range_headers`` means.

    Args:
        status: The HTTP status.
        headers: Of the answer.
        held: What lies on disk.
    """
    # Asked not to, some compress all the same: then nobody knows the length, and the bytes cannot
    # be continued.
    encoded = headers.get("Content-Encoding", "identity") != "identity"
    told = headers.get("ETag", "")
    # Two files with one weak ETag mean the same, and need not have the same bytes.
    etag = "" if encoded or told.startswith("W/") else told
    match = _CONTENT_RANGE.fullmatch(headers.get("Content-Range", ""))
    total = int(match[3]) if match and match[3] != "*" else None
    # Where nothing is held there is nothing to throw away: to ask again would go on for ever.
    misfit = RangeReply(Answer.STALE if held.size else Answer.REFUSED)
    if status == _OK:
        length = headers.get("Content-Length", "")
        known = not encoded and length.isdecimal()
        return RangeReply(Answer.RESTART, int(length) if known else None, etag)
    if status == _PARTIAL:
        follows = match is not None and match[1] is not None and int(match[1]) == held.size
        if encoded or not follows:
            return misfit
        if not held.size:
            return RangeReply(Answer.RESTART, total, etag)
        total = held.total if total is None else total
        same = held.total in {None, total} and told in {"", held.etag}
        return RangeReply(Answer.APPEND, total, held.etag) if same else misfit
    if status == _NOT_SATISFIABLE:
        done = held.size > 0 and total == held.size
        return RangeReply(Answer.COMPLETE, total, held.etag) if done else misfit
    return RangeReply(Answer.EXPIRED if status in _EXPIRED else Answer.REFUSED)
