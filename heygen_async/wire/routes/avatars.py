"""Avatars."""

from typing import Final

from heygen_async.wire.calls import Route
from heygen_async.wire.kinds import Kind

# https://developers.heygen.com/reference/create-avatar and the pages beside it
AVATARS_CREATE: Final = Route("avatars.create", "POST", "/v3/avatars", Kind.KEYED)
AVATARS_GET_LOOK: Final = Route("avatars.get_look", "GET", "/v3/avatars/looks/{look_id}", Kind.READ)
AVATARS_GET_GROUP: Final = Route("avatars.get_group", "GET", "/v3/avatars/{group_id}", Kind.READ)
AVATARS_LIST_GROUPS: Final = Route("avatars.list_groups", "GET", "/v3/avatars", Kind.READ)
AVATARS_UPDATE_GROUP: Final = Route(
    "avatars.update_group", "PATCH", "/v3/avatars/{group_id}", Kind.IDEMPOTENT
)
AVATARS_DELETE_GROUP: Final = Route(
    "avatars.delete_group", "DELETE", "/v3/avatars/{group_id}", Kind.IDEMPOTENT
)
AVATARS_CREATE_CONSENT: Final = Route(
    "avatars.create_consent", "POST", "/v3/avatars/{group_id}/consent", Kind.KEYED
)
AVATARS_LIST_LOOKS: Final = Route("avatars.list_looks", "GET", "/v3/avatars/looks", Kind.READ)
AVATARS_UPDATE_LOOK: Final = Route(
    "avatars.update_look", "PATCH", "/v3/avatars/looks/{look_id}", Kind.IDEMPOTENT
)
AVATARS_DELETE_LOOK: Final = Route(
    "avatars.delete_look", "DELETE", "/v3/avatars/looks/{look_id}", Kind.IDEMPOTENT
)
