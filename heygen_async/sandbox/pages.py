"""Lists in pages: an opaque token says where the next page begins. Pure."""

import base64
import binascii
from collections.abc import Sequence
from typing import Any

from heygen_async.sandbox.context import Reply
from heygen_async.sandbox.refusal import invalid


def page(items: Sequence[Any], *, limit: int, token: str | None) -> Reply:
    """One page of a list, with ``has_more`` and ``next_token`` beside it.

    Raises:
        Refusal: 400, for a token that was not given out here.
    """
    start = _offset(token) if token else 0
    end = start + limit
    more = end < len(items)
    following = base64.urlsafe_b64encode(f"from:{end}".encode()).decode() if more else None
    return Reply(list(items[start:end]), beside={"has_more": more, "next_token": following})


def page_inside(name: str, items: Sequence[Any], *, limit: int, token: str | None) -> Reply:
    """One page of a list of v1: it lies inside ``data``, and so do its token and its length.

    Args:
        name: Under which name it lies there.
        items: The whole list.
        limit: Items per page.
        token: Where the page begins.

    Raises:
        Refusal: 400, for a token that was not given out here.
    """
    part = page(items, limit=limit, token=token)
    following = part.beside["next_token"]
    return Reply({name: part.data, "token": following, "total": len(items)})


def _offset(token: str) -> int:
    try:
        word, _, number = base64.urlsafe_b64decode(token).decode().partition(":")
        if word == "from" and number.isdecimal():
            return int(number)
    except (binascii.Error, ValueError):
        pass
    raise invalid("token", "token: not a token of this list")
