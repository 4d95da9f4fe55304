"""Webhooks in ASGI applications: FastAPI, Starlette, Litestar and every other.

``app.add_route("/heygen", webhook_app(inbox))`` in FastAPI and Starlette, and ``/heygen`` is the
address to register. ``app.mount("/heygen", ...)`` answers ``/heygen/`` only, and ``/heygen`` with
a redirect, which HeyGen takes for a failure: then register the address with its slash.
"""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final, TypeAlias

from heygen_async.jobs.inbox import Inbox

Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]

LARGEST: Final = 1024 * 1024
"""Bytes; HeyGen's deliveries are a few thousand."""


class WebhookApp:
    """An ASGI application that takes HeyGen's deliveries, whatever its path.

    It is a route's endpoint, a mounted application, or an application by itself.

    Args:
        inbox: Takes them over.
        largest: Bytes of a body; a larger one is answered 413.
    """

    def __init__(self, inbox: Inbox, *, largest: int = LARGEST) -> None:
        self._inbox = inbox
        self._largest = largest

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answers one request; as an application by itself, it also starts and stops."""
        match scope["type"]:
            case "http":
                status = await self._status(scope, receive)
                if status is not None:
                    await _answer(send, status)
            case "lifespan":
                await _live(receive, send)
            case "websocket":
                await receive()
                await send({"type": "websocket.close", "code": 1008})
            case other:
                raise ValueError(f"webhooks come over HTTP, not over {other}")

    async def _status(self, scope: Message, receive: Receive) -> int | None:
        """What to answer; None if nobody is there any more."""
        if scope["method"] != "POST":
            # HeyGen asks with OPTIONS when an endpoint is registered, and wants a quick answer.
            return 200 if scope["method"] in {"OPTIONS", "HEAD"} else 405
        body = bytearray()
        more = True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return None  # cut: HeyGen sends the whole of it again
            body += message.get("body", b"")
            if len(body) > self._largest:
                return 413
            more = message.get("more_body", False)
        headers = {
            name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]
        }
        return self._inbox.accept(bytes(body), headers)


def webhook_app(inbox: Inbox, *, largest: int = LARGEST) -> WebhookApp:
    """What takes HeyGen's deliveries in an ASGI application.

    Args:
        inbox: Takes them over.
        largest: Bytes of a body; a larger one is answered 413.
    """
    return WebhookApp(inbox, largest=largest)


async def _live(receive: Receive, send: Send) -> None:
    """Nothing is to be done at the start or at the end."""
    phase = ""
    while phase != "lifespan.shutdown":
        phase = (await receive())["type"]
        await send({"type": f"{phase}.complete"})


async def _answer(send: Send, status: int) -> None:
    headers = [(b"content-length", b"0"), (b"allow", b"POST, OPTIONS")]
    await send({"type": "http.response.start", "status": int(status), "headers": headers})
    await send({"type": "http.response.body", "body": b""})
