"""Videos of v2: scenes in, status of v1 out."""

from typing import Annotated, Literal, TypeAlias

from msgspec import Meta

from heygen_async.models.base import OpenEnum, Reply, Request
from heygen_async.models.videos import HexColor

Side: TypeAlias = Annotated[int, Meta(ge=128, le=4096, multiple_of=2)]
InputText: TypeAlias = Annotated[str, Meta(min_length=1, max_length=5000)]
Place: TypeAlias = Annotated[float, Meta(ge=-1e6, le=1e6)]  # any number, but infinity and NaN
Filled: TypeAlias = Annotated[str, Meta(min_length=1)]


class Dimension(Request):
    """Size of the video.

    Attributes:
        width: Pixels, even, 128 to 4096.
        height: Pixels, even, 128 to 4096.
    """

    width: Side
    height: Side


class Offset(Request):
    """Where the character stands.

    Attributes:
        x: Fraction of the frame's width.
        y: Fraction of the frame's height.
    """

    x: Place
    y: Place


class AvatarCharacter(Request, tag_field="type", tag="avatar"):
    """A studio or instant avatar.

    Attributes:
        avatar_id: From the list of avatars.
        avatar_style: How it is framed.
        scale: 0 to 5; 1 when left out.
        offset: Where it stands.
        matting: Cut it out of its background.
        circle_background_color: With ``circle``.
    """

    avatar_id: Filled
    avatar_style: Literal["normal", "closeUp", "circle", "voice_only"] | None = None
    scale: Annotated[float, Meta(ge=0, le=5)] | None = None
    offset: Offset | None = None
    matting: bool | None = None
    circle_background_color: HexColor | None = None


class TalkingPhoto(Request, tag_field="type", tag="talking_photo"):
    """A look of a photo avatar.

    Attributes:
        talking_photo_id: A look's id (a group's id is its first look).
        scale: 0 to 5; 1 when left out.
        talking_photo_style: How it is framed.
        offset: Where it stands.
        talking_style: How much it moves.
        expression: Mood.
        super_resolution: Sharpen.
        matting: Cut it out of its background.
        circle_background_color: With ``circle``.
    """

    talking_photo_id: Filled
    scale: Annotated[float, Meta(ge=0, le=5)] | None = None
    talking_photo_style: Literal["square", "circle"] | None = None
    offset: Offset | None = None
    talking_style: Literal["stable", "expressive"] | None = None
    expression: Literal["default", "happy"] | None = None
    super_resolution: bool | None = None
    matting: bool | None = None
    circle_background_color: HexColor | None = None


Character: TypeAlias = AvatarCharacter | TalkingPhoto


class TextVoice(Request, tag_field="type", tag="text"):
    """A voice that speaks a text.

    Attributes:
        input_text: 1 to 5,000 characters; older accounts stop at 1,500.
        voice_id: Who says it.
        speed: 0.5 to 2; HeyGen's pages disagree above 1.5.
        pitch: Semitones, -50 to 50.
        emotion: For voices with ``emotion_support``.
        locale: Accent.
    """

    input_text: InputText
    voice_id: Filled
    speed: Annotated[float, Meta(ge=0.5, le=2)] | None = None
    pitch: Annotated[float, Meta(ge=-50, le=50)] | None = None
    emotion: Literal["Excited", "Friendly", "Serious", "Soothing", "Broadcaster"] | None = None
    locale: str | None = None


class AudioVoice(Request, tag_field="type", tag="audio"):
    """A recording to speak with: exactly one of the two.

    Attributes:
        audio_url: Public address.
        audio_asset_id: An uploaded recording.
    """

    audio_url: str | None = None
    audio_asset_id: str | None = None


class Silence(Request, tag_field="type", tag="silence"):
    """Nothing is said.

    Attributes:
        duration: Seconds.
    """

    duration: Annotated[float, Meta(gt=0, le=1800)]


SceneVoice: TypeAlias = TextVoice | AudioVoice | Silence
Fit: TypeAlias = Literal["cover", "contain", "crop", "none"]


class ColorBackground(Request, tag_field="type", tag="color"):
    """One colour.

    Attributes:
        value: Hex colour such as ``#1a2b3c``.
    """

    value: HexColor


class ImageBackground(Request, tag_field="type", tag="image"):
    """A picture: exactly one of the two.

    Attributes:
        url: Public address.
        image_asset_id: An uploaded picture.
        fit: How it fills the frame.
    """

    url: str | None = None
    image_asset_id: str | None = None
    fit: Fit | None = None


class VideoBackground(Request, tag_field="type", tag="video"):
    """A clip, without its sound: exactly one of the two.

    Attributes:
        url: Public address.
        video_asset_id: An uploaded clip.
        play_style: What happens when it is shorter than the scene.
        fit: How it fills the frame.
    """

    url: str | None = None
    video_asset_id: str | None = None
    play_style: Literal["fit_to_scene", "freeze", "loop", "once", "full_video"] | None = None
    fit: Fit | None = None


SceneBackground: TypeAlias = ColorBackground | ImageBackground | VideoBackground


class Scene(Request):
    """One scene.

    Attributes:
        voice: What is heard.
        character: Who is seen; nobody when left out.
        background: What lies behind.
    """

    voice: SceneVoice
    character: Character | None = None
    background: SceneBackground | None = None


class GenerateVideo(Request):
    """A video of one or more scenes.

    Attributes:
        video_inputs: 1 to 50 scenes.
        dimension: Size; always sent by the plans, since HeyGen's pages disagree on the default.
        title: Name in the dashboard.
        test: Watermarked, costs no credits, a few a day.
        caption: Make captions; for text voices.
        caption_mode: As a file, or burned in.
        fps: Pictures a second; 25 when left out.
        folder_id: Folder.
        callback_id: Comes back in the notice; needs ``callback_url``.
        callback_url: Gets a POST when the video is ready or failed.
    """

    video_inputs: Annotated[list[Scene], Meta(min_length=1, max_length=50)]
    dimension: Dimension | None = None
    title: str | None = None
    test: bool | None = None
    caption: bool | None = None
    caption_mode: Literal["file_only", "burn_in"] | None = None
    fps: Annotated[float, Meta(gt=0, le=60)] | None = None
    folder_id: str | None = None
    callback_id: str | None = None
    callback_url: str | None = None


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


class VideoFailure(Reply):
    """Why a video failed.

    Attributes:
        code: A number, sometimes a word.
        message: A sentence.
        detail: More words.
    """

    code: int | str | None = None
    message: str | None = None
    detail: str | None = None


class LegacyVideo(Reply):
    """A video as v1 describes it.

    Attributes:
        id: The video's id.
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
