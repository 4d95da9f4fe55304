"""Answers: what is inside, wherever the endpoint put it, and whichever way it failed.

v3 sends ``{"data"}`` or ``{"error": {"code", "message", "param", "doc_url"}}``; v1 sends
``{"code": 100, "data", "message" | "msg"}``; v2 sends ``{"error", "data"}``. An error may come with
HTTP 200, an envelope may be missing, and a gateway may answer HTML: so the keys decide, never the
path.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final, Generic, TypeVar, cast, get_args

import msgspec

from heygen_async.errors import APIError, DecodeError
from heygen_async.models.base import KeepsSecrets
from heygen_async.wire.faults import Fault, api_error
from heygen_async.wire.retry import retry_after

T = TypeVar("T")

_SUCCESS: Final = (None, 100, "100")
_FIRST_ERROR: Final = 400
_OK: Final = range(200, 300)
_NULL: Final = "got `null`"
_NOTHING_AT_ALL: Final = b"{}"
_NO_DATA: Final = b'{"data":null}'
_AROUND: Final = {"code", "error", "message", "msg", "status_code", "warning"}
_REQUEST_ID_HEADERS: Final = ("X-Request-Id", "X-Amzn-Request-Id", "X-Amzn-Trace-Id")


class Envelope(msgspec.Struct, Generic[T], frozen=True, gc=False):
    """Every envelope at once.

    Attributes:
        data: The reply proper.
        error: What v2 and v3 put there when something failed.
        code: 100 means success in v1.
        status_code: What some of v2 repeat the HTTP status in, or say instead of it.
        has_more: Whether a list goes on.
        next_token: Where it goes on.
    """

    data: T
    error: msgspec.Raw = msgspec.Raw()
    code: int | str | None = None
    status_code: Any = None
    has_more: bool = False
    next_token: str | None = None


class HttpReply(msgspec.Struct, frozen=True):
    """One HTTP answer.

    Attributes:
        status: The HTTP status.
        headers: Its headers, looked up without regard to case.
        body: Its bytes, decompressed.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes

    def __repr__(self) -> str:
        # Its body may hold a secret, such as that of a webhook.
        return f"HttpReply(status={self.status}, {len(self.body):,} bytes)"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        return [("status", self.status), ("bytes", len(self.body))]

    @property
    def request_id(self) -> str | None:
        """What to quote to HeyGen's support."""
        for name in _REQUEST_ID_HEADERS:
            if value := self.headers.get(name):
                return value
        return None


class _Loose(msgspec.Struct, frozen=True):
    data: Any = None
    error: Any = None
    code: Any = None
    message: Any = None
    msg: Any = None
    status_code: Any = None
    generation_id: Any = msgspec.UNSET


@lru_cache(maxsize=512)
def _decoder(reply: Any) -> msgspec.json.Decoder[Any]:
    envelope: Any = Envelope
    return msgspec.json.Decoder(envelope[reply])


def envelope_decoder(reply: type[T]) -> msgspec.json.Decoder[Envelope[T]]:
    """The decoder for an envelope around ``reply``, made once per type."""
    hashable: Any = reply
    return _decoder(hashable)


_loose: Final = msgspec.json.Decoder(_Loose)
_keys: Final = msgspec.json.Decoder(dict[str, msgspec.Raw])


def unwrap(
    answer: HttpReply, decoder: msgspec.json.Decoder[Envelope[T]], *, now: float
) -> Envelope[T]:
    """The envelope of a good answer.

    Args:
        answer: The HTTP answer.
        decoder: From ``envelope_decoder``.
        now: Unix time, to read a Retry-After that is a date.

    Raises:
        APIError: The answer is an error, in any of the ways HeyGen has.
        DecodeError: It is none, and does not fit either.
    """
    if answer.status not in _OK:
        raise _error_of(answer, now)
    try:
        envelope = decoder.decode(answer.body)
    except msgspec.DecodeError as problem:
        return _unusual(answer, decoder, problem, now)
    failed = envelope.code not in _SUCCESS or _failing(envelope.status_code)
    if failed or (envelope.error and msgspec.json.decode(envelope.error)):
        raise _error_of(answer, now)
    return envelope


