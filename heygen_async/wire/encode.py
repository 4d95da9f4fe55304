"""Requests as bytes: encoded once, and refused here when HeyGen would refuse them."""

import re
from functools import lru_cache
from typing import Any, Final

import msgspec

from heygen_async.errors import InvalidRequestError
from heygen_async.models import Request
from heygen_async.wire.checks import check

_encoder: Final = msgspec.json.Encoder()
_STEP: Final = re.compile(r"\.?([^.\[\]]+)|\[(\d+)\]")


@lru_cache(maxsize=512)
def _strict(kind: type[Request]) -> msgspec.json.Decoder[Request]:
    return msgspec.json.Decoder(kind)


def encode(request: Request, extra_body: dict[str, Any] | None = None) -> bytes:
    """The body of a request.

    Args:
        request: What to send.
        extra_body: Fields that are newer than this library; they win over the request's own and
            are not checked.

    Raises:
        InvalidRequestError: A field has the wrong type or value, or two fields contradict.
    """
    try:
        body = _encoder.encode(request)
        _strict(type(request)).decode(body)
    except msgspec.ValidationError as problem:
        raise _refusal(request, str(problem)) from None
    except (TypeError, OverflowError) as problem:
        raise InvalidRequestError(type(request).__name__, request, str(problem)) from None
    check(request)
    if extra_body:
        body = _encoder.encode({**msgspec.json.decode(body), **extra_body})
    return body


def _refusal(request: Request, message: str) -> InvalidRequestError:
    limit, _, path = message.partition(" - at ")
    path = path.strip("`").removeprefix("$").removeprefix(".")
    limit = limit[:1].lower() + limit[1:]
    return InvalidRequestError(path or type(request).__name__, _look_up(request, path), limit)


def _look_up(request: Request, path: str) -> object:
    value: Any = request
    for name, index in _STEP.findall(path):
        value = value[int(index)] if index else getattr(value, name, None)
    return value
