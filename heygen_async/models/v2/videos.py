"""Videos of v1 and v2: what is asked for, and what comes back."""

from datetime import UTC, datetime
from typing import Annotated, Any, Literal, TypeAlias

from msgspec import Meta, field

from heygen_async.models.assets import Filled
from heygen_async.models.base import OpenEnum, Reply, Request
from heygen_async.models.templates import TemplateSubtitles
from heygen_async.models.v2.scenes import Address, Dimension, InputText, Scene
from heygen_async.models.v2.spellings import same
from heygen_async.models.videos import (
    AspectRatio,
    Background,
    Caption,
    Resolution,
    Script,
    VoiceSettings,
)

Ratio: TypeAlias = Annotated[str, Meta(pattern="^[0-9]+:[0-9]+$")]


class CaptionStyle(Request):
    """How captions look.

    Attributes:
        font_family: Name of a font.
        font_size: Pixels.
        font_color: Hex colour.
        background_color: Hex colour, ``rgba(0,0,0,0.7)`` or ``transparent``.
        position: Where they stand.
    """

    font_family: str | None = None
    font_size: Annotated[float, Meta(gt=0)] | None = None
    font_color: str | None = None
    background_color: str | None = None
    position: Literal["top", "bottom"] | None = None


class CaptionOptions(Request):
    """Captions with a style of their own. Only some of HeyGen's pages have them.

    Attributes:
        enabled: Make captions.
        style: How they look.
        language: Of the captions; that of the voice when left out.
    """

    enabled: bool
    style: CaptionStyle | None = None
    language: str | None = None


class GenerateVideo(Request):
    """A video of one or more scenes.

    Attributes:
        video_inputs: 1 to 50 scenes.
        dimension: Size; 1280 by 720 is sent when ``aspect_ratio`` is left out too.
        aspect_ratio: Such as ``16:9``, instead of ``dimension``; beside it, the same shape.
        title: Name in the dashboard.
        test: Watermarked, costs no credits, a few a day.
        caption: Make captions; for text voices. ``CaptionOptions`` where the account takes them.
        caption_mode: As a file, or burned in; wins over ``caption``.
        subtitles: How burned-in captions look; means that there are captions.
        fps: Pictures a second; 25 when left out.
        enable_watermark: HeyGen's watermark; none when left out.
        folder_id: Folder.
        callback_id: Comes back in the notice; needs ``callback_url``.
        callback_url: Gets a POST when the video is ready or failed.
    """

    video_inputs: Annotated[list[Scene], Meta(min_length=1, max_length=50)]
    dimension: Dimension | None = None
    aspect_ratio: Ratio | None = None
    title: str | None = None
    test: bool | None = None
    caption: bool | CaptionOptions | None = None
    caption_mode: Literal["file_only", "burn_in"] | None = None
    subtitles: TemplateSubtitles | None = None
    fps: Annotated[float, Meta(gt=0, le=60)] | None = None
    enable_watermark: bool | None = None
    folder_id: str | None = None
    callback_id: str | None = None
    callback_url: Address | None = None


class GenerateAvatarIV(Request):
    """A video of a picture that speaks, by Avatar IV.

    HeyGen's guide calls ``script`` and ``voice_id`` required, and a recording an addition to them,
    which is then heard. A recording alone is sent as it is.

    Attributes:
        image_key: ``image_key`` of an upload; not its asset id.
        script: What is said, 1 to 5,000 characters; needs ``voice_id``.
        voice_id: Who says it.
        audio_url: Public address of a recording; excludes ``audio_asset_id``.
        audio_asset_id: An uploaded recording; excludes ``audio_url``.
        video_title: Name in the dashboard; ``Untitled`` is sent when left out.
        video_orientation: 720 by 1280 pixels, 1280 by 720, or 720 by 720.
        fit: ``cover`` fills the frame, ``contain`` shows all.
        custom_motion_prompt: How the body moves.
        enhance_custom_motion_prompt: Let HeyGen rewrite that.
    """

    image_key: Filled
    script: InputText | None = None
    voice_id: Filled | None = None
    audio_url: Address | None = None
    audio_asset_id: str | None = None
    video_title: str | None = None
    video_orientation: Literal["portrait", "landscape", "square"] | None = None
    fit: Literal["cover", "contain"] | None = None
    custom_motion_prompt: str | None = None
    enhance_custom_motion_prompt: bool | None = None


class GenerateWebm(Request):
    """A video of a studio avatar on nothing: WebM with a transparent background.

    Either ``input_text`` and ``voice_id``, or ``input_audio``.

    Attributes:
        avatar_pose_id: A studio avatar's ``avatar_id``; other avatars are not supported.
        avatar_style: How it is framed.
        input_text: What is said, 1 to 5,000 characters.
        voice_id: Who says it.
        input_audio: An uploaded recording's asset id, or a public address; HeyGen's pages disagree.
        dimension: Size; 1280 by 720 when left out.
    """

    avatar_pose_id: Filled
    avatar_style: Literal["normal", "closeUp"]
    input_text: InputText | None = None
    voice_id: Filled | None = None
    input_audio: Filled | None = None
    dimension: Dimension | None = None


