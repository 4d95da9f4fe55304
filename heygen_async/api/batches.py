"""Batches of every kind: how they end, and how their items are paged."""

from collections.abc import Awaitable, Callable
from typing import Final

from heygen_async.api.job import JobKind, JobState
from heygen_async.api.pages import Pager
from heygen_async.errors import InvalidRequestError
from heygen_async.models import Batch, BatchItem, BatchItemStatus
from heygen_async.transport.sender import Sender
from heygen_async.wire.calls import Call, Query, Route
from heygen_async.wire.envelope import Envelope
from heygen_async.wire.limits import check_id
from heygen_async.wire.statuses import Verdict, verdict

BATCH_PAGE_MAX: Final = 100
"""Most items of a batch that HeyGen gives per page."""

_FINAL: Final = frozenset({Verdict.DONE, Verdict.FAILED})


def batch_state(batch: Batch) -> JobState:
    """How far a batch is. It ends when all of its items have, and fails when they all have."""
    word = verdict("batch", batch.status)
    if word in _FINAL and _open_items(batch):
        # The word for the whole must not end the waiting for those that still run.
        word = Verdict.RUNNING
    elif word is Verdict.FAILED and batch.counts_by_status.get(BatchItemStatus.COMPLETED):
        # Nor hide those that went well, whatever HeyGen calls a mixture.
        word = Verdict.DONE
    return JobState(
        status=batch.status,
        verdict=word,
        failure_message="The batch failed; its items say why." if word is Verdict.FAILED else None,
    )


def _open_items(batch: Batch) -> bool:
    return any(
        count and verdict("batch", word) not in _FINAL
        for word, count in batch.counts_by_status.items()
    )


def batch_kind(
    read: Callable[[str], Awaitable[Batch]], *, expected: float = 120.0, timeout: float = 6 * 3600.0
) -> JobKind[Batch]:
    """How batches are waited for.

    Args:
        read: Reads one, with up to 100 items.
        expected: Seconds that most batches take.
        timeout: Seconds after which a wait that names no timeout ends.
    """
    return JobKind("batch", read=read, state=batch_state, expected=expected, timeout=timeout)


def batch_items(
    sender: Sender,
    route: Route,
    batch_id: str,
    *,
    limit: int | None = None,
    max_items: int | None = None,
) -> Pager[BatchItem]:
    """The items of a batch, page by page.

    Args:
        sender: Sends calls.
        route: Reads one batch; its path has a ``{batch_id}``.
        batch_id: The batch.
        limit: Items per page, 1 to 100.
        max_items: Stops an iteration after so many.

    Raises:
        InvalidRequestError: ``limit`` or ``max_items`` is out of bounds.
    """
    ids = {"batch_id": check_id("batch_id", batch_id)}
    if limit is not None and not 1 <= limit <= BATCH_PAGE_MAX:
        raise InvalidRequestError("limit", limit, f"must be 1 to {BATCH_PAGE_MAX}")
    if max_items is not None and max_items < 0:
        raise InvalidRequestError("max_items", max_items, "must be 0 or more")

    async def fetch(token: str | None) -> Envelope[list[BatchItem]]:
        # Other lists say beside their items how they go on; a batch says it within.
        query: Query = {"limit": limit, "token": token}
        batch = await sender.send(Call(route, Batch, ids=ids, query=query))
        return Envelope(data=batch.items, has_more=batch.has_more, next_token=batch.next_token)

    return Pager(fetch, max_items=max_items)
