"""The scenes of a video, as HeyGen's editor knows them."""

from heygen_async.models.base import OpenEnum, Reply


class SceneElementType(OpenEnum):
    """What an element of a scene is. HeyGen adds words: skip those you do not know."""

    AVATAR = "avatar"
    IMAGE = "image"
    VIDEO = "video"
    GROUP = "group"
    MASK = "mask"
    OTHER = "other"


class SceneTrim(Reply):
    """What is cut off a clip.

    Attributes:
        start_offset: Seconds at its beginning.
        end_offset: Seconds at its end.
    """

    start_offset: float = 0.0
    end_offset: float = 0.0


class SceneElement(Reply):
    """One thing that a scene shows. Which fields are filled goes by ``type``.

    Attributes:
        id: Opaque; stays the same over edits.
        type: What it is; others than avatars, images and videos have an id and a type only.
        avatar_id: The look; avatars only.
        engine: ``avatar_iii``, ``avatar_iv`` or ``avatar_v``; avatars only.
        expressiveness: ``high``, ``medium`` or ``low``; avatars only, None at its default.
        motion_prompt: How the body moves; avatars only.
        url: Signed and short-lived; images and videos, None when there is no link.
        playback: ``freeze``, ``loop``, ``fit_to_scene`` or ``full_video``; videos only.
        trim: What is cut off; videos only.
        volume: 1 is its own level; videos only.
        speed_multiplier: 2 is twice as fast; videos only.
        children: What a group or mask holds.
    """

    id: str
    type: SceneElementType | None = None
    avatar_id: str | None = None
    engine: str | None = None
    expressiveness: str | None = None
    motion_prompt: str | None = None
    url: str | None = None
    playback: str | None = None
    trim: SceneTrim | None = None
    volume: float | None = None
    speed_multiplier: float | None = None
    children: list["SceneElement"] = []


class SceneBackdrop(Reply):
    """What fills the frame behind the elements.

    Attributes:
        type: ``color``, ``image`` or ``video``.
        color: Hex colour; with ``color``.
        id: Opaque; of images and videos.
        url: Signed and short-lived; of images and videos, None when there is no link.
        playback: As of a video element.
        trim: What is cut off; videos only.
        volume: 1 is its own level; videos only.
        speed_multiplier: 2 is twice as fast; videos only.
    """

    type: str | None = None
    color: str | None = None
    id: str | None = None
    url: str | None = None
    playback: str | None = None
    trim: SceneTrim | None = None
    volume: float | None = None
    speed_multiplier: float | None = None


class SceneEngineSettings(Reply):
    """What the engine of a voice was told.

    Attributes:
        engine_type: ``elevenlabs``, ``fish`` or ``starfish``.
        model: The engine's model.
        stability: 0 to 1.
        similarity_boost: 0 to 1; ElevenLabs only.
        similarity: 0 to 1; Fish Audio only.
        style: 0 to 1; ElevenLabs only.
        use_speaker_boost: ElevenLabs only.
    """

    engine_type: str | None = None
    model: str | None = None
    stability: float | None = None
    similarity_boost: float | None = None
    similarity: float | None = None
    style: float | None = None
    use_speaker_boost: bool | None = None


class SceneVoiceSettings(Reply):
    """How a script is spoken. The values may lie outside of what a request can ask for.

    Attributes:
        speed: 1 is the voice's own.
        pitch: Semitones.
        volume: 0 to 1.
        locale: Accent, such as ``en-GB``.
        engine_settings: Only where the video pins an engine.
    """

    speed: float | None = None
    pitch: float | None = None
    volume: float | None = None
    locale: str | None = None
    engine_settings: SceneEngineSettings | None = None


class SceneScript(Reply):
    """One thing that is heard in a scene.

    Attributes:
        id: Opaque. The same id in two scenes is one entry that they share.
        type: ``text``, ``audio`` or ``silence``.
        text: What is spoken, with its markup; with ``text``.
        voice_id: Who speaks it; with ``text``.
        voice_settings: How it is spoken; with ``text``.
        trim_to_speech: Whether silence before and after is cut off; with ``text``.
        audio_url: Signed and short-lived; with ``audio``, None when there is no link.
        duration: Seconds; with ``silence``, None when something else decides.
    """

    id: str
    type: str | None = None
    text: str | None = None
    voice_id: str | None = None
    voice_settings: SceneVoiceSettings | None = None
    trim_to_speech: bool | None = None
    audio_url: str | None = None
    duration: float | None = None


class Scene(Reply):
    """One scene of a video.

    Attributes:
        id: The scene's id within the video.
        background: What fills the frame.
        elements: What it shows, in the video's own order.
        script: What is heard, in order.
    """

    id: str
    background: SceneBackdrop | None = None
    elements: list[SceneElement] = []
    script: list[SceneScript] = []


class SceneCaption(Reply):
    """Captions of a video.

    Attributes:
        enabled: Whether there are any.
    """

    enabled: bool = False


class SceneContext(Reply):
    """What holds for all scenes of a video.

    Attributes:
        title: Its title now.
        aspect_ratio: Such as ``16:9``.
        resolution: Such as ``1080p``; None for a size that no request can ask for.
        caption: Its captions.
        brand_glossary_id: Pronunciation of your own terms.
    """

    title: str | None = None
    aspect_ratio: str | None = None
    resolution: str | None = None
    caption: SceneCaption | None = None
    brand_glossary_id: str | None = None


class VideoScenes(Reply):
    """All scenes of a video as they are now, edits included.

    Attributes:
        video_id: The video.
        video: What holds for all of them.
        scenes: In the video's own order.
    """

    video_id: str
    video: SceneContext
    scenes: list[Scene] = []
