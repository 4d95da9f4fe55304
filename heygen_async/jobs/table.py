"""The table of waiting jobs, and what becomes of one when a look has shown something."""

from collections.abc import Callable, Iterable, Iterator
from copy import copy
from typing import Any, Final

from heygen_async.api.job import JobKind, JobState, JobUpdate, Listener
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
from heygen_async.jobs.entries import Entry, Trouble, failure
from heygen_async.jobs.groups import Group
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
        dropped: Told of every entry that nobody waits for any more.
    """

    def __init__(
        self,
        world: World,
        events: Events,
        *,
        grace: float,
        ended: Callable[[Entry], None],
        dropped: Callable[[Entry], None],
    ) -> None:
        self._world = world
        self._events = events
        self._grace = grace
        self._ended = ended
        self._dropped = dropped
        self._groups: dict[tuple[object, ...], Group] = {}
        self._unknown_seen: set[tuple[str, str]] = set()

    def __len__(self) -> int:
        return sum(map(len, self._groups.values()))

    def __iter__(self) -> Iterator[Entry]:
        """The entries as they are now."""
        return iter([entry for group in self.groups() for entry in group])

    def groups(self) -> Iterable[Group]:
        """Jobs by their kind; kinds that were waited for once stay, for what they have taught."""
        return tuple(self._groups.values())

    def group(self, kind: JobKind[Any]) -> Group:
        """The jobs of a kind."""
        if kind.key not in self._groups:
            self._groups[kind.key] = Group(kind)
        return self._groups[kind.key]

    def now(self) -> float:
        """Seconds of the monotonic clock."""
        return self._world.clock.monotonic()

    def drop(self, entry: Entry) -> None:
        """Takes an entry off that nobody waits for any more."""
        self.group(entry.kind).drop(entry)
        self._dropped(entry)

    def reject(self, entry: Entry, problem: Exception) -> None:
        """Ends every wait for a job."""
        entry.fail(problem)
        self.drop(entry)

    # What a look showed

    def failed(self, entries: Iterable[Entry], problem: HeyGenError) -> None:
        """A failed look is not a failed job, unless no other look can do better."""
        logger.info("a look at jobs failed", extra={"reason": str(problem)})
        now = self.now()
        for entry in entries:
            trouble = entry.trouble = entry.trouble or Trouble()
            trouble.problem = problem
            if not isinstance(problem, _LASTING):
                trouble.lasts_since = None
            elif trouble.lasts_since is None:
                trouble.lasts_since = now
            lasts = trouble.lasts_since is not None and now - trouble.lasts_since >= self._grace
            if lasts or isinstance(problem, UnauthorizedError):
                self.reject(entry, _own(entry, problem))

    def settle(self, entry: Entry, state: JobState, result: object) -> None:
        """What a whole resource says."""
        match state.verdict:
            case Verdict.DONE:
                if entry.made is not None and entry.witnessed:
                    self.group(entry.kind).durations.add(self.now() - entry.made)
                self._ended(entry)
                self._tell(entry, state.status, finished=True)
                entry.end(result)
                self.drop(entry)
            case Verdict.FAILED:
                self._ended(entry)
                self._tell(entry, state.status, finished=True)
                self.reject(entry, failure(entry, state))
            case Verdict.WAITING_FOR_PERSON:
                self.note(entry, state.status)
                hint = "A person has to act; wait(for_person=True) goes on meanwhile."
                entry.ask_for_person(failure(entry, state, hint=hint))
                if not entry.listeners:
                    self.drop(entry)
            case Verdict.RUNNING | Verdict.UNKNOWN_ID:
                self.note(entry, state.status)

    def note(self, entry: Entry, status: str, cause: NotFoundError | None = None) -> None:
        """The job goes on, or HeyGen does not know it, for the cause that is given."""
        if verdict(entry.kind.name, status) is Verdict.UNKNOWN_ID:
            trouble = entry.trouble = entry.trouble or Trouble()
            trouble.problem, trouble.lasts_since = cause, None
            if trouble.unknown_since is None:
                trouble.unknown_since = self.now()
            certain = cause is not None and is_certain(cause)
            if certain or self.may_be_lost(entry, status):
                self.reject(entry, _lost(entry, cause))
            return
        entry.trouble = None
        self._tell(entry, status, finished=False)

    def may_be_lost(self, entry: Entry, status: str) -> bool:
        """Whether HeyGen says that it does not know the id, and its grace is over."""
        if verdict(entry.kind.name, status) is not Verdict.UNKNOWN_ID:
            return False
        now = self.now()
        since = None if entry.trouble is None else entry.trouble.unknown_since
        return now - (now if since is None else since) >= self._grace

    def update(
        self, entry: Entry, listener: Listener, status: str, *, finished: bool = False
    ) -> JobUpdate:
        """A change, as whoever iterates over updates is told it."""
        now = self.now()
        known = entry.made is not None and not finished
        left = self.group(entry.kind).durations.left(entry.age(now)) if known else None
        return JobUpdate(status=status, age=now - listener.since, finished=finished, remaining=left)

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
        for listener in tuple(entry.listeners):
            listener.changed(self.update(entry, listener, status, finished=finished))


def _own(entry: Entry, problem: HeyGenError) -> HeyGenError:
    """The same as a problem of one job, whose id is to be found: one look may be at many."""
    own = copy(problem)
    own.__cause__ = problem.__cause__
    notes = getattr(problem, "__notes__", ())
    own.__notes__ = [*notes, f"while waiting for {entry.kind.name} {entry.job_id}"]
    return own


def _lost(entry: Entry, cause: NotFoundError | None) -> HeyGenError:
    """What to raise for a job that HeyGen does not show: it may be, only elsewhere by now."""
    if isinstance(cause, EndpointRetiredError):
        return _own(entry, cause)
    kind, job_id = entry.kind.name, entry.job_id
    return JobLostError(f"HeyGen knows no {kind} {job_id}", kind=kind, job_id=job_id)
