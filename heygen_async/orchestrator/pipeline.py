"""Pipeline: the one engine behind everything that an orchestrator does to many items.

A fixed number of workers, one for every place in all stages, and never a task per item. Each takes
an item from the source when it has nothing else to do, carries it through the stages, waiting for a
place in each, and hands its result over. So a slow stage, and whoever is slow to read the results,
hold back the source by themselves; nothing is queued between stages but what a worker holds.
"""

import asyncio
from collections.abc import AsyncGenerator
from typing import Any, Final, Generic, TypeVar

import anyio

from heygen_async.errors import (
    InsufficientCreditError,
    QuotaExceededError,
    StoppedError,
    UnauthorizedError,
)
from heygen_async.orchestrator.results import Outlet, Result, Span
from heygen_async.orchestrator.slots import Slots
from heygen_async.orchestrator.sources import Feed, Source
from heygen_async.orchestrator.stages import Chain, Stage
from heygen_async.transport.clock import Clock

In = TypeVar("In")
Out = TypeVar("Out")

HOPELESS: Final = (InsufficientCreditError, QuotaExceededError, UnauthorizedError)
"""Refusals that every other item would meet, too."""

AHEAD: Final = 16
"""In order, so many items for every worker may be under way or wait for one before them."""

_STOPPED: Final = "stopped before it was finished"


class Pipeline(Generic[In, Out]):
    """Items on their way through a chain.

    Args:
        source: Where they come from.
        chain: What is done to them.
        clock: For their spans.
        ordered: Whether results come in the order of the items, not as they finish.
        fail_fast: Whether the first failure stops everything.
    """

    def __init__(
        self,
        source: Source[In],
        chain: Chain[In, Out],
        *,
        clock: Clock,
        ordered: bool = False,
        fail_fast: bool = False,
    ) -> None:
        self._stages = [(stage, Slots(stage.at_once)) for stage in chain.stages]
        self._workers = sum(stage.at_once for stage in chain.stages)
        self._feed: Feed[In] = Feed(source, ahead=AHEAD * self._workers if ordered else None)
        self._outlet: Outlet[Result[In, Out]] = Outlet(chain.stages[-1].at_once)
        self._now = clock.monotonic
        self._order: _Order[Result[In, Out]] | None = _Order(self._outlet) if ordered else None
        self._fail_fast = fail_fast
        self._ended_by: Exception | None = None
        self._stopped = False
        self._busy: set[asyncio.Task[Any]] = set()
        self._task: asyncio.Task[None] | None = None

    async def results(self) -> AsyncGenerator[Result[In, Out]]:
        """Starts the work, and gives every item's result; leaving early ends the work.

        Raises:
            Exception: What the source raised, or what ended the work before the source was
                exhausted, after all results.
        """
        # A task of its own: there must be no yield within a task group.
        self._task = asyncio.create_task(self._work())
        try:
            while (result := await self._outlet.take()) is not None:
                self._feed.done()
                yield result
            await self._task
            if self._feed.error is not None:
                raise self._feed.error
            if self._ended_by is not None and not self._feed.exhausted:
                raise self._ended_by
        finally:
            await self.close()

    def drain(self) -> None:
        """Takes no more items; those that are under way go on to their end."""
        self._feed.stop()

    def stop(self) -> None:
        """Takes no more items, and breaks off those under way: each has a result that says so."""
        if self._stopped:
            return  # who is cancelled twice waits for no answer
        self._stopped = True
        self.drain()
        asking = asyncio.current_task()
        for task in self._busy:
            if task is asking:
                # Its stage may be at its end: cancelled now, it would lose its result.
                asyncio.get_running_loop().call_soon(self._break_off, task)
            else:
                task.cancel()

    def _break_off(self, task: "asyncio.Task[Any]") -> None:
        if task in self._busy:
            task.cancel()

    async def close(self) -> None:
        """Ends the work, results or not."""
        if self._task is not None:
            self._stopped = True
            self._outlet.close()
            self._task.cancel()
            # Shielded: within a cancelled scope of anyio every await is cancelled again.
            with anyio.CancelScope(shield=True):
                await asyncio.gather(self._task, return_exceptions=True)

    async def _work(self) -> None:
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(self._workers):
                    group.create_task(self._carry())
        except BaseExceptionGroup as problems:
            raise problems.exceptions[0] from None  # the first that ended all others
        finally:
            try:
                await self._feed.close()
            finally:
                self._outlet.close()

    async def _carry(self) -> None:
        """One worker: item after item, from the source to whoever reads the results."""
        while not self._stopped and (taken := await self._feed.take()) is not None:
            index, item = taken
            result = await self._walk(index, item)
            if result.error is not None:
                self._failed(result.error)
            if self._order is None:
                await self._outlet.put(result)
            else:
                await self._order.put(index, result)

    def _failed(self, error: Exception) -> None:
        if self._fail_fast and not self._stopped:
            self._ended_by = error
            self.stop()
        elif isinstance(error, HOPELESS) and self._ended_by is None:
            self._ended_by = error
            self.drain()

    async def _walk(self, index: int, item: In) -> Result[In, Out]:
        """An item through all stages, or as far as it gets."""
        task = asyncio.current_task()
        assert task is not None  # noqa: S101  workers are tasks
        spans: dict[str, Span] = {}
        value: Any = item
        stage = self._stages[0][0]
        self._busy.add(task)
        try:
            for stage, place in self._stages:
                async with place:
                    self._check_going()
                    start = self._now()
                    try:
                        value = await stage.start(index, value, self)
                    finally:
                        spans[stage.name] = Span(start=start, end=self._now())
        except Exception as problem:  # noqa: BLE001  one item never sinks the others
            error: Exception = problem
        except asyncio.CancelledError as cancelled:
            error = self._broken_off(task, stage, value, cancelled)
        else:
            return Result(index=index, item=item, value=value, reached=value, spans=spans)
        finally:
            self._busy.discard(task)
        return Result(
            index=index,
            item=item,
            reached=stage.reached(value, error),
            error=error,
            stage=stage.name,
            spans=spans,
        )

    def _check_going(self) -> None:
        """Nothing more begins, also for an item whose last stage would not be broken off."""
        if self._stopped:
            raise StoppedError(_STOPPED)

    def _broken_off(
        self,
        task: "asyncio.Task[Any]",
        stage: Stage[Any, Any],
        value: object,
        cancelled: asyncio.CancelledError,
    ) -> Exception:
        """Why a stage was cancelled: by ``stop``, or by itself; else the whole work is."""
        if self._stopped and task.cancelling() and not task.uncancel():
            stopped = StoppedError(_STOPPED)
            stopped.__cause__ = cancelled
            for note in getattr(cancelled, "__notes__", ()):  # with the ids of what is paid
                stopped.add_note(note)
            return stopped
        if not task.cancelling():
            problem = RuntimeError(f"stage {stage.name!r} cancelled itself")
            problem.__cause__ = cancelled
            return problem
        stage.reached(value, StoppedError("cancelled"))
        raise cancelled


class _Order(Generic[Out]):
    """Keeps results until those before them are there."""

    def __init__(self, outlet: Outlet[Out]) -> None:
        self._outlet = outlet
        self._kept: dict[int, Out] = {}
        self._next = 0
        self._giving = False

    async def put(self, index: int, one: Out) -> None:
        self._kept[index] = one
        if self._giving:
            return  # whoever is at it comes to this one, too
        self._giving = True
        try:
            while self._next in self._kept:
                await self._outlet.put(self._kept.pop(self._next))
                self._next += 1
        finally:
            self._giving = False
