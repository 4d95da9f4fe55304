"""What HeyGen says in prose only: fields that exclude or need each other.

https://developers.heygen.com/reference/create-video
"""

from collections.abc import Callable
from typing import Any, Final

from heygen_async.errors import InvalidRequestError
from heygen_async.models import (
    AvatarIII,
    AvatarV,
    AvatarVideo,
    Background,
    ElevenLabsSettings,
    ImageVideo,
    Request,
)
from heygen_async.models.v2 import AudioVoice, GenerateVideo, ImageBackground, VideoBackground
from heygen_async.models.videos import SpokenVideo
from heygen_async.wire import checks_avatars, checks_dubs, checks_voices
from heygen_async.wire.exclusions import exactly_one

_V3_STABILITY: Final = (None, 0, 0.5, 1)


def check(request: Request) -> None:
    """Refuses a request whose fields contradict each other.

    Raises:
        InvalidRequestError: They do.
    """
    checker = _CHECKS.get(type(request))
    if checker is not None:
        checker(request)


def _spoken(video: SpokenVideo) -> None:
    exactly_one(
        "",
        script=video.script,
        audio_url=video.audio_url,
        audio_asset_id=video.audio_asset_id,
    )
    if video.script is not None and not video.script.strip():
        raise InvalidRequestError("script", video.script, "must hold something to say")
    if video.voice_settings is not None:
        if video.script is None:
            raise InvalidRequestError("voice_settings", "with audio", "goes with a script only")
        _voice_engine(video.voice_settings.engine_settings)
    if video.callback_id is not None and video.callback_url is None:
        raise InvalidRequestError("callback_id", video.callback_id, "needs callback_url")
    if video.background is not None:
        if video.output_format == "webm":
            raise InvalidRequestError("background", "with webm", "webm is transparent, takes none")
        _background(video.background)


def _voice_engine(settings: object) -> None:
    match settings:
        case ElevenLabsSettings(model="eleven_v3") if settings.stability not in _V3_STABILITY:
            raise InvalidRequestError(
                "voice_settings.engine_settings.stability",
                settings.stability,
                "with eleven_v3 must be 0, 0.5 or 1",
            )
        case _:
            pass


def _background(background: Background) -> None:
    if background.type == "color":
        if background.value is None:
            raise InvalidRequestError("background.value", None, "a hex colour is needed")
        return
    exactly_one("background.", url=background.url, asset_id=background.asset_id)


def _avatar_video(video: AvatarVideo) -> None:
    _spoken(video)
    if isinstance(video.engine, AvatarV | AvatarIII) and video.expressiveness is not None:
        raise InvalidRequestError("expressiveness", video.expressiveness, "needs Avatar IV")
    if isinstance(video.engine, AvatarIII) and video.motion_prompt is not None:
        raise InvalidRequestError("motion_prompt", video.motion_prompt, "not with Avatar III")


def _image_video(video: ImageVideo) -> None:
    _spoken(video)
    if video.script is not None and video.voice_id is None:
        raise InvalidRequestError("voice_id", None, "is needed: an image has no default voice")


def _generate_video(video: GenerateVideo) -> None:
    if video.callback_id is not None and video.callback_url is None:
        raise InvalidRequestError("callback_id", video.callback_id, "needs callback_url")
    for index, scene in enumerate(video.video_inputs):
        where = f"video_inputs[{index}]"
        match scene.voice:
            case AudioVoice(audio_url=url, audio_asset_id=asset):
                exactly_one(f"{where}.voice.", audio_url=url, audio_asset_id=asset)
            case _:
                pass
        match scene.background:
            case ImageBackground(url=url, image_asset_id=asset):
                exactly_one(f"{where}.background.", url=url, image_asset_id=asset)
            case VideoBackground(url=url, video_asset_id=asset):
                exactly_one(f"{where}.background.", url=url, video_asset_id=asset)
            case _:
                pass


_CHECKS: Final[dict[type[Request], Callable[[Any], None]]] = {
    AvatarVideo: _avatar_video,
    ImageVideo: _image_video,
    GenerateVideo: _generate_video,
    **checks_avatars.CHECKS,
    **checks_dubs.CHECKS,
    **checks_voices.CHECKS,
}
