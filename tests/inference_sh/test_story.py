"""Lines and pieces without a socket: what they mean, and what is kept of them."""

import itertools
import json
from typing import Any

import msgspec
import pytest
from hypothesis import given, strategies as st

from heygen_async.inference_sh.lines import Ending, Heartbeat, News, Noise, read_line
from heygen_async.inference_sh.story import Story
from heygen_async.wire.streams import ServerEvent, parser_for
from tests.inference_sh.kit import TASK, VIDEO, at, problem, slim


def line(value: Any, event: str = "message") -> Any:
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    return read_line(ServerEvent(data=data, event=event))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"type": "heartbeat"}, Heartbeat()),
        ({"event": "heartbeat"}, Heartbeat()),
        ({"data": {"type": "heartbeat"}}, Heartbeat()),
        ({"id": "a", "status": 7}, News(fields={"id": "a", "status": 7})),
        ({"data": {"status": 7}, "fields": ["status"]}, News(fields={"status": 7})),
        ({"data": {"status": 7}}, News(fields={"status": 7})),
        ({"event": "update", "data": {"logs": []}}, News(fields={"logs": []})),
        ({"event": "new", "data": {"id": "a", "status": 7}}, News(fields={"id": "a", "status": 7})),
        ({"event": "delta", "data": {"status": 10}}, Noise()),
        ({"event": "other", "data": {"status": 10}}, Noise()),
        ({"event": "done"}, Ending()),
        ({"event": "error", "data": {"status": 11}}, Ending()),
        (problem("internal_error", 10), Ending()),
        ({"title": "x", "status": 10}, Ending()),
        ({"id": "a", "title": "", "logs": 1}, News(fields={"id": "a", "title": "", "logs": 1})),
        ({"id": "a", "title": "x"}, Noise()),
        ({"status": 10}, Noise()),
        ({"data": {}, "fields": []}, Noise()),
        ({"data": None, "fields": ["output"]}, Noise()),
        ({"data": {"seq": 1}}, Noise()),
        ({"type": "connected"}, Noise()),
        ({"type": "ping", "seq": 1}, Noise()),
        ({"success": False, "status": 500, "error": {"message": "boom"}}, Ending()),
        ({"message": "boom", "status": 11}, Ending()),
        ({"type": "https://api.inference.sh/errors/internal_error", "status": 10}, Ending()),
        ({"data": {"type": "https://api.inference.sh/errors/x", "status": 10}}, Ending()),
        ({"error": {"code": "internal_error"}, "status": 10}, Noise()),
        ({}, Noise()),
        ([], Noise()),
        (10, Noise()),
        (b"nothing", Noise()),
        (b'"\xff"', Noise()),
        (b"[" * 5000, Noise()),
    ],
)  # fmt: skip
def test_what_a_line_means(value: Any, expected: Any) -> None:
    assert line(value) == expected


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ("update", News(fields={"id": "a", "status": 7})),
        ("message", News(fields={"id": "a", "status": 7})),
        ("task", News(fields={"id": "a", "status": 7})),
        ("tomorrow", News(fields={"id": "a", "status": 7})),
        ("heartbeat", Heartbeat()),
        ("done", Ending()),
        ("error", Ending()),
    ],
)
def test_what_a_named_event_means(event: str, expected: Any) -> None:
    assert line({"id": "a", "status": 7}, event) == expected
    if event == "tomorrow":
        assert line({"id": "a", "seq": 7}, event) == Noise()


@given(st.lists(st.integers(0, 400), max_size=12))
def test_lines_mean_the_same_however_they_are_cut(cuts: list[int]) -> None:
    values = [slim(7, error="é𝄞"), {"type": "heartbeat"}, {"data": {"status": 10}, "fields": []}]
    whole = b"".join(json.dumps(v, ensure_ascii=False).encode() + b"\n" for v in values)
    parser = parser_for("application/x-ndjson")
    assert parser is not None
    places = sorted({min(cut, len(whole)) for cut in cuts} | {0, len(whole)})
    events = [
        event
        for start, end in itertools.pairwise(places)
        for event in parser.feed(whole[start:end])
    ]
    assert [read_line(event) for event in events] == [line(value) for value in values]


def test_a_piece_changes_what_it_names_and_nothing_else() -> None:
    story = Story(slim(session_id="s", status_text="received"))
    task = story.add({"status": 7, "updated_at": at(3)})
    assert task is not None
    assert (task.status.word, task.session_id, task.created_at) == (
        *("running", "s"),
        story.task.created_at,
    )
    assert "status_text" not in task.raw


def test_a_word_alone_changes_the_status() -> None:
    story = Story(slim())
    task = story.add({"status_text": "running"})
    assert task is not None
    assert task.status.word == "running"


@pytest.mark.parametrize(
    "again",
    [
        {},
        {"status": 7},
        {"status": 7, "updated_at": at(3)},
        slim(7, updated_at=at(3)),
        slim(7, updated_at=at(3), logs=[{"content": "x"}]),
        slim(2, updated_at=at(1)),
        {"id": "other", "status": 8},
        {"id": 17},
    ],
)
def test_what_says_nothing_new_is_not_told(again: dict[str, Any]) -> None:
    story = Story(slim())
    assert story.add(slim(7, updated_at=at(3))) is not None
    assert story.add(again) is None
    assert story.task.status.word == "running"


def test_an_end_is_an_end() -> None:
    story = Story(slim(10, updated_at=at(9)))
    assert story.ended
    assert story.lacks_its_end
    for late in (slim(7, updated_at=at(20)), {"logs": []}, {"status": 99}):
        assert story.add(late) is None
    story.add(slim(10, output=VIDEO, updated_at=at(9)))
    assert not story.lacks_its_end
    assert story.task.output == VIDEO


def test_an_end_wins_over_the_clocks() -> None:
    story = Story(slim(7, updated_at=at(30)))
    task = story.add(slim(10, output=VIDEO, updated_at=at(2)))
    assert task is not None
    assert task.completed


@pytest.mark.parametrize("when", ["yesterday", "2026-11-20T09:00:00", None, 17])
def test_odd_dates_do_not_hide_news(when: Any) -> None:
    story = Story(slim())
    assert story.add({"status": 7, "updated_at": when}) is not None


def test_a_task_with_odd_fields_is_still_a_task() -> None:
    odd = slim(7, events="none", logs=[1], function=3, error={"code": 1}, session_id=5)
    task = Story(odd).task
    assert (task.id, task.status.word, task.events, task.logs) == (TASK, "running", [], [])
    assert task.error == '{"code":1}'
    assert task.raw == odd


def test_states_of_the_history_are_read_like_any_other() -> None:
    events = [{"status": "queued", "event_time": at(1)}, {"status": 7}, {"status": 99}]
    task = Story(slim(7, events=events)).task
    assert [event.status.word for event in task.events] == ["queued", "running", "unknown"]


@pytest.mark.parametrize("raw", [{}, {"id": ""}, {"id": None}, {"id": 5}])
def test_what_has_no_id_is_no_task(raw: dict[str, Any]) -> None:
    with pytest.raises(msgspec.ValidationError):
        Story(raw)


def test_a_task_does_not_show_what_it_holds() -> None:
    task = Story(slim(webhook="https://example.com/hook?token=secret")).task
    assert "secret" not in repr(task)
    assert repr(task) == f"<Task {TASK} received>"
