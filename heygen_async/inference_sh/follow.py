"""Follows a task to its end: by its stream, and by looking where there is none.

Only the caller's own deadline ends it. A stream that breaks, falls silent or stays closed is no
reason to give up a task that was paid for.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine
from contextlib import aclosing, asynccontextmanager, suppress
from typing import Any, Final, TypeAlias

from heygen_async.errors import (
    APIError,
    DecodeError,
    ForbiddenError,
    HeyGenError,
    JobTimeoutError,
    NotFoundError,
    RateLimitedError,
    ServerError,
    TransportError,
    UnauthorizedError,
)
from heygen_async.inference_sh import routes
from heygen_async.inference_sh.lines import Ending, Line, News, read_line
from heygen_async.inference_sh.models import Task, TaskGlance
from heygen_async.inference_sh.statuses import TaskStatus
from heygen_async.inference_sh.story import Story
from heygen_async.transport.events import StatusChanged, UnknownValueSeen
from heygen_async.transport.sender import Sender
from heygen_async.transport.streams import Feed, open_feed
from heygen_async.wire.calls import Call

SILENCE: Final = 45.0
"""Seconds without a byte after which a stream is dead. A heartbeat comes about every 10."""

QUIET: Final = 30.0
"""Seconds of nothing but heartbeats after which the task is looked at, while the stream goes on."""

CONNECTS: Final = 6
"""Connections in a row that brought nothing; after that the task is polled."""

_AGAIN_FIRST: Final = 1.0
_AGAIN_LAST: Final = 15.0
_POLL_FIRST: Final = 2.0
_POLL_LAST: Final = 10.0
_POLL_GROWTH: Final = 1.3

Tell: TypeAlias = Callable[[Task[Any]], None]
_Inbox: TypeAlias = "asyncio.Queue[Line | Exception]"
_FINAL: Final = (UnauthorizedError, ForbiddenError, NotFoundError)
_PASSING: Final = (TransportError, RateLimitedError, ServerError, DecodeError)


class Follower:
    """Follows the tasks of one client.

    Args:
        sender: What is asked.
        streams: How many streams may be open at once; who finds none free polls.
    """

    def __init__(self, sender: Sender, *, streams: int) -> None:
        self._sender = sender
        # Every connection of a stream is counted here, and nowhere else.
        self._once = sender.with_options(timeout=None, max_retries=0)
        self._world = sender.retrier.world
        self._streams = streams
        self._open: int = 0

    async def end(self, task: Task[Any], *, timeout: float | None) -> Task[Any]:
        """The task when it has ended well.

        Args:
            task: As it was seen last.
            timeout: Seconds; no bound when None.

        Raises:
            JobFailedError: It failed, or was cancelled or rejected.
            JobTimeoutError: It still runs, and is still billed.
            HeyGenError: It cannot be asked for.
        """
        async with aclosing(self.updates(task, timeout=timeout)) as updates:
            async for each in updates:
                task = each
        task.raise_for_status()
        return task

    async def updates(self, task: Task[Any], *, timeout: float | None) -> AsyncGenerator[Task[Any]]:
        """The task as it is, then whatever is new, and its end last.

        Args:
            task: As it was seen last.
            timeout: Seconds; no bound when None.

        Raises:
            JobTimeoutError: It still runs, and is still billed.
            HeyGenError: It cannot be asked for.
        """
        clock = self._world.clock
        story, since = Story(task.raw), clock.monotonic()
        if not story.ended:
            yield story.task
        told: asyncio.Queue[Task[Any] | None] = asyncio.Queue()
        async with _helpers() as start:
            worker = start(self._follow(story, told.put_nowait))
            worker.add_done_callback(lambda _: told.put_nowait(None))
            if timeout is not None:
                alarm = start(clock.sleep(timeout))
                alarm.add_done_callback(lambda _: told.put_nowait(None))
            while (each := await told.get()) is not None:
                yield each
            if not worker.done():
                age = clock.monotonic() - since
                raise JobTimeoutError(
                    kind="task", job_id=task.id, status=story.task.status.word, age=age
                )
            _result(worker, task.id)
            while not told.empty():  # what came in the moment in which the time was up
                if (each := told.get_nowait()) is not None:
                    yield each

    async def _follow(self, story: Story, tell: Tell) -> None:
        failed = looks = 0
        while not story.ended:
            if failed >= CONNECTS or self._open >= self._streams:
                await self._look(story, tell)
                delay = min(_POLL_LAST, _POLL_FIRST * _POLL_GROWTH**looks)
                looks += 1
            else:
                failures, wait = await self._try_to_listen(story, tell)
                failed = failed + failures if failures else 0
                if not story.ended:
                    await self._look(story, tell, whole=True)
                delay = max(wait, self._backoff(failed))
            if not story.ended:
                await self._world.clock.sleep(delay)
        if story.lacks_its_end:
            with suppress(APIError):  # it has ended all the same
                await self._look(story, tell, whole=True)
        tell(story.task)

    def _backoff(self, failed: int) -> float:
        return min(_AGAIN_LAST, _AGAIN_FIRST * 2.0**failed) * (1 + self._world.uniform()) / 2

    async def _try_to_listen(self, story: Story, tell: Tell) -> tuple[int, float]:
        """One connection: how many failures it counts as, and the wait that was asked for."""
        try:
            return (0 if await self._listen(story, tell) else 1), 0.0
        except _FINAL:
            raise
        except (RateLimitedError, ServerError) as problem:
            return 1, problem.retry_after or 0.0
        except TransportError:
            return 1, 0.0
        except (APIError, DecodeError):
            return CONNECTS, 0.0  # there is no stream to be had

    async def _listen(self, story: Story, tell: Tell) -> bool:
        """One connection, until it or the task ends; whether it brought more than heartbeats."""
        call = Call(routes.TASKS_STREAM, object, ids={"id": story.task.id})
        self._open += 1
        try:
            feed = await open_feed(self._once, call)
            try:
                async with _helpers() as start:
                    inbox: _Inbox = asyncio.Queue()
                    start(_pump(feed, inbox))
                    return await self._hear(
                        story, tell, feed, inbox, lambda: start(self._peek(story, inbox))
                    )
            finally:
                await feed.close()
        finally:
            self._open -= 1

    async def _hear(
        self,
        story: Story,
        tell: Tell,
        feed: Feed,
        inbox: _Inbox,
        peek: Callable[[], object],
    ) -> bool:
        now = self._world.clock.monotonic()
        heard, received, dead, look = False, 0, now + SILENCE, now + QUIET
        while True:
            line = await self._next(inbox, min(dead, look) - now)
            now = self._world.clock.monotonic()
            if feed.received > received:
                received, dead = feed.received, now + SILENCE
            match line:
                case Exception():
                    raise line
                case Ending():
                    return heard
                case News(fields=fields):
                    heard, look = True, now + QUIET
                    self._take(story, fields, tell)
                    if story.ended:
                        return True
                case _ if now >= dead:
                    return heard
                case _ if now >= look:
                    look = now + QUIET
                    peek()
                case _:
                    pass

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

    async def _peek(self, story: Story, inbox: _Inbox) -> None:
        """A look while the stream goes on; what it shows comes as if it had been heard."""
        try:
            fields = await self._read(story)
        except Exception as problem:  # noqa: BLE001  whoever listens raises it
            inbox.put_nowait(problem)
        else:
            if fields is not None:
                inbox.put_nowait(News(fields=fields))

    async def _look(self, story: Story, tell: Tell, *, whole: bool = False) -> None:
        fields = await self._read(story, whole=whole)
        if fields is not None:
            self._take(story, fields, tell)

    async def _read(self, story: Story, *, whole: bool = False) -> dict[str, Any] | None:
        """All of the task, if it has changed; None where it has not, or cannot be told now."""
        ids = {"id": story.task.id}
        try:
            if not whole and await self._stands_still(story):
                return None
            return await self._sender.send(Call(routes.TASKS_GET, dict[str, Any], ids=ids))
        except _PASSING:
            return None

    async def _stands_still(self, story: Story) -> bool:
        """The cheapest look: whether the task is where it was."""
        call = Call(routes.TASKS_STATUS, TaskGlance, ids={"id": story.task.id})
        try:
            return (await self._sender.send(call)).status is story.task.status
        except NotFoundError:
            return False  # a read of all of it tells whether that is true

    def _take(self, story: Story, fields: dict[str, Any], tell: Tell) -> None:
        before, task = story.task.status, story.add(fields)
        if task is None:
            return
        if task.status is not before:
            self._note(task)
        if not task.ended:  # the end is told when all of it is known
            tell(task)

    def _note(self, task: Task[Any]) -> None:
        events = self._sender.retrier.events
        if not events.observed:
            return
        now = self._world.clock.monotonic()
        said = task.raw.get("status")
        if task.status is TaskStatus.UNKNOWN and said not in (0, "unknown"):
            events.emit(UnknownValueSeen(at=now, kind="task", value=str(said)))
        events.emit(StatusChanged(at=now, kind="task", job_id=task.id, status=task.status.word))


async def _pump(feed: Feed, inbox: _Inbox) -> None:
    try:
        async for event in feed.events():
            inbox.put_nowait(read_line(event))
    except (TransportError, DecodeError):
        pass  # a stream that breaks has ended
    except Exception as problem:  # noqa: BLE001  whoever listens raises it
        inbox.put_nowait(problem)
    inbox.put_nowait(Ending())


def _result(worker: "asyncio.Task[Any]", task_id: str) -> None:
    try:
        worker.result()
    except HeyGenError as problem:
        problem.add_note(f"task {task_id} was started, and may go on: wait again with its id")
        raise


@asynccontextmanager
async def _helpers() -> AsyncGenerator[Callable[[Coroutine[Any, Any, None]], "asyncio.Task[None]"]]:
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
