"""Alarms: one timer for many requests that may take equally long."""

import asyncio
from types import TracebackType
from typing import Any


class Alarm:
    """One piece of work, of which a task may have several: one within another."""

    __slots__ = ("_alarms", "_others", "due", "task")

    def __init__(self, alarms: "Alarms") -> None:
        self._alarms = alarms

    def __enter__(self) -> None:
        loop = asyncio.get_running_loop()
        task: Any = asyncio.current_task(loop)  # who awaits is one
        self.task: asyncio.Task[Any] = task
        self.due: float = loop.time() + self._alarms.seconds
        self._others: int = task.cancelling()
        self._alarms.set(self, loop)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        frames: TracebackType | None,
    ) -> None:
        rang = not self._alarms.unset(self)
        # As asyncio.timeout does it: whoever else cancels the task still gets their way. If the
        # work ended in another way although it was cancelled, that is taken back all the same.
        if rang and self.task.uncancel() <= self._others and kind is asyncio.CancelledError:
            raise TimeoutError from None


class Alarms:
    """Bounds work by the same number of seconds each: ``with alarms.alarm(): ...``.

    A timer for every request is a tenth of what a small one costs. Since what began first is due
    first, one is enough: it is set for the oldest, and when it goes off, for the next.

    Args:
        seconds: What each may take.
    """

    __slots__ = ("_due", "_timer", "seconds")

    def __init__(self, seconds: float) -> None:
        self.seconds: float = seconds
        self._due: dict[Alarm, None] = {}
        self._timer: asyncio.TimerHandle | None = None

    def alarm(self) -> Alarm:
        """Bounds what is done within it: it raises a TimeoutError when that takes too long."""
        return Alarm(self)

    def set(self, alarm: Alarm, loop: asyncio.AbstractEventLoop) -> None:
        """Begins to watch over a piece of work."""
        self._due[alarm] = None
        if self._timer is None:
            self._timer = loop.call_at(alarm.due, self._ring, loop)

    def unset(self, alarm: Alarm) -> bool:
        """Ends that. False when the alarm went off before, and the task was cancelled."""
        return self._due.pop(alarm, self) is None

    def _ring(self, loop: asyncio.AbstractEventLoop) -> None:
        self._timer = None
        now = loop.time()
        for alarm in tuple(self._due):
            if alarm.due > now:
                self._timer = loop.call_at(alarm.due, self._ring, loop)
                return
            del self._due[alarm]
            alarm.task.cancel()

    def close(self) -> None:
        """Stops the timer, unless something is under way: that stays bounded."""
        if self._timer is not None and not self._due:
            self._timer.cancel()
            self._timer = None
