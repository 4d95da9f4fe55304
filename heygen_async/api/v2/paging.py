"""What the resources of v1 and v2 share: their lists lie anywhere."""

from typing import Any, TypeVar, cast

from msgspec import Raw

from heygen_async.api.resource import Resource
from heygen_async.errors import DecodeError
from heygen_async.models.base import Reply
from heygen_async.wire.calls import Call, Query, Route
from heygen_async.wire.envelope import Envelope
from heygen_async.wire.lists import read_list

T = TypeVar("T")
R = TypeVar("R", bound=Reply)


def optional(model: type[T]) -> type[T | None]:
    """The type of an answer that may be null."""
    either: Any = model | None
    return cast("type[T | None]", either)


def came(reply: R) -> R:
    """The reply itself, if anything of it came: all of its fields may be left out.

    Raises:
        DecodeError: All of them are.
    """
    if reply == type(reply)():
        name = type(reply).__name__
        raise DecodeError(f"nothing of a {name}", path="$.data", model=name, raw=b"")
    return reply


class LegacyResource(Resource):
    """The root of the resources of v1 and v2 that have lists.

    A list may be the ``data`` itself, or lie inside it by some name with its token beside it.
    """

    async def _page(
        self,
        route: Route,
        item: type[T],
        *,
        ids: dict[str, str] | None = None,
        query: Query | None = None,
    ) -> Envelope[list[T]]:
        page: Any = list[item] | dict[str, Raw] | None  # type: ignore[valid-type]
        found: Envelope[list[T] | dict[str, Raw] | None] = await self._tools.sender.fetch(
            Call(route, page, ids=ids, query=query)
        )
        token, items = found.next_token, found.data
        if isinstance(items, dict):
            inner = read_list(items, item)
            token = inner.next_token or token
            return Envelope(data=inner.data, has_more=bool(token), next_token=token)
        return Envelope(data=items or [], has_more=found.has_more, next_token=token)

    async def _all(
        self,
        route: Route,
        item: type[T],
        *,
        ids: dict[str, str] | None = None,
        query: Query | None = None,
    ) -> list[T]:
        """A list that comes in one answer."""
        return (await self._page(route, item, ids=ids, query=query)).data

    async def _delete(self, route: Route, **ids: str) -> None:
        """Deletes. The answer is null, an object, or nothing at all."""
        await self._remove(route, object, ids=ids, done=None)
