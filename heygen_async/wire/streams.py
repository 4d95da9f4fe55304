"""Answers that come piece by piece: server-sent events, and JSON lines.

Incremental and pure: bytes go in as they arrive, cut anywhere, and what has become whole comes out.

https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
"""

import re
from typing import Final, Protocol

from heygen_async.errors import DecodeError
from heygen_async.models.base import Record

LONGEST_LINE: Final = 64 * 1024 * 1024
"""Bytes; a line that goes on beyond it is refused rather than held."""

_BREAK: Final = re.compile(rb"\r\n|\n|\r")
_BOM: Final = b"\xef\xbb\xbf"
_MESSAGE: Final = "message"


class ServerEvent(Record):
    """One event of a stream.

    Attributes:
        data: What it says; several lines are joined by line feeds.
        event: Its name; ``message`` where it has none.
        id: The last id that the stream gave, or an empty text.
    """

    data: bytes
    event: str = _MESSAGE
    id: str = ""

    @property
    def text(self) -> str:
        """``data`` as text; what is not UTF-8 is replaced."""
        return self.data.decode(errors="replace")


class StreamParser(Protocol):
    """Takes bytes and gives events."""

    def feed(self, chunk: bytes) -> list[ServerEvent]:
        """The events that this chunk completes."""
        ...

    def end(self) -> list[ServerEvent]:
        """The events that the end of the stream completes."""
        ...


class Lines:
    """Bytes to lines: ended by LF, CR or CRLF, without a byte order mark at the beginning."""

    def __init__(self, longest: int = LONGEST_LINE) -> None:
        self._longest = longest
        self._held: list[bytes] = []
        self._size: int = 0
        self._first: bool = True
        # A CR ends a line at once; an LF that follows belongs to it.
        self._after_cr: bool = False

    def feed(self, chunk: bytes) -> list[bytes]:
        """The lines that this chunk completes, without their ends.

        Raises:
            DecodeError: A line does not end.
        """
        if not chunk:
            return []
        if self._after_cr:
            self._after_cr = False
            chunk = chunk.removeprefix(b"\n")
            if not chunk:
                return []
        self._after_cr = chunk.endswith(b"\r")
        head, *rest = _BREAK.split(chunk)
        self._hold(head)
        if not rest:
            return []
        lines = [self._taken(), *rest[:-1]]
        self._hold(rest[-1])
        return lines

    def end(self) -> bytes:
        """What came after the last line's end."""
        return self._taken()

    def _hold(self, piece: bytes) -> None:
        if not piece:
            return
        self._size += len(piece)
        if self._size > self._longest:
            raise DecodeError(
                f"a line is longer than {self._longest:,} bytes",
                path="$",
                model="stream",
                raw=self._held[0] if self._held else piece,
            )
        self._held.append(piece)

    def _taken(self) -> bytes:
        line = b"".join(self._held)
        self._held, self._size = [], 0
        if self._first:
            self._first = False
            line = line.removeprefix(_BOM)
        return line


class EventParser:
    """Server-sent events. Comments (heartbeats) and unknown fields are left out."""

    def __init__(self, longest: int = LONGEST_LINE) -> None:
        self._lines = Lines(longest)
        self._data: list[bytes] = []
        self._event: str = ""
        self._id: str = ""

    def feed(self, chunk: bytes) -> list[ServerEvent]:
        """The events that this chunk completes.

        Raises:
            DecodeError: A line does not end.
        """
        events: list[ServerEvent] = []
        for line in self._lines.feed(chunk):
            if line:
                self._field(line)
            elif (event := self._whole()) is not None:
                events.append(event)
        return events

    def end(self) -> list[ServerEvent]:
        """Nothing: an event that is not ended by an empty line was cut, and does not count."""
        return []

    def _field(self, line: bytes) -> None:
        name, _, value = line.partition(b":")
        value = value.removeprefix(b" ")
        match name:
            case b"data":
                self._data.append(value)
            case b"event":
                self._event = value.decode(errors="replace")
            case b"id" if b"\0" not in value:
                self._id = value.decode(errors="replace")
            case _:
                pass  # a comment, whose name is empty; `retry`; or something of tomorrow

    def _whole(self) -> ServerEvent | None:
        data, name = self._data, self._event
        self._data, self._event = [], ""
        if not data:
            return None
        return ServerEvent(data=b"\n".join(data), event=name or _MESSAGE, id=self._id)


class JsonLinesParser:
    """One JSON value per line. Empty lines are left out; the last line needs no end."""

    def __init__(self, longest: int = LONGEST_LINE) -> None:
        self._lines = Lines(longest)

    def feed(self, chunk: bytes) -> list[ServerEvent]:
        """The lines that this chunk completes.

        Raises:
            DecodeError: A line does not end.
        """
        return [ServerEvent(data=line) for line in self._lines.feed(chunk) if line.strip()]

    def end(self) -> list[ServerEvent]:
        """The last line, if nothing ended it."""
        line = self._lines.end()
        return [ServerEvent(data=line)] if line.strip() else []


_PARSERS: Final[dict[str, type[EventParser | JsonLinesParser]]] = {
    "text/event-stream": EventParser,
    "application/x-ndjson": JsonLinesParser,
    "application/ndjson": JsonLinesParser,
    "application/jsonl": JsonLinesParser,
    "application/x-jsonlines": JsonLinesParser,
}


def parser_for(content_type: str) -> StreamParser | None:
    """A new parser for an answer of a content type; None where it is no stream.

    Args:
        content_type: Without parameters, such as ``text/event-stream``.
    """
    kind = _PARSERS.get(content_type.lower())
    return None if kind is None else kind()
