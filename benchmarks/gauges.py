"""What is read off this process: CPU, time, memory, and how long the loop stood still."""

import asyncio
import resource
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_STATUS: Final = Path("/proc/self/status")
_CLEAR: Final = Path("/proc/self/clear_refs")
_TICK: Final = 0.001
_MIB: Final = 1 << 20


@dataclass(slots=True)
class Reading:
    """What one piece of work cost.

    Attributes:
        seconds: By the clock.
        cpu: Seconds of CPU, user and system, of all threads of this process.
        grown: MiB between the memory before and the most during the work.
        stall: Longest time in seconds that the loop did not come round.
    """

    seconds: float = 0.0
    cpu: float = 0.0
    grown: float = 0.0
    stall: float = 0.0


class Memory:
    """How far this process's resident memory rose since this was made.

    Linux keeps the peak as VmHWM, and forgets it when 5 is written to clear_refs. Elsewhere the
    peak of the whole process has to do, which shows growth only beyond the peak so far.
    """

    def __init__(self) -> None:
        try:
            _CLEAR.write_text("5")
            self._exact = True
        except OSError:
            self._exact = False
        self._before = _field("VmRSS") if self._exact else _highest()

    def grown(self) -> float:
        """MiB."""
        peak = _field("VmHWM") if self._exact else _highest()
        return max(0, peak - self._before) / _MIB


def _field(name: str) -> int:
    for line in _STATUS.read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) * 1024
    raise RuntimeError(f"no {name} in {_STATUS}")


def _highest() -> int:
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def children_cpu() -> float:
    """Seconds of CPU of all processes that this one started, and that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@asynccontextmanager
async def gauged(*, ticking: bool = False) -> AsyncIterator[Reading]:
    """Reads the gauges around what is done inside.

    Args:
        ticking: Whether the loop is watched; that costs CPU of its own, some 2 % of a second.
    """
    reading = Reading()
    stopped = asyncio.Event()
    ticker = asyncio.create_task(_watch(reading, stopped)) if ticking else None
    memory = Memory()
    seconds, cpu = time.perf_counter(), time.process_time()
    try:
        yield reading
    finally:
        reading.seconds = time.perf_counter() - seconds
        reading.cpu = time.process_time() - cpu
        reading.grown = memory.grown()
        stopped.set()
        if ticker is not None:
            await ticker


async def _watch(reading: Reading, stopped: asyncio.Event) -> None:
    """A task that wants to run every millisecond, and notes by how much it came too late."""
    while not stopped.is_set():
        due = time.perf_counter() + _TICK
        await asyncio.sleep(_TICK)
        reading.stall = max(reading.stall, time.perf_counter() - due)
