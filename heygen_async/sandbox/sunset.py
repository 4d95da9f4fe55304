"""How v1 and v2 go: marked at first, and answered by nobody after.

https://developers.heygen.com/docs/endpoint-version-comparison
"""

from typing import Final, NamedTuple

HEADERS: Final = {"Deprecation": "true", "Sunset": "Sat, 31 Oct 2026 00:00:00 GMT"}
"""What every answer of v1 and v2 carries."""

# By the longest beginning of the path that fits; None where v3 has nothing.
_COUNTERPARTS: Final = {
    "/v1/asset": "/v3/assets",
    "/v1/audio/text_to_speech": "/v3/voices/speech",
    "/v1/audio/voices": "/v3/voices",
    "/v1/avatar.list": "/v3/avatars/looks",
    "/v1/brand_voice": "/v3/brand-glossaries",
    "/v1/talking_photo": "/v3/avatars",
    "/v1/user/me": "/v3/users/me",
    "/v1/video": "/v3/videos",
    "/v1/video/share": None,
    "/v1/video_agent": "/v3/video-agents",
    "/v1/voice.list": "/v3/voices",
    "/v1/webhook/": "/v3/webhooks/endpoints",
    "/v1/webhook/webhook.list": "/v3/webhooks/event-types",
    "/v2/avatar": "/v3/avatars/looks",
    "/v2/avatar_group": "/v3/avatars",
    "/v2/photo_avatar": "/v3/avatars",
    "/v2/photo_avatar/add_": None,
    "/v2/photo_avatar/train": None,
    "/v2/photo_avatar/upscale": None,
    "/v2/photo_avatar_group": "/v3/avatars",
    "/v2/talking_photo": "/v3/avatars",
    "/v2/template": "/v3/templates",
    "/v2/user/remaining_quota": "/v3/users/me",
    "/v2/video": "/v3/videos",
    "/v2/video_avatar": "/v3/avatars",
    "/v2/video_translate": "/v3/video-translations",
    "/v2/voices": "/v3/voices",
    "/v2/voices/locales": None,
}


def warning(method: str, path: str) -> dict[str, str]:
    """The object beside the data, which names the counterpart in v3."""
    fits = [known for known in _COUNTERPARTS if path.startswith(known)]
    found = _COUNTERPARTS[max(fits, key=len)] if fits else None
    instead = f"use {found} instead" if found else "v3 has no counterpart"
    words = f"{method} {path} is deprecated and will be removed on 2026-10-31: {instead}."
    return {"code": "deprecated_endpoint", "message": words}


class Gone(NamedTuple):
    """What is answered in the place of a removed endpoint."""

    status: int
    body: bytes
    content_type: str


def gone(method: str, path: str) -> Gone:
    """Nothing is found, or the method is not allowed; streaming says that it is no more."""
    if path.startswith("/v1/streaming"):
        body = b'{"code": "endpoint_sunset", "message": "This endpoint has been sunset."}'
        return Gone(410, body, "application/json")
    if method == "GET":
        return Gone(404, b"404 page not found", "text/plain")
    return Gone(405, b"405 method not allowed", "text/plain")
