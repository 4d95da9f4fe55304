"""StatusBoard: all waiting jobs of a client, kept by one task.

A waiting job is an entry here, not a task. Kinds with a bulk endpoint are read up to a hundred a
call, the others one by one on the same schedule. The full resource is read once, at the end. A
look is a task of its own, so that one which is stuck delays neither a timeout nor another look.
"""

import asyncio
import math
from collections import OrderedDict
from collections.abc import Iterable
from contextlib import suppress
from contextvars import Context
from typing import Any, Final

from heygen_async.api.job import JobKind, Listener
from heygen_async.errors import ClientLoopError
from heygen_async.jobs.budget import Budget
from heygen_async.jobs.cadence import Cadence
from heygen_async.jobs.entries import LAST_LOOK, Entry, News
from heygen_async.jobs.groups import Group
from heygen_async.jobs.looks import Looks, Rank
from heygen_async.jobs.table import Table
from heygen_async.transport.clock import World
from heygen_async.transport.events import Events, logger

# A wait without any time is one look, and that may not take for ever either.
_ONE_LOOK: Final = 10.0
_LATE: Final = 1.0
"""Seconds after somebody's time was up at which that is noticed only if the process stood still."""

_SHORTEST: Final = 0.01
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
            begun=self._begun,
            seen=self._seen,
            wake=self._stir,
        )
        self._awake_at: float = math.inf
        # Anybody may send unsigned ones: they displace none that are signed.
        self._early: dict[bool, OrderedDict[str, None]] = {
            signed: OrderedDict() for signed in (True, False)
        }
        self._closed: bool = False
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
        self._check_open()
        now = self._table.now()
        seconds = kind.timeout if timeout is None else timeout
        listener.since = now
        listener.once = not seconds > 0
        listener.until = now + (_ONE_LOOK if listener.once else seconds)
        group = self._table.group(kind)
        entry = group.find(job_id)
        if entry is None:
            entry = self._new_entry(group, job_id, now=now, made=made)
        entry.join(listener)
        hurries = listener.once or seconds <= LAST_LOOK
        if hurries and entry.asked:
            self._looks.ask(entry, Rank.NOW)
            self._stir()
        self._plan(group, entry, now if hurries else entry.due)
        if self._task is None or self._task.done():
            # Of nobody's context: whoever is the first would watch the looks for all others.
            loop = asyncio.get_running_loop()
            self._task = loop.create_task(self._run(), context=Context())
            self._task.add_done_callback(self._stopped)
        if entry.status is not None:
            listener.changed(self._table.update(entry, listener, entry.status))

    def leave(self, kind: JobKind[Any], job_id: str, listener: Listener) -> None:
        """Waits no longer. See ``Job.forget``."""
        entry = self._table.group(kind).find(job_id)
        if entry is not None and entry.leave(listener):
            self._table.drop(entry)

    def hint(self, job_id: str, *, signed: bool) -> None:
        """Somebody says that a job has ended: it is read, for that may be wrong.

        That is at once and before all others if it is HeyGen who says so, and else in its turn, no
        more often than the shortest time between two looks.

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
                known = True
                # What is seen by a look under way may be older: there will be another.
                news = entry.news = entry.news or News()
                soon = news.come(now, signed=signed)
                if signed:
                    self._looks.ask_alone(entry)
                self._plan(group, entry, min(entry.due, soon))
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
        """Ends the looking; whoever waits, or begins to, is told that the client is closed."""
        self._closed = True
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        self._reject_all("the client was closed while a job was waited for")
        await self._looks.close()

    def _reject_all(self, reason: str) -> None:
        for entry in self._table:
            self._table.reject(entry, ClientLoopError(reason))

    # Who waits

    def _check_open(self) -> None:
        if self._closed:
            raise ClientLoopError("the client is closed")
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
            entry.news = News()
            entry.due = entry.news.come(now, signed=any(early))
        return entry

    def _plan(self, group: Group, entry: Entry, due: float) -> None:
        """Looks at a job at a moment, and wakes the task if that is before it wakes."""
        entry.due = due
        group.schedule(entry, self._table.now())
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

    def _stopped(self, task: "asyncio.Task[None]") -> None:
        """Lets nobody wait for a task that was cancelled, but not by ``close``."""
        if task is self._task and task.cancelled():
            self._reject_all("the task that looks at jobs was cancelled")

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
        if group.tries_bulk_again(now):
            self._share_again(group, now)
        asked: list[Entry] = []
        for entry in group.take(now):
            self._expire(entry, now)
            if not entry.listeners:
                self._table.drop(entry)
                continue
            rank = self._rank(entry, now)
            rests = rank is Rank.IN_TURN and not (entry.is_urgent or entry.hinted)
            if rests and entry.due <= now < group.rests_until:
                entry.due = group.rests_until
            if rank is Rank.IN_TURN and entry.due > now:
                group.schedule(entry, now)
            else:
                self._looks.ask(entry, rank)
                asked.append(entry)
        self._looks.start()
        for entry in asked:
            if entry.at is None and entry.listeners:
                group.schedule(entry, now)

    def _share_again(self, group: Group, now: float) -> None:
        """Lets nobody wait for as long as it would have taken to look at one after the other."""
        self._looks.line_up_anew(group)
        soon = now + self._wait(group, (), 1.0)
        for entry in group:
            if entry.looked > -math.inf:
                entry.due = min(entry.due, soon)
                group.schedule(entry, now)

    def _rank(self, entry: Entry, now: float) -> Rank:
        """How a job whose turn has come is to be looked at, if it is."""
        if entry.wants_one_look:
            return Rank.NOW
        if entry.is_last(now):
            return Rank.NOW if entry.is_unseen(now) else Rank.SOON
        return Rank.SOON if entry.told and entry.hinted else Rank.IN_TURN

    def _expire(self, entry: Entry, now: float) -> None:
        """Ends the waits whose time is up, but nobody gives up without a look."""
        for listener in entry.listeners:
            if listener.until <= now:
                listener.until = self._patience(entry, listener, now)
        entry.expire(now)

    def _patience(self, entry: Entry, listener: Listener, now: float) -> float:
        """Until when somebody whose time is up goes on all the same, for one look."""
        stood_still = now - listener.until > _LATE
        if stood_still or not (listener.once or entry.has_shown(listener)):
            listener.once = True
            return now + _ONE_LOOK
        if listener.once and entry.look is None:
            return self._looks.moved(entry) + _ONE_LOOK
        return listener.until

    @property
    def _shortest(self) -> float:
        return max(_SHORTEST, self._cadence.shortest)

    def _begun(self, group: Group, entries: list[Entry], by_schedule: bool) -> None:  # noqa: FBT001
        """Says when the jobs of a look that begins are looked at again."""
        now = self._table.now()
        wait = self._pause(group, entries, now) if by_schedule else self._shortest
        for entry in entries:
            if entry.news is not None and entry.hinted:
                entry.news.hears_from = now + self._shortest
            entry.looked = now
            entry.due = max(entry.due, now + max(wait, _SHORTEST))
            for listener in entry.listeners:
                if listener.once:
                    listener.until = now + _ONE_LOOK
            group.schedule(entry, now)

    def _pause(self, group: Group, entries: list[Entry], now: float) -> float:
        """Seconds to the next look by the schedule."""
        untold = group.hints.untold(now)
        wait = self._wait(group, [entry.age(now) for entry in entries], untold)
        if told := [entry.age(now) for entry in entries if entry.told]:
            wait = min(wait, self._wait(group, told, 1.0))
        if group.has_bulk:
            group.rests_until = now + self._cadence.pause(untold=untold, looks=group.looks)
        return wait

    def _wait(self, group: Group, ages: Iterable[float], untold: float) -> float:
        # Kinds take turns: one that needs few looks waits for as many of each other, not for all.
        needed = [each.looks for each in self._table.groups() if len(each)]
        return self._cadence.next_look(
            group.durations,
            ages,
            untold=untold,
            looks=min(sum(needed), len(needed) * group.looks),
            uniform=self._world.uniform,
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
        else:
            self._plan(self._table.group(entry.kind), entry, entry.due)

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
