"""The one exception map: from what HeyGen answered to the class that is raised."""

import re
from typing import Final

import msgspec

from heygen_async.errors import (
    APIError,
    BadRequestError,
    ConcurrencyLimitedError,
    ConflictError,
    EndpointRetiredError,
    ForbiddenError,
    InsufficientCreditError,
    NotFoundError,
    PayloadTooLargeError,
    QuotaExceededError,
    RateLimitedError,
    RequestInProgressError,
    ServerError,
    UnauthorizedError,
)


class Fault(msgspec.Struct, frozen=True):
    """What an error's body says about itself; empty strings where it says nothing.

    Attributes:
        code: A word, or a number as text.
        message: A sentence.
        param: The field that is blamed.
        doc_url: The vendor's page about the code.
        detail: More words.
        status: The HTTP status, where the body says one too; else 0.
    """

    code: str = ""
    message: str = ""
    param: str = ""
    doc_url: str = ""
    detail: str = ""
    status: int = 0


# https://developers.heygen.com/docs/error-codes; the numbers are those of v1 and v2.
_BY_CODE: Final[dict[str, type[APIError]]] = {
    "unauthorized": UnauthorizedError,
    "authentication_failed": UnauthorizedError,
    "40009": UnauthorizedError,
    "40102": UnauthorizedError,
    "400112": UnauthorizedError,
    "401056": UnauthorizedError,
    "401057": UnauthorizedError,
    "insufficient_credit": InsufficientCreditError,
    "trial_limit_exceeded": InsufficientCreditError,
    "plan_upgrade_required": InsufficientCreditError,
    "subscription_required": InsufficientCreditError,
    "400118": InsufficientCreditError,
    "forbidden": ForbiddenError,
    "400562": ForbiddenError,
    "400573": ForbiddenError,
    "400599": ForbiddenError,
    "400631": ForbiddenError,
    "request_in_progress": RequestInProgressError,
    "quota_exceeded": QuotaExceededError,
    "trial_video_limit_exceeded": QuotaExceededError,
    "400664": QuotaExceededError,
    "401029": QuotaExceededError,
    "40019": QuotaExceededError,
    "10015": QuotaExceededError,
    "rate_limit_exceeded": RateLimitedError,
    "400123": RateLimitedError,
    "400140": RateLimitedError,
    "endpoint_sunset": EndpointRetiredError,
    "10007": ConcurrencyLimitedError,
    # Of streaming sessions: new, connecting, connected, closing, closed, and for short.
    "10001": ConflictError,
    "10002": ConflictError,
    "10003": ConflictError,
    "10004": ConflictError,
    "10005": ConflictError,
    "400006": ConflictError,
    "40031": NotFoundError,
    "10006": NotFoundError,
    "10012": NotFoundError,
    # Sources disagree: not allowed, or not found.
    "10013": BadRequestError,
    "10014": ConflictError,
    # A permanent refusal that has been seen under a server's status.
    "unlimited_mode_disabled": BadRequestError,
    # Those of inference.sh whose status alone would mislead, or that came with HTTP 200 once.
    "limit_exceeded": InsufficientCreditError,
    "payment_required": InsufficientCreditError,
    "payment_method_required": InsufficientCreditError,
    "insufficient_scope": ForbiddenError,
    "rate_limited": RateLimitedError,
    "app_retired": EndpointRetiredError,
    "SESSION_NOT_FOUND": NotFoundError,
    "SESSION_EXPIRED": NotFoundError,
    "SESSION_ENDED": NotFoundError,
}

_BY_STATUS: Final[dict[int, type[APIError]]] = {
    401: UnauthorizedError,
    402: InsufficientCreditError,
    403: ForbiddenError,
    404: NotFoundError,
    405: EndpointRetiredError,
    410: EndpointRetiredError,
    409: ConflictError,
    413: PayloadTooLargeError,
    429: RateLimitedError,
}

