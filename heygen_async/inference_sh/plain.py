"""JSON as it comes, before anybody says what it should be."""

from typing import Any, cast

import msgspec


def decode(data: bytes) -> Any:
    """What lies in some bytes.

    Raises:
        msgspec.DecodeError: They are no JSON, no UTF-8, or nested without end.
    """
    try:
        return msgspec.json.decode(data)
    except (UnicodeDecodeError, RecursionError) as problem:
        raise msgspec.DecodeError(str(problem)) from None


def fields_of(value: object) -> dict[str, Any]:
    """An object's fields; none where it is no object."""
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def items_of(value: object) -> list[Any]:
    """A list's items; none where it is no list."""
    return cast("list[Any]", value) if isinstance(value, list) else []  # type: ignore[redundant-cast]
