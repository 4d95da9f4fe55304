"""What an observer sees: one frozen event per thing that happens, none when nobody looks."""

import logging
from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

from heygen_async.models.base import Record

logger: Final = logging.getLogger("heygen_async")
logger.addHandler(logging.NullHandler())


class Event(Record, gc=False):
    """The root of all events. ``at`` is in seconds of the client's monotonic clock."""

    at: float


class CallFinished(Event):
    """A call ended, well or not.

    Attributes:
        call: Its name, such as ``videos.create``.
        attempts: How often it was sent.
        seconds: From the first attempt, waits included.
        request_id: HeyGen's id of the last answer.
        error: Name of the exception, or None.
    """

    call: str
    attempts: int
    seconds: float
    request_id: str | None = None
    error: str | None = None


class RetryScheduled(Event):
    """An attempt failed and will be repeated.

    Attributes:
        call: Its name.
        attempt: Number of the attempt that failed, from 1.
        delay: Seconds until the next one.
        reason: What went wrong, in one line.
        status: The HTTP status, if there was an answer.
        concurrency: Whether HeyGen said that too many jobs are in flight.
    """

    call: str
    attempt: int
    delay: float
    reason: str
    status: int | None = None
    concurrency: bool = False


class UploadProgress(Event):
    """Bytes went up.

    Attributes:
        name: Of the file.
        sent: Bytes of this attempt so far; falls back to 0 when an attempt starts over.
        total: Size in bytes.
    """

    name: str
    sent: int
    total: int


class DownloadProgress(Event):
    """Bytes came down.

    Attributes:
        name: Of the file.
        received: Bytes on disk so far; falls back when a download starts over.
        total: Size in bytes, if it is known.
    """

    name: str
    received: int
    total: int | None


class StatusChanged(Event):
    """A job's word changed.

    Attributes:
        kind: Of the job.
        job_id: Its id.
        status: The new word.
    """

    kind: str
    job_id: str
    status: str


class UnknownValueSeen(Event):
    """HeyGen used a word that this version does not know.

    Attributes:
        kind: Of the job.
        value: The word.
    """

    kind: str
    value: str


class DeprecationNoticed(Event):
    """HeyGen said that an endpoint will be removed. Told once per endpoint and client.

    Attributes:
        call: Its name.
        deprecation: The ``Deprecation`` header.
        sunset: The ``Sunset`` header: an HTTP date.
        warning: HeyGen's own sentence.
        successor: The method of v3 that does the same, if there is one.
    """

    call: str
    deprecation: str | None = None
    sunset: str | None = None
    warning: str | None = None
    successor: str | None = None


Observer: TypeAlias = Callable[[Event], None]


class Events:
    """Hands events to observers; an observer that fails is logged and ignored."""

    def __init__(self, observers: Sequence[Observer] = ()) -> None:
        self._observers = list(observers)

    @property
    def observed(self) -> bool:
        """Whether anybody looks: nothing is built otherwise."""
        return bool(self._observers)

    def subscribe(self, observer: Observer) -> Callable[[], None]:
        """Adds an observer, and returns what removes it."""
        self._observers.append(observer)
        return lambda: self._observers.remove(observer)

    def emit(self, event: Event) -> None:
        """Calls every observer at once, in order."""
        for observer in tuple(self._observers):
            try:
                observer(event)
            except Exception:
                logger.exception("an observer failed", extra={"event": type(event).__name__})
