"""Streams: whatever the chunks, the same events."""

import itertools
from collections.abc import Iterable

import pytest
from hypothesis import given, strategies as st

from heygen_async.errors import DecodeError
from heygen_async.wire.streams import (
    EventParser,
    JsonLinesParser,
    Lines,
    ServerEvent,
    StreamParser,
    parser_for,
)

ENDS = st.sampled_from([b"\n", b"\r", b"\r\n"])
BOM = b"\xef\xbb\xbf"


def parsed(stream: bytes, parser: StreamParser | None = None) -> list[ServerEvent]:
    parser = parser or EventParser()
    return [*parser.feed(stream), *parser.end()]


def in_chunks(stream: bytes, cuts: Iterable[int], parser: StreamParser) -> list[ServerEvent]:
    places = sorted({min(cut, len(stream)) for cut in cuts} | {0, len(stream)})
    events: list[ServerEvent] = []
    for start, end in itertools.pairwise(places):
        events += parser.feed(stream[start:end])
        events += parser.feed(b"")
    return events + parser.end()


def message(data: str, event: str = "message", event_id: str = "") -> ServerEvent:
    return ServerEvent(data=data.encode(), event=event, id=event_id)


@pytest.mark.parametrize(
    ("stream", "expected"),
    [
        (b"", []),
        (b"data: hi\n\n", [message("hi")]),
        (b"data:hi\r\n\r\n", [message("hi")]),
        (b"data: hi\r\r", [message("hi")]),
        (b"data:  two spaces\n\n", [message(" two spaces")]),
        (b"data: a\ndata: b\n\n", [message("a\nb")]),
        (b"data\n\n", [message("")]),
        (b"data\ndata\n\n", [message("\n")]),
        (BOM + b"data: hi\n\n", [message("hi")]),
        (b"data: x\n\n" + BOM + b"data: hi\n\n", [message("x")]),
        (b": heartbeat\n\ndata: hi\n\n: more\n\n", [message("hi")]),
        (b":\ndata: hi\n:\n\n", [message("hi")]),
        (b"event: end\ndata: {}\n\ndata: x\n\n", [message("{}", "end"), message("x")]),
        (b"event: lost\n\ndata: x\n\n", [message("x")]),
        (b"event:\ndata: x\n\n", [message("x")]),
        (b"id: 7\ndata: a\n\ndata: b\n\n", [message(x, event_id="7") for x in "ab"]),
        (b"id: 1\nid: 2\0\ndata: a\n\n", [message("a", "message", "1")]),
        (b"retry: 10\nnew: x\ndata: a\n\n", [message("a")]),
        (b"data: a: b\n\n", [message("a: b")]),
        (b"data: cut", []),
        (b"data: cut\n", []),
        (b"data: a\n\ndata: cut\n", [message("a")]),
        (b"\n\n\ndata: a\n\n\n\n", [message("a")]),
        ("data: grüße\n\n".encode(), [message("grüße")]),
    ],
)  # fmt: skip
def test_events(stream: bytes, expected: list[ServerEvent]) -> None:
    assert parsed(stream) == expected


def test_an_event_is_there_as_soon_as_its_empty_line_is() -> None:
    parser = EventParser()
    assert parser.feed(b"data: a\r") == []
    assert parser.feed(b"\r") == [message("a")]
    assert parser.feed(b"\ndata: b\n") == []
    assert parser.feed(b"\n") == [message("b")]


def test_crlf_may_be_cut_in_two() -> None:
    parser = EventParser()
    assert parser.feed(b"data: a\r") == []
    assert parser.feed(b"\ndata: b\r") == []
    assert parser.feed(b"\n\r") == [message("a\nb")]


def test_text_that_is_no_utf8_is_replaced() -> None:
    (event,) = parsed(b"event: \xff\ndata: \xff\n\n")
    assert event.event == event.text == "\ufffd"
    assert event.data == b"\xff"


STREAMS = st.lists(
    st.one_of(
        st.sampled_from([b"", b"data", b"data: x", b":", b": beat", b"event: end", b"id: 3", BOM]),
        st.binary(max_size=8),
        st.text("\n\r data:é", max_size=12).map(str.encode),
    ),
    max_size=12,
)


@given(STREAMS, ENDS, st.lists(st.integers(0, 120), max_size=20))
def test_any_chunking_gives_the_same_events(
    lines: list[bytes], end: bytes, cuts: list[int]
) -> None:
    stream = end.join(lines)
    for places in (cuts, range(len(stream))):
        assert in_chunks(stream, places, EventParser()) == parsed(stream)
    whole = parsed(stream, JsonLinesParser())
    assert in_chunks(stream, cuts, JsonLinesParser()) == whole


TEXTS = st.text(st.characters(exclude_characters="\r\n\0", exclude_categories=["Cs"]), max_size=20)


@given(
    st.lists(st.tuples(st.lists(TEXTS, min_size=1, max_size=3), TEXTS, TEXTS), max_size=5),
    ENDS,
    st.sampled_from([b"", BOM]),
    st.lists(st.integers(0, 300), max_size=20),
)
def test_what_is_written_is_read(
    events: list[tuple[list[str], str, str]], end: bytes, mark: bytes, cuts: list[int]
) -> None:
    stream, expected = mark, []
    for lines, name, event_id in events:
        fields = [f"event: {name}", f"id: {event_id}", ": beat", *(f"data: {x}" for x in lines)]
        stream += end.join([*(field.encode() for field in fields), b"", b""])
        expected.append(message("\n".join(lines), name or "message", event_id))
    for places in (cuts, range(len(stream))):
        assert in_chunks(stream, places, EventParser()) == expected
    # A last event that was cut does not count.
    assert in_chunks(stream + b"data: cut", cuts, EventParser()) == expected


@given(st.lists(st.binary(max_size=6), max_size=8), st.lists(st.integers(0, 60), max_size=10))
def test_lines_are_those_of_the_whole(pieces: list[bytes], cuts: list[int]) -> None:
    stream = b"\n".join(pieces)
    lines, places = Lines(), sorted({min(cut, len(stream)) for cut in cuts} | {0, len(stream)})
    found = [
        line for start, end in itertools.pairwise(places) for line in lines.feed(stream[start:end])
    ]
    once = Lines()
    assert (found, lines.end()) == (once.feed(stream), once.end())


def test_json_lines() -> None:
    stream = BOM + b'{"a":1}\r\n\n  \n{"b":2}\n{"c":'
    assert [event.data for event in parsed(stream, JsonLinesParser())] == [
        b'{"a":1}', b'{"b":2}', b'{"c":',
    ]  # fmt: skip


def test_a_line_without_end_is_refused_rather_than_held() -> None:
    parser = EventParser(longest=100)
    parser.feed(b"data: " + b"x" * 90)
    with pytest.raises(DecodeError, match="longer than 100 bytes"):
        parser.feed(b"x" * 10)
    assert len(parsed(b"data: x\n\n" * 100, EventParser(longest=100))) == 100


def test_the_content_type_decides() -> None:
    assert isinstance(parser_for("text/event-stream"), EventParser)
    assert isinstance(parser_for("Application/X-NDJSON"), JsonLinesParser)
    assert parser_for("application/json") is None
