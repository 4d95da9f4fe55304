"""What the requests of a task are counted by, for whoever bounds how many there are."""

from collections.abc import Callable
from contextvars import ContextVar
from typing import Final

TOLL: Final[ContextVar[Callable[[], object] | None]] = ContextVar("heygen_async_toll", default=None)
"""Called when a request of a call leaves, be it the first one or a repeat."""
