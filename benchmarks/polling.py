"""What it costs to wait for jobs: requests, and how long a job has ended before it is known."""

import asyncio
import math
import random
import time
from collections.abc import Iterator
from typing import Any, Final

from benchmarks import simulated
from benchmarks.plan import Plan, Section, interleaved, say
from benchmarks.process import work
from benchmarks.rows import Goal, Row, at_most_ratio, below, rows
from heygen_async import Job, World
from heygen_async.api.completed import as_completed

OURS: Final = "heygen_async"
ALONE: Final = "each alone, every 5 s"
SLEEP: Final = "a task each that sleeps"
WAYS: Final = (OURS, SLEEP)
LEVELS: Final = (10, 100, 1000)
REQUESTS: Final = "requests/job"
LAG: Final = "s lag"
IDLE: Final = "% of slots idle"
UNITS: Final = {REQUESTS, LAG, IDLE}

_TICK: Final = 5.0
_DELAY: Final = 1.0
_LOST: Final = 0.01
_METHOD: Final = """\
- **Wait**: the real board on a clock that jumps, against jobs that take 180 s in the middle and
  600 s for the slowest twentieth (lognormal), so many at a time: the next one is made when one is
  known to have ended. "Each alone" is counted over the same jobs. Requests are without the one read
  of each job that gives its result. "Lag" is from a job's end to its result; "idle" is the part of
  the slots' time that is lag. Webhooks come a second after the end, and one in a hundred is lost.
  At 10 at a time a job ends every 24 s, and requests times lag is half of that at best: with 5.0
  requests per job 1 % of the slots is idle, with 4.8 it is 1.05 %. The board takes the former.
- **At once**: CPU from taking up all jobs to their results, in the same simulation; the ratio is to
  tasks that sleep for as long as the jobs take, and ask nobody.
"""


def simulate(level: int, count: int, *, webhooks: bool) -> dict[str, float]:
    """What the board costs for so many jobs, so many at a time."""
    lengths = simulated.durations(count, seed=5)
    chance = random.Random(9)  # noqa: S311
    lag = 0.0

    async def main(world: World) -> int:
        heygen = simulated.HeyGen(world)
        loop = asyncio.get_running_loop()
        jobs = iter(lengths)

        async def slot() -> None:
            nonlocal lag
            for seconds in jobs:
                job = heygen.create(seconds)
                if webhooks and chance.random() >= _LOST:
                    loop.call_later(seconds + _DELAY, lambda of=job: heygen.tell(of))
                await job.wait()
                lag += heygen.lag(job.id)

        await asyncio.gather(*(slot() for _ in range(level)))
        await heygen.board.close()
        return heygen.requests

    return _figures(simulated.run(main), lag, lengths)


def alone(count: int) -> dict[str, float]:
    """The same jobs, asked for one by one: no need to simulate that."""
    lengths = simulated.durations(count, seed=5)
    asked = [math.ceil(seconds / _TICK) for seconds in lengths]
    return _figures(sum(asked), sum(asked) * _TICK - sum(lengths), lengths)


def _figures(requests: int, lag: float, lengths: list[float]) -> dict[str, float]:
    count, busy = len(lengths), sum(lengths)
    return {REQUESTS: requests / count, LAG: lag / count, IDLE: 100 * lag / (busy + lag)}


async def measure(*, variant: str, count: int) -> dict[str, float]:
    """Microseconds of CPU per job, all of them waited for at once."""
    lengths = simulated.durations(count, seed=6)
    spent = await asyncio.to_thread(simulated.run, lambda world: _spent(world, variant, lengths))
    return {"us CPU/job": spent / count * 1e6}


async def _spent(world: World, variant: str, lengths: list[float]) -> float:
    heygen = simulated.HeyGen(world)
    jobs = [] if variant == SLEEP else [heygen.create(seconds) for seconds in lengths]
    before = time.thread_time()
    if variant == OURS:
        await _iterate(jobs)
    else:
        await asyncio.gather(*map(asyncio.sleep, lengths))
    spent = time.thread_time() - before
    await heygen.board.close()
    return spent


async def _iterate(jobs: list[Job[str]]) -> None:
    async for outcome in as_completed(jobs, timeout=None, for_person=False, at_once=None):
        assert outcome.error is None


def _goals(level: int, *, webhooks: bool) -> dict[str, Goal | None]:
    """By unit."""
    if webhooks:
        many = level >= 100
        return {REQUESTS: below(0.05, REQUESTS) if many else None, LAG: below(1.5, "s"), IDLE: None}
    share = 0.02 if level >= 100 else 0.1
    return {REQUESTS: at_most_ratio(share), LAG: below(2.5, "s"), IDLE: below(1, "%")}


def _run_all(plan: Plan) -> Iterator[Row]:
    base = alone(plan.jobs)
    for level in LEVELS:
        for webhooks in (False, True):
            how = ", told by webhooks" if webhooks else ""
            name = f"wait for {plan.jobs:,} jobs, {level} at a time{how}"
            say(name)
            found = simulate(level, plan.jobs, webhooks=webhooks)
            for unit, goal in _goals(level, webhooks=webhooks).items():
                rounds = {OURS: [found[unit]], ALONE: [base[unit]]}
                yield from rows(name, unit, rounds, yardstick=ALONE, ours=OURS, goal=goal)
    name = f"wait for {plan.jobs:,} jobs at once"
    say(name)

    def one(variant: str) -> dict[str, Any]:
        return work("polling:measure", variant=variant, count=plan.jobs)

    for unit, spent in interleaved(WAYS, 1, one).items():
        yield from rows(name, unit, spent, yardstick=SLEEP, ours=OURS)


SECTION: Final = Section("polling", _METHOD, _run_all)
