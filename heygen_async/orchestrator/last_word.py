"""The answer to what is on the wire is waited for, also by who is cancelled: it may hold an id."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any, Final, TypeVar

import anyio

from heygen_async.transport.quiet import Quiet
from heygen_async.wire.retry import is_open

T = TypeVar("T")

_LAST_WORD: Final = 5.0
"""Real seconds for which who is cancelled waits for the answer to what was sent."""


async def with_last_word(
    work: Callable[[], Coroutine[Any, Any, T]],
    settled: Callable[[bool], object] = lambda _: None,
) -> T:
    """Does work that makes something at HeyGen.

    Whoever is cancelled meanwhile waits for the answer to what is on the wire; what waits for its
    turn, or to be repeated, is not sent. So the work itself has to write down what it makes.

    Args:
        work: Makes its calls one at a time.
        settled: Told in the end whether it is known if the work was carried out.
    """
    quiet = Quiet()
    task = quiet.begin(work())
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        # Shielded: within a cancelled scope of anyio every await is cancelled again.
        with suppress(TimeoutError), anyio.CancelScope(shield=True):
            async with asyncio.timeout(_LAST_WORD):
                await quiet.wait()
                while not (quiet.is_set() or task.done()):
                    await quiet.wait()  # a call of several requests went straight on
        raise
    finally:
        settled(_is_answered(task, quiet=quiet.is_set() and not quiet.doubtful))
        if not task.done():
            task.cancel()
            with anyio.CancelScope(shield=True):
                await asyncio.gather(task, return_exceptions=True)
        quiet.task = None  # a connection that was made in it keeps its context


def _is_answered(call: "asyncio.Task[Any]", *, quiet: bool) -> bool:
    """Whether it is known if a call was carried out; if it is quiet, no attempt is in doubt."""
    if not call.done():
        return quiet
    if call.cancelled():
        return False
    problem = call.exception()
    return not (isinstance(problem, Exception) and is_open(problem))
