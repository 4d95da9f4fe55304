"""Videos: what is asked for, and what comes back."""

from typing import Annotated, Literal, TypeAlias

import msgspec
from msgspec import Meta

from heygen_async.models.base import OpenEnum, Reply, Request
from heygen_async.models.files import FileInput

Unit: TypeAlias = Annotated[float, Meta(ge=0, le=1)]
Script: TypeAlias = Annotated[str, Meta(min_length=1, max_length=5000)]
AspectRatio: TypeAlias = Literal["16:9", "9:16", "4:5", "5:4", "1:1", "auto"]
Resolution: TypeAlias = Literal["4k", "1080p", "720p"]
HexColor: TypeAlias = Annotated[str, Meta(pattern="^#[0-9a-fA-F]{6}$")]


class Background(Request):
    """What lies behind the avatar.

    Attributes:
        type: ``color`` or ``image``.
        value: Hex colour such as ``#1a2b3c``; with ``color``.
        url: Public address of a picture; with ``image``, excludes ``asset_id``.
        asset_id: An uploaded picture; with ``image``, excludes ``url``.
    """

    type: Literal["color", "image"]
    value: HexColor | None = None
    url: str | None = None
    asset_id: str | None = None


class Caption(Request):
    """Subtitles. A sidecar file is always made (``Video.subtitle_url``).

    Attributes:
        file_format: Of the sidecar.
        style: ``default`` also burns the captions in (``Video.captioned_video_url``).
    """

    file_format: Literal["srt"] | None = None
    style: Literal["default"] | None = None


class WatermarkPlacement(Request):
    """Where a watermark sits.

    Attributes:
        position: Corner; bottom right when left out.
        offset_x: Fraction of the frame's width, -1 to 1.
        offset_y: Fraction of the frame's height, -1 to 1.
    """

    position: Literal["top_left", "top_right", "bottom_left", "bottom_right"] | None = None
    offset_x: Annotated[float, Meta(ge=-1, le=1)] | None = None
    offset_y: Annotated[float, Meta(ge=-1, le=1)] | None = None


class Watermark(Request):
    """A picture over the video; for some enterprise customers only.

    Attributes:
        image: PNG or JPEG.
        scale: Above 0, at most 2; 1 is the picture's own size.
        opacity: 0 to 1.
        placement: Where; bottom right when left out.
    """

    image: FileInput
    scale: Annotated[float, Meta(gt=0, le=2)] | None = None
    opacity: Unit | None = None
    placement: WatermarkPlacement | None = None


class ElevenLabsSettings(Request, tag_field="engine_type", tag="elevenlabs"):
    """For voices of ElevenLabs.

    Attributes:
        model: Model; with ``eleven_v3`` stability must be 0, 0.5 or 1.
        similarity_boost: 0 to 1.
        stability: 0 to 1.
        style: 0 to 1.
        use_speaker_boost: Nearer to the original speaker.
    """

    model: (
        Literal["eleven_multilingual_v2", "eleven_turbo_v2_5", "eleven_flash_v2_5", "eleven_v3"]
        | None
    ) = None
    similarity_boost: Unit | None = None
    stability: Unit | None = None
    style: Unit | None = None
    use_speaker_boost: bool | None = None


class FishSettings(Request, tag_field="engine_type", tag="fish"):
    """For voices of Fish Audio.

    Attributes:
        model: ``s1`` when left out.
        stability: 0 to 1.
        similarity: 0 to 1.
    """

    model: Literal["s1", "s2-pro"] | None = None
    stability: Unit | None = None
    similarity: Unit | None = None


class StarfishSettings(Request, tag_field="engine_type", tag="starfish"):
    """Chooses Starfish for voices that several engines know."""


class VoiceSettings(Request):
    """How a script is spoken. Not together with audio.

    Attributes:
        speed: 0.5 to 1.5; 1 when left out.
        pitch: Semitones, -50 to 50; 0 when left out.
        volume: 0 to 1; 1 when left out.
        locale: Accent of a multilingual voice, such as ``en-GB``.
        engine_settings: Must fit the voice's engine.
    """

    speed: Annotated[float, Meta(ge=0.5, le=1.5)] | None = None
    pitch: Annotated[float, Meta(ge=-50, le=50)] | None = None
    volume: Unit | None = None
    locale: str | None = None
    engine_settings: ElevenLabsSettings | FishSettings | StarfishSettings | None = None


class AvatarV(Request, tag_field="type", tag="avatar_v"):
    """Engine Avatar V.

    Attributes:
        reference_look_id: A digital-twin look of the same group to move like.
    """

    reference_look_id: str | None = None


class AvatarIV(Request, tag_field="type", tag="avatar_iv"):
    """Engine Avatar IV: what HeyGen uses when no engine is named."""


class AvatarIII(Request, tag_field="type", tag="avatar_iii"):
    """Engine Avatar III. No raw image, no ``motion_prompt``, no ``expressiveness``."""


Engine: TypeAlias = AvatarV | AvatarIV | AvatarIII


