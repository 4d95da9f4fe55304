"""Functions of the caller's that run in the middle of a transfer."""

from asyncio import CancelledError
from collections.abc import Generator
from contextlib import contextmanager


class CallbackFailed(Exception):  # noqa: N818  it never leaves this package
    """Carries what the caller's function raised past everybody who would retry or rename it."""

    def __init__(self, problem: BaseException) -> None:
        super().__init__(problem)
        self.problem = problem


@contextmanager
def carried() -> Generator[None]:
    """Around the caller's function: what it raises is no trouble of the transfer's."""
    try:
        yield
    except (Exception, CancelledError) as problem:  # noqa: BLE001  whatever it is, it is not ours
        raise CallbackFailed(problem) from None


@contextmanager
def callers_own() -> Generator[None]:
    """Around a transfer: what the caller's function raised comes out as it is."""
    try:
        yield
    except CallbackFailed as carrier:
        raise carrier.problem from carrier.problem.__cause__
