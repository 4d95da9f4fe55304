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
from heygen_async.sandbox.v3 import assets, avatars, users, videos, voices

ROUTES: Final[tuple[Route, ...]] = (
    *assets.ROUTES,
    *avatars.ROUTES,
    *videos.ROUTES,
    *voices.ROUTES,
    *users.ROUTES,
    *legacy_assets.ROUTES,
    *photos.ROUTES,
    *groups.ROUTES,
    *legacy_videos.ROUTES,
    *legacy_users.ROUTES,
    *storage.ROUTES,
)
"""Every endpoint but those of the control plane."""
