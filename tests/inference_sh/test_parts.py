"""The smaller parts: tasks, sessions, apps, webhooks, and the client itself."""

import json
import logging
import pickle
from typing import Any

import aiohttp
import pytest

from heygen_async import Call, Kind, RetryPolicy, Route
from heygen_async.errors import (
    ClientLoopError,
    ConfigError,
    ConflictError,
    DecodeError,
    EndpointRetiredError,
    InvalidRequestError,
    NotFoundError,
    UnauthorizedError,
)
from heygen_async.events import CallFinished, Event
from heygen_async.inference_sh import Inference, SessionStatus, TaskStatus, read_webhook
from tests.inference_sh.kit import DROP, KEY, TASK, VIDEO, Cloud, at, refuses, says, slim, wrapped

# Tasks


async def test_a_task_is_read(inference: Inference, cloud: Cloud) -> None:
    cloud.task(slim(9, updated_at=at(4), brand_new=1))
    task = await inference.tasks.get(TASK)
    assert (task.status, task.raw["brand_new"], task.ended) == (TaskStatus.UPLOADING, 1, False)
    glance = await inference.tasks.status(TASK)
    assert (glance.id, glance.status, glance.updated_at) == (TASK, TaskStatus.UPLOADING, at(4))
    with pytest.raises(NotFoundError):
        await inference.tasks.get("nobody")
    for bad in ("", "a/b", "a b"):
        with pytest.raises(InvalidRequestError):
            await inference.tasks.get(bad)


@pytest.mark.parametrize(
    "answer",
    [says("", 204), says(wrapped(None)), says({"id": TASK, "status": 11, "cancelled": True})],
)
async def test_a_task_is_cancelled(inference: Inference, cloud: Cloud, answer: Any) -> None:
    cloud.on("POST", f"/tasks/{TASK}/cancel", answer)
    await inference.tasks.cancel(TASK)
    await inference.task(TASK).cancel()
    assert cloud.seen[0].body == b""


async def test_a_task_that_is_over_is_not_cancelled(inference: Inference, cloud: Cloud) -> None:
    cloud.on("POST", f"/tasks/{TASK}/cancel", refuses("invalid_transition", 409))
    with pytest.raises(ConflictError) as caught:
        await inference.tasks.cancel(TASK)
    assert caught.value.code == "invalid_transition"


async def test_a_cancel_whose_answer_was_lost_is_done(inference: Inference, cloud: Cloud) -> None:
    over = refuses("invalid_transition", 409)
    cloud.on("POST", f"/tasks/{TASK}/cancel", cloud.lines(DROP), over)
    await inference.tasks.cancel(TASK)
    assert len(cloud.seen) == 2


async def test_a_task_and_its_files_are_deleted(inference: Inference, cloud: Cloud) -> None:
    cloud.on("DELETE", f"/tasks/{TASK}", says("", 204))
    await inference.tasks.delete(TASK)
    await inference.tasks.delete(TASK, files=True)
    assert [each.query for each in cloud.seen] == [{}, {"files": "true"}]
    gone = {"deleted": ["f1"], "skipped": [{"id": "f2", "reason": "shared"}]}
    cloud.on("DELETE", f"/tasks/{TASK}/files", says(wrapped(gone)))
    found = await inference.tasks.delete_files(TASK, role="output")
    assert (found.deleted, found.skipped[0].reason) == (["f1"], "shared")
    assert cloud.seen[-1].query == {"role": "output"}


async def test_a_delete_that_had_worked_already(inference: Inference, cloud: Cloud) -> None:
    cloud.on("DELETE", f"/tasks/{TASK}", refuses("x", 502), refuses("not_found", 404))
    await inference.tasks.delete(TASK)
    with pytest.raises(NotFoundError):
        await inference.tasks.delete(TASK)
    cloud.on("DELETE", f"/tasks/{TASK}", refuses("x", 502), refuses("method_not_allowed", 405))
    with pytest.raises(EndpointRetiredError):
        await inference.tasks.delete(TASK)


async def test_what_belongs_to_a_task(inference: Inference, cloud: Cloud) -> None:
    file = {"id": "f1", "role": "output", "uri": "https://a/b", "size": 3}
    cloud.on("GET", f"/tasks/{TASK}/files", says(wrapped([file])), says(wrapped(None)))
    (found,) = await inference.tasks.files(TASK, role="output")
    assert (found.role, found.uri) == ("output", "https://a/b")
    assert cloud.seen[-1].query == {"role": "output"}
    assert await inference.tasks.files(TASK) == []
    told = {
        "task_id": TASK,
        "status": "running",
        "events": [{"status": 2}, {"status": "running", "event_time": at(1)}],
        "logs": [{"log_type": 4, "content": "eA=="}],
    }
    cloud.on("GET", f"/tasks/{TASK}/logs", says(wrapped(told)))
    logs = await inference.tasks.logs(TASK)
    assert [event.status.word for event in logs.events] == ["queued", "running"]
    assert (logs.status.word, logs.logs[0].log_type) == ("running", 4)
    times = {"task_id": TASK, "status": 10, "total_duration_ms": 1500, "groups": [{"name": "a"}]}
    cloud.on("GET", f"/tasks/{TASK}/timings", says(wrapped(times)))
    timings = await inference.tasks.timings(TASK)
    assert (timings.status.word, timings.total_duration_ms) == ("completed", 1500)


