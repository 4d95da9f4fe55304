"""Looks at jobs: each is a task of its own, and there are few of them at once.

The board goes on meanwhile: a look that is stuck holds up nobody but the jobs that it is about.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from typing import Any, Final, TypeAlias

from heygen_async.api.job import JobKind
from heygen_async.errors import DecodeError, EndpointRetiredError, HeyGenError, NotFoundError
from heygen_async.jobs.entries import Entry
from heygen_async.jobs.table import Table
from heygen_async.models import StatusEntry
from heygen_async.transport.events import logger
from heygen_async.wire.limits import BULK_STATUS_MAX
from heygen_async.wire.statuses import Verdict, verdict

_AT_ONCE: Final = 8
_FINAL: Final = frozenset({Verdict.DONE, Verdict.FAILED})

_Look: TypeAlias = Callable[[list[Entry]], Awaitable[None]]


class Looks:
    """Looks of all kinds, bulk and single.

    Attributes:
        count: Status calls made so far.
    """

    def __init__(self, table: Table) -> None:
        self.count: int = 0
        self._table = table
        # Bulk and single looks, and every kind, apart: one that is stuck holds up no other.
        self._lanes: dict[tuple[int, bool], _Lane] = {}
        self._no_bulk: set[int] = set()

    def bulk(self, kind: JobKind[Any]) -> bool:
        """Whether many jobs of a kind can be looked at in one call."""
        return kind.bulk is not None and id(kind) not in self._no_bulk

    def ask(self, due: Iterable[Entry]) -> None:
        """Starts looks at these, or puts them in line."""
        together: dict[int, list[Entry]] = {}
        for entry in due:
            entry.asked = True
            if self.bulk(entry.kind):
                together.setdefault(id(entry.kind), []).append(entry)
            else:
                self._alone(entry)
        for entries in together.values():
            for start in range(0, len(entries), BULK_STATUS_MAX):
                chunk = entries[start : start + BULK_STATUS_MAX]
                if len(chunk) == 1:
                    self._alone(chunk[0])
                else:
                    self._lane(chunk[0].kind, bulk=True).put(chunk)

    def leave(self, entry: Entry) -> None:
        """Stops a look at jobs that nobody waits for any more."""
        for lane in self._lanes.values():
            lane.leave(entry)

    async def close(self) -> None:
        """Stops all looks."""
        for lane in self._lanes.values():
            await lane.close()

    def _alone(self, entry: Entry) -> None:
        self._lane(entry.kind, bulk=False).put([entry])

    def _lane(self, kind: JobKind[Any], *, bulk: bool) -> "_Lane":
        place = (id(kind), bulk)
        if place not in self._lanes:
            self._lanes[place] = _Lane(self._table, self._read_bulk if bulk else self._read)
        return self._lanes[place]

    async def _read_bulk(self, entries: list[Entry]) -> None:
        kind = entries[0].kind
        assert kind.bulk is not None  # noqa: S101  `ask` looked
        self.count += 1
        try:
            lines = await kind.bulk([entry.job_id for entry in entries])
        except (EndpointRetiredError, NotFoundError, DecodeError) as problem:
            logger.warning("no bulk statuses", extra={"kind": kind.name, "reason": str(problem)})
            self._no_bulk.add(id(kind))
            self._go_on(entries, entries)
            return
        except HeyGenError as problem:
            self._table.failed(entries, problem)
            return
        by_id: dict[str | None, StatusEntry] = {line.video_id: line for line in lines}
        ended: list[Entry] = []
        for entry in entries:
            line = by_id.get(entry.job_id)
            word = "not_found" if line is None else line.status
            if verdict(kind.name, word) in _FINAL:
                ended.append(entry)
            else:
                self._table.note(entry, word)
        self._go_on(entries, ended)

    def _go_on(self, entries: list[Entry], alone: Iterable[Entry]) -> None:
        """Hands some of a bulk look's entries on to looks of their own: they stay asked."""
        moved = list(alone)
        gone = {id(entry) for entry in moved}
        entries[:] = [entry for entry in entries if id(entry) not in gone]
        for entry in moved:
            self._alone(entry)

    async def _read(self, entries: list[Entry]) -> None:
        (entry,) = entries
        self.count += 1
        try:
            result = await entry.kind.read(entry.job_id)
        except NotFoundError as problem:
            self._table.note(entry, "not_found", problem)
        except HeyGenError as problem:
            self._table.failed(entries, problem)
        else:
            self._table.settle(entry, entry.kind.state(result), result)


class _Lane:
    """Looks of one sort: a line, and a few tasks at its head."""

    def __init__(self, table: Table, look: _Look) -> None:
        self._table = table
        self._look = look
        self._line: deque[list[Entry]] = deque()
        self._at_work: dict[asyncio.Task[None], list[Entry]] = {}

    def put(self, entries: list[Entry]) -> None:
        """Looks at these when there is room."""
        self._line.append(entries)
        self._start()

    def leave(self, entry: Entry) -> None:
        """Stops the look at an entry, unless somebody waits for another of its entries."""
        for task, entries in self._at_work.items():
            if entry in entries and not any(each.listeners for each in entries):
                task.cancel()

    async def close(self) -> None:
        """Stops all looks."""
        self._line.clear()
        tasks = tuple(self._at_work)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _start(self) -> None:
        while self._line and len(self._at_work) < _AT_ONCE:
            entries = [entry for entry in self._line.popleft() if entry.listeners]
            if entries:
                task = asyncio.get_running_loop().create_task(self._run(entries))
                self._at_work[task] = entries
                task.add_done_callback(self._ended)

    async def _run(self, entries: list[Entry]) -> None:
        try:
            await self._look(entries)
        except Exception as problem:  # noqa: BLE001  a bug must not leave anybody waiting for ever
            logger.exception("a look at jobs failed")
            for entry in entries:
                self._table.reject(entry, problem)

    def _ended(self, task: "asyncio.Task[None]") -> None:
        now = self._table.now()
        again = [entry.looked(now) for entry in self._at_work.pop(task)]
        if any(again):
            self._table.wake()
        self._start()
