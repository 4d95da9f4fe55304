"""Follows tasks to their ends.

Only the caller's own deadline ends it. A stream that breaks, falls silent or stays closed is no
reason to give up a task that was paid for.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any

from heygen_async.errors import ClientLoopError, HeyGenError, JobTimeoutError
from heygen_async.inference_sh.models import Task
from heygen_async.inference_sh.pursuit import Pursuit, helpers
from heygen_async.inference_sh.story import Story
from heygen_async.transport.sender import Sender


class Follower:
    """Follows the tasks of one client.

    Args:
        sender: What is asked.
        streams: How many streams may be open at once; who finds none free polls.
    """

    def __init__(self, sender: Sender, *, streams: int) -> None:
        self._sender = sender
        self._clock = sender.retrier.world.clock
        self._streams = asyncio.Semaphore(streams)
        self._workers: set[asyncio.Task[None]] = set()

    async def end(self, story: Story, *, timeout: float | None) -> Task[Any]:
        """The task when it has ended well.

        Args:
            story: What is known of it: its id, at least.
            timeout: Seconds; no bound when None.

        Raises:
            JobFailedError: It failed, or was cancelled or rejected.
            JobTimeoutError: It still runs, and is still billed.
            HeyGenError: It cannot be asked for.
        """
        async with aclosing(self.updates(story, timeout=timeout)) as updates:
            async for _ in updates:
                pass
        story.task.raise_for_status()
        return story.task

    async def updates(self, story: Story, *, timeout: float | None) -> AsyncGenerator[Task[Any]]:
        """The task as it is, then whatever is new, and its end last.

        Args:
            story: What is known of it: its id, at least.
            timeout: Seconds; no bound when None.

        Raises:
            JobTimeoutError: It still runs, and is still billed.
            HeyGenError: It cannot be asked for.
        """
        since = self._clock.monotonic()
        if story.begun and not story.ended:
            yield story.task
        told: asyncio.Queue[Task[Any] | None] = asyncio.Queue()
        pursuit = Pursuit(story, told.put_nowait, sender=self._sender, streams=self._streams)
        async with helpers() as start:
            worker = start(pursuit.run())
            self._workers.add(worker)
            worker.add_done_callback(self._workers.discard)
            worker.add_done_callback(lambda _: told.put_nowait(None))
            if timeout is not None:
                alarm = start(self._clock.sleep(timeout))
                alarm.add_done_callback(lambda _: told.put_nowait(None))
            while (each := await told.get()) is not None:
                yield each
            if not worker.done():
                raise JobTimeoutError(
                    kind="task",
                    job_id=story.task.id,
                    status=story.task.status.word if story.begun else None,
                    age=self._clock.monotonic() - since,
                )
            _result(worker, story.task.id)
            while not told.empty():  # what came in the moment in which the time was up
                if (each := told.get_nowait()) is not None:
                    yield each

    def close(self) -> None:
        """Ends every wait. Twice is fine."""
        for worker in self._workers:
            worker.cancel()


def _result(worker: "asyncio.Task[None]", task_id: str) -> None:
    """Raises what a worker ended with, and which task that leaves alone."""
    try:
        if worker.cancelled():
            raise ClientLoopError("the client was closed while a task was waited for")
        worker.result()
    except HeyGenError as problem:
        note = f"Task {task_id} was started, and may go on: wait again with its id."
        problem.hint = f"{problem.hint} {note}" if problem.hint else note
        problem.add_note(note)
        raise
