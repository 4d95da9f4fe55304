"""Background removals: a video taken apart into who is in it and what is behind."""

from heygen_async.models.base import OpenEnum, Reply, Request
from heygen_async.models.files import FileInput


class CreateBackgroundRemoval(Request):
    """Asks for the layers of a video.

    Attributes:
        video: The video.
        layers: Any of ``foreground`` (the subject on nothing), ``mask`` (the subject in white on
            black) and ``background`` (without the subject); all three when left out.
        title: Name to show.
        request_id: Your own key: the same one gives the first job again, without a charge. One
            is made for every call when left out.
    """

    video: FileInput
    layers: list[str] | None = None
    title: str | None = None
    request_id: str | None = None


class BackgroundRemovalStatus(OpenEnum):
    """How far a job is. ``completed``, ``failed`` and ``deleted`` are final."""

    PENDING = "pending"
    PROCESSING = "processing"
    COMPLETED = "completed"
    FAILED = "failed"
    DELETED = "deleted"


class BackgroundRemoval(Reply):
    """A job that removes a background.

    Attributes:
        id: The job's id.
        status: How far it is.
        layers: Presigned addresses by the layer's name, once completed.
        duration: Seconds that were worked on.
        created_at: Unix time in seconds.
        completed_at: Unix time in seconds.
        error: Why it failed.
    """

    id: str
    status: BackgroundRemovalStatus
    layers: dict[str, str] = {}
    duration: float | None = None
    created_at: float | None = None
    completed_at: float | None = None
    error: str | None = None


class DeletedBackgroundRemoval(Reply):
    """What HeyGen answers to a deletion.

    Attributes:
        id: The job's id.
        deleted: True.
    """

    id: str
    deleted: bool = True