def _failing(status: object) -> bool:
    return isinstance(status, int) and status >= _FIRST_ERROR


def _unusual(
    answer: HttpReply,
    decoder: msgspec.json.Decoder[Envelope[T]],
    problem: msgspec.DecodeError,
    now: float,
) -> Envelope[T]:
    """An answer that did not decode: an error within HTTP 200, no envelope, or truly odd."""
    body = answer.body.strip() or _NOTHING_AT_ALL
    try:
        loose = _loose.decode(body)
    except msgspec.DecodeError:
        raise _undecodable(answer, decoder, problem) from problem
    if loose.error or loose.code not in _SUCCESS or _failing(loose.status_code):
        raise _error_of(answer, now)
    if loose.generation_id is not msgspec.UNSET and loose.data is None:
        # One guide shows this endpoint without its envelope.
        body = b'{"data":' + body + b"}"
    elif _keys.decode(body).keys() <= _AROUND:
        # Some deletes answer nothing, or an envelope around nothing: fine where none is expected.
        body = _NO_DATA
    elif _NULL in str(problem):
        # A null where a model has a word for what is left out: it is left out.
        body = msgspec.json.encode(_without_nulls(msgspec.json.decode(body)))
    else:
        raise _undecodable(answer, decoder, problem) from problem
    try:
        return decoder.decode(body)
    except msgspec.DecodeError:
        raise _undecodable(answer, decoder, problem) from problem


def _without_nulls(value: Any) -> Any:
    match value:
        case dict():
            fields = cast("dict[str, Any]", value)
            return {
                name: _without_nulls(inner) for name, inner in fields.items() if inner is not None
            }
        case list():
            return [_without_nulls(inner) for inner in cast("list[object]", value)]
        case _:
            return value


def _undecodable(
    answer: HttpReply, decoder: msgspec.json.Decoder[Any], problem: msgspec.DecodeError
) -> DecodeError:
    message, _, path = str(problem).partition(" - at ")
    model = str(decoder.type).removeprefix(f"{__name__}.")
    return DecodeError(
        message,
        path=path.strip("`") or "$",
        model=model,
        raw=b"" if _keeps_secrets(decoder.type) else answer.body,
        request_id=answer.request_id,
    )


def _keeps_secrets(model: Any) -> bool:
    """Whether what did not decode may hold a secret, which an error is not to carry along."""
    if isinstance(model, type) and issubclass(model, KeepsSecrets):
        return True
    return any(_keeps_secrets(inner) for inner in get_args(model))


def _error_of(answer: HttpReply, now: float) -> APIError:
    return api_error(
        read_fault(answer.body),
        status=answer.status,
        request_id=answer.request_id,
        retry_after=retry_after(answer.headers, now),
    )


def read_fault(body: bytes) -> Fault:
    """What an error's body says; empty where it says nothing (HTML, nothing at all)."""
    try:
        loose = _loose.decode(body)
    except msgspec.DecodeError:
        return Fault()
    error: Any = loose.error
    status = loose.status_code if _failing(loose.status_code) else 0
    match error:
        case dict():
            fields = cast("dict[str, Any]", error)
            return Fault(
                status=status,
                code=_word(fields.get("code")),
                message=_word(fields.get("message")),
                param=_word(fields.get("param")),
                doc_url=_word(fields.get("doc_url")),
                detail=_word(fields.get("detail") or fields.get("details")),
            )
        case str() if loose.error:
            return Fault(status=status, code=_number(loose.code), message=loose.error)
        case _:
            said = _word(loose.message or loose.msg)
            return Fault(status=status, code=_number(loose.code), message=said)


def _word(value: object) -> str:
    return "" if value is None else str(value)


def _number(code: object) -> str:
    return "" if code in _SUCCESS else str(code)