# The words of the official command line for answers that carry no code of their own.
_STATUS_CODES: Final = {
    400: "validation_error",
    401: "unauthorized",
    402: "insufficient_credit",
    403: "forbidden",
    404: "not_found",
    409: "conflict",
    413: "payload_too_large",
    429: "rate_limit_exceeded",
}

_HINTS: Final[dict[type[APIError], str]] = {
    UnauthorizedError: "Check the API key: app.heygen.com, Settings, API.",
    InsufficientCreditError: "Top up the balance, or choose a plan that covers this.",
    QuotaExceededError: "This limit is per day or per plan: waiting a moment does not help.",
    ConcurrencyLimitedError: "Fewer jobs at once, or wait until one of them ends.",
}

# Where the number says more than the class.
_CODE_HINTS: Final = {
    "10001": "The session is only new: start it first.",
    "10002": "The session is still connecting: try again in a second or two.",
    "10003": "The session is connected already.",
    "10004": "The session is closing: make a new one.",
    "10005": "The session is closed, by stop or because nobody spoke: make a new one.",
    "10013": "The avatar does not exist, or not for streaming: see list_avatars.",
    "10014": "The session has all the people it takes.",
    "400006": "The session is not connected: see list_sessions.",
}

_CREDIT: Final = (
    r"\b(?:credits?|quota)\b"
    r"(?! *(?:was|were|been|have been|has been)? *(?:charged|deducted|used|spent|billed))"
)
_GONE: Final = (
    r"\b(?:insufficient|not (?:have )?enough|no (?:more|remaining)|no(?= (?:credits|quota))"
    r"|out of|lacks?|exhausted|used up|ran out|run out|reached)\b"
)
_SPENT: Final = re.compile(
    rf"{_GONE}[^.]{{0,30}}{_CREDIT}|{_CREDIT}[^.]{{0,30}}{_GONE}"
    rf"|\bexceed\w* (?:\w+ )?{_CREDIT}|{_CREDIT} (?:\w+ ){{0,3}}exceeded\b",
    re.IGNORECASE,
)
"""Sentences without a code that say that credits are missing."""

_SERVER: Final = 500
_OK: Final = range(200, 300)


def api_error(
    fault: Fault, *, status: int, request_id: str | None, retry_after: float | None
) -> APIError:
    """The error to raise: by code first, by status second.

    Args:
        fault: What the body says.
        status: The HTTP status; 200 is possible.
        request_id: What to quote to support.
        retry_after: Seconds that the answer asks us to wait.
    """
    judged = fault.status if status in _OK and fault.status else status
    code = fault.code if fault.code not in ("", "error") else _status_code(judged)
    kind = _class_of(code, judged, fault.message)
    return kind(
        fault.message or f"HeyGen answered HTTP {status}",
        status=status,
        code=code,
        param=fault.param or None,
        doc_url=fault.doc_url or None,
        detail=fault.detail or None,
        request_id=request_id,
        retry_after=retry_after,
        hint=_CODE_HINTS.get(code) or _HINTS.get(kind),
    )


def _status_code(status: int) -> str:
    if status in _OK:
        return "unnamed_error"
    fallback = "unclassified_server_error" if status >= _SERVER else "unclassified_client_error"
    return _STATUS_CODES.get(status, fallback)


def _class_of(code: str, status: int, message: str) -> type[APIError]:
    kind = _BY_CODE.get(code) or _BY_STATUS.get(status)
    if kind is None:
        kind = ServerError if status >= _SERVER else _by_words(code, message)
    if kind is RateLimitedError and "concurren" in message.lower():
        return ConcurrencyLimitedError
    return kind


def _by_words(code: str, message: str) -> type[APIError]:
    """Old endpoints say some things in words only."""
    if code.endswith("_not_found"):
        return NotFoundError
    if _SPENT.search(message):
        return InsufficientCreditError
    return BadRequestError
