"""Looks at jobs: each is a task of its own, few of them at once, and all within the budget.

The board goes on meanwhile: a look that is stuck holds up nobody but the jobs that it is about.
Which jobs a look shows is decided when it begins, so that one which had to wait shows more.
"""

import asyncio
import math
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable, Iterable
from enum import IntEnum
from itertools import count
from typing import Final, TypeAlias

from heygen_async.errors import (
    BadRequestError,
    DecodeError,
    EndpointRetiredError,
    HeyGenError,
    NotFoundError,
)
from heygen_async.jobs.budget import Budget
from heygen_async.jobs.entries import Entry, Look
from heygen_async.jobs.groups import Group
from heygen_async.jobs.table import Table
from heygen_async.models import StatusEntry
from heygen_async.transport.events import logger
from heygen_async.transport.toll import tolled
from heygen_async.wire.limits import BULK_STATUS_MAX
from heygen_async.wire.statuses import Verdict, verdict
from heygen_async.wire.sunset import is_certain

_AT_ONCE: Final = 8
_BULK_AGAIN: Final = 60.0
"""Seconds without bulk looks after an answer that may have been a gateway's."""

_FINAL: Final = frozenset({Verdict.DONE, Verdict.FAILED})

_Begun: TypeAlias = Callable[[Group, list[Entry], bool], None]
_Seen: TypeAlias = Callable[[Entry], None]


class Rank(IntEnum):
    """Where a job stands in its line: first come, first served within each."""

    NOW = 0
    """Somebody wants one look, or gives up without any: it is beside the budget."""
    SOON = 1
    """It has ended, by a look or by HeyGen's word; or it is the last look before somebody leaves.
    """
    IN_TURN = 2


