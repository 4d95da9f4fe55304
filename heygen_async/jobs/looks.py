"""Looks at jobs: each is a task of its own, few of them at once, and all within the budget.

The board goes on meanwhile: a look that is stuck holds up nobody but the jobs that it is about.
Which jobs a look shows is decided when it begins, so that one which had to wait shows more.
"""

import asyncio
import math
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
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
from heygen_async.wire.limits import BULK_STATUS_MAX
from heygen_async.wire.statuses import Verdict, verdict

_AT_ONCE: Final = 8
_FINAL: Final = frozenset({Verdict.DONE, Verdict.FAILED})

_Begun: TypeAlias = Callable[[Group, list[Entry]], None]
_Seen: TypeAlias = Callable[[Entry], None]


class Looks:
    """Looks of all kinds, bulk and single.

    Args:
        table: Told of what they show.
        budget: Of requests.
        begun: Told of the jobs that a look shows which goes by the schedule, when it begins.
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

    def ask(self, entry: Entry) -> None:
        """Lines a job up for a look, with others of its kind where one shows many."""
        group = self._table.group(entry.kind)
        self._line_up(group, entry, bulk=group.has_bulk and not entry.is_odd)

    def ask_alone(self, entry: Entry) -> None:
        """Lines a job up to be read whole: it has ended, as far as is known."""
        self._line_up(self._table.group(entry.kind), entry, bulk=False)

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
            if lane.is_ready and (lane.is_asked_for_once or self._budget.take(now)):
                lane.begin()
                passed = 0
            else:
                passed += 1
        waits = any(lane.is_ready for lane in self._turns)
        return self._budget.free_at(now) if waits else math.inf

    def drop(self, entry: Entry) -> None:
        """Stops a look at jobs that nobody waits for any more."""
        if entry.look is not None:
            entry.look.let_go(entry)
        entry.asked = False

    async def close(self) -> None:
        """Stops all looks."""
        tasks = [task for lane in self._lanes.values() for task in lane.close()]
        await asyncio.gather(*tasks, return_exceptions=True)

    def _line_up(self, group: Group, entry: Entry, *, bulk: bool) -> None:
        entry.asked = True
        place = (group, bulk)
        if place not in self._lanes:
            look = self._read_bulk if bulk else self._read
            self._lanes[place] = lane = _Lane(group, look, bulk=bulk, looks=self)
            self._turns.append(lane)
        self._lanes[place].put(entry)

    # For the lanes

    def begun(self, group: Group, entries: list[Entry]) -> None:
        """A look by the schedule begins."""
        self._begun(group, entries)

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
        if len(entries) == 1:
            await self._read(look)
            return
        kind = entries[0].kind
        assert kind.bulk is not None  # noqa: S101  `ask` looked
        self.count += 1
        try:
            lines = await kind.bulk([entry.job_id for entry in entries])
        except (EndpointRetiredError, NotFoundError, DecodeError) as problem:
            logger.warning("no bulk statuses", extra={"kind": kind.name, "reason": str(problem)})
            self._table.group(kind).has_bulk = False
            self._go_on(look, look.entries)
            return
        except BadRequestError:
            # One id is odd, and nobody knows which: none of the others is to suffer for it.
            self._go_on(look, look.entries)
            return
        except HeyGenError as problem:
            self._table.failed(look.still_there, problem)
            return
        by_id: dict[str | None, StatusEntry] = {line.video_id: line for line in lines}
        ended: list[Entry] = []
        for entry in look.still_there:
            line = by_id.get(entry.job_id)
            word = "not_found" if line is None else line.status
            if verdict(kind.name, word) in _FINAL:
                ended.append(entry)
            else:
                self._table.note(entry, word)
        self._go_on(look, ended)

    def _go_on(self, look: Look, alone: Iterable[Entry]) -> None:
        """Hands some of a bulk look's entries on to looks of their own: they stay asked."""
        for entry in alone:
            if entry.look is look:
                entry.look = None
                self.ask_alone(entry)

    async def _read(self, look: Look) -> None:
        (entry,) = look.entries
        entry.hinted = False
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
    """Looks of one sort: a line of jobs, and a few looks at its head."""

    def __init__(
        self, group: Group, look: Callable[[Look], Awaitable[None]], *, bulk: bool, looks: Looks
    ) -> None:
        self._group = group
        self._look = look
        self._bulk = bulk
        self._looks = looks
        self._line: deque[Entry] = deque()
        self._at_work: dict[asyncio.Task[None], Look] = {}

    @property
    def is_ready(self) -> bool:
        """Whether a look may begin."""
        while self._line and not self._line[0].listeners:
            self._line.popleft()
        return bool(self._line) and len(self._at_work) < _AT_ONCE

    @property
    def is_asked_for_once(self) -> bool:
        """Whether the next one is for somebody who wants one look, now."""
        return self._line[0].wants_one_look

    def put(self, entry: Entry) -> None:
        """Looks at a job when there is room: first for whoever wants one look, or has news."""
        if entry.hinted or entry.wants_one_look:
            self._line.appendleft(entry)
        else:
            self._line.append(entry)

    def begin(self) -> None:
        """Begins a look at the first of the line."""
        entries = [self._line.popleft()]
        if self._bulk:
            while self._line and len(entries) < BULK_STATUS_MAX:
                entry = self._line.popleft()
                if entry.listeners:
                    entries.append(entry)
            for entry in self._group.next_ones(BULK_STATUS_MAX - len(entries)):
                entry.asked = True
                entries.append(entry)
        look = Look(entries)
        if self._bulk or not self._group.has_bulk:
            self._looks.begun(self._group, entries)
        look.task = asyncio.get_running_loop().create_task(self._run(look))
        self._at_work[look.task] = look
        look.task.add_done_callback(self._ended)

    def close(self) -> tuple["asyncio.Task[None]", ...]:
        """Stops all looks; gives what is to be awaited."""
        self._line.clear()
        tasks = tuple(self._at_work)
        for task in tasks:
            task.cancel()
        return tasks

    async def _run(self, look: Look) -> None:
        try:
            await self._look(look)
        except Exception as problem:  # noqa: BLE001  a bug must not leave anybody waiting for ever
            logger.exception("a look at jobs failed")
            self._looks.fail(look, problem)

    def _ended(self, task: "asyncio.Task[None]") -> None:
        look = self._at_work.pop(task)
        self._looks.ended(look)
