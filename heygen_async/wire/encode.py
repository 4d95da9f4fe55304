"""Requests as bytes: encoded once, and refused here when HeyGen would refuse them."""

import math
import re
from collections.abc import Iterable
from typing import Any, Final, cast

import msgspec

from heygen_async.errors import InvalidRequestError
from heygen_async.models import Request
from heygen_async.wire.checks import check

_encoder: Final = msgspec.json.Encoder()
_STEP: Final = re.compile(r"\.?([^.\[\]]+)|\[(\d+)\]")
# What patterns of the models mean.
_SAID: Final = {
    r"regex '(?i)^https?://\\S'": "must be a web address",
    r"regex '\\S'": "must not be blank",
}
# JSON would make base64 of bytes and null of NaN; as they are, they are refused.
_NULL: Final = b"null"
_AS_THEY_ARE: Final = (bytes, bytearray, memoryview)


def encode(request: Request, extra_body: dict[str, Any] | None = None) -> bytes:
    """The body of a request.

    Args:
        request: What to send.
        extra_body: Fields that are newer than this library; they win over the request's own and
            are not checked.

    Raises:
        InvalidRequestError: A field has the wrong type or value, or two fields contradict.
    """
    kind = type(request)
    if not isinstance(request, Request):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise InvalidRequestError("request", request, "must be a request of heygen_async.models")
    try:
        plain = msgspec.to_builtins(request, builtin_types=_AS_THEY_ARE, enc_hook=_refused)
        check(msgspec.convert(plain, kind))
        whole = {**plain, **extra_body} if extra_body else plain
        body = _encoder.encode(whole if extra_body else request)
    except msgspec.ValidationError as problem:
        raise refusal(kind.__name__, request, str(problem)) from None
    except (TypeError, ValueError, OverflowError) as problem:
        if isinstance(problem, InvalidRequestError):
            raise
        raise InvalidRequestError(kind.__name__, request, str(problem)) from None
    if extra_body or _NULL in body:
        _check_forms(whole, "")
    return body


def _check_forms(value: Any, path: str) -> None:
    """Refuses what JSON takes for something else without a word: infinity and NaN, and bytes."""
    match value:
        case float() if not math.isfinite(value):
            raise InvalidRequestError(path, value, "expected a finite number")
        case _ if isinstance(value, _AS_THEY_ARE):
            raise InvalidRequestError(path, cast("object", value), "has no form in JSON")
        case dict():
            for name, inner in cast("dict[str, Any]", value).items():
                _check_forms(inner, f"{path}.{name}" if path else name)
        case list():
            for index, inner in enumerate(cast("Iterable[Any]", value)):
                _check_forms(inner, f"{path}[{index}]")
        case _:
            pass


def _refused(_: object) -> bytes:
    """Stands for what JSON has no word for: no field takes bytes, so the check says where it is."""
    return b""


def refusal(name: str, source: object, message: str) -> InvalidRequestError:
    """What to raise when a request is not what its type says.

    Args:
        name: What the whole is called.
        source: The request, as an object or as plain data.
        message: What msgspec said.
    """
    limit, _, path = message.partition(" - at ")
    path = path.strip("`").removeprefix("$").removeprefix(".")
    limit = limit[:1].lower() + limit[1:].partition(", got ")[0]
    said = next((words for end, words in _SAID.items() if limit.endswith(end)), limit)
    return InvalidRequestError(path or name, _look_up(source, path), said)


def _look_up(source: object, path: str) -> object:
    value: Any = source
    for name, index in _STEP.findall(path):
        match value:
            case _ if index:
                value = list(value)[int(index)]
            case dict():
                value = cast("dict[str, Any]", value).get(name)
            case _:
                value = getattr(value, name, None)
    return value
