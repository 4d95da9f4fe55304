"""HyperFrames: videos rendered from a project of HTML."""

from typing import Annotated, Any, Literal

from msgspec import Meta

from heygen_async.models.base import OpenEnum, Reply, Request
from heygen_async.models.files import FileInput


class CreateHyperframesRender(Request):
    """Asks for a render.

    Attributes:
        project: A zip with an ``index.html`` at its root, or the file named by ``composition``.
        fps: Pictures per second, 1 to 240; 30 when left out. 60 costs twice as much.
        quality: The higher, the slower; ``standard`` when left out.
        format: ``mp4`` when left out.
        resolution: ``1080p`` when left out. ``4k`` costs 1.5 times as much, and goes with
            ``mp4`` only.
        aspect_ratio: ``16:9`` when left out.
        composition: HTML file to begin with, up to 512 characters; ``index.html`` when left out.
        variables: Values for the project's own variables.
        title: Up to 500 characters.
        callback_id: Up to 256 characters; comes back in the POST.
        callback_url: Gets a POST when the render has ended.
    """

    project: FileInput
    fps: Annotated[int, Meta(ge=1, le=240)] | None = None
    quality: Literal["draft", "standard", "high"] | None = None
    format: Literal["mp4", "webm", "mov"] | None = None
    resolution: Literal["1080p", "4k"] | None = None
    aspect_ratio: Literal["16:9", "9:16", "1:1"] | None = None
    composition: Annotated[str, Meta(max_length=512)] | None = None
    variables: dict[str, Any] | None = None
    title: Annotated[str, Meta(max_length=500)] | None = None
    callback_id: Annotated[str, Meta(max_length=256)] | None = None
    callback_url: str | None = None


class HyperframesStatus(OpenEnum):
    """How far a render is. Only ``completed`` and ``failed`` are final."""

    QUEUED = "queued"
    RENDERING = "rendering"
    COMPLETED = "completed"
    FAILED = "failed"


class CreatedHyperframesRender(Reply):
    """What HeyGen answers to a new render.

    Attributes:
        render_id: The render's id.
    """

    render_id: str


class HyperframesRender(Reply):
    """A render.

    Attributes:
        render_id: The render's id.
        status: How far it is.
        format: ``mp4``, ``webm`` or ``mov``.
        title: As given.
        callback_id: As given.
        video_url: Presigned and short-lived; once completed.
        thumbnail_url: Presigned.
        duration: Seconds.
        fps: Pictures per second.
        quality: ``draft``, ``standard`` or ``high``.
        resolution: ``1080p`` or ``4k``.
        aspect_ratio: ``16:9``, ``9:16`` or ``1:1``.
        composition: HTML file that it began with.
        created_at: Unix time in seconds.
        completed_at: Unix time in seconds, when it ended well or not.
        failure_message: Only when failed.
    """

    render_id: str
    status: HyperframesStatus
    format: str = "mp4"
    title: str | None = None
    callback_id: str | None = None
    video_url: str | None = None
    thumbnail_url: str | None = None
    duration: float | None = None
    fps: int | None = None
    quality: str | None = None
    resolution: str | None = None
    aspect_ratio: str | None = None
    composition: str | None = None
    created_at: float | None = None
    completed_at: float | None = None
    failure_message: str | None = None


class DeletedHyperframesRender(Reply):
    """What HeyGen answers to a deletion.

    Attributes:
        render_id: The render's id.
    """

    render_id: str
