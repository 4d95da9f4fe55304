"""One row of work: what it is before, on the way, and afterwards."""

import os
from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import TypeAlias

from heygen_async.models import Asset, CreateVideo, Video
from heygen_async.models.base import Record
from heygen_async.models.files import UploadSource
from heygen_async.models.v2 import GenerateVideo, LegacyVideo
from heygen_async.orchestrator.results import Span
from heygen_async.transport.events import Event

VideoRequest: TypeAlias = CreateVideo | GenerateVideo
RequestMaker: TypeAlias = Callable[[Mapping[str, Asset]], VideoRequest]


class State(StrEnum):
    """How far a row is."""

    PLANNED = "planned"
    """Nothing was sent."""
    UPLOADING = "uploading"
    """Its files go up."""
    SUBMITTING = "submitting"
    """The request goes out, now or in a moment: from here on it may be billed."""
    ACCEPTED = "accepted"
    """HeyGen has given it an id."""
    DOWNLOADING = "downloading"
    """The video is ready and comes down."""
    DONE = "done"
    """It lies where it was wanted."""
    FAILED = "failed"
    """It ended badly; the outcome's error says how."""
    NEEDS_REVIEW = "needs_review"
    """It was sent, and nobody can tell whether it was accepted: it may be billed.

    With the outcome's ``idempotency_key`` the same request can be sent again within 24 hours
    without paying twice. Without one (v2), look for the video before sending it again.
    """


class VideoJob(Record):
    """One video to make.

    Attributes:
        request: What to ask for; or, when it needs the ids of its own files, a function that makes
            it from them.
        key: Names the row within its run, of ``A-Z a-z 0-9 _ : . -``; its number when left out.
            Two rows with the same key and the same request are one video, which is paid once. In a
            run with a name so are two rows with the same request and no key, since their numbers
            may be others when it is started again. With ``batches`` every row is a video by itself.
        files: Files to upload first, by a name of yours. The same bytes are uploaded once a run.
        target: The file to make, or a folder that exists; nothing is downloaded when left out. It
            is looked at before anything is sent, and no two rows on their way may share it.
        file: Field of the finished video to download, such as ``captioned_video_url``; the video
            itself when left out.
        overwrite: Whether a file that is there may be replaced.
        unprotected: Whether the row may go into a named run although it is paid again when the run
            is started again: a v2 request, for which HeyGen knows no keys. Such a row is refused
            otherwise; without a run's name it makes no difference.
    """

    request: VideoRequest | RequestMaker
    key: str = ""
    files: Mapping[str, UploadSource] = {}
    target: str | os.PathLike[str] | None = None
    file: str | None = None
    overwrite: bool = False
    unprotected: bool = False


class Outcome(Record):
    """What became of a row. A row that fails has an outcome too, and sinks no other.

    Attributes:
        index: The row's number, from 0.
        key: The row's key.
        job: The row as it was given.
        state: ``DONE``, ``FAILED`` or ``NEEDS_REVIEW``; of a row that was stopped, ``PLANNED`` when
            nothing was paid for it, and ``ACCEPTED`` when HeyGen goes on with it, as with one that
            took longer than we wait.
        digest: SHA-256 of the request's body in hex, once it was made.
        idempotency_key: The key that the create call carried, if it was sent: the same request
            with this key gives the same video for 24 hours. None for v2, which knows no keys. Of a
            row with an ``item_index`` it is the key of its whole batch, and no key for it alone.
        video_id: HeyGen's id, once it was accepted: keep it, it is paid for.
        batch_id: The batch that it went out with. A video of a batch has its own id when it is
            done; before, ``heygen.videos.item_job(batch_id, item_index=...)`` stands for it.
        item_index: Its place in that batch, also of one that was sent and not answered.
        video: The finished video as HeyGen describes it; its links are short-lived.
        path: The file, if one was wanted.
        error: Why it failed.
        spans: When its stages began and ended: ``upload``, ``render``, ``download``.
    """

    index: int
    key: str
    job: VideoJob
    state: State
    digest: str | None = None
    idempotency_key: str | None = None
    video_id: str | None = None
    batch_id: str | None = None
    item_index: int | None = None
    video: Video | LegacyVideo | None = None
    path: Path | None = None
    error: Exception | None = None
    spans: Mapping[str, Span] = {}

    @property
    def ok(self) -> bool:
        """Whether it went well."""
        return self.state is State.DONE


class StateChanged(Event):
    """A row is further than it was.

    Attributes:
        index: The row's number.
        key: Its key.
        state: How far it is now.
        video_id: HeyGen's id, once there is one.
        batch_id: The batch that it went out with, as in the outcome.
        item_index: Its place in that batch.
    """

    index: int
    key: str
    state: State
    video_id: str | None = None
    batch_id: str | None = None
    item_index: int | None = None
