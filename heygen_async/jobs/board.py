"""StatusBoard: all waiting jobs of a client, looked at by one task.

A waiting job is an entry here, not a task. Kinds with a bulk endpoint are read up to a hundred a
call, the others one by one on the same schedule. The full resource is read once, at the end.
"""

import asyncio
import math
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterable
from contextlib import suppress
from heapq import nsmallest
from typing import Any, Final, TypeVar, cast

from heygen_async.api.job import JobKind, JobState, JobUpdate
from heygen_async.errors import (
    APIError,
    ConfigError,
    DecodeError,
    EndpointRetiredError,
    ForbiddenError,
    HeyGenError,
    JobFailedError,
    JobLostError,
    JobTimeoutError,
    NotFoundError,
    TransportError,
    UnauthorizedError,
)
from heygen_async.jobs.cadence import Cadence
from heygen_async.jobs.entries import Entry, Listener, failure
from heygen_async.models import StatusEntry
from heygen_async.transport.clock import World
from heygen_async.transport.events import Events, StatusChanged, UnknownValueSeen, logger
from heygen_async.wire.limits import BULK_STATUS_MAX
from heygen_async.wire.statuses import Verdict, is_known, verdict

T = TypeVar("T")

_READS_AT_ONCE: Final = 8
_FINAL: Final = frozenset({Verdict.DONE, Verdict.FAILED})


