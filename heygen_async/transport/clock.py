"""Time, chance and ids: passed in, so that tests neither wait nor guess."""

import asyncio
import random
import time
import uuid
from collections.abc import Callable
from typing import Final, Protocol

import msgspec


class Clock(Protocol):
    """Where the client's time comes from."""

    def time(self) -> float:
        """Unix time in seconds."""
        ...

    def monotonic(self) -> float:
        """Seconds since some moment; never goes back."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Waits."""
        ...


class SystemClock:
    """The real one."""

    def time(self) -> float:
        """Unix time in seconds."""
        return time.time()

    def monotonic(self) -> float:
        """Seconds since some moment; never goes back."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Waits."""
        await asyncio.sleep(seconds)


class World(msgspec.Struct, kw_only=True, frozen=True):
    """What a client cannot compute.

    Attributes:
        clock: Time.
        uniform: A random number from 0 to 1.
        new_id: A new unique text.
    """

    clock: Clock = SystemClock()
    uniform: Callable[[], float] = random.random
    new_id: Callable[[], str] = lambda: uuid.uuid4().hex


class Deadline:
    """A moment that bounds attempts, waits and polls together."""

    __slots__ = ("_at", "_clock")

    def __init__(self, clock: Clock, seconds: float | None, *, now: float | None = None) -> None:
        self._clock = clock
        self._at: float | None = None
        if seconds is not None:
            self._at = (clock.monotonic() if now is None else now) + seconds

    def remaining(self) -> float | None:
        """Seconds left, never below 0; None without a bound."""
        return None if self._at is None else max(0.0, self._at - self._clock.monotonic())

    def allows(self, seconds: float) -> bool:
        """Whether a wait of so many seconds ends in time."""
        return self._at is None or self._clock.monotonic() + seconds <= self._at

    def spend(self, seconds: float) -> None:
        """Notes a wait; a moment in time does not mind."""

    def renew(self) -> None:
        """Notes that bytes have moved; a moment in time does not mind."""

    def cut(self, seconds: float) -> float:
        """The shorter of a time and what is left."""
        left = self.remaining()
        return seconds if left is None else min(seconds, left)


class Patience(Deadline):
    """Bounds the waits of a transfer, and nothing else.

    An attempt may take as long as bytes move. What is waited between attempts, since bytes last
    moved, is bounded as for every call.
    """

    __slots__ = ("_left", "_seconds")

    def __init__(self, clock: Clock, seconds: float) -> None:
        super().__init__(clock, None)
        self._seconds = self._left = seconds

    def allows(self, seconds: float) -> bool:
        """Whether a wait of so many seconds is not too long."""
        return seconds <= self._left

    def spend(self, seconds: float) -> None:
        """Notes a wait."""
        # A host that refuses for ever without asking for a wait is given up some day, too.
        self._left -= max(seconds, _LEAST_WAIT)

    def renew(self) -> None:
        """Notes that bytes have moved: the waits count anew."""
        self._left = self._seconds


_LEAST_WAIT: Final = 1.0
