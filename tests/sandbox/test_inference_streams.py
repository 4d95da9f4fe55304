"""inference.sh: tasks as they go, in JSON lines and as server-sent events."""

import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest

from heygen_async.sandbox import Fault, Sandbox, SandboxClock
from heygen_async.sandbox.inference.course import STEP
from tests.sandbox.kit import BEARER, KEY, Platform, problem, still_clock, until

NDJSON = "application/x-ndjson"
TWIN = {"type": "digital_twin", "name": "Ann", "file": "https://example.com/a.mp4"}
RUN = {"app": "heygen/create-avatar", "input": TWIN}


class Lines:
    """What comes in, one line or event at a time."""

    def __init__(self, reply: aiohttp.ClientResponse) -> None:
        self.reply = reply

    async def line(self) -> Any:
        return json.loads(await self.reply.content.readuntil(b"\n"))

    async def rest(self) -> list[Any]:
        return [json.loads(line) for line in (await self.reply.read()).splitlines()]

    async def event(self) -> tuple[str, Any]:
        """Name and data of the next event; a comment has neither."""
        block = (await self.reply.content.readuntil(b"\n\n")).decode().strip()
        if block.startswith(":"):
            return block, None
        name, data = block.split("\n")
        return name.removeprefix("event: "), json.loads(data.removeprefix("data: "))


@asynccontextmanager
async def streamed(
    platform: Platform, path: str, accept: str = NDJSON, body: Any = None
) -> AsyncGenerator[Lines]:
    method = "GET" if body is None else "POST"
    headers = BEARER | {"Accept": accept}
    url = platform.sandbox.url + path
    async with platform.http.request(method, url, headers=headers, json=body) as reply:
        assert reply.status == 200, await reply.read()
        yield Lines(reply)


@pytest.fixture
async def task_id(platform: Platform) -> str:
    task_id: str = (await platform.run("create-avatar", TWIN))["id"]
    return task_id


async def test_lines_tell_every_state(platform: Platform, task_id: str) -> None:
    async with streamed(platform, f"/tasks/{task_id}/stream") as lines:
        assert lines.reply.content_type == NDJSON
        assert await lines.line() == await platform.task(task_id)
        for status in range(2, 8):
            platform.advance(STEP)
            update = await lines.line()
            assert update["fields"] == ["status", "updated_at"]
            assert (update["data"]["id"], update["data"]["status"]) == (task_id, status)
        platform.advance(3600)
        uploading, done = await lines.rest()
    assert uploading["data"]["status"] == 9
    assert done["fields"] == ["status", "updated_at", "output"]
    task = await platform.task(task_id)
    assert done["data"] == {name: task[name] for name in ("id", *done["fields"])}


async def test_a_long_silence_has_signs_of_life(platform: Platform, task_id: str) -> None:
    async with streamed(platform, f"/tasks/{task_id}/stream", "application/jsonl") as lines:
        assert lines.reply.content_type == "application/jsonl"
        await lines.line()
        platform.advance(STEP * 6)
        while (await lines.line())["data"]["status"] != 7:
            pass
        for _ in range(8):
            platform.advance(10)
            assert await lines.line() == {"type": "heartbeat"}
        platform.advance(3600)
        assert (await lines.rest())[-1]["data"]["status"] == 10


@pytest.mark.parametrize("accept", ["text/event-stream", "*/*"])
async def test_events_tell_the_same(platform: Platform, task_id: str, accept: str) -> None:
    async with streamed(platform, f"/tasks/{task_id}/stream", accept) as lines:
        assert lines.reply.content_type == "text/event-stream"
        assert await lines.event() == ("update", await platform.task(task_id))
        platform.advance(STEP * 6)
        seen = [(await lines.event())[1]["data"]["status"] for _ in range(6)]
        assert seen == [2, 3, 4, 5, 6, 7]
        platform.advance(10)
        assert await lines.event() == (": heartbeat", None)
        platform.advance(3600)
        names = [await lines.event() for _ in range(3)]
        assert [name for name, _ in names] == ["update", "update", "done"]
        assert names[1][1]["data"]["output"]["group"]["consent_url"]
        assert names[2][1] == {}
        assert await lines.reply.read() == b""


async def test_a_run_may_be_followed_from_its_own_call(platform: Platform) -> None:
    async with streamed(platform, "/apps/run", body=RUN | {"stream": True}) as lines:
        first = await lines.line()
        assert first["status"] == 1
        platform.advance(3600)
        rest = await lines.rest()
    assert [each["data"]["status"] for each in rest] == [*range(2, 8), 9, 10]
    assert (await platform.task(first["id"]))["status"] == 10


