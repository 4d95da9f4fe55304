import pytest
from hypothesis import given, strategies as st

from heygen_async.wire.ranges import Answer, Held, RangeReply, range_headers, read_reply

ETAG = '"one"'
HELD = Held(400, ETAG, 1000)
STALE = RangeReply(Answer.STALE)
REFUSED = RangeReply(Answer.REFUSED)
EXPIRED = RangeReply(Answer.EXPIRED)


def ranged(value: str, **more: str) -> dict[str, str]:
    return {"Content-Range": value, "ETag": ETAG, **more}


def test_what_is_there_is_asked_to_be_continued() -> None:
    assert range_headers(Held()) == {"Accept-Encoding": "identity"}
    assert range_headers(HELD) == {
        "Accept-Encoding": "identity",
        "Range": "bytes=400-",
        "If-Range": ETAG,
    }


@pytest.mark.parametrize(
    ("headers", "total", "etag"),
    [
        ({"Content-Length": "1000", "ETag": ETAG}, 1000, ETAG),
        ({"Content-Length": "1000"}, 1000, ""),
        ({"Content-Length": "1000", "ETag": 'W/"one"'}, 1000, ""),
        ({}, None, ""),
        ({"Content-Length": "many"}, None, ""),
        ({"Content-Length": "²"}, None, ""),
        ({"Content-Length": "10", "ETag": ETAG, "Content-Encoding": "gzip"}, None, ""),
        ({"Content-Length": "10", "ETag": ETAG, "Content-Encoding": "identity"}, 10, ETAG),
    ],
)
@pytest.mark.parametrize("held", [Held(), HELD])
def test_a_whole_file_is_begun_anew(
    headers: dict[str, str], total: int | None, etag: str, held: Held
) -> None:
    assert read_reply(200, headers, held) == RangeReply(Answer.RESTART, total, etag)


@pytest.mark.parametrize(
    ("headers", "held", "expected"),
    [
        (ranged("bytes 400-999/1000"), HELD, RangeReply(Answer.APPEND, 1000, ETAG)),
        (ranged("bytes 400-499/1000"), HELD, RangeReply(Answer.APPEND, 1000, ETAG)),
        (ranged("bytes 400-999/*"), HELD, RangeReply(Answer.APPEND, 1000, ETAG)),
        (
            ranged("bytes 400-999/1000"),
            Held(400, ETAG),
            RangeReply(Answer.APPEND, 1000, ETAG),
        ),
        (ranged("bytes 400-999/*"), Held(400, ETAG), RangeReply(Answer.APPEND, None, ETAG)),
        ({"Content-Range": "bytes 400-999/1000"}, HELD, RangeReply(Answer.APPEND, 1000, ETAG)),
        (ranged("bytes 400-999/1000", ETag='"two"'), HELD, STALE),
        (ranged("bytes 400-999/1000", ETag='W/"one"'), HELD, STALE),
        (ranged("bytes 400-1999/2000"), HELD, STALE),
        (ranged("bytes 300-999/1000"), HELD, STALE),
        (ranged("bytes 0-999/1000"), HELD, STALE),
        (ranged("bytes */1000"), HELD, STALE),
        (ranged("pages 1-2/3"), HELD, STALE),
        (ranged("bytes 400-999/" + "9" * 5000), HELD, STALE),
        (ranged("bytes 400-999/1000", **{"Content-Encoding": "gzip"}), HELD, STALE),
        ({}, HELD, STALE),
    ],
)
def test_a_part_is_appended_only_if_it_belongs_to_what_is_there(
    headers: dict[str, str], held: Held, expected: RangeReply
) -> None:
    assert read_reply(206, headers, held) == expected


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        (ranged("bytes 0-999/1000"), RangeReply(Answer.RESTART, 1000, ETAG)),
        (ranged("bytes 0-99/1000"), RangeReply(Answer.RESTART, 1000, ETAG)),
        (ranged("bytes 0-99/1000", ETag='W/"one"'), RangeReply(Answer.RESTART, 1000)),
        (ranged("bytes 400-999/1000"), REFUSED),
        (ranged("bytes 0-99/1000", **{"Content-Encoding": "gzip"}), REFUSED),
        ({}, REFUSED),
    ],
)
def test_a_part_that_nobody_asked_for_is_taken_only_from_the_first_byte(
    headers: dict[str, str], expected: RangeReply
) -> None:
    assert read_reply(206, headers, Held()) == expected


@pytest.mark.parametrize(
    ("value", "held", "expected"),
    [
        ("bytes */400", HELD, RangeReply(Answer.COMPLETE, 400, ETAG)),
        ("bytes */1000", HELD, STALE),
        ("", HELD, STALE),
        ("bytes */0", Held(), REFUSED),
        ("bytes */1000", Held(), REFUSED),
    ],
)
def test_nothing_behind_the_end_means(value: str, held: Held, expected: RangeReply) -> None:
    assert read_reply(416, {"Content-Range": value}, held) == expected


@pytest.mark.parametrize("held", [Held(), HELD])
@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_link_has_expired(status: int, held: Held) -> None:
    assert read_reply(status, {"Content-Length": "243"}, held) == EXPIRED


@pytest.mark.parametrize("held", [Held(), HELD])
@pytest.mark.parametrize("status", [302, 400, 429, 500])
def test_everything_else_is_refused(status: int, held: Held) -> None:
    assert read_reply(status, {}, held) == REFUSED


SIZES = st.integers(0, 10**9)
ETAGS = st.sampled_from(["", '"one"', '"two"', 'W/"one"'])


@given(
    st.sampled_from([200, 206, 416]),
    st.text(max_size=30) | st.from_regex(r"bytes \d{1,9}-\d{1,9}/(\d{1,9}|\*)", fullmatch=True),
    st.text(max_size=9),
    ETAGS,
    st.just(Held()) | st.builds(Held, SIZES, st.just(ETAG), st.none() | SIZES),
)
def test_an_answer_never_mixes_two_files_and_is_never_asked_for_ever(
    status: int, content_range: str, length: str, etag: str, held: Held
) -> None:
    headers = {"Content-Range": content_range, "Content-Length": length, "ETag": etag}
    reply = read_reply(status, headers, held)
    assert reply.total is None or reply.total >= 0
    assert not reply.etag.startswith("W/")
    if reply.answer is Answer.APPEND:
        assert status == 206
        start, _, _ = content_range.removeprefix("bytes ").partition("-")
        assert int(start) == held.size
        assert etag in {"", held.etag}
        assert held.total in {None, reply.total}
    if not held.size:
        assert reply.answer in {Answer.RESTART, Answer.REFUSED}
