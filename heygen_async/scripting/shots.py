"""What is known of a video before it is made: the same of v2's scenes and of v3's videos."""

from collections.abc import Iterator, Mapping
from typing import Final, TypeAlias

from heygen_async.models import AvatarLook, AvatarVideo, ImageVideo, Voice
from heygen_async.models.base import Record
from heygen_async.models.v2 import (
    AudioVoice,
    AvatarCharacter,
    CaptionOptions,
    CaptionStyle,
    Dimension,
    GenerateVideo,
    ImageBackground,
    LegacyAvatarDetails,
    LegacyVoice,
    Scene,
    TextVoice,
    VideoBackground,
)
from heygen_async.models.v2.scenes import Character
from heygen_async.scripting.dimensions import dimension
from heygen_async.wire.frames import RATIOS, frame

PictureVideo: TypeAlias = AvatarVideo | ImageVideo | GenerateVideo
AnyAvatar: TypeAlias = AvatarLook | LegacyAvatarDetails
AnyVoice: TypeAlias = Voice | LegacyVoice
Size: TypeAlias = tuple[int, int]

_RESOLUTION: Final = "1080p"
_IN_SCENES: Final = {"avatar_id": "character", "voice_id": "voice"}
_OF_ALL_SCENES: Final = frozenset({"caption"})


class Shot(Record):
    """What is known of one video of v3, or of one scene of v2.

    Attributes:
        where: Path before its fields, such as ``video_inputs[0].``.
        size: In pixels; None where HeyGen decides.
        avatar: Who is seen, if it is known.
        character: Who is seen, as v2 asks for it.
        own_voice: Whether the request names a voice.
        voice: Who is heard, if it is known.
        engine: Which engine makes it, if there is a choice.
        webm: Whether it is transparent.
        background: Pixels of the picture behind, if they are known.
        captions: How captions look that are seen; None where there are none.
        recorded: Whether a recording is heard.
    """

    where: str
    size: Dimension | None
    avatar: AnyAvatar | None = None
    character: Character | None = None
    own_voice: bool = False
    voice: AnyVoice | None = None
    engine: str | None = None
    webm: bool = False
    background: Size | None = None
    captions: CaptionStyle | None = None
    recorded: bool = False

    def path(self, field: str) -> str:
        """Where a field of v3 is in this request."""
        if not self.where or field in _OF_ALL_SCENES:
            return field
        return f"{self.where}{_IN_SCENES.get(field, field)}"


def shots_of(
    video: PictureVideo,
    avatars: Mapping[str, AnyAvatar],
    voices: Mapping[str, AnyVoice],
    sizes: Mapping[str, Size],
) -> Iterator[Shot]:
    """What is known of a video, scene by scene.

    Args:
        video: The request.
        avatars: What is known of avatars, by id.
        voices: What is known of voices, by id.
        sizes: Pixels of backgrounds, by address or asset id.
    """
    if isinstance(video, GenerateVideo):
        yield from _scenes(video, avatars, voices, sizes)
    else:
        yield _single(video, avatars, voices, sizes)


def _single(
    video: AvatarVideo | ImageVideo,
    avatars: Mapping[str, AnyAvatar],
    voices: Mapping[str, AnyVoice],
    sizes: Mapping[str, Size],
) -> Shot:
    avatar = engine = None
    if isinstance(video, AvatarVideo):
        avatar = avatars.get(video.avatar_id)
        # Tags of the structs are HeyGen's words for the engines.
        engine = "avatar_iv" if video.engine is None else str(video.engine.__struct_config__.tag)
    behind = video.background
    ratio = RATIOS.get(video.aspect_ratio or "16:9")
    return Shot(
        where="",
        size=None if ratio is None else _size(frame(video.resolution or _RESOLUTION, ratio)),
        avatar=avatar,
        own_voice=video.voice_id is not None,
        voice=_voice(video.voice_id, avatar, voices) if video.script is not None else None,
        engine=engine,
        webm=video.output_format == "webm",
        background=sizes.get(behind.url or behind.asset_id or "") if behind else None,
    )


def _scenes(
    video: GenerateVideo,
    avatars: Mapping[str, AnyAvatar],
    voices: Mapping[str, AnyVoice],
    sizes: Mapping[str, Size],
) -> Iterator[Shot]:
    size = video.dimension
    if size is None:
        size = dimension(video.aspect_ratio or "16:9", quality="720p")
    for number, scene in enumerate(video.video_inputs):
        character = scene.character
        avatar = None if character is None else avatars.get(_id(character))
        spoken = scene.voice if isinstance(scene.voice, TextVoice) else None
        yield Shot(
            where=f"video_inputs[{number}].",
            size=size,
            avatar=avatar,
            character=character,
            own_voice=spoken is not None,
            voice=voices.get(spoken.voice_id) if spoken else None,
            background=_background(scene, sizes),
            captions=_captions(video),
            recorded=isinstance(scene.voice, AudioVoice),
        )


def _id(character: Character) -> str:
    if isinstance(character, AvatarCharacter):
        return character.avatar_id
    return character.talking_photo_id


def _size(pixels: Size) -> Dimension:
    return Dimension(width=pixels[0], height=pixels[1])


def _voice(
    voice_id: str | None, avatar: AnyAvatar | None, voices: Mapping[str, AnyVoice]
) -> AnyVoice | None:
    own = None if avatar is None else avatar.default_voice_id
    return voices.get(voice_id or own or "")


def _background(scene: Scene, sizes: Mapping[str, Size]) -> Size | None:
    match scene.background:
        case ImageBackground(url=url, image_asset_id=asset_id):
            return sizes.get(url or asset_id or "")
        case VideoBackground(url=url, video_asset_id=asset_id):
            return sizes.get(url or asset_id or "")
        case _:
            return None


def _captions(video: GenerateVideo) -> CaptionStyle | None:
    if video.caption_mode == "file_only":
        return None
    if video.caption_mode == "burn_in" or video.subtitles is not None:
        return CaptionStyle()
    match video.caption:
        case True:
            return CaptionStyle()
        case CaptionOptions(enabled=True, style=style):
            return style or CaptionStyle()
        case _:
            return None
