"""Runs: what is sent, what is refused before, and that no task is paid for twice."""

import asyncio
import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, ClassVar

import pytest
from aiohttp import web

from heygen_async import RetryPolicy, Timeouts
from heygen_async.errors import (
    BadRequestError,
    ConnectError,
    DecodeError,
    InsufficientCreditError,
    InvalidRequestError,
    JobError,
    JobFailedError,
    JobTimeoutError,
    OutcomeUnknownError,
    ServerError,
)
from heygen_async.inference_sh import Inference, TaskStatus, apps
from heygen_async.models.base import Reply
from heygen_async.testing import SkippingClock
from tests.inference_sh.kit import (
    AVATAR,
    DROP,
    HEARTBEAT,
    HOLD,
    KEY,
    TASK,
    VIDEO,
    Answer,
    Cloud,
    at,
    problem,
    refuses,
    says,
    slim,
    wrapped,
)

DONE = slim(10, output=AVATAR, updated_at=at(9))
HEX = "0123456789abcdef0123456789abcdef"
PROMPT = apps.PromptAvatar(name="Ann", prompt="a woman in red")


@pytest.fixture(autouse=True)
def _over_at_once(cloud: Cloud) -> None:
    cloud.run(DONE)


def sent(cloud: Cloud) -> Any:
    (run,) = [each for each in cloud.seen if each.path == "/apps/run"]
    assert run.headers["Authorization"] == f"Bearer {KEY}"
    assert "X-Api-Key" not in run.headers
    assert "Idempotency-Key" not in run.headers
    return run.json


async def test_a_typed_input_makes_a_typed_output(inference: Inference, cloud: Cloud) -> None:
    task = await inference.run(PROMPT)
    assert (task.output.avatar.id, task.output.group.id) == ("look1", "group1")
    assert task.output.avatar.avatar_type == "photo"
    assert sent(cloud) == {
        "app": "heygen/create-avatar",
        "input": {"type": "prompt", "name": "Ann", "prompt": "a woman in red"},
    }


async def test_an_untyped_input_goes_as_it_is(inference: Inference, cloud: Cloud) -> None:
    given = {"type": "prompt", "n": None, "deep": {"list": [1, 2.5, True]}}
    task = await inference.run("acme/thing@abc123:make", given)
    assert task.output == AVATAR
    assert sent(cloud) == {"app": "acme/thing@abc123", "function": "make", "input": given}


async def test_every_option_is_sent(inference: Inference, cloud: Cloud) -> None:
    await inference.run(
        "acme/thing",
        {},
        function="make",
        version="v1",
        setup={"size": 2},
        infra="private_first",
        workers=["w1"],
        webhook="https://example.com/hook/secret",
        session="new",
        session_timeout=90,
        run_at=datetime(2026, 11, 20, 12, tzinfo=timezone(timedelta(hours=1))),
        metadata={"a": 1},
        extra_body={"brand_new": True},
    )
    assert sent(cloud) == {
        "app": "acme/thing@v1",
        "function": "make",
        "input": {},
        "setup": {"size": 2},
        "infra": "private_first",
        "workers": ["w1"],
        "webhook": "https://example.com/hook/secret",
        "session": "new",
        "session_timeout": 90,
        "run_at": "2026-11-20T11:00:00Z",
        "metadata": {"a": 1},
        "brand_new": True,
    }


async def test_a_function_of_a_typed_app(inference: Inference, cloud: Cloud) -> None:
    cloud.run(slim(10, output={"avatars": [{"id": "a", "name": "A"}], "voices": []}))
    task = await inference.run(apps.ListResources(resource_type="avatars", limit=5), version="v9")
    assert [each.id for each in task.output.avatars] == ["a"]
    body = sent(cloud)
    assert (body["app"], body["function"]) == ("heygen/avatar-video@v9", "list_resources")


