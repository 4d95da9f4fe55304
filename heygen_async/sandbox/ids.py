"""Ids and chances that come out the same for the same seed."""

import hashlib
from typing import Final

_SPAN: Final = float(1 << 64)


def stable_id(*parts: object) -> str:
    """32 hex digits that depend on the parts alone."""
    text = "\0".join(map(str, parts))
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()[:32]


def between(low: float, high: float, *parts: object) -> float:
    """A number from low to high that depends on the parts alone."""
    digest = hashlib.sha256("\0".join(map(str, parts)).encode(errors="replace")).digest()
    return low + (high - low) * int.from_bytes(digest[:8], "big") / _SPAN
