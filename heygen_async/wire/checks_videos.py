"""Videos and templates: what HeyGen says in prose only.

https://developers.heygen.com/reference/create-video
"""

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

from heygen_async.errors import InvalidRequestError
from heygen_async.models import (
    AvatarIII,
    AvatarScene,
    AvatarV,
    AvatarVideo,
    Background,
    CinematicVideo,
    CreateVideoBatch,
    ElevenLabsSettings,
    GenerateFromTemplate,
    ImageScene,
    ImageVideo,
    Request,
    SceneAvatar,
    StudioVideo,
    TextVariable,
    VideoScene,
)
from heygen_async.models.v2 import CreateAvatarVideo
from heygen_async.models.videos import SpokenVideo
from heygen_async.wire.exclusions import callback, exactly_one

_V3_STABILITY: Final = (None, 0, 0.5, 1)
_RATES: Final = (25, 30, 60)

_Sounding: TypeAlias = SpokenVideo | CreateAvatarVideo | SceneAvatar | ImageScene | VideoScene


def spoken(video: SpokenVideo | CreateAvatarVideo, where: str = "") -> None:
    """Refuses a video of one scene whose fields contradict each other.

    Args:
        video: Of v3, or of v2, which has the same fields for what is heard and lies behind.
        where: Path before its fields, such as ``videos[0].``.

    Raises:
        InvalidRequestError: They do.
    """
    exactly_one(where, **_sounds(video))
    _speech(video, where)
    callback(where, callback_id=video.callback_id, callback_url=video.callback_url)
    if video.background is not None:
        field = f"{where}background"
        if video.output_format == "webm":
            raise InvalidRequestError(field, "with webm", "webm is transparent, takes none")
        _background(video.background, field)


def _sounds(video: _Sounding) -> dict[str, object]:
    return {
        "script": video.script,
        "audio_url": video.audio_url,
        "audio_asset_id": video.audio_asset_id,
    }


def _speech(video: _Sounding, where: str) -> None:
    """A script has something to say, and the settings of a voice go with one only."""
    if video.script is not None and not video.script.strip():
        raise InvalidRequestError(f"{where}script", video.script, "must hold something to say")
    if video.voice_settings is not None:
        field = f"{where}voice_settings"
        if video.script is None:
            raise InvalidRequestError(field, "without a script", "goes with a script only")
        _voice_engine(video.voice_settings.engine_settings, field)


def _voice_engine(settings: object, where: str) -> None:
    match settings:
        case ElevenLabsSettings(model="eleven_v3") if settings.stability not in _V3_STABILITY:
            raise InvalidRequestError(
                f"{where}.engine_settings.stability",
                settings.stability,
                "with eleven_v3 must be 0, 0.5 or 1",
            )
        case _:
            pass


def _background(background: Background, where: str) -> None:
    if background.type == "color":
        if background.value is None:
            raise InvalidRequestError(f"{where}.value", None, "a hex colour is needed")
        return
    exactly_one(f"{where}.", url=background.url, asset_id=background.asset_id)


def _avatar_video(video: AvatarVideo, where: str = "") -> None:
    spoken(video, where)
    _avatar_engine(video, where)


def _avatar_engine(video: AvatarVideo | SceneAvatar, where: str) -> None:
    if isinstance(video.engine, AvatarV | AvatarIII) and video.expressiveness is not None:
        raise InvalidRequestError(f"{where}expressiveness", video.expressiveness, "needs Avatar IV")
    if isinstance(video.engine, AvatarIII) and video.motion_prompt is not None:
        raise InvalidRequestError(
            f"{where}motion_prompt", video.motion_prompt, "not with Avatar III"
        )


def _image_video(video: ImageVideo, where: str = "") -> None:
    spoken(video, where)
    needs_voice(video, where, "is needed: an image has no default voice")


def needs_voice(video: _Sounding, where: str, why: str) -> None:
    """Refuses a script without a voice.

    Args:
        video: What has no voice of its own.
        where: Path before its fields.
        why: What to say.

    Raises:
        InvalidRequestError: There is none.
    """
    if video.script is not None and video.voice_id is None:
        raise InvalidRequestError(f"{where}voice_id", None, why)


def _cinematic_video(video: CinematicVideo, where: str = "") -> None:
    if video.auto_duration and video.duration is not None:
        raise InvalidRequestError(f"{where}duration", video.duration, "not with auto_duration")


def _studio_video(video: StudioVideo, where: str = "") -> None:
    callback(where, callback_id=video.callback_id, callback_url=video.callback_url)
    for index, scene in enumerate(video.scenes):
        at = f"{where}scenes[{index}]."
        match scene:
            case AvatarScene(input=avatar):
                exactly_one(f"{at}input.", **_sounds(avatar))
                _speech(avatar, f"{at}input.")
                _avatar_engine(avatar, f"{at}input.")
            case ImageScene():
                exactly_one(at, duration=scene.duration, **_sounds(scene))
                _speech(scene, at)
                needs_voice(scene, at, "is needed with a script")
            case VideoScene():
                _clip(scene, at)


def _clip(scene: VideoScene, where: str) -> None:
    narrated = any(value is not None for value in _sounds(scene).values())
    if narrated:
        exactly_one(where, **_sounds(scene))
    elif scene.playback is not None and scene.playback.mode is not None:
        raise InvalidRequestError(
            f"{where}playback.mode", scene.playback.mode, "needs something said over the clip"
        )
    _speech(scene, where)
    needs_voice(scene, where, "is needed with a script")


def _video_batch(batch: CreateVideoBatch) -> None:
    for index, video in enumerate(batch.videos):
        where = f"videos[{index}]."
        if video.folder_id is not None:
            raise InvalidRequestError(
                f"{where}folder_id", video.folder_id, "goes on the batch, not on its items"
            )
        _VIDEOS[type(video)](video, where)


def _from_template(request: GenerateFromTemplate) -> None:
    # A callback_id alone is no mistake here: registered endpoints get it, too.
    if request.fps is not None and request.fps not in _RATES:
        raise InvalidRequestError("fps", request.fps, "must be 25, 30 or 60")
    variables: Mapping[str, object] = request.variables
    for name, value in variables.items():
        if isinstance(value, TextVariable) and not value.content:
            raise InvalidRequestError(f"variables.{name}.content", "", "must not be empty")


_VIDEOS: Final[dict[type[Request], Callable[[Any, str], None]]] = {
    AvatarVideo: _avatar_video,
    ImageVideo: _image_video,
    CinematicVideo: _cinematic_video,
    StudioVideo: _studio_video,
}

CHECKS: Final[dict[type[Request], Callable[[Any], None]]] = {
    AvatarVideo: _avatar_video,
    ImageVideo: _image_video,
    CinematicVideo: _cinematic_video,
    StudioVideo: _studio_video,
    CreateVideoBatch: _video_batch,
    GenerateFromTemplate: _from_template,
}
