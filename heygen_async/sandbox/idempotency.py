"""``Idempotency-Key``: the first good answer is given again for a day, whatever the body says."""

import hashlib
import re
from collections.abc import Mapping
from typing import Final

from heygen_async.sandbox.clock import SandboxClock
from heygen_async.sandbox.refusal import Refusal
from heygen_async.sandbox.world import Replay, World

HEADER: Final = "Idempotency-Key"
KEPT_SECONDS: Final = 24 * 3600.0
"""Virtual seconds for which an answer is kept."""

_VALID: Final = re.compile(r"[A-Za-z0-9_:.-]{1,255}", re.ASCII)


def scope_of(key: str, route: str, params: Mapping[str, str], credential: str) -> str:
    """What a key is unique in: the endpoint, its path parameters and the account.

    Raises:
        Refusal: 400, when it is not a key.
    """
    if not _VALID.fullmatch(key):
        raise Refusal(
            400,
            "invalid_parameter",
            f"{HEADER} must be 1 to 255 characters of A-Z a-z 0-9 _ : . -",
            param=HEADER,
        )
    text = "\0".join((route, *sorted(map("=".join, params.items())), credential, key))
    return hashlib.sha256(text.encode()).hexdigest()


class Replays:
    """Keys in flight, and the answers of those that went well."""

    def __init__(self, clock: SandboxClock) -> None:
        self._clock = clock
        self._flying: set[str] = set()

    def find(self, world: World, scope: str) -> Replay | None:
        """The kept answer.

        Raises:
            Refusal: 409, while the first request with the key is not answered.
        """
        if scope in self._flying:
            raise Refusal(
                409, "request_in_progress", f"A request with this {HEADER} is being processed."
            )
        replay = world.replays.get(scope)
        if replay is not None and replay.expires <= self._clock.now():
            del world.replays[scope]
            return None
        return replay

    def begin(self, scope: str) -> None:
        """Marks a key as in flight."""
        self._flying.add(scope)

    def end(self, scope: str) -> None:
        """The request was answered, or failed."""
        self._flying.discard(scope)

    def keep(self, world: World, scope: str, status: int, body: bytes) -> None:
        """Keeps a good answer."""
        expires = self._clock.now() + KEPT_SECONDS
        world.replays[scope] = Replay(status=status, body=body, expires=expires)

    def clear(self) -> None:
        """Forgets what is in flight."""
        self._flying.clear()
