"""Avatars of v1 and v2.

Nothing of v1 and v2 is protected by a key.
"""

from typing import Final

from heygen_async.wire.calls import Route
from heygen_async.wire.kinds import Kind

_LOOK: Final = "heygen.avatars.get_look"
_LOOKS: Final = "heygen.avatars.list_looks"
_TWIN: Final = "/v2/video_avatar/{avatar_id}"

# https://docs.heygen.com/reference/list-avatars-v2 and the pages beside it
V2_AVATARS_LIST_V1: Final = Route(
    "v2.avatars.list_v1", "GET", "/v1/avatar.list", Kind.READ, successor=_LOOKS
)
V2_AVATARS_LIST: Final = Route("v2.avatars.list", "GET", "/v2/avatars", Kind.READ, successor=_LOOKS)
V2_AVATARS_GET: Final = Route(
    "v2.avatars.get", "GET", "/v2/avatar/{avatar_id}/details", Kind.READ, successor=_LOOK
)
V2_AVATARS_LIST_GROUPS: Final = Route(
    "v2.avatars.list_groups",
    "GET",
    "/v2/avatar_group.list",
    Kind.READ,
    successor="heygen.avatars.list_groups",
)
V2_AVATARS_LIST_LOOKS: Final = Route(
    "v2.avatars.list_looks",
    "GET",
    "/v2/avatar_group/{group_id}/avatars",
    Kind.READ,
    successor=_LOOKS,
)

# https://docs.heygen.com/docs/video-avatars-api
V2_AVATARS_CREATE_TWIN: Final = Route(
    "v2.avatars.create_digital_twin",
    "POST",
    "/v2/video_avatar",
    Kind.ONCE,
    successor="heygen.avatars.create",
)
V2_AVATARS_GET_TWIN: Final = Route(
    "v2.avatars.get_digital_twin", "GET", _TWIN, Kind.READ, successor=_LOOK
)
V2_AVATARS_DELETE_TWIN: Final = Route(
    "v2.avatars.delete_digital_twin",
    "DELETE",
    _TWIN,
    Kind.IDEMPOTENT,
    successor="heygen.avatars.delete_look",
)
