"""Scenes of v2: who is seen, what is heard, and what lies behind."""

from typing import Annotated, Literal, TypeAlias

from msgspec import Meta

from heygen_async.models.assets import Filled
from heygen_async.models.base import Request
from heygen_async.models.videos import HexColor, Unit

Side: TypeAlias = Annotated[int, Meta(ge=128, le=4096, multiple_of=2)]
Address: TypeAlias = Annotated[str, Meta(pattern=r"(?i)^https?://\S")]
InputText: TypeAlias = Annotated[str, Meta(min_length=1, max_length=5000, pattern=r"\S")]
Place: TypeAlias = Annotated[float, Meta(ge=-1e6, le=1e6)]  # any number, but infinity and NaN
Scale: TypeAlias = Annotated[float, Meta(ge=0, le=5)]


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
    """A studio or instant avatar. The last three fields are unconfirmed, and need a plan.

    Attributes:
        avatar_id: From the list of avatars; a look's id, not a group's.
        avatar_style: How it is framed; ``normal`` when left out.
        scale: 0 to 5; 1 when left out.
        offset: Where it stands.
        matting: Cut it out of its background.
        circle_background_color: With ``circle``.
        use_avatar_iv_model: Render with Avatar IV.
        prompt: How it moves; with Avatar IV.
        keep_original_prompt: Do not rewrite ``prompt``.
    """

    avatar_id: Filled
    avatar_style: Literal["normal", "closeUp", "circle", "voice_only"] | None = None
    scale: Scale | None = None
    offset: Offset | None = None
    matting: bool | None = None
    circle_background_color: HexColor | None = None
    use_avatar_iv_model: bool | None = None
    prompt: str | None = None
    keep_original_prompt: bool | None = None


class TalkingPhoto(Request, tag_field="type", tag="talking_photo"):
    """A look of a photo avatar. The last three fields are unconfirmed, and need a plan.

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
        use_avatar_iv_model: Render with Avatar IV.
        prompt: How it moves; with Avatar IV.
        keep_original_prompt: Do not rewrite ``prompt``.
    """

    talking_photo_id: Filled
    scale: Scale | None = None
    talking_photo_style: Literal["square", "circle"] | None = None
    offset: Offset | None = None
    talking_style: Literal["stable", "expressive"] | None = None
    expression: Literal["default", "happy"] | None = None
    super_resolution: bool | None = None
    matting: bool | None = None
    circle_background_color: HexColor | None = None
    use_avatar_iv_model: bool | None = None
    prompt: str | None = None
    keep_original_prompt: bool | None = None


Character: TypeAlias = AvatarCharacter | TalkingPhoto


class ElevenLabsTuning(Request):
    """For voices of ElevenLabs. v3 has ``ElevenLabsSettings``, which are more.

    Attributes:
        model: Such as ``eleven_v3`` or ``eleven_turbo_v2_5``.
        similarity_boost: 0 to 1.
        stability: 0 to 1.
        style: 0 to 1.
    """

    model: str | None = None
    similarity_boost: Unit | None = None
    stability: Unit | None = None
    style: Unit | None = None


class TextVoice(Request, tag_field="type", tag="text"):
    """A voice that speaks a text.

    Attributes:
        input_text: 1 to 5,000 characters; older accounts stop at 1,500.
        voice_id: Who says it.
        speed: 0.5 to 2; HeyGen's pages disagree above 1.5.
        pitch: Semitones, -50 to 50.
        emotion: For voices with ``emotion_support``.
        locale: Accent.
        elevenlabs_settings: For voices of ElevenLabs; unconfirmed.
    """

    input_text: InputText
    voice_id: Filled
    speed: Annotated[float, Meta(ge=0.5, le=2)] | None = None
    pitch: Annotated[float, Meta(ge=-50, le=50)] | None = None
    emotion: Literal["Excited", "Friendly", "Serious", "Soothing", "Broadcaster"] | None = None
    locale: str | None = None
    elevenlabs_settings: ElevenLabsTuning | None = None


class AudioVoice(Request, tag_field="type", tag="audio"):
    """A recording to speak with: exactly one of the two.

    Attributes:
        audio_url: Public address.
        audio_asset_id: An uploaded recording.
    """

    audio_url: Address | None = None
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

    url: Address | None = None
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

    url: Address | None = None
    video_asset_id: str | None = None
    play_style: Literal["fit_to_scene", "freeze", "loop", "once", "full_video"] | None = None
    fit: Fit | None = None


SceneBackground: TypeAlias = ColorBackground | ImageBackground | VideoBackground


class SceneText(Request, tag_field="type", tag="text"):
    """A text on the screen. HeyGen lists the fields, and tells no units.

    Attributes:
        text: What is written.
        font_family: Name of a font.
        font_size: Size.
        font_weight: ``bold`` or nothing.
        color: Hex colour such as ``#1a2b3c``.
        position: Where it stands.
        text_align: To which side.
        line_height: Distance of the lines.
        width: Where its lines break.
    """

    text: Filled
    font_family: str | None = None
    font_size: Annotated[float, Meta(gt=0)] | None = None
    font_weight: Literal["bold"] | None = None
    color: HexColor | None = None
    position: Offset | None = None
    text_align: Literal["left", "center", "right"] | None = None
    line_height: Annotated[float, Meta(gt=0)] | None = None
    width: Annotated[float, Meta(gt=0)] | None = None


class Scene(Request):
    """One scene.

    Attributes:
        voice: What is heard.
        character: Who is seen; nobody when left out.
        background: What lies behind.
        text: What is written on the screen.
    """

    voice: SceneVoice
    character: Character | None = None
    background: SceneBackground | None = None
    text: SceneText | None = None
