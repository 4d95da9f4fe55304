"""Whether a call is on the wire just now, for whoever breaks it off and wants its answer."""

import asyncio
from contextvars import Context, ContextVar, copy_context
from typing import Final


class Quiet(asyncio.Event):
    """For the call of a task that is started in its context, which makes one at a time.

    It is set unless an attempt is on the wire: while the call waits for its turn, or before it is
    repeated, it can be broken off, and nothing is in doubt but what it says itself.

    Attributes:
        doubtful: Whether an attempt got no answer that tells what became of it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.set()
        self.doubtful: bool = False

    def context(self) -> Context:
        """The context as it is, in which attempts tell this one."""
        context = copy_context()
        context.run(QUIET.set, self)
        return context


QUIET: Final[ContextVar[Quiet | None]] = ContextVar("heygen_async_quiet", default=None)
