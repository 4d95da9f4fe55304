"""Lists: awaited, the first page; iterated, every item, lazily."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from typing import Any, Generic, TypeVar

from heygen_async.models.base import Record
from heygen_async.wire.envelope import Envelope

T = TypeVar("T")


class Page(Record, Generic[T]):
    """One page of a list.

    Attributes:
        items: What it holds.
        next_token: Where the list goes on; None at its end.
    """

    items: list[T]
    next_token: str | None = None


class Pager(Generic[T]):
    """A list that is read page by page, as far as it is used.

    ``await pager`` gives the first page, ``async for item in pager`` every item, and
    ``pager.pages()`` every page. Nothing is read ahead.
    """

    def __init__(
        self,
        fetch: Callable[[str | None], Awaitable[Envelope[list[T]]]],
        *,
        max_items: int | None = None,
    ) -> None:
        self._fetch = fetch
        self._max_items = max_items

    def __await__(self) -> Generator[Any, None, Page[T]]:
        return self._page(None).__await__()

    async def __aiter__(self) -> AsyncGenerator[T]:
        left = self._max_items
        async for page in self.pages():
            for item in page.items:
                if left is not None:
                    if left <= 0:
                        return
                    left -= 1
                yield item
            if left == 0:
                return

    async def pages(self) -> AsyncGenerator[Page[T]]:
        """Every page, until the list ends or its token comes back."""
        token: str | None = None
        seen: set[str] = set()
        while True:
            page = await self._page(token)
            yield page
            token = page.next_token
            if token is None or token in seen:
                return
            seen.add(token)

    async def _page(self, token: str | None) -> Page[T]:
        envelope = await self._fetch(token)
        following = envelope.next_token if envelope.has_more else None
        return Page(items=envelope.data, next_token=following or None)
