"""Lists of v1 and v2, which lie inside ``data`` under a name, or under another."""

from collections.abc import Mapping
from typing import Final, TypeVar

from msgspec import Raw, json as _json

from heygen_async.errors import DecodeError
from heygen_async.wire.envelope import Envelope, HttpReply, envelope_decoder, unwrap

T = TypeVar("T")

_NAMES: Final = (
    "list",
    "assets",
    "avatar_group_list",
    "avatar_list",
    "avatars",
    "endpoints",
    "folders",
    "locales",
    "sessions",
    "talking_photos",
    "templates",
    "videos",
    "voices",
)
"""What such lists have been called."""

_BESIDE: Final = frozenset({"count", "has_more", "next_token", "page", "token", "total"})
"""What may lie beside a list, and says nothing about one."""

_NULL: Final = b"null"
_EMPTY: Final = (b"[]", b"{}")


def read_list(data: Mapping[str, Raw], item: type[T]) -> Envelope[list[T]]:
    """The list inside a reply's ``data``, and its token.

    Args:
        data: The fields.
        item: The type of the items.

    Raises:
        DecodeError: There is no list, or more than one by names that nobody has seen; or an item
            of it is none.
    """
    token = next((word for name in ("token", "next_token") if (word := _word(data, name))), None)
    page: Envelope[list[T]] = Envelope(data=[], has_more=token is not None, next_token=token)
    found = _find(data)
    if found is None:
        return page
    # As if it were the whole reply: nulls are seen to, and errors name the item.
    answer = HttpReply(status=200, headers={}, body=b'{"data":' + found + b"}")
    items = unwrap(answer, envelope_decoder(list[item]), now=0).data  # type: ignore[valid-type]
    page.data.extend(items)
    return page


def _find(data: Mapping[str, Raw]) -> bytes | None:
    """The list, None where there is nothing that could be one."""
    full = {name: bytes(value) for name, value in data.items() if bytes(value) != _NULL}
    known = [full[name] for name in _NAMES if name in full]
    if known:
        return next((value for value in known if value != b"[]"), None)
    if any(name in data for name in _NAMES) or full.keys() <= _BESIDE:
        return None
    lists = [value for value in full.values() if value.startswith(b"[")]
    if len(lists) == 1:
        return lists[0]
    if all(value in _EMPTY or not value.startswith((b"[", b"{")) for value in full.values()):
        return None
    names = ", ".join(sorted(full))
    raise DecodeError(f"no list among {names}", path="$.data", model="list", raw=b"")


def _word(data: Mapping[str, Raw], name: str) -> str | None:
    value: object = _json.decode(data[name]) if name in data else None
    return value if isinstance(value, str) and value else None
