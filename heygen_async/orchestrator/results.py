"""What comes out of a flow, and how it gets to whoever reads it."""

import asyncio
from collections import deque
from collections.abc import Mapping
from typing import Generic, TypeVar

from heygen_async.models.base import Record

In = TypeVar("In")
Out = TypeVar("Out")
T = TypeVar("T")


class Span(Record):
    """When a stage began and ended, in seconds of the client's monotonic clock.

    Attributes:
        start: Its beginning.
        end: Its end.
    """

    start: float
    end: float

    @property
    def seconds(self) -> float:
        """How long it took."""
        return self.end - self.start


class Result(Record, Generic[In, Out]):
    """What became of an item. One that fails has a result too, and sinks no other.

    Attributes:
        index: The item's number, from 0.
        item: The item as it was given.
        value: What the last stage made of it; None when it failed.
        reached: The last that it was: the value, or what went into the stage in which it failed.
            Of a video that fails it is the ``Outcome``, which has the id of what is paid.
        error: Why it failed.
        stage: Name of the stage in which it failed.
        spans: When its stages began and ended, by their names; waiting for a place is not in it.
    """

    index: int
    item: In
    value: Out | None = None
    reached: object = None
    error: Exception | None = None
    stage: str | None = None
    spans: Mapping[str, Span] = {}

    @property
    def ok(self) -> bool:
        """Whether it went well."""
        return self.error is None


class Outlet(Generic[T]):
    """Hands over what is finished; who finishes more waits until some of it is taken.

    Args:
        room: How many may lie here.
    """

    def __init__(self, room: int) -> None:
        self._lying: deque[T] = deque()
        self._room = asyncio.Semaphore(room)
        self._news = asyncio.Event()
        self._closed = False

    async def put(self, one: T) -> None:
        """Lays one down, once there is room; nowhere, once it is closed."""
        if self._closed:
            return
        await self._room.acquire()
        self._lying.append(one)
        self._news.set()

    async def take(self) -> T | None:
        """The next one; None when there will be no more."""
        while not self._lying:
            if self._closed:
                return None
            self._news.clear()
            await self._news.wait()
        self._room.release()
        return self._lying.popleft()

    def close(self) -> None:
        """There will be no more."""
        self._closed = True
        self._news.set()
