"""Many jobs, each as it ends: one task for all of them, however many there are."""

import asyncio
import math
from collections.abc import AsyncGenerator, AsyncIterable, Generator, Iterable
from contextlib import aclosing
from typing import Any, Final, Generic, TypeVar, cast

import anyio

from heygen_async.api.job import Job, Listener
from heygen_async.errors import HeyGenError, JobError
from heygen_async.models.base import Record

T = TypeVar("T")

_AT_A_STRETCH: Final = 100
"""Jobs that are taken before anybody else has a turn."""


class JobOutcome(Record, Generic[T]):
    """How a job ended.

    Attributes:
        job: Which one; what it needs for ``download`` it has.
        result: The finished resource, unless there is an error.
        error: Why there is no result.
    """

    job: Job[T]
    result: T | None = None
    error: HeyGenError | None = None

    def unwrap(self) -> T:
        """The result.

        Raises:
            HeyGenError: There is none, for this reason.
        """
        if self.error is not None:
            raise self.error
        return cast("T", self.result)


class _Place(Listener):
    """A job that is waited for, in the crowd to which it belongs."""

    __slots__ = ("_crowd", "job")

    def __init__(self, job: Job[Any], crowd: "_Crowd", *, for_person: bool) -> None:
        super().__init__(for_person=for_person)
        self.job: Job[Any] = job
        self._crowd: _Crowd | None = crowd

    @property
    def has_ended(self) -> bool:
        return self._crowd is None

    def ended(self, result: Any) -> None:
        self.job.knows(result)
        self._end(JobOutcome(job=self.job, result=result))

    def failed(self, problem: Exception) -> None:
        error = problem if isinstance(problem, HeyGenError) else _unexpected(self.job, problem)
        self._end(JobOutcome(job=self.job, error=error))

    def _end(self, outcome: JobOutcome[Any]) -> None:
        crowd, self._crowd = self._crowd, None
        if crowd is not None:
            crowd.ended(outcome)


class _Crowd:
    """Jobs that are waited for, and a line of those that have ended."""

    def __init__(self, *, timeout: float | None, for_person: bool, at_once: float) -> None:
        self._timeout = timeout
        self._for_person = for_person
        self._at_once = at_once
        self._places: list[_Place] = []  # a set would take as much as all else of a place
        self._ended: int = 0
        self._line: asyncio.Queue[JobOutcome[Any] | None] = asyncio.Queue()
        self._taken: int = 0
        self._room: asyncio.Event = asyncio.Event()

    def ended(self, outcome: JobOutcome[Any]) -> None:
        """A job has ended, or a look at it has failed in a way that nobody foresaw."""
        self._line.put_nowait(outcome)
        self._ended += 1
        if 2 * self._ended > len(self._places):
            self._places = [place for place in self._places if not place.has_ended]
            self._ended = 0

    async def take(self, jobs: Iterable[Job[Any]] | AsyncIterable[Job[Any]]) -> None:
        """Waits for all of them, as many at once as may be."""
        try:
            async with aclosing(each_of(jobs)) as source:
                async for job in source:
                    place = _Place(job, self, for_person=self._for_person)
                    job.listen(place, timeout=self._timeout)
                    self._places.append(place)
                    self._taken += 1
                    while self._taken >= self._at_once:
                        self._room.clear()
                        await self._room.wait()
        finally:
            self._line.put_nowait(None)

    async def next(self, *, more: bool) -> JobOutcome[Any] | None:
        """The next one that has ended; None when there is none, or will be no more to take."""
        if not more and not self._taken:
            return None
        outcome = await self._line.get()
        if outcome is not None:
            self._taken -= 1
            self._room.set()
        return outcome

    def leave(self) -> None:
        """Waits for none of them any more."""
        for place in self._places:
            place.job.forget(place)


def _unexpected(job: Job[Any], problem: Exception) -> JobError:
    """A bug of a look: of this job, so that it ends no wait for the others."""
    reason = f"looking at {job.kind} {job.id} failed: {type(problem).__name__}"
    error = JobError(reason, kind=job.kind, job_id=job.id)
    error.__cause__ = problem
    return error


async def as_completed(
    jobs: Iterable[Job[T]] | AsyncIterable[Job[T]],
    *,
    timeout: float | None,
    for_person: bool,
    at_once: int | None,
) -> AsyncGenerator[JobOutcome[T]]:
    """Jobs as they end. See ``HeyGen.as_completed``."""
    crowd = _Crowd(
        timeout=timeout, for_person=for_person, at_once=math.inf if at_once is None else at_once
    )
    taking = asyncio.get_running_loop().create_task(crowd.take(jobs))
    more = True
    try:
        while (outcome := await crowd.next(more=more)) is not None or more:
            if outcome is None:
                more = False
            else:
                yield outcome
        await taking  # raises what the source of the jobs raised
    finally:
        taking.cancel()
        try:
            await asyncio.wait((taking,))
            if not taking.cancelled():
                taking.exception()  # seen: raised above, or of no interest any more
        finally:
            crowd.leave()


async def _pause(taken: int) -> None:
    """Gives others a turn now and then: a source need not suspend, not even an async one."""
    if not taken % _AT_A_STRETCH:
        await asyncio.sleep(0)


async def each_of(source: Iterable[T] | AsyncIterable[T]) -> AsyncGenerator[T]:
    """What comes of a source of either sort; a generator is closed at the end."""
    try:
        taken = 0
        if isinstance(source, AsyncIterable):
            async for each in source:
                yield each
                taken += 1
                await _pause(taken)
        else:
            for each in source:
                yield each
                taken += 1
                await _pause(taken)
    finally:
        # Shielded: what a source does at its end may take a moment.
        with anyio.CancelScope(shield=True):
            if isinstance(source, AsyncGenerator):
                await cast("AsyncGenerator[T]", source).aclose()
            elif isinstance(source, Generator):
                cast("Generator[T]", source).close()
