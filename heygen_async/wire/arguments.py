"""Arguments that are no fields of a request: refused before anything is sent, as fields are."""

from collections.abc import Sequence
from typing import cast

from heygen_async.errors import InvalidRequestError
from heygen_async.models import Request


def must_be(request: object, *kinds: type[Request]) -> None:
    """Refuses the request of another call.

    Raises:
        InvalidRequestError: It is none of these.
    """
    if not isinstance(request, kinds):
        names = " or ".join(kind.__name__ for kind in kinds)
        raise InvalidRequestError("request", type(request).__name__, f"must be a {names}")


def whole(field: str, value: object, *, least: int, most: int | None = None) -> None:
    """Refuses what is no whole number, or out of bounds. None is left alone.

    Raises:
        InvalidRequestError: It is.
    """
    if value is None:
        return
    number = value if isinstance(value, int) and not isinstance(value, bool) else None
    if number is None or number < least or (most is not None and number > most):
        bounds = f"{least} or more" if most is None else f"{least} to {most}"
        raise InvalidRequestError(field, value, f"must be {bounds}")


def one_of(field: str, value: object, words: Sequence[str]) -> None:
    """Refuses a word that HeyGen does not know. None is left alone.

    Raises:
        InvalidRequestError: It is one.
    """
    if value is not None and value not in words:
        raise InvalidRequestError(field, value, f"must be {' or '.join(words)}")


def yes_or_no(field: str, value: object) -> None:
    """Refuses what is neither True nor False. None is left alone.

    Raises:
        InvalidRequestError: It is.
    """
    if value is not None and not isinstance(value, bool):
        raise InvalidRequestError(field, value, "must be True or False")


def listed(field: str, value: object, of: type = object) -> None:
    """Refuses what is no list, and a list with something else in it.

    Args:
        field: Its name.
        value: A text is no list.
        of: What its items must be.

    Raises:
        InvalidRequestError: It is refused.
    """
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise InvalidRequestError(field, value, "must be a list")
    for index, item in enumerate(cast("Sequence[object]", value)):
        if not isinstance(item, of):
            raise InvalidRequestError(f"{field}[{index}]", item, f"must be a {of.__name__}")
