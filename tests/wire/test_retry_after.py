from datetime import UTC, datetime
from email.utils import format_datetime

import pytest
from hypothesis import example, given, strategies as st
from multidict import CIMultiDict

from heygen_async.wire.retry import retry_after

NOW = 1_800_000_000.0
MONTH = 30 * 24 * 3600.0


def date(moment: float) -> str:
    return format_datetime(datetime.fromtimestamp(moment, UTC), usegmt=True)


def read(text: str, name: str = "Retry-After") -> float | None:
    return retry_after(CIMultiDict({name: text}), NOW)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("0", 0.0),
        ("7", 7.0),
        ("1.5", 1.5),
        (" 12 ", 12.0),
        ("3600", 3600.0),
        ("1e9", MONTH),
        ("1e400", MONTH),
        ("inf", MONTH),
        (date(NOW + 90), 90.0),
        (date(NOW - 90), 0.0),
        (date(NOW + 10 * MONTH), MONTH),
        ("Fri, 15 Jan 2027 08:01:30 -0000", 90.0),
    ],
)
def test_seconds_and_dates_are_read(text: str, seconds: float) -> None:
    assert read(text) == seconds


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "-1",
        "-0.5",
        "-inf",
        "nan",
        "soon",
        "1,5",
        "12 seconds",
        "Mon, 99 Foo 2026 99:99:99 GMT",
        "Mon, 01 Jan 99999999999 00:00:00 GMT",
    ],
)
def test_what_says_nothing_usable_is_nothing(text: str) -> None:
    assert read(text) is None


def test_nothing_is_read_where_nothing_was_said() -> None:
    assert retry_after(CIMultiDict(), NOW) is None


@pytest.mark.parametrize("name", ["retry-after-ms", "Retry-After-Ms", "RETRY-AFTER-MS"])
def test_milliseconds_are_read(name: str) -> None:
    assert read("250", name) == 0.25


def test_milliseconds_win_and_garbage_among_them_falls_back() -> None:
    both = CIMultiDict({"Retry-After": "9", "retry-after-ms": "1500"})
    assert retry_after(both, NOW) == 1.5
    both["retry-after-ms"] = "nan"
    assert retry_after(both, NOW) == 9.0


def test_a_long_wait_is_not_cut_to_something_convenient() -> None:
    assert read("86400") == 86400.0


@given(
    st.one_of(
        st.text(),
        st.floats().map(str),
        st.integers().map(str),
        st.builds(
            "{}, {} {} {} {}:{}:{} {}".format,
            st.sampled_from(["Mon", "Sun", "x"]),
            st.integers(-5, 99),
            st.sampled_from(["Jan", "Feb", "Dec", "x"]),
            st.integers(-1, 10**12),
            st.integers(-1, 99),
            st.integers(-1, 99),
            st.integers(-1, 99),
            st.one_of(st.just("GMT"), st.integers().map(str)),
        ),
    ),
    st.sampled_from(["Retry-After", "Retry-After-Ms"]),
)
@example("Mon, 01 Jan 99999999999 00:00:00 GMT", "Retry-After")
def test_no_header_breaks_the_reader_or_makes_it_go_back_in_time(text: str, name: str) -> None:
    seconds = read(text, name)
    assert seconds is None or 0 <= seconds <= MONTH
