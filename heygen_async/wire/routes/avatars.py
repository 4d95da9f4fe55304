"""Avatars."""

from typing import Final

from heygen_async.wire.calls import Route
from heygen_async.wire.kinds import Kind

# https://developers.heygen.com/reference/create-avatar
AVATARS_CREATE: Final = Route("avatars.create", "POST", "/v3/avatars", Kind.KEYED)
AVATARS_GET_LOOK: Final = Route("avatars.get_look", "GET", "/v3/avatars/looks/{look_id}", Kind.READ)
AVATARS_GET_GROUP: Final = Route("avatars.get_group", "GET", "/v3/avatars/{group_id}", Kind.READ)
