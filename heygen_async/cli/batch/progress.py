"""How far a batch is, for whoever sits in front of it."""

import time
from collections import Counter
from types import TracebackType
from typing import Final, Self

from rich.console import Console

from heygen_async.cli.console import is_live, say
from heygen_async.errors import JobFailedError, JobTimeoutError, StoppedError, UnauthorizedError
from heygen_async.orchestrator import Outcome, State

_FRAME: Final = 0.1
_WIPE: Final = "\r\x1b[K"


class Progress:
    """Counts outcomes, and shows the counts where they can be written over.

    Args:
        count: Rows in the file.
        console: Where to.

    Attributes:
        refusal: The first outcome's error that says that the key does not work.
    """

    def __init__(self, count: int, console: Console) -> None:
        self.refusal: UnauthorizedError | None = None
        self._count = count
        self._skipped = 0
        self._states: Counter[State] = Counter()
        self._stopped = 0
        self._unmade = 0
        self._console = console
        self._live = is_live(console)
        self._drawn = 0.0

    @property
    def failed(self) -> int:
        """Rows that failed, or of which nobody can tell."""
        return self._states[State.FAILED] + self._states[State.NEEDS_REVIEW]

    @property
    def unmade(self) -> int:
        """Rows whose videos HeyGen took and did not make."""
        return self._unmade

    @property
    def stopped(self) -> int:
        """Rows that were broken off, or took longer than we wait."""
        return self._stopped

    def add(self, outcome: Outcome) -> None:
        """Counts an outcome."""
        self._states[outcome.state] += 1
        self._stopped += isinstance(outcome.error, StoppedError | JobTimeoutError)
        self._unmade += isinstance(outcome.error, JobFailedError)
        if isinstance(outcome.error, UnauthorizedError):
            self.refusal = self.refusal or outcome.error
        self._draw()

    def skip(self) -> None:
        """Counts a row whose video is there."""
        self._skipped += 1

    def say(self, text: str) -> None:
        """A line that stays."""
        self._wipe()
        say(text)

    def summary(self) -> str:
        """All counts, in words."""
        states = self._states
        counts = (
            ("done", states[State.DONE]),
            ("there before", self._skipped),
            ("failed", states[State.FAILED]),
            ("to review", states[State.NEEDS_REVIEW]),
            ("left at HeyGen", states[State.ACCEPTED]),
            ("not sent", states[State.PLANNED]),
        )
        shown = ", ".join(f"{count:,} {name}" for name, count in counts if count)
        return f"{shown or 'nothing done'} of {self._count:,} rows"

    def __enter__(self) -> Self:
        self._draw()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._wipe()

    def _draw(self) -> None:
        if self._live and (now := time.monotonic()) >= self._drawn + _FRAME:
            self._drawn = now
            self._write(f"{_WIPE}{self.summary()}")

    def _wipe(self) -> None:
        if self._live:
            self._write(_WIPE)

    def _write(self, text: str) -> None:
        self._console.file.write(text)
        self._console.file.flush()
