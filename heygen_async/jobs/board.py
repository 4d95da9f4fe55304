"""StatusBoard: all waiting jobs of a client, kept by one task.

A waiting job is an entry here, not a task. Kinds with a bulk endpoint are read up to a hundred a
call, the others one by one on the same schedule. The full resource is read once, at the end. A
look is a task of its own, so that one which is stuck delays neither a timeout nor another look.
"""

import asyncio
import math
from collections import Counter, OrderedDict
from collections.abc import AsyncGenerator, Callable, Iterable, Iterator
from contextlib import suppress
from heapq import nsmallest
from typing import Any, Final, TypeVar, cast

from heygen_async.api.job import JobKind, JobUpdate
from heygen_async.errors import ClientLoopError, JobFailedError
from heygen_async.jobs.cadence import Cadence
from heygen_async.jobs.entries import Entry, Listener
from heygen_async.jobs.looks import Looks
from heygen_async.jobs.table import Table
from heygen_async.transport.clock import World
from heygen_async.transport.events import Events, logger
from heygen_async.wire.limits import BULK_STATUS_MAX

T = TypeVar("T")

# A wait without any time is one look, and that may not take for ever either.
_ONE_LOOK: Final = 10.0
_SHORTEST: Final = 0.01
_PER_ENTRY: Final = 1e-5
_LAST_LOOK: Final = 1.0
_EARLY_KEPT: Final = 10_000

_BURST: Final = 1.0
"""Seconds of the budget that may be spent at once."""

_SIBLING: Final = 0.2
"""Part of a job's duration by which the beginnings of its siblings may differ from its own."""


