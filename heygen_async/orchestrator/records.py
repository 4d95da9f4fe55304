"""Records of plans: one call fills one of them at a time, and somebody may write it down."""

import inspect
from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import partial
from typing import Final, TypeVar

from heygen_async.errors import InvalidRequestError
from heygen_async.orchestrator.plans import check_callable

T = TypeVar("T")

_IN_USE: Final[set[int]] = set()
_NOT_ASYNC: Final = "must not be async: nothing is sent before it has written everything down"


@contextmanager
def alone(made: object) -> Generator[None]:
    """Keeps a second call off a record: each would pay for what the other makes.

    Args:
        made: The record.

    Raises:
        InvalidRequestError: Another call has it.
    """
    if id(made) in _IN_USE:
        raise InvalidRequestError("made", made, "must not be in use by another call")
    _IN_USE.add(id(made))
    try:
        yield
    finally:
        _IN_USE.discard(id(made))


def keeper(keep: Callable[[T], object] | None) -> Callable[[T], None]:
    """Calls whoever writes a record down, and refuses one that would never be run.

    Args:
        keep: Is called; nobody wants to know when left out.

    Raises:
        InvalidRequestError: It is async, or no function at all.
    """
    check_callable("keep", keep)
    if inspect.iscoroutinefunction(keep):
        raise InvalidRequestError("keep", keep, _NOT_ASYNC)
    return partial(_told, keep)


def _told(keep: Callable[[T], object] | None, made: T) -> None:
    answer = None if keep is None else keep(made)
    if inspect.isawaitable(answer):
        if inspect.iscoroutine(answer):
            answer.close()
        raise InvalidRequestError("keep", keep, _NOT_ASYNC)
