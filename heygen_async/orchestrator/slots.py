"""Slots: how many jobs may be in flight at HeyGen, which is its real limit.

A slot is held from the create call until the job has ended. When HeyGen refuses because of too
many jobs, somebody else is using the account: half of what we hold is held back, once however many
calls are refused together, and comes back one by one: a slot for as many jobs as there are slots.
"""

import math
from types import TracebackType

import anyio

from heygen_async.errors import ConfigError
from heygen_async.transport.events import Event, RetryScheduled


class Slots:
    """An adaptive bound: ``async with slots``.

    Args:
        limit: Most jobs in flight.
    """

    def __init__(self, limit: int) -> None:
        if limit < 1:
            raise ConfigError(f"slots must be at least 1, got {limit}")
        self.limit = limit
        self._held = anyio.CapacityLimiter(limit)
        self._refused_until: float = -math.inf
        self._accepted: int = 0

    @property
    def in_use(self) -> int:
        """Jobs in flight now."""
        return self._held.borrowed_tokens

    @property
    def allowed(self) -> int:
        """Jobs that may be in flight now."""
        return int(self._held.total_tokens)

    def observe(self, event: Event) -> None:
        """Halves the bound when HeyGen says that too many jobs are in flight."""
        if not isinstance(event, RetryScheduled) or not event.concurrency:
            return
        if event.at < self._refused_until:
            return  # refused together with the one before, or made before it was
        self._refused_until = event.at + event.delay
        self._accepted = 0
        self._held.total_tokens = max(1, min(self.allowed, self.in_use) // 2)

    def accepted(self) -> None:
        """HeyGen took a job: when it has taken as many as there are slots, there is one more."""
        if self.allowed >= self.limit:
            return
        self._accepted += 1
        if self._accepted >= self.allowed:
            self._accepted = 0
            self._held.total_tokens = self.allowed + 1

    async def __aenter__(self) -> None:
        await self._held.acquire()

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._held.release()
