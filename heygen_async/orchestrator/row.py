"""One row on its way through the stages."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from heygen_async.api.batch_items import ItemJob
from heygen_async.api.job import Job
from heygen_async.errors import JobTimeoutError, StoppedError
from heygen_async.models import Asset, Video
from heygen_async.models.v2 import LegacyVideo
from heygen_async.orchestrator.jobs import (
    Outcome,
    State,
    StateChanged,
    VideoJob,
    VideoRequest,
)
from heygen_async.orchestrator.results import Span
from heygen_async.transport.clock import Clock
from heygen_async.transport.events import Events


class Row:
    """What is known of a row so far.

    Args:
        index: Its number.
        job: As it was given.
        flow: The flow that it is in.
        clock: For its spans.
        events: Told of its states.
    """

    __slots__ = (
        "_clock",
        "_events",
        "_spans",
        "assets",
        "body",
        "claim",
        "digest",
        "flow",
        "idempotency_key",
        "index",
        "item_index",
        "job",
        "key",
        "path",
        "remote",
        "request",
        "submitted",
        "video",
    )

    def __init__(
        self, index: int, job: VideoJob, *, flow: object, clock: Clock, events: Events
    ) -> None:
        self.index: int = index
        self.flow: object = flow
        self.job: VideoJob = job
        # One that is no job is an outcome, too: it is refused further on.
        self.key: str = (job.key if isinstance(job, VideoJob) else "") or str(index)
        self.assets: dict[str, Asset] = {}
        self.request: VideoRequest | None = None
        self.body: bytes = b""
        self.digest: str | None = None
        self.idempotency_key: str | None = None
        self.item_index: int | None = None
        self.submitted: bool = False
        self.claim: str | None = None
        self.remote: Job[Video] | Job[LegacyVideo] | None = None
        self.video: Video | LegacyVideo | None = None
        self.path: Path | None = None
        self._spans: dict[str, Span] = {}
        self._clock = clock
        self._events = events

    def enter(self, state: State) -> None:
        """Tells that a state begins."""
        self.submitted = self.submitted or state is State.SUBMITTING
        if self._events.observed:
            self._events.emit(
                StateChanged(
                    at=self._clock.monotonic(),
                    index=self.index,
                    key=self.key,
                    state=state,
                    video_id=self._video_id,
                    batch_id=self._batch_id,
                    item_index=self.item_index,
                )
            )

    def settled(self, known: bool) -> None:  # noqa: FBT001  told so by name
        """Told whether it is known if its create call was carried out."""
        if known and self.remote is None:
            self.submitted = False

    @contextmanager
    def span(self, name: str) -> Generator[None]:
        """Measures a stage, also one that fails."""
        start = self._clock.monotonic()
        try:
            yield
        finally:
            self._spans[name] = Span(start=start, end=self._clock.monotonic())

    def outcome(self, error: Exception | None = None) -> Outcome:
        """What became of it."""
        state = State.DONE if error is None else self._ended_as(error)
        self.enter(state)
        return Outcome(
            index=self.index,
            key=self.key,
            job=self.job,
            state=state,
            digest=self.digest,
            idempotency_key=self.idempotency_key,
            video_id=self._video_id,
            batch_id=self._batch_id,
            item_index=self.item_index,
            video=self.video,
            path=self.path,
            error=error,
            spans=dict(self._spans),
        )

    def _ended_as(self, error: Exception) -> State:
        if self.submitted and self.remote is None:
            return State.NEEDS_REVIEW  # whatever ended it: nobody knows what became of its call
        if isinstance(error, StoppedError | JobTimeoutError):
            return State.PLANNED if self.remote is None else State.ACCEPTED
        return State.FAILED

    @property
    def _video_id(self) -> str | None:
        if isinstance(self.remote, ItemJob):
            # Of many videos the handle remembers the newest: one that is done keeps its own.
            return self.remote.video_id if self.video is None else self.video.id
        return None if self.remote is None else self.remote.id

    @property
    def _batch_id(self) -> str | None:
        return self.remote.batch_id if isinstance(self.remote, ItemJob) else None
