"""StatusBoard: all waiting jobs of a client, kept by one task.

A waiting job is an entry here, not a task. Kinds with a bulk endpoint are read up to a hundred a
call, the others one by one on the same schedule. The full resource is read once, at the end. A
look is a task of its own, so that one which is stuck delays neither a timeout nor another look.
"""

import asyncio
import math
from collections import OrderedDict
from collections.abc import AsyncGenerator, Callable
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
_EARLY_KEPT: Final = 10_000


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
        self._table = Table(world, events, grace=self._cadence.grace)
        self._looks = Looks(self._table)
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

    async def wait(
        self, kind: JobKind[T], job_id: str, *, timeout: float | None, for_person: bool, fresh: bool
    ) -> T:
        """The finished job's result. See ``Job.wait``."""
        listener = self._listener(kind, timeout, for_person=for_person)
        entry = self._join(kind, job_id, listener, fresh=fresh)
        try:
            return cast("T", await listener.future)
        finally:
            self._leave(entry, listener)

    async def updates(
        self, kind: JobKind[T], job_id: str, *, timeout: float | None, fresh: bool
    ) -> AsyncGenerator[JobUpdate]:
        """The changes of a job's status. See ``Job.updates``."""
        queue: asyncio.Queue[JobUpdate | None] = asyncio.Queue()
        listener = self._listener(kind, timeout, for_person=True, on_update=queue.put_nowait)
        listener.future.add_done_callback(lambda _: queue.put_nowait(None))
        entry = self._join(kind, job_id, listener, fresh=fresh)
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

    def _join(self, kind: JobKind[Any], job_id: str, listener: Listener, *, fresh: bool) -> Entry:
        now = self._table.now()
        entry = self._table.find(kind, job_id)
        if entry is None:
            wait = 0.0
            if fresh and job_id not in self._early:
                wait = self._cadence.first_look(kind.expected, self._world.uniform)
            self._early.pop(job_id, None)
            entry = Entry(kind, job_id, now=now, due=now + wait)
            self._table.add(entry)
        if listener.once:
            entry.due = now
        entry.listeners.append(listener)
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
                await self._rest(self._next_moment() - now)
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
        taken = [entry for entry in due if not entry.asked]
        kinds = {id(entry.kind) for entry in taken if self._looks.bulk(entry.kind)}
        for kind in kinds:
            count = sum(id(entry.kind) == kind for entry in taken)
            later = (e for e in entries if id(e.kind) == kind and e.due > now and not e.asked)
            taken += nsmallest(-count % BULK_STATUS_MAX, later, key=lambda entry: entry.due)
        for entry in dict.fromkeys((*due, *taken)):  # in order: chance is drawn in turn
            interval = self._cadence.next_look(now - entry.since, self._world.uniform)
            entry.due = max(entry.due, now + max(interval, _SHORTEST))
        return taken


async def _sleep(world: World, seconds: float) -> None:
    await world.clock.sleep(seconds)
