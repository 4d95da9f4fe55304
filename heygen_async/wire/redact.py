"""What may be shown of a request: only what is known to be harmless."""

from collections.abc import Mapping
from typing import Final

_SAFE_HEADERS: Final = frozenset(
    {
        "accept",
        "content-length",
        "content-range",
        "content-type",
        "date",
        "etag",
        "idempotency-key",
        "range",
        "retry-after",
        "user-agent",
        "x-request-id",
    }
)


def headers(given: Mapping[str, str]) -> dict[str, str]:
    """Headers for a log: every value that is not known to be safe is replaced."""
    return {k: v if k.lower() in _SAFE_HEADERS else "[redacted]" for k, v in given.items()}


def url(given: str) -> str:
    """An address for a log or an error: without query, which may be a presigned secret."""
    base, question, _ = given.partition("?")
    scheme, sep, rest = base.partition("://")
    host, slash, path = rest.partition("/")
    bare = f"{scheme}{sep}{host.rpartition('@')[2]}{slash}{path}"
    return f"{bare}?…" if question else bare


class Secret:
    """A text that shows itself to nobody who does not ask for it."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The text itself."""
        return self._text

    def __repr__(self) -> str:
        return "Secret(…)"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._text == self._text

    def __hash__(self) -> int:
        return hash(self._text)

    def __reduce__(self) -> tuple[type["Secret"], tuple[str]]:
        raise TypeError("a Secret does not pickle")
