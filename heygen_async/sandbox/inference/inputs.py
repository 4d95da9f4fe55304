"""What the HeyGen apps take and give back. The schemas that inference.sh shows come from here."""

from typing import Annotated, Any, Literal, TypeAlias

import msgspec
from msgspec import Meta

from heygen_async.models.base import Request

File: TypeAlias = Annotated[str, Meta(extra_json_schema={"format": "file"})]
"""The address of a file."""

Resolution: TypeAlias = Literal["720p", "1080p", "4k"]
AspectRatio: TypeAlias = Literal["16:9", "9:16"]
Expressiveness: TypeAlias = Literal["high", "medium", "low"]
Format: TypeAlias = Literal["mp4", "webm"]
Mode: TypeAlias = Literal["speed", "precision"]


class CreateAvatar(Request):
    """A new avatar. What each type needs besides is seen only when the app runs."""

    type: Literal["digital_twin", "photo", "prompt"]
    name: str
    file: File | None = None
    prompt: str | None = None
    avatar_group_id: str | None = None


class AvatarVideo(Request):
    """A video of an avatar look."""

    avatar_id: str
    script: str
    engine: Literal["avatar_iv", "avatar_v"] = "avatar_iv"
    voice_id: str | None = None
    title: str | None = None
    resolution: Resolution = "1080p"
    aspect_ratio: AspectRatio = "16:9"
    expressiveness: Expressiveness | None = None
    motion_prompt: str | None = None
    remove_background: bool | None = None
    output_format: Format = "mp4"


class ListResources(Request):
    """The avatars and voices that a video may use."""

    resource_type: Literal["avatars", "voices", "both"] = "both"
    limit: Annotated[int, Meta(ge=1, le=100)] = 10


class PhotoVideo(Request):
    """A video of a picture."""

    image: File
    script: str | None = None
    voice_id: str | None = None
    audio_url: str | None = None
    title: str | None = None
    resolution: Resolution = "1080p"
    aspect_ratio: AspectRatio = "16:9"
    expressiveness: Expressiveness = "high"
    motion_prompt: str | None = None
    remove_background: bool | None = None
    output_format: Format = "mp4"


class VideoAgent(Request):
    """A video that an agent makes of a prompt."""

    prompt: Annotated[str, Meta(min_length=1, max_length=10_000)]
    avatar_id: str | None = None
    voice_id: str | None = None
    style_id: str | None = None
    orientation: Literal["landscape", "portrait"] | None = None


class VideoTranslate(Request):
    """A video in another language."""

    video: File
    output_language: str
    title: str | None = None
    input_language: str | None = None
    mode: Mode = "speed"
    translate_audio_only: bool = False
    speaker_num: int | None = None
    enable_caption: bool = False
    enable_dynamic_duration: bool = True
    disable_music_track: bool = False
    start_time: float | None = None
    end_time: float | None = None


class Lipsync(Request):
    """A video with another recording."""

    video: File
    audio: File
    title: str | None = None
    mode: Mode = "speed"
    enable_caption: bool = False
    enable_dynamic_duration: bool = True
    disable_music_track: bool = False
    start_time: float | None = None
    end_time: float | None = None


class TextToSpeech(Request):
    """A text to be spoken."""

    text: Annotated[str, Meta(min_length=1, max_length=5000)]
    voice_id: str
    input_type: Literal["text", "ssml"] = "text"
    speed: Annotated[float, Meta(ge=0.5, le=2.0)] = 1.0
    language: str | None = None
    locale: str | None = None


class Avatar(msgspec.Struct, kw_only=True):
    """The look that was made."""

    id: str
    name: str
    avatar_type: str
    group_id: str
    preview_image_url: File | None = None
    supported_engines: list[str] = []


class Group(msgspec.Struct, kw_only=True):
    """The group that the look belongs to."""

    id: str
    name: str
    consent_status: str | None = None
    consent_url: str | None = None


class AvatarMade(msgspec.Struct, kw_only=True):
    """What ``create-avatar`` gives back."""

    avatar: Avatar
    group: Group


class VideoMade(msgspec.Struct, kw_only=True):
    """What the apps give back that make a video."""

    video: File


class AudioMade(msgspec.Struct, kw_only=True):
    """What the apps give back that make a recording."""

    audio: File


class Resource(msgspec.Struct, kw_only=True):
    """An avatar or a voice; with a voice, ``avatar_type`` holds its language."""

    id: str
    name: str
    avatar_type: str | None = None
    supported_engines: list[str] = []


class Resources(msgspec.Struct, kw_only=True):
    """What ``list_resources`` gives back."""

    avatars: list[Resource] = []
    voices: list[Resource] = []


def schema(shape: type[msgspec.Struct]) -> dict[str, Any]:
    """A JSON schema with the object itself on top, as inference.sh has them."""
    whole = msgspec.json.schema(shape)
    parts: dict[str, Any] = whole["$defs"]
    top: dict[str, Any] = parts.pop(shape.__name__)
    return top | {"$defs": parts} if parts else top
