"""The table of waiting jobs, and what becomes of one when a look has shown something."""

from collections.abc import Callable, Iterable
from typing import Any, Final

from heygen_async.api.job import JobKind, JobState, JobUpdate
from heygen_async.errors import (
    BadRequestError,
    DecodeError,
    EndpointRetiredError,
    ForbiddenError,
    HeyGenError,
    JobLostError,
    NotFoundError,
    UnauthorizedError,
)
from heygen_async.jobs.durations import Durations
from heygen_async.jobs.entries import Entry, failure
from heygen_async.transport.clock import World
from heygen_async.transport.events import Events, StatusChanged, UnknownValueSeen, logger
from heygen_async.wire.statuses import Verdict, is_known, verdict
from heygen_async.wire.sunset import is_certain

_LASTING: Final = (BadRequestError, DecodeError, ForbiddenError)
"""What another look does not mend, unless it was a gateway's or the answer's own odd moment."""


class Table:
    """Entries by kind and id.

    Args:
        world: Time.
        events: Told of every change.
        grace: Seconds for which a new id may be unknown to HeyGen.
        ended: Told of every job that has ended.
        wake: Called when a job is due at once.
    """

    def __init__(
        self,
        world: World,
        events: Events,
        *,
        grace: float,
        ended: Callable[[Entry], None],
        wake: Callable[[], None],
    ) -> None:
        self._world = world
        self._events = events
        self._grace = grace
        self._ended = ended
        self.wake = wake
        self._entries: dict[tuple[int, str], Entry] = {}
        self._by_id: dict[str, set[Entry]] = {}
        self._unknown_seen: set[tuple[str, str]] = set()
        self._durations: dict[str, Durations] = {}

    def __len__(self) -> int:
        return len(self._entries)

    def all(self) -> tuple[Entry, ...]:
        """The entries as they are now."""
        return tuple(self._entries.values())

    def now(self) -> float:
        """Seconds of the monotonic clock."""
        return self._world.clock.monotonic()

    def durations(self, kind: JobKind[Any]) -> Durations:
        """How long jobs of a kind took."""
        if kind.name not in self._durations:
            self._durations[kind.name] = Durations(kind.expected)
        return self._durations[kind.name]

    def find(self, kind: JobKind[Any], job_id: str) -> Entry | None:
        """The entry of a job that is waited for."""
        return self._entries.get((id(kind), job_id))

    def add(self, entry: Entry) -> None:
        """Notes a job that is waited for."""
        self._entries[(id(entry.kind), entry.job_id)] = entry
        self._by_id.setdefault(entry.job_id, set()).add(entry)

    def with_id(self, job_id: str) -> tuple[Entry, ...]:
        """The entries of all kinds that have an id: mostly one."""
        return tuple(self._by_id.get(job_id, ()))

    def drop(self, entry: Entry) -> None:
        """Takes an entry off. One that has taken its place since stays."""
        if self.find(entry.kind, entry.job_id) is entry:
            del self._entries[(id(entry.kind), entry.job_id)]
            same = self._by_id[entry.job_id]
            same.discard(entry)
            if not same:
                del self._by_id[entry.job_id]

    def reject(self, entry: Entry, problem: Exception) -> None:
        """Ends every wait for a job."""
        for listener in entry.listeners:
            if not listener.future.done():
                listener.future.set_exception(problem)
        self.drop(entry)

    # What a look showed

    def failed(self, entries: Iterable[Entry], problem: HeyGenError) -> None:
        """A failed look is not a failed job, unless no other look can do better."""
        logger.info("a look at jobs failed", extra={"reason": str(problem)})
        now = self.now()
        for entry in entries:
            entry.problem = problem
            if not isinstance(problem, _LASTING):
                entry.trouble_since = None
            elif entry.trouble_since is None:
                entry.trouble_since = now
            lasts = entry.trouble_since is not None and now - entry.trouble_since >= self._grace
            if lasts or isinstance(problem, UnauthorizedError):
                self.reject(entry, problem)

    def settle(self, entry: Entry, state: JobState, result: object) -> None:
        """What a whole resource says."""
        entry.problem = entry.trouble_since = None
        match state.verdict:
            case Verdict.DONE:
                self._learn(entry)
                self._tell(entry, state.status, finished=True)
                for listener in entry.listeners:
                    if not listener.future.done():
                        listener.future.set_result(result)
                self.drop(entry)
            case Verdict.FAILED:
                self._ended(entry)
                self._tell(entry, state.status, finished=True)
                self.reject(entry, failure(entry, state))
            case Verdict.WAITING_FOR_PERSON:
                self.note(entry, state.status)
                hint = "A person has to act; wait(for_person=True) goes on meanwhile."
                problem = failure(entry, state, hint=hint)
                for listener in entry.listeners:
                    if not listener.for_person and not listener.future.done():
                        listener.future.set_exception(problem)
            case Verdict.RUNNING | Verdict.UNKNOWN_ID:
                self.note(entry, state.status)

    def note(self, entry: Entry, status: str, cause: NotFoundError | None = None) -> None:
        """The job goes on, or HeyGen does not know it, for the cause that is given."""
        if verdict(entry.kind.name, status) is Verdict.UNKNOWN_ID:
            now = self.now()
            if entry.unknown_since is None:
                entry.unknown_since = now
            certain = cause is not None and is_certain(cause)
            if certain or now - entry.unknown_since >= self._grace:
                self.reject(entry, _lost(entry, cause))
            return
        entry.unknown_since = entry.problem = entry.trouble_since = None
        entry.learnable = entry.made is not None
        self._tell(entry, status, finished=False)

    def _learn(self, entry: Entry) -> None:
        if entry.made is not None and entry.learnable:
            self.durations(entry.kind).add(self.now() - entry.made)
        self._ended(entry)

    def update(self, entry: Entry, status: str, *, finished: bool) -> JobUpdate:
        """A change, as whoever iterates over updates is told it."""
        age = self.now() - entry.since
        known = entry.made is not None and not finished
        left = self.durations(entry.kind).left(entry.age(self.now())) if known else None
        return JobUpdate(status=status, age=age, finished=finished, remaining=left)

    def _tell(self, entry: Entry, status: str, *, finished: bool) -> None:
        if status == entry.status and not finished:
            return
        entry.status = status
        kind = entry.kind.name
        if self._events.observed:
            self._events.emit(
                StatusChanged(at=self.now(), kind=kind, job_id=entry.job_id, status=status)
            )
        if not is_known(kind, status) and (kind, status) not in self._unknown_seen:
            self._unknown_seen.add((kind, status))
            logger.warning("unknown status: waiting on", extra={"kind": kind, "status": status})
            if self._events.observed:
                self._events.emit(UnknownValueSeen(at=self.now(), kind=kind, value=status))
        update = self.update(entry, status, finished=finished)
        for listener in entry.listeners:
            if listener.on_update is not None and not listener.future.done():
                listener.on_update(update)


def _lost(entry: Entry, cause: NotFoundError | None) -> HeyGenError:
    """What to raise for a job that HeyGen does not show: it may be, only elsewhere by now."""
    if isinstance(cause, EndpointRetiredError):
        cause.add_note(f"while waiting for {entry.kind.name} {entry.job_id}")
        return cause
    kind, job_id = entry.kind.name, entry.job_id
    return JobLostError(f"HeyGen knows no {kind} {job_id}", kind=kind, job_id=job_id)
