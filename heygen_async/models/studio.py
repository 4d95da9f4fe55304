"""Videos of several scenes, videos from a prompt, and many videos at once."""

from typing import Annotated, Literal, TypeAlias

from msgspec import Meta

from heygen_async.models.base import Request
from heygen_async.models.files import FileInput
from heygen_async.models.videos import (
    AspectRatio,
    AvatarVideo,
    Caption,
    Engine,
    HexColor,
    ImageVideo,
    Resolution,
    Script,
    Unit,
    VoiceSettings,
    Watermark,
)


class CinematicVideo(Request, tag_field="type", tag="cinematic_avatar"):
    """A short video that is filmed from a prompt: motion and speech come from it, too.

    Attributes:
        prompt: What to film, 1 to 10,000 characters.
        avatar_id: 1 to 3 looks that it shows; looks, not groups.
        references: Images, videos or recordings to go by; with the looks at most 9 images, and
            at most 3 videos.
        aspect_ratio: 16:9 when left out.
        resolution: 720p when left out.
        auto_duration: Lets HeyGen choose the length; takes no ``duration``.
        duration: Seconds, 4 to 15; 10 when left out.
        enhance_prompt: Lets HeyGen improve the prompt.
        title: Name in the dashboard.
        folder_id: Folder; the workspace's root when left out. Not within a batch.
    """

    prompt: Annotated[str, Meta(min_length=1, max_length=10_000)]
    avatar_id: Annotated[list[str], Meta(min_length=1, max_length=3)]
    references: list[FileInput] | None = None
    aspect_ratio: Literal["16:9", "9:16", "1:1"] | None = None
    resolution: Literal["720p", "1080p"] | None = None
    auto_duration: bool | None = None
    duration: Annotated[int, Meta(ge=4, le=15)] | None = None
    enhance_prompt: bool | None = None
    title: str | None = None
    folder_id: str | None = None


class SceneBackground(Request, tag_field="type", tag="color"):
    """What lies behind the avatar of a scene.

    Attributes:
        color: Hex colour such as ``#1a2b3c``.
    """

    color: HexColor


class SceneAvatar(Request, tag_field="type", tag="avatar"):
    """Who speaks in a scene, and what.

    Exactly one of ``script``, ``audio_url`` and ``audio_asset_id`` says what is heard; the scene
    is as long as that.

    Attributes:
        avatar_id: A look's id, not a group's.
        script: What is said, 1 to 5,000 characters.
        voice_id: Who says it; the avatar's default voice when left out.
        audio_url: Public address of a recording to speak with.
        audio_asset_id: An uploaded recording to speak with.
        voice_settings: How it is said; with ``script`` only.
        motion_prompt: How the body moves.
        expressiveness: Photo avatars on Avatar IV only; ``low`` when left out.
        engine: Avatar IV when left out; must be one that the look supports.
        background: A colour.
    """

    avatar_id: Annotated[str, Meta(min_length=1)]
    script: Script | None = None
    voice_id: str | None = None
    audio_url: str | None = None
    audio_asset_id: str | None = None
    voice_settings: VoiceSettings | None = None
    motion_prompt: str | None = None
    expressiveness: Literal["high", "medium", "low"] | None = None
    engine: Engine | None = None
    background: SceneBackground | None = None


class AvatarScene(Request, tag_field="type", tag="avatar_video"):
    """A scene in which an avatar speaks.

    Attributes:
        input: Who, and what is said.
    """

    input: SceneAvatar


class ImageScene(Request, tag_field="type", tag="image"):
    """A scene that shows a picture, for a time or while something is said over it.

    Exactly one of ``duration``, ``script``, ``audio_url`` and ``audio_asset_id`` is needed.

    Attributes:
        source: The picture.
        duration: Seconds of silence, above 0, at most 300.
        script: What is said, 1 to 5,000 characters.
        voice_id: Who says it; required with ``script``.
        audio_url: Public address of a recording.
        audio_asset_id: An uploaded recording.
        voice_settings: How it is said; with ``script`` only.
    """

    source: FileInput
    duration: Annotated[float, Meta(gt=0, le=300)] | None = None
    script: Script | None = None
    voice_id: str | None = None
    audio_url: str | None = None
    audio_asset_id: str | None = None
    voice_settings: VoiceSettings | None = None


class ScenePlayback(Request):
    """How a clip is played in its scene.

    Attributes:
        mode: How it fits what is said over it: ``freeze`` holds its last picture, ``loop``
            repeats it, ``fit_to_scene`` changes its speed. ``freeze`` when left out; only where
            something is said over it.
        volume: 0 to 1, its own level.
        mute: Silences it, whatever ``volume`` says.
    """

    mode: Literal["freeze", "loop", "fit_to_scene"] | None = None
    volume: Unit | None = None
    mute: bool | None = None


class VideoScene(Request, tag_field="type", tag="video"):
    """A scene that shows a clip, whole or as long as what is said over it.

    At most one of ``script``, ``audio_url`` and ``audio_asset_id``.

    Attributes:
        source: The clip.
        playback: How it is played; ``freeze`` at its own volume when left out.
        script: What is said over it, 1 to 5,000 characters.
        voice_id: Who says it; required with ``script``.
        audio_url: Public address of a recording.
        audio_asset_id: An uploaded recording.
        voice_settings: How it is said; with ``script`` only.
    """

    source: FileInput
    playback: ScenePlayback | None = None
    script: Script | None = None
    voice_id: str | None = None
    audio_url: str | None = None
    audio_asset_id: str | None = None
    voice_settings: VoiceSettings | None = None


StudioScene: TypeAlias = AvatarScene | ImageScene | VideoScene


class StudioVideo(Request, tag_field="type", tag="studio"):
    """One video of several scenes. All of it is made, or nothing; MP4 only.

    Attributes:
        scenes: 1 to 50, in order.
        title: Name in the dashboard.
        folder_id: Folder; the workspace's root when left out. Not within a batch.
        aspect_ratio: Of all scenes, which are cropped to it; 16:9 when left out.
        resolution: Of all scenes.
        brand_glossary_id: Pronunciation of your own terms in scripts.
        callback_url: Gets a POST when the video is ready or failed.
        callback_id: Comes back in that POST; needs ``callback_url``.
        caption: Subtitles.
        watermark: Some enterprise customers only.
    """

    scenes: Annotated[list[StudioScene], Meta(min_length=1, max_length=50)]
    title: str | None = None
    folder_id: str | None = None
    aspect_ratio: AspectRatio | None = None
    resolution: Resolution | None = None
    brand_glossary_id: Annotated[str, Meta(min_length=1)] | None = None
    callback_url: str | None = None
    callback_id: str | None = None
    caption: Caption | None = None
    watermark: Watermark | None = None


CreateVideo: TypeAlias = AvatarVideo | ImageVideo | CinematicVideo | StudioVideo


class CreateVideoBatch(Request):
    """Many videos at once. They are independent: one that fails fails none of the others.

    Attributes:
        videos: 1 to 100, of any kind; none of them with a ``folder_id``.
        title: Name to show.
        folder_id: Folder of the batch; the workspace's root when left out.
        callback_url: Gets one POST when every item has ended.
    """

    videos: Annotated[list[CreateVideo], Meta(min_length=1, max_length=100)]
    title: str | None = None
    folder_id: str | None = None
    callback_url: str | None = None
