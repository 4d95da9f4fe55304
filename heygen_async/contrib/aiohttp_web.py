"""Webhooks in aiohttp.web: ``app.add_routes(webhook_routes(inbox, "/heygen"))``."""

from aiohttp import web

from heygen_async.jobs.inbox import Inbox


def webhook_routes(inbox: Inbox, path: str) -> list[web.RouteDef]:
    """The routes that take HeyGen's deliveries.

    Args:
        inbox: Takes them over.
        path: Of the address that is registered at HeyGen.
    """

    async def take(request: web.Request) -> web.Response:
        return web.Response(status=inbox.accept(await request.read(), request.headers))

    async def probe(_: web.Request) -> web.Response:
        # HeyGen asks when an endpoint is registered, and wants a quick answer.
        return web.Response(headers={"Allow": "POST, OPTIONS"})

    return [web.post(path, take), web.options(path, probe)]
