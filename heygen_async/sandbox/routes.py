"""The table of endpoints."""

from typing import Final

from heygen_async.sandbox import storage
from heygen_async.sandbox.context import Route
from heygen_async.sandbox.v3 import assets, avatars, users, videos, voices

ROUTES: Final[tuple[Route, ...]] = (
    *assets.ROUTES,
    *avatars.ROUTES,
    *videos.ROUTES,
    *voices.ROUTES,
    *users.ROUTES,
    *storage.ROUTES,
)
"""Every endpoint but those of the control plane."""
