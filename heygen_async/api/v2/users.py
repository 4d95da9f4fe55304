"""The account in v1 and v2: https://docs.heygen.com/reference/get-remaining-quota-v2."""

from heygen_async.api.resource import Resource
from heygen_async.models import User
from heygen_async.models.v2 import Quota
from heygen_async.wire.routes.v2 import users as routes


class LegacyUsers(Resource):
    """``heygen.v2.users``: who the key belongs to, and what is left."""

    async def remaining_quota(self) -> Quota:
        """Reads the quota, in sixtieths of a credit; ``Quota.credits`` is in credits.

        Raises:
            HeyGenError: As every call.

        Deprecated: use ``heygen.users.get_current``.

        https://docs.heygen.com/reference/get-remaining-quota-v2
        """
        return await self._read(routes.V2_USERS_QUOTA, Quota)

    async def get_current(self) -> User:
        """Reads the account and its balance.

        Raises:
            UnauthorizedError: The key does not work.
            HeyGenError: As every call.

        Deprecated: use ``heygen.users.get_current``.

        https://docs.heygen.com/reference/get-user-me
        """
        return await self._read(routes.V2_USERS_GET_CURRENT, User)
