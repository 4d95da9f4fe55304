"""Answers that are read as they come: opened by the one loop, closed by whoever leaves."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, suppress

import aiohttp

from heygen_async.errors import DecodeError
from heygen_async.transport.raw import WATCHER
from heygen_async.transport.sender import KeyUse, Sender
from heygen_async.wire.calls import AnyCall
from heygen_async.wire.envelope import HttpReply
from heygen_async.wire.streams import ServerEvent, StreamParser, parser_for

_OK = range(200, 300)
_MOST = 1024 * 1024


class Feed:
    """A stream that has begun.

    Attributes:
        request_id: What to quote to HeyGen's support.
        received: Bytes so far, those that are no event included.
    """

    def __init__(
        self,
        response: aiohttp.ClientResponse,
        parser: StreamParser,
        stack: AsyncExitStack,
        request_id: str | None,
        key: str | None,
    ) -> None:
        self.request_id: str | None = request_id
        self.received: int = 0
        self._key = key
        self._response = response
        self._parser = parser
        self._stack = stack

    async def events(self) -> AsyncGenerator[ServerEvent]:
        """Its events, until the connection ends; it is closed then, and when this is left early.

        Raises:
            TransportError: The connection broke, or nothing came for too long.
            DecodeError: A line does not end.
        """
        async with self._stack:
            try:
                async for chunk in self._response.content.iter_any():
                    self.received += len(chunk)
                    for event in self._parser.feed(chunk):
                        yield event
                for event in self._parser.end():
                    yield event
            except DecodeError as problem:
                problem.idempotency_key = self._key
                raise

    async def close(self) -> None:
        """Closes the connection. Twice is fine."""
        await self._stack.aclose()


async def open_feed(sender: Sender, call: AnyCall) -> Feed:
    """Sends a call, and gives its answer while it still comes.

    Until it begins it is repeated like every other call, and then never again.

    Args:
        sender: Its sessions, its retries and its keys.
        call: What to send.

    Raises:
        APIError: HeyGen refused before it began.
        TransportError: No answer, finally.
        DecodeError: The answer is no stream.
    """
    path = call.path
    headers, key = sender.headers(call, path)
    answer: HttpReply | None = None
    use = KeyUse()

    async def attempt(_: float | None) -> Feed:
        nonlocal answer
        async with AsyncExitStack() as stack:
            opening = sender.sessions.stream(
                call.route, path, body=call.body, headers=headers, stall=sender.timeout
            )
            try:
                response = await stack.enter_async_context(opening)
            except BaseException as problem:
                use.broke(problem)
                raise
            use.answered(response.status)
            parser = parser_for(response.content_type)
            begun = response.status in _OK and parser is not None
            body = b"" if begun else await _beginning(response, sender.config.timeouts.read)
            answer = HttpReply(response.status, response.headers, body)
            if (raw := WATCHER.get()) is not None:
                raw.all.append(answer)
            if not begun or parser is None:
                raise _no_stream(sender, answer, call)
            return Feed(response, parser, stack.pop_all(), answer.request_id, key)

    try:
        return await sender.retrier.run(
            call.route,
            attempt,
            key=key,
            request_id=lambda: None if answer is None else answer.request_id,
        )
    finally:
        sender.settle(call, path, use)


async def _beginning(response: aiohttp.ClientResponse, seconds: float) -> bytes:
    """What comes of an answer that is no stream to us. It may be one all the same, without end."""
    body = bytearray()
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            while len(body) < _MOST and (chunk := await response.content.readany()):
                body += chunk
    return bytes(body)


def _no_stream(sender: Sender, answer: HttpReply, call: AnyCall) -> DecodeError:
    """What to raise for an answer that is whole already.

    Raises:
        APIError: It is an error, as it mostly is.
    """
    sender.read(call, answer)
    return DecodeError(
        "a stream was expected",
        path="$",
        model=call.route.name,
        raw=answer.body,
        request_id=answer.request_id,
    )
