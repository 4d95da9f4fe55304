"""The endpoints of v1 and v2, a file per noun."""

from typing import Final

from heygen_async.wire.routes.v2 import (
    assets,
    audio,
    brand_voices,
    photo_avatars,
    users,
    videos,
    voices,
)

MODULES: Final = (assets, audio, brand_voices, photo_avatars, users, videos, voices)
