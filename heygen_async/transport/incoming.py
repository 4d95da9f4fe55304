"""Files that come from media hosts: what they are packed in, and whether they came to their end."""

import asyncio
import zlib
from collections.abc import Iterator
from typing import Final

import aiohttp

from heygen_async.errors import TransferError, TransportError

_INFLATED: Final = frozenset({"gzip", "x-gzip", "deflate"})
_UNREADABLE: Final = frozenset({"br", "zstd", "compress", "x-compress"})
_EITHER_HEADER: Final = 32 + zlib.MAX_WBITS  # gzip's, or that of zlib, which is deflate
_PIECE: Final = 1024 * 1024
"""Bytes that are inflated at once, at most: a few may become a thousand times as many."""


class Incoming:
    """The body of an answer, which aiohttp has not unpacked: it does not look for a gzip's end."""

    def __init__(self, response: aiohttp.ClientResponse, *, where: str) -> None:
        """Before anything is awaited, or the connection may be gone.

        Args:
            response: Its body is still to be read.
            where: The address, without what is secret.

        Raises:
            TransferError: It is packed in what nobody asked for.
        """
        packed = response.headers.get("Content-Encoding", "").lower()
        if packed in _UNREADABLE:
            raise TransferError(f"{where} sends {packed}, although it was asked to pack nothing")
        self.content: aiohttp.StreamReader = response.content
        self._where = where
        self._stream = zlib.decompressobj(_EITHER_HEADER) if packed in _INFLATED else None
        self._closed = _closed(response)

    def pieces(self, chunk: bytes) -> Iterator[bytes]:
        """What a chunk holds.

        Raises:
            TransportError: It cannot be unpacked.
        """
        if self._stream is None:
            yield chunk
        while self._stream is not None:
            try:
                piece = self._stream.decompress(chunk, _PIECE)
            except zlib.error:
                raise TransportError(f"{self._where} sent what cannot be unpacked") from None
            if piece:
                yield piece
            if not self._stream.eof:
                chunk = self._stream.unconsumed_tail
                if not chunk and len(piece) < _PIECE:
                    return
            elif chunk := self._stream.unused_data:  # there may be several, one behind the other
                self._stream = zlib.decompressobj(_EITHER_HEADER)
            else:
                return

    def end(self) -> None:
        """Holds the end of the body to what can be told of it.

        Raises:
            TransportError: It ended early.
        """
        broke = self._closed is not None and self._closed.done() and self._closed.exception()
        if broke or (self._stream is not None and not self._stream.eof):
            raise TransportError(f"{self._where}: the connection broke before the end")


def _closed(response: aiohttp.ClientResponse) -> asyncio.Future[None] | None:
    """How the connection ends, where its end is that of the body.

    Nothing else tells the end where there is neither a length nor chunks, and aiohttp takes a reset
    for one.
    """
    connection, headers = response.connection, response.headers
    if connection is None or "Content-Length" in headers or "Transfer-Encoding" in headers:
        return None
    closed = None if connection.protocol is None else connection.protocol.closed
    if closed is not None:
        closed.add_done_callback(_seen)
    return closed


def _seen(closed: asyncio.Future[None]) -> None:
    """Keeps asyncio from telling of an exception that nobody looked at."""
    if not closed.cancelled():
        closed.exception()
