"""Answers onto the wire: bytes, files in parts, and answers that are cut on purpose."""

import asyncio
import hashlib
from contextlib import aclosing
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final

from aiohttp import hdrs, web

from heygen_async.sandbox.context import FileReply, StreamReply
from heygen_async.sandbox.ranges import Part, part_of

PIECE: Final = 1 << 18
_ARRIVAL_SECONDS: Final = 0.01


@dataclass(slots=True)
class Outgoing:
    """An answer made of bytes.

    Attributes:
        status: HTTP status.
        body: All of it.
        content_type: Of the body.
        headers: Others.
    """

    status: int
    body: bytes
    content_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict[str, str])


def close(request: web.Request) -> web.Response:
    """Closes the connection under a request; what is returned is never sent."""
    if request.transport is not None:
        request.transport.close()
    return web.Response(status=500)


async def send(
    request: web.Request, outgoing: Outgoing, *, cut_at: int | None
) -> web.StreamResponse:
    """Sends bytes.

    Args:
        request: What is answered.
        outgoing: The answer.
        cut_at: After so many bytes of the body the connection is closed.
    """
    headers = dict(outgoing.headers)
    if outgoing.content_type:
        headers[hdrs.CONTENT_TYPE] = outgoing.content_type
    if cut_at is None:
        return web.Response(status=outgoing.status, body=outgoing.body, headers=headers)
    response = web.StreamResponse(status=outgoing.status, headers=headers)
    response.content_length = len(outgoing.body)
    await response.prepare(request)
    await response.write(outgoing.body[:cut_at])
    return await _cut(request, response)


async def send_file(
    request: web.Request, reply: FileReply, headers: dict[str, str], *, cut_at: int | None
) -> web.StreamResponse:
    """Sends a file, or the part that was asked for.

    Raises:
        Refusal: 416, for a range behind its end.
    """
    size, etag = await asyncio.to_thread(_identity, reply.path)
    asked = request.headers
    part = part_of(size, etag, asked.get(hdrs.RANGE), asked.get(hdrs.IF_RANGE))
    response = web.StreamResponse(status=206 if part.partial else 200, headers=headers)
    response.headers[hdrs.CONTENT_TYPE] = reply.content_type
    response.headers[hdrs.ACCEPT_RANGES] = "bytes"
    response.headers[hdrs.ETAG] = etag
    if part.partial:
        last = part.start + part.length - 1
        response.headers[hdrs.CONTENT_RANGE] = f"bytes {part.start}-{last}/{size}"
    response.content_length = part.length
    await response.prepare(request)
    if request.method == "HEAD":
        await response.write_eof()
        return response
    await _write(response, reply.path, part, cut_at)
    if cut_at is not None:
        return await _cut(request, response)
    await response.write_eof()
    return response


async def send_stream(
    request: web.Request,
    reply: StreamReply,
    headers: dict[str, str],
    *,
    cut_at: int | None,
    stopping: asyncio.Event,
) -> web.StreamResponse:
    """Sends an answer while it comes about, until it ends, its caller goes, or we do.

    Raises:
        ConnectionError: The caller has gone.
    """
    response = web.StreamResponse(headers=headers)
    response.headers[hdrs.CONTENT_TYPE] = reply.content_type
    response.headers[hdrs.CACHE_CONTROL] = "no-store"
    sent = 0
    async with aclosing(reply.chunks) as chunks:
        await response.prepare(request)
        async for chunk in chunks:
            if request.transport is None or request.transport.is_closing():
                raise ConnectionResetError
            if stopping.is_set():
                return await _cut(request, response)
            if cut_at is not None and sent + len(chunk) >= cut_at:
                await response.write(chunk[: cut_at - sent])
                return await _cut(request, response)
            if chunk:
                await response.write(chunk)
                sent += len(chunk)
    await response.write_eof()
    return response


async def _cut(request: web.Request, response: web.StreamResponse) -> web.StreamResponse:
    """Closes in the middle of an answer, once what was sent has had time to arrive."""
    await asyncio.sleep(_ARRIVAL_SECONDS)
    close(request)
    return response


async def _write(response: web.StreamResponse, path: Path, part: Part, cut_at: int | None) -> None:
    left = part.length if cut_at is None else min(part.length, cut_at)
    file = await asyncio.to_thread(_open, path, part.start)
    try:
        while left and (piece := await asyncio.to_thread(file.read, min(PIECE, left))):
            left -= len(piece)
            await response.write(piece)
    finally:
        file.close()


def _open(path: Path, start: int) -> BinaryIO:
    file = path.open("rb")
    file.seek(start)
    return file


def _identity(path: Path) -> tuple[int, str]:
    """Size and ETag of a file."""
    stat = path.stat()
    mark = f"{path.name}\0{stat.st_size}\0{stat.st_mtime_ns}".encode()
    return stat.st_size, f'"{hashlib.sha256(mark).hexdigest()[:32]}"'
