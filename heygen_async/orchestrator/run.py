"""Run: the stages of one ``render``, and the workers of each."""

from collections.abc import (
    AsyncGenerator,
    AsyncIterable,
    Awaitable,
    Callable,
    Generator,
    Iterable,
)
from contextlib import aclosing
from typing import Final, cast

import anyio
from anyio.abc import TaskGroup
from anyio.streams.memory import MemoryObjectReceiveStream, MemoryObjectSendStream

from heygen_async.api.files import resolve
from heygen_async.api.job import Job
from heygen_async.api.resources import Resources
from heygen_async.errors import InvalidRequestError
from heygen_async.models import Asset, Request, Video
from heygen_async.models.files import UploadSource
from heygen_async.models.v2 import GenerateVideo, LegacyVideo
from heygen_async.orchestrator.estimates import check_quota, estimate
from heygen_async.orchestrator.jobs import Outcome, State, VideoJob, VideoRequest
from heygen_async.orchestrator.row import Row
from heygen_async.orchestrator.slots import Slots
from heygen_async.orchestrator.targets import Targets
from heygen_async.transport.clock import World
from heygen_async.transport.events import Events
from heygen_async.wire.encode import encode
from heygen_async.wire.idempotency import checked, digest, key_for

KEY_MAX: Final = 255
KEY_DIGEST: Final = 32


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
        named: bool,
        world: World,
        events: Events,
        slots: Slots,
        outcomes: MemoryObjectSendStream[Outcome],
        preflight: bool = False,
    ) -> None:
        self.source_error: Exception | None = None
        self._heygen = heygen
        self._name = name
        self._world = world
        self._events = events
        self._slots = slots
        self._outcomes = outcomes
        self._named = named
        self._preflight = preflight
        self._files = heygen.shared_uploads(run=name if named else None)
        self._targets = Targets()

    async def work(
        self, jobs: Iterable[VideoJob] | AsyncIterable[VideoJob], uploads: int, downloads: int
    ) -> None:
        """Runs all stages until the source is exhausted, or it is cancelled."""
        # Buffers of one: a row is taken from the source when there is something to do for it.
        fed = anyio.create_memory_object_stream[Row](1)
        ready = anyio.create_memory_object_stream[Row](1)
        rendered = anyio.create_memory_object_stream[Row](downloads)
        async with self._outcomes, anyio.create_task_group() as group:
            group.start_soon(self._feed, jobs, fed[0])
            self._start(group, uploads, self._upload, fed[1], ready[0])
            self._start(group, self._slots.limit, self._render, ready[1], rendered[0])
            self._start(group, downloads, self._download, rendered[1], None)

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
                # Closed here: whoever wrote the source waits for its `finally`.
                async with aclosing(_iterate(jobs)) as rows:
                    async for job in rows:
                        row = Row(index, job, clock=self._world.clock, events=self._events)
                        row.enter(State.PLANNED)
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
                        await self._end(row, problem)
                    else:
                        if onward is None:
                            await self._end(row)
                        else:
                            await onward.send(row)
            finally:
                if onward is not None:
                    onward.close()

    async def _end(self, row: Row, problem: Exception | None = None) -> None:
        self._targets.release(row.claim)
        await self._outcomes.send(row.outcome(problem))

    # The stages

    async def _upload(self, row: Row) -> None:
        """Everything that can be refused before it costs, and the files."""
        job = row.job
        self._check_key(row)
        if job.target is not None:
            row.claim = await self._targets.claim(job.target, overwrite=job.overwrite)
        upload = self._files.asset
        if job.files:
            row.enter(State.UPLOADING)
            with row.span("upload"):
                for name, file in job.files.items():
                    row.assets[name] = await upload(file)
        request = job.request
        if callable(request):
            request = request(row.assets)
        self._check_protected(request, job)
        # What is wrong is refused before its files go up.
        encode(await resolve(request, _not_yet) if isinstance(request, Request) else request)
        # Files within the request become assets here, before its digest is taken.
        row.request = await resolve(request, upload)

    def _check_key(self, row: Row) -> None:
        prefix = f"{self._name}:"
        try:
            checked(f"{prefix}{row.key}:{'0' * KEY_DIGEST}")
        except InvalidRequestError:
            most = KEY_MAX - len(prefix) - 1 - KEY_DIGEST
            limit = f"must be 1 to {most} characters of A-Z a-z 0-9 _ : . -"
            raise InvalidRequestError("key", row.key, limit) from None

    def _check_protected(self, request: VideoRequest, job: VideoJob) -> None:
        if self._named and isinstance(request, GenerateVideo) and not job.unprotected:
            raise InvalidRequestError(
                "request",
                type(request).__name__,
                "a v2 video is paid again when a named run is started again",
                hint="Pass unprotected=True, leave the run's name out, or use v3.",
            )

    async def _render(self, row: Row) -> None:
        request = row.request
        assert request is not None  # noqa: S101  the stage before made it
        body = encode(request)
        row.digest = digest(body)
        key = key_for(f"{self._name}:{row.key}", body)
        async with self._slots:
            with row.span("render"):
                if self._preflight and isinstance(request, GenerateVideo):
                    await check_quota(self._heygen, f"row {row.key!r}", estimate(request))
                row.enter(State.SUBMITTING)
                if not isinstance(request, GenerateVideo):
                    row.idempotency_key = key
                remote = await self._submit(request, key)
                row.remote = remote
                self._slots.accepted()
                row.enter(State.ACCEPTED)
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
        row.enter(State.DOWNLOADING)
        with row.span("download"):
            row.path = await row.remote.download(
                target, file=row.job.file, overwrite=row.job.overwrite
            )


async def _iterate(
    jobs: Iterable[VideoJob] | AsyncIterable[VideoJob],
) -> AsyncGenerator[VideoJob]:
    try:
        if isinstance(jobs, AsyncIterable):
            async for job in jobs:
                yield job
        else:
            for job in jobs:
                yield job
    finally:
        # Shielded: what a source does at its end may take a moment.
        with anyio.CancelScope(shield=True):
            if isinstance(jobs, AsyncGenerator):
                await cast("AsyncGenerator[VideoJob]", jobs).aclose()
            elif isinstance(jobs, Generator):
                cast("Generator[VideoJob]", jobs).close()


async def _not_yet(_: UploadSource) -> Asset:
    """Stands for a file that is not uploaded yet."""
    return Asset(asset_id="not-yet")
