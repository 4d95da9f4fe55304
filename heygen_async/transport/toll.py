"""What the requests of a look at jobs are counted by, for whoever bounds how many there are."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final, TypeAlias

_Pay: TypeAlias = Callable[[], object]


class _Toll:
    """Of one look, and over with it: a task that an observer begins in it keeps its context."""

    __slots__ = ("pay",)

    def __init__(self, pay: _Pay) -> None:
        self.pay: _Pay | None = pay


_TOLL: Final[ContextVar[_Toll | None]] = ContextVar("heygen_async_toll", default=None)


@contextmanager
def tolled(pay: _Pay) -> Generator[None]:
    """A look: what is called in it is told of, until it has ended.

    Args:
        pay: Called when a request of a call leaves, be it the first one or a repeat.
    """
    toll = _Toll(pay)
    _TOLL.set(toll)
    try:
        yield
    finally:
        toll.pay = None


def toll() -> _Pay | None:
    """What is to be called when a request leaves; None but in a look."""
    held = _TOLL.get()
    return None if held is None else held.pay
