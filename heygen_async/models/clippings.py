"""AI clipping: short clips cut out of a long video."""

from typing import Annotated, Literal, TypeAlias

from msgspec import Meta

from heygen_async.models.base import OpenEnum, Reply, Request
from heygen_async.models.files import LinkedFile

CaptionStyle: TypeAlias = Literal[
    "subtle_gray",
    "shadow_mint",
    "subtle_cyan",
    "stamp_red",
    "retro_gold",
    "block_dark",
    "racing",
    "modern_dark",
    "modern_boxed",
    "chunky",
    "clean",
    "shadow_lime",
    "tag_yellow",
    "pop_purple",
    "spotlight",
    "outline_classic",
    "exotic",
    "golden",
    "simple",
    "pop_single",
    "energy",
    "bold",
    "elegant",
    "neon_pink",
]


class ClippingOutput(Request):
    """What the clips are like.

    Attributes:
        duration_types: Seconds that clips shall have, one clip for each of 1 to 4; ``long`` is
            what the model chooses above 180.
        aspect_ratio: ``portrait`` (9:16) when left out.
        captions: Whether captions are burned in; they are when left out.
        caption_style: ``outline_classic`` when left out.
        prompt: What to look for, up to 500 characters.
    """

    duration_types: (
        Annotated[list[Literal["30", "60", "180", "long"]], Meta(min_length=1, max_length=4)] | None
    ) = None
    aspect_ratio: Literal["landscape", "portrait", "square"] | None = None
    captions: bool | None = None
    caption_style: CaptionStyle | None = None
    prompt: Annotated[str, Meta(max_length=500)] | None = None


class CreateClipping(Request):
    """Asks for clips of a video.

    Attributes:
        video: The long video.
        title: Up to 255 characters; the video's own when left out.
        input_language: ISO-639-1 code such as ``en``; found out when left out.
        output_settings: What the clips are like.
        callback_url: Gets an unsigned POST when the job has ended.
        callback_id: Up to 128 characters; comes back in that POST.
    """

    video: LinkedFile
    title: Annotated[str, Meta(max_length=255)] | None = None
    input_language: str | None = None
    output_settings: ClippingOutput | None = None
    callback_url: str | None = None
    callback_id: Annotated[str, Meta(max_length=128)] | None = None


class ClippingStatus(OpenEnum):
    """How far a job is. ``completed``, ``failed`` and ``cancelled`` are final."""

    PENDING = "pending"
    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"


class ClipStatus(OpenEnum):
    """How far a clip is; the clips of a job end one by one."""

    PENDING = "pending"
    COMPLETED = "completed"
    FAILED = "failed"


class Clip(Reply):
    """A clip. Nearly everything is unknown until it is completed.

    Attributes:
        id: The clip's id.
        status: How far it is.
        duration_seconds: Seconds.
        aspect_ratio: ``landscape``, ``portrait`` or ``square``.
        title: Found by the model.
        virality_score: 0 to 100, as the model predicts.
        thumbnail_url: Presigned.
        video_url: Presigned MP4.
        failure_message: Why it failed.
    """

    id: str
    status: ClipStatus
    duration_seconds: float | None = None
    aspect_ratio: str | None = None
    title: str | None = None
    virality_score: int | None = None
    thumbnail_url: str | None = None
    video_url: str | None = None
    failure_message: str | None = None


class ClippingSettings(Reply):
    """The settings of a job, as HeyGen tells them back.

    Attributes:
        duration_types: Seconds that clips shall have, or ``long``.
        aspect_ratio: ``landscape``, ``portrait`` or ``square``.
        captions: Whether captions are burned in.
        caption_style: How they look.
        prompt: What to look for.
    """

    duration_types: list[str] | None = None
    aspect_ratio: str | None = None
    captions: bool | None = None
    caption_style: str | None = None
    prompt: str | None = None


class CreatedClipping(Reply):
    """What HeyGen answers to a new job.

    Attributes:
        ai_clipping_id: The job's id.
    """

    ai_clipping_id: str


class Clipping(Reply):
    """A job that cuts clips.

    Attributes:
        id: The job's id.
        status: How far it is.
        title: Name to show.
        input_language: Code of the language that is spoken.
        source_duration: Seconds of the long video.
        output_settings: What was asked for; HeyGen leaves it out at present.
        clips: What was cut, as far as it is there.
        progress: 0 to 100; in a list 0 until completed.
        callback_id: As given.
        created_at: Unix time in seconds.
        failure_message: Only when failed.
    """

    id: str
    status: ClippingStatus
    title: str | None = None
    input_language: str | None = None
    source_duration: float | None = None
    output_settings: ClippingSettings | None = None
    clips: list[Clip] = []
    progress: int = 0
    callback_id: str | None = None
    created_at: float | None = None
    failure_message: str | None = None


class DeletedClipping(Reply):
    """What HeyGen answers to a deletion.

    Attributes:
        id: The job's id.
    """

    id: str
