"""Filler-word removals: a video without its ums and overlong silences."""

from typing import Annotated

from msgspec import Meta

from heygen_async.models.base import OpenEnum, Reply, Request
from heygen_async.models.files import LinkedFile


class CreateFillerWordRemoval(Request):
    """Asks for a shorter copy of a video.

    Attributes:
        video: The video.
        title: Up to 255 characters; ``Filler Removal`` when left out.
        callback_url: Gets an unsigned POST when the job has ended.
        callback_id: Up to 128 characters; comes back in that POST.
    """

    video: LinkedFile
    title: Annotated[str, Meta(max_length=255)] | None = None
    callback_url: str | None = None
    callback_id: Annotated[str, Meta(max_length=128)] | None = None


class FillerWordRemovalStatus(OpenEnum):
    """How far a job is. Only ``completed`` and ``failed`` are final."""

    PENDING = "pending"
    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"


class CreatedFillerWordRemoval(Reply):
    """What HeyGen answers to a new job.

    Attributes:
        filler_word_removal_id: The job's id.
    """

    filler_word_removal_id: str


class FillerWordRemoval(Reply):
    """A job that removes filler words.

    Attributes:
        id: The job's id.
        status: How far it is.
        title: Name to show.
        progress: 0 to 100.
        video_url: Presigned MP4, once completed; a copy of the original when nothing was cut.
        thumbnail_url: Presigned.
        original_duration: Seconds of the source.
        output_duration: Seconds of the copy.
        num_cuts: Filler words that were cut; shortened silences are not counted.
        reduction_pct: Percent of the source that were cut.
        callback_id: As given.
        created_at: Unix time in seconds.
        failure_message: Only when failed.
    """

    id: str
    status: FillerWordRemovalStatus
    title: str | None = None
    progress: int = 0
    video_url: str | None = None
    thumbnail_url: str | None = None
    original_duration: float | None = None
    output_duration: float | None = None
    num_cuts: int | None = None
    reduction_pct: float | None = None
    callback_id: str | None = None
    created_at: float | None = None
    failure_message: str | None = None
