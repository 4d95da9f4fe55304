"""JSON as people write it."""

import json
from typing import Any

import msgspec


def decoded(text: bytes | str) -> Any:
    """What some JSON holds.

    Raises:
        ValueError: It is no JSON, is nested too deeply, or says two things under one key.
    """
    try:
        found = msgspec.json.decode(text)
        # Of two values one would win without a word.
        json.loads(text, object_pairs_hook=_once)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    return found


def _once(pairs: list[tuple[str, Any]]) -> None:
    seen: set[str] = set()
    for name, _ in pairs:
        if name in seen:
            raise ValueError(f"the key {name!r} is there twice")
        seen.add(name)
