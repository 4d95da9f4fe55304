"""One line and one exit code for everything that can go wrong."""

import asyncio
from typing import Final

from heygen_async.errors import (
    APIError,
    ConfigError,
    DecodeError,
    ForbiddenError,
    HeyGenError,
    InvalidRequestError,
    UnauthorizedError,
)

OK: Final = 0
SOME_FAILED: Final = 1
USAGE: Final = 2
AUTH: Final = 3
TIMEOUT: Final = 4
INTERRUPTED: Final = 130


def line(problem: BaseException) -> str:
    """What went wrong, its code, what to do about it, and the request id, in one line."""
    if not isinstance(problem, HeyGenError):
        words = str(problem)
        return _one_line(f"{type(problem).__name__}: {words}" if words else type(problem).__name__)
    # An API error names its code and request by itself.
    text = str(problem)
    if not isinstance(problem, APIError):
        text = f"{text} ({type(problem).__name__.removesuffix('Error')})"
    if isinstance(problem, DecodeError) and problem.request_id:
        text += f" request {problem.request_id}"
    for note in getattr(problem, "__notes__", ()):
        text += f", {note}"
    if problem.hint:
        text += f". {problem.hint}"
    return _one_line(text)


def exit_code(problem: BaseException) -> int:
    """The exit code that tells a script what kind of trouble it was."""
    match problem:
        case KeyboardInterrupt() | asyncio.CancelledError():
            return INTERRUPTED
        case UnauthorizedError() | ForbiddenError():
            return AUTH
        case ConfigError() | InvalidRequestError():
            return USAGE
        case TimeoutError():
            return TIMEOUT
        case _:
            return SOME_FAILED


def _one_line(text: str) -> str:
    return " ".join(text.split())
