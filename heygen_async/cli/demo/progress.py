"""What is known of a running demo: fed by events, read by whoever shows it."""

from collections import deque
from collections.abc import Callable, Sequence
from typing import Final

from heygen_async.models.base import Record
from heygen_async.orchestrator import Slots, State, StateChanged, StepFinished
from heygen_async.transport.events import (
    DownloadProgress,
    Event,
    RetryScheduled,
    UploadProgress,
)

_WINDOW: Final = 2.0

V3: Final = "v3 avatar"
V2: Final = "v2 photo avatar"
STEPS: Final[dict[str, tuple[str, ...]]] = {
    V3: ("photo", "avatar"),
    V2: ("photos", "group", "train", "looks", "motion", "sound"),
}
"""What happens before the videos, in order, on both roads."""


class Step(Record):
    """A step that is done.

    Attributes:
        track: The avatar it belongs to.
        name: Its name.
        start: When it began, in seconds of the client's clock.
        end: When it ended.
    """

    track: str
    name: str
    start: float
    end: float


class Traffic:
    """Bytes in one direction.

    Args:
        now: Real seconds.
    """

    def __init__(self, now: Callable[[], float]) -> None:
        self.total: int = 0
        self._now = now
        self._files: dict[str, int] = {}
        self._recent: deque[tuple[float, int]] = deque()

    def note(self, name: str, seen: int) -> None:
        """A file has moved so far; less than before means that it started over."""
        before = self._files.get(name, 0)
        self._files[name] = seen
        moved = seen if seen < before else seen - before
        if moved:
            self.total += moved
            self._recent.append((self._now(), moved))

    def rate(self) -> float:
        """Bytes a second, over the last moments."""
        now = self._now()
        while self._recent and self._recent[0][0] < now - _WINDOW:
            self._recent.popleft()
        return sum(moved for _, moved in self._recent) / _WINDOW


class Progress:
    """Everything that the display and the report show of a run.

    Args:
        keys: The rows.
        now: Real seconds.
    """

    def __init__(self, keys: Sequence[str], *, now: Callable[[], float]) -> None:
        self.states: dict[str, State] = dict.fromkeys(keys, State.PLANNED)
        self.steps: list[Step] = []
        self.tracks: dict[str, tuple[str, ...]] = dict(STEPS)
        self.plans: dict[str, str] = {}
        self.accepted: dict[str, str] = {}
        self.retries: int = 0
        self.up: Traffic = Traffic(now)
        self.down: Traffic = Traffic(now)
        self.slots: Slots | None = None
        self.notes: list[str] = []
        self.listener: Callable[[Event], None] | None = None
        self._now = now
        self._began = now()

    @property
    def elapsed(self) -> float:
        """Real seconds since the beginning."""
        return self._now() - self._began

    def observe(self, event: Event) -> None:
        """Takes note of an event, and tells whoever shows it."""
        self._note(event)
        if self.listener is not None:
            self.listener(event)

    def _note(self, event: Event) -> None:
        match event:
            case UploadProgress():
                self.up.note(event.name, event.sent)
            case DownloadProgress():
                self.down.note(event.name, event.received)
            case StateChanged():
                self.states[event.key] = event.state
                if event.video_id is not None:
                    self.accepted[event.key] = event.video_id
            case StepFinished():
                track = self.plans.get(event.plan, event.plan)
                step = Step(
                    track=track, name=event.step, start=event.at - event.seconds, end=event.at
                )
                self.steps.append(step)
            case RetryScheduled():
                self.retries += 1
            case _:
                pass

    def finished(self, track: str) -> dict[str, Step]:
        """The steps of a track that are done, by name."""
        return {step.name: step for step in self.steps if step.track == track}

    def count(self, *states: State) -> int:
        """How many rows are at one of some states."""
        return sum(state in states for state in self.states.values())
