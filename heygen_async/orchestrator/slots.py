"""Slots: how many jobs may be in flight at HeyGen, which is its real limit.

A slot is held from the create call until the job has ended. When HeyGen refuses because of too
many jobs, somebody else is using the account: half of what we hold is held back, and every job
that is accepted afterwards gives one back.
"""

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
        if isinstance(event, RetryScheduled) and event.concurrency:
            self._held.total_tokens = max(1, min(self.allowed, self.in_use) // 2)

    def accepted(self) -> None:
        """Gives one back: HeyGen took a job."""
        if self.allowed < self.limit:
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
