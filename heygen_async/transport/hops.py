"""Thread hops that files can rely on."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TypeVar

T = TypeVar("T")


def hop(step: Callable[[], T]) -> asyncio.Future[T]:
    """A step in a thread. It is no task: a loop that cancels all of its tasks leaves it alone."""
    return asyncio.get_running_loop().run_in_executor(None, step)


async def whole(step: Awaitable[T], undo: Callable[[T], Awaitable[object]] | None = None) -> T:
    """A thread hop that ends before its caller does, even a cancelled one.

    A request that is refused early cancels its body in the middle of a read; the file must not be
    closed under the thread that reads it, nor be opened for nobody.

    Args:
        step: What runs in a thread.
        undo: Takes back its result when nobody is there to take it.
    """
    task = asyncio.ensure_future(step)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        while not task.done():
            # Whoever is cancelled twice waits all the same.
            with suppress(asyncio.CancelledError):
                await asyncio.wait((task,))
        if task.exception() is None and undo is not None:
            await whole(undo(task.result()))
        raise
