"""EventStream: what HeyGen tells piece by piece, as typed events."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable
from contextlib import aclosing
from types import TracebackType
from typing import Generic, Self, TypeVar

import msgspec

from heygen_async.errors import APIError, DecodeError, TransportError
from heygen_async.transport.streams import Feed
from heygen_async.wire.streams import ServerEvent

T = TypeVar("T")


class EventStream(Generic[T]):
    """Events as they come: ``async for event in stream``.

    Nothing is sent before it is read. It is read once, and it is closed when the loop is left,
    however that happens; ``async with stream:`` closes it at once where a loop is left early, and
    opens it at the beginning, so that a refusal is raised there. A stream that breaks off is never
    taken for a whole one, and never asked for again: it raises.

    Attributes:
        request_id: What to quote to HeyGen's support; None before it is open.
        end_reason: Why HeyGen ended it, as a word; None before that.
    """

    def __init__(
        self,
        name: str,
        open_feed: Callable[[], Awaitable[Feed]],
        *,
        read: Callable[[ServerEvent], Iterable[T]],
        last: Callable[[ServerEvent], str | None] | None = None,
    ) -> None:
        """Makes a stream that is not yet open.

        Args:
            name: What the call is named in errors.
            open_feed: Opens it.
            read: What an event holds.
            last: The reason that an event gives for being the last one, None for all others.
                Without it the stream ends where the connection does.
        """
        self.request_id: str | None = None
        self.end_reason: str | None = None
        self._name = name
        self._open_feed = open_feed
        self._read = read
        self._last = last
        self._feed: Feed | None = None
        self._used: bool = False

    async def __aenter__(self) -> Self:
        await self._opened()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def __aiter__(self) -> AsyncGenerator[T]:
        if self._used:
            raise RuntimeError(f"{self._name}: a stream is read once; ask for another one")
        self._used = True
        feed = await self._opened()
        async with aclosing(feed.events()) as events:
            async for event in events:
                items = self._understood(event)
                if items is None:
                    return
                for item in items:
                    yield item
        if self._last is not None:
            raise TransportError(f"{self._name}: the stream broke off before its end")

    async def close(self) -> None:
        """Closes the connection, if there is one. Twice is fine."""
        if self._feed is not None:
            await self._feed.close()

    async def _opened(self) -> Feed:
        if self._feed is None:
            self._feed = await self._open_feed()
            self.request_id = self._feed.request_id
        return self._feed

    def _understood(self, event: ServerEvent) -> Iterable[T] | None:
        """What an event holds; None when it is the last one."""
        try:
            self.end_reason = self._last(event) if self._last else None
            return None if self.end_reason is not None else self._read(event)
        except APIError as problem:
            # It came within the stream, and knows nothing of what is around it.
            problem.request_id = self.request_id
            raise
        except msgspec.DecodeError as problem:
            message, _, path = str(problem).partition(" - at ")
            raise DecodeError(
                message,
                path=path.strip("`") or "$",
                model=self._name,
                raw=event.data,
                request_id=self.request_id,
            ) from problem
