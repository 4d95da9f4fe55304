"""Steps of a plan: named and timed, and whoever fails is told what is made and paid."""

import asyncio
from collections.abc import (
    AsyncGenerator,
    Awaitable,
    Callable,
    Coroutine,
    Generator,
    Iterator,
    Sequence,
)
from contextlib import asynccontextmanager, contextmanager
from typing import Any, Protocol, TypeVar

import anyio

from heygen_async.api.job import Job
from heygen_async.errors import JobFailedError
from heygen_async.orchestrator.last_word import with_last_word
from heygen_async.orchestrator.plans import StepFinished
from heygen_async.transport.clock import World
from heygen_async.transport.events import Events
from heygen_async.wire.statuses import Verdict, verdict

T = TypeVar("T")


class Doubts(Protocol):
    """What is sent and has no answer yet, by name: a list is one."""

    def append(self, what: str, /) -> None:
        """It is sent in a moment."""
        ...

    def remove(self, what: str, /) -> None:
        """It is answered, or was never sent."""
        ...

    def __iter__(self) -> Iterator[str]: ...


class Steps:
    """The steps of one plan.

    Args:
        kind: What kind of plan, for errors.
        plan: Name of what is made.
        world: For its times.
        events: Told of every step that is done.
        unknown: Holds what is sent, for as long as there is no answer.
        changed: Called after every change of that and of what is made.
        unit: What it costs is told in.
    """

    def __init__(
        self,
        kind: str,
        plan: str,
        *,
        world: World,
        events: Events,
        unknown: Doubts | None = None,
        changed: Callable[[], object] = lambda: None,
        unit: str = "credits",
    ) -> None:
        self._kind = kind
        self._plan = plan
        self._clock = world.clock
        self._events = events
        self._done: list[str] = []
        self._made: list[str] = []
        self._paid = 0.0
        self._unknown: Doubts = [] if unknown is None else unknown
        self._changed = changed
        self._unit = unit

    async def make(
        self,
        call: Callable[[], Awaitable[Job[T]]],
        keep: Callable[[str], object],
        what: str,
        cost: float = 0.0,
    ) -> Job[T]:
        """A call that makes something, whose id is kept even when the plan is cancelled meanwhile.

        Args:
            call: Makes the call.
            keep: Takes the id.
            what: What it makes.
            cost: In the unit of the plan.
        """

        async def one() -> list[Job[T]]:
            return [await call()]

        (job,) = await self.make_all(one, lambda ids: keep(*ids), what, cost)
        return job

    async def make_all(
        self,
        call: Callable[[], Awaitable[list[Job[T]]]],
        keep: Callable[[list[str]], object],
        what: str,
        cost: float = 0.0,
    ) -> list[Job[T]]:
        """As ``make``, for a call that makes several things at once.

        Until there is an answer it stands in ``unknown``. A plan that is cancelled waits for the
        answer to what is on the wire; what waits for its turn, or to be repeated, is not sent.
        """
        made: list[Job[T]] | None = None

        async def make() -> list[Job[T]]:
            nonlocal made
            self._changed()
            made = await call()
            ids = [job.id for job in made]
            self._note(f"{what} {', '.join(ids)}", cost)
            keep(ids)
            return made

        def settled(known: bool) -> None:  # noqa: FBT001  told so by name
            # A refusal tells nothing of what an earlier call has sent.
            if known and not (doubted and made is None):
                self._unknown.remove(what)

        if not (doubted := what in self._unknown):
            self._unknown.append(what)
        try:
            return await with_last_word(make, settled)
        finally:
            self._changed()

    def _note(self, what: str, cost: float) -> None:
        """Keeps in mind what was made, and for how many credits."""
        unit = "credit" if cost == 1 and self._unit == "credits" else self._unit
        self._made.append(f"{what} ({cost:g} {unit})" if cost else what)
        self._paid += cost

    @asynccontextmanager
    async def step(self, name: str) -> AsyncGenerator[None]:
        """One step; an error of it carries a note with the step, and all that was made."""
        start = self._clock.monotonic()
        try:
            yield
        except (Exception, asyncio.CancelledError) as problem:
            self._changed()  # what HeyGen gave up on is forgotten
            self._tell(problem, f"step '{name}' of ")
            raise
        self._done.append(name)
        if self._events.observed:
            now = self._clock.monotonic()
            self._events.emit(StepFinished(at=now, plan=self._plan, step=name, seconds=now - start))

    @contextmanager
    def whole(self) -> Generator[None]:
        """All steps, and the waits between them; whatever ends them carries a note."""
        try:
            yield
        except (Exception, asyncio.CancelledError) as problem:
            self._tell(problem)
            raise

    def _tell(self, problem: BaseException, step: str = "") -> None:
        plan = f"{self._kind} {self._plan!r};"
        if any(plan in note for note in getattr(problem, "__notes__", ())):
            return  # by the step that it comes from
        unknown = ", ".join(self._unknown)
        doubt = f"; perhaps made too: {unknown}" if unknown else ""
        problem.add_note(
            f"in {step}{plan}"
            f" done: {', '.join(self._done) or 'none'};"
            f" made: {', '.join(self._made) or 'nothing'};"
            f" paid: about {self._paid:g} {self._unit}{doubt}"
        )


async def finished(
    job: Job[T],
    forget: Callable[[], object],
    *,
    timeout: float | None = None,
    for_person: bool = False,
) -> T:
    """The job's result; one that HeyGen gave up on is forgotten.

    Args:
        job: Is waited for.
        forget: Takes it out of what is made.
        timeout: As ``Job.wait``.
        for_person: As ``Job.wait``.
    """
    try:
        return await job.wait(timeout=timeout, for_person=for_person)
    except JobFailedError as problem:
        if verdict(job.kind, problem.status) is not Verdict.WAITING_FOR_PERSON:
            forget()
        raise


async def first_of(*work: Coroutine[Any, Any, object]) -> None:
    """Until one of them has ended, or failed: then nothing else goes on behind the caller."""
    tasks = [asyncio.create_task(each) for each in work]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        await _ended(tasks)


async def together(*work: Coroutine[Any, Any, T]) -> list[T]:
    """All results, or the first error as it is: then nothing else goes on behind the caller."""
    tasks = [asyncio.create_task(each) for each in work]
    try:
        # Shielded, or a scope of anyio would cancel them again and again.
        return list(await asyncio.shield(asyncio.gather(*tasks)))
    finally:
        await _ended(tasks)


async def _ended(tasks: Sequence["asyncio.Task[Any]"]) -> None:
    for task in tasks:
        if not task.cancelling():  # who is cancelled twice waits for no answer
            task.cancel()
    with anyio.CancelScope(shield=True):
        await asyncio.gather(*tasks, return_exceptions=True)
