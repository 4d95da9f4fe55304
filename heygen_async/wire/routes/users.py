"""The account."""

from typing import Final

from heygen_async.wire.calls import Route
from heygen_async.wire.kinds import Kind

# https://developers.heygen.com/reference/get-current-user
USERS_GET_CURRENT: Final = Route("users.get_current", "GET", "/v3/users/me", Kind.READ)
