"""What HeyGen says in prose only: fields that exclude or need each other.

https://developers.heygen.com/reference/create-video
"""

from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from typing import Any, Final

from heygen_async.models.base import Request


def check(request: Request) -> None:
    """Refuses a request whose fields contradict each other.

    Raises:
        InvalidRequestError: They do.
    """
    kind = type(request)
    checker = _checks(kind.__module__.removeprefix("heygen_async.models.")).get(kind)
    if checker is not None:
        checker(request)


@cache
def _checks(models: str) -> Mapping[type[Request], Callable[[Any], None]]:
    """The checks of one module's requests, imported with the first of them."""
    if models not in _HOMES:
        return {}
    home: Any = import_module(f"heygen_async.wire.{_HOMES[models]}")
    found: Mapping[type[Request], Callable[[Any], None]] = home.CHECKS
    return found


# By module of the models: all checks at once would bring all models there are.
_HOMES: Final = {
    "avatars": "checks_avatars",
    "background_removals": "checks_edits",
    "brand_glossaries": "checks_brands",
    "brand_kits": "checks_brands",
    "hyperframes": "checks_edits",
    "lipsyncs": "checks_dubs",
    "preview.realtime": "checks_preview",
    "preview.voices": "checks_preview",
    "studio": "checks_videos",
    "templates": "checks_videos",
    "translations": "checks_dubs",
    "v2.brand_voices": "checks_v2_brand_voices",
    "v2.photo_avatars": "checks_v2_photo_avatars",
    "v2.streaming": "checks_v2_streaming",
    "v2.templates": "checks_v2_templates",
    "v2.translations": "checks_v2_translations",
    "v2.video_agents": "checks_v2_videos",
    "v2.videos": "checks_v2_videos",
    "v2.webhooks": "checks_webhooks",
    "v2.workflows": "checks_v2_workflows",
    "videos": "checks_videos",
    "voices": "checks_voices",
    "webhooks": "checks_webhooks",
}
