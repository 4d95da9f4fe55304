"""Run: the stages of a video, from the row to the file."""

from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from functools import partial
from typing import Final, TypeVar
from weakref import WeakKeyDictionary

from heygen_async.api.files import resolve
from heygen_async.api.resources import Resources
from heygen_async.api.sharing import SharedUploads
from heygen_async.errors import InvalidRequestError, StoppedError
from heygen_async.models import Asset, Request
from heygen_async.models.files import UploadSource
from heygen_async.models.v2 import GenerateVideo
from heygen_async.orchestrator.bounds import Bounds
from heygen_async.orchestrator.estimates import check_quota, estimate
from heygen_async.orchestrator.jobs import Outcome, State, VideoJob, VideoRequest
from heygen_async.orchestrator.last_word import with_last_word
from heygen_async.orchestrator.lots import LOT, Lots, fits
from heygen_async.orchestrator.pipeline import HOPELESS
from heygen_async.orchestrator.row import Row
from heygen_async.orchestrator.stages import Chain, Stage
from heygen_async.orchestrator.targets import Targets
from heygen_async.transport.clock import World
from heygen_async.transport.events import Events
from heygen_async.wire.encode import encode
from heygen_async.wire.idempotency import checked, digest, key_for

T = TypeVar("T")

KEY_MAX: Final = 255
KEY_DIGEST: Final = 32


class Run:
    """What makes videos of rows.

    Args:
        heygen: Makes the calls.
        name: The run's name, part of every key.
        named: Whether it was given, and so may be given again.
        world: Time.
        events: Told how far rows are.
        bounds: How much may be under way at once.
        files: Uploads the rows' files.
        targets: The files that videos on their way will make.
        preflight: Whether the quota is read before every v2 row.
        batches: Whether rows are sent together.
    """

    def __init__(
        self,
        heygen: Resources,
        *,
        name: str,
        named: bool,
        world: World,
        events: Events,
        bounds: Bounds,
        files: SharedUploads,
        targets: Targets,
        preflight: bool,
        batches: bool,
    ) -> None:
        self._heygen = heygen
        self._name = name
        self._named = named
        self._world = world
        self._events = events
        self._bounds = bounds
        self._files = files
        self._targets = targets
        self._preflight = preflight
        self._batches = batches
        self._flows: WeakKeyDictionary[object, _Shared] = WeakKeyDictionary()

    def chain(self) -> Chain[VideoJob, Outcome]:
        """The stages: each is given what the one before has made of the row."""
        bounds = self._bounds
        # A batch is under way, and another one is collected.
        renders = 2 * LOT if self._batches else bounds.slots.limit
        return (
            _Begin(self._plan)
            | _RowStage("upload", self._upload, at_once=bounds.uploads.limit, end=self._end)
            | _RowStage("render", self._render, at_once=renders, end=self._end)
            | _RowStage("download", self._download, at_once=bounds.downloads.limit, end=self._end)
        )

    async def _plan(self, index: int, job: VideoJob, flow: object) -> Row:
        if flow not in self._flows:
            self._flows[flow] = _Shared(self._lots() if self._batches else None)
        row = Row(index, job, flow=flow, clock=self._world.clock, events=self._events)
        row.enter(State.PLANNED)
        return row

    def _lots(self) -> Lots:
        slots = self._bounds.slots
        return Lots(self._heygen, clock=self._world.clock, slots=slots, name=self._name)

    def _end(self, row: Row, problem: Exception | None = None) -> Outcome:
        self._targets.release(row.claim)
        return row.outcome(problem)

    async def _upload(self, row: Row) -> Row:
        """Everything that can be refused before it costs, and the files."""
        job = row.job
        if not isinstance(job, VideoJob):
            raise InvalidRequestError("job", job, "must be a VideoJob")
        check_key(self._name, row.key)
        if job.target is not None:
            row.claim = await self._targets.claim(job.target, overwrite=job.overwrite)
        upload = self._asset
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
        whole = await resolve(request, _not_yet) if isinstance(request, Request) else request
        row.body = encode(whole)
        row.request = request
        if whole is not request:
            # Files within the request become assets here, before its digest is taken.
            row.request = await resolve(request, upload)
            row.body = encode(row.request)
        return row

    async def _asset(self, file: UploadSource) -> Asset:
        async with self._bounds.uploads:
            return await self._files.asset(file)

    def _check_protected(self, request: VideoRequest, job: VideoJob) -> None:
        if self._named and isinstance(request, GenerateVideo) and not job.unprotected:
            raise InvalidRequestError(
                "request",
                type(request).__name__,
                "a v2 video is paid again when a named run is started again",
                hint="Pass unprotected=True, leave the run's name out, or use v3.",
            )

    async def _render(self, row: Row) -> Row:
        request = row.request
        assert request is not None  # noqa: S101  the stage before made it
        row.digest = digest(row.body)
        shared = self._flows[row.flow]
        if shared.lots is not None and (fitting := fits(request)) is not None:
            with shared.hoping():
                lot = await shared.lots.send(row, fitting)
            if not lot.alone:
                try:
                    with row.span("render"):
                        return await self._wait(row)
                finally:
                    shared.lots.ended(lot)
        async with self._bounds.slots:
            with row.span("render"):
                with shared.hoping():
                    if self._preflight and isinstance(request, GenerateVideo):
                        await check_quota(self._heygen, f"row {row.key!r}", estimate(request))
                    row.enter(State.SUBMITTING)
                    await with_last_word(partial(self._submit, row, request), row.settled)
                self._bounds.slots.accepted()
                return await self._wait(row)

    async def _wait(self, row: Row) -> Row:
        assert row.remote is not None  # noqa: S101  the call has given it
        row.video = await row.remote.wait()
        return row

    async def _submit(self, row: Row, request: VideoRequest) -> None:
        if isinstance(request, GenerateVideo):
            row.remote = await self._heygen.v2.videos.generate(request)
        else:
            # The next time a row without a key may have another number, and is the same video.
            has_place = row.job.key or not self._named
            prefix = f"{self._name}:{row.key}" if has_place else self._name
            row.idempotency_key = key = key_for(prefix, row.body)
            row.remote = await self._heygen.videos.create(request, idempotency_key=key)
        row.enter(State.ACCEPTED)

    async def _download(self, row: Row) -> Outcome:
        target = row.job.target
        if target is not None:
            assert row.remote is not None  # noqa: S101  the stage before made it
            async with self._bounds.downloads:
                row.enter(State.DOWNLOADING)
                with row.span("download"):
                    row.path = await row.remote.download(
                        target, file=row.job.file, overwrite=row.job.overwrite
                    )
        return self._end(row)


