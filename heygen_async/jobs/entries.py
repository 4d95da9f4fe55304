"""What lies on the board: jobs, and whoever waits for them."""

import asyncio
from collections.abc import Callable
from typing import Any

from heygen_async.api.job import JobKind, JobState, JobUpdate
from heygen_async.errors import HeyGenError, JobFailedError, JobTimeoutError

_PUNCTUAL = 3.0
"""Seconds after its making until which a job is waited for from the beginning."""


class Listener:
    """Somebody who waits: until when, for what, and how they are told."""

    __slots__ = ("for_person", "future", "on_update", "once", "until")

    def __init__(
        self,
        future: "asyncio.Future[Any]",
        until: float,
        *,
        once: bool = False,
        for_person: bool = False,
        on_update: Callable[[JobUpdate], None] | None = None,
    ) -> None:
        self.future: asyncio.Future[Any] = future
        self.until: float = until
        self.once: bool = once
        self.for_person: bool = for_person
        self.on_update: Callable[[JobUpdate], None] | None = on_update


class Entry:
    """A job on the board."""

    __slots__ = (
        "asked",
        "due",
        "hinted",
        "job_id",
        "kind",
        "learnable",
        "listeners",
        "made",
        "problem",
        "since",
        "status",
        "trouble_since",
        "unknown_since",
    )

    def __init__(
        self, kind: JobKind[Any], job_id: str, *, now: float, due: float, made: float | None
    ) -> None:
        self.kind: JobKind[Any] = kind
        self.job_id: str = job_id
        self.since: float = now
        self.due: float = due
        self.made: float | None = made
        """When it was made, if that is known."""
        self.learnable: bool = made is not None and now - made < _PUNCTUAL
        """Whether the look that finds it done tells how long it took."""
        self.hinted: bool = False
        """Whether it is to be looked at again, once the look under way has ended."""
        self.asked: bool = False
        """Whether a look at it is under way, or about to be."""
        self.status: str | None = None
        self.unknown_since: float | None = None
        self.trouble_since: float | None = None
        """Since when every look has failed in a way that lasts."""
        self.problem: HeyGenError | None = None
        """Why the last look failed, if it did."""
        self.listeners: list[Listener] = []

    def expire(self, now: float) -> None:
        """Tells those whose time is up."""
        for listener in self.listeners:
            if listener.until <= now and not listener.future.done():
                error = JobTimeoutError(
                    kind=self.kind.name,
                    job_id=self.job_id,
                    status=self.status,
                    age=now - self.since,
                )
                if self.problem is not None:
                    error.add_note(f"the last look failed: {self.problem}")
                listener.future.set_exception(error)

    def age(self, now: float) -> float:
        """Seconds since it was made, or since the waiting began."""
        return now - (self.since if self.made is None else self.made)

    def looked(self, now: float) -> bool:
        """Ends a look that showed no end of the job: whoever asked for one look has had it.

        Returns:
            Whether it is to be looked at again at once.
        """
        self.asked = False
        again, self.hinted = self.hinted, False
        if again:
            self.due = now
        for listener in self.listeners:
            if listener.once:
                listener.until = now
        self.expire(now)
        return again


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
