"""How each family of paths wraps what it says: v3, the two of v1 and v2, and the storage."""

from enum import Enum
from typing import Any, Final
from xml.sax.saxutils import escape

import msgspec

from heygen_async.sandbox.refusal import Refusal

DOCS: Final = "https://developers.heygen.com/docs/error-codes"

# Numbers for refusals that carry none: what v1 answered for the same thing.
_NUMBERS: Final = {401: 400112, 402: 400118, 409: 400175, 413: 40010, 429: 400123}
_DEFAULT_NUMBER: Final = 400175

_INFERENCE_ROOTS: Final = frozenset({"apps", "run", "tasks", "files", "sessions"})
_PROBLEMS: Final = "https://api.inference.sh/errors/"
_PROBLEM_CODES: Final = {
    "insufficient_credit": "limit_exceeded",
    "rate_limit_exceeded": "rate_limited",
    "service_unavailable": "app_maintenance",
}
"""What inference.sh calls what v3 calls otherwise."""

_S3_CODES: Final = {
    400: "InvalidRequest",
    403: "AccessDenied",
    404: "NoSuchKey",
    411: "MissingContentLength",
    416: "InvalidRange",
    429: "SlowDown",
    500: "InternalError",
    501: "NotImplemented",
    503: "SlowDown",
}


class Family(Enum):
    """Which envelope a path answers in."""

    V3 = "v3"
    """``{data}`` or ``{error: {code, message, param?, doc_url}}``."""
    CODE = "code"
    """v1: ``{code: 100, data, message, msg}`` or ``{code: 400112, message}``."""
    ERROR = "error"
    """v2: ``{error: null, data}`` or ``{error: {code, message}, data: null}``."""
    BARE = "bare"
    """Workflows of v1: ``{data}`` as in v3, where nothing else of v1 is."""
    INFERENCE = "inference"
    """inference.sh: ``{data, messages}``, or a problem by RFC 9457."""
    STORAGE = "storage"
    """XML errors like those of S3."""
    CONTROL = "control"
    """The sandbox's own: bare values."""


def family_of(path: str) -> Family:
    """The family that answers for a path, also for one that no endpoint has."""
    if path.startswith("/_storage/"):
        return Family.STORAGE
    if path.startswith("/_sandbox"):
        return Family.CONTROL
    if path.split("/")[1] in _INFERENCE_ROOTS:
        return Family.INFERENCE
    if path.startswith("/v1/"):
        return Family.BARE if path.startswith("/v1/workflows") else Family.CODE
    return Family.ERROR if path.startswith("/v2/") else Family.V3


_JSON: Final = "application/json"
_FAILED_TYPES: Final = {
    Family.INFERENCE: "application/problem+json",
    Family.STORAGE: "application/xml",
}
_encode = msgspec.json.Encoder().encode


def success(family: Family, data: Any, *, beside: dict[str, Any], note: str | None) -> bytes:
    """Body of a good answer.

    Args:
        family: Which envelope.
        data: What is answered.
        beside: Keys that lie beside ``data``, such as ``has_more``.
        note: Text of ``message`` in the numbered envelope, whose two variants differ in it.
    """
    if family is Family.CONTROL:
        return _encode(data)
    if family is Family.INFERENCE:
        return _encode({"data": data, "messages": []})
    if family is Family.CODE:
        if note is None:
            return _encode({"code": 100, "data": data, "msg": None, "message": None} | beside)
        return _encode({"code": 100, "data": data, "message": note} | beside)
    if family is Family.ERROR:
        return _encode({"error": None, "data": data} | beside)
    return _encode({"data": data} | beside)


def failure(family: Family, refusal: Refusal, *, request_id: str, resource: str) -> bytes:
    """Body of a refusal."""
    number = refusal.number or _NUMBERS.get(refusal.status, _DEFAULT_NUMBER)
    if family is Family.CODE:
        return _encode({"code": number, "message": refusal.message, "data": None})
    if family is Family.ERROR:
        error = {"code": refusal.code, "message": refusal.message}
        return _encode({"error": error, "data": None})
    if family is Family.STORAGE:
        return _storage_failure(refusal, request_id, resource)
    if family is Family.INFERENCE:
        return _problem(refusal)
    error = {"code": refusal.code, "message": refusal.message}
    if refusal.param is not None:
        error["param"] = refusal.param
    error["doc_url"] = f"{DOCS}#{refusal.code.replace('_', '-')}"
    return _encode({"error": error})


def _problem(refusal: Refusal) -> bytes:
    code = _PROBLEM_CODES.get(refusal.code, refusal.code)
    if code == "invalid_parameter":
        # Without a field it is the body as a whole that cannot be read.
        code = "invalid_request" if refusal.param is None else "validation_error"
    meta = refusal.meta or ({} if refusal.param is None else {"field": refusal.param})
    said: dict[str, Any] = {
        "type": _PROBLEMS + code,
        "title": code.replace("_", " ").capitalize(),
        "status": refusal.status,
        "detail": refusal.message,
    }
    return _encode(said | {"meta": meta} if meta else said)


def _storage_failure(refusal: Refusal, request_id: str, resource: str) -> bytes:
    # Scripted faults speak v3's words; S3 has its own.
    code = refusal.code if refusal.code[:1].isupper() else _S3_CODES.get(refusal.status, "Error")
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f"<Error><Code>{escape(code)}</Code><Message>{escape(refusal.message)}</Message>"
        f"<Resource>{escape(resource)}</Resource><RequestId>{escape(request_id)}</RequestId></Error>"
    ).encode()


def content_type(family: Family, *, failed: bool) -> str:
    """Content type of a body of ``success`` or ``failure``."""
    return _FAILED_TYPES.get(family, _JSON) if failed else _JSON
