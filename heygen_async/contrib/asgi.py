"""Webhooks in ASGI applications: FastAPI, Starlette, Litestar and every other.

``app.mount("/heygen", webhook_app(inbox))``
"""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final, TypeAlias

from heygen_async.jobs.inbox import Inbox

Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
App: TypeAlias = Callable[[Message, Receive, Send], Awaitable[None]]

LARGEST: Final = 1024 * 1024
"""Bytes; HeyGen's deliveries are a few thousand."""


def webhook_app(inbox: Inbox, *, largest: int = LARGEST) -> App:
    """An ASGI application that takes HeyGen's deliveries, whatever its path.

    Args:
        inbox: Takes them over.
        largest: Bytes of a body; a larger one is answered 413.
    """

    async def app(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        if scope["method"] != "POST":
            # HeyGen asks with OPTIONS when an endpoint is registered, and wants a quick answer.
            await _answer(send, 200 if scope["method"] in {"OPTIONS", "HEAD"} else 405)
            return
        body = await _body(receive, largest)
        if body is None:
            await _answer(send, 413)
            return
        headers = {
            name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]
        }
        await _answer(send, inbox.accept(body, headers))

    return app


async def _body(receive: Receive, largest: int) -> bytes | None:
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > largest:
            return None
        if message["type"] == "http.disconnect" or not message.get("more_body", False):
            return bytes(body)


async def _answer(send: Send, status: int) -> None:
    headers = [(b"content-length", b"0"), (b"allow", b"POST, OPTIONS")]
    await send({"type": "http.response.start", "status": int(status), "headers": headers})
    await send({"type": "http.response.body", "body": b""})
