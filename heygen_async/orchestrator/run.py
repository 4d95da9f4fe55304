"""Run: the stages of one ``render``, and the workers of each."""

from collections.abc import AsyncGenerator, AsyncIterable, Awaitable, Callable, Iterable

import anyio
from anyio.abc import TaskGroup
from anyio.streams.memory import MemoryObjectReceiveStream, MemoryObjectSendStream

from heygen_async.api.files import resolve
from heygen_async.api.job import Job
from heygen_async.api.resources import Resources
from heygen_async.errors import InvalidRequestError
from heygen_async.models import Video
from heygen_async.models.v2 import GenerateVideo, LegacyVideo
from heygen_async.orchestrator.files import SharedUploads
from heygen_async.orchestrator.jobs import Outcome, Stage, VideoJob, VideoRequest
from heygen_async.orchestrator.row import Row
from heygen_async.orchestrator.slots import Slots
from heygen_async.transport.clock import World
from heygen_async.transport.events import Events
from heygen_async.wire.encode import encode
from heygen_async.wire.idempotency import digest, key_for


class Run:
    """The work behind one ``render``.

    Attributes:
        source_error: What the source of rows raised.
    """

    def __init__(
        self,
        heygen: Resources,
        *,
        name: str,
        world: World,
        events: Events,
        slots: Slots,
        outcomes: MemoryObjectSendStream[Outcome],
    ) -> None:
        self.source_error: Exception | None = None
        self._heygen = heygen
        self._name = name
        self._world = world
        self._events = events
        self._slots = slots
        self._outcomes = outcomes
        self._files = SharedUploads(heygen)

    async def work(
        self, jobs: Iterable[VideoJob] | AsyncIterable[VideoJob], uploads: int, downloads: int
    ) -> None:
        """Runs all stages until the source is exhausted, or it is cancelled."""
        # Buffers of one: a row is taken from the source when there is something to do for it.
        fed = anyio.create_memory_object_stream[Row](1)
        ready = anyio.create_memory_object_stream[Row](1)
        rendered = anyio.create_memory_object_stream[Row](downloads)
        try:
            async with self._outcomes, anyio.create_task_group() as group:
                group.start_soon(self._feed, jobs, fed[0])
                self._start(group, uploads, self._upload, fed[1], ready[0])
                self._start(group, self._slots.limit, self._render, ready[1], rendered[0])
                self._start(group, downloads, self._download, rendered[1], None)
        finally:
            with anyio.CancelScope(shield=True):
                await self._files.close()

    def _start(
        self,
        group: TaskGroup,
        workers: int,
        stage: Callable[[Row], Awaitable[None]],
        source: MemoryObjectReceiveStream[Row],
        onward: MemoryObjectSendStream[Row] | None,
    ) -> None:
        for _ in range(workers):
            group.start_soon(
                self._worker, stage, source.clone(), None if onward is None else onward.clone()
            )
        source.close()
        if onward is not None:
            onward.close()

    async def _feed(
        self,
        jobs: Iterable[VideoJob] | AsyncIterable[VideoJob],
        onward: MemoryObjectSendStream[Row],
    ) -> None:
        index = 0
        async with onward:
            try:
                async for job in _iterate(jobs):
                    row = Row(index, job, clock=self._world.clock, events=self._events)
                    row.enter(Stage.PLANNED)
                    await onward.send(row)
                    index += 1
            except Exception as problem:  # noqa: BLE001  raised again for whoever iterates
                self.source_error = problem

    async def _worker(
        self,
        stage: Callable[[Row], Awaitable[None]],
        source: MemoryObjectReceiveStream[Row],
        onward: MemoryObjectSendStream[Row] | None,
    ) -> None:
        """Takes rows one by one; a row that fails leaves the line here."""
        async with source:
            try:
                async for row in source:
                    try:
                        await stage(row)
                    except Exception as problem:  # noqa: BLE001  one row never sinks the others
                        await self._outcomes.send(row.outcome(problem))
                    else:
                        if onward is None:
                            await self._outcomes.send(row.outcome())
                        else:
                            await onward.send(row)
            finally:
                if onward is not None:
                    onward.close()

    # The stages

    async def _upload(self, row: Row) -> None:
        if row.job.files:
            row.enter(Stage.UPLOADING)
            with row.span("upload"):
                for name, file in row.job.files.items():
                    row.assets[name] = await self._files.asset(file)
        request = row.job.request
        if callable(request):
            request = request(row.assets)
        # Files within the request become assets here, before its digest is taken.
        row.request = await resolve(request, self._files.asset)

    async def _render(self, row: Row) -> None:
        request = row.request
        assert request is not None  # noqa: S101  the stage before made it
        body = encode(request)
        row.digest = digest(body)
        key = key_for(f"{self._name}:{row.key}", body)
        async with self._slots:
            with row.span("render"):
                row.enter(Stage.SUBMITTING)
                remote = await self._submit(request, key)
                row.remote = remote
                self._slots.accepted()
                row.enter(Stage.ACCEPTED)
                row.video = await remote.wait()

    async def _submit(self, request: VideoRequest, key: str) -> Job[Video] | Job[LegacyVideo]:
        if isinstance(request, GenerateVideo):
            return await self._heygen.v2.videos.generate(request)
        return await self._heygen.videos.create(request, idempotency_key=key)

    async def _download(self, row: Row) -> None:
        target = row.job.target
        if target is None:
            return
        if row.remote is None:
            raise InvalidRequestError("target", target, "needs a video that was accepted")
        row.enter(Stage.DOWNLOADING)
        with row.span("download"):
            row.path = await row.remote.download(
                target, file=row.job.file, overwrite=row.job.overwrite
            )


async def _iterate(
    jobs: Iterable[VideoJob] | AsyncIterable[VideoJob],
) -> AsyncGenerator[VideoJob]:
    if isinstance(jobs, AsyncIterable):
        async for job in jobs:
            yield job
        return
    for job in jobs:
        yield job
