"""Bodies and queries held against what HeyGen takes; every refusal names the field."""

import re
from functools import lru_cache
from typing import Any

import msgspec

from heygen_async.sandbox.refusal import Refusal, invalid

_AT = re.compile(r" - at `\$\.?(.*?)`$", re.DOTALL)
_UNKNOWN = re.compile(r"Object contains unknown field `(.*)`", re.DOTALL)
_ABSENT = re.compile(r"Object missing required field `(.*)`", re.DOTALL)


@lru_cache(maxsize=256)
def _decoder(shape: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(shape)


def decode(body: bytes, shape: Any) -> Any:
    """The body as a request model.

    Args:
        body: Raw bytes.
        shape: A strict struct of ``heygen_async.models``, or a union of them.

    Raises:
        Refusal: 400, when it is not JSON or does not fit; ``param`` is the path of the field.
    """
    try:
        return _decoder(shape).decode(body)
    except msgspec.ValidationError as error:
        raise _explained(str(error)) from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Refusal(
            400, "invalid_parameter", f"The body is not valid JSON: {error}", number=400175
        ) from None


def _explained(text: str) -> Refusal:
    at = _AT.search(text)
    path = at.group(1) if at else ""
    words = _AT.sub("", text)
    unknown = _UNKNOWN.fullmatch(words)
    if unknown:
        param = _join(path, unknown.group(1))
        return invalid(param, f"{param}: Extra inputs are not permitted")
    absent = _ABSENT.fullmatch(words)
    if absent:
        param = _join(path, absent.group(1))
        return invalid(param, f"{param}: Field required")
    return invalid(path or "body", f"{path or 'body'}: {words}")


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def whole_number(text: str | None, name: str, *, default: int, low: int, high: int) -> int:
    """A whole number from the query.

    Raises:
        Refusal: 400, when it is none or out of bounds.
    """
    if text is None:
        return default
    if not re.fullmatch(r"-?\d{1,18}", text, re.ASCII):
        raise invalid(name, f"{name}: {text!r} is not a whole number")
    number = int(text)
    if not low <= number <= high:
        raise invalid(name, f"{name}: {number} is not between {low} and {high}")
    return number


_FLAGS = {None: None, "false": False, "true": True}


def flag(text: str | None, name: str) -> bool | None:
    """Yes or no from the query, in lower case.

    Raises:
        Refusal: 400, when it is neither.
    """
    if text not in _FLAGS:
        raise invalid(name, f"{name}: {text!r} is neither true nor false")
    return _FLAGS[text]
