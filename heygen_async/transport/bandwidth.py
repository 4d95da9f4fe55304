"""Bandwidth: how many bytes a second all transfers of one direction may take together."""

import math

from heygen_async.transport.clock import Clock


class Bandwidth:
    """Turns for bytes, given out in the order in which they are asked for.

    Args:
        rate: Bytes a second; None for as many as there are.
    """

    __slots__ = ("_free_at", "rate")

    def __init__(self, rate: float | None) -> None:
        self.rate: float | None = rate
        self._free_at: float = -math.inf

    async def take(self, count: int, clock: Clock) -> None:
        """Returns when so many more bytes may be moved."""
        if self.rate is None:
            return
        now = clock.monotonic()
        # Turns are a schedule, not a stock: who is cancelled gives nothing back, and time in
        # which nobody moves anything is not saved up.
        turn = max(now, self._free_at)
        self._free_at = turn + count / self.rate
        if turn > now:
            await clock.sleep(turn - now)
