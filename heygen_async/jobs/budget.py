"""How many requests a second waiting may cost."""

import math
from typing import Final

_BURST: Final = 1.0
"""Seconds of it that may be spent at once."""


class Budget:
    """Requests a second, at most.

    Args:
        rate: So many.
    """

    __slots__ = ("_burst", "_interval", "_spent_until")

    def __init__(self, rate: float) -> None:
        self._interval = 1 / rate
        self._burst = max(_BURST, self._interval)
        self._spent_until: float = -math.inf

    def take(self, now: float) -> bool:
        """Spends one request, if there is one."""
        if self.free_at(now) > now:
            return False
        self.owe(now)
        return True

    def owe(self, now: float) -> None:
        """Spends one that nobody asked for: the next are so much later."""
        self._spent_until = max(now, self._spent_until) + self._interval

    def free_at(self, now: float) -> float:
        """The moment of the next request: now, or later."""
        return max(now, self._spent_until + self._interval - self._burst)
