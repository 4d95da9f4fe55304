"""HeyGen and the hours it takes, simulated: what a board costs, without waiting for it."""

import asyncio
import math
import random
import selectors
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, Final, TypeVar, cast

from heygen_async import Job, World
from heygen_async.api.job import JobKind, JobState
from heygen_async.jobs import StatusBoard
from heygen_async.models import StatusEntry
from heygen_async.transport.downloads import Downloads
from heygen_async.transport.events import Events
from heygen_async.wire.statuses import Verdict

T = TypeVar("T")

MEDIAN: Final = 180.0
P95: Final = 600.0
_SIGMA: Final = math.log(P95 / MEDIAN) / 1.6449
_VERDICTS: Final = {"completed": Verdict.DONE}


class _Jumping(selectors.DefaultSelector):
    """Waits for nothing: what would be waited passes at once."""

    now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        self.now += timeout or 0.0
        return super().select(0)


class _Clock:
    def __init__(self, selector: _Jumping) -> None:
        self._selector = selector

    def time(self) -> float:
        return self._selector.now

    def monotonic(self) -> float:
        return self._selector.now

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


def run(main: Callable[[World], Coroutine[Any, Any, T]]) -> T:
    """Runs something to its end in a loop whose time jumps from one timer to the next."""
    selector = _Jumping()
    clock = _Clock(selector)
    loop = asyncio.SelectorEventLoop(selector)
    loop.time = clock.monotonic  # type: ignore[method-assign]
    world = World(clock=clock, uniform=random.Random(2).random)  # noqa: S311
    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        return runner.run(main(world))


def durations(count: int, *, seed: int) -> list[float]:
    """Of renders: 180 s in the middle, 600 s for the slowest twentieth."""
    chance = random.Random(seed)  # noqa: S311
    return [chance.lognormvariate(math.log(MEDIAN), _SIGMA) for _ in range(count)]


def _state(word: str) -> JobState:
    return JobState(status=word, verdict=_VERDICTS.get(word, Verdict.RUNNING))


class HeyGen:
    """Jobs that end when they should, and what was asked about them.

    Attributes:
        board: What waits for them: the real one.
        requests: Status calls, without the one read of each job that gives its result.
    """

    def __init__(self, world: World) -> None:
        self._clock = world.clock
        self._ends: dict[str, float] = {}
        self.board = StatusBoard(world, Events(()))
        self.requests = 0
        self.kind: JobKind[str] = JobKind(
            "video",
            read=self._read,
            state=_state,
            bulk=self._read_many,
            expected=60.0,
            timeout=1e6,
        )

    def create(self, seconds: float) -> Job[str]:
        """A job that takes so long."""
        job_id = f"{len(self._ends):032x}"
        self._ends[job_id] = self._clock.monotonic() + seconds
        nothing = cast("Downloads", None)
        return Job(job_id, kind=self.kind, waiter=self.board, downloads=nothing, fresh=True)

    def tell(self, job: Job[str]) -> None:
        """A signed delivery comes."""
        self.board.hint(job.id, signed=True)

    def lag(self, job_id: str) -> float:
        """How long a job has ended; below 0 if it has not."""
        return self._clock.monotonic() - self._ends[job_id]

    def _word(self, job_id: str) -> str:
        return "completed" if self.lag(job_id) >= 0 else "processing"

    async def _read(self, job_id: str) -> str:
        word = self._word(job_id)
        self.requests += word != "completed"
        return word

    async def _read_many(self, ids: Sequence[str]) -> list[StatusEntry]:
        self.requests += 1
        return [StatusEntry(video_id=each, status=self._word(each)) for each in ids]
