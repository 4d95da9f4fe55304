"""Keeps at one task until it has ended: by its stream, and by looking where there is none."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any, Final, TypeAlias

from heygen_async.errors import (
    APIError,
    DecodeError,
    EndpointRetiredError,
    HeyGenError,
    NotFoundError,
    RateLimitedError,
    ServerError,
    TransportError,
)
from heygen_async.inference_sh import routes
from heygen_async.inference_sh.lines import Ending, Line, News, read_line
from heygen_async.inference_sh.models import Task, TaskGlance
from heygen_async.inference_sh.statuses import TaskStatus
from heygen_async.inference_sh.story import Story, has_ended
from heygen_async.transport.events import StatusChanged, UnknownValueSeen
from heygen_async.transport.sender import Sender
from heygen_async.transport.streams import Feed, open_feed
from heygen_async.wire.calls import Call

SILENCE: Final = 45.0
"""Seconds without a byte after which a stream is dead. A heartbeat comes about every 10."""

QUIET: Final = 30.0
"""Seconds without news after which the task is looked at, while the stream goes on."""

CONNECTS: Final = 6
"""Connections in a row that brought nothing; after that the task is polled."""

LAG: Final = 10.0
"""Seconds after a run for which its task need not be known everywhere."""

END_LOOKS: Final = 5
"""Looks at a task that has ended and does not show with what; after that there is nothing more."""

_AGAIN_FIRST: Final = 1.0
_AGAIN_LAST: Final = 15.0
_POLL_FIRST: Final = 2.0
_POLL_LAST: Final = 10.0
_POLL_GROWTH: Final = 1.3
_END_FIRST: Final = 0.5

Tell: TypeAlias = Callable[[Task[Any]], None]
_Inbox: TypeAlias = "asyncio.Queue[Line | Exception]"
_PASSING: Final = (TransportError, RateLimitedError, ServerError, DecodeError)


class Pursuit:
    """One task, until it has ended.

    Args:
        story: What is known of it; it grows.
        tell: Called with everything new, and with the end.
        sender: What is asked.
        streams: Who finds none of them free polls.
    """

    def __init__(
        self, story: Story, tell: Tell, *, sender: Sender, streams: asyncio.Semaphore
    ) -> None:
        self._story = story
        self._tell = tell
        self._sender = sender
        self._streams = streams
        self._world = sender.retrier.world
        # Every connection of a stream is counted here, and nowhere else.
        self._once = sender.with_options(timeout=SILENCE, max_retries=0)
        self._ids = {"id": story.task.id}
        self._failed: int = 0
        self._pause: float = _POLL_FIRST
        self._no_stream_before: float = 0.0
        self._known_from: float = self._now() + (LAG if story.begun else 0.0)

    async def run(self) -> None:
        """Returns when the end has been told.

        Raises:
            APIError: A read of the task was refused.
        """
        story = self._story
        if not story.begun:
            await self._look(whole=True)
        while not story.ended:
            if self._failed >= CONNECTS or self._streams.locked() or self._must_wait > 0:
                delay = await self._poll()
            else:
                delay = await self._hear_out()
            if not story.ended:
                await self._world.clock.sleep(delay)
        await self._see_the_end()
        self._tell(story.task)

    @property
    def _must_wait(self) -> float:
        """Seconds for which no stream may be asked for."""
        return self._no_stream_before - self._now()

    def _now(self) -> float:
        return self._world.clock.monotonic()

    async def _poll(self) -> float:
        """One look: the seconds until the next."""
        await self._look()
        delay, wait = self._pause, self._must_wait
        self._pause = min(_POLL_LAST, delay * _POLL_GROWTH)
        return min(delay, wait) if wait > 0 else delay

    async def _hear_out(self) -> float:
        """One connection, and a look after it: the seconds until the next."""
        self._pause = _POLL_FIRST
        failures, wait = await self._listen()
        self._failed = self._failed + failures if failures else 0
        self._no_stream_before = self._now() + wait
        if not self._story.ended:
            await self._look(whole=True)
        again = min(_AGAIN_LAST, _AGAIN_FIRST * 2.0**self._failed)
        return again * (1 + self._world.uniform()) / 2

    async def _listen(self) -> tuple[int, float]:
        """One connection: how many failures it counts as, and the wait that was asked for."""
        async with self._streams:
            try:
                feed = await open_feed(self._once, Call(routes.TASKS_STREAM, object, ids=self._ids))
            except (APIError, TransportError, DecodeError) as problem:
                return _refused(problem)
            try:
                async with helpers() as start:
                    inbox: _Inbox = asyncio.Queue()
                    start(_pump(feed, inbox))
                    heard = await self._hear(feed, inbox, lambda: start(self._peek(inbox)))
            finally:
                await feed.close()
        return (0 if heard else 1), 0.0

    async def _hear(self, feed: Feed, inbox: _Inbox, peek: Callable[[], object]) -> bool:
        """One stream, until it or the task ends; whether it brought any news."""
        now = self._now()
        heard, received, dead, look = False, 0, now + SILENCE, now + QUIET
        while True:
            line = await self._next(inbox, min(dead, look) - now)
            now = self._now()
            if feed.received > received:
                received, dead = feed.received, now + SILENCE
            match line:
                case Exception():
                    raise line
                case Ending():
                    return heard
                case News(fields=fields) if self._take(fields):
                    heard, look = True, now + QUIET
                case _:
                    pass
            if self._story.ended:
                return True
            if now >= dead:
                return heard
            if now >= look:
                look = now + QUIET
                peek()

    async def _next(self, inbox: _Inbox, seconds: float) -> Line | Exception | None:
        """The next thing that is heard; None when the time is up before."""
        if not inbox.empty():
            return inbox.get_nowait()
        hearing = asyncio.ensure_future(inbox.get())
        nap = asyncio.ensure_future(self._world.clock.sleep(max(0.0, seconds)))
        try:
            await asyncio.wait((hearing, nap), return_when=asyncio.FIRST_COMPLETED)
            return hearing.result() if hearing.done() else None
        finally:
            hearing.cancel()
            nap.cancel()

    async def _peek(self, inbox: _Inbox) -> None:
        """A look while the stream goes on; what it shows comes as if it had been heard."""
        try:
            fields = await self._read()
        except Exception as problem:  # noqa: BLE001  whoever listens raises it
            inbox.put_nowait(problem)
        else:
            if fields is not None:
                inbox.put_nowait(News(fields=fields))

    async def _look(self, *, whole: bool = False) -> bool:
        """A look; whether it showed a task that has ended."""
        fields = await self._read(whole=whole)
        if fields is None:
            return False
        self._take(fields)
        return has_ended(fields)

    async def _read(self, *, whole: bool = False) -> dict[str, Any] | None:
        """All of the task, if it has changed; None where it has not, or cannot be told now."""
        try:
            if not whole and await self._stands_still():
                return None
            return await self._sender.send(Call(routes.TASKS_GET, dict[str, Any], ids=self._ids))
        except _PASSING:
            return None
        except NotFoundError:
            if self._now() < self._known_from:
                return None
            raise

    async def _stands_still(self) -> bool:
        """The cheapest look: whether the task is where it was."""
        call = Call(routes.TASKS_STATUS, TaskGlance, ids=self._ids)
        try:
            return (await self._sender.send(call)).status is self._story.task.status
        except NotFoundError:
            return False  # a read of all of it tells whether that is true

    async def _see_the_end(self) -> None:
        """Looks for what the task ended with, where that was not told: a read may lag behind."""
        story, looks, delay = self._story, 0, _END_FIRST
        while story.lacks_its_end and looks < END_LOOKS:
            try:
                shown = await self._look(whole=True)
            except APIError:
                return  # it has ended all the same
            # A reason is not worth an endless wait; what was made and paid for is.
            looks += shown or not story.task.completed
            if story.lacks_its_end and looks < END_LOOKS:
                await self._world.clock.sleep(delay)
                delay = min(_POLL_LAST, 2 * delay)

    def _take(self, fields: dict[str, Any]) -> bool:
        """Adds what came to the story; whether it was news."""
        before, task = self._story.task.status, self._story.add(fields)
        if task is None:
            return False
        if task.status is not before:
            self._note(task)
        if not task.ended:  # the end is told when all of it is known
            self._tell(task)
        return True

    def _note(self, task: Task[Any]) -> None:
        events = self._sender.retrier.events
        if not events.observed:
            return
        now = self._now()
        said = task.raw.get("status")
        if task.status is TaskStatus.UNKNOWN and said not in (0, "unknown"):
            events.emit(UnknownValueSeen(at=now, kind="task", value=str(said)))
        events.emit(StatusChanged(at=now, kind="task", job_id=task.id, status=task.status.word))


def _refused(problem: HeyGenError) -> tuple[int, float]:
    """As how many failures it counts that no stream began, and the wait that was asked for."""
    match problem:
        case RateLimitedError() | ServerError():
            return 1, problem.retry_after or 0.0
        case EndpointRetiredError():
            return CONNECTS, 0.0
        case NotFoundError() | TransportError():
            return 1, 0.0
        case _:
            return CONNECTS, 0.0  # there is no stream to be had; whether a task, a read tells


async def _pump(feed: Feed, inbox: _Inbox) -> None:
    try:
        async for event in feed.events():
            inbox.put_nowait(read_line(event))
    except (TransportError, DecodeError):
        pass  # a stream that breaks has ended
    except Exception as problem:  # noqa: BLE001  whoever listens raises it
        inbox.put_nowait(problem)
    inbox.put_nowait(Ending())


@asynccontextmanager
async def helpers() -> AsyncGenerator[Callable[[Coroutine[Any, Any, None]], "asyncio.Task[None]"]]:
    """Starts tasks, none of which outlives the block."""
    started: list[asyncio.Task[None]] = []

    def start(work: Coroutine[Any, Any, None]) -> "asyncio.Task[None]":
        started.append(asyncio.get_running_loop().create_task(work))
        return started[-1]

    try:
        yield start
    finally:
        for task in started:
            task.cancel()
        await asyncio.gather(*started, return_exceptions=True)
