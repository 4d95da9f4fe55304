"""Looks: not before a job can have ended, densest where most do, and within a budget."""

import asyncio
import math
import random
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from heygen_async import Cadence, HeyGen, World
from heygen_async.api.job import JobKind, JobUpdate
from heygen_async.errors import ConfigError, JobFailedError
from heygen_async.jobs import StatusBoard
from heygen_async.jobs.durations import Durations
from heygen_async.models import StatusEntry
from heygen_async.sandbox import Fault, Sandbox
from heygen_async.testing import SkippingClock
from heygen_async.transport.events import Events
from tests.behaviour.waits import job_on, state


class Factory:
    """Jobs that end when they should, on a clock that jumps."""

    def __init__(self, world: World, *, bulk: bool, cadence: Cadence | None = None) -> None:
        self.clock = world.clock
        self.board = StatusBoard(world, Events(()), cadence)
        self.ends: dict[str, float] = {}
        self.reads: list[tuple[float, str]] = []
        self.bulk_reads: list[float] = []
        self.lag = 0.0
        self.kind: JobKind[str] = JobKind(
            "video",
            read=self.read,
            state=state,
            bulk=self.read_many if bulk else None,
            expected=60.0,
            timeout=1e6,
        )

    @property
    def durations(self) -> Durations:
        return self.board._table.group(self.kind).durations

    def word(self, job_id: str) -> str:
        return "completed" if self.clock.monotonic() >= self.ends[job_id] else "processing"

    async def read(self, job_id: str) -> str:
        self.reads.append((self.clock.monotonic(), job_id))
        return self.word(job_id)

    async def read_many(self, ids: Sequence[str]) -> list[StatusEntry]:
        self.bulk_reads.append(self.clock.monotonic())
        return [StatusEntry(video_id=each, status=self.word(each)) for each in ids]

    async def make(self, seconds: float) -> None:
        """A job that takes so long, waited for."""
        job_id = str(len(self.ends))
        self.ends[job_id] = self.clock.monotonic() + seconds
        await job_on(self.board, self.kind, job_id, fresh=True).wait()
        self.lag += self.clock.monotonic() - self.ends[job_id]


async def test_a_job_is_not_looked_at_before_the_shortest_duration_seen(world: World) -> None:
    factory = Factory(world, bulk=False)
    for _ in range(30):
        await factory.make(500.0)
    begun = factory.clock.monotonic()
    factory.reads.clear()
    await factory.make(500.0)
    ages = [time - begun for time, _ in factory.reads]
    assert min(ages) > 0.9 * 500 * 0.89
    assert len(ages) < 12


async def test_a_job_that_is_faster_than_all_before_is_found_and_learned(world: World) -> None:
    factory = Factory(world, bulk=False)
    for _ in range(30):
        await factory.make(500.0)
    for _ in range(40):
        await factory.make(5.0)
    factory.lag = 0.0
    await factory.make(5.0)
    assert factory.lag < 30


@pytest.mark.parametrize("in_flight", [10, 100, 400])
async def test_many_jobs_cost_few_looks_and_end_soon_after_their_end(
    world: World, in_flight: int
) -> None:
    factory, chance = Factory(world, bulk=True), random.Random(3)
    jobs, total = iter(range(10 * in_flight)), 0.0

    async def worker() -> None:
        nonlocal total
        for _ in jobs:
            seconds = chance.lognormvariate(math.log(180), 0.73)
            total += seconds
            await factory.make(seconds)

    await asyncio.gather(*(worker() for _ in range(in_flight)))
    made = len(factory.ends)
    alone = total / 5  # looks, if every job were asked for on its own every 5 seconds
    assert len(factory.bulk_reads) * (8 if in_flight == 10 else 40) < alone
    assert factory.lag / made < 3.5


async def test_all_looks_together_keep_to_the_budget(world: World, clock: SkippingClock) -> None:
    factory = Factory(world, bulk=False, cadence=Cadence(budget=2.0, shortest=1.0, longest=5.0))
    await asyncio.gather(*(factory.make(300.0) for _ in range(100)))
    assert most_within(10, [time for time, _ in factory.reads]) <= 2 * 10 + 2


@pytest.mark.parametrize("budget", [0.2, 3.0, 20.0])
async def test_no_request_is_above_the_budget_results_included(world: World, budget: float) -> None:
    factory = Factory(world, bulk=True, cadence=Cadence(budget=budget))
    chance = random.Random(5)
    made = (factory.make(chance.lognormvariate(math.log(60), 0.5)) for _ in range(150))
    await asyncio.gather(*made)
    asked = sorted([time for time, _ in factory.reads] + factory.bulk_reads)
    for seconds in (1, 10, 100):
        assert most_within(seconds, asked) <= budget * seconds + max(1, budget)


async def test_what_is_repeated_of_looks_is_within_the_budget(
    sandbox: Sandbox, world: World, clock: SkippingClock
) -> None:
    sandbox.fault(Fault(path="/v3/hyperframes/renders/*", status=503, times=10_000))
    async with HeyGen(
        api_key="test-key", base_url=sandbox.url, world=world, cadence=Cadence(budget=0.5)
    ) as heygen:
        clock.watch(lambda: heygen.in_flight)
        jobs = (heygen.hyperframes.job(f"id{number}") for number in range(100))
        waits = [asyncio.create_task(job.wait(timeout=600)) for job in jobs]
        await clock.sleep(300)
        assert most_within(100, [each.time for each in sandbox.requests]) <= 0.5 * 100 + 8
        for each in waits:
            each.cancel()
        await asyncio.gather(*waits, return_exceptions=True)


