"""All waiting jobs of one kind: by id, and by the moment at which each has its turn.

A round costs in proportion to what is due, however many wait. A turn that was put off or brought
forward leaves its former moment in the heap, where it counts for nothing; when there are more of
those than jobs, they are thrown out.
"""

import math
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator
from heapq import heapify, heappop, heappush
from operator import attrgetter
from typing import Any, Final

from heygen_async.api.job import JobKind
from heygen_async.jobs.durations import Durations
from heygen_async.jobs.entries import Entry
from heygen_async.jobs.hints import Hints
from heygen_async.wire.limits import BULK_STATUS_MAX

_SLACK: Final = 64
_NEAR: Final = 8
"""Siblings on either side that are looked at when a job has ended."""

_made: Final = attrgetter("made")


class Group:
    """All waiting jobs of one kind.

    Args:
        kind: How they are looked at.

    Attributes:
        durations: How long they take.
        hints: How far deliveries tell of their ends.
        has_bulk: Whether many are looked at in one call.
        bulk_again: When that is tried again, if there was no sense in an answer.
        rests_until: When jobs that are not urgent may be looked at again.
    """

    def __init__(self, kind: JobKind[Any]) -> None:
        self.kind: JobKind[Any] = kind
        self.durations: Durations = Durations(kind.expected)
        self.hints: Hints = Hints()
        self.has_bulk: bool = kind.bulk is not None
        self.bulk_again: float = math.inf
        self.rests_until: float = -math.inf
        self._entries: dict[str, Entry] = {}
        self._turns: list[tuple[float, Entry]] = []
        self._by_making: list[Entry] = []

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries.values())

    @property
    def looks(self) -> int:
        """How many looks show all of them."""
        return math.ceil(len(self) / BULK_STATUS_MAX) if self.has_bulk else len(self)

    @property
    def next_turn(self) -> float:
        """The moment of the next turn, or an earlier one that counts for nothing."""
        return min(self.bulk_again, self._turns[0][0] if self._turns else math.inf)

    def find(self, job_id: str) -> Entry | None:
        """The entry of a job that is waited for."""
        return self._entries.get(job_id)

    def add(self, entry: Entry) -> None:
        """Notes a job that is waited for."""
        self._entries[entry.job_id] = entry
        if entry.made is not None and not self.has_bulk:
            insort(self._by_making, entry, key=_made)

    def drop(self, entry: Entry) -> None:
        """Takes an entry off. One that has taken its place since stays."""
        if self._entries.get(entry.job_id) is not entry:
            return
        del self._entries[entry.job_id]
        entry.at = None
        if entry.made is not None:
            place = bisect_left(self._by_making, entry.made, key=_made)
            end = bisect_right(self._by_making, entry.made, key=_made)
            # It is not among them if it came while there was a bulk endpoint.
            self._by_making[place:end] = [
                other for other in self._by_making[place:end] if other is not entry
            ]
        self._tidy()

    def tries_bulk_again(self, now: float) -> bool:
        """Whether there are bulk looks from now on, and were none."""
        if now < self.bulk_again:
            return False
        self.has_bulk, self.bulk_again = True, math.inf
        return True

    def schedule(self, entry: Entry, now: float) -> None:
        """Gives an entry its turn when there is something to do about it."""
        at = entry.turn(now)
        if at != entry.at:
            entry.at = at
            heappush(self._turns, (at, entry))
            self._tidy()

    def take(self, now: float) -> Iterator[Entry]:
        """Those whose turn has come. Each is to be scheduled again, or dropped."""
        while self._turns and self._turns[0][0] <= now:
            entry = self._pop()
            if entry is not None:
                yield entry

    def next_ones(self, most: int, now: float) -> list[Entry]:
        """Those that have their turns next, and may be asked for. They are to be scheduled."""
        found: list[Entry] = []
        others: list[Entry] = []
        while self._turns and len(found) < most > len(others):
            entry = self._pop()
            if entry is not None:
                (others if entry.asked or entry.is_odd else found).append(entry)
        for entry in others:
            self.schedule(entry, now)
        return found

    def siblings(self, entry: Entry) -> list[Entry]:
        """Jobs that were made about when a job was, those just before and after it."""
        if entry.made is None or self.has_bulk:
            return []
        place = bisect_left(self._by_making, entry.made, key=_made)
        return self._by_making[max(0, place - _NEAR) : place + _NEAR]

    def _pop(self) -> Entry | None:
        """The next turn's entry; None where the turn counts for nothing."""
        at, entry = heappop(self._turns)
        if entry.at != at:
            return None
        entry.at = None
        return entry

    def _tidy(self) -> None:
        if len(self._turns) > 2 * len(self._entries) + (_SLACK if self._entries else 0):
            # In place: somebody may be taking turns.
            self._turns[:] = [(e.at, e) for e in self._entries.values() if e.at is not None]
            heapify(self._turns)
