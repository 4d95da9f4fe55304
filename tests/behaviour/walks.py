"""What the tests of plans share."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import msgspec

from heygen_async import HeyGenError, Made, RetryPolicy
from heygen_async.models.v2 import GeneratePhotos
from heygen_async.sandbox import Fault, Sandbox
from heygen_async.sandbox.catalogue import VOICES

VOICE = next(iter(VOICES))
DESCRIBE = GeneratePhotos(
    name="Ada",
    age="Unspecified",
    gender="Woman",
    ethnicity="Unspecified",
    orientation="square",
    pose="half_body",
    style="Realistic",
    appearance="A friendly engineer in a green jacket",
)


def tasks() -> list["asyncio.Task[object]"]:
    """What a plan has left running."""
    return [task for task in asyncio.all_tasks() if "heygen_async/orchestrator" in repr(task)]


def posts(sandbox: Sandbox) -> Counter[str]:
    """What was asked for that makes something, and how often."""
    paths = [request.path for request in sandbox.requests if request.method == "POST"]
    return Counter(path.removeprefix("/v2/photo_avatar/") for path in paths)


# Plans of v3

FOOTAGE = b"\0\0\0\x18ftypisom footage"
Work = Callable[[Made], Awaitable[Any]]


async def press(url: str) -> None:
    """The person consents."""
    async with aiohttp.ClientSession() as http, http.post(url) as page:
        assert page.status == 200


def bill(sandbox: Sandbox, since: int = 0) -> Counter[tuple[str, float]]:
    """What was paid for, at which price, after so many charges."""
    return Counter((charge.kind, charge.credits) for charge in sandbox.charges[since:])


def again(made: Made) -> Made:
    """What another process reads, if this one has written it down."""
    return msgspec.json.decode(msgspec.json.encode(made), type=Made)


async def broken_off(sandbox: Sandbox, work: Work, **fault: Any) -> int:
    """Lets connections die after each number of requests, and goes on where the work ended.

    They die as often as a few calls are repeated, so that these fail for good; polls go on.

    Returns:
        How many times it was broken off.
    """
    start = len(sandbox.charges)
    await work(Made())
    whole, ended = bill(sandbox, start), 0
    assert whole
    for requests in range(1000):
        start, made = len(sandbox.charges), Made()
        times = 3 * (RetryPolicy().max_retries + 1)
        sandbox.fault(Fault(path="/", skip=requests, times=times, **fault))
        try:
            await work(made)
        except HeyGenError:
            ended += 1
            sandbox._running.faults.clear()
            made = again(made)
            await work(made)
        assert bill(sandbox, start) == whole, f"after {requests} requests"
        assert made.unknown == {}
        if sandbox._running.faults.pending():
            return ended
    raise AssertionError("it never came through")


async def cancelled_everywhere(sandbox: Sandbox, work: Work) -> int:
    """Cancels the work after each number of requests, and goes on where it ended.

    Returns:
        How many times it was cancelled.
    """
    start = len(sandbox.charges)
    await work(Made())
    whole = bill(sandbox, start)
    for requests in range(1000):
        start, before, made = len(sandbox.charges), len(sandbox.requests), Made()
        task = asyncio.ensure_future(work(made))
        while len(sandbox.requests) <= before + requests and not task.done():
            await asyncio.sleep(0)
        task.cancel()
        (ended,) = await asyncio.gather(task, return_exceptions=True)
        assert tasks() == []
        if not isinstance(ended, asyncio.CancelledError):
            return requests
        await work(again(made))
        assert bill(sandbox, start) == whole, f"after {requests} requests"
    raise AssertionError("it never came through")


async def killed_anywhere(
    sandbox: Sandbox, work: Callable[[Made, Callable[[Made], object]], Awaitable[Any]]
) -> int:
    """Starts again from everything that was ever written down: keys alone have to do.

    Returns:
        How many records there were.
    """
    kept: list[Made] = []
    await work(Made(), lambda made: kept.append(again(made)))
    whole = bill(sandbox)
    assert whole
    for number, made in enumerate(kept):
        await work(made, lambda _: None)
        assert bill(sandbox) == whole, f"record {number}"
    return len(kept)