@pytest.mark.parametrize(
    ("app", "given", "options", "field"),
    [
        ("create-avatar", {}, {}, "app"),
        ("a/b/c", {}, {}, "app"),
        ("a b/c", {}, {}, "app"),
        (17, {}, {}, "app"),
        ("a/b", [1], {}, "input"),
        ("a/b", {}, {"webhook": "ftp://x"}, "webhook"),
        ("a/b", {}, {"session_timeout": 60}, "session_timeout"),
        ("a/b", {}, {"session": "new", "session_timeout": 3601}, "session_timeout"),
        ("a/b", {}, {"session": "new", "session_timeout": 0}, "session_timeout"),
        ("a/b", {}, {"session": ""}, "session"),
        ("a/b", {}, {"workers": ["w"]}, "workers"),
        ("a/b", {}, {"infra": "moon"}, "infra"),
        ("a/b", {}, {"run_at": datetime(2026, 1, 1)}, "run_at"),  # noqa: DTZ001
        ("a/b", {}, {"run_at": 5}, "run_at"),
        ("a/b", {"x": float("nan")}, {}, "input.x"),
        (PROMPT, {}, {}, "input"),
        (PROMPT, None, {"function": "run"}, "function"),
        ("heygen/create-avatar", {}, {}, "type"),
        ("heygen/create-avatar@v1:run", {"type": "photo", "name": "A"}, {}, "file"),
        ("heygen/create-avatar", {"type": "prompt", "name": "A", "prompt": None}, {}, "prompt"),
        ("heygen/create-avatar", {"type": "digital_twin", "file": "https://a/b"}, {}, "name"),
        ("heygen/lipsync", {"video": "https://a/b"}, {}, "audio"),
        ("heygen/create-avatar", {"type": "photo", "name": "A", "file": "me.jpg"}, {}, "file"),
        ("heygen/create-avatar", {"type": "photo", "name": "", "file": "https://a"}, {}, "name"),
        ("heygen/create-avatar", {"type": "digital-twin", "name": "A"}, {}, "type"),
        ("heygen/photo-video", {"image": "a.png", "audio_url": "https://a"}, {}, "image"),
        ("a/b", {}, {"timeout": "30"}, "timeout"),
        ("a/b", {}, {"timeout": float("nan")}, "timeout"),
        ("a/b", {}, {"timeout": -1}, "timeout"),
        (PROMPT, None, {"timeout": float("inf")}, "timeout"),
        ("a/b@v1", {}, {"version": "v2"}, "version"),
        ("a/b:f", {}, {"function": "g"}, "function"),
        ("a/b", {"x": object()}, {"extra_body": {"y": 1}}, "input.x"),
        ("a/b", {"x": {1: 2}}, {}, "input.x"),
        ("a/b", {}, {"setup": {"k": b"x"}}, "setup.k"),
        ("a/b", {}, {"metadata": {"k": [Path("x")]}, "extra_body": {"y": 1}}, "metadata.k[0]"),
        ("a/b", {}, {"extra_body": {"k": b"x"}}, "extra_body.k"),
        ("a/b", {}, {"extra_body": {"k": float("nan")}}, "extra_body.k"),
        (apps.PhotoAvatar(name="", file="https://a/b.png"), None, {}, "name"),
        (apps.PhotoAvatar(name="A", file="me.png"), None, {}, "file"),
        (apps.PhotoAvatar(name="A", file=None), None, {}, "file"),  # type: ignore[arg-type]
        (apps.DigitalTwin(name="A", file=Path("nowhere.mp4")), None, {}, "file"),
        (apps.DigitalTwin(name="A", file=b""), None, {}, "file"),
        (apps.PromptAvatar(name="A", prompt=""), None, {}, "prompt"),
        (apps.PromptAvatar(name=b"A", prompt="x"), None, {}, "name"),  # type: ignore[arg-type]
        (apps.AvatarVideo(avatar_id=HEX, script=""), None, {}, "script"),
        (apps.AvatarVideo(avatar_id=HEX, script="x", engine="v"), None, {}, "engine"),  # type: ignore[arg-type]
        (apps.ListResources(limit=101), None, {}, "limit"),
        (apps.PhotoVideo(image="https://a/b"), None, {}, "script or audio_url"),
        (
            apps.PhotoVideo(image="https://a/b", script="x", audio_url="https://c", voice_id="v"),
            *(None, {}, "script or audio_url"),
        ),
        (apps.PhotoVideo(image="https://a/b", script="x"), None, {}, "voice_id"),
        (apps.VideoAgent(prompt="x" * 10_001), None, {}, "prompt"),
        (
            apps.VideoTranslate(
                video="https://a", output_language="X", start_time=3.0, end_time=3.0
            ),
            *(None, {}, "end_time"),
        ),
        (apps.Lipsync(video="https://a", audio="b.mp3"), None, {}, "audio"),
        (apps.Lipsync(video="https://a", audio="https://b", end_time=0.0), None, {}, "end_time"),
        (apps.TextToSpeech(text="x", voice_id="v", speed=2.5), None, {}, "speed"),
    ],
)
async def test_what_is_wrong_is_refused_before_anything_is_sent(
    inference: Inference, cloud: Cloud, app: Any, given: Any, options: Any, field: str
) -> None:
    for stream in (False, True):
        with pytest.raises(InvalidRequestError) as caught:
            if stream:
                [_ async for _ in inference.run(app, given, stream=True, **options)]
            else:
                await inference.run(app, given, **options)
        assert caught.value.field == field
    assert cloud.seen == []


