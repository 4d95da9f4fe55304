"""Job: a handle on work that goes on at HeyGen.

The handle is here, below the board that does the waiting, because every resource hands it out.
"""

import asyncio
import math
import os
from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar, cast

from heygen_async.errors import JobError, JobFailedError
from heygen_async.models import StatusEntry
from heygen_async.models.base import Record
from heygen_async.transport.downloads import Downloads, Progress, suffix_of, target_in
from heygen_async.wire.statuses import Verdict

T = TypeVar("T")


class JobState(Record):
    """What one look at a job shows.

    Attributes:
        status: HeyGen's word.
        verdict: What the word says.
        failure_code: HeyGen's reason as a word.
        failure_message: HeyGen's reason as a sentence.
    """

    status: str
    verdict: Verdict
    failure_code: str | None = None
    failure_message: str | None = None


class JobUpdate(Record):
    """A change of a job's status.

    Attributes:
        status: HeyGen's word.
        age: Seconds since the waiting began.
        finished: Whether it is the last update.
        remaining: Seconds that half of such jobs would still go on, by what was seen of them; None
            where nothing was, or the job's age is not known.
    """

    status: str
    age: float
    finished: bool = False
    remaining: float | None = None


class JobKind(Generic[T]):
    """How jobs of one kind are looked at.

    Args:
        name: Such as ``video``.
        read: Reads one.
        state: What a read shows.
        bulk: Reads the words of up to 100 at once, where HeyGen has an endpoint for it.
        expected: Seconds that most jobs take.
        timeout: Seconds after which a wait that names no timeout ends.
        file: Field of the result that ``download`` fetches.
        suffix: Of the file that it makes in a folder, where its link does not tell.
    """

    def __init__(
        self,
        name: str,
        *,
        read: Callable[[str], Awaitable[T]],
        state: Callable[[T], JobState],
        bulk: Callable[[Sequence[str]], Awaitable[list[StatusEntry]]] | None = None,
        expected: float,
        timeout: float,
        file: str | None = None,
        suffix: str = "",
    ) -> None:
        self.name = name
        self.read = read
        self.state = state
        self.bulk = bulk
        self.expected = expected
        self.timeout = timeout
        self.file = file
        self.suffix = suffix
        # Every client with options of its own has such an object for the same kind of job.
        reader = getattr(read, "__func__", read)
        self.key: tuple[object, ...] = (name, reader, state, expected)


class Listener(ABC):
    """Somebody who waits for a job. A subclass says how they are told.

    Attributes:
        for_person: Whether they go on while HeyGen waits for a person.
        since: When they began to wait, by the waiter's clock.
        until: When they give up.
        once: Whether one look is all they want, or all that there is time for.
    """

    __slots__ = ("for_person", "once", "since", "until")

    def __init__(self, *, for_person: bool) -> None:
        self.for_person: bool = for_person
        self.since: float = -math.inf
        self.until: float = math.inf
        self.once: bool = False

    def changed(self, update: JobUpdate) -> None:  # noqa: B027  who waits for the end may ignore it
        """The status has changed."""

    @abstractmethod
    def ended(self, result: Any) -> None:
        """The job has ended well: nothing else will be told."""

    @abstractmethod
    def failed(self, problem: Exception) -> None:
        """There will be no result, or their time is up: nothing else will be told."""


class Waiter(Protocol):
    """What waits for jobs: the client's board."""

    def now(self) -> float:
        """Seconds of the clock by which jobs age."""
        ...

    def join(
        self,
        kind: JobKind[Any],
        job_id: str,
        listener: Listener,
        *,
        timeout: float | None,
        made: float | None,
    ) -> None:
        """Waits for a job on somebody's behalf. ``made`` is when it was made, if that is known."""
        ...

    def leave(self, kind: JobKind[Any], job_id: str, listener: Listener) -> None:
        """Waits no longer; nothing is left of a wait that nobody shares."""
        ...


class _Result(Listener):
    """Whoever awaits the result."""

    __slots__ = ("future",)

    def __init__(self, *, for_person: bool) -> None:
        super().__init__(for_person=for_person)
        self.future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()

    def ended(self, result: Any) -> None:
        if not self.future.done():
            self.future.set_result(result)

    def failed(self, problem: Exception) -> None:
        if not self.future.done():
            self.future.set_exception(problem)

    def close(self) -> None:
        if not self.future.cancel() and not self.future.cancelled():
            self.future.exception()  # seen: nobody is to be told again when it is collected


class _Updates(Listener):
    """Whoever iterates over the changes: they, and at last how it ended, are put in a line."""

    __slots__ = ("line",)

    def __init__(self) -> None:
        super().__init__(for_person=True)
        self.line: asyncio.Queue[JobUpdate | Exception | None] = asyncio.Queue()

    def changed(self, update: JobUpdate) -> None:
        self.line.put_nowait(update)

    def ended(self, result: Any) -> None:  # noqa: ARG002  the last update has told
        self.line.put_nowait(None)

    def failed(self, problem: Exception) -> None:
        self.line.put_nowait(None if isinstance(problem, JobFailedError) else problem)


