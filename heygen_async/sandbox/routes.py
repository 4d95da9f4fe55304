"""The table of endpoints."""

from typing import Final

from heygen_async.sandbox import storage
from heygen_async.sandbox.context import Route
from heygen_async.sandbox.legacy import (
    assets as legacy_assets,
    groups,
    photos,
    users as legacy_users,
    videos as legacy_videos,
)
from heygen_async.sandbox.v3 import (
    assets,
    avatar_library,
    avatars,
    consent,
    speech,
    users,
    videos,
    voices,
    webhooks,
)

ROUTES: Final[tuple[Route, ...]] = (
    *assets.ROUTES,
    *avatar_library.ROUTES,
    *avatars.ROUTES,
    *consent.ROUTES,
    *videos.ROUTES,
    *speech.ROUTES,
    *voices.ROUTES,
    *webhooks.ROUTES,
    *users.ROUTES,
    *legacy_assets.ROUTES,
    *photos.ROUTES,
    *groups.ROUTES,
    *legacy_videos.ROUTES,
    *legacy_users.ROUTES,
    *storage.ROUTES,
)
"""Every endpoint but those of the control plane."""
