"""Idempotency keys: one per call, made before the first attempt, bound to the body.

HeyGen answers a known key with the first answer for 24 hours, even when the body is another one.
So the body's digest is part of every key that we make, and a key that the caller chose is refused
here when it comes back with another body.
"""

import hashlib
import re
from collections import OrderedDict
from typing import Final

import msgspec

from heygen_async.errors import InvalidRequestError

HEADER: Final = "Idempotency-Key"
LIFETIME: Final = 24 * 3600.0
"""Seconds for which HeyGen remembers a key."""

_ALLOWED: Final = re.compile(r"[A-Za-z0-9_:.-]{1,255}")
_REMEMBERED: Final = 50_000
_NAMED: Final = 32
# Without 408, which tells nothing, and 409: the first request with the key may still be under way.
_REFUSED: Final = frozenset(range(400, 500)) - {408, 409}


def digest(body: bytes) -> str:
    """SHA-256 of an encoded body, in hex."""
    return hashlib.sha256(body).hexdigest()


def key_for(prefix: str, body: bytes) -> str:
    """A key that names the caller's own unit of work and the body together.

    The same row with the same body gives the same key, so that a run that is started again within
    24 hours gets the same video; an edited row gives another key.

    Args:
        prefix: Your name for the work, such as ``batch-7:row-12``.
        body: The encoded body.
    """
    return checked(f"{prefix}:{digest(body)[:_NAMED]}")


def checked(key: str) -> str:
    """The key itself, if HeyGen takes it.

    Raises:
        InvalidRequestError: It is empty, too long, or has a character outside the alphabet.
    """
    if not _ALLOWED.fullmatch(key):
        raise InvalidRequestError(
            "idempotency_key", key, "must be 1 to 255 characters of A-Z a-z 0-9 _ : . -"
        )
    return key


def stores(status: int) -> bool:
    """Whether HeyGen may keep something under the key of a request that it answered like this."""
    return status not in _REFUSED


class _Use(msgspec.Struct):
    digest: str
    until: float
    stored: bool = False


class KeyBook:
    """Remembers which body every caller's key was used for."""

    def __init__(self) -> None:
        self._uses: OrderedDict[str, _Use] = OrderedDict()

    def bind(self, key: str, scope: str, body_digest: str, now: float) -> None:
        """Notes that a key stands for a body.

        One that names its body, as ``key_for`` makes them, can stand for no other: it needs no
        memory, of which a run of many rows would take a lot.

        Args:
            key: The caller's key.
            scope: The endpoint with its ids: HeyGen keeps keys apart by it.
            body_digest: SHA-256 of the body in hex.
            now: Seconds, of any clock that does not go back.

        Raises:
            InvalidRequestError: The key was used for another body, and HeyGen would silently
                answer with the result of that one.
        """
        entry = f"{scope} {key}"
        known = self._uses.get(entry)
        if known is not None and known.until <= now:
            known = None
        if known is None and key.endswith(body_digest[:_NAMED]):
            return
        if known is not None and known.digest != body_digest:
            raise InvalidRequestError(
                "idempotency_key",
                key,
                "was used for another body within 24 hours, whose result HeyGen would send again",
                hint="Use another key for another request.",
            )
        stored = known is not None and known.stored
        self._uses[entry] = _Use(body_digest, now + LIFETIME, stored)
        self._uses.move_to_end(entry)
        if len(self._uses) > _REMEMBERED:
            self._uses.popitem(last=False)

    def settle(self, key: str, scope: str, *, stored: bool) -> None:
        """Notes what became of a use: a key under which nothing is stored is free again.

        Args:
            key: The caller's key.
            scope: As it was bound.
            stored: Whether HeyGen may keep something under it.
        """
        entry = f"{scope} {key}"
        use = self._uses.get(entry)
        if use is None:
            return
        use.stored = use.stored or stored
        if not use.stored:
            del self._uses[entry]
