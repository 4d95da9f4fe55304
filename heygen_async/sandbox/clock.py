"""The sandbox's clock: real time that can be sped up, and skipped."""

import math
import time
from collections.abc import Callable


class SandboxClock:
    """Tells the sandbox what time it is. Jobs, links and replays all age by it.

    Args:
        speed: Virtual seconds per real second.
        source: Where real seconds come from; any monotonic clock.
        epoch: Unix time at which the clock starts; now, when left out.
    """

    def __init__(
        self,
        *,
        speed: float = 1.0,
        source: Callable[[], float] = time.monotonic,
        epoch: float | None = None,
    ) -> None:
        if speed <= 0:
            raise ValueError(f"speed must be above 0, not {speed}")
        self.speed = speed
        self._source = source
        self._start = source()
        self._epoch = time.time() if epoch is None else epoch
        self._skipped = 0.0

    def now(self) -> float:
        """The time in Unix seconds, which never goes back."""
        return self._epoch + (self._source() - self._start) * self.speed + self._skipped

    def advance(self, seconds: float) -> float:
        """Skips time.

        Args:
            seconds: How much, in virtual seconds; 0 or more.

        Returns:
            The time after the skip.

        Raises:
            ValueError: When it would go back.
        """
        if not 0 <= seconds < math.inf:
            raise ValueError(f"a clock only goes forward, not by {seconds} seconds")
        self._skipped += seconds
        return self.now()

    def real(self, seconds: float) -> float:
        """How many real seconds so many virtual seconds take."""
        return seconds / self.speed