async def test_an_option_that_is_none_is_a_mistake(inference: Inference, cloud: Cloud) -> None:
    with pytest.raises(TypeError, match="colour"):
        inference.run("a/b", {}, colour="red")  # type: ignore[call-overload]


async def test_an_id_of_hex_and_a_type_named_like_a_file_stay(
    inference: Inference, cloud: Cloud, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("photo", "prompt", HEX):
        Path(name).write_bytes(b"not to be uploaded")
    given = {"type": "photo", "name": HEX, "file": "https://a/b.png", "avatar_group_id": HEX}
    await inference.run("heygen/create-avatar", given)
    assert sent(cloud)["input"] == given
    cloud.run(slim(10, output=VIDEO))
    await inference.run(apps.AvatarVideo(avatar_id=HEX, script="photo", voice_id=HEX))
    assert [each.path for each in cloud.seen] == ["/apps/run"] * 2


# Once


@pytest.mark.parametrize("answer", ["drop", "502", "500", "503"])
async def test_a_run_without_an_answer_is_not_sent_again(
    inference: Inference, cloud: Cloud, answer: str
) -> None:
    choice: Answer = cloud.lines(DROP) if answer == "drop" else refuses("x", int(answer))
    cloud.on("POST", "/apps/run", choice)
    with pytest.raises(OutcomeUnknownError, match=r"apps\.run"):
        await inference.run(PROMPT)
    assert len(cloud.seen) == 1


@pytest.mark.parametrize(
    "answer",
    [
        refuses("rate_limited", 429, **{"Retry-After": "9"}),
        refuses("app_maintenance", 503, **{"Retry-After": "9"}),
        refuses("app_maintenance", 503),
    ],
)
async def test_a_run_that_was_refused_unread_is_sent_again(
    inference: Inference, cloud: Cloud, answer: Answer
) -> None:
    cloud.on("POST", "/apps/run", answer, says(wrapped(DONE)))
    await inference.run(PROMPT)
    assert len(cloud.seen) == 2


async def test_a_run_that_was_not_sent(world: Any) -> None:
    async with Inference(api_key="k", base_url="http://127.0.0.1:9", world=world) as client:
        with pytest.raises(ConnectError):
            await client.run(PROMPT)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (refuses("payment_method_required", 402), InsufficientCreditError),
        (says({"satisfied": False, "errors": []}, 412), BadRequestError),
    ],
)
async def test_a_refusal_is_final(
    inference: Inference, cloud: Cloud, answer: Answer, kind: type[Exception]
) -> None:
    cloud.on("POST", "/apps/run", answer)
    with pytest.raises(kind):
        await inference.run(PROMPT)
    assert len(cloud.seen) == 1


