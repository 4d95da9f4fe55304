"""A long run over real sockets and skipped time, which has to leave nothing open.

``python -m benchmarks.soak --rows 100000``: one row in fifty fails, one connection in a hundred
breaks after HeyGen has taken the job. In the end every row has an outcome, every accepted job was
paid once, and no task, file or connection is left.
"""

import argparse
import asyncio
import time
from collections import Counter
from pathlib import Path
from typing import Any, Final

from benchmarks.gauges import Memory
from heygen_async import HeyGen, VideoJob, World
from heygen_async.models import AvatarVideo
from heygen_async.sandbox import Fault, Sandbox
from heygen_async.sandbox.clock import SandboxClock
from heygen_async.testing import SkippingClock

_SLOTS: Final = 100
_FAILS: Final = 50
_BREAKS: Final = 100
_GOODBYES: Final = 50
_OPEN: Final = Path("/proc/self/fd")


def _open_files() -> int:
    return sum(1 for _ in _OPEN.iterdir()) if _OPEN.exists() else 0


async def _run(rows: int) -> None:
    clock = SkippingClock()
    shared = SandboxClock(source=clock.monotonic, epoch=clock.time())
    ended: Counter[str] = Counter()
    files, memory, began = _open_files(), Memory(), time.process_time()
    async with Sandbox(media=False, clock=shared, slots=_SLOTS, balance=float(rows)) as sandbox:
        async with HeyGen(api_key="k", base_url=sandbox.url, world=World(clock=clock)) as heygen:
            clock.watch(lambda: heygen.in_flight)
            look = (await heygen.avatars.list_looks(limit=1)).items[0].id
            jobs = (
                VideoJob(request=AvatarVideo(avatar_id=look, script=_script(n)))
                for n in range(rows)
            )
            async with heygen.orchestrator(slots=_SLOTS) as studio:
                async for outcome in studio.render(jobs):
                    ended[outcome.state] += 1
                    if sum(ended.values()) % _BREAKS == 0:
                        sandbox.fault(
                            Fault(method="POST", path="/v3/videos", commit_then_drop=True)
                        )
        paid = Counter(charge.id for charge in sandbox.charges)
    left = await _left()
    cpu = (time.process_time() - began) / rows * 1e3
    print(f"{rows:,} rows: {dict(ended)}, {len(paid):,} paid")
    print(f"{cpu:.2f} ms of CPU a row with the sandbox's, {memory.grown():.0f} MiB with its state")
    print(f"left: {len(left)} tasks, {_open_files() - files} files and connections", *left)
    assert sum(ended.values()) == rows == len(paid)
    assert set(paid.values()) == {1}
    assert not left
    assert _open_files() <= files


async def _left() -> set["asyncio.Task[Any]"]:
    """Tasks that go on when what was closed has had some time to say goodbye."""
    for _ in range(_GOODBYES):
        left = asyncio.all_tasks() - {asyncio.current_task()}
        if not left:
            break
        await asyncio.sleep(0.1)
    return left


def _script(number: int) -> str:
    return f"Row {number}." + " [[fail]]" * (number % _FAILS == 0)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    asyncio.run(_run(parser.parse_args().rows))


if __name__ == "__main__":
    main()