async def test_a_bad_run_is_refused_rather_than_streamed(platform: Platform) -> None:
    body = RUN | {"stream": True, "app": "heygen/none"}
    answer = await platform.post("/apps/run", body, headers={"Accept": NDJSON})
    assert problem(answer)[:2] == (404, "not_found")


@pytest.mark.parametrize("accept", [NDJSON, "text/event-stream"])
async def test_an_ended_task_is_told_at_once(platform: Platform, accept: str) -> None:
    task = await platform.ran("create-avatar", {"type": "photo", "name": "Ann"})
    async with streamed(platform, f"/tasks/{task['id']}/stream", accept) as lines:
        if accept == NDJSON:
            assert await lines.rest() == [task]
        else:
            assert await lines.event() == ("update", task)
            assert await lines.event() == ("done", {})


async def test_a_failure_is_told_with_its_reason(platform: Platform) -> None:
    task_id = (await platform.run("create-avatar", {"type": "photo", "name": "Ann"}))["id"]
    async with streamed(platform, f"/tasks/{task_id}/stream") as lines:
        await lines.line()
        platform.advance(60)
        last = (await lines.rest())[-1]
    assert last["fields"] == ["status", "updated_at", "output", "error"]
    assert last["data"]["error"] == "file is required for type 'photo'"


async def test_a_cancelled_task_closes_its_stream(platform: Platform, task_id: str) -> None:
    async with streamed(platform, f"/tasks/{task_id}/stream") as lines:
        await lines.line()
        platform.advance(STEP)
        assert (await lines.line())["data"]["status"] == 2
        await platform.post(f"/tasks/{task_id}/cancel")
        assert (await lines.line())["data"]["status"] == 8
        platform.advance(5)
        assert [each["data"]["status"] for each in await lines.rest()] == [12]


async def test_a_stream_begins_what_waits(platform: Platform, sandbox: Sandbox) -> None:
    later = RUN | {"stream": True, "run_at": "2027-01-01T00:00:00Z"}
    async with streamed(platform, "/apps/run", body=later) as lines:
        assert (await lines.line())["status"] == 1
        platform.advance(3e7)
        assert (await lines.rest())[-1]["data"]["status"] == 10
    assert len(sandbox.charges) == 1


async def test_a_stream_ends_with_what_it_is_about(
    platform: Platform, sandbox: Sandbox, task_id: str
) -> None:
    async with streamed(platform, f"/tasks/{task_id}/stream") as lines:
        await lines.line()
        sandbox.reset()
        assert await lines.rest() == []


async def test_whoever_follows_may_leave(platform: Platform, task_id: str) -> None:
    async with streamed(platform, f"/tasks/{task_id}/stream") as lines:
        await lines.line()
        lines.reply.close()
    path = f"/tasks/{task_id}/stream"
    await until(lambda: any(each.path == path for each in platform.sandbox.requests))
    (followed,) = [each for each in platform.sandbox.requests if each.path == path]
    assert followed.status == 0


async def test_a_sandbox_stops_under_whoever_follows(http: aiohttp.ClientSession) -> None:
    async with Sandbox(media=False, clock=still_clock()) as sandbox:
        platform = Platform(sandbox, http)
        task_id = (await platform.run("create-avatar", TWIN))["id"]
        stream = streamed(platform, f"/tasks/{task_id}/stream")
        lines = await stream.__aenter__()
        await lines.line()
    with pytest.raises(aiohttp.ClientError):
        await lines.rest()
    await stream.__aexit__(None, None, None)


async def test_a_stream_can_be_cut(platform: Platform, sandbox: Sandbox, task_id: str) -> None:
    sandbox.fault(Fault(path="*/stream", truncate_response_at=100))
    async with streamed(platform, f"/tasks/{task_id}/stream") as lines:
        with pytest.raises(aiohttp.ClientError):
            await lines.rest()
    sandbox.fault(Fault(path="*/stream", status=429))
    answer = await platform.get(f"/tasks/{task_id}/stream")
    assert problem(answer)[:2] == (429, "rate_limited")


async def test_a_stream_wants_a_bearer(platform: Platform, task_id: str) -> None:
    answer = await platform("GET", f"/tasks/{task_id}/stream", key=False, headers=KEY)
    assert problem(answer)[:2] == (401, "unauthorized")


async def test_a_running_clock_needs_no_skipping(http: aiohttp.ClientSession) -> None:
    async with Sandbox(media=False, clock=SandboxClock(speed=5000)) as sandbox:
        platform = Platform(sandbox, http)
        async with streamed(platform, "/apps/run", body=RUN | {"stream": True}) as lines:
            told = await lines.rest()
    assert told[0]["status"] in {1, 2, 3, 4, 5, 6, 7}
    assert told[-1]["data"]["status"] == 10