@pytest.mark.parametrize(
    "body", ["<html>", '{"data": null}', '{"data": {"status": 1}}', '{"data":{"id":"x"', ""]
)
async def test_an_answer_that_nobody_can_read(
    inference: Inference, cloud: Cloud, body: str
) -> None:
    cloud.on("POST", "/apps/run", says(body))
    with pytest.raises(OutcomeUnknownError, match=r"apps\.run") as caught:
        await inference.run(PROMPT)
    assert isinstance(caught.value.__cause__, DecodeError)
    assert "inference.tasks.list()" in (caught.value.hint or "")
    assert len(cloud.seen) == 1


class Thing(Reply):
    size: int


class MakeThing(apps.AppInput[Thing]):
    app: ClassVar[str] = "acme/thing"
    function: ClassVar[str | None] = "make"

    size: int


class MakeLarge(MakeThing):
    """What it makes stands in the brackets of its parent."""


@pytest.mark.parametrize("kind", [MakeThing, MakeLarge])
async def test_an_app_of_ones_own(
    inference: Inference, cloud: Cloud, kind: type[MakeThing]
) -> None:
    cloud.run(slim(10, output={"size": 3}))
    task = await inference.run(kind(size=3))
    assert task.output == Thing(size=3)
    assert sent(cloud) == {"app": "acme/thing", "function": "make", "input": {"size": 3}}
    assert len(cloud.seen) == 1  # what it takes is told by its class


async def test_a_field_of_tomorrow_is_for_the_app_to_judge(
    inference: Inference, cloud: Cloud
) -> None:
    given = {"type": "prompt", "name": "A", "prompt": "x", "hat": "red"}
    await inference.run("heygen/create-avatar", given)
    assert sent(cloud)["input"] == given


async def test_what_json_has_a_form_for(inference: Inference, cloud: Cloud) -> None:
    given = {"set": {3}, "when": datetime(2026, 1, 2, tzinfo=UTC), "thing": Thing(size=3)}
    await inference.run("acme/thing", {**given, "status": TaskStatus.RUNNING})
    assert sent(cloud)["input"] == {
        "set": [3],
        "when": "2026-01-02T00:00:00Z",
        "thing": {"size": 3},
        "status": 7,
    }


# Waiting, or not


async def test_without_waiting_the_task_comes_as_it_is(inference: Inference, cloud: Cloud) -> None:
    cloud.run(slim(output={}))
    task = await inference.run(PROMPT, wait=False)
    assert (task.id, task.status, task.output) == (TASK, TaskStatus.RECEIVED, None)
    assert [each.path for each in cloud.seen] == ["/apps/run"]


async def test_what_was_over_at_once_is_typed_without_waiting(
    inference: Inference, cloud: Cloud
) -> None:
    task = await inference.run(PROMPT, wait=False)
    assert isinstance(task.output, apps.CreatedAvatar)
    cloud.run(slim(10))
    assert (await inference.run(PROMPT, wait=False)).output is None


async def test_a_handle_waits_in_any_process(
    inference: Inference, cloud: Cloud, clock: SkippingClock
) -> None:
    cloud.task(slim(7, updated_at=at(2)))
    cloud.stream(cloud.lines(slim(7, updated_at=at(2)), 30, HEARTBEAT, 30, DONE))
    handle = inference.task(TASK, apps.PhotoAvatar)
    assert (await handle.read()).output is None
    assert (await handle.wait()).output.avatar.id == "look1"
    words = [task.status.word async for task in handle.updates()]
    assert words == ["running", "completed"]
    assert repr(handle) == f"<TaskHandle {TASK}>"
    with pytest.raises(JobTimeoutError):
        await handle.wait(timeout=20)
    for bad in ("", "a/b", ".."):
        with pytest.raises(InvalidRequestError):
            inference.task(bad)


