"""Bulk statuses of every kind: ids and batches in one call."""

from collections.abc import Sequence

from heygen_async.errors import InvalidRequestError
from heygen_async.wire.calls import Query
from heygen_async.wire.limits import BULK_STATUS_MAX, check_id


def bulk_query(**ids: Sequence[str]) -> Query:
    """Ids as HeyGen's bulk endpoints take them, joined by commas.

    Args:
        ids: Ids by the name of their parameter; together 1 to 100.

    Raises:
        InvalidRequestError: No id, too many of them, or something that is none.
    """
    names = " or ".join(ids)
    for name, given in ids.items():
        if isinstance(given, str):
            raise InvalidRequestError(name, given, "must be a list of ids")
    count = sum(map(len, ids.values()))
    if not 1 <= count <= BULK_STATUS_MAX:
        raise InvalidRequestError(names, count, f"must be 1 to {BULK_STATUS_MAX} ids")
    return {
        name: ",".join(check_id(name, each) for each in given) if given else None
        for name, given in ids.items()
    }
