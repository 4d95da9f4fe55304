"""What lies on the board: jobs, and whoever waits for them."""

import asyncio
import math
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, Final

from heygen_async.api.job import JobKind, JobState, Listener
from heygen_async.errors import HeyGenError, JobFailedError, JobTimeoutError

_PUNCTUAL: Final = 3.0
"""Seconds after its making until which a job is waited for from the beginning."""

_NEVER: Final = -math.inf  # one number for all entries
LAST_LOOK: Final = 1.0
"""Seconds before somebody gives up at which there is a last look."""


class Trouble:
    """What is wrong with the looks at a job.

    Attributes:
        unknown_since: Since when HeyGen does not know the id.
        lasts_since: Since when every look has failed in a way that lasts.
        problem: Why the last look failed, if it did.
    """

    __slots__ = ("lasts_since", "problem", "unknown_since")

    def __init__(self) -> None:
        self.unknown_since: float | None = None
        self.lasts_since: float | None = None
        self.problem: HeyGenError | None = None


class News:
    """What is said of a job's end.

    Attributes:
        hears_from: When an unsigned word is followed, at the earliest; infinite while one, or a
            signed one, is still to be.
        told: Whether a signed delivery said so. There will be no other.
    """

    __slots__ = ("hears_from", "told")

    def __init__(self) -> None:
        self.hears_from: float = -math.inf
        self.told: bool = False

    def come(self, now: float, *, signed: bool) -> float:
        """Notes that it is said to have ended. When that is to be followed."""
        soon = now if signed else max(now, self.hears_from)
        self.told = self.told or signed
        self.hears_from = math.inf
        return soon