async def test_an_output_that_does_not_fit_is_not_lost(inference: Inference, cloud: Cloud) -> None:
    cloud.run(slim(10, output={"avatar": 5}))
    with pytest.raises(DecodeError) as caught:
        await inference.run(PROMPT)
    assert caught.value.raw == b'{"avatar":5}'
    assert any(TASK in note for note in caught.value.__notes__)


# Held until the end


async def test_a_run_can_be_held(inference: Inference, cloud: Cloud) -> None:
    task = await inference.run(PROMPT, hold=True, timeout=300)
    assert task.output.avatar.id == "look1"
    assert sent(cloud)["wait"] is True


@pytest.mark.parametrize("timeout", [None, 30])
async def test_a_held_run_takes_as_long_as_it_takes(
    cloud: Cloud, world: Any, timeout: float | None
) -> None:
    async def slow(request: web.Request) -> web.StreamResponse:
        await asyncio.sleep(0.3)
        return await says(wrapped(DONE))(request)

    cloud.on("POST", "/apps/run", slow)
    patience = {"timeouts": Timeouts(write=0.1), "retry": RetryPolicy(max_elapsed=0.1)}
    async with Inference(api_key=KEY, base_url=cloud.url, world=world, **patience) as client:  # type: ignore[arg-type]
        task = await client.run(PROMPT, hold=True, timeout=timeout)
    assert task.completed


async def test_a_held_run_ends_with_the_time_of_its_caller(cloud: Cloud) -> None:
    cloud.on("POST", "/apps/run", cloud.lines(HOLD))
    async with Inference(api_key=KEY, base_url=cloud.url) as client:
        with pytest.raises(OutcomeUnknownError):
            await client.run(PROMPT, hold=True, timeout=0.1)


@pytest.mark.parametrize(
    "whole",
    [
        wrapped,
        lambda task: task,
        lambda task: {"success": False, "status": 422, "data": task},
    ],
)
async def test_a_held_run_that_ends_badly(inference: Inference, cloud: Cloud, whole: Any) -> None:
    bad = slim(11, status_text="failed", error="No.")
    cloud.on("POST", "/apps/run", says(whole(bad), 422))
    with pytest.raises(JobFailedError) as caught:
        await inference.run(PROMPT, hold=True)
    assert (caught.value.job_id, caught.value.failure_message) == (TASK, "No.")


async def test_a_held_run_that_is_refused(inference: Inference, cloud: Cloud) -> None:
    # A problem's own status is none of a task, though 10 is that of a good end.
    cloud.on("POST", "/apps/run", says(problem("validation_error", 10), 422))
    with pytest.raises(BadRequestError) as caught:
        await inference.run(PROMPT, hold=True)
    assert caught.value.status == 422


async def test_a_held_run_that_is_let_go_is_followed(inference: Inference, cloud: Cloud) -> None:
    cloud.run(slim(7))
    cloud.stream(cloud.lines(DONE))
    assert (await inference.run(PROMPT, hold=True)).output.avatar.id == "look1"


async def test_a_held_run_has_no_updates(inference: Inference, cloud: Cloud) -> None:
    with pytest.raises(InvalidRequestError, match="hold"):
        [_ async for _ in inference.run(PROMPT, stream=True, hold=True)]
    assert cloud.seen == []


# What was made


