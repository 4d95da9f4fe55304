"""What a call is: where it goes, what it carries, and how often it may be sent."""

from collections.abc import Mapping
from enum import Enum
from typing import Any, Final, Generic, NamedTuple, TypeAlias, TypeVar
from urllib.parse import quote

import msgspec

from heygen_async.errors import InvalidRequestError
from heygen_async.wire.envelope import Envelope, envelope_decoder
from heygen_async.wire.kinds import Kind

T = TypeVar("T")

Query: TypeAlias = Mapping[str, str | int | float | bool | None]
"""Query parameters; None values are left out."""


class Host(Enum):
    """Which of HeyGen's hosts serves a path."""

    API = "api"
    UPLOAD = "upload"


class Route(NamedTuple):
    """One endpoint.

    Attributes:
        name: What the call is named in events and errors.
        method: The HTTP method.
        path: With ``{names}`` in the place of ids.
        kind: How it may be repeated.
        host: Which host serves it.
        transient: Error codes that pass by themselves here, though they are final elsewhere.
        successor: In v1 and v2: the method of v3 that does the same, such as
            ``heygen.videos.create``; empty where there is none. None for what is not to go.
        capped: Whether it begins a job of those that HeyGen counts together: agent sessions,
            avatar videos and translations. When one is refused because too many are in flight, the
            others need not ask, either.
    """

    name: str
    method: str
    path: str
    kind: Kind
    host: Host = Host.API
    transient: frozenset[str] = frozenset()
    successor: str | None = None
    capped: bool = False


class Call(Generic[T]):
    """One call, ready to be sent: ``await heygen.send(call)``.

    Use it for what is newer than this library; the resources build theirs in the same way.

    Args:
        route: The endpoint.
        reply: The type of ``data`` in the answer.
        ids: Values for the names in the route's path; they are quoted.
        query: Query parameters; None values are left out.
        body: Encoded JSON body.
        idempotency_key: Your own key, 1 to 255 of ``A-Z a-z 0-9 _ : . -``; made if left out.
    """

    __slots__ = ("body", "decoder", "idempotency_key", "ids", "query", "reply", "route")

    def __init__(
        self,
        route: Route,
        reply: type[T],
        *,
        ids: dict[str, str] | None = None,
        query: Query | None = None,
        body: bytes | None = None,
        idempotency_key: str | None = None,
    ) -> None:
        self.route: Route = route
        self.reply: type[T] = reply
        self.decoder: msgspec.json.Decoder[Envelope[T]] = envelope_decoder(reply)
        self.ids: dict[str, str] | None = ids
        self.query: Query | None = query
        self.body: bytes | None = body
        self.idempotency_key: str | None = idempotency_key

    @property
    def path(self) -> str:
        """The path with its ids filled in and the query behind it, percent-encoded."""
        path = self.route.path
        if self.ids:
            for name, value in self.ids.items():
                # Most ids are hex, and need no quotes.
                plain = value.isascii() and value.isalnum()
                path = path.replace(f"{{{name}}}", value if plain else quote(value, safe=""))
        if self.query:
            pairs = [(k, _text(v)) for k, v in self.query.items() if v is not None]
            if pairs:
                path = f"{path}?{'&'.join(f'{k}={_quoted(k, v)}' for k, v in pairs)}"
        return path


_QUERY_SAFE: Final = ","


def _quoted(name: str, text: str) -> str:
    try:
        return quote(text, safe=_QUERY_SAFE)
    except UnicodeEncodeError:
        raise InvalidRequestError(name, text, "must be text that UTF-8 can say") from None


def _text(value: str | float | bool) -> str:  # noqa: FBT001
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


AnyCall = Call[Any]
