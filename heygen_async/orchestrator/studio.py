"""Orchestrator: many items through stages, each with a bound of its own."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from types import TracebackType
from typing import Any, Self, TypeAlias, TypeVar

import anyio

from heygen_async.api.resources import Resources
from heygen_async.errors import ConfigError, InvalidRequestError
from heygen_async.orchestrator.bounds import AGENTS, Bound, Bounds
from heygen_async.orchestrator.jobs import Outcome, VideoJob
from heygen_async.orchestrator.pipeline import Pipeline
from heygen_async.orchestrator.planner import Planner
from heygen_async.orchestrator.results import Result
from heygen_async.orchestrator.run import KEY_DIGEST, Run
from heygen_async.orchestrator.slots import Slots
from heygen_async.orchestrator.sources import Source
from heygen_async.orchestrator.stages import Chain
from heygen_async.transport.clock import World
from heygen_async.transport.events import Events
from heygen_async.transport.retrying import Pauses
from heygen_async.wire.idempotency import checked

In = TypeVar("In")
Out = TypeVar("Out")

JobSource: TypeAlias = Source[VideoJob]


class Orchestrator(Planner):
    """Many jobs at once; made by ``heygen.orchestrator()``, used as ``async with``.

    Its bounds are shared by everything that is done within the block.

    Attributes:
        run: Name of the work, part of every idempotency key.
        slots: Jobs in flight at HeyGen.
    """

    def __init__(
        self,
        heygen: Resources,
        *,
        world: World,
        events: Events,
        pauses: Pauses,
        run: str | None,
        uploads: int,
        slots: int,
        downloads: int,
    ) -> None:
        bounds = Bounds(
            uploads=Bound("uploads", uploads),
            slots=Slots(slots),
            downloads=Bound("downloads", downloads),
            agents=Bound("agents", AGENTS),
        )
        try:
            self.run: str = checked(run or f"run-{world.new_id()}")
            checked(f"{self.run}:file:{'0' * KEY_DIGEST}")  # as its uploads are keyed
        except InvalidRequestError as problem:
            raise ConfigError(f"run: {problem.limit}, got {problem.value}") from None
        super().__init__(heygen, world=world, events=events, bounds=bounds)
        self._named = bool(run)
        self._pauses = pauses
        self._files = heygen.shared_uploads(run=run or None)
        self._flows: set[Pipeline[Any, Any]] = set()
        self._draining = False

    async def __aenter__(self) -> Self:
        if self._leave is not None:
            raise ConfigError("an orchestrator is entered once")
        self._leave = self._pauses.watch(self._crowded)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._left = True
        if self._leave is not None:
            self._leave()
        # Whoever stopped reading results has no use for the rest; jobs at HeyGen go on.
        with anyio.CancelScope(shield=True):
            await asyncio.gather(*(flow.close() for flow in self._flows))

    def _crowded(self, seconds: float) -> None:
        self.slots.refused(at=self._world.clock.monotonic(), delay=seconds)

    async def render(
        self,
        jobs: JobSource,
        *,
        preflight: bool = False,
        batches: bool = False,
        ordered: bool = False,
        fail_fast: bool = False,
    ) -> AsyncGenerator[Outcome]:
        """Uploads, renders and downloads every row; gives outcomes as they come.

        A row that fails is an outcome with an error, and sinks no other. Rows are taken from the
        source only as fast as the stages go on, so it may be endless. Leaving the loop early stops
        the work here; jobs that HeyGen has accepted go on, and are billed.

        A row's request, key and target are looked at before anything is sent for it. With a run's
        name, uploads and v3 videos are keyed by it, so that starting again within 24 hours pays
        nothing twice. Above 32 MiB that holds as long as the slot of an upload lives: one that
        has lapsed is asked anew, and gives another asset and so another video.

        A refusal that every other row would meet (no credit, a daily limit, a key that does not
        work) stops the taking of rows: what HeyGen has accepted is finished, rows that were taken
        and not sent are outcomes with a ``StoppedError``.

        Args:
            jobs: A list, a generator, an async generator or a stream. A generator is closed at the
                end.
            preflight: Whether the quota is read before each v2 row, and must cover its estimate; a
                row that it does not cover ends with a ``CreditShortageError``.
            batches: Whether rows of v3 are sent up to 100 in one call, as many as come within half
                a second of each other. That saves calls where thousands of short videos are made;
                it makes none sooner, since HeyGen works a batch off slot by slot. A batch has one
                key for all of its rows, so a run with a name takes none. If one is refused as a
                whole, its rows go one by one; rows of v2, and with a ``folder_id``, always do.
            ordered: Whether outcomes come in the order of the rows, see ``flow``.
            fail_fast: Whether the first failure stops everything. Rows under way are outcomes with
                a ``StoppedError``; those that HeyGen has accepted go on there, and have their id.

        Raises:
            ConfigError: The orchestrator was not entered with ``async with``, or ``batches`` in a
                run with a name.
            Exception: What the source itself raises, or what stopped the taking of rows while there
                may be more, after all outcomes.
        """
        line = self.videos(preflight=preflight, batches=batches)
        results = self.flow(jobs, line, ordered=ordered, fail_fast=fail_fast)
        async with aclosing(results):
            async for result in results:
                assert isinstance(result.reached, Outcome)  # noqa: S101  all stages see to it
                yield result.reached

    def videos(self, *, preflight: bool = False, batches: bool = False) -> Chain[VideoJob, Outcome]:
        """The stages of ``render``, to put stages of your own before and behind.

        ``studio.flow(topics, Stage("write", write) | studio.videos() | Stage("post", post))``. What
        comes out is a video that is done; one that is not ends its item, whose result has the
        outcome as ``reached``.

        Args:
            preflight: As for ``render``.
            batches: As for ``render``.

        Raises:
            ConfigError: ``batches`` in a run with a name.
        """
        if batches and self._named:
            raise ConfigError(
                f"run {self.run!r} has a name, and takes no batches",
                hint="A batch has one key for all of its rows, and which rows come together is not"
                " the same the next time. Leave the name out, or batches.",
            )
        return Run(
            self._heygen,
            name=self.run,
            named=self._named,
            world=self._world,
            events=self._events,
            bounds=self._bounds,
            files=self._files,
            targets=self._targets,
            preflight=preflight,
            batches=batches,
        ).chain()

    async def flow(
        self,
        source: Source[In],
        chain: Chain[In, Out],
        *,
        ordered: bool = False,
        fail_fast: bool = False,
    ) -> AsyncGenerator[Result[In, Out]]:
        """Takes items through stages of your own or of ours, each with a bound of its own.

        An item that fails is a result with an error, and sinks no other. There are as many workers
        as there are places in all stages, whatever the number of items, and an item is taken when
        a worker is free: a slow stage, or a slow reader of the results, holds back the source.

        Args:
            source: A list, a generator, an async generator or a stream. A generator is closed at
                the end.
            chain: A stage, or several: ``fetch | render | publish``.
            ordered: Whether results come in the order of the items, not as they finish. So that
                memory stays flat, at most 16 items for every worker may be under way or wait for
                one before them; an item that takes 16 times as long as the others holds them up.
            fail_fast: Whether the first failure stops everything: no more items are taken, and
                those under way are results with a ``StoppedError``.

        Raises:
            ConfigError: The orchestrator was not entered with ``async with``.
            Exception: What the source itself raises, or what stopped the taking of items while
                there may be more, after all results: the first failure with ``fail_fast``, and
                else no credit, a daily limit, or a key that does not work.
        """
        self._check_entered()
        flow = Pipeline(
            source, chain, clock=self._world.clock, ordered=ordered, fail_fast=fail_fast
        )
        if self._draining:
            flow.drain()
        self._flows.add(flow)
        try:
            async with aclosing(flow.results()) as results:
                async for result in results:
                    yield result
        finally:
            self._flows.discard(flow)

    def drain(self) -> None:
        """Takes no more rows and items; loops over results end by themselves when all is done.

        What is under way goes on to its end. For good: a loop that begins later has no results.
        """
        self._draining = True
        for flow in self._flows:
            flow.drain()

    def stop(self) -> None:
        """Drains, and breaks off what is under way; loops over results end by themselves.

        Every row under way is an outcome with a ``StoppedError``. What HeyGen has accepted goes on
        there, and is billed: the outcome has its id.
        """
        self._draining = True
        for flow in self._flows:
            flow.stop()
