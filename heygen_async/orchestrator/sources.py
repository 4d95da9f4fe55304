"""Sources of items: whatever can be iterated, one item at a time, and closed at the end."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Generator, Iterable
from typing import Generic, TypeAlias, TypeVar, cast

T = TypeVar("T")

Source: TypeAlias = Iterable[T] | AsyncIterable[T]


class Feed(Generic[T]):
    """Numbers the items of a source, and gives them out until somebody has had enough.

    Args:
        source: A list, a generator, an async generator, a memory stream: anything to iterate over.
        ahead: How many items may be under way, and not given back by ``done``; None for no bound.

    Attributes:
        exhausted: Whether the source has no more.
        error: What the source raised.
    """

    def __init__(self, source: Source[T], *, ahead: int | None = None) -> None:
        self.exhausted: bool = False
        self.error: Exception | None = None
        self._source = source
        self._items: AsyncIterator[T] | None = None
        self._next = 0
        self._turn = asyncio.Lock()
        self._ahead = None if ahead is None else asyncio.Semaphore(ahead)
        self._stopped = False
        self._asking: asyncio.Task[object] | None = None

    async def take(self) -> tuple[int, T] | None:
        """The next item with its number; None when there are no more, or no more are wanted."""
        if self._ahead is not None:
            await self._ahead.acquire()
        async with self._turn:  # a generator can be asked by one only
            item = None if self._stopped or self.exhausted else await self._ask()
        if item is None:
            self.done()
            return None
        index, self._next = self._next, self._next + 1
        return index, item[0]

    async def _ask(self) -> tuple[T] | None:
        self._asking = task = asyncio.current_task()
        try:
            if self._items is None:
                self._items = _each(self._source)
            item = await anext(self._items)
        except StopAsyncIteration:
            self.exhausted = True
        except asyncio.CancelledError as cancelled:
            if task is None or not task.cancelling():
                self.exhausted, self.error = True, RuntimeError("the source cancelled itself")
                self.error.__cause__ = cancelled
            # By `stop` alone: then only the waiting for the source ends.
            elif not self._stopped or task.uncancel():
                raise
        except Exception as problem:  # noqa: BLE001  raised again for whoever iterates
            self.exhausted, self.error = True, problem
        else:
            # Too late: the source itself said stop, or would not be broken off.
            return None if self._stopped else (item,)
        finally:
            self._asking = None
        return None

    def done(self) -> None:
        """One of the items is out of the way."""
        if self._ahead is not None:
            self._ahead.release()

    def stop(self) -> None:
        """Takes no more, also from a source that is being waited for."""
        if not self._stopped:
            self._stopped = True
            # Asked to by the source itself, there is no waiting to end.
            if self._asking is not None and self._asking is not asyncio.current_task():
                self._asking.cancel()

    async def close(self) -> None:
        """Closes a source that is a generator: whoever wrote it waits for its ``finally``."""
        for each in (self._items, self._source):
            if isinstance(each, AsyncGenerator):
                await cast("AsyncGenerator[T]", each).aclose()
            elif isinstance(each, Generator):
                cast("Generator[T]", each).close()


async def _listed(items: Iterable[T]) -> AsyncGenerator[T]:
    for item in items:
        yield item


def _each(source: Source[T]) -> AsyncIterator[T]:
    return aiter(source) if isinstance(source, AsyncIterable) else _listed(source)