class Looks:
    """Looks of all kinds, bulk and single.

    Args:
        table: Told of what they show.
        budget: Of requests.
        begun: Told of the jobs that a look shows when it begins, and whether it goes by the
            schedule of their kind.
        seen: Told of every job whose look has ended and shown no end of it.
        wake: Called when a look has ended and another may begin.

    Attributes:
        count: Status calls made so far.
    """

    def __init__(
        self,
        table: Table,
        budget: Budget,
        *,
        begun: _Begun,
        seen: _Seen,
        wake: Callable[[], None],
    ) -> None:
        self.count: int = 0
        self._table = table
        self._budget = budget
        self._begun = begun
        self._seen = seen
        self._wake = wake
        # Bulk and single looks, and every kind, apart: one that is stuck holds up no other.
        self._lanes: dict[tuple[Group, bool], _Lane] = {}
        self._turns: deque[_Lane] = deque()

    def ask(self, entry: Entry, rank: Rank) -> None:
        """Lines a job up for a look, or moves it forward in the line.

        It is one with others of its kind where one shows many, but alone where somebody says that
        it has ended.
        """
        group = self._table.group(entry.kind)
        if not entry.asked:
            entry.asked = True
            alone = entry.hinted or entry.is_odd
            self._lane(group, bulk=group.has_bulk and not alone).put(entry, rank)
        elif (lane := self._line_of(entry)) is not None:
            lane.put(entry, rank)

    def ask_alone(self, entry: Entry) -> None:
        """Lines a job up to be read by itself soon, whatever look at many it waits for."""
        lane, look = self._line_of(entry), entry.look
        if (lane is not None and lane.is_bulk) or (look is not None and look.is_at_many):
            self.drop(entry)
        self.ask(entry, Rank.NOW if entry.wants_one_look else Rank.SOON)

    def line_up_anew(self, group: Group) -> None:
        """Lines up who waits for a look at many where there is none, or alone where there is."""
        for entry in self._lane(group, bulk=not group.has_bulk).take_out(Rank.IN_TURN):
            entry.asked = False
            self.ask(entry, Rank.IN_TURN)

    def moved(self, entry: Entry) -> float:
        """When the line in which a job waits has moved."""
        lane = self._line_of(entry)
        return -math.inf if lane is None else lane.moved

    def start(self) -> float:
        """Begins what may begin now.

        Returns:
            The moment at which the budget allows more; infinite where nothing waits for that.
        """
        now = self._table.now()
        passed = 0
        while passed < len(self._turns):  # in turns, until none can begin
            lane = self._turns[0]
            self._turns.rotate(-1)
            if lane.is_ready and (lane.is_beside_the_budget or self._budget.take(now)):
                lane.begin(now)
                passed = 0
            else:
                passed += 1
        waits = any(lane.is_ready for lane in self._turns)
        return self._budget.free_at(now) if waits else math.inf

    def drop(self, entry: Entry) -> None:
        """Stops a look at jobs that nobody waits for any more."""
        if entry.look is not None:
            entry.look.let_go(entry)
        elif (lane := self._line_of(entry)) is not None:
            lane.drop(entry)
        entry.asked = False

    async def close(self) -> None:
        """Stops all looks."""
        tasks = [task for lane in self._lanes.values() for task in lane.close()]
        await asyncio.gather(*tasks, return_exceptions=True)

    def _lane(self, group: Group, *, bulk: bool) -> "_Lane":
        place = (group, bulk)
        if place not in self._lanes:
            look = self._read_bulk if bulk else self._read
            self._lanes[place] = lane = _Lane(group, look, bulk=bulk, looks=self)
            self._turns.append(lane)
        return self._lanes[place]

    def _line_of(self, entry: Entry) -> "_Lane | None":
        group = self._table.group(entry.kind)
        lanes = (self._lanes.get((group, bulk)) for bulk in (True, False))
        return next((lane for lane in lanes if lane is not None and entry in lane), None)

    # For the lanes

    def begun(self, group: Group, entries: list[Entry], *, by_schedule: bool) -> None:
        """A look begins."""
        self._begun(group, entries, by_schedule)

    def toll(self) -> Callable[[], None]:
        """What is called for every request of a look: its first is paid for, others will be."""
        requests = count()

        def pay() -> None:
            if next(requests):
                self._budget.owe(self._table.now())

        return pay

    def ended(self, look: Look) -> None:
        """A look has ended."""
        for entry in look.still_there:
            entry.look = None
            entry.asked = False
            self._seen(entry)
        if any(lane.is_ready for lane in self._turns):
            self._wake()

    async def _read_bulk(self, look: Look) -> None:
        entries = look.entries
        if not look.is_at_many:
            await self._read(look)
            return
        kind = entries[0].kind
        assert kind.bulk is not None  # noqa: S101  `ask` looked
        self.count += 1
        try:
            lines = await kind.bulk([entry.job_id for entry in entries])
        except (EndpointRetiredError, NotFoundError, DecodeError) as problem:
            logger.warning("no bulk statuses", extra={"kind": kind.name, "reason": str(problem)})
            group = self._table.group(kind)
            group.has_bulk = False
            if not (isinstance(problem, NotFoundError) and is_certain(problem)):
                group.bulk_again = self._table.now() + _BULK_AGAIN
            self._go_on(look, look.entries, Rank.IN_TURN)
            self.line_up_anew(group)
            return
        except BadRequestError:
            # One id is odd, and nobody knows which: none of the others is to suffer for it.
            self._go_on(look, look.entries, Rank.IN_TURN)
            return
        except HeyGenError as problem:
            self._table.failed(look.still_there, problem)
            return
        by_id: dict[str | None, StatusEntry] = {line.video_id: line for line in lines}
        ended: list[Entry] = []
        for entry in look.still_there:
            line = by_id.get(entry.job_id)
            word = "not_found" if line is None else line.status
            if verdict(kind.name, word) in _FINAL or self._table.may_be_lost(entry, word):
                ended.append(entry)  # as far as is known: one read of its own tells
            else:
                self._table.note(entry, word)
        self._go_on(look, ended, Rank.SOON)

    def _go_on(self, look: Look, alone: Iterable[Entry], rank: Rank) -> None:
        """Hands some of a bulk look's entries on to looks of their own: they stay asked."""
        lane = self._lane(self._table.group(look.entries[0].kind), bulk=False)
        for entry in alone:
            if entry.look is look:
                entry.look = None
                lane.put(entry, Rank.NOW if entry.wants_one_look else rank)

    async def _read(self, look: Look) -> None:
        (entry,) = look.entries
        self.count += 1
        try:
            result = await entry.kind.read(entry.job_id)
        except NotFoundError as problem:
            self._table.note(entry, "not_found", problem)
        except HeyGenError as problem:
            self._table.failed(look.still_there, problem)
        else:
            if entry.listeners:
                self._table.settle(entry, entry.kind.state(result), result)

    def fail(self, look: Look, problem: Exception) -> None:
        """A bug must not leave anybody waiting for ever."""
        for entry in look.still_there:
            self._table.reject(entry, problem)


