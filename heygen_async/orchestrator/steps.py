"""Steps of a plan: named and timed, and whoever fails is told what is made and paid."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any, Final, TypeVar

from heygen_async.api.job import Job
from heygen_async.orchestrator.plans import StepFinished
from heygen_async.orchestrator.row import may_be_accepted
from heygen_async.transport.clock import World
from heygen_async.transport.events import Events

T = TypeVar("T")

_LAST_WORD: Final = 5.0
"""Real seconds for which a plan that is cancelled waits for the answer to a call that costs."""


class Steps:
    """The steps of one plan.

    Args:
        kind: What kind of plan, for errors.
        plan: Name of what is made.
        world: For its times.
        events: Told of every step that is done.
        unknown: Takes what costs, was sent, and has no answer.
    """

    def __init__(
        self,
        kind: str,
        plan: str,
        *,
        world: World,
        events: Events,
        unknown: list[str] | None = None,
    ) -> None:
        self._kind = kind
        self._plan = plan
        self._clock = world.clock
        self._events = events
        self._done: list[str] = []
        self._made: list[str] = []
        self._paid = 0.0
        self._unknown: list[str] = [] if unknown is None else unknown

    def note(self, what: str, cost: float = 0.0) -> None:
        """Keeps in mind what was made, and for how many credits."""
        unit = "credit" if cost == 1 else "credits"
        self._made.append(f"{what} ({cost:g} {unit})" if cost else what)
        self._paid += cost

    async def make(
        self,
        call: Awaitable[Job[T]],
        keep: Callable[[str], object],
        what: str,
        cost: float = 0.0,
    ) -> Job[T]:
        """A call that makes something, whose id is kept even when the plan is cancelled meanwhile.

        Args:
            call: The call.
            keep: Takes the id.
            what: What it makes.
            cost: In credits.
        """

        async def make() -> Job[T]:
            job = await call
            keep(job.id)
            self.note(f"{what} {job.id}", cost)
            return job

        task = asyncio.ensure_future(make())
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            await asyncio.wait((task,), timeout=_LAST_WORD)
            raise
        finally:
            if cost and _is_in_doubt(task):
                self._unknown.append(what)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    @asynccontextmanager
    async def step(self, name: str) -> AsyncGenerator[None]:
        """One step; an error of it carries a note with the step, and all that was made."""
        start = self._clock.monotonic()
        try:
            yield
        except Exception as problem:
            doubt = f"; perhaps paid too: {', '.join(self._unknown)}" if self._unknown else ""
            problem.add_note(
                f"in step '{name}' of {self._kind} {self._plan!r};"
                f" done: {', '.join(self._done) or 'none'};"
                f" made: {', '.join(self._made) or 'nothing'};"
                f" paid: about {self._paid:g} credits{doubt}"
            )
            raise
        self._done.append(name)
        if self._events.observed:
            now = self._clock.monotonic()
            self._events.emit(StepFinished(at=now, plan=self._plan, step=name, seconds=now - start))


def _is_in_doubt(call: "asyncio.Task[Any]") -> bool:
    """Whether nobody can tell if a call was carried out."""
    if not call.done() or call.cancelled():
        return True
    problem = call.exception()
    return isinstance(problem, Exception) and may_be_accepted(problem)


async def together(*work: Coroutine[Any, Any, T]) -> list[T]:
    """All results, or the first error as it is: then nothing else goes on behind the caller."""
    tasks = [asyncio.ensure_future(each) for each in work]
    try:
        return list(await asyncio.gather(*tasks))
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
