"""The board against a model of it that is too simple to be wrong: random joins, leaves and news."""

import asyncio
import random
from collections.abc import Sequence
from typing import Any

from hypothesis import given, settings, strategies as st

from heygen_async import World
from heygen_async.api.job import JobKind
from heygen_async.errors import EndpointRetiredError, JobFailedError, JobTimeoutError, ServerError
from heygen_async.jobs import StatusBoard
from heygen_async.models import StatusEntry
from heygen_async.testing import SkippingClock
from heygen_async.transport.events import Events
from tests.behaviour.waits import job_on, state

SOON = {0.0: 80.0, 0.1: 320.0}
"""Seconds within which any end is known, by how often looks fail: the longest pauses, those
between looks where signed news are counted on."""

moments = st.floats(0, 300)
jobs = st.fixed_dictionaries(
    {
        "start": moments,
        "seconds": st.floats(0, 200),
        "timeout": st.one_of(st.just(0.0), st.floats(0.5, 400)),
        "leaves": st.one_of(st.none(), moments),
        "hints": st.lists(st.tuples(moments, st.booleans()), max_size=3),
        "fresh": st.booleans(),
        "bulk": st.booleans(),
        "word": st.sampled_from(["completed", "failed"]),
        "id": st.integers(0, 5),
    }
)


class HeyGen:
    """Ids that end at a moment, with a word; now and then a look fails, of many or at all."""

    def __init__(self, world: World, trouble: float) -> None:
        self._clock = world.clock
        self._chance = random.Random(1)
        self.trouble = trouble
        self.ends: dict[str, tuple[float, str]] = {}
        self.kinds = {
            bulk: JobKind(
                "video",
                read=self.read,
                state=state,
                bulk=self.read_many if bulk else None,
                expected=60.0 + bulk,
                timeout=500.0,
            )
            for bulk in (True, False)
        }

    def word(self, job_id: str) -> str:
        if self._chance.random() < self.trouble:
            raise ServerError("busy", status=503, code="busy")
        end, word = self.ends[job_id]
        return word if self._clock.monotonic() >= end else "processing"

    async def read(self, job_id: str) -> str:
        await self._clock.sleep(0.1)
        return self.word(job_id)

    async def read_many(self, ids: Sequence[str]) -> list[StatusEntry]:
        await self._clock.sleep(0.1)
        assert 1 < len(ids) <= 100
        assert len(set(ids)) == len(ids)
        if self._chance.random() < self.trouble:
            raise EndpointRetiredError("a gateway's", status=404, code="not_found")
        return [StatusEntry(video_id=each, status=self.word(each)) for each in ids]


async def one(job: dict[str, Any], board: StatusBoard, heygen: HeyGen, world: World) -> None:
    """One wait, and what the model says of it."""
    clock, job_id = world.clock, f"id{job['id']}{job['bulk']}"
    await clock.sleep(job["start"])
    end, word = heygen.ends.setdefault(job_id, (clock.monotonic() + job["seconds"], job["word"]))
    handle = job_on(board, heygen.kinds[job["bulk"]], job_id, fresh=job["fresh"])
    waiting = asyncio.create_task(handle.wait(timeout=job["timeout"]))
    others = [asyncio.create_task(tell(board, job_id, world, *hint)) for hint in job["hints"]]
    if job["leaves"] is not None:
        others.append(asyncio.create_task(leave(waiting, world, job["leaves"])))
    began, outcome = clock.monotonic(), await asyncio.gather(waiting, return_exceptions=True)
    now = clock.monotonic()
    match outcome[0]:
        case "completed" | JobFailedError():
            assert outcome[0] == word or word == "failed"
            assert now >= end
            assert now - max(began, end) <= SOON[heygen.trouble]
        case JobTimeoutError():
            assert job["timeout"] - 1e-6 <= now - began <= max(job["timeout"], 10.0) + 1e-6
            assert now - max(began, end) <= SOON[heygen.trouble]
        case asyncio.CancelledError():
            assert job["leaves"] is not None
        case other:
            raise AssertionError(other)
    await asyncio.gather(*others)


async def tell(board: StatusBoard, job_id: str, world: World, after: float, signed: bool) -> None:  # noqa: FBT001
    await world.clock.sleep(after)
    board.hint(job_id, signed=signed)


async def leave(waiting: "asyncio.Task[str]", world: World, after: float) -> None:
    await world.clock.sleep(after)
    waiting.cancel()


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(jobs, min_size=1, max_size=25), st.sampled_from([*SOON]))
def test_whatever_happens_every_wait_ends_as_it_should(
    given_jobs: list[dict[str, Any]], trouble: float
) -> None:
    async def main() -> None:
        world = World(clock=SkippingClock(), uniform=random.Random(3).random)
        board, heygen = StatusBoard(world, Events(())), HeyGen(world, trouble)
        await asyncio.gather(*(one(job, board, heygen, world) for job in given_jobs))
        assert len(board) == 0
        assert all(not group._turns and not group._by_making for group in board._table.groups())
        await asyncio.sleep(0.01)
        assert [task for task in asyncio.all_tasks() if "_Lane" in repr(task)] == []
        await board.close()

    asyncio.run(main())
