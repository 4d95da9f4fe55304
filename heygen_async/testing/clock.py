"""Clocks: one that runs faster, and one that jumps from one wake-up to the next."""

import asyncio
import heapq
import time
from collections.abc import Callable
from itertools import count
from typing import Final

_EPOCH: Final = 1_800_000_000.0
_QUIET_ROUNDS: Final = 20
_POLL: Final = 0.0005


class ScaledClock:
    """The real clock, faster: hand the same speed to a sandbox and both agree on every second.

    Args:
        speed: Seconds that pass here in a real second.
    """

    def __init__(self, speed: float) -> None:
        self.speed = speed
        self._start = time.monotonic()
        self._epoch = time.time()

    def time(self) -> float:
        """Unix time in seconds."""
        return self._epoch + self.monotonic()

    def monotonic(self) -> float:
        """Seconds since the clock was made."""
        return (time.monotonic() - self._start) * self.speed

    async def sleep(self, seconds: float) -> None:
        """Waits so many seconds of this clock."""
        await asyncio.sleep(seconds / self.speed)


class SkippingClock:
    """A clock that stands still while anything happens, and jumps when everybody sleeps.

    Hand it to a client (``World(clock=clock)``) and to the sandbox
    (``SandboxClock(source=clock.monotonic)``), and tell it what is busy
    (``clock.watch(lambda: client.in_flight)``): hours of training pass in milliseconds, in the
    right order.
    """

    def __init__(self) -> None:
        self._now = 0.0
        self._order = count()
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._busy: list[Callable[[], int]] = []
        self._driver: asyncio.Task[None] | None = None

    def time(self) -> float:
        """Unix time in seconds, from a fixed moment."""
        return _EPOCH + self._now

    def monotonic(self) -> float:
        """Seconds since the clock was made."""
        return self._now

    def advance(self, seconds: float) -> None:
        """Lets time pass at once, without waking anybody before the next jump."""
        self._now += seconds

    def watch(self, in_flight: Callable[[], int]) -> None:
        """Adds something whose work must end before time may jump."""
        self._busy.append(in_flight)

    async def sleep(self, seconds: float) -> None:
        """Waits until time has jumped so far."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[None] = loop.create_future()
        heapq.heappush(self._sleepers, (self._now + max(0.0, seconds), next(self._order), future))
        if self._driver is None or self._driver.done():
            self._driver = loop.create_task(self._drive())
        await future

    async def _drive(self) -> None:
        while self._sleepers:
            if not await self._quiet():
                await asyncio.sleep(_POLL)
                continue
            moment, _, future = heapq.heappop(self._sleepers)
            if not future.done():  # a sleeper that was cancelled moves nothing
                self._now = max(self._now, moment)
                future.set_result(None)

    async def _quiet(self) -> bool:
        """Whether nothing is under way, also after whoever was woken has had a turn."""
        for _ in range(_QUIET_ROUNDS):
            if any(in_flight() for in_flight in self._busy):
                return False
            await asyncio.sleep(0)
        return True