@pytest.mark.parametrize(
    ("output", "file"),
    [
        ({"video": "{}/v.mp4"}, None),
        ({"video": {"uri": "{}/v.mp4"}}, None),
        ({"video": {"url": "{}/v.mp4"}}, "video"),
        ({"clips": [{"x": 1}, {"video": "{}/v.mp4"}]}, "clips.1.video"),
        ({"n": 1, "deep": {"list": ["{}/v.mp4"]}}, None),
        ("{}/v.mp4", None),
    ],
)
async def test_a_file_is_fetched_without_the_key(
    inference: Inference, cloud: Cloud, tmp_path: Path, output: Any, file: str | None
) -> None:
    there = json.loads(json.dumps(output).replace("{}", cloud.url))
    cloud.run(slim(10, output=there))
    cloud.task(slim(10, output=there))
    cloud.on("GET", "/v.mp4", says("bytes"))
    task = await inference.run("a/b", {})
    assert await inference.download(task, tmp_path, file=file) == tmp_path / f"{TASK}.mp4"
    assert (tmp_path / f"{TASK}.mp4").read_bytes() == b"bytes"
    named = await inference.task(TASK).download(tmp_path / "x.mp4", file=file)
    assert named.read_bytes() == b"bytes"
    address = await inference.download(f"{cloud.url}/v.mp4", tmp_path)
    assert address == tmp_path / "v.mp4"
    for each in cloud.seen:
        assert (each.headers.get("Authorization") is None) == (each.path == "/v.mp4")


@pytest.mark.parametrize("call", [(PROMPT,), ("a/b", {})])
async def test_the_address_of_a_page_is_no_file(
    inference: Inference, cloud: Cloud, tmp_path: Path, call: Any
) -> None:
    page = {"id": "group1", "consent_url": f"{cloud.url}/consent"}
    look: dict[str, Any] = {"id": "look1", "preview_image_url": None}
    cloud.run(slim(10, output={"group": page, "avatar": look}))
    task = await inference.run(*call)
    with pytest.raises(JobError):
        await inference.download(task, tmp_path / "x")
    cloud.on("GET", "/look.jpg", says("bytes"))
    look["preview_image_url"] = {"uri": f"{cloud.url}/look.jpg"}
    cloud.run(slim(10, output={"group": page, "avatar": look}))
    task = await inference.run(*call)
    assert (await inference.download(task, tmp_path)).read_bytes() == b"bytes"


async def test_what_may_be_left_out_may_be_null(inference: Inference, cloud: Cloud) -> None:
    look = {"id": "look1", "name": None, "preview_image_url": {"url": "https://a/b.jpg"}}
    cloud.run(slim(10, output={"avatar": look, "group": {"id": "group1", "name": None}}))
    made = (await inference.run(PROMPT)).output
    assert (made.avatar.name, made.avatar.preview_image_url) == ("", "https://a/b.jpg")
    assert made.group.name == ""
    cloud.run(slim(10, output={"avatars": None, "voices": [{"id": "v", "name": None}]}))
    found = (await inference.run(apps.ListResources())).output
    assert (found.avatars, found.voices[0].name) == ([], "")


async def test_an_address_that_has_expired_is_replaced(
    inference: Inference, cloud: Cloud, tmp_path: Path
) -> None:
    cloud.run(slim(10, output={"video": f"{cloud.url}/old.mp4"}))
    cloud.task(slim(10, output={"video": f"{cloud.url}/new.mp4"}))
    cloud.on("GET", "/old.mp4", refuses("expired", 403))
    cloud.on("GET", "/new.mp4", says("new"))
    task = await inference.run("a/b", {})
    assert (await inference.download(task, tmp_path / "v.mp4")).read_bytes() == b"new"


@pytest.mark.parametrize(
    ("output", "file"),
    [
        ({}, None),
        (None, None),
        ({"n": "x"}, None),
        ({"video": "x"}, "audio"),
        ({"l": ["x"]}, "l.5"),
    ],
)
async def test_an_output_without_a_file(
    inference: Inference, cloud: Cloud, tmp_path: Path, output: Any, file: str | None
) -> None:
    cloud.run(slim(13, output=output))
    task = await inference.run("a/b", {}, wait=False)
    with pytest.raises(JobError) as caught:
        await inference.download(task, tmp_path / "x", file=file)
    assert caught.value.job_id == TASK


async def test_a_server_error_of_the_storage_is_told(
    inference: Inference, cloud: Cloud, tmp_path: Path
) -> None:
    cloud.task(slim(10, output=VIDEO))
    cloud.on("GET", f"/tasks/{TASK}", refuses("internal_error", 500))
    with pytest.raises(ServerError):
        await inference.task(TASK).read()
