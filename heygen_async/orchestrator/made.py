"""Made: what a plan of v3 has made, sent and lost, so that another call goes on from there."""

from collections.abc import Iterator
from typing import Final

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
            ``look 0: file 0``. Write one in to start from it.
        digests: What these were asked for with, by the same names: a plan that asks for something
            else is refused, and a file that has changed goes up again. An agent's ``answer`` is the
            question that was answered last.
        files: Where it is downloaded to, by the ids. What is not on the disk comes (again).
        failed: Ids of what HeyGen gave up on, or you did, by the same names; the next call makes it
            anew.
        unknown: What was sent and has no answer: it may be made, and paid. The next call sends it
            again with the same key, for which HeyGen gives the same thing within 24 hours. After
            23 hours, and for a session, nothing goes on before you have looked for it, written its
            id into ``ids`` or let it go, and taken it out of here.
    """

    run: str | None = None
    ids: dict[str, str] = {}
    digests: dict[str, str] = {}
    files: dict[str, str] = {}
    failed: dict[str, list[str]] = {}
    unknown: dict[str, Sent] = {}

    def forget(self, what: str) -> None:
        """Has a thing made, and paid for, again by the next call. With a look 0 goes its group.

        An id that is only taken out of ``ids`` may come back: HeyGen gives the same thing for the
        same request within 24 hours. What was forgotten is asked for with another key.

        Args:
            what: Its name in ``ids``, such as ``video 0``; nothing happens if it is not there.
        """
        made_id = self.ids.pop(what, None)
        if made_id is None:
            return
        self.failed.setdefault(what, []).append(made_id)
        for name in (what, *_PARTS.get(what, ())):
            self.ids.pop(name, None)
            self.digests.pop(name, None)


_PARTS: Final = {"look 0": ("group",), "session": ("video", "answer")}
"""What an id is read from another's job, and goes with it."""


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