class StatusBoard:
    """Waits for every job of one client.

    Args:
        world: Time and chance.
        events: Told of every change.
        cadence: How often to look.
    """

    def __init__(self, world: World, events: Events, cadence: Cadence | None = None) -> None:
        self._world = world
        self._cadence = cadence or Cadence()
        self._table = Table(
            world, events, grace=self._cadence.grace, ended=self._ended, wake=self._stir
        )
        self._looks = Looks(self._table)
        self._awake_at: float = math.inf
        self._free_at: dict[int, float] = {}
        self._early: OrderedDict[str, None] = OrderedDict()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None
        self._sleep: asyncio.Task[None] | None = None

    def __len__(self) -> int:
        return len(self._table)

    @property
    def looks(self) -> int:
        """Status calls made so far, bulk and single."""
        return self._looks.count

    def now(self) -> float:
        """Seconds of the clock by which jobs age."""
        return self._table.now()

    async def wait(
        self,
        kind: JobKind[T],
        job_id: str,
        *,
        timeout: float | None,
        for_person: bool,
        made: float | None,
    ) -> T:
        """The finished job's result. See ``Job.wait``."""
        listener = self._listener(kind, timeout, for_person=for_person)
        entry = self._join(kind, job_id, listener, made=made)
        try:
            return cast("T", await listener.future)
        finally:
            self._leave(entry, listener)

    async def updates(
        self, kind: JobKind[T], job_id: str, *, timeout: float | None, made: float | None
    ) -> AsyncGenerator[JobUpdate]:
        """The changes of a job's status. See ``Job.updates``."""
        queue: asyncio.Queue[JobUpdate | None] = asyncio.Queue()
        listener = self._listener(kind, timeout, for_person=True, on_update=queue.put_nowait)
        listener.future.add_done_callback(lambda _: queue.put_nowait(None))
        entry = self._join(kind, job_id, listener, made=made)
        if entry.status is not None:
            queue.put_nowait(self._table.update(entry, entry.status, finished=False))
        try:
            while (update := await queue.get()) is not None:
                yield update
            with suppress(JobFailedError):
                listener.future.result()
        finally:
            self._leave(entry, listener)

    def hint(self, job_id: str) -> None:
        """Somebody says that a job has ended: it is looked at now, for that may be wrong.

        An id that nobody waits for yet is kept for a while: the news may be faster than the
        answer to the call that made the job.
        """
        now = self._table.now()
        entries = self._table.with_id(job_id)
        for entry in entries:
            entry.due = now
            entry.hinted = entry.asked  # what is seen by a look under way may be older
        if entries:
            self._stir()
            return
        self._early[job_id] = None
        if len(self._early) > _EARLY_KEPT:
            self._early.popitem(last=False)

    async def close(self) -> None:
        """Ends the looking; whoever still waits is told that the client is closed."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        for entry in self._table.all():
            self._table.reject(
                entry, ClientLoopError("the client was closed while a job was waited for")
            )
        await self._looks.close()

    # Who waits

    def _listener(
        self,
        kind: JobKind[Any],
        timeout: float | None,
        *,
        for_person: bool,
        on_update: Callable[[JobUpdate], None] | None = None,
    ) -> Listener:
        loop = asyncio.get_running_loop()
        if self._loop is None:
            self._loop = loop
        elif self._loop is not loop:
            # The board's task would never be woken from here, and whoever waits neither.
            raise ClientLoopError(
                "the client waits for jobs in another event loop",
                hint="Open one client per event loop, inside it.",
            )
        seconds = kind.timeout if timeout is None else timeout
        once = not seconds > 0
        return Listener(
            loop.create_future(),
            self._table.now() + (_ONE_LOOK if once else seconds),
            once=once,
            for_person=for_person,
            on_update=on_update,
        )

    def _join(
        self, kind: JobKind[Any], job_id: str, listener: Listener, *, made: float | None
    ) -> Entry:
        now = self._table.now()
        entry = self._table.find(kind, job_id)
        if entry is None:
            due = now
            if made is not None and job_id not in self._early:
                durations = self._table.durations(kind)
                due = max(now, made + self._cadence.first_look(durations, self._world.uniform))
            self._early.pop(job_id, None)
            entry = Entry(kind, job_id, now=now, due=due, made=made)
            self._table.add(entry)
        # Nobody gives up without a look.
        entry.due = min(entry.due, now if listener.once else max(now, listener.until - _LAST_LOOK))
        entry.listeners.append(listener)
        if min(entry.due, listener.until) < self._awake_at:
            self._stir()
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._run())
        return entry

    def _leave(self, entry: Entry, listener: Listener) -> None:
        if not listener.future.cancel() and not listener.future.cancelled():
            listener.future.exception()  # seen: nobody is to be told again when it is collected
        if listener in entry.listeners:
            entry.listeners.remove(listener)
        if not entry.listeners:
            self._table.drop(entry)
            self._looks.leave(entry)
        if not len(self._table):
            self._stir()  # the task ends rather than to sleep for nobody

    # The one task

    async def _run(self) -> None:
        try:
            while len(self._table):
                now = self._table.now()
                self._expire(now)
                self._looks.ask(self._take_due(now))
                self._awake_at = self._next_moment()
                await self._rest(self._awake_at - now)
                # A round walks all entries: the more there are, the fewer rounds a second.
                if (pause := len(self._table) * _PER_ENTRY) > _SHORTEST:
                    await self._world.clock.sleep(pause)
        except Exception as problem:  # noqa: BLE001  a bug must not leave anybody waiting for ever
            logger.exception("the status board failed")
            for entry in self._table.all():
                self._table.reject(entry, problem)

    async def _rest(self, seconds: float) -> None:
        """Sleeps until the next moment, or until somebody joins, or the last one leaves."""
        if len(self._table):
            sleep = _sleep(self._world, max(0.0, seconds))
            self._sleep = asyncio.get_running_loop().create_task(sleep)
            try:
                await asyncio.wait((self._sleep,))
            finally:
                self._stir()

    def _stir(self) -> None:
        if self._sleep is not None:
            self._sleep.cancel()

    def _next_moment(self) -> float:
        soonest = math.inf
        for entry in self._table.all():
            soonest = min(soonest, entry.due, *(li.until for li in entry.listeners))
        return soonest

    def _expire(self, now: float) -> None:
        for entry in self._table.all():
            entry.expire(now)
            if all(listener.future.done() for listener in entry.listeners):
                self._table.drop(entry)

    def _take_due(self, now: float) -> list[Entry]:
        """Entries to look at now. A bulk call that goes out anyway is filled with the next ones.

        One that is being looked at already is put off: looks do not overtake each other.
        """
        entries = self._table.all()
        due = [entry for entry in entries if entry.due <= now]
        taken = [entry for entry in due if not entry.asked and self._affordable(entry, now)]
        kinds = {id(entry.kind) for entry in taken if self._looks.bulk(entry.kind)}
        for kind in kinds:
            count = sum(id(entry.kind) == kind for entry in taken)
            later = (e for e in entries if id(e.kind) == kind and e.due > now and not e.asked)
            taken += nsmallest(-count % BULK_STATUS_MAX, later, key=lambda entry: entry.due)
        counts = Counter(id(entry.kind) for entry in entries)
        put_off = (entry for entry in due if entry.asked)
        for group in self._looked_at_together(dict.fromkeys((*put_off, *taken))):
            shown = group[0].kind
            interval = self._cadence.next_look(
                self._table.durations(shown),
                [entry.age(now) for entry in group],
                looks=math.ceil(counts[id(shown)] / self._size(shown)),
                uniform=self._world.uniform,
            )
            for entry in group:
                entry.due = max(entry.due, now + max(interval, _SHORTEST))
        return taken

    def _affordable(self, entry: Entry, now: float) -> bool:
        """Whether the budget has a look for a job; else it is due when the budget has.

        Many that are looked at together cost one look, and who asks for one look gets it.
        """
        if self._looks.bulk(entry.kind) or any(each.once for each in entry.listeners):
            return True
        budget = self._cadence.budget
        free_at = max(now, self._free_at.get(id(entry.kind), now))
        if free_at > now + _BURST:
            entry.due = free_at - _BURST
            return False
        self._free_at[id(entry.kind)] = free_at + 1 / budget
        return True

    def _ended(self, entry: Entry) -> None:
        """Looks sooner at jobs that were made about when one was that has just ended.

        Those with a bulk endpoint were looked at with it, or will be at once.
        """
        if entry.made is None or self._looks.bulk(entry.kind):
            return
        now = self._table.now()
        near = _SIBLING * (now - entry.made)
        soon = now + self._cadence.shortest
        for other in self._table.all():
            same = other.kind is entry.kind and other is not entry and not other.asked
            known = same and other.made is not None
            if known and abs(other.age(now) - entry.age(now)) <= near and other.due > soon:
                other.due = soon
                soon += 1 / self._cadence.budget
        self._stir()

    def _size(self, kind: JobKind[Any]) -> int:
        """How many jobs of a kind one look shows."""
        return BULK_STATUS_MAX if self._looks.bulk(kind) else 1

    def _looked_at_together(self, entries: Iterable[Entry]) -> Iterator[list[Entry]]:
        by_kind: dict[int, list[Entry]] = {}
        for entry in entries:
            by_kind.setdefault(id(entry.kind), []).append(entry)
        for group in by_kind.values():
            size = self._size(group[0].kind)
            yield from (group[start : start + size] for start in range(0, len(group), size))


async def _sleep(world: World, seconds: float) -> None:
    await world.clock.sleep(seconds)
