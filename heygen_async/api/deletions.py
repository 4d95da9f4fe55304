"""Deletions: done once, however often they are sent."""

from collections.abc import Awaitable

from heygen_async.errors import NotFoundError


async def gone(deletion: Awaitable[object]) -> None:
    """Waits for a deletion.

    A repeat that finds nothing is as good: the attempt before it was carried out, and only its
    answer was lost.

    Args:
        deletion: The call.

    Raises:
        NotFoundError: The first attempt found nothing already.
        HeyGenError: As every call.
    """
    try:
        await deletion
    except NotFoundError as problem:
        if problem.attempts <= 1:
            raise
