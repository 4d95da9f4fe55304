"""Alarms: one timer for many requests that may take equally long."""

import asyncio
from collections.abc import Awaitable
from typing import Any, TypeVar, cast

T = TypeVar("T")


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
        self._due: dict[asyncio.Task[Any], float] = {}
        self._timer: asyncio.TimerHandle | None = None

    async def bound(self, work: Awaitable[T]) -> T:
        """What the work gives.

        Raises:
            TimeoutError: It took too long, and was cancelled.
        """
        loop = asyncio.get_running_loop()
        task = cast("asyncio.Task[Any]", asyncio.current_task(loop))  # who awaits is one
        others = task.cancelling()
        self._due[task] = due = loop.time() + self.seconds
        if self._timer is None:
            self._timer = loop.call_at(due, self._ring, loop)
        taken_back = False
        try:
            return await work
        except asyncio.CancelledError:
            # As asyncio.timeout does it: whoever else cancels the task still gets their way.
            taken_back = task not in self._due
            if taken_back and task.uncancel() <= others:
                raise TimeoutError from None
            raise
        finally:
            if self._due.pop(task, None) is None and not taken_back:
                task.uncancel()  # the work ended in another way, although it was cancelled

    def _ring(self, loop: asyncio.AbstractEventLoop) -> None:
        self._timer = None
        now = loop.time()
        for task, due in tuple(self._due.items()):
            if due > now:
                self._timer = loop.call_at(due, self._ring, loop)
                return
            del self._due[task]
            task.cancel()

    def close(self) -> None:
        """Stops the timer. What is under way is no longer bounded."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
