"""The whole road over the sandbox: three ways to an avatar, and a video of it."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from heygen_async import HeyGen, World
from heygen_async.errors import (
    BadRequestError,
    ConflictError,
    JobFailedError,
    JobTimeoutError,
    OutcomeUnknownError,
)
from heygen_async.inference_sh import Inference, TaskStatus, apps, read_webhook
from heygen_async.sandbox import Fault, Sandbox
from heygen_async.sandbox.clock import SandboxClock
from heygen_async.testing import SkippingClock
from tests.inference_sh.kit import KEY, Cloud, says

VOICE = "English"
MP4 = b"\0\0\0\x18ftypmp42" + b"\0" * 2000


@pytest.fixture
async def sandbox(clock: SkippingClock) -> AsyncIterator[Sandbox]:
    shared = SandboxClock(source=clock.monotonic, epoch=clock.time())
    async with Sandbox(media=False, clock=shared) as sandbox:
        yield sandbox


@pytest.fixture
async def inference(
    sandbox: Sandbox, clock: SkippingClock, world: World
) -> AsyncIterator[Inference]:
    async with Inference(api_key=KEY, base_url=sandbox.url, world=world) as client:
        clock.watch(lambda: client.in_flight)
        yield client


def count(sandbox: Sandbox, method: str, path: str) -> int:
    return sum(r.method == method and r.path == path for r in sandbox.requests)


@pytest.mark.parametrize("way", ["photo", "digital_twin", "prompt"])
async def test_an_avatar_and_a_video_of_it(
    inference: Inference, sandbox: Sandbox, photo: Path, tmp_path: Path, way: str
) -> None:
    request: apps.CreateAvatar
    match way:
        case "photo":
            request = apps.PhotoAvatar(name="Chelsea", file=photo)
        case "digital_twin":
            request = apps.DigitalTwin(name="Chelsea", file=MP4)
        case _:
            request = apps.PromptAvatar(name="Chelsea", prompt="a cat in an office")
    words: list[str] = []
    async for task in inference.run(request, stream=True):
        words.append(task.status.word)
        made = task
    made.raise_for_status()
    assert words[0] == "received"
    assert words[-1] == "completed"
    assert "running" in words
    assert made.output is not None
    assert made.output.group.name == "Chelsea"
    assert (made.output.group.consent_url is not None) == (way == "digital_twin")
    assert count(sandbox, "POST", "/apps/run") == 1
    if way == "digital_twin":
        return  # nobody has consented
    video = await inference.run(apps.AvatarVideo(avatar_id=made.output.avatar.id, script="Hello."))
    path = await inference.download(video, tmp_path)
    assert path.name == f"{video.id}.mp4"
    assert path.stat().st_size > 0


async def test_a_task_is_waited_for_elsewhere(
    inference: Inference, sandbox: Sandbox, clock: SkippingClock, world: World
) -> None:
    task = await inference.run(apps.PromptAvatar(name="Ann", prompt="a cat"), wait=False)
    assert task.output is None
    async with Inference(api_key="another", base_url=sandbox.url, world=world) as other:
        clock.watch(lambda: other.in_flight)
        handle = other.task(task.id, apps.PromptAvatar)
        with pytest.raises(JobTimeoutError):
            await handle.wait(timeout=1)
        done = await handle.wait()
    assert done.output.avatar.id
    assert [file.role for file in await inference.tasks.files(task.id)] in ([], ["output"])
    assert (await inference.tasks.logs(task.id)).events[-1].status is TaskStatus.COMPLETED
    assert (await inference.tasks.timings(task.id)).total_duration_ms
    assert task.id in [each.id async for each in inference.tasks.list()]


async def test_a_task_that_fails(inference: Inference) -> None:
    with pytest.raises(JobFailedError) as caught:
        await inference.run(apps.AvatarVideo(avatar_id="nobody", script="Hello."))
    assert caught.value.status == "failed"
    assert caught.value.failure_message


async def test_a_task_that_is_cancelled(inference: Inference) -> None:
    task = await inference.run(apps.PromptAvatar(name="Ann", prompt="a cat"), wait=False)
    handle = inference.task(task.id)
    await handle.cancel()
    with pytest.raises(JobFailedError) as caught:
        await handle.wait()
    assert caught.value.status == "cancelled"
    with pytest.raises(ConflictError):
        await handle.cancel()
    await inference.tasks.delete(task.id)


async def test_a_run_is_never_paid_twice(inference: Inference, sandbox: Sandbox) -> None:
    sandbox.fault(Fault(method="POST", path="/apps/run", commit_then_drop=True))
    with pytest.raises(OutcomeUnknownError):
        await inference.run(apps.PromptAvatar(name="Ann", prompt="a cat"))
    assert count(sandbox, "POST", "/apps/run") == 1
    # The task is there, and can be found and waited for.
    (lost,) = [task async for task in inference.tasks.list()]
    assert (await inference.task(lost.id).wait()).completed


async def test_a_stream_that_breaks(inference: Inference, sandbox: Sandbox) -> None:
    task = await inference.run(apps.PromptAvatar(name="Ann", prompt="a cat"), wait=False)
    stream = f"/tasks/{task.id}/stream"
    sandbox.fault(Fault(method="GET", path=stream, status=503, times=2))
    assert (await inference.task(task.id).wait()).completed
    assert count(sandbox, "GET", stream) >= 2


async def test_a_run_that_is_held(inference: Inference, sandbox: Sandbox) -> None:
    held = asyncio.ensure_future(inference.run(apps.ListResources(limit=3), hold=True))
    while not held.done():  # a clock that jumps stands still while a request is on its way
        await asyncio.sleep(0.001)
        sandbox.clock.advance(1)
    task = await held
    assert task.output.avatars
    assert task.output.voices


async def test_files_and_sessions(inference: Inference, photo: Path) -> None:
    stored = await inference.files.upload(photo)
    assert (await inference.files.get(stored.id)).size == photo.stat().st_size
    made = await inference.run(apps.PhotoAvatar(name="Chelsea", file=stored.uri))
    assert made.output.avatar.id
    assert stored.id in [file.id async for file in inference.files.list()]
    await inference.files.delete(stored.id)
    task = await inference.run(
        apps.PromptAvatar(name="Ann", prompt="a cat"), session="new", session_timeout=60
    )
    session = await inference.sessions.get(task.raw["session_id"])
    assert session.idle_timeout == 60
    assert [each.id for each in await inference.sessions.list()] == [session.id]
    await inference.sessions.keepalive(session.id)
    await inference.sessions.end(session.id)


async def test_what_an_app_takes(inference: Inference) -> None:
    app = await inference.apps.get("heygen/create-avatar")
    function = app.function()
    assert function is not None
    assert function.input_schema["properties"]["file"]


async def test_a_refusal(inference: Inference) -> None:
    with pytest.raises(BadRequestError):
        await inference.run(
            "heygen/create-avatar", {"type": "prompt", "name": 5, "prompt": "a cat"}
        )


async def test_both_roads_show_the_same_avatar(
    inference: Inference, sandbox: Sandbox, clock: SkippingClock, world: World
) -> None:
    made = await inference.run(apps.PromptAvatar(name="Ann", prompt="a cat"))
    async with HeyGen(api_key="any", base_url=sandbox.url, world=world) as heygen:
        look: Any = await heygen.avatars.get_look(made.output.avatar.id)
    assert look.group_id == made.output.group.id


async def test_a_task_that_is_rejected(clock: SkippingClock, world: World) -> None:
    shared = SandboxClock(source=clock.monotonic, epoch=clock.time())
    async with (
        Sandbox(media=False, clock=shared, balance=0.1, rejects=True) as poor,
        Inference(api_key=KEY, base_url=poor.url, world=world) as inference,
    ):
        clock.watch(lambda: inference.in_flight)
        with pytest.raises(JobFailedError) as caught:
            await inference.run(apps.PromptAvatar(name="Ann", prompt="a cat"))
    assert caught.value.status == "rejected"
    assert "balance" in (caught.value.hint or "")


@pytest.mark.parametrize("former", ["today", "former"])
async def test_a_webhook_is_confirmed(
    cloud: Cloud, clock: SkippingClock, world: World, former: str
) -> None:
    cloud.on("POST", "/hook", says("", 204))
    shared = SandboxClock(source=clock.monotonic, epoch=clock.time())
    async with (
        Sandbox(media=False, clock=shared, former_numbers=former == "former") as sandbox,
        Inference(api_key=KEY, base_url=sandbox.url, world=world) as inference,
    ):
        clock.watch(lambda: inference.in_flight)
        done = await inference.run(
            apps.PromptAvatar(name="Ann", prompt="a cat"), webhook=f"{cloud.url}/hook"
        )
        while not cloud.seen:
            await asyncio.sleep(0.001)
        hint = read_webhook(cloud.seen[0].body)
        assert (hint.task_id, hint.status) == (done.id, TaskStatus.COMPLETED)
        assert cloud.seen[0].json["status"] == (9 if former == "former" else 10)
        assert (await inference.confirm(hint)).output == done.raw["output"]