class CreateAvatarVideo(Request):
    """A video of an avatar or of an image.

    Exactly one of ``avatar_id``, ``image_url`` and ``image_asset_id`` says who is seen, and
    exactly one of ``script``, ``audio_url`` and ``audio_asset_id`` what is heard.

    Attributes:
        avatar_id: A look of a photo avatar or of a video avatar.
        image_url: Public address of a picture.
        image_asset_id: An uploaded picture.
        script: What is said, 1 to 5,000 characters.
        voice_id: Who says it; the avatar's default voice when left out, required with an image.
        audio_url: Public address of a recording to speak with.
        audio_asset_id: An uploaded recording to speak with.
        title: Name in the dashboard.
        resolution: HeyGen's own default is 1080p.
        aspect_ratio: 16:9 when left out.
        motion_prompt: How the body moves; photo avatars only.
        expressiveness: Photo avatars only; ``low`` when left out.
        remove_background: Cut the avatar out; a video avatar must be trained for it.
        background: What lies behind; not with ``webm``.
        voice_settings: How it is said; with ``script`` only.
        callback_url: Gets a POST when the video is ready or failed.
        callback_id: Comes back in that POST; needs ``callback_url``.
        caption: Subtitles.
        output_format: ``webm`` has a transparent background.
    """

    avatar_id: Filled | None = None
    image_url: Address | None = None
    image_asset_id: Filled | None = None
    script: Script | None = None
    voice_id: str | None = None
    audio_url: Address | None = None
    audio_asset_id: str | None = None
    title: str | None = None
    resolution: Resolution | None = None
    aspect_ratio: AspectRatio | None = None
    motion_prompt: str | None = None
    expressiveness: Literal["high", "medium", "low"] | None = None
    remove_background: bool | None = None
    background: Background | None = None
    voice_settings: VoiceSettings | None = None
    callback_url: Address | None = None
    callback_id: str | None = None
    caption: Caption | None = None
    output_format: Literal["mp4", "webm"] | None = None


class ShareVideo(Request):
    """Makes a video's page public.

    Attributes:
        video_id: The video.
    """

    video_id: Filled


class GeneratedVideo(Reply):
    """What HeyGen answers to a new video.

    Attributes:
        video_id: The video's id.
    """

    video_id: str


class LegacyVideoStatus(OpenEnum):
    """How far a video is."""

    WAITING = "waiting"
    PENDING = "pending"
    PROCESSING = "processing"
    COMPLETED = "completed"
    FAILED = "failed"
    DRAFT = "draft"
    """Not a render at all; in lists only."""


class VideoFailure(Reply):
    """Why a video failed.

    Attributes:
        code: A number, sometimes a word.
        message: A sentence.
        detail: More words.
        details: Another spelling of that.
    """

    code: int | str | None = None
    message: str | None = None
    detail: str | None = None
    details: str | None = None

    def __post_init__(self) -> None:
        same(self, "detail", "details")


class LegacyVideo(Reply):
    """A video as v1 describes it.

    Attributes:
        id: The video's id.
        video_id: Another spelling of that.
        status: How far it is.
        callback_id: As given.
        caption_url: Caption file, when captions were asked for.
        created_at: Unix time in seconds.
        duration: Seconds.
        error: Why it failed; some old answers hold only a sentence.
        gif_url: Animated preview.
        thumbnail_url: Picture.
        video_url: Presigned, newly signed at every read.
        video_url_caption: Presigned, with captions burned in.
    """

    id: str = ""
    video_id: str = ""
    status: LegacyVideoStatus = LegacyVideoStatus.PENDING
    callback_id: str | None = None
    caption_url: str | None = None
    created_at: float | None = None
    duration: float | None = None
    error: VideoFailure | str | None = None
    gif_url: str | None = None
    thumbnail_url: str | None = None
    video_url: str | None = None
    video_url_caption: str | None = None

    def __post_init__(self) -> None:
        same(self, "id", "video_id")


class LegacyVideoItem(Reply):
    """A video in a list of v1.

    Attributes:
        video_id: The video's id.
        status: How far it is; ``draft`` for what was never rendered.
        created_at: Unix time in seconds.
        video_title: Name in the dashboard.
        type: ``GENERATED`` or ``TRANSLATED``.
        callback_id: As given.
        duration: Seconds.
        video_url: Presigned.
        thumbnail_url: Picture.
        gif_url: Animated preview.
    """

    video_id: str
    status: LegacyVideoStatus = LegacyVideoStatus.PENDING
    created_at: float | None = None
    video_title: str | None = None
    type: str | None = None
    callback_id: str | None = None
    duration: float | None = None
    video_url: str | None = None
    thumbnail_url: str | None = None
    gif_url: str | None = None


class DeletedVideos(Reply):
    """What v1 says of a deletion, when it says anything.

    Attributes:
        deleted: What was deleted.
        failed: What was not.
    """

    deleted: list[Any] = field(default_factory=list[Any], name="Deleted")
    failed: list[Any] = field(default_factory=list[Any], name="Failed")


class LegacyVideoDetail(Reply):
    """A video as v2 describes it.

    Attributes:
        id: The video's id.
        status: How far it is.
        title: Name in the dashboard.
        created_at: Unix time in seconds or ISO 8601, as HeyGen sends it; ``created`` is a number.
        completed_at: Likewise; ``completed`` is a number.
        video_url: Presigned, newly signed at every read.
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
    status: LegacyVideoStatus = LegacyVideoStatus.PENDING
    title: str | None = None
    created_at: float | str | None = None
    completed_at: float | str | None = None
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

    @property
    def created(self) -> float | None:
        """Unix time in seconds, however HeyGen wrote it; None when it cannot be read."""
        return _unix(self.created_at)

    @property
    def completed(self) -> float | None:
        """Unix time in seconds, however HeyGen wrote it; None when it cannot be read."""
        return _unix(self.completed_at)


def _unix(written: float | str | None) -> float | None:
    if not isinstance(written, str):
        return written
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
