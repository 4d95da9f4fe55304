"""Made: what a plan of v3 has made, sent and lost, so that another call goes on from there."""

from collections.abc import Iterator

import msgspec


class Sent(msgspec.Struct, kw_only=True):
    """A request that has no answer yet.

    Attributes:
        key: Its idempotency key; None for an agent's session, which HeyGen protects by none.
        time: When it was sent first, in Unix seconds.
    """

    key: str | None
    time: float


class Made(msgspec.Struct, kw_only=True):
    """What a plan of v3 has made so far: filled while the plan goes on.

    With what an earlier call has filled, the next call goes on where that one ended, and pays
    nothing twice. Keep it as JSON to go on in another process. It holds ids and no secrets.

    Attributes:
        run: What its idempotency keys begin with: the run's name, or one that was made.
        ids: HeyGen's ids by what they are: ``group``, ``look 0`` and so on, ``video 0`` and so on,
            ``translation German``, an agent's ``session`` and its ``video``, and assets such as
            ``look 0: file 0``. Take one out to have it made, and to pay for it, again; write one
            in to start from it.
        files: Where it is downloaded to, by the same names. What is not on the disk comes (again).
        failed: Ids of what HeyGen gave up on, by the same names; the next call makes it anew.
        unknown: What was sent and has no answer: it may be made, and paid. The next call sends it
            again with the same key, for which HeyGen gives the same thing within 24 hours. Later,
            and for a session, nothing goes on before you have looked for it, written its id into
            ``ids`` or let it go, and taken it out of here.
    """

    run: str | None = None
    ids: dict[str, str] = {}
    files: dict[str, str] = {}
    failed: dict[str, list[str]] = {}
    unknown: dict[str, Sent] = {}


class Unanswered:
    """``Made.unknown`` as the steps of a plan take it.

    Args:
        unknown: Holds what is sent, for as long as there is no answer.
    """

    def __init__(self, unknown: dict[str, Sent]) -> None:
        self._unknown = unknown
        self._next: dict[str, Sent] = {}

    def announce(self, what: str, sent: Sent) -> None:
        """It is sent soon, with such a key."""
        self._next[what] = sent

    def append(self, what: str, /) -> None:
        """It is sent in a moment."""
        self._unknown[what] = self._next.pop(what)

    def remove(self, what: str, /) -> None:
        """It is answered."""
        self._unknown.pop(what, None)

    def __iter__(self) -> Iterator[str]:
        return iter(self._unknown)
