"""How inference.sh numbers the states of a task, today and before January 2026."""

from enum import IntEnum
from typing import Final, Literal, TypeAlias

StatusScheme: TypeAlias = Literal["current", "legacy"]
"""Which numbers a status is told in; ``legacy`` is what the pages of the apps still print."""


class TaskStatus(IntEnum):
    """How far a task is. Only the last four end it."""

    UNKNOWN = 0
    """Also whatever is newer than this library: it ends nothing."""
    RECEIVED = 1
    QUEUED = 2
    """Waits for a worker, or for a place within the limits of the plan."""
    DISPATCHED = 3
    PREPARING = 4
    SERVING = 5
    SETTING_UP = 6
    RUNNING = 7
    CANCELLING = 8
    UPLOADING = 9
    """The results are being stored."""
    COMPLETED = 10
    FAILED = 11
    CANCELLED = 12
    REJECTED = 13
    """Refused before it ran: no balance, or no payment method."""

    @property
    def word(self) -> str:
        """The status in lower case, such as ``completed``."""
        return self.name.lower()

    @property
    def ended(self) -> bool:
        """Whether a task leaves this state no more."""
        return self >= TaskStatus.COMPLETED


_DIGITS: Final = 4
_LEGACY: Final = {
    **{status.value: status for status in TaskStatus if status <= TaskStatus.RUNNING},
    8: TaskStatus.UPLOADING,
    9: TaskStatus.COMPLETED,
    10: TaskStatus.FAILED,
    11: TaskStatus.CANCELLED,
}
_BY_NUMBER: Final[dict[StatusScheme, dict[int, TaskStatus]]] = {
    "current": {status.value: status for status in TaskStatus},
    "legacy": _LEGACY,
}
_BY_WORD: Final = {status.word: status for status in TaskStatus} | {
    "scheduled": TaskStatus.DISPATCHED,
    "canceled": TaskStatus.CANCELLED,
}


def read_status(
    status: object, text: object = None, *, scheme: StatusScheme = "current"
) -> TaskStatus:
    """What a status says, as a number or as a word.

    A word is trusted before a number, because the numbers have changed once.

    Args:
        status: The field ``status``: a number, or a word in lower case.
        text: The field ``status_text``, if there is one.
        scheme: How to take a number that comes without a word.
    """
    for word in (text, status):
        if isinstance(word, str) and (known := _BY_WORD.get(word.strip().lower())) is not None:
            return known
    if isinstance(status, str) and len(status) <= _DIGITS and status.strip().isdecimal():
        status = int(status)
    if isinstance(status, int) and not isinstance(status, bool):
        return _BY_NUMBER[scheme].get(status, TaskStatus.UNKNOWN)
    return TaskStatus.UNKNOWN
