"""How far the ends of jobs are told by deliveries, so that fewer looks will do."""

from collections import OrderedDict
from typing import Final, NamedTuple

_KEPT: Final = 50
_PROMPT: Final = 5.0
"""Seconds after a look had seen an end within which a delivery still would have told of it."""

_IN_A_ROW: Final = 2
"""Ends without a delivery after which none is counted on: one is lost at times, two hardly."""


_DOUBT: Final = 0.5
"""Ends that nobody told of, as if they had been seen before all others."""


class _End(NamedTuple):
    told: bool
    at: float


class Hints:
    """The newest ends of jobs of one kind, and of which of them a delivery told.

    Only what is signed counts: whoever forges deliveries can cause looks, but not prevent them.
    """

    __slots__ = ("_ends",)

    def __init__(self) -> None:
        self._ends: OrderedDict[str, _End] = OrderedDict()

    def ended(self, job_id: str, *, told: bool, now: float) -> None:
        """Notes an end that was waited for, and whether a delivery had told of it."""
        self._ends[job_id] = _End(told, now)
        self._ends.move_to_end(job_id)
        if len(self._ends) > _KEPT:
            self._ends.popitem(last=False)

    def came(self, job_id: str, now: float) -> bool:
        """Notes a delivery about a job that nobody waits for any more.

        Returns:
            Whether it told of an end that a look had seen a moment earlier.
        """
        end = self._ends.get(job_id)
        if end is None or now - end.at > _PROMPT:
            return False
        self._ends[job_id] = end._replace(told=True)
        return True

    def untold(self, now: float) -> float:
        """The share of the coming ends that no delivery will tell of, as far as can be known.

        All of them until some were told, and all again when deliveries stop.
        """
        judged = [end.told for end in self._ends.values() if end.told or now - end.at > _PROMPT]
        if not any(judged[-_IN_A_ROW:]):
            return 1.0
        return (_DOUBT + judged.count(False)) / (_DOUBT + len(judged))
