import pytest
from hypothesis import given, strategies as st

from heygen_async.wire.ranges import Answer, RangeReply, read_reply


@pytest.mark.parametrize(
    ("status", "content_range", "length", "have", "expected"),
    [
        (200, None, "1000", 0, RangeReply(Answer.RESTART, 1000)),
        (200, None, "1000", 400, RangeReply(Answer.RESTART, 1000)),
        (200, None, None, 0, RangeReply(Answer.RESTART, None)),
        (200, None, "many", 0, RangeReply(Answer.RESTART, None)),
        (200, None, "²", 0, RangeReply(Answer.RESTART, None)),
        (206, "bytes 400-999/1000", "600", 400, RangeReply(Answer.APPEND, 1000)),
        (206, "bytes 0-999/1000", "1000", 0, RangeReply(Answer.APPEND, 1000)),
        (206, "bytes 400-999/*", "600", 400, RangeReply(Answer.APPEND, None)),
        (206, "bytes 300-999/1000", "700", 400, RangeReply(Answer.STALE, 1000)),
        (206, None, "600", 400, RangeReply(Answer.STALE, None)),
        (206, "bytes */1000", "600", 400, RangeReply(Answer.STALE, 1000)),
        (206, "pages 1-2/3", "600", 400, RangeReply(Answer.STALE, None)),
        (416, "bytes */400", None, 400, RangeReply(Answer.COMPLETE, 400)),
        (416, "bytes */1000", None, 400, RangeReply(Answer.STALE, 1000)),
        (416, None, None, 400, RangeReply(Answer.STALE, None)),
        (401, None, None, 0, RangeReply(Answer.EXPIRED)),
        (403, None, "243", 0, RangeReply(Answer.EXPIRED)),
        (404, None, None, 400, RangeReply(Answer.EXPIRED)),
        (410, None, None, 400, RangeReply(Answer.EXPIRED)),
        (400, None, None, 0, RangeReply(Answer.REFUSED)),
        (429, None, None, 0, RangeReply(Answer.REFUSED)),
        (500, None, None, 400, RangeReply(Answer.REFUSED)),
        (302, None, None, 0, RangeReply(Answer.REFUSED)),
    ],
)
def test_an_answer_to_a_range_means(
    status: int, content_range: str | None, length: str | None, have: int, expected: RangeReply
) -> None:
    assert read_reply(status, content_range, length, have) == expected


@given(
    st.sampled_from([200, 206, 416]),
    st.none() | st.text(max_size=30) | st.from_regex(r"bytes \d{1,9}-\d{1,9}/(\d{1,9}|\*)"),
    st.none() | st.text(max_size=9),
    st.integers(0, 10**9),
)
def test_bytes_are_appended_only_where_they_follow(
    status: int, content_range: str | None, length: str | None, have: int
) -> None:
    reply = read_reply(status, content_range, length, have)
    if reply.answer is Answer.APPEND:
        assert status == 206
        assert content_range is not None
        assert content_range.startswith("bytes ")
    assert reply.total is None or reply.total >= 0


def test_a_compressed_answer_has_no_length_and_continues_nothing() -> None:
    whole = read_reply(200, None, "10", 0, encoded=True)
    assert whole == RangeReply(Answer.RESTART)
    part = read_reply(206, "bytes 5-9/10", "5", 5, encoded=True)
    assert part.answer is Answer.STALE
