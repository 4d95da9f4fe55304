"""How far a streaming session of v1 is: computed from the time whenever somebody asks. Pure."""

import math
from typing import Final

from heygen_async.sandbox.older import Stream

STARTUP: Final = (1.0, 3.0)
"""Virtual seconds, from and to, from its start until somebody is seen."""

IDLE_SECONDS: Final = 120.0
"""Virtual seconds without a request or a word after which a session ends."""

LONGEST: Final = 1200.0
"""Virtual seconds that a session may last."""

CLOSING: Final = 2.0
"""Virtual seconds that its end takes."""

MOST: Final = 3
"""Sessions at once."""


def ends_at(stream: Stream) -> float:
    """When a session begins to end, as far as is known now."""
    idle = math.inf if stream.patient else max(stream.touched, stream.silent) + IDLE_SECONDS
    limit = stream.created + LONGEST
    return min(idle, limit, math.inf if stream.stopped is None else stream.stopped)


def status(stream: Stream, now: float) -> str:
    """``new``, ``connecting``, ``connected``, ``closing``, and then ``closed``."""
    ends = ends_at(stream)
    if now >= ends:
        return "closed" if now >= ends + CLOSING else "closing"
    if stream.live is None:
        return "new"
    return "connected" if now >= stream.live else "connecting"


def seconds(stream: Stream) -> float:
    """For how long somebody was, or will have been, seen."""
    return 0.0 if stream.live is None else max(0.0, ends_at(stream) - stream.live)
