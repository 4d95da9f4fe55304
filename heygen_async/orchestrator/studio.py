"""Orchestrator: fixed workers over bounded streams, never a task per row."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterable, Iterable
from types import TracebackType
from typing import Self, TypeAlias

import anyio
from anyio.streams.memory import MemoryObjectReceiveStream, MemoryObjectSendStream

from heygen_async.api.resources import Resources
from heygen_async.errors import ConfigError, InvalidRequestError
from heygen_async.orchestrator.jobs import Outcome, VideoJob
from heygen_async.orchestrator.planner import Planner
from heygen_async.orchestrator.run import KEY_DIGEST, Run
from heygen_async.transport.clock import World
from heygen_async.transport.events import Events
from heygen_async.wire.idempotency import checked

JobSource: TypeAlias = Iterable[VideoJob] | AsyncIterable[VideoJob]


class Orchestrator(Planner):
    """Many jobs at once; made by ``heygen.orchestrator()``, used as ``async with``.

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
        run: str | None,
        uploads: int,
        slots: int,
        downloads: int,
    ) -> None:
        for name, value in (("uploads", uploads), ("downloads", downloads)):
            if value < 1:
                raise ConfigError(f"{name} must be at least 1, got {value}")
        try:
            self.run: str = checked(run or f"run-{world.new_id()}")
            checked(f"{self.run}:file:{'0' * KEY_DIGEST}")  # as its uploads are keyed
        except InvalidRequestError as problem:
            raise ConfigError(f"run: {problem.limit}, got {problem.value}") from None
        super().__init__(
            heygen, world=world, events=events, uploads=uploads, slots=slots, downloads=downloads
        )
        self._named = bool(run)
        self._downloads = downloads
        self._runs: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        if self._leave is not None:
            raise ConfigError("an orchestrator is entered once")
        self._leave = self._events.subscribe(self.slots.observe)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._leave is not None:
            self._leave()
        # Whoever stopped reading outcomes has no use for the rest; jobs at HeyGen go on.
        await _end(*self._runs)

    async def render(self, jobs: JobSource, *, preflight: bool = False) -> AsyncGenerator[Outcome]:
        """Uploads, renders and downloads every row; gives outcomes as they come.

        A row that fails is an outcome with an error, and sinks no other. Rows are taken from the
        source only as fast as the stages go on, so it may be endless. Leaving the loop early stops
        the work here; jobs that HeyGen has accepted go on, and are billed.

        A row's request, key and target are looked at before anything is sent for it. With a run's
        name, uploads and v3 videos are keyed by it, so that starting again within 24 hours pays
        nothing twice. Above 32 MiB that holds as long as the slot of an upload lives: one that
        has lapsed is asked anew, and gives another asset and so another video.

        Args:
            jobs: A list, a generator or an async generator. A generator is closed at the end.
            preflight: Whether the quota is read before each v2 row, and must cover its estimate; a
                row that it does not cover ends with a ``CreditShortageError``.

        Raises:
            ConfigError: The orchestrator was not entered with ``async with``.
            Exception: What the source itself raises, after the outcomes of the rows before.
        """
        self._check_entered()
        send: MemoryObjectSendStream[Outcome]
        receive: MemoryObjectReceiveStream[Outcome]
        send, receive = anyio.create_memory_object_stream(self._downloads)
        run = Run(
            self._heygen,
            name=self.run,
            named=self._named,
            world=self._world,
            events=self._events,
            slots=self.slots,
            outcomes=send,
            preflight=preflight,
        )
        task = asyncio.create_task(run.work(jobs, self._uploads, self._downloads))
        self._runs.add(task)
        try:
            async with receive:
                async for outcome in receive:
                    yield outcome
            await task
            if run.source_error is not None:
                raise run.source_error
        finally:
            self._runs.discard(task)
            await _end(task)


async def _end(*tasks: "asyncio.Task[None]") -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
