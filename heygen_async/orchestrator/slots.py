"""Slots: how many jobs may be in flight at HeyGen, which is its real limit.

A slot is held from the create call until the job has ended. When HeyGen refuses because of too
many jobs, somebody else is using the account: half of what we hold is held back, once however many
calls are refused together, and comes back one by one: a slot for as many jobs as there are slots.
"""

import asyncio
import math
from collections import deque
from types import TracebackType

from heygen_async.errors import ConfigError


class Slots:
    """An adaptive bound: ``async with slots``.

    Args:
        limit: Most jobs in flight.

    Attributes:
        limit: Most jobs in flight.
        allowed: Jobs that may be in flight now.
        in_use: Jobs in flight now.
    """

    def __init__(self, limit: int) -> None:
        if limit < 1:
            raise ConfigError(f"slots must be at least 1, got {limit}")
        self.limit: int = limit
        self.allowed: int = limit
        self.in_use: int = 0
        self._line: deque[asyncio.Future[None]] = deque()
        self._refused_until: float = -math.inf
        self._accepted: int = 0

    def refused(self, *, at: float, delay: float) -> None:
        """Halves the bound: HeyGen says that too many jobs are in flight.

        Args:
            at: When it said so, in seconds of the client's monotonic clock.
            delay: Seconds after which it may be asked again.
        """
        if at < self._refused_until:
            return  # refused together with the one before, or made before it was
        self._refused_until = at + delay
        self._accepted = 0
        self.allowed = max(1, min(self.allowed, self.in_use) // 2)

    def accepted(self) -> None:
        """HeyGen took a job: when it has taken as many as there are slots, there is one more."""
        if self.allowed >= self.limit:
            return
        self._accepted += 1
        if self._accepted >= self.allowed:
            self._accepted = 0
            self.allowed += 1
            self._admit()

    async def acquire(self) -> None:
        """Takes a slot, as soon as there is one."""
        if self.in_use < self.allowed and not self._line:
            self.in_use += 1
            return
        turn = asyncio.get_running_loop().create_future()
        self._line.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if not turn.cancelled():
                self.release()  # admitted in the same moment
            raise

    def occupy(self, count: int) -> None:
        """Takes slots without waiting for them: for jobs that HeyGen begins by itself.

        Args:
            count: How many; those that are not free are owed to whoever waits.
        """
        self.in_use += count

    def release(self) -> None:
        """Gives a slot back: its job has ended."""
        self.in_use -= 1
        self._admit()

    __aenter__ = acquire

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()

    def _admit(self) -> None:
        while self._line and self.in_use < self.allowed:
            turn = self._line.popleft()
            if not turn.done():
                self.in_use += 1
                turn.set_result(None)
