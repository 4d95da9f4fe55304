"""inference.sh: the end of a task, told to an address; unsigned, flat, perhaps twice."""

import aiohttp
import pytest

from heygen_async.sandbox import Fault, Sandbox
from tests.sandbox.kit import KEY, Platform, Receiver, still_clock, until

PROMPT = {"type": "prompt", "name": "Ann", "prompt": "a woman in red"}
BAD = {"type": "photo", "name": "Ann"}


async def test_a_good_end_is_told_flat_and_unsigned(platform: Platform, receiver: Receiver) -> None:
    task_id = (await platform.run("create-avatar", PROMPT, webhook=receiver.url))["id"]
    platform.advance(3600)
    await until(lambda: receiver.got)
    ((headers, _),) = receiver.got
    (body,) = receiver.bodies
    task = await platform.task(task_id)
    assert body == {
        "id": task_id,
        "status": 10,
        "output": task["output"],
        "error": "",
        "session_id": None,
        "created_at": task["created_at"],
        "updated_at": task["updated_at"],
    }
    assert headers["Content-Type"] == "application/json"
    assert not [name for name in headers if "signature" in name.lower()]


async def test_a_bad_end_says_why(platform: Platform, receiver: Receiver) -> None:
    more = {"webhook": receiver.url, "session": "new"}
    task = await platform.run("create-avatar", BAD, **more)
    platform.advance(3600)
    await until(lambda: receiver.got)
    (body,) = receiver.bodies
    assert (body["status"], body["output"]) == (11, None)
    assert body["error"] == "file is required for type 'photo'"
    assert body["session_id"] == task["session_id"]


async def test_a_cancelled_task_is_told_once(platform: Platform, receiver: Receiver) -> None:
    task_id = (await platform.run("create-avatar", PROMPT, webhook=receiver.url))["id"]
    await platform.post(f"/tasks/{task_id}/cancel")
    platform.advance(3600)
    await until(lambda: receiver.got)
    await until(lambda: not platform.sandbox._ctx.world.deliveries)
    assert [body["status"] for body in receiver.bodies] == [12]


async def test_a_later_run_is_told_although_nobody_looks(
    platform: Platform, receiver: Receiver
) -> None:
    later = {"webhook": receiver.url, "run_at": "2027-01-01T00:00:00Z"}
    await platform.run("create-avatar", PROMPT, **later)
    platform.advance(3e7)
    await until(lambda: receiver.got)
    assert receiver.bodies[0]["updated_at"].startswith("2027-01-01T00:0")


async def test_a_rejected_run_is_told(http: aiohttp.ClientSession, receiver: Receiver) -> None:
    async with Sandbox(media=False, clock=still_clock(), balance=0, rejects=True) as sandbox:
        await Platform(sandbox, http).run("create-avatar", PROMPT, webhook=receiver.url)
        await until(lambda: receiver.got)
    assert [body["status"] for body in receiver.bodies] == [13]


@pytest.mark.parametrize(("given", "number"), [(PROMPT, 9), (BAD, 10)])
async def test_ends_may_be_numbered_as_before(
    http: aiohttp.ClientSession, receiver: Receiver, given: dict[str, str], number: int
) -> None:
    async with Sandbox(media=False, clock=still_clock(), former_numbers=True) as sandbox:
        platform = Platform(sandbox, http)
        task_id = (await platform.run("create-avatar", given, webhook=receiver.url))["id"]
        platform.advance(3600)
        await until(lambda: receiver.got)
        assert (await platform.task(task_id))["status"] == number + 1
    assert [body["status"] for body in receiver.bodies] == [number]


async def test_an_end_may_be_told_twice(http: aiohttp.ClientSession, receiver: Receiver) -> None:
    async with Sandbox(media=False, clock=still_clock(), duplicates=True) as sandbox:
        platform = Platform(sandbox, http)
        await platform.run("create-avatar", PROMPT, webhook=receiver.url)
        platform.advance(3600)
        await until(lambda: len(receiver.got) == 2)
    assert receiver.bodies[0] == receiver.bodies[1]


async def test_an_end_is_told_until_it_is_taken(platform: Platform, receiver: Receiver) -> None:
    platform.sandbox.fault(Fault(path="webhook:inference.task", drop=True))
    receiver.answers = [500]
    await platform.run("create-avatar", PROMPT, webhook=receiver.url)
    platform.advance(3600)
    await until(lambda: not platform.sandbox.describe()["faults"])
    platform.advance(10)
    await until(lambda: receiver.got)
    platform.advance(20)
    await until(lambda: len(receiver.got) == 2)
    assert receiver.bodies[0] == receiver.bodies[1]


async def test_heygen_is_not_told(platform: Platform, receiver: Receiver) -> None:
    """Endpoints of HeyGen get HeyGen's events alone."""
    await platform.post("/v3/webhooks/endpoints", {"url": receiver.url}, headers=KEY)
    await platform.run("create-avatar", PROMPT, webhook=receiver.url)
    platform.advance(3600)
    await until(lambda: len(receiver.got) == 2)
    kinds = {body.get("event_type") for body in receiver.bodies}
    assert kinds == {None, "photo_avatar_generation.success"}
    (event,) = (await platform.get("/v3/webhooks/events", headers=KEY)).data
    assert event["event_type"] == "photo_avatar_generation.success"
