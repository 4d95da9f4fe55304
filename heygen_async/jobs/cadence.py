"""When to look at a job: nothing is to be seen early, most end in the middle, few late."""

from collections.abc import Callable

from heygen_async.models.base import Record


class Cadence(Record):
    """How often jobs are looked at.

    Attributes:
        first: Part of the expected time before the first look at a job that was just made.
        shortest: Seconds between two looks, at least.
        longest: Seconds between two looks, at most.
        growth: How the time between looks grows with a job's age: a part of the age.
        jitter: Part by which every wait may be shorter or longer.
        grace: Seconds for which a new id may be unknown to HeyGen.
    """

    first: float = 0.5
    shortest: float = 3.0
    longest: float = 30.0
    growth: float = 0.1
    jitter: float = 0.1
    grace: float = 60.0

    def first_look(self, expected: float, uniform: Callable[[], float]) -> float:
        """Seconds from creation to the first look.

        Args:
            expected: Seconds that most jobs of the kind take.
            uniform: A random number from 0 to 1.
        """
        return self._spread(max(self.shortest, self.first * expected), uniform)

    def next_look(self, age: float, uniform: Callable[[], float]) -> float:
        """Seconds to the next look.

        Args:
            age: Seconds since the waiting began.
            uniform: A random number from 0 to 1.
        """
        return self._spread(min(self.longest, max(self.shortest, self.growth * age)), uniform)

    def _spread(self, seconds: float, uniform: Callable[[], float]) -> float:
        return seconds * (1 + self.jitter * (2 * uniform() - 1))
