"""Videos of v1 and v2: what HeyGen says in prose only.

https://docs.heygen.com/reference/create-an-avatar-video-v2
"""

from collections.abc import Callable
from typing import Any, Final

from heygen_async.errors import InvalidRequestError
from heygen_async.models import Request
from heygen_async.models.v2 import (
    AgentConfig,
    AudioVoice,
    CreateAvatarVideo,
    GenerateAvatarIV,
    GenerateFromPrompt,
    GenerateVideo,
    GenerateWebm,
    ImageBackground,
    Scene,
    VideoBackground,
)
from heygen_async.wire.checks_videos import needs_voice, spoken
from heygen_async.wire.exclusions import callback, exactly_one

_BY_CONFIG: Final = AgentConfig.__struct_fields__


def _generate_video(video: GenerateVideo) -> None:
    size, ratio = video.dimension, video.aspect_ratio
    if size is not None and ratio is not None:
        across, down = map(int, ratio.split(":"))
        # An even number of pixels seldom makes a ratio to the last one: 854 by 480 is 16:9.
        if abs(across * size.height - down * size.width) > 2 * max(across, down):
            words = f"must be that of dimension, which is {size.width} by {size.height}"
            raise InvalidRequestError("aspect_ratio", ratio, words)
    callback("", callback_id=video.callback_id, callback_url=video.callback_url)
    for index, scene in enumerate(video.video_inputs):
        _scene(scene, f"video_inputs[{index}].")


def _scene(scene: Scene, where: str) -> None:
    match scene.voice:
        case AudioVoice(audio_url=url, audio_asset_id=asset):
            exactly_one(f"{where}voice.", audio_url=url, audio_asset_id=asset)
        case _:
            pass
    match scene.background:
        case ImageBackground(url=url, image_asset_id=asset):
            exactly_one(f"{where}background.", url=url, image_asset_id=asset)
        case VideoBackground(url=url, video_asset_id=asset):
            exactly_one(f"{where}background.", url=url, video_asset_id=asset)
        case _:
            pass


def _avatar_iv(video: GenerateAvatarIV) -> None:
    # A recording may come beside a script: only the two recordings exclude each other.
    if video.audio_url is not None or video.audio_asset_id is not None:
        exactly_one("", audio_url=video.audio_url, audio_asset_id=video.audio_asset_id)
    elif video.script is None:
        raise InvalidRequestError("script", None, "is needed, or a recording")
    if video.script is not None and video.voice_id is None:
        raise InvalidRequestError("voice_id", None, "is needed with a script")


def _webm(video: GenerateWebm) -> None:
    exactly_one("", input_text=video.input_text, input_audio=video.input_audio)
    if (video.input_text is None) != (video.voice_id is None):
        raise InvalidRequestError("voice_id", video.voice_id, "goes with input_text, and only so")


def _create(video: CreateAvatarVideo) -> None:
    exactly_one(
        "",
        avatar_id=video.avatar_id,
        image_url=video.image_url,
        image_asset_id=video.image_asset_id,
    )
    spoken(video)
    if video.avatar_id is None:
        needs_voice(video, "", "is needed: an image has no default voice")


def _prompt(prompt: GenerateFromPrompt) -> None:
    callback("", callback_id=prompt.callback_id, callback_url=prompt.callback_url)
    for name in _BY_CONFIG if prompt.config is not None else ():
        value, older = getattr(prompt, name), getattr(prompt.config, name)
        if value is not None and older is not None and value != older:
            raise InvalidRequestError(f"config.{name}", older, f"must not contradict {name}")


CHECKS: Final[dict[type[Request], Callable[[Any], None]]] = {
    GenerateVideo: _generate_video,
    GenerateAvatarIV: _avatar_iv,
    GenerateWebm: _webm,
    CreateAvatarVideo: _create,
    GenerateFromPrompt: _prompt,
}
