"""StatusBoard: all waiting jobs of a client, kept by one task.

A waiting job is an entry here, not a task. Kinds with a bulk endpoint are read up to a hundred a
call, the others one by one on the same schedule. The full resource is read once, at the end. A
look is a task of its own, so that one which is stuck delays neither a timeout nor another look.
"""

import asyncio
import math
from collections import OrderedDict
from contextlib import suppress
from typing import Any, Final

from heygen_async.api.job import JobKind, Listener
from heygen_async.errors import ClientLoopError
from heygen_async.jobs.budget import Budget
from heygen_async.jobs.cadence import Cadence
from heygen_async.jobs.entries import Entry
from heygen_async.jobs.groups import Group
from heygen_async.jobs.looks import Looks
from heygen_async.jobs.table import Table
from heygen_async.transport.clock import World
from heygen_async.transport.events import Events, logger

# A wait without any time is one look, and that may not take for ever either.
_ONE_LOOK: Final = 10.0
_SHORTEST: Final = 0.01
_LAST_LOOK: Final = 1.0
_EARLY_KEPT: Final = 10_000

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
            world, events, grace=self._cadence.grace, ended=self._ended, dropped=self._dropped
        )
        self._looks = Looks(
            self._table,
            Budget(self._cadence.budget),
            begun=self._put_off,
            seen=self._seen,
            wake=self._stir,
        )
        self._awake_at: float = math.inf
        # Anybody may send unsigned ones: they displace none that are signed.
        self._early: dict[bool, OrderedDict[str, None]] = {
            signed: OrderedDict() for signed in (True, False)
        }
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

    def join(
        self,
        kind: JobKind[Any],
        job_id: str,
        listener: Listener,
        *,
        timeout: float | None,
        made: float | None,
    ) -> None:
        """Waits for a job on somebody's behalf. See ``Job.listen``."""
        self._check_loop()
        now = self._table.now()
        seconds = kind.timeout if timeout is None else timeout
        listener.once = not seconds > 0
        listener.until = now + (_ONE_LOOK if listener.once else seconds)
        group = self._table.group(kind)
        entry = group.find(job_id)
        if entry is None:
            entry = self._new_entry(group, job_id, now=now, made=made)
        entry.listeners += (listener,)
        # Nobody gives up without a look.
        last = now if listener.once else max(now, listener.until - _LAST_LOOK)
        self._plan(group, entry, min(entry.due, last))
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._run())
        if entry.status is not None:
            listener.changed(self._table.update(entry, entry.status, finished=False))

    def leave(self, kind: JobKind[Any], job_id: str, listener: Listener) -> None:
        """Waits no longer. See ``Job.forget``."""
        entry = self._table.group(kind).find(job_id)
        if entry is not None and listener in entry.listeners:
            entry.listeners = tuple(each for each in entry.listeners if each is not listener)
            if not entry.listeners:
                self._table.drop(entry)

    def hint(self, job_id: str, *, signed: bool) -> None:
        """Somebody says that a job has ended: it is read now, for that may be wrong.

        An id that nobody waits for yet is kept for a while: the news may be faster than the
        answer to the call that made the job.

        Args:
            job_id: Of any kind.
            signed: Whether it is HeyGen who says so. Whatever others say makes looks no rarer.
        """
        now = self._table.now()
        known = False
        for group in self._table.groups():
            entry = group.find(job_id)
            if entry is not None:
                known = entry.hinted = True
                entry.told = entry.told or signed
                if not entry.asked:  # else what is seen by that look may be older
                    self._looks.ask_alone(entry)
                    self._plan(group, entry, min(entry.due, now + self._shortest))
            elif signed and group.hints.came(job_id, now):
                known = True
        if known:
            self._stir()
            return
        early = self._early[signed]
        early[job_id] = None
        if len(early) > _EARLY_KEPT:
            early.popitem(last=False)

    async def close(self) -> None:
        """Ends the looking; whoever still waits is told that the client is closed."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        for entry in self._table:
            self._table.reject(
                entry, ClientLoopError("the client was closed while a job was waited for")
            )
        await self._looks.close()

    # Who waits

    def _check_loop(self) -> None:
        loop = asyncio.get_running_loop()
        if self._loop is None:
            self._loop = loop
        elif self._loop is not loop:
            # The board's task would never be woken from here, and whoever waits neither.
            raise ClientLoopError(
                "the client waits for jobs in another event loop",
                hint="Open one client per event loop, inside it.",
            )

    def _new_entry(self, group: Group, job_id: str, *, now: float, made: float | None) -> Entry:
        due = now
        if made is not None:
            first = self._cadence.first_look(group.durations, self._world.uniform)
            due = max(now, made + first)
        entry = Entry(group.kind, job_id, now=now, due=due, made=made)
        group.add(entry)
        early = [signed for signed, ids in self._early.items() if job_id in ids]
        if early:
            for signed in early:
                del self._early[signed][job_id]
            entry.hinted, entry.told = True, any(early)
            self._looks.ask_alone(entry)
            self._stir()
        return entry

    def _plan(self, group: Group, entry: Entry, due: float) -> None:
        """Looks at a job at a moment, and wakes the task if that is before it wakes."""
        entry.due = due
        group.schedule(entry)
        if entry.at is not None and entry.at < self._awake_at:
            self._stir()

    def _dropped(self, entry: Entry) -> None:
        self._looks.drop(entry)
        if not len(self._table):
            self._stir()  # the task ends rather than to sleep for nobody

    # The one task

    async def _run(self) -> None:
        try:
            while len(self._table):
                now = self._table.now()
                for group in self._table.groups():
                    self._take_turns(group, now)
                turns = (group.next_turn for group in self._table.groups())
                self._awake_at = min(self._looks.start(), *turns)
                await self._rest(self._awake_at - now)
        except Exception as problem:  # noqa: BLE001  a bug must not leave anybody waiting for ever
            logger.exception("the status board failed")
            for entry in self._table:
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
        self._awake_at = -math.inf
        if self._sleep is not None:
            self._sleep.cancel()

    def _take_turns(self, group: Group, now: float) -> None:
        asked: list[Entry] = []
        for entry in group.take(now):
            entry.expire(now)
            if not entry.listeners:
                self._table.drop(entry)
            elif entry.due > now:
                group.schedule(entry)
            elif self._rests(group, entry, now):
                entry.due = group.rests_until
                group.schedule(entry)
            else:
                if not entry.asked:
                    self._looks.ask(entry)
                entry.due = now + self._shortest  # a look that begins says it better
                asked.append(entry)
        self._looks.start()
        for entry in asked:
            if entry.at is None and entry.listeners:
                group.schedule(entry)

    def _rests(self, group: Group, entry: Entry, now: float) -> bool:
        """Whether a job that is due waits for the next look at its kind."""
        is_last = entry.until - _LAST_LOOK <= now
        return now < group.rests_until and not (is_last or entry.is_urgent)

    @property
    def _shortest(self) -> float:
        return max(_SHORTEST, self._cadence.shortest)

    def _put_off(self, group: Group, entries: list[Entry]) -> None:
        """Says when the jobs of a look that begins are looked at again."""
        now = self._table.now()
        untold = group.hints.untold(now)
        wait = self._wait(group, [entry.age(now) for entry in entries], untold)
        if told := [entry.age(now) for entry in entries if entry.told]:
            wait = min(wait, self._wait(group, told, 1.0))
        if group.has_bulk:
            group.rests_until = now + self._cadence.pause(untold=untold, looks=group.looks)
        for entry in entries:
            entry.due = max(entry.due, now + max(wait, _SHORTEST))
            group.schedule(entry)

    def _wait(self, group: Group, ages: list[float], untold: float) -> float:
        return self._cadence.next_look(
            group.durations, ages, untold=untold, looks=group.looks, uniform=self._world.uniform
        )

    def _seen(self, entry: Entry) -> None:
        """A look has shown no end: whoever wanted one look has had it."""
        now = self._table.now()
        for listener in entry.listeners:
            if listener.once:
                listener.until = now
        entry.expire(now)
        if not entry.listeners:
            self._table.drop(entry)
        elif entry.hinted:
            self._looks.ask_alone(entry)
            self._plan(self._table.group(entry.kind), entry, now + self._shortest)

    def _ended(self, entry: Entry) -> None:
        """Learns from the end of a job, and looks sooner at those that were made about then.

        Those with a bulk endpoint were looked at with it, or will be at once.
        """
        now = self._table.now()
        group = self._table.group(entry.kind)
        if entry.witnessed:
            group.hints.ended(entry.job_id, told=entry.told, now=now)
        near = _SIBLING * entry.age(now)
        soon = now + self._cadence.shortest
        for other in group.siblings(entry):
            if other is entry or other.asked or other.due <= soon:
                continue
            if abs(other.age(now) - entry.age(now)) <= near:
                self._plan(group, other, soon)


async def _sleep(world: World, seconds: float) -> None:
    await world.clock.sleep(seconds)
