"""Many jobs, by the orchestrator and by loops that people write, over time that is skipped."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

import msgspec

from benchmarks.gauges import gauged
from benchmarks.plan import Plan, Section, interleaved, say
from benchmarks.process import work
from benchmarks.rows import Row, at_most_ratio, below, rows
from heygen_async import HeyGen, VideoJob, World
from heygen_async.models import AvatarVideo
from heygen_async.testing import SkippingClock
from heygen_async.transport.session import SessionManager
from heygen_async.wire.calls import Route
from heygen_async.wire.envelope import HttpReply

OURS: Final = "heygen_async"
WORKERS: Final = "workers over an iterator"
GATHER: Final = "gather + semaphore"
VARIANTS: Final = (OURS, WORKERS, GATHER)
SLOTS: Final = 100
_WARM: Final = 500
_SECONDS: Final = 60.0
_GROWN: Final = 25.0
_METHOD: Final = f"""\
- **Jobs**: create, wait, and read the finished video, {SLOTS} in flight, by this client over a stub
  that answers at once in the place of its sessions, and lets every job age for a minute or two of
  skipped time. So what is compared is what goes around the same calls: the orchestrator's `render`
  without files, {SLOTS} workers that take rows from one iterator, and a task per row behind a
  semaphore. CPU and memory as above; the ratio is to the workers. About a fifth of what the
  orchestrator takes beyond them is for making each create call in a task of its own, so that a row
  that is cancelled still learns the id of what it pays for. The rest is spread thin: the request is
  checked before files go up and again when it is sent, a row passes four bounded stages, and its
  outcome goes through a queue. Both read as many statuses.
"""


class Canned:
    """A HeyGen that is there at once, and remembers only the jobs that go on."""

    def __init__(self, clock: SkippingClock) -> None:
        self._clock = clock
        self._done: dict[str, float] = {}
        self._made = 0

    async def exchange(self, sessions: SessionManager, route: Route, path: str) -> HttpReply:
        """One call, as the client's sessions would make it."""
        sessions.in_flight += 1
        try:
            await asyncio.sleep(0)
            data = self._answer(route, path)
            return HttpReply(200, {}, msgspec.json.encode({"data": data}))
        finally:
            sessions.in_flight -= 1

    def _answer(self, route: Route, path: str) -> Any:
        now = self._clock.monotonic()
        match route.name:
            case "videos.create":
                self._made += 1
                video_id = f"{self._made:032x}"
                self._done[video_id] = now + _SECONDS * (1 + self._made % 7 / 7)
                return {"video_id": video_id, "status": "waiting"}
            case "videos.list_statuses":
                ids = parse_qs(urlsplit(path).query)["video_ids"][0].split(",")
                return [
                    {
                        "video_id": video_id,
                        "status": "completed" if self._done[video_id] <= now else "processing",
                    }
                    for video_id in ids
                ]
            case "videos.get":
                video_id = path.rpartition("/")[2]
                del self._done[video_id]
                return {
                    "id": video_id,
                    "status": "completed",
                    "title": "A row",
                    "duration": 4.2,
                    "video_url": f"https://files.example.com/{video_id}.mp4",
                }
        raise AssertionError(route.name)


def _requests(count: int) -> Iterator[AvatarVideo]:
    for number in range(count):
        yield AvatarVideo(avatar_id="a" * 32, script=f"Row {number} says hello to everybody.")


async def _ours(heygen: HeyGen, count: int) -> int:
    done = 0
    async with heygen.orchestrator(slots=SLOTS) as studio:
        async for outcome in studio.render(VideoJob(request=each) for each in _requests(count)):
            done += outcome.ok
    return done


async def _make(heygen: HeyGen, request: AvatarVideo) -> bool:
    job = await heygen.videos.create(request)
    return (await job.wait()).video_url is not None


async def _workers(heygen: HeyGen, count: int) -> int:
    requests = _requests(count)
    done = 0

    async def worker() -> None:
        nonlocal done
        for request in requests:
            made = await _make(heygen, request)
            done += made

    await asyncio.gather(*(worker() for _ in range(SLOTS)))
    return done


async def _gather(heygen: HeyGen, count: int) -> int:
    turns = asyncio.Semaphore(SLOTS)

    async def one(request: AvatarVideo) -> bool:
        async with turns:
            return await _make(heygen, request)

    return sum(await asyncio.gather(*(one(request) for request in _requests(count))))


_WAYS: Final[dict[str, Callable[[HeyGen, int], Awaitable[int]]]] = {
    OURS: _ours,
    WORKERS: _workers,
    GATHER: _gather,
}


async def measure(*, variant: str, count: int) -> dict[str, float]:
    """CPU per job and memory that grew, after a warm-up."""
    clock = SkippingClock()
    canned = Canned(clock)

    async def exchange(self: SessionManager, route: Route, path: str, **_: Any) -> HttpReply:
        return await canned.exchange(self, route, path)

    SessionManager.exchange = exchange  # type: ignore[method-assign]
    way = _WAYS[variant]
    async with HeyGen(api_key="benchmark-key", world=World(clock=clock)) as heygen:
        clock.watch(lambda: heygen.in_flight)
        assert await way(heygen, _WARM) == _WARM
        async with gauged() as reading:
            assert await way(heygen, count) == count
    return {"us CPU/job": reading.cpu / count * 1e6, "MiB grown": reading.grown}


def _run_all(plan: Plan) -> Iterator[Row]:
    for count, rounds in (
        (plan.rows // 10, plan.call_rounds),
        (plan.rows, max(1, plan.call_rounds // 2)),
    ):
        say(f"{count:,} jobs, {rounds} rounds")
        found = interleaved(
            VARIANTS,
            rounds,
            lambda variant, count=count: work(
                "orchestrating:measure", variant=variant, count=count
            ),
        )
        for unit, goal in (("us CPU/job", at_most_ratio(1.3)), ("MiB grown", below(_GROWN, "MiB"))):
            yield from rows(
                f"{count:,} jobs", unit, found[unit], yardstick=WORKERS, ours=OURS, goal=goal
            )


SECTION: Final = Section("orchestrating", _METHOD, _run_all)
