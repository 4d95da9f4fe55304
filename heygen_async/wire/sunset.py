"""v1 and v2 on their way out: what HeyGen says about it, and what to call instead.

https://developers.heygen.com/docs/endpoint-version-comparison
"""

import re
from collections.abc import Iterable
from typing import Any, Final, cast

import msgspec

from heygen_async.errors import APIError, EndpointRetiredError, NotFoundError
from heygen_async.models.base import Record
from heygen_async.wire.calls import AnyCall, Route
from heygen_async.wire.envelope import HttpReply

REMOVAL: Final = "2026-10-31"
"""The day that HeyGen announced for the removal of v1 and v2."""

# What an answer without a code of its own is given: nobody looked for a resource.
_NO_CODE: Final = "not_found"

_GONE: Final = frozenset({405, 410})
_SUNSET: Final = "endpoint_sunset"
_LONGEST_ID: Final = 200

_BRIDGED: Final = frozenset(
    {
        "heygen.avatars.create",
        "heygen.templates.generate",
        "heygen.translations.create",
        "heygen.video_agents.create",
        "heygen.videos.create",
        "heygen.voices.create_speech",
    }
)
_HINT: Final = "heygen_async.to_v3 turns a request of v2 into the one of v3 that means the same."


class HeyGenDeprecationWarning(DeprecationWarning):
    """A call of v1 or v2, which HeyGen announced to remove.

    It is told once per method and client, at the line that awaits the call; where a task runs the
    call alone, as in ``gather``, that line is one of this library. To silence it:
    ``warnings.filterwarnings("ignore", category=HeyGenDeprecationWarning)``.
    """


class Notice(Record):
    """What an answer says about the end of its endpoint.

    Attributes:
        deprecation: The ``Deprecation`` header.
        sunset: The ``Sunset`` header: an HTTP date.
        warning: The sentence of the ``warning`` object.
    """

    deprecation: str | None = None
    sunset: str | None = None
    warning: str | None = None


class _Warned(msgspec.Struct):
    warning: Any = None


_warned: Final = msgspec.json.Decoder(_Warned)


def advice(route: Route) -> str:
    """What to call instead of an endpoint of v1 or v2."""
    return f"use {route.successor}" if route.successor else "v3 has no equal"


def warning(route: Route) -> str:
    """What a caller of an endpoint of v1 or v2 is told."""
    fate = f"HeyGen announced to remove on {REMOVAL}"
    if route.path.startswith("/v3/"):
        fate = "belongs to v2 and is on no page of v3"
    return f"heygen.{route.name} calls {route.method} {route.path}, which {fate}: {advice(route)}"


def notice(answer: HttpReply) -> Notice | None:
    """What an answer says about the end of its endpoint, if it says anything."""
    deprecation, sunset = answer.headers.get("Deprecation"), answer.headers.get("Sunset")
    words = _sentence(answer.body) if b'"warning"' in answer.body else None
    if deprecation is None and sunset is None and words is None:
        return None
    return Notice(deprecation=deprecation, sunset=sunset, warning=words)


def _sentence(body: bytes) -> str | None:
    try:
        found: Any = _warned.decode(body).warning
    except msgspec.DecodeError:
        return None
    match found:
        case {"message": str(words)}:
            return words
        case None | "":
            return None
        case str():
            return found
        case _:
            return msgspec.json.encode(found).decode()


def retired(call: AnyCall, problem: APIError) -> EndpointRetiredError | None:
    """The error that says what to call instead, if the endpoint itself seems to be gone.

    A 404 that names what it did not find comes from an endpoint that is still there.

    Args:
        call: What was sent.
        problem: What HeyGen answered.
    """
    gone = isinstance(problem, EndpointRetiredError)
    asked = _asked(call)
    if not gone and not _speaks_of_nothing(problem, asked):
        return None
    route = call.route
    doubt = ", or HeyGen does not know an id" if asked and not gone else ""
    verb = "is" if gone else "seems to be"
    return EndpointRetiredError(
        f"{route.method} {route.path} {verb} gone at HeyGen{doubt}: {advice(route)}",
        status=problem.status,
        code=problem.code,
        param=problem.param,
        doc_url=problem.doc_url,
        detail=problem.detail or problem.message,
        request_id=problem.request_id,
        retry_after=problem.retry_after,
        hint=_HINT if route.method == "POST" and route.successor in _BRIDGED else None,
    )


def is_certain(problem: NotFoundError) -> bool:
    """Whether an endpoint is gone for sure: to ask again is in vain."""
    return isinstance(problem, EndpointRetiredError) and (
        problem.status in _GONE or problem.code == _SUNSET
    )


def _asked(call: AnyCall) -> list[str]:
    """The texts of a call that may be ids."""
    texts = [*(call.ids or {}).values(), *map(str, (call.query or {}).values())]
    if call.body:
        texts += _texts(msgspec.json.decode(call.body))
    return [text for text in texts if len(text) <= _LONGEST_ID]


def _texts(value: object) -> list[str]:
    match value:
        case str():
            return [value]
        case dict():
            inner: Iterable[object] = cast("dict[str, object]", value).values()
        case list():
            inner = cast("list[object]", value)
        case _:
            return []
    return [text for each in inner for text in _texts(each)]


def _speaks_of_nothing(problem: APIError, asked: list[str]) -> bool:
    if not isinstance(problem, NotFoundError) or problem.code != _NO_CODE:
        return False
    return not any(re.search(rf"(?<!\w){re.escape(text)}(?!\w)", problem.message) for text in asked)
