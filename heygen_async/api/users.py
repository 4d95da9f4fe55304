"""The account: https://developers.heygen.com/reference/get-current-user."""

from heygen_async.api.resource import Resource
from heygen_async.models import User
from heygen_async.wire.routes import users as routes


class Users(Resource):
    """``heygen.users``: who the key belongs to, and what is left."""

    async def get_current(self) -> User:
        """Reads the account and its balance.

        Returns:
            The account; exactly one of ``wallet``, ``subscription`` and ``usage_based`` is filled.

        Raises:
            UnauthorizedError: The key does not work.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/get-current-user
        """
        return await self._read(routes.USERS_GET_CURRENT, User)
