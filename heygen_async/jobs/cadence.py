"""When to look at a job: never before it can have ended, most often when most of them end.

Looks cost requests, and not looking costs time: a job that has ended waits for the next look, and
with it the slot that it took. What both cost together is least when the time between two looks is
the inverse root of the rate at which the jobs that one look shows end.

Where deliveries tell of the ends, looks are for the rest: they are so much rarer that the jobs of
which nobody tells make all of them wait no longer, on average, than they would without deliveries.
"""

import math
from collections.abc import Callable, Iterable

from heygen_async.errors import ConfigError
from heygen_async.jobs.durations import Durations
from heygen_async.models.base import Record


class Cadence(Record):
    """How often jobs are looked at. It learns from the durations that it sees.

    Attributes:
        first: Part of the shortest duration seen after which a new job is looked at first.
        shortest: Seconds between two looks, at least.
        longest: Seconds between two looks, at most.
        safety: Seconds between two looks, at most, where deliveries tell of the ends.
        eagerness: How much a second of waiting in vain counts against a request: four times as
            much halves the time between looks.
        budget: Requests a second, at most, for all waiting jobs together: looks, and reads of
            the results of those that have ended. What is repeated of one that fails is paid for by
            those after it. Beside the budget are a wait without time, which is one read, and the
            one read of a wait whose time would be up before it has its turn.
        jitter: Part by which every wait may be shorter or longer.
        grace: Seconds for which a new id may be unknown to HeyGen.
    """

    first: float = 0.9
    shortest: float = 3.0
    longest: float = 30.0
    safety: float = 70.0
    eagerness: float = 1.2
    budget: float = 20.0
    jitter: float = 0.1
    grace: float = 60.0

    def __post_init__(self) -> None:
        for name in ("eagerness", "budget"):
            if not 0 < getattr(self, name) < math.inf:
                raise ConfigError(f"cadence: {name} must be above 0, got {getattr(self, name)!r}")
        for name in ("first", "shortest", "longest", "safety", "grace"):
            if not 0 <= getattr(self, name) < math.inf:
                raise ConfigError(f"cadence: {name} must be 0 or more, got {getattr(self, name)!r}")
        if not 0 <= self.jitter <= 1:
            raise ConfigError(f"cadence: jitter must be 0 to 1, got {self.jitter!r}")

    def first_look(self, durations: Durations, uniform: Callable[[], float]) -> float:
        """Seconds from creation to the first look.

        Args:
            durations: Of jobs of the kind.
            uniform: A random number from 0 to 1.
        """
        return self._spread(max(self.shortest, self.first * durations.shortest), uniform)

    def next_look(
        self,
        durations: Durations,
        ages: Iterable[float],
        *,
        untold: float,
        looks: int,
        uniform: Callable[[], float],
    ) -> float:
        """Seconds to the next look at jobs that are looked at together.

        Args:
            durations: Of jobs of the kind.
            ages: Seconds since the jobs of the look were made.
            untold: The share of their ends that no delivery will tell of.
            looks: How many looks have their turns until it is theirs again.
            uniform: A random number from 0 to 1.
        """
        rate = sum(map(durations.hazard, ages))
        best = 1 / math.sqrt(self.eagerness * rate) if rate > 0 else self.longest
        wait = max(self.shortest, min(self.longest, best))
        return self._spread(max(self._rarer(wait, untold), looks / self.budget), uniform)

    def pause(self, *, untold: float, looks: int) -> float:
        """Seconds after a look for which the jobs of the kind that are not urgent wait for more.

        So the first looks at jobs that were made one after the other are one.

        Args:
            untold: The share of their ends that no delivery will tell of.
            looks: How many looks all jobs of the kind need, once round.
        """
        return self._rarer(self.shortest, untold) * (1 - self.jitter) / looks

    def _rarer(self, seconds: float, untold: float) -> float:
        return max(seconds, min(self.safety, seconds / untold))

    def _spread(self, seconds: float, uniform: Callable[[], float]) -> float:
        return seconds * (1 + self.jitter * (2 * uniform() - 1))
