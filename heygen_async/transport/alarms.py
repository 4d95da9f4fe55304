"""Alarms: one timer for many requests that may take equally long."""

import asyncio
from collections.abc import Awaitable
from typing import Any, TypeVar, cast

T = TypeVar("T")


class _Bound:
    """One piece of work, of which a task may have several: one waits for another."""

    __slots__ = ("due", "task")

    def __init__(self, task: asyncio.Task[Any], due: float) -> None:
        self.task = task
        self.due = due


class Alarms:
    """Bounds work by the same number of seconds each.

    A timer for every request is a tenth of what a small one costs. Since what began first is due
    first, one is enough: it is set for the oldest, and when it goes off, for the next.

    Args:
        seconds: What each may take.
    """

    __slots__ = ("_due", "_timer", "seconds")

    def __init__(self, seconds: float) -> None:
        self.seconds: float = seconds
        self._due: dict[_Bound, None] = {}
        self._timer: asyncio.TimerHandle | None = None

    async def bound(self, work: Awaitable[T]) -> T:
        """What the work gives.

        Raises:
            TimeoutError: It took too long, and was cancelled.
        """
        loop = asyncio.get_running_loop()
        task = cast("asyncio.Task[Any]", asyncio.current_task(loop))  # who awaits is one
        others = task.cancelling()
        mine = _Bound(task, loop.time() + self.seconds)
        self._due[mine] = None
        if self._timer is None:
            self._timer = loop.call_at(mine.due, self._ring, loop)
        taken_back = False
        try:
            return await work
        except asyncio.CancelledError:
            # As asyncio.timeout does it: whoever else cancels the task still gets their way.
            taken_back = mine not in self._due
            if taken_back and task.uncancel() <= others:
                raise TimeoutError from None
            raise
        finally:
            if mine in self._due:
                del self._due[mine]
            elif not taken_back:
                task.uncancel()  # the work ended in another way, although it was cancelled

    def _ring(self, loop: asyncio.AbstractEventLoop) -> None:
        self._timer = None
        now = loop.time()
        for bound in tuple(self._due):
            if bound.due > now:
                self._timer = loop.call_at(bound.due, self._ring, loop)
                return
            del self._due[bound]
            bound.task.cancel()

    def close(self) -> None:
        """Stops the timer, unless something is under way: that stays bounded."""
        if self._timer is not None and not self._due:
            self._timer.cancel()
            self._timer = None
