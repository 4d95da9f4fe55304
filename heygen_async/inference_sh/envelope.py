"""Answers of inference.sh: three generations of envelopes, told apart by their keys.

Today ``{"data", "messages"}``; before that the bare value, and before that ``{"success", "status",
"data", "error"}``, whose failures could come with HTTP 200. Errors are problem+json (RFC 9457).
"""

from collections.abc import Mapping
from typing import Any, Final, TypeVar

import msgspec

from heygen_async.errors import APIError, DecodeError, InsufficientCreditError, UnauthorizedError
from heygen_async.inference_sh.decoding import converted
from heygen_async.inference_sh.plain import decode, fields_of, items_of
from heygen_async.wire.envelope import HttpReply
from heygen_async.wire.faults import Fault, api_error
from heygen_async.wire.retry import retry_after

T = TypeVar("T")

_OK: Final = range(200, 300)
_ERRORS: Final = range(400, 600)
_UNMET: Final = 412
_SHOWN: Final = 500
_HINTS: Final[dict[type[APIError], str]] = {
    UnauthorizedError: "Check the key: INFERENCE_API_KEY holds one of inference.sh.",
    InsufficientCreditError: "Check the balance and the plan of your inference.sh account.",
}
_ADD_IT: Final = "The app asks for something that has to be added at inference.sh once."


def unwrap(answer: HttpReply, reply: type[T], *, now: float) -> T:
    """What a good answer holds.

    Args:
        answer: The HTTP answer.
        reply: What it should hold.
        now: Unix time, for the waits that an answer asks for.

    Raises:
        APIError: The answer is an error.
        DecodeError: It is none, and does not fit either.
    """
    if answer.status not in _OK:
        raise error_of(answer, now)
    try:
        body = decode(answer.body) if answer.body.strip() else None
        if fields_of(body).get("success") is False:
            raise error_of(answer, now)
        return converted(content(body), reply)
    except msgspec.DecodeError as problem:
        message, _, path = str(problem).partition(" - at ")
        raise DecodeError(
            message,
            path=path.strip("`") or "$",
            model=getattr(reply, "__name__", str(reply)),
            raw=answer.body,
            request_id=answer.request_id,
        ) from problem


def content(body: object) -> Any:
    """What lies in an envelope of any generation."""
    fields = fields_of(body)
    if "data" in fields or isinstance(fields.get("success"), bool):
        return fields.get("data")
    return body


def error_of(answer: HttpReply, now: float) -> APIError:
    """The error that an answer is.

    Args:
        answer: The HTTP answer.
        now: Unix time.
    """
    try:
        fields = fields_of(decode(answer.body))
    except msgspec.DecodeError:
        fields = {"message": _readable(answer.body)}
    told: Any = fields.get("status")
    # The oldest failures came with HTTP 200.
    within = answer.status in _OK and told in _ERRORS
    status = int(told) if within else answer.status
    error = api_error(
        _fault(fields, status),
        status=status,
        request_id=answer.request_id,
        retry_after=_wait(answer.headers, now),
    )
    error.hint = _ADD_IT if status == _UNMET else _HINTS.get(type(error))
    return error


def _fault(fields: dict[str, Any], status: int) -> Fault:
    """What an error says, as problem+json or as the oldest envelope."""
    old, meta = fields_of(fields.get("error")), fields_of(fields.get("meta"))
    meta = meta or fields_of(old.get("meta"))
    words = (fields.get("detail"), fields.get("title"), old.get("message"), fields.get("message"))
    said = [str(word) for word in words if word][:1]
    unmet = items_of(fields.get("errors")) or items_of(meta.get("errors"))
    return Fault(
        code=_code(fields, old, status),
        message="; ".join([*said, *map(_unmet, unmet)]) or f"inference.sh answered HTTP {status}",
        detail=msgspec.json.encode(meta).decode() if meta else "",
    )


def _code(fields: dict[str, Any], old: dict[str, Any], status: int) -> str:
    kind = str(fields.get("type") or "")
    if "/errors/" in kind:
        return kind.rpartition("/errors/")[2].strip("/")
    given = old.get("code") or fields.get("code")
    return str(given) if given else "requirements_not_met" if status == _UNMET else ""


def _unmet(entry: object) -> str:
    """What is missing, and what to do about it, in one line."""
    fields = fields_of(entry)
    name = " ".join(str(fields[key]) for key in ("type", "key") if fields.get(key))
    todo = fields_of(fields.get("action")).get("instructions")
    return ": ".join(str(part) for part in (name, fields.get("message"), todo) if part)


def _readable(body: bytes) -> str:
    text = " ".join(body.decode(errors="replace").split())
    return "" if text.startswith("<") else text[:_SHOWN]


def _wait(headers: Mapping[str, str], now: float) -> float | None:
    """Seconds to wait; where that is not said, until the limit is lifted."""
    if (asked := retry_after(headers, now)) is not None:
        return asked
    if headers.get("X-RateLimit-Remaining", "").strip() != "0":
        return None
    try:
        return max(0.0, float(headers.get("X-RateLimit-Reset", "")) - now)
    except ValueError:
        return None
