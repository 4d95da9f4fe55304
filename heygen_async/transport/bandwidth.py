"""Bandwidth: how many bytes a second all transfers of one direction may take together."""

import asyncio
import math
from typing import Final

from heygen_async.transport.clock import Clock

_LEAST: Final = 4096
"""Bytes a turn: to give out fewer costs more than it smooths."""


class Bandwidth:
    """Turns for bytes, given out in the order in which they are asked for.

    A turn is about a second's share of the rate, so that nobody is silent for long: a storage host
    hangs up on whoever is.

    Args:
        rate: Bytes a second; None for as many as there are.
    """

    __slots__ = ("_free_at", "_line", "_waiting", "rate")

    def __init__(self, rate: float | None) -> None:
        self.rate: float | None = rate
        self._free_at: float = -math.inf
        self._line: asyncio.Lock = asyncio.Lock()
        self._waiting: int = 0

    async def take(self, count: int, clock: Clock) -> int:
        """Returns when more bytes may be moved, and how many: at most as many as are asked for.

        Time in which nobody moves anything is not saved up, and who is cancelled takes nothing.
        """
        if self.rate is None:
            return count
        self._waiting += 1
        try:
            async with self._line:
                now = clock.monotonic()
                if self._free_at > now:
                    await clock.sleep(self._free_at - now)
                granted = min(count, max(_LEAST, int(self.rate / self._waiting)))
                self._free_at = max(self._free_at, now) + granted / self.rate
                return granted
        finally:
            self._waiting -= 1

    def give_back(self, count: int) -> None:
        """Takes back what was granted and not moved."""
        if self.rate is not None:
            self._free_at -= count / self.rate
