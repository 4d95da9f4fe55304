"""One row on its way through the stages."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from heygen_async.api.job import Job
from heygen_async.errors import OutcomeUnknownError
from heygen_async.models import Asset, Video
from heygen_async.models.v2 import LegacyVideo
from heygen_async.orchestrator.jobs import (
    Outcome,
    Span,
    Stage,
    StageChanged,
    VideoJob,
    VideoRequest,
)
from heygen_async.transport.clock import Clock
from heygen_async.transport.events import Events


class Row:
    """What is known of a row so far.

    Args:
        index: Its number.
        job: As it was given.
        clock: For its spans.
        events: Told of its stages.
    """

    __slots__ = (
        "_clock",
        "_events",
        "_spans",
        "assets",
        "digest",
        "index",
        "job",
        "key",
        "path",
        "remote",
        "request",
        "video",
    )

    def __init__(self, index: int, job: VideoJob, *, clock: Clock, events: Events) -> None:
        self.index: int = index
        self.job: VideoJob = job
        self.key: str = job.key or str(index)
        self.assets: dict[str, Asset] = {}
        self.request: VideoRequest | None = None
        self.digest: str | None = None
        self.remote: Job[Video] | Job[LegacyVideo] | None = None
        self.video: Video | LegacyVideo | None = None
        self.path: Path | None = None
        self._spans: dict[str, Span] = {}
        self._clock = clock
        self._events = events

    def enter(self, stage: Stage) -> None:
        """Tells that a stage begins."""
        if self._events.observed:
            self._events.emit(
                StageChanged(
                    at=self._clock.monotonic(),
                    index=self.index,
                    key=self.key,
                    stage=stage,
                    video_id=self._video_id,
                )
            )

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
        stage = Stage.DONE
        if error is not None:
            unknown = isinstance(error, OutcomeUnknownError)
            stage = Stage.NEEDS_REVIEW if unknown else Stage.FAILED
        self.enter(stage)
        return Outcome(
            index=self.index,
            key=self.key,
            job=self.job,
            stage=stage,
            digest=self.digest,
            video_id=self._video_id,
            video=self.video,
            path=self.path,
            error=error,
            spans=dict(self._spans),
        )

    @property
    def _video_id(self) -> str | None:
        return None if self.remote is None else self.remote.id
