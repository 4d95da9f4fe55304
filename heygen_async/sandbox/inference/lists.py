"""Lists of inference.sh: one page, and cursors to the pages before and after it. Pure."""

import base64
import binascii
from collections.abc import Iterable
from typing import Annotated, Any, Final, Literal

from msgspec import Meta

from heygen_async.models.base import Request
from heygen_async.sandbox.context import Reply
from heygen_async.sandbox.refusal import invalid, refuse

_PAGE: Final = 20


class Filter(Request):
    """Keeps what has a value in a field."""

    field: str
    operator: Literal["eq", "in"] = "eq"
    value: Any = None


class Sort(Request):
    """Orders by a field."""

    field: str
    order: Literal["asc", "desc"] = "desc"


class Listing(Request):
    """What is asked of a list."""

    cursor: str | None = None
    limit: Annotated[int, Meta(ge=1, le=100)] = _PAGE
    direction: Literal["next", "prev"] = "next"
    search: str | None = None
    filters: list[Filter] = []
    sort: list[Sort] = []
    fields: list[str] = []


def listed(asked: Listing, things: Iterable[dict[str, Any]]) -> Reply:
    """One page of what fits, the last of them first unless another order is asked for.

    Raises:
        Refusal: 400, for a cursor of no list or a field of no thing.
    """
    found = [each for each in reversed(list(things)) if _fits(asked, each)]
    for sort in reversed(asked.sort):
        found.sort(key=lambda each: _sortable(each, sort.field), reverse=sort.order == "desc")
    at = 0 if asked.cursor is None else _offset(asked.cursor)
    start = at if asked.direction == "next" else max(0, at - asked.limit)
    end = start + asked.limit if asked.direction == "next" else at
    page = found[start:end]
    return Reply(
        {
            "items": [_slim(each, asked.fields) for each in page],
            "next_cursor": _cursor(end) if end < len(found) else None,
            "prev_cursor": _cursor(start) if start else None,
            "has_next": end < len(found),
            "has_previous": start > 0,
            "items_per_page": asked.limit,
        }
    )


def _slim(thing: dict[str, Any], names: list[str]) -> dict[str, Any]:
    return {name: thing[name] for name in ("id", *names) if name in thing} if names else thing


def _fits(asked: Listing, thing: dict[str, Any]) -> bool:
    words = (asked.search or "").lower()
    texts = (value for value in thing.values() if isinstance(value, str))
    if words and not any(words in text.lower() for text in texts):
        return False
    return all(_passes(each, thing) for each in asked.filters)


def _passes(each: Filter, thing: dict[str, Any]) -> bool:
    if each.field not in thing:
        refuse("filters", f"filters: there is no field {each.field}")
    wanted = each.value if each.operator == "in" else [each.value]
    return isinstance(wanted, list) and thing[each.field] in wanted


def _sortable(thing: dict[str, Any], name: str) -> str:
    if name not in thing:
        refuse("sort", f"sort: there is no field {name}")
    return str(thing[name])


def _cursor(offset: int) -> str:
    return base64.urlsafe_b64encode(f"at:{offset}".encode()).decode()


def _offset(cursor: str) -> int:
    try:
        word, _, number = base64.urlsafe_b64decode(cursor).decode().partition(":")
    except (binascii.Error, ValueError):
        word, number = "", ""
    if word != "at" or not number.isdecimal():
        raise invalid("cursor", "cursor: not a cursor of this list")
    return int(number)