class Job(Generic[T]):
    """A handle on work that goes on at HeyGen, whatever happens here.

    It holds an id and nothing that has to be closed. Made from an id in another process, it is as
    good as the one that the create call gave.

    Attributes:
        id: HeyGen's id.
        created: What the create call answered about the job, if this handle comes from one.
    """

    __slots__ = ("_downloads", "_kind", "_made", "_result", "_waiter", "created", "id")

    def __init__(
        self,
        job_id: str,
        *,
        kind: JobKind[T],
        waiter: Waiter,
        downloads: Downloads,
        created: T | None = None,
        fresh: bool = False,
    ) -> None:
        self.id: str = job_id
        self.created: T | None = created
        self._kind = kind
        self._waiter = waiter
        self._downloads = downloads
        self._made = waiter.now() if fresh else None
        self._result: T | None = None

    def __repr__(self) -> str:
        return f"<Job {self._kind.name} {self.id}>"

    @property
    def _name(self) -> str:
        """Of the file that a download makes in a folder."""
        return self.id

    @property
    def kind(self) -> str:
        """What kind of job it is, such as ``video``."""
        return self._kind.name

    async def read(self) -> T:
        """One look at it now, without waiting.

        Raises:
            HeyGenError: As every call.
        """
        return await self._kind.read(self.id)

    async def wait(self, *, timeout: float | None = None, for_person: bool = False) -> T:
        """Waits until it has ended well.

        All waiting jobs of a client share one poller: a thousand of them cost ten calls a look.
        Cancelling the wait does not cancel the job.

        Args:
            timeout: Seconds; a generous time for the kind of job when left out.
            for_person: Goes on while HeyGen waits for a person, such as for a consent, instead
                of raising.

        Returns:
            The finished resource.

        Raises:
            JobFailedError: HeyGen gave up, or waits for a person.
            JobTimeoutError: It still runs, and is still billed.
            JobLostError: HeyGen does not know the id.
            UnauthorizedError: The key does not work (any more).
        """
        listener = _Result(for_person=for_person)
        self.listen(listener, timeout=timeout)
        try:
            self._result = cast("T", await listener.future)
            return self._result
        finally:
            listener.close()
            self.forget(listener)

    async def updates(self, *, timeout: float | None = None) -> AsyncGenerator[JobUpdate]:
        """The changes of its status as they are seen, ended by the last one.

        A failed job is a last update too, not an exception: ``wait`` tells the reason.

        Args:
            timeout: Seconds; a generous time for the kind of job when left out.

        Raises:
            JobTimeoutError: It still runs, and is still billed.
            JobLostError: HeyGen does not know the id.
        """
        listener = _Updates()
        self.listen(listener, timeout=timeout)
        try:
            while isinstance(told := await listener.line.get(), JobUpdate):
                yield told
            if told is not None:
                raise told
        finally:
            self.forget(listener)

    def listen(self, listener: Listener, *, timeout: float | None = None) -> None:
        """Has somebody told how it goes on, until it ends or they are forgotten.

        It takes no task: ``wait``, ``updates`` and ``as_completed`` are made of it.

        Args:
            listener: Whom to tell.
            timeout: Seconds; a generous time for the kind of job when left out.

        Raises:
            ClientLoopError: The client is closed, or belongs to another event loop.
        """
        self._waiter.join(self._kind, self.id, listener, timeout=timeout, made=self._made)

    def forget(self, listener: Listener) -> None:
        """Tells somebody nothing any more."""
        self._waiter.leave(self._kind, self.id, listener)

    def knows(self, result: T) -> None:
        """Notes what it has come to, so that ``download`` need not look first."""
        self._result = result

    async def download(
        self,
        path: str | os.PathLike[str],
        *,
        file: str | None = None,
        overwrite: bool = False,
        timeout: float | None = None,
        progress: Progress | None = None,
    ) -> Path:
        """Waits for it, and fetches one of its files.

        A download that was interrupted goes on where it stopped, and an expired link is replaced.

        Args:
            path: The file to make, or a folder that exists: then its name is the job's id.
            file: Field of the result to fetch, such as ``captioned_video_url`` or, further
                down, ``clips.1.video_url``; the main file when left out.
            overwrite: Whether a file that is there may be replaced.
            timeout: Seconds to wait for the job.
            progress: Called with bytes on disk, and the size if it is known.

        Returns:
            The file's path.

        Raises:
            JobError: As ``wait``, or the result has no such file.
            TargetError: The target exists, cannot be written, or the disk is full.
            TransferError: The bytes do not come.
        """
        field = file or self._kind.file
        if field is None:
            raise JobError(f"a {self.kind} has no file", kind=self.kind, job_id=self.id)
        if self._result is None:
            await self.wait(timeout=timeout)

        async def link() -> str:
            # What the wait saw is as good as a read, once: its link may be old the next time.
            result, self._result = self._result, None
            if result is None:
                result = await self.read()
            url = _look_up(result, field)
            if not isinstance(url, str) or not url:
                raise JobError(
                    f"{self.kind} {self.id} has no {field}", kind=self.kind, job_id=self.id
                )
            return url

        seen = _look_up(self._result, field)
        suffix = suffix_of(seen, self._kind.suffix) if isinstance(seen, str) else self._kind.suffix
        return await self._downloads.fetch(
            link,
            target_in(path, self._name, suffix),
            identity=f"{self.kind} {self.id} {field}",
            overwrite=overwrite,
            progress=progress,
        )


def _look_up(value: object, path: str) -> object:
    """What lies at a dotted path: fields, keys, and places in lists; None where nothing does."""
    for step in path.split("."):
        match value:
            case list():
                items = cast("list[object]", value)
                value = items[int(step)] if step.isdecimal() and int(step) < len(items) else None
            case dict():
                value = cast("dict[str, object]", value).get(step)
            case _:
                value = getattr(value, step, None)
    return value
