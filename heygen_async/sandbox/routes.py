"""The table of endpoints."""

from typing import Final

from heygen_async.sandbox import pieces, shelf, storage
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
    audio,
    avatar_library,
    avatars,
    background_removals,
    brands,
    clippings,
    consent,
    dub_files,
    filler_word_removals,
    hyperframes,
    lipsyncs,
    model_speech,
    model_voices,
    proofreads,
    realtime,
    speech,
    translations,
    users,
    video_agents,
    videos,
    voices,
    webhooks,
)

ROUTES: Final[tuple[Route, ...]] = (
    *assets.ROUTES,
    *avatar_library.ROUTES,
    *avatars.ROUTES,
    *consent.ROUTES,
    *proofreads.ROUTES,
    *translations.ROUTES,
    *lipsyncs.ROUTES,
    *dub_files.ROUTES,
    *videos.ROUTES,
    *speech.ROUTES,
    *voices.ROUTES,
    *model_voices.ROUTES,
    *model_speech.ROUTES,
    *realtime.ROUTES,
    *webhooks.ROUTES,
    *audio.ROUTES,
    *brands.ROUTES,
    *users.ROUTES,
    *video_agents.ROUTES,
    *clippings.ROUTES,
    *background_removals.ROUTES,
    *filler_word_removals.ROUTES,
    *hyperframes.ROUTES,
    *legacy_assets.ROUTES,
    *photos.ROUTES,
    *groups.ROUTES,
    *legacy_videos.ROUTES,
    *legacy_users.ROUTES,
    *storage.ROUTES,
    *shelf.ROUTES,
    *pieces.ROUTES,
)
"""Every endpoint but those of the control plane."""
