"""Batches: many jobs under one id, of whatever kind."""

import msgspec

from heygen_async.models.base import OpenEnum, Reply


class BatchStatus(OpenEnum):
    """How far a batch is, by its items. Only ``processing`` is not final."""

    PROCESSING = "processing"
    COMPLETED = "completed"
    FAILED = "failed"


class BatchItemStatus(OpenEnum):
    """How far an item of a batch is. Only ``completed`` and ``failed`` are final."""

    QUEUED = "queued"
    PROCESSING = "processing"
    COMPLETED = "completed"
    FAILED = "failed"


class CreatedBatch(Reply):
    """What HeyGen answers to a new batch.

    Attributes:
        batch_id: The batch's id.
    """

    batch_id: str


class BatchItem(Reply):
    """One item of a batch.

    Attributes:
        item_index: Place among the items that were submitted, from 0.
        status: How far it is.
        video_id: The item's own id, whatever its kind: of a video, a lipsync, a translation, an
            asset; None before it is made.
        error: Details when it failed, as HeyGen sends them.
    """

    item_index: int
    status: BatchItemStatus
    video_id: str | None = None
    error: dict[str, msgspec.Raw] | None = None


class Batch(Reply):
    """A batch, and one page of its items.

    Attributes:
        batch_id: The batch's id.
        status: How far it is as a whole.
        title: Name to show.
        total_items: How many items were submitted.
        counts_by_status: How many items have which status; a status of no item may be absent.
        created_at: Unix time in seconds.
        items: One page, in the order they were submitted; all of them, up to 100.
        has_more: Whether there are more items than these.
        next_token: Where they go on.
    """

    batch_id: str
    status: BatchStatus
    title: str | None = None
    total_items: int = 0
    counts_by_status: dict[str, int] = {}
    created_at: float | None = None
    items: list[BatchItem] = []
    has_more: bool = False
    next_token: str | None = None
