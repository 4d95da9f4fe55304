"""What a waiting job takes in memory."""

import asyncio
import gc
import tracemalloc
from collections.abc import Iterator, Sequence
from typing import Any, Final

from benchmarks import simulated
from benchmarks.plan import KIB, Plan, Section, interleaved, say
from benchmarks.process import work
from benchmarks.rows import Row, below, rows
from heygen_async import World
from heygen_async.api.completed import as_completed

OURS: Final = "heygen_async"
SLEEP: Final = "create_task(sleep())"
VARIANTS: Final = (OURS, SLEEP)
CROWD: Final = "a waiting job, by as_completed"
TASKS: Final = "a waiting job, in the caller's task"
WAYS: Final = {CROWD: 0.5, TASKS: 1.5}
_LEAST: Final = 2_000
"""Fewer would be outweighed by what is there once."""

_TURNS: Final = 500
_METHOD: Final = """\
- **A waiting job**: what Python has allocated (`tracemalloc`) for 20,000 jobs that are waited for,
  by `as_completed` in one task or by `job.wait()` in a task each, without the handles, per job.
  The ratio is to a task that sleeps.
"""


async def measure(*, way: str, variant: str, count: int) -> dict[str, float]:
    """KiB for each of so many that wait."""
    heygen = simulated.HeyGen(World())
    jobs = [heygen.create(1e5) for _ in range(count)]
    gc.collect()
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    tasks: Sequence[asyncio.Task[Any]]
    if variant == SLEEP:
        tasks = [asyncio.create_task(asyncio.sleep(1e5)) for _ in jobs]
    elif way == CROWD:
        outcomes = as_completed(jobs, timeout=None, for_person=False, at_once=None)
        tasks = [asyncio.create_task(anext(outcomes))]  # type: ignore[arg-type]
    else:
        tasks = [asyncio.create_task(job.wait()) for job in jobs]
    for _ in range(_TURNS):
        await asyncio.sleep(0)
    assert variant == SLEEP or len(heygen.board) == count
    gc.collect()
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await heygen.board.close()
    return {"KiB/job": (after - before) / count / KIB}


def _run_all(plan: Plan) -> Iterator[Row]:
    count = max(_LEAST, 2 * plan.jobs)
    say(f"{count:,} waiting jobs")
    for way, most in WAYS.items():

        def one(variant: str, way: str = way) -> dict[str, Any]:
            return work("waiting:measure", way=way, variant=variant, count=count)

        for unit, rounds in interleaved(VARIANTS, 1, one).items():
            yield from rows(way, unit, rounds, yardstick=SLEEP, ours=OURS, goal=below(most, "KiB"))


SECTION: Final = Section("waiting", _METHOD, _run_all)