class StatusBoard:
    """Waits for every job of one client.

    Args:
        world: Time and chance.
        events: Told of every change.
        cadence: How often to look.
    """

    def __init__(self, world: World, events: Events, cadence: Cadence | None = None) -> None:
        self._world = world
        self._events = events
        self._cadence = cadence or Cadence()
        self._entries: dict[tuple[int, str], Entry] = {}
        self._task: asyncio.Task[None] | None = None
        self._wake = asyncio.Event()
        self._reads = asyncio.Semaphore(_READS_AT_ONCE)
        self._no_bulk: set[int] = set()
        self._unknown_seen: set[tuple[str, str]] = set()
        self.looks: int = 0
        """Status calls made so far, bulk and single."""

    def __len__(self) -> int:
        return len(self._entries)

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
            queue.put_nowait(self._update(entry, entry.status, finished=False))
        try:
            while (update := await queue.get()) is not None:
                yield update
            with suppress(JobFailedError):
                listener.future.result()
        finally:
            self._leave(entry, listener)

    async def close(self) -> None:
        """Ends the looking; whoever still waits is told that the client is closed."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        for entry in tuple(self._entries.values()):
            self._reject(entry, ConfigError("the client was closed while a job was waited for"))

    # Who waits

    def _listener(
        self,
        kind: JobKind[Any],
        timeout: float | None,
        *,
        for_person: bool,
        on_update: Callable[[JobUpdate], None] | None = None,
    ) -> Listener:
        seconds = kind.timeout if timeout is None else timeout
        return Listener(
            asyncio.get_running_loop().create_future(),
            self._now() + seconds,
            for_person=for_person,
            on_update=on_update,
        )

    def _join(self, kind: JobKind[Any], job_id: str, listener: Listener, *, fresh: bool) -> Entry:
        now = self._now()
        place = (id(kind), job_id)
        entry = self._entries.get(place)
        if entry is None:
            wait = self._cadence.first_look(kind.expected, self._world.uniform) if fresh else 0.0
            entry = self._entries[place] = Entry(kind, job_id, now=now, due=now + wait)
        entry.listeners.append(listener)
        self._wake.set()
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._run())
        return entry

    def _leave(self, entry: Entry, listener: Listener) -> None:
        if not listener.future.cancel() and not listener.future.cancelled():
            listener.future.exception()  # seen: nobody is to be told again when it is collected
        if listener in entry.listeners:
            entry.listeners.remove(listener)
        if not entry.listeners:
            self._drop(entry)
        if not self._entries:
            self._wake.set()  # the task ends rather than to sleep for nobody

    # The one task

    async def _run(self) -> None:
        try:
            while self._entries:
                now = self._now()
                self._expire(now)
                due = self._take_due(now)
                if due:
                    await self._look(due)
                else:
                    await self._rest(self._next_moment() - now)
        except Exception as problem:  # noqa: BLE001  a bug must not leave anybody waiting for ever
            logger.exception("the status board failed")
            for entry in tuple(self._entries.values()):
                self._reject(entry, problem)

    async def _rest(self, seconds: float) -> None:
        """Sleeps until the next moment, or until somebody joins."""
        self._wake.clear()
        loop = asyncio.get_running_loop()
        sleep = loop.create_task(_sleep(self._world, max(0.0, seconds)))
        wake = loop.create_task(self._wake.wait())
        try:
            await asyncio.wait((sleep, wake), return_when=asyncio.FIRST_COMPLETED)
        finally:
            sleep.cancel()
            wake.cancel()

    def _next_moment(self) -> float:
        soonest = math.inf
        for entry in self._entries.values():
            soonest = min(soonest, entry.due, *(li.until for li in entry.listeners))
        return soonest

    def _expire(self, now: float) -> None:
        for entry in tuple(self._entries.values()):
            for listener in entry.listeners:
                if listener.until <= now and not listener.future.done():
                    listener.future.set_exception(
                        JobTimeoutError(
                            kind=entry.kind.name,
                            job_id=entry.job_id,
                            status=entry.status,
                            age=now - entry.since,
                        )
                    )
            if all(listener.future.done() for listener in entry.listeners):
                self._entries.pop((id(entry.kind), entry.job_id), None)

    def _take_due(self, now: float) -> list[Entry]:
        """Entries to look at now. A bulk call that goes out anyway is filled with the next ones."""
        due = [entry for entry in self._entries.values() if entry.due <= now]
        kinds = {id(entry.kind) for entry in due if self._bulk(entry.kind)}
        for kind in kinds:
            count = sum(id(entry.kind) == kind for entry in due)
            later = (e for e in self._entries.values() if id(e.kind) == kind and e.due > now)
            due += nsmallest(-count % BULK_STATUS_MAX, later, key=lambda entry: entry.due)
        for entry in due:
            interval = self._cadence.next_look(now - entry.since, self._world.uniform)
            entry.due = max(entry.due, now + interval)
        return due

    def _bulk(self, kind: JobKind[Any]) -> bool:
        return kind.bulk is not None and id(kind) not in self._no_bulk

    async def _look(self, due: list[Entry]) -> None:
        together: dict[int, list[Entry]] = {}
        work: list[Coroutine[Any, Any, None]] = []
        for entry in due:
            if self._bulk(entry.kind):
                together.setdefault(id(entry.kind), []).append(entry)
            else:
                work.append(self._read(entry))
        for entries in together.values():
            work.extend(
                self._read_bulk(entries[start : start + BULK_STATUS_MAX])
                for start in range(0, len(entries), BULK_STATUS_MAX)
            )
        await asyncio.gather(*work)

    async def _read_bulk(self, entries: list[Entry]) -> None:
        kind = entries[0].kind
        assert kind.bulk is not None  # noqa: S101  `_look` asked
        if len(entries) == 1:
            await self._read(entries[0])
            return
        self.looks += 1
        try:
            lines = await kind.bulk([entry.job_id for entry in entries])
        except (EndpointRetiredError, NotFoundError, DecodeError) as problem:
            logger.warning("no bulk statuses", extra={"kind": kind.name, "reason": str(problem)})
            self._no_bulk.add(id(kind))
            await asyncio.gather(*(self._read(entry) for entry in entries))
            return
        except HeyGenError as problem:
            self._poll_failed(entries, problem)
            return
        by_id: dict[str | None, StatusEntry] = {line.video_id: line for line in lines}
        ended: list[Entry] = []
        for entry in entries:
            line = by_id.get(entry.job_id)
            word = "not_found" if line is None else line.status
            if verdict(kind.name, word) in _FINAL:
                ended.append(entry)
            else:
                self._note(entry, word)
        await asyncio.gather(*(self._read(entry) for entry in ended))

    async def _read(self, entry: Entry) -> None:
        async with self._reads:
            self.looks += 1
            try:
                result = await entry.kind.read(entry.job_id)
            except NotFoundError:
                self._note(entry, "not_found")
                return
            except HeyGenError as problem:
                self._poll_failed([entry], problem)
                return
        self._settle(entry, entry.kind.state(result), result)

    # What a look showed

    def _poll_failed(self, entries: Iterable[Entry], problem: HeyGenError) -> None:
        """A failed look is not a failed job, unless no other look can do better."""
        passing = isinstance(problem, APIError | TransportError) and not isinstance(
            problem, UnauthorizedError | ForbiddenError
        )
        if passing:
            logger.info("a look at jobs failed", extra={"reason": str(problem)})
            return
        for entry in entries:
            self._reject(entry, problem)

    def _settle(self, entry: Entry, state: JobState, result: object) -> None:
        match state.verdict:
            case Verdict.DONE:
                self._tell(entry, state.status, finished=True)
                for listener in entry.listeners:
                    if not listener.future.done():
                        listener.future.set_result(result)
                self._drop(entry)
            case Verdict.FAILED:
                self._tell(entry, state.status, finished=True)
                self._reject(entry, failure(entry, state))
            case Verdict.WAITING_FOR_PERSON:
                self._note(entry, state.status)
                hint = "A person has to act; wait(for_person=True) goes on meanwhile."
                problem = failure(entry, state, hint=hint)
                for listener in entry.listeners:
                    if not listener.for_person and not listener.future.done():
                        listener.future.set_exception(problem)
            case Verdict.RUNNING | Verdict.UNKNOWN_ID:
                self._note(entry, state.status)

    def _note(self, entry: Entry, status: str) -> None:
        """The job goes on."""
        if verdict(entry.kind.name, status) is Verdict.UNKNOWN_ID:
            now = self._now()
            if entry.unknown_since is None:
                entry.unknown_since = now
            if now - entry.unknown_since >= self._cadence.grace:
                kind, job_id = entry.kind.name, entry.job_id
                self._reject(
                    entry,
                    JobLostError(f"HeyGen knows no {kind} {job_id}", kind=kind, job_id=job_id),
                )
            return
        entry.unknown_since = None
        self._tell(entry, status, finished=False)

    def _tell(self, entry: Entry, status: str, *, finished: bool) -> None:
        if status == entry.status and not finished:
            return
        entry.status = status
        kind = entry.kind.name
        if self._events.observed:
            self._events.emit(
                StatusChanged(at=self._now(), kind=kind, job_id=entry.job_id, status=status)
            )
        if not is_known(kind, status) and (kind, status) not in self._unknown_seen:
            self._unknown_seen.add((kind, status))
            logger.warning("unknown status: waiting on", extra={"kind": kind, "status": status})
            if self._events.observed:
                self._events.emit(UnknownValueSeen(at=self._now(), kind=kind, value=status))
        update = self._update(entry, status, finished=finished)
        for listener in entry.listeners:
            if listener.on_update is not None and not listener.future.done():
                listener.on_update(update)

    def _update(self, entry: Entry, status: str, *, finished: bool) -> JobUpdate:
        return JobUpdate(status=status, age=self._now() - entry.since, finished=finished)

    def _reject(self, entry: Entry, problem: Exception) -> None:
        for listener in entry.listeners:
            if not listener.future.done():
                listener.future.set_exception(problem)
        self._drop(entry)

    def _drop(self, entry: Entry) -> None:
        self._entries.pop((id(entry.kind), entry.job_id), None)

    def _now(self) -> float:
        return self._world.clock.monotonic()


async def _sleep(world: World, seconds: float) -> None:
    await world.clock.sleep(seconds)
