"""``inference.apps``: what can be run, and what it takes."""

import asyncio
from typing import Any

from heygen_async.inference_sh import routes
from heygen_async.inference_sh.apps.known import known_schema
from heygen_async.inference_sh.models import App
from heygen_async.inference_sh.references import read_reference
from heygen_async.inference_sh.resource import Resource
from heygen_async.inference_sh.schemas import Schema
from heygen_async.transport.sender import Sender


class Apps(Resource):
    """Reads apps."""

    def __init__(self, sender: Sender) -> None:
        super().__init__(sender)
        self._schemas: dict[tuple[str, str | None], dict[str, Any]] = {}
        self._turn = asyncio.Lock()

    async def get(self, app: str) -> App:
        """Reads an app, with the schemas of what it can do.

        Args:
            app: Its name, such as ``heygen/voice-clone``.

        Raises:
            InvalidRequestError: That is no name of an app.
            NotFoundError: There is no such app.
            HeyGenError: As every call.
        """
        names = read_reference(app)
        return await self._send(
            routes.APPS_GET, App, ids={"namespace": names.namespace, "name": names.name}
        )

    async def input_schema(self, app: str, function: str | None = None) -> Schema:
        """What an app takes; read once, and not at all for the apps that are known.

        Args:
            app: Its name, without a version.
            function: What of it is run; its own choice when left out.

        Raises:
            HeyGenError: As every call.
        """
        known = known_schema(app, function)
        if known is not None:
            return Schema(known)
        async with self._turn:  # whoever comes second finds it read
            if (app, function) not in self._schemas:
                told = (await self.get(app)).function(function)
                if told is None:
                    return Schema({})  # it may be told the next time
                self._schemas[app, function] = told.input_schema
        return Schema(self._schemas[app, function])
