"""Whether a call is on the wire just now, for whoever breaks it off and wants its answer."""

import asyncio
from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

QUIET: Final[ContextVar[asyncio.Event | None]] = ContextVar("heygen_async_quiet", default=None)


@contextmanager
def quiet_between_attempts() -> Generator[asyncio.Event]:
    """An event for the call of a task that is started in here, which makes one at a time.

    It is set unless an attempt is on the wire: while the call waits for its turn, or before it is
    repeated, it can be broken off, and nothing is in doubt.
    """
    quiet = asyncio.Event()
    quiet.set()
    token = QUIET.set(quiet)
    try:
        yield quiet
    finally:
        QUIET.reset(token)
