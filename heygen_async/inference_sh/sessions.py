"""``inference.sessions``: workers that are kept between runs. HeyGen's apps need none."""

import builtins

from heygen_async.inference_sh import routes
from heygen_async.inference_sh.models import Session
from heygen_async.inference_sh.resource import Resource


class Sessions(Resource):
    """Begun by ``run(..., session="new")``, continued by ``run(..., session=task.session_id)``."""

    async def list(self) -> builtins.list[Session]:
        """The sessions of the account.

        Raises:
            HeyGenError: As every call.
        """
        return await self._send(routes.SESSIONS_LIST, builtins.list[Session])

    async def get(self, session_id: str) -> Session:
        """Reads a session.

        Args:
            session_id: The session.

        Raises:
            NotFoundError: There is none, or it has ended.
            HeyGenError: As every call.
        """
        return await self._send(routes.SESSIONS_GET, Session, ids={"id": session_id})

    async def keepalive(self, session_id: str) -> Session:
        """Keeps a session for another while, as a run would.

        Args:
            session_id: The session.

        Raises:
            NotFoundError: There is none, or it has ended.
            HeyGenError: As every call.
        """
        return await self._send(routes.SESSIONS_KEEPALIVE, Session, ids={"id": session_id})

    async def end(self, session_id: str) -> None:
        """Lets the worker go.

        Args:
            session_id: The session.

        Raises:
            NotFoundError: There is none, or it has ended.
            HeyGenError: As every call.
        """
        await self._remove(
            routes.SESSIONS_END, object, done=None, ids={"id": session_id}, query=None
        )
