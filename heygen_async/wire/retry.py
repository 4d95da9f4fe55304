"""Whether a call may be sent again, and when. The loop that does it is in ``transport``."""

from collections.abc import Callable, Mapping
from datetime import UTC
from email.utils import parsedate_to_datetime
from enum import Enum
from typing import Final

import msgspec

from heygen_async.errors import (
    APIError,
    DecodeError,
    HeyGenError,
    QuotaExceededError,
    RateLimitedError,
    RequestInProgressError,
    ServerError,
    TransportError,
)
from heygen_async.wire.kinds import Kind

# The second line is what the gateways of content networks say of the server behind them.
_TRANSIENT: Final = frozenset(
    {408, 500, 502, 503, 504}
    | {520, 521, 522, 523, 524, 529}
)  # fmt: skip
_NOT_READY: Final = frozenset({"resource_not_ready"})
_UNAVAILABLE: Final = 503
_NOT_IMPLEMENTED: Final = 501
_ABSURD: Final = 30 * 24 * 3600.0


class Decision(Enum):
    """What to do about an attempt that failed."""

    RAISE = "raise"
    """It is final."""
    RETRY = "retry"
    """Send it again; it counts as one of the retries."""
    WAIT = "wait"
    """Refused without processing: send it again after the wait, and do not count it."""
    UNKNOWN = "unknown"
    """Nobody can tell whether it was done, and a repeat would be billed: raise that."""


def decide(kind: Kind, error: HeyGenError, transient: frozenset[str] = frozenset()) -> Decision:
    """What to do about a failed attempt.

    Args:
        kind: How the call may be repeated.
        error: What the attempt came to.
        transient: Error codes that pass by themselves at this endpoint.
    """
    repeatable = kind is not Kind.ONCE
    match error:
        case TransportError(sent=False):
            return Decision.RETRY
        case TransportError():
            return Decision.RETRY if repeatable else Decision.UNKNOWN
        case QuotaExceededError():
            return Decision.RAISE
        case RateLimitedError() | RequestInProgressError():
            return Decision.WAIT
        case ServerError() | APIError(status=408) if error.status in _TRANSIENT:
            refused = error.status == _UNAVAILABLE and (
                error.retry_after is not None or error.code in transient
            )
            if repeatable or refused:
                return Decision.RETRY
            return Decision.UNKNOWN
        case ServerError() if not repeatable and error.status != _NOT_IMPLEMENTED:
            return Decision.UNKNOWN
        case APIError() if error.code in _NOT_READY or error.code in transient:
            return Decision.RETRY
        case _:
            return Decision.RAISE


def is_open(error: Exception, transient: frozenset[str] = frozenset()) -> bool:
    """Whether nobody can tell if a request was carried out that ended so, whatever its kind.

    Args:
        error: What the attempt, or the whole call, came to.
        transient: Error codes that pass by themselves at this endpoint.
    """
    match error:
        case DecodeError() | RequestInProgressError():
            return True
        case APIError() | TransportError():
            unknown = decide(Kind.ONCE, error, transient) is Decision.UNKNOWN
            return error.unanswered or unknown
        case _:
            return False


class RetryPolicy(msgspec.Struct, kw_only=True, frozen=True):
    """How patient the client is.

    Attributes:
        max_retries: Repeats after failures, besides the first try. 0 turns every repeat off, the
            waits after a 429 too.
        base: Seconds; the wait before the n-th repeat is a random part of ``base * 2**n``.
        cap: Seconds; no such wait is longer. A ``Retry-After`` is obeyed beyond it.
        max_elapsed: Seconds for one call with all of its attempts and waits. A 429 is waited out
            within it, however often.
    """

    max_retries: int = 4
    base: float = 0.5
    cap: float = 30.0
    max_elapsed: float = 600.0

    def delay(self, attempt: int, floor: float | None, uniform: Callable[[], float]) -> float:
        """Seconds to wait before the next attempt.

        Args:
            attempt: How many attempts were made, from 1.
            floor: ``Retry-After`` in seconds: the wait is never shorter.
            uniform: A random number from 0 to 1.
        """
        backoff = uniform() * min(self.cap, self.base * 2.0 ** min(attempt, 32))
        if floor is None:
            return backoff
        # Spread out: everybody who was refused was told the same number.
        return floor + min(backoff, self.base)


def retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """Seconds that an answer asks us to wait; None where it says nothing we can use.

    Args:
        headers: Of the answer: ``retry-after-ms``, or ``Retry-After`` as a number or a date.
        now: Unix time.
    """
    if (ms := headers.get("Retry-After-Ms")) and (value := _seconds(ms)) is not None:
        return value / 1000
    text = headers.get("Retry-After")
    if not text:
        return None
    if (value := _seconds(text)) is not None:
        return value
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return min(max(0.0, moment.timestamp() - now), _ABSURD)


def _seconds(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    # Never clamped to something convenient: a month is only the end of what makes sense.
    return min(value, _ABSURD) if value >= 0 else None
