"""Bodies that are streamed, and read anew for every attempt."""

import asyncio
import hashlib
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Final, NamedTuple

import aiohttp.payload
from aiohttp.abc import AbstractStreamWriter
from aiohttp.http import StreamWriter

from heygen_async.errors import HeyGenError, ReadTimeoutError
from heygen_async.transport.callbacks import CallbackFailed
from heygen_async.transport.sources import CHUNK, Source

_LEAST: Final = 16 * 1024
"""Bytes of the first write, and of each on a slow line: that bytes move is seen when one ends."""
_TURN: Final = 1024 * 1024
"""Bytes that the uploads of a client may move together before others in the loop have a turn.

It takes about a millisecond over TLS. A turn for every chunk would cost a tenth of the upload.
"""


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
        hashed: bool = False,
        crowd: Callable[[], int] = lambda: 1,
    ) -> None:
        """Reads nothing yet.

        Args:
            source: What to send.
            content_type: Its MIME type.
            stall: Seconds for which no byte may move.
            pace: Gives out turns for bytes, where their rate is bounded.
            progress: Called with the bytes sent so far.
            hashed: Whether the source learns its digest on the way, or is held to it.
            crowd: How many move bytes now: the more, the fewer at a time.
        """
        super().__init__(source, content_type=content_type)
        self._source = source
        self._size = source.size
        self._stall = stall
        self._pace = pace
        self._progress = progress
        self._hashed = hashed
        self._most = _LEAST
        self._crowd = crowd
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
        source, progress = self._source, self._progress
        seen = hashlib.sha256() if self._hashed else None
        sent, buffer = 0, source.buffer(hashed=self._hashed)
        _lean(writer)
        if progress is not None:
            progress(0)
        async with (
            self._stalling() as alarm,
            source.open(None if seen is None else seen.update) as fill,
        ):
            turn = _Turn(self._crowd)
            while count := await source.read(fill, buffer):
                sent += count
                if sent >= source.size:
                    # Before the last bytes are: what arrives whole is what was looked at.
                    source.confirm(sent, None if seen is None else seen.hexdigest())
                waited = await self._send(writer, memoryview(buffer)[:count], alarm)
                if waited and _held(writer):
                    # From Python 3.12 on it keeps views of what it could not send, not copies.
                    buffer = source.buffer(hashed=self._hashed)
                if progress is not None:
                    progress(sent)
                await turn.given(count)
        if sent < source.size:
            source.confirm(sent)

    @asynccontextmanager
    async def _stalling(self) -> AsyncGenerator[asyncio.Timeout]:
        """One alarm for all writes: to make one for each is a good part of what they cost."""
        try:
            async with asyncio.timeout(None) as alarm:
                yield alarm
        except TimeoutError:
            raise ReadTimeoutError(
                f"{self._source.name}: no byte could be sent for {self._stall:.0f} s"
            ) from None

    async def _send(
        self, writer: AbstractStreamWriter, view: memoryview, alarm: asyncio.Timeout
    ) -> bool:
        """Sends what was read. Whether the socket did not take all of it at once.

        Little is called where it did: after so many bytes, no code is at hand for the processor.
        """
        pace, waited = self._pace, False
        while view:
            piece = view[: self._most]
            if pace is not None:
                piece = piece[: await pace(len(piece))]
            view = view[len(piece) :]
            if self._most < CHUNK:
                self._most = min(self._most * 2, CHUNK)
            if isinstance(writer, StreamWriter):
                await writer.write(piece, drain=False)
                if not _held(writer):
                    continue
                waiting = writer.drain()
            else:
                waiting = writer.write(piece)
            waited, now = True, asyncio.get_running_loop().time
            begun = now()
            alarm.reschedule(begun + self._stall)
            await waiting
            alarm.reschedule(None)
            if now() - begun > self._stall / 8:
                # To write more might take until the alarm.
                self._most = max(len(piece) // 4, _LEAST)
        return waited


class _Turn:
    """Gives others in the loop their turn now and then, unless waiting has given it to them.

    Neither a read of what is at hand nor a write that the socket takes whole waits for anything.
    """

    __slots__ = ("_came", "_crowd", "_loop", "_moved")

    def __init__(self, crowd: Callable[[], int]) -> None:
        self._loop = asyncio.get_running_loop()
        self._loop.call_soon(self._come)
        self._came = False
        self._crowd = crowd
        self._moved = 0

    def _come(self) -> None:
        self._came = True

    async def given(self, moved: int) -> None:
        """Returns when everybody else has had a turn, if it is time for one."""
        self._moved += moved
        if self._moved * self._crowd() < _TURN:
            return
        if not self._came:
            await asyncio.sleep(0)
        self._came, self._moved = False, 0
        self._loop.call_soon(self._come)


def _lean(writer: AbstractStreamWriter) -> None:
    """Tells the transport to let nothing lie in memory that the socket's own buffer does not take.

    Left alone, TLS would hold half a MiB encrypted for every connection. A mark of 0 it would never
    come down to again.
    """
    transport = writer.transport if isinstance(writer, StreamWriter) else None
    if transport is not None:
        transport.set_write_buffer_limits(high=1, low=0)


def _held(writer: AbstractStreamWriter) -> bool:
    """Whether the transport still has bytes that the socket did not take, or nobody knows."""
    transport = writer.transport if isinstance(writer, StreamWriter) else None
    return transport is None or transport.get_write_buffer_size() > 0


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
