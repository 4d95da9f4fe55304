"""The account in v1 and v2.

Nothing of v1 and v2 is protected by a key.
"""

from typing import Final

from heygen_async.wire.calls import Route
from heygen_async.wire.kinds import Kind

# https://docs.heygen.com/reference/get-remaining-quota-v2
V2_USERS_QUOTA: Final = Route(
    "v2.users.remaining_quota",
    "GET",
    "/v2/user/remaining_quota",
    Kind.READ,
    successor="heygen.users.get_current",
)

# https://docs.heygen.com/reference/get-user-me
V2_USERS_GET_CURRENT: Final = Route(
    "v2.users.get_current",
    "GET",
    "/v1/user/me",
    Kind.READ,
    successor="heygen.users.get_current",
)