async def test_tasks_are_listed(inference: Inference, cloud: Cloud) -> None:
    pages = [
        {"items": [slim(), slim(10, id="b")], "next_cursor": "c2", "has_next": True},
        {"items": [slim(11, id="c")], "next_cursor": None, "has_next": False},
    ]
    cloud.on("POST", "/tasks/list", *(says(wrapped(page)) for page in pages))
    words = [task.status.word async for task in inference.tasks.list(limit=2)]
    assert words == ["received", "completed", "failed"]
    assert [each.json for each in cloud.seen] == [{"limit": 2}, {"cursor": "c2", "limit": 2}]
    cloud.on("POST", "/tasks/list", says(wrapped(pages[0])))
    assert (await inference.tasks.list()).next_token == "c2"
    assert len([task async for task in inference.tasks.list(max_items=1)]) == 1
    for bad in ({"limit": 0}, {"limit": 101}, {"max_items": -1}):
        with pytest.raises(InvalidRequestError):
            inference.tasks.list(**bad)
    cloud.on("POST", "/tasks/list", says(wrapped({"items": [{"status": 1}]})))
    with pytest.raises(DecodeError):
        await inference.tasks.list()


# Sessions, apps


async def test_sessions(inference: Inference, cloud: Cloud) -> None:
    session = {"id": "s1", "status": "active", "call_count": 2, "idle_timeout": 60}
    cloud.on("GET", "/sessions", says(wrapped([session])), says(wrapped(None)))
    cloud.on("GET", "/sessions/s1", says(wrapped(session)))
    cloud.on("GET", "/sessions/s2", refuses("SESSION_EXPIRED", 410))
    cloud.on("POST", "/sessions/s1/keepalive", says(wrapped({**session, "status": "dozing"})))
    cloud.on("DELETE", "/sessions/s1", says("", 204))
    assert [each.call_count for each in await inference.sessions.list()] == [2]
    assert await inference.sessions.list() == []
    assert (await inference.sessions.get("s1")).status is SessionStatus.ACTIVE
    assert (await inference.sessions.keepalive("s1")).status == "dozing"
    await inference.sessions.end("s1")
    with pytest.raises(NotFoundError) as caught:
        await inference.sessions.get("s2")
    assert caught.value.code == "SESSION_EXPIRED"


async def test_an_app_tells_what_it_takes(inference: Inference, cloud: Cloud) -> None:
    functions = {"run": {"input_schema": {"a": 1}}, "other": {"output_schema": {"b": 2}}}
    shown = {"name": "create-avatar", "status": "active", "version": {"functions": functions}}
    cloud.on("GET", "/apps/heygen/create-avatar", says(wrapped(shown)))
    app = await inference.apps.get("heygen/create-avatar@1807js5w:other")
    for name, schema in ((None, {"a": 1}), ("run", {"a": 1}), ("other", {})):
        function = app.function(name)
        assert function is not None
        assert function.input_schema == schema
    assert app.function("nothing") is None
    with pytest.raises(InvalidRequestError):
        await inference.apps.get("create-avatar")


# Webhooks


def hook(**more: Any) -> dict[str, Any]:
    flat = {"id": TASK, "status": 10, "error": "", "session_id": None, "updated_at": at(9)}
    return flat | more


@pytest.mark.parametrize(
    "wrap",
    [
        lambda told: told,
        lambda told: {"event": "task.done", "timestamp": at(9), "data": told},
    ],
)
@pytest.mark.parametrize("form", [lambda b: b, json.dumps, lambda b: json.dumps(b).encode()])
def test_both_shapes_of_a_webhook(wrap: Any, form: Any) -> None:
    hint = read_webhook(form(wrap(hook(output=VIDEO))))
    assert (hint.task_id, hint.status, hint.output) == (TASK, TaskStatus.COMPLETED, VIDEO)
    assert hint.key == f"{TASK}:completed"
    assert (hint.event is None) == (wrap(hook()) == hook())


