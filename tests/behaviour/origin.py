"""A media host that answers what a test has written down, byte by byte, and then hangs up."""

import asyncio
import socket
import struct
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import NamedTuple

ETAG = '"one"'


class Reply(NamedTuple):
    """What is said to one request.

    Attributes:
        status: Of the answer.
        headers: Of the answer; no length is added.
        body: What comes before the connection is closed.
        silent: Whether it is left open instead, without another byte.
        reset: Whether it is reset instead of closed.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes = b""
    silent: bool = False
    reset: bool = False


Script = Callable[[str, Mapping[str, str]], Reply]
"""Told the path and the headers of a request."""


def whole(data: bytes, *, cut: int | None = None, silent: bool = False, **more: str) -> Reply:
    """All of a file, broken off after so many bytes."""
    headers = {"Content-Length": str(len(data)), "ETag": ETAG} | _named(more)
    return Reply(200, headers, data[:cut], silent)


def part(data: bytes, start: int, *, cut: int | None = None, **more: str) -> Reply:
    """A file from a byte on, broken off before another."""
    span = f"bytes {start}-{len(data) - 1}/{len(data)}"
    headers = {"Content-Range": span, "Content-Length": str(len(data) - start), "ETag": ETAG}
    return Reply(206, headers | _named(more), data[start:cut])


def _named(more: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in more.items()}


def without(reply: Reply, *names: str) -> Reply:
    """The same answer without these headers."""
    kept = {name: value for name, value in reply.headers.items() if name not in names}
    return reply._replace(headers=kept)


def in_turn(*replies: Reply) -> Script:
    """One after the other."""
    left = iter(replies)
    return lambda *_: next(left)


@asynccontextmanager
async def origin(script: Script) -> AsyncIterator[tuple[str, list[str]]]:
    """Its address, and the range that each request asked for; empty for the whole."""
    ranges: list[str] = []
    done = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
            asked = dict(line.split(": ", 1) for line in lines[1:] if line)
            ranges.append(asked.get("Range", ""))
            reply = script(lines[0].split(" ")[1], asked)
            head = [f"HTTP/1.1 {reply.status} So", *map(": ".join, reply.headers.items())]
            writer.write("\r\n".join([*head, "Connection: close", "", ""]).encode() + reply.body)
            await writer.drain()
            if reply.silent:
                await done.wait()
            if reply.reset:
                raw = writer.get_extra_info("socket")
                raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        except ConnectionError:
            pass  # whoever asked is gone
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()[:2]
    try:
        yield f"http://{host}:{port}", ranges
    finally:
        done.set()
        server.close()
        await server.wait_closed()