class _Lane:
    """Looks of one sort: a line of jobs, and a few looks at its head.

    Attributes:
        is_bulk: Whether one look shows many.
        moved: When a look began, at last.
    """

    def __init__(
        self, group: Group, look: Callable[[Look], Awaitable[None]], *, bulk: bool, looks: Looks
    ) -> None:
        self._group = group
        self._look = look
        self.is_bulk = bulk
        self._looks = looks
        self.moved: float = -math.inf
        # By rank. One that is dropped leaves no trace, however long the line stands still.
        self._lines: tuple[OrderedDict[Entry, None], ...] = tuple(OrderedDict() for _ in Rank)
        self._at_work: dict[asyncio.Task[None], Look] = {}

    @property
    def is_ready(self) -> bool:
        """Whether a look may begin."""
        return any(self._lines) and len(self._at_work) < _AT_ONCE

    @property
    def is_beside_the_budget(self) -> bool:
        """Whether the next one cannot wait for it."""
        return bool(self._lines[Rank.NOW])

    def __contains__(self, entry: Entry) -> bool:
        return any(entry in line for line in self._lines)

    def put(self, entry: Entry, rank: Rank) -> None:
        """Looks at a job when there is room. One that is in the line moves forward only."""
        if any(entry in line for line in self._lines[: rank + 1]):
            return
        self.drop(entry)
        self._lines[rank][entry] = None

    def drop(self, entry: Entry) -> None:
        """Takes a job out of the line."""
        for line in self._lines:
            line.pop(entry, None)

    def take_out(self, rank: Rank) -> list[Entry]:
        """Takes all of a rank out of the line."""
        taken = list(self._lines[rank])
        self._lines[rank].clear()
        return taken

    def begin(self, now: float) -> None:
        """Begins a look at the first of the line."""
        most = BULK_STATUS_MAX if self.is_bulk else 1
        entries: list[Entry] = []
        for line in self._lines:
            while line and len(entries) < most:
                entries.append(line.popitem(last=False)[0])
        if len(entries) < most:
            entries += self._group.next_ones(most - len(entries), now)
        for entry in entries:
            entry.asked = True
        look = Look(entries)
        self.moved = now
        by_schedule = self.is_bulk or not self._group.has_bulk
        self._looks.begun(self._group, entries, by_schedule=by_schedule)
        look.task = asyncio.get_running_loop().create_task(self._run(look))
        self._at_work[look.task] = look
        look.task.add_done_callback(self._ended)

    def close(self) -> tuple["asyncio.Task[None]", ...]:
        """Stops all looks; gives what is to be awaited."""
        for line in self._lines:
            line.clear()
        tasks = tuple(self._at_work)
        for task in tasks:
            task.cancel()
        return tasks

    async def _run(self, look: Look) -> None:
        try:
            with tolled(self._looks.toll()):
                await self._look(look)
        except Exception as problem:  # noqa: BLE001  a bug must not leave anybody waiting for ever
            logger.exception("a look at jobs failed")
            self._looks.fail(look, problem)

    def _ended(self, task: "asyncio.Task[None]") -> None:
        look = self._at_work.pop(task)
        self._looks.ended(look)
