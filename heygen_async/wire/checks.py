"""What HeyGen says in prose only: fields that exclude or need each other.

https://developers.heygen.com/reference/create-video
"""

from collections.abc import Callable
from typing import Any, Final

from heygen_async.errors import InvalidRequestError
from heygen_async.models import Request
from heygen_async.models.v2 import AudioVoice, GenerateVideo, ImageBackground, VideoBackground
from heygen_async.wire import (
    checks_avatars,
    checks_brands,
    checks_dubs,
    checks_edits,
    checks_preview,
    checks_v2_brand_voices,
    checks_videos,
    checks_voices,
    checks_webhooks,
)
from heygen_async.wire.exclusions import exactly_one


def check(request: Request) -> None:
    """Refuses a request whose fields contradict each other.

    Raises:
        InvalidRequestError: They do.
    """
    checker = _CHECKS.get(type(request))
    if checker is not None:
        checker(request)


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
    GenerateVideo: _generate_video,
    **checks_videos.CHECKS,
    **checks_avatars.CHECKS,
    **checks_dubs.CHECKS,
    **checks_voices.CHECKS,
    **checks_edits.CHECKS,
    **checks_preview.CHECKS,
    **checks_webhooks.CHECKS,
    **checks_brands.CHECKS,
    **checks_v2_brand_voices.CHECKS,
}
