"""A media host of a test's own, for what the sandbox's storage does not do."""

import asyncio
import gzip
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

DATA = os.urandom(1_500_000)
FILE, SLOW = "/file", "/file?pause=0.02"
SIGNED = "?X-Amz-Signature=presigned-canary"
TURNS = web.AppKey("turns", list[int])
_PIECE = 50_000
_ETAG = '"one"'


async def _file(request: web.Request) -> web.StreamResponse:
    """The data in pieces, each so much later, from where it is asked for."""
    start, pause = 0, float(request.query.get("pause", "0"))
    headers = {"ETag": _ETAG}
    if request.headers.get("If-Range") == _ETAG:
        start = int(request.headers["Range"].removeprefix("bytes=").rstrip("-"))
        headers["Content-Range"] = f"bytes {start}-{len(DATA) - 1}/{len(DATA)}"
    headers["Content-Length"] = str(len(DATA) - start)
    response = web.StreamResponse(status=206 if start else 200, headers=headers)
    await response.prepare(request)
    try:
        for at in range(start, len(DATA), _PIECE):
            await response.write(DATA[at : at + _PIECE])
            await asyncio.sleep(pause)
    except ConnectionError:
        pass  # whoever asked is gone
    return response


async def _loop(_: web.Request) -> web.Response:
    raise web.HTTPFound(f"/loop{SIGNED}")


async def _elsewhere(_: web.Request) -> web.Response:
    raise web.HTTPFound(f"ftp://files.example/a{SIGNED}")


async def _compressed(_: web.Request) -> web.Response:
    headers = {"Content-Encoding": "gzip", "ETag": _ETAG}
    return web.Response(body=gzip.compress(DATA), headers=headers)


async def _drops(request: web.Request) -> web.StreamResponse:
    """Breaks off each time, a little later than the last, and names no version to go on with."""
    turns = request.app[TURNS]
    turns.append(len(turns))
    response = web.StreamResponse(headers={"Content-Length": "100000"})
    await response.prepare(request)
    await response.write(bytes(50_000 + 10 * len(turns)))
    await asyncio.sleep(0.05)  # what is read after the break is lost
    if request.transport is not None:
        request.transport.close()
    return response


async def _silent(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Length": "100"})
    await response.prepare(request)
    await response.write(b"begun")
    await asyncio.sleep(30)
    return response


async def _worse(request: web.Request) -> web.Response:
    turns = request.app[TURNS]
    turns.append(len(turns))
    return web.Response(status=503 if len(turns) == 1 else 400)


@asynccontextmanager
async def media_host() -> AsyncIterator[tuple[str, list[str]]]:
    """Its address, and the ranges that it was asked for."""
    asked: list[str] = []

    @web.middleware
    async def note(request: web.Request, handler: web.RequestHandler) -> web.StreamResponse:  # type: ignore[type-arg]
        asked.append(f"{request.path} {request.headers.get('Range', '')}".strip())
        answer: web.StreamResponse = await handler(request)  # type: ignore[operator]
        return answer

    app = web.Application(middlewares=[note])  # type: ignore[list-item]
    for path, handler in (
        (FILE, _file),
        ("/loop", _loop),
        ("/ftp", _elsewhere),
        ("/gzip", _compressed),
        ("/drops", _drops),
        ("/silent", _silent),
        ("/worse", _worse),
    ):
        app.router.add_get(path, handler)
    app[TURNS] = []
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0][:2]
        yield f"http://{host}:{port}", asked
    finally:
        await runner.cleanup()


@asynccontextmanager
async def slow_storage(*, silent_at: int | None) -> AsyncIterator[tuple[str, list[bytearray]]]:
    """A storage with small buffers, and what came to it.

    Args:
        silent_at: Byte of the first body from which on it reads no more.
    """
    bodies: list[bytearray] = []
    ended = asyncio.Event()

    async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        size = int(head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0])
        silent = silent_at is not None and not bodies
        bodies.append(body := bytearray())
        try:
            while len(body) < size and (piece := await reader.read(_PIECE)):
                body += piece
                if silent and silent_at is not None and len(body) > silent_at:
                    await ended.wait()
                    return
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
            await writer.drain()
        finally:
            writer.close()

    listening = socket.create_server(("127.0.0.1", 0))
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _PIECE)
    server = await asyncio.start_server(take, sock=listening, limit=_PIECE)
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/put", bodies
    finally:
        ended.set()
        server.close()
        await asyncio.sleep(0)