@pytest.mark.parametrize(
    ("told", "scheme", "word"),
    [
        ({"status": 10}, None, "completed"),
        ({"status": 11, "error": "No."}, None, "failed"),
        ({"status": 12}, None, "cancelled"),
        ({"status": 13}, None, "rejected"),
        # Numbers of before 2026: nothing is told while it uploads, or fails and completes.
        ({"status": 9}, None, "completed"),
        ({"status": 10, "error": "No."}, None, "failed"),
        ({"status": 9}, "current", "uploading"),
        ({"status": 10, "error": "No."}, "current", "completed"),
        ({"status": 11}, "legacy", "cancelled"),
        ({"status": 10}, "legacy", "failed"),
        ({"status": 9, "status_text": "failed"}, None, "failed"),
        ({"status": "completed", "error": "odd"}, None, "completed"),
        ({"status": None}, None, "unknown"),
        ({"status": 99}, None, "unknown"),
        ({"status": "9" * 5000}, None, "unknown"),
    ],
)
def test_the_status_of_a_webhook(told: Any, scheme: Any, word: str) -> None:
    assert read_webhook(hook(**told), status_scheme=scheme).status.word == word


@pytest.mark.parametrize(
    "body", [b"", b"x", "null", "[]", {}, {"id": ""}, {"id": 5}, {"id": "a/b"}, {"id": "../x"},
             {"event": "e", "data": {"status": 10}}, b'{"id":"\xff"}', '{"id":"\ud800"}']
)  # fmt: skip
def test_what_is_no_webhook(body: Any) -> None:
    with pytest.raises(DecodeError):
        read_webhook(body)


async def test_a_webhook_is_a_hint_and_a_read_is_the_truth(
    inference: Inference, cloud: Cloud
) -> None:
    cloud.task(slim(7))
    hint = read_webhook(hook(output={"video": "https://evil.example/v.mp4"}))
    for _ in range(2):  # deliveries come twice
        task = await inference.confirm(hint)
        assert (task.status, task.output) == (TaskStatus.RUNNING, None)
    with pytest.raises(NotFoundError):
        await inference.confirm(read_webhook(hook(id="somebody-elses")))


# The client


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({}, "INFERENCE_API_KEY"),
        ({"api_key": " "}, "INFERENCE_API_KEY"),
        ({"api_key": "k", "base_url": "http://example.com"}, "https"),
        ({"api_key": "k", "max_requests": 0}, "max_requests"),
    ],
)
def test_a_client_that_cannot_be(options: Any, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEYGEN_API_KEY", "hg-not-for-others")
    with pytest.raises(ConfigError) as caught:
        Inference(**options)
    assert said in f"{caught.value} {caught.value.hint}"


def test_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEYGEN_API_KEY", "hg-not-for-others")
    monkeypatch.setenv("HEYGEN_API_BASE", "https://heygen.example")
    monkeypatch.setenv("INFERENCE_API_KEY", KEY)
    config = Inference().config
    assert (config.base_url, config.api_key.reveal()) == ("https://api.inference.sh", KEY)
    monkeypatch.setenv("INFERENCE_API_BASE", "https://inference.example/")
    assert Inference().config.base_url == "https://inference.example"
    assert Inference(base_url="http://localhost:1").config.base_url == "http://localhost:1"


async def test_the_key_is_shown_nowhere(
    inference: Inference, cloud: Cloud, events: list[Event], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    cloud.on("GET", f"/tasks/{TASK}", refuses("unauthorized", 401))
    with pytest.raises(UnauthorizedError) as caught:
        await inference.tasks.get(TASK)
    error = caught.value
    assert "INFERENCE_API_KEY" in (error.hint or "")
    shown = [repr(inference), str(error), repr(vars(error)), repr(inference.config), repr(events)]
    assert KEY not in " ".join(shown) + caplog.text
    assert KEY.encode() not in pickle.dumps(error)


async def test_events_and_raw_answers(
    inference: Inference, cloud: Cloud, events: list[Event]
) -> None:
    cloud.task(slim())
    more: list[Event] = []
    forget = inference.observe(more.append)
    with inference.with_raw_response() as raw:
        await inference.tasks.get(TASK)
    forget()
    await inference.tasks.get(TASK)
    assert raw.last.status == 200
    assert [e.call for e in events if isinstance(e, CallFinished)] == ["tasks.get"] * 2
    assert len(more) == 1
    assert inference.in_flight == 0


async def test_a_call_of_ones_own(inference: Inference, cloud: Cloud) -> None:
    cloud.on("GET", "/entitlements/usage", says(wrapped({"concurrency": 3})))
    usage = Route("usage", "GET", "/entitlements/usage", Kind.READ)
    assert await inference.send(Call(usage, dict[str, int])) == {"concurrency": 3}


async def test_a_session_that_is_handed_in_stays_open(cloud: Cloud, world: Any) -> None:
    cloud.task(slim())
    async with aiohttp.ClientSession() as session:
        async with Inference(
            api_key=KEY, base_url=cloud.url, session=session, world=world, retry=RetryPolicy()
        ) as inference:
            await inference.tasks.get(TASK)
        assert not session.closed
    assert cloud.seen[0].headers["Authorization"] == f"Bearer {KEY}"


async def test_a_client_that_is_closed(inference: Inference, cloud: Cloud) -> None:
    await inference.close()
    await inference.close()
    with pytest.raises(ClientLoopError):
        await inference.tasks.get(TASK)
