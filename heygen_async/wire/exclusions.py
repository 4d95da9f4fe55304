"""Fields that exclude or need each other."""

from heygen_async.errors import InvalidRequestError


def exactly_one(where: str, **given: object) -> None:
    """Refuses none of several fields, and more than one.

    Args:
        where: Path before the names, such as ``scenes[0].``.
        given: The fields.
    """
    names = " or ".join(f"{where}{name}" for name in given)
    present = [name for name, value in given.items() if value is not None]
    if len(present) != 1:
        raise InvalidRequestError(names, present or None, "exactly one of them is needed")


def callback(where: str, *, callback_id: str | None, callback_url: str | None) -> None:
    """Refuses an id that would come back in a notice which nobody gets.

    Args:
        where: Path before the names, such as ``videos[0].``.
        callback_id: As given.
        callback_url: As given.
    """
    if callback_id is not None and callback_url is None:
        raise InvalidRequestError(f"{where}callback_id", callback_id, "needs callback_url")
