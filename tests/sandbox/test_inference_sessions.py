"""inference.sh: workers that are kept for one caller."""

from typing import Any

import pytest

from tests.sandbox.kit import Platform, problem

PROMPT = {"type": "prompt", "name": "Ann", "prompt": "a woman in red"}
RUN = {"app": "heygen/create-avatar", "input": PROMPT}
LONG = 3600


async def started(platform: Platform, **more: Any) -> str:
    """A session whose first call has ended, at this very moment."""
    task = await platform.run("create-avatar", PROMPT, session="new", **more)
    known = platform.sandbox._ctx.world.inference.tasks[task["id"]]
    assert known.done
    platform.advance(known.done + 1.5 - platform.sandbox.clock.now())
    session_id: str = task["session_id"]
    return session_id


async def status(platform: Platform, session_id: str) -> str:
    word: str = (await platform.get(f"/sessions/{session_id}")).data["status"]
    return word


async def test_a_session_is_asked_for_with_a_run(platform: Platform) -> None:
    session_id = await started(platform, session_timeout=120)
    session = (await platform.get(f"/sessions/{session_id}")).data
    (task,) = (await platform.post("/tasks/list", {})).data["items"]
    assert (task["session_id"], task["session_timeout"]) == (session_id, 120)
    assert (session["task_id"], session["call_count"]) == (task["id"], 1)
    assert (session["app_id"], session["app_version_id"]) == (
        task["app_id"],
        task["app_version_id"],
    )
    assert (session["status"], session["idle_timeout"]) == ("active", 120)
    assert session["expires_at"] > session["last_call_at"] == task["created_at"]
    assert session["ended_at"] is None
    assert (await platform.get("/sessions")).data == [session]


async def test_a_run_without_a_session_has_none(platform: Platform) -> None:
    assert "session_id" not in await platform.run("create-avatar", PROMPT)
    assert (await platform.get("/sessions")).data == []


async def test_a_session_goes_on_with_its_id(platform: Platform) -> None:
    session_id = await started(platform)
    task = await platform.run("create-avatar", PROMPT, session=session_id)
    assert task["session_id"] == session_id
    session = (await platform.get(f"/sessions/{session_id}")).data
    assert (session["call_count"], session["task_id"]) == (2, task["id"])


async def test_what_is_at_work_does_not_expire(platform: Platform) -> None:
    task = await platform.run(
        "create-avatar",
        {"type": "digital_twin", "name": "Ann", "file": "https://example.com/a.mp4"},
        session="new",
    )
    platform.advance(150)
    assert await status(platform, task["session_id"]) == "active"
    busy = await platform.post("/apps/run", RUN | {"session": task["session_id"]})
    assert problem(busy)[:2] == (409, "WORKER_LEASED")
    platform.advance(LONG)
    assert await status(platform, task["session_id"]) == "expired"


async def test_a_session_runs_one_app(platform: Platform) -> None:
    session_id = await started(platform)
    other = {"app": "heygen/video-agent", "input": {"prompt": "tea"}, "session": session_id}
    assert problem(await platform.post("/apps/run", other))[:2] == (409, "APP_MISMATCH")


async def test_an_idle_session_expires(platform: Platform) -> None:
    session_id = await started(platform)
    platform.advance(59)
    assert await status(platform, session_id) == "active"
    platform.advance(2)
    assert await status(platform, session_id) == "expired"
    for answer in (
        await platform.post("/apps/run", RUN | {"session": session_id}),
        await platform.post(f"/sessions/{session_id}/keepalive"),
        await platform("DELETE", f"/sessions/{session_id}"),
    ):
        assert problem(answer)[:2] == (410, "SESSION_EXPIRED")


async def test_a_session_can_be_kept_alive(platform: Platform) -> None:
    session_id = await started(platform)
    platform.advance(50)
    kept = (await platform.post(f"/sessions/{session_id}/keepalive")).data
    assert (kept["id"], kept["status"], kept["call_count"]) == (session_id, "active", 1)
    platform.advance(50)
    assert await status(platform, session_id) == "active"


async def test_a_session_can_be_ended(platform: Platform) -> None:
    session_id = await started(platform)
    assert (await platform("DELETE", f"/sessions/{session_id}")).data is None
    session = (await platform.get(f"/sessions/{session_id}")).data
    assert session["status"] == "ended"
    assert session["ended_at"]
    platform.advance(LONG)
    assert await status(platform, session_id) == "ended"
    for answer in (
        await platform.post("/apps/run", RUN | {"session": session_id}),
        await platform.post(f"/sessions/{session_id}/keepalive"),
        await platform("DELETE", f"/sessions/{session_id}"),
    ):
        assert problem(answer)[:2] == (410, "SESSION_ENDED")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/sessions/none"),
        ("DELETE", "/sessions/none"),
        ("POST", "/sessions/none/keepalive"),
    ],
)
async def test_a_session_that_there_is_not(platform: Platform, method: str, path: str) -> None:
    assert problem(await platform(method, path))[:2] == (404, "SESSION_NOT_FOUND")
