"""Raw answers, for whoever wants to see what came over the wire."""

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar

from heygen_async.wire.envelope import HttpReply


class RawResponses:
    """The answers to the calls made within ``with heygen.with_raw_response() as raw``.

    Attributes:
        all: Every answer, also those of attempts that failed, in the order in which they came.
    """

    def __init__(self) -> None:
        self.all: list[HttpReply] = []

    @property
    def last(self) -> HttpReply:
        """The newest answer: its ``status``, ``headers``, ``body`` and ``request_id``.

        Raises:
            LookupError: There was none yet.
        """
        if not self.all:
            raise LookupError("no call was answered yet")
        return self.all[-1]


WATCHER: ContextVar[RawResponses | None] = ContextVar("heygen_async_raw", default=None)


@contextmanager
def watching() -> Generator[RawResponses]:
    """Collects the answers to calls made in this context, and in tasks that it starts."""
    raw = RawResponses()
    token = WATCHER.set(raw)
    try:
        yield raw
    finally:
        WATCHER.reset(token)
