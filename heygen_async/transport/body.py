"""Bodies that are streamed, and read anew for every attempt."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final, NamedTuple

import aiohttp.payload
from aiohttp.abc import AbstractStreamWriter

from heygen_async.errors import HeyGenError, ReadTimeoutError, SourceChangedError
from heygen_async.transport.callbacks import CallbackFailed
from heygen_async.transport.sources import Source

_PIECE: Final = 256 * 1024
"""Bytes per write: TLS encrypts a write as a whole, and larger ones cost it more."""


class StreamPayload(aiohttp.payload.Payload):
    """A source as the body of a request: of known length, never held in memory.

    Every ``write`` opens the source again, so a repeated attempt sends the same bytes. What goes
    wrong while writing is kept in ``problem``, because aiohttp reports it as a lost connection.
    """

    _autoclose = True

    def __init__(
        self,
        source: Source,
        *,
        content_type: str,
        stall: float,
        pace: Callable[[int], Awaitable[int]] | None = None,
        progress: Callable[[int], None] | None = None,
        filename: str | None = None,
    ) -> None:
        super().__init__(source, content_type=content_type, filename=filename)
        self._source = source
        self._size = source.size
        self._stall = stall
        self._pace = pace
        self._progress = progress
        self.problem: HeyGenError | CallbackFailed | None = None

    def decode(self, encoding: str = "utf-8", errors: str = "strict") -> str:  # noqa: ARG002
        """Not to be had: the body is never held as a whole."""
        raise TypeError("a streamed body has no text")

    async def write(self, writer: AbstractStreamWriter) -> None:
        """Sends the whole source."""
        try:
            await self._write(writer)
        except (HeyGenError, CallbackFailed) as problem:
            self.problem = problem
            raise

    async def write_with_length(
        self,
        writer: AbstractStreamWriter,
        content_length: int | None,  # noqa: ARG002
    ) -> None:
        """Sends the whole source: its size is the length that was announced."""
        await self.write(writer)

    async def _write(self, writer: AbstractStreamWriter) -> None:
        sent = 0
        progress = self._progress
        if progress is not None:
            progress(0)
        async with self._source.open() as chunks:
            async for chunk in chunks:
                sent += len(chunk)
                if sent > self._source.size:
                    break
                await self._send(writer, chunk)
                if progress is not None:
                    progress(sent)
        if sent != self._source.size:
            raise SourceChangedError(
                f"{self._source.name} changed while it was uploaded:"
                f" {self._source.size:,} bytes were announced"
            )

    async def _send(self, writer: AbstractStreamWriter, chunk: bytes) -> None:
        # As views: what the socket does not take at once is cut off without a copy.
        view = memoryview(chunk)
        pace = self._pace
        try:
            while view:
                size = _PIECE if pace is None else await pace(min(len(view), _PIECE))
                piece, view = view[:size], view[size:]
                async with asyncio.timeout(self._stall):
                    await writer.write(piece)
        except TimeoutError:
            raise ReadTimeoutError(
                f"{self._source.name}: no byte could be sent for {self._stall:.0f} s"
            ) from None


class Body(NamedTuple):
    """The body of one attempt.

    Attributes:
        data: What aiohttp sends.
        payload: The source's part of it, which knows what went wrong while writing.
    """

    data: StreamPayload | aiohttp.MultipartWriter
    payload: StreamPayload

    @classmethod
    def raw(cls, payload: StreamPayload) -> "Body":
        """The source's bytes and nothing else."""
        return cls(payload, payload)

    @classmethod
    def form(cls, payload: StreamPayload, *, name: str, filename: str) -> "Body":
        """The source as a file of a multipart form."""
        writer = aiohttp.MultipartWriter("form-data")
        writer.append(payload).set_content_disposition("form-data", name=name, filename=filename)
        return cls(writer, payload)
