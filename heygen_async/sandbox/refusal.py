"""The one exception by which anything in the sandbox says no."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any, NoReturn


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not an accident
    """An answer that refuses. The family of the path decides what its body looks like.

    Attributes:
        status: HTTP status.
        code: HeyGen's word for it.
        message: A sentence that names the field, the value or the limit.
        param: Path of the field, such as ``background.value``.
        retry_after: Seconds for the header ``Retry-After``; a string is sent as it is.
        number: Numeric code for the families that count their errors.
        headers: Others that the answer carries.
        meta: What a problem of inference.sh says besides; the field, when left out.
    """

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        *,
        param: str | None = None,
        retry_after: float | str | None = None,
        number: int | None = None,
        headers: dict[str, str] | None = None,
        meta: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(f"{status} {code}: {message}")
        self.status = status
        self.code = code
        self.message = message
        self.param = param
        self.retry_after = retry_after
        self.number = number
        self.headers: dict[str, str] = headers or {}
        self.meta = meta


def invalid(param: str, message: str) -> Refusal:
    """A field is wrong: 400 ``invalid_parameter`` that names it."""
    return Refusal(400, "invalid_parameter", message, param=param, number=400175)


def missing(code: str, message: str) -> Refusal:
    """What an id stands for does not exist, or not yet: 404."""
    return Refusal(404, code, message, number=400175)


def refuse(param: str, message: str) -> NoReturn:
    """Raises ``invalid(param, message)``, for use in conditions.

    Raises:
        Refusal: Always.
    """
    raise invalid(param, message)


@contextmanager
def within(where: str) -> Generator[None]:
    """Whatever is refused inside lies deeper in the request than it thinks.

    Args:
        where: Path before its fields, such as ``scenes[0].``.
    """
    try:
        yield
    except Refusal as refusal:
        if refusal.param is not None:
            refusal.param = f"{where}{refusal.param}"
            refusal.message = f"{where}{refusal.message}"
        raise
