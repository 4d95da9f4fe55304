"""Which part of a file a request asks for. Pure."""

import re
from typing import NamedTuple

from heygen_async.sandbox.refusal import Refusal

_RANGE = re.compile(r"bytes=(\d*)-(\d*)", re.ASCII)


class Part(NamedTuple):
    """A part of a file.

    Attributes:
        start: First byte.
        length: Number of bytes.
        partial: Whether it is answered with 206.
    """

    start: int
    length: int
    partial: bool


def part_of(size: int, etag: str, asked: str | None, if_range: str | None) -> Part:
    """The part that the headers ``Range`` and ``If-Range`` ask for.

    Several ranges, other units and a stale ``If-Range`` get the whole file, as from S3.

    Raises:
        Refusal: 416, when the range begins behind the end.
    """
    whole = Part(0, size, partial=False)
    match = _RANGE.fullmatch(asked.strip()) if asked else None
    if match is None or (if_range is not None and if_range.strip() != etag):
        return whole
    first, last = match.groups()
    if not first and not last:
        return whole
    start = int(first) if first else max(0, size - int(last))
    end = min(size - 1, int(last)) if first and last else size - 1
    if first and last and int(last) < start:
        return whole
    if start >= size or end < start:
        raise Refusal(
            416,
            "InvalidRange",
            "The requested range is not satisfiable",
            headers={"Content-Range": f"bytes */{size}"},
        )
    return Part(start, end - start + 1, partial=True)