def most_within(seconds: float, times: list[float]) -> int:
    """Of all windows of so many seconds, the fullest."""
    return max(bisect_left(times, start + seconds) - n for n, start in enumerate(times))


async def test_first_looks_at_jobs_made_one_after_the_other_are_shared(world: World) -> None:
    factory = Factory(world, bulk=True)
    waits: list[asyncio.Task[None]] = []
    for _ in range(90):
        waits.append(asyncio.create_task(factory.make(1000.0)))
        await factory.clock.sleep(0.5)
    looks = [time for time in factory.bulk_reads if time < 45]
    assert looks
    pauses = [later - former for former, later in pairwise(looks)]
    assert min(pauses) > 2.6, "a look shows whoever has his turn soon, too"
    for each in waits:
        each.cancel()
    await asyncio.gather(*waits, return_exceptions=True)


async def test_a_sibling_that_ends_wakes_the_others(world: World, clock: SkippingClock) -> None:
    factory = Factory(world, bulk=False, cadence=Cadence(longest=1000.0, eagerness=1e-5))
    await asyncio.gather(*(factory.make(2000.0 + n) for n in range(5)))
    found = sorted({job_id: time for time, job_id in factory.reads}.values())
    assert found[-1] - found[0] < 20


async def test_updates_tell_how_long_it_may_take(world: World) -> None:
    factory = Factory(world, bulk=False)
    for _ in range(5):
        await factory.make(100.0)
    factory.ends["x"] = factory.clock.monotonic() + 100.0
    updates: list[JobUpdate] = [
        update async for update in job_on(factory.board, factory.kind, "x", fresh=True).updates()
    ]
    assert updates[-1].finished
    assert updates[-1].remaining is None
    for update in updates[:-1]:
        assert update.remaining is not None
        assert update.remaining <= 120 - update.age


async def test_of_a_job_of_unknown_age_nobody_knows_the_end(world: World) -> None:
    factory = Factory(world, bulk=False)
    factory.ends["x"] = factory.clock.monotonic() + 50.0
    updates = job_on(factory.board, factory.kind, "x").updates()
    assert {update.remaining async for update in updates} == {None}
    assert factory.durations.left(0.0) is None


seconds = st.floats(0.01, 1e5)


@given(st.lists(seconds, max_size=300), st.floats(0, 1e6))
def test_a_hazard_is_a_rate_whatever_was_seen(seen: list[float], age: float) -> None:
    durations = Durations(60.0)
    for each in seen:
        durations.add(each)
    assert 0.0 <= durations.hazard(age) < math.inf
    left = durations.left(age)
    assert left is None or left > 0
    if len(seen) >= 20:
        assert durations.shortest == min(seen[-200:])


@given(st.lists(seconds, min_size=1, max_size=100), st.floats(0, 1), st.integers(1, 500))
def test_the_next_look_is_within_its_bounds(ages: list[float], chance: float, looks: int) -> None:
    cadence = Cadence(jitter=0.0)
    wait = cadence.next_look(Durations(60.0), ages, untold=1.0, looks=looks, uniform=lambda: chance)
    assert max(3.0, looks / 20) <= wait <= max(30.0, looks / 20)


@pytest.mark.parametrize("name", ["eagerness", "budget", "shortest", "longest", "jitter", "grace"])
@pytest.mark.parametrize("value", [-1.0, math.nan, math.inf])
def test_a_cadence_that_makes_no_sense_is_refused(name: str, value: float) -> None:
    with pytest.raises(ConfigError, match=name):
        Cadence(**{name: value})


async def test_a_job_that_is_waited_for_late_is_looked_at_at_once(world: World) -> None:
    factory = Factory(world, bulk=False)
    job = job_on(factory.board, factory.kind, "x", fresh=True)
    factory.ends["x"] = factory.clock.monotonic() + 50.0
    await factory.clock.sleep(3600)
    began = factory.clock.monotonic()
    await job.wait(timeout=5)
    assert factory.clock.monotonic() - began < 5
    assert factory.durations.left(0.0) is None, "it may have ended early"


async def test_a_failure_says_nothing_about_how_long_jobs_take(world: World) -> None:
    factory = Factory(world, bulk=False)
    before = factory.durations.shortest
    factory.ends["x"] = factory.clock.monotonic()
    factory.word = lambda _: "failed"  # type: ignore[method-assign]
    with pytest.raises(JobFailedError):
        await job_on(factory.board, factory.kind, "x", fresh=True).wait()
    assert factory.durations.shortest == before


async def test_nobody_gives_up_without_a_look(world: World) -> None:
    factory = Factory(world, bulk=False)
    factory.ends["x"] = factory.clock.monotonic() + 1.0
    await job_on(factory.board, factory.kind, "x", fresh=True).wait(timeout=5)
    assert len(factory.reads) == 1


async def test_a_hint_during_a_look_is_followed_by_another(world: World) -> None:
    factory = Factory(world, bulk=False, cadence=Cadence(shortest=500.0, longest=500.0))
    plain = factory.read

    async def slow(job_id: str) -> str:
        seen = await plain(job_id)
        await factory.clock.sleep(5)
        return seen

    factory.kind.read = slow
    factory.ends["x"] = factory.clock.monotonic() + 2.0
    waiting = asyncio.create_task(job_on(factory.board, factory.kind, "x").wait(timeout=1e5))
    await factory.clock.sleep(3)
    factory.board.hint("x", signed=False)
    await waiting
    assert factory.clock.monotonic() < 30
