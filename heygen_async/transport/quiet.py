"""Whether a call is on the wire just now, for whoever breaks it off and wants its answer."""

import asyncio
from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final


class Quiet(asyncio.Event):
    """Set unless an attempt is on the wire.

    Attributes:
        doubtful: Whether an attempt got no answer that tells what became of it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.doubtful: bool = False


QUIET: Final[ContextVar[Quiet | None]] = ContextVar("heygen_async_quiet", default=None)


@contextmanager
def quiet_between_attempts() -> Generator[Quiet]:
    """An event for the call of a task that is started in here, which makes one at a time.

    It is set unless an attempt is on the wire: while the call waits for its turn, or before it is
    repeated, it can be broken off, and nothing is in doubt but what it says itself.
    """
    quiet = Quiet()
    quiet.set()
    token = QUIET.set(quiet)
    try:
        yield quiet
    finally:
        QUIET.reset(token)
