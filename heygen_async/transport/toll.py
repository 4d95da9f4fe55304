"""What the requests of a look at jobs are counted by, for whoever bounds how many there are."""

from collections.abc import Callable
from contextvars import ContextVar
from typing import Final

TOLL: Final[ContextVar[Callable[[], object] | None]] = ContextVar("heygen_async_toll", default=None)
"""Set in looks; called when a request of a call leaves, be it the first one or a repeat."""