class Entry:
    """A job on the board. There may be a hundred thousand: what is rare has no place of its own.

    Attributes:
        since: When the waiting began.
        due: When it is to be looked at next.
        until: When the first of those who wait gives up, or an earlier moment: one of them may
            have left.
        looked: When the newest look at it began.
        at: When it has its turn in its group, to be looked at or because somebody's time is up.
        made: When it was made, if that is known.
        asked: Whether a look at it is under way, or about to be.
        look: The one under way.
        news: What is said of its end, if anything was.
    """

    __slots__ = (
        "asked",
        "at",
        "due",
        "job_id",
        "kind",
        "listeners",
        "look",
        "looked",
        "made",
        "news",
        "since",
        "status",
        "trouble",
        "until",
    )

    def __init__(
        self, kind: JobKind[Any], job_id: str, *, now: float, due: float, made: float | None
    ) -> None:
        self.kind: JobKind[Any] = kind
        self.job_id: str = job_id
        self.since: float = now
        self.due: float = due
        self.until: float = math.inf
        self.looked: float = _NEVER
        self.at: float | None = None
        self.made: float | None = made
        self.asked: bool = False
        self.look: Look | None = None
        self.news: News | None = None
        self.status: str | None = None
        self.trouble: Trouble | None = None
        self.listeners: Sequence[Listener] = ()

    def __lt__(self, other: "Entry") -> bool:
        """Whether it is older: of two whose turn it is, that one is first."""
        return self.since < other.since

    @property
    def wants_one_look(self) -> bool:
        """Whether somebody waits for no more than a look."""
        return any(listener.once for listener in self.listeners)

    @property
    def is_urgent(self) -> bool:
        """Whether it waits for no other look: at its beginning, and when the end was told."""
        return self.told or self.due <= self.since

    @property
    def is_odd(self) -> bool:
        """Whether its own looks fail in a way that lasts: it is to spoil no look at others."""
        return self.trouble is not None and self.trouble.lasts_since is not None

    @property
    def hinted(self) -> bool:
        """Whether somebody says that it has ended: one read of it, alone, shows it."""
        return self.news is not None and self.news.hears_from == math.inf

    @property
    def told(self) -> bool:
        """Whether a signed delivery said so."""
        return self.news is not None and self.news.told

    @property
    def witnessed(self) -> bool:
        """Whether the look that finds it ended tells how long it took: not if it is the first."""
        is_punctual = self.made is not None and self.since - self.made < _PUNCTUAL
        return is_punctual or self.status is not None

    def is_last(self, now: float) -> bool:
        """Whether it is time for the last look before somebody gives up."""
        return self.looked < self.until - LAST_LOOK <= now

    def has_shown(self, listener: Listener) -> bool:
        """Whether it was looked at, or is being looked at, since somebody waits."""
        return self.look is not None or self.looked >= listener.since

    def is_unseen(self, now: float) -> bool:
        """Whether somebody is about to give up who had no look."""
        soon = now + LAST_LOOK
        return any(each.until <= soon and not self.has_shown(each) for each in self.listeners)

    def turn(self, now: float) -> float:
        """When it is to be looked at, or to be moved forward in its line, or to be given up."""
        last = self.until - LAST_LOOK
        due = last if now < last and self.look is None else self.until
        return due if self.asked else min(self.due, due)

    def age(self, now: float) -> float:
        """Seconds since it was made, or since the waiting began."""
        return now - (self.since if self.made is None else self.made)

    def join(self, listener: Listener) -> None:
        """Somebody waits for it, too."""
        if isinstance(self.listeners, list):
            self.listeners.append(listener)
        else:  # most jobs have one, and a tuple of one is the smallest; some have thousands
            self.listeners = [*self.listeners, listener] if self.listeners else (listener,)
        self.until = min(self.until, listener.until)

    def leave(self, listener: Listener) -> bool:
        """Somebody waits no longer. Whether they did, and nobody is left."""
        if isinstance(self.listeners, list):
            with suppress(ValueError):
                self.listeners.remove(listener)
            return not self.listeners
        if listener not in self.listeners:
            return False
        self.listeners = ()
        return True

    def end(self, result: object) -> None:
        """Tells everybody that it has ended well."""
        listeners, self.listeners = self.listeners, ()
        for listener in listeners:
            listener.ended(result)

    def fail(self, problem: Exception) -> None:
        """Tells everybody that there will be no result."""
        listeners, self.listeners = self.listeners, ()
        for listener in listeners:
            listener.failed(problem)

    def ask_for_person(self, problem: Exception) -> None:
        """Tells those who do not wait for a person."""
        listeners = self.listeners
        self.listeners = [each for each in listeners if each.for_person]
        for listener in listeners:
            if not listener.for_person:
                listener.failed(problem)

    def expire(self, now: float) -> None:
        """Tells those whose time is up."""
        late = [listener for listener in self.listeners if listener.until <= now]
        if late:
            self.listeners = [each for each in self.listeners if each.until > now]
        self.until = min((each.until for each in self.listeners), default=math.inf)
        for listener in late:
            error = JobTimeoutError(
                kind=self.kind.name,
                job_id=self.job_id,
                status=self.status,
                age=now - listener.since,
            )
            if self.trouble is not None and self.trouble.problem is not None:
                error.add_note(f"the last look failed: {self.trouble.problem}")
            listener.failed(error)


class Look:
    """One look under way.

    Attributes:
        entries: What it shows. Those that were handed on have another look, or none.
        wanted: How many of them somebody still waits for.
        task: What looks.
    """

    __slots__ = ("entries", "task", "wanted")

    def __init__(self, entries: list[Entry]) -> None:
        self.entries: list[Entry] = entries
        self.wanted: int = len(entries)
        self.task: asyncio.Task[None] | None = None
        for entry in entries:
            entry.look = self

    @property
    def is_at_many(self) -> bool:
        """Whether it shows the words of several."""
        return len(self.entries) > 1

    @property
    def still_there(self) -> list[Entry]:
        """What it shows that is neither dropped nor handed on."""
        return [entry for entry in self.entries if entry.look is self]

    def let_go(self, entry: Entry) -> None:
        """Nobody waits for one of its entries any more."""
        entry.look = None
        self.wanted -= 1
        if not self.wanted and self.task is not None and self.task is not asyncio.current_task():
            self.task.cancel()


def failure(entry: Entry, state: JobState, hint: str | None = None) -> JobFailedError:
    """What the waiters of a job that did not end well are told."""
    return JobFailedError(
        kind=entry.kind.name,
        job_id=entry.job_id,
        status=state.status,
        failure_code=state.failure_code,
        failure_message=state.failure_message,
        hint=hint,
    )
