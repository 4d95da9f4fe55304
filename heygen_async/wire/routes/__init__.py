"""The endpoints, one line each, with the vendor's page above every family.

The kind is read from the vendor's pages, never guessed from the verb.
"""

from typing import Final

from heygen_async.wire.calls import Route
from heygen_async.wire.routes import (
    assets,
    audio,
    avatars,
    background_removals,
    brands,
    clippings,
    filler_word_removals,
    hyperframes,
    lipsyncs,
    preview,
    templates,
    translations,
    users,
    v2,
    video_agents,
    videos,
    voices,
    webhooks,
)

_MODULES: Final = (
    assets,
    audio,
    avatars,
    background_removals,
    brands,
    clippings,
    filler_word_removals,
    hyperframes,
    lipsyncs,
    preview,
    templates,
    translations,
    users,
    *v2.MODULES,
    video_agents,
    videos,
    voices,
    webhooks,
)

ALL: Final[dict[str, Route]] = {
    name: value
    for module in _MODULES
    for name, value in vars(module).items()
    if isinstance(value, Route)
}
"""Every endpoint that the library knows, by its constant."""