class _Shared:
    """What the rows of one flow share.

    Args:
        lots: What they are sent with, if together.
    """

    def __init__(self, lots: Lots | None) -> None:
        self.lots: Lots | None = lots
        self._hopeless: Exception | None = None

    @contextmanager
    def hoping(self) -> Generator[None]:
        """Sends nothing after a refusal that every other row would meet, and notes one."""
        if self._hopeless is not None:
            raise StoppedError(f"not sent, after a refusal: {self._hopeless}")
        try:
            yield
        except HOPELESS as problem:
            self._hopeless = problem
            raise


class _Begin(Stage[VideoJob, Row]):
    """The first of the stages: numbers the row, and begins to write down what is known of it."""

    def __init__(self, begin: Callable[[int, VideoJob, object], Awaitable[Row]]) -> None:
        super().__init__("plan", lambda job: begin(0, job, self))
        self._begin = begin

    def start(self, index: int, item: VideoJob, flow: object) -> Awaitable[Row]:
        """The row with its number."""
        return self._begin(index, item, flow)


class _RowStage(Stage[Row, T]):
    """A stage of rows: one that fails in it is an outcome."""

    def __init__(
        self,
        name: str,
        work: Callable[[Row], Awaitable[T]],
        *,
        at_once: int,
        end: Callable[[Row, Exception], Outcome],
    ) -> None:
        super().__init__(name, work, at_once=at_once)
        self._end = end

    def reached(self, item: Row, error: Exception) -> Outcome:
        """What became of the row."""
        return self._end(item, error)


def check_key(run: str, key: str) -> None:
    """Refuses a row's key that HeyGen would not take behind the run's name.

    Args:
        run: The run's name.
        key: The row's key.

    Raises:
        InvalidRequestError: It would not.
    """
    prefix = f"{run}:"
    try:
        checked(f"{prefix}{key}:{'0' * KEY_DIGEST}")
    except InvalidRequestError:
        most = KEY_MAX - len(prefix) - 1 - KEY_DIGEST
        limit = f"must be 1 to {most} characters of A-Z a-z 0-9 _ : . -"
        raise InvalidRequestError("key", key, limit) from None


async def _not_yet(_: UploadSource) -> Asset:
    """Stands for a file that is not uploaded yet."""
    return Asset(asset_id="not-yet")
