"""``heygen/avatar-video``, ``heygen/photo-video`` and ``heygen/video-agent``."""

from typing import Annotated, ClassVar, Literal, TypeAlias

from msgspec import Meta

from heygen_async.errors import InvalidRequestError
from heygen_async.inference_sh.apps.base import AppInput
from heygen_async.inference_sh.local import FileInput
from heygen_async.inference_sh.models import OutputFile
from heygen_async.models.base import Reply
from heygen_async.wire.exclusions import exactly_one

_Filled: TypeAlias = Annotated[str, Meta(min_length=1)]
_Resolution: TypeAlias = Literal["720p", "1080p", "4k"]
_Shape: TypeAlias = Literal["16:9", "9:16"]
_Expressiveness: TypeAlias = Literal["high", "medium", "low"]
_Format: TypeAlias = Literal["mp4", "webm"]


class MadeVideo(Reply):
    """A video.

    Attributes:
        video: Its address; ``inference.download(task, path)`` fetches it.
    """

    video: OutputFile


class AvatarVideo(AppInput[MadeVideo]):
    """An avatar that says a script; from $0.05 a second.

    Attributes:
        avatar_id: The look, such as ``created.avatar.id``.
        script: What it says.
        engine: ``avatar_iv`` or ``avatar_v``; the first when left out. Not every look can do both.
        voice_id: Its voice; the avatar's own when left out.
        title: Name to show.
        resolution: 1080p when left out.
        aspect_ratio: 16:9 when left out.
        expressiveness: How much it moves. ``avatar_v`` ignores it.
        motion_prompt: How it moves, in words. ``avatar_v`` ignores it.
        remove_background: Whether the background is taken out.
        output_format: MP4 when left out.
    """

    app: ClassVar[str] = "heygen/avatar-video"

    avatar_id: _Filled
    script: _Filled
    engine: Literal["avatar_iv", "avatar_v"] | None = None
    voice_id: _Filled | None = None
    title: str | None = None
    resolution: _Resolution | None = None
    aspect_ratio: _Shape | None = None
    expressiveness: _Expressiveness | None = None
    motion_prompt: str | None = None
    remove_background: bool | None = None
    output_format: _Format | None = None


class ListedResource(Reply):
    """An avatar, or a voice.

    Attributes:
        id: What ``AvatarVideo`` takes.
        name: Name to show.
        avatar_type: Of an avatar, what kind it is; of a voice, its language.
        supported_engines: Of an avatar: ``avatar_iv``, ``avatar_v``.
    """

    id: str
    name: str = ""
    avatar_type: str | None = None
    supported_engines: list[str] | None = None


class ListedResources(Reply):
    """What can be used in a video.

    Attributes:
        avatars: Looks.
        voices: Voices.
    """

    avatars: list[ListedResource] = []
    voices: list[ListedResource] = []


class ListResources(AppInput[ListedResources]):
    """Looks for avatars and voices of the account.

    Attributes:
        resource_type: Which of them; both when left out.
        limit: How many of each, 1 to 100; 10 when left out.
    """

    app: ClassVar[str] = "heygen/avatar-video"
    function: ClassVar[str | None] = "list_resources"

    resource_type: Literal["avatars", "voices", "both"] | None = None
    limit: Annotated[int, Meta(ge=1, le=100)] | None = None


class PhotoVideo(AppInput[MadeVideo]):
    """A photo that speaks; $0.05 a second, $0.067 in 4K.

    Attributes:
        image: The photo.
        script: What it says; needs ``voice_id``.
        voice_id: Who says it.
        audio_url: Address of a recording, instead of a script.
        title: Name to show.
        resolution: 1080p when left out.
        aspect_ratio: 16:9 when left out.
        expressiveness: How much it moves; ``high`` when left out.
        motion_prompt: How it moves, in words.
        remove_background: Whether the background is taken out.
        output_format: MP4 when left out.
    """

    app: ClassVar[str] = "heygen/photo-video"

    image: FileInput
    script: _Filled | None = None
    voice_id: _Filled | None = None
    audio_url: _Filled | None = None
    title: str | None = None
    resolution: _Resolution | None = None
    aspect_ratio: _Shape | None = None
    expressiveness: _Expressiveness | None = None
    motion_prompt: str | None = None
    remove_background: bool | None = None
    output_format: _Format | None = None

    def check(self) -> None:
        """Refuses neither or both of script and recording, and a script without a voice."""
        exactly_one("", script=self.script, audio_url=self.audio_url)
        if self.script is not None and self.voice_id is None:
            raise InvalidRequestError("voice_id", None, "is needed with script")


class VideoAgent(AppInput[MadeVideo]):
    """A video from a prompt; $0.033 a second.

    Attributes:
        prompt: What it is about, 1 to 10,000 characters.
        avatar_id: Who speaks; chosen when left out.
        voice_id: With which voice; chosen when left out.
        style_id: What it looks like; chosen when left out.
        orientation: Its shape; chosen when left out.
    """

    app: ClassVar[str] = "heygen/video-agent"

    prompt: Annotated[str, Meta(min_length=1, max_length=10_000)]
    avatar_id: _Filled | None = None
    voice_id: _Filled | None = None
    style_id: _Filled | None = None
    orientation: Literal["landscape", "portrait"] | None = None
