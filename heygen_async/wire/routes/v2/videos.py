"""Videos of v1 and v2.

Nothing of v1 and v2 is protected by a key.
"""

from typing import Final

from heygen_async.wire.calls import Route
from heygen_async.wire.kinds import Kind

_CREATE: Final = "heygen.videos.create"
_GET: Final = "heygen.videos.get"
_LIST: Final = "heygen.videos.list"
_DELETE: Final = "heygen.videos.delete"


def _route(
    name: str, method: str, path: str, kind: Kind, successor: str, *, capped: bool = False
) -> Route:
    full = f"v2.videos.{name}"
    return Route(full, method, path, kind, successor=successor, capped=capped)


# https://docs.heygen.com/reference/create-an-avatar-video-v2 and the pages beside it
V2_VIDEOS_GENERATE: Final = _route(
    "generate", "POST", "/v2/video/generate", Kind.ONCE, _CREATE, capped=True
)
V2_VIDEOS_GENERATE_AV4: Final = _route(
    "generate_av4", "POST", "/v2/video/av4/generate", Kind.ONCE, _CREATE, capped=True
)
V2_VIDEOS_GENERATE_WEBM: Final = _route(
    "generate_webm", "POST", "/v1/video.webm", Kind.ONCE, _CREATE, capped=True
)
V2_VIDEOS_CREATE: Final = _route("create", "POST", "/v2/videos", Kind.ONCE, _CREATE, capped=True)
V2_VIDEOS_GET_STATUS: Final = _route("get_status", "GET", "/v1/video_status.get", Kind.READ, _GET)
V2_VIDEOS_GET: Final = _route("get", "GET", "/v2/videos/{video_id}", Kind.READ, _GET)
V2_VIDEOS_LIST: Final = _route("list", "GET", "/v2/videos", Kind.READ, _LIST)
V2_VIDEOS_LIST_V1: Final = _route("list_v1", "GET", "/v1/video.list", Kind.READ, _LIST)
V2_VIDEOS_DELETE: Final = _route(
    "delete", "DELETE", "/v2/videos/{video_id}", Kind.IDEMPOTENT, _DELETE
)
V2_VIDEOS_DELETE_V1: Final = _route(
    "delete_v1", "DELETE", "/v1/video.delete", Kind.IDEMPOTENT, _DELETE
)
V2_VIDEOS_SHARE: Final = _route("share", "POST", "/v1/video/share", Kind.ONCE, "")
