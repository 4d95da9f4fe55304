"""Whether a call is on the wire just now, for whoever breaks it off and wants its answer."""

import asyncio
from collections.abc import Coroutine
from contextvars import ContextVar, copy_context
from typing import Any, Final, TypeVar

T = TypeVar("T")


class Quiet(asyncio.Event):
    """For the calls of one task, which makes one at a time.

    It is set unless an attempt is on the wire: while the call waits for its turn, or before it is
    repeated, it can be broken off, and nothing is in doubt but what it says itself.

    Attributes:
        task: The one; None before it begins and once nobody asks any more.
        doubtful: Whether an attempt got no answer that tells what became of it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.set()
        self.task: asyncio.Task[Any] | None = None
        self.doubtful: bool = False

    def begin(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """A task whose attempts tell this one."""
        context = copy_context()
        context.run(_QUIET.set, self)
        task = asyncio.get_running_loop().create_task(work, context=context)
        self.task = task
        return task


_QUIET: Final[ContextVar[Quiet | None]] = ContextVar("heygen_async_quiet", default=None)


def told() -> Quiet | None:
    """Whom the attempts of this task tell, if anybody.

    A task that an observer begins has the context of the one in which it was called: what it sends
    is another matter.
    """
    quiet = _QUIET.get()
    return quiet if quiet is not None and quiet.task is asyncio.current_task() else None