class SpokenVideo(Request):
    """What videos of an avatar and of an image have in common.

    Exactly one of ``script``, ``audio_url`` and ``audio_asset_id`` says what is heard.

    Attributes:
        title: Name in the dashboard.
        folder_id: Folder; the workspace's root when left out.
        resolution: HeyGen's own default is 1080p.
        aspect_ratio: 16:9 when left out.
        fit: ``cover`` fills the frame, ``contain`` shows all.
        background: What lies behind.
        remove_background: Cut the avatar out; a video avatar must be trained for it.
        callback_url: Gets a POST when the video is ready or failed.
        callback_id: Comes back in that POST; needs ``callback_url``.
        watermark: Some enterprise customers only.
        caption: Subtitles.
        output_format: ``webm`` has a transparent background, and takes no ``background``.
        script: What is said, 1 to 5,000 characters.
        voice_id: Who says it; the avatar's default voice when left out, required with an image.
        audio_url: Public address of a recording to speak with.
        audio_asset_id: An uploaded recording to speak with.
        voice_settings: How it is said; with ``script`` only.
        brand_glossary_id: Pronunciation of your own terms.
        motion_prompt: How the body moves.
        expressiveness: Photo avatars on Avatar IV only; ``low`` when left out.
    """

    title: str | None = None
    folder_id: str | None = None
    resolution: Resolution | None = None
    aspect_ratio: AspectRatio | None = None
    fit: Literal["contain", "cover"] | None = None
    background: Background | None = None
    remove_background: bool | None = None
    callback_url: str | None = None
    callback_id: str | None = None
    watermark: Watermark | None = None
    caption: Caption | None = None
    output_format: Literal["mp4", "webm"] | None = None
    script: Script | None = None
    voice_id: str | None = None
    audio_url: str | None = None
    audio_asset_id: str | None = None
    voice_settings: VoiceSettings | None = None
    brand_glossary_id: Annotated[str, Meta(min_length=1)] | None = None
    motion_prompt: str | None = None
    expressiveness: Literal["high", "medium", "low"] | None = None


class AvatarVideo(SpokenVideo, kw_only=True, tag_field="type", tag="avatar"):
    """A video of an avatar look.

    Attributes:
        avatar_id: A look's id, not a group's.
        engine: Avatar IV when left out; must be one that the look supports.
    """

    avatar_id: Annotated[str, Meta(min_length=1)]
    engine: Engine | None = None


class ImageVideo(SpokenVideo, kw_only=True, tag_field="type", tag="image"):
    """A video of any picture, made to speak.

    Attributes:
        image: The picture.
    """

    image: FileInput


class VideoStatus(OpenEnum):
    """How far a video is. Only ``completed`` and ``failed`` are final."""

    WAITING = "waiting"
    PENDING = "pending"
    QUEUED = "queued"
    PROCESSING = "processing"
    COMPLETED = "completed"
    FAILED = "failed"
    NOT_FOUND = "not_found"


class CreatedVideo(Reply):
    """What HeyGen answers to a new video.

    Attributes:
        video_id: The video's id.
        status: Usually ``waiting``.
        output_format: ``mp4`` or ``webm``.
    """

    video_id: str
    status: VideoStatus = VideoStatus.WAITING
    output_format: str = "mp4"


class Video(Reply):
    """A video.

    Attributes:
        id: The video's id.
        title: Name in the dashboard.
        status: How far it is.
        created_at: Unix time in seconds.
        completed_at: Unix time in seconds.
        video_url: Presigned and short-lived: read the video again rather than keep it.
        thumbnail_url: Presigned.
        gif_url: Presigned, animated preview.
        captioned_video_url: Presigned; only with burned-in captions.
        subtitle_url: Presigned, SRT.
        duration: Seconds.
        folder_id: Folder.
        output_language: Only for translated videos, BCP-47.
        failure_code: Only when failed.
        failure_message: Only when failed.
        video_page_url: The video's page in HeyGen's app.
    """

    id: str
    status: VideoStatus
    title: str | None = None
    created_at: float | None = None
    completed_at: float | None = None
    video_url: str | None = None
    thumbnail_url: str | None = None
    gif_url: str | None = None
    captioned_video_url: str | None = None
    subtitle_url: str | None = None
    duration: float | None = None
    folder_id: str | None = None
    output_language: str | None = None
    failure_code: str | None = None
    failure_message: str | None = None
    video_page_url: str | None = None


class DeletedVideo(Reply):
    """What HeyGen answers to a deletion.

    Attributes:
        id: The video's id.
        deleted: Always true.
    """

    id: str | None = None
    deleted: bool = True


class StatusEntry(Reply):
    """One line of a bulk status answer, of whatever kind of job.

    Attributes:
        video_id: The job's id, whatever its kind; None for a batch item not yet made.
        status: Its word; ``not_found`` for an unknown id.
        error: Details when it failed, as HeyGen sends them.
        batch_id: Batch that the entry belongs to.
        item_index: Place in that batch.
    """

    status: str
    video_id: str | None = None
    error: dict[str, msgspec.Raw] | None = None
    batch_id: str | None = None
    item_index: int | None = None
