"""How long jobs of a kind take: what was seen, and until then what is expected."""

from bisect import bisect_right, insort
from collections import deque
from typing import Final

_KEPT: Final = 200
_ENOUGH: Final = 20
_SPREAD: Final = 0.7
"""Of a guess: the sigma of a lognormal distribution whose 95th percentile is 3.2 medians."""

_WINDOW: Final = 0.2
_LEAST_WINDOW: Final = 5.0


class Durations:
    """The durations of the newest jobs of one kind, in seconds.

    Args:
        expected: What most jobs of the kind take, for as long as few were seen.
    """

    __slots__ = ("_newest", "_real", "_sorted")

    def __init__(self, expected: float) -> None:
        from statistics import NormalDist  # noqa: PLC0415 - dear, and needed when a job is waited for

        share = NormalDist(0.0, _SPREAD)
        guesses = [share.inv_cdf((n + 0.5) / _ENOUGH) for n in range(_ENOUGH)]
        self._sorted: list[float] = [expected * 2.718281828**guess for guess in guesses]
        self._newest: deque[float] = deque(self._sorted)
        self._real: int = 0

    @property
    def shortest(self) -> float:
        """The shortest duration."""
        return self._sorted[0]

    def add(self, seconds: float) -> None:
        """Notes how long a job took. A guess, or the oldest duration, makes room for it."""
        if self._real < _ENOUGH or len(self._newest) >= _KEPT:
            gone = self._newest.popleft()
            del self._sorted[bisect_right(self._sorted, gone) - 1]
        self._real += 1
        self._newest.append(seconds)
        insort(self._sorted, seconds)

    def hazard(self, age: float) -> float:
        """The chance, per second, that a job which has gone on so long ends now."""
        durations = self._sorted
        window = max(_LEAST_WINDOW, _WINDOW * age)
        beyond = len(durations) - bisect_right(durations, age)
        if not beyond:
            # Older than all: the longer it has gone on, the longer it will.
            return 0.5 / max(age, window)
        ended = bisect_right(durations, age + window) - bisect_right(durations, age)
        return ended / beyond / window

    def left(self, age: float) -> float | None:
        """Seconds that such a job has still to go, half of the time; None where nobody knows."""
        place = bisect_right(self._sorted, age)
        beyond = len(self._sorted) - place
        if not self._real or not beyond:
            return None
        return self._sorted[place + beyond // 2] - age
