"""The endpoints of v1 and v2, a file per noun."""

from typing import Final

from heygen_async.wire.routes.v2 import (
    assets,
    audio,
    avatars,
    brand_voices,
    folders,
    personalized_videos,
    photo_avatars,
    streaming,
    talking_photos,
    templates,
    translations,
    users,
    video_agent,
    videos,
    voices,
    webhooks,
    workflows,
)

MODULES: Final = (
    assets,
    audio,
    avatars,
    brand_voices,
    folders,
    personalized_videos,
    photo_avatars,
    streaming,
    talking_photos,
    templates,
    translations,
    users,
    video_agent,
    videos,
    voices,
    webhooks,
    workflows,
)
