"""Batches of every kind: what they share. Each kind brings its own endpoints."""

from collections import Counter
from collections.abc import Callable
from typing import Any, Final

from heygen_async.sandbox.context import Call, Context, Reply
from heygen_async.sandbox.pages import page
from heygen_async.sandbox.refusal import missing
from heygen_async.sandbox.validation import whole_number
from heygen_async.sandbox.world import Batch, BatchItem, Failure

MOST_ITEMS: Final = 100
"""Items of a batch, and of a page of one."""

_ITEM_WORDS: Final = {
    "queued": "queued",
    "completed": "completed",
    "failed": "failed",
    "deleted": "failed",
    "not_found": "failed",
}

Look = Callable[[str], tuple[str, Failure | None]]
"""Status word of a job by its id, in its own vocabulary, and why it failed."""


def find(ctx: Context, batch_id: str, kind: str) -> Batch | None:
    """The batch with an id, if it is of a kind."""
    batch = ctx.world.batches.get(batch_id)
    return batch if batch is not None and batch.kind == kind else None


def enter(
    ctx: Context,
    kind: str,
    items: list[BatchItem],
    *,
    title: str | None = None,
    callback_url: str | None = None,
) -> Batch:
    """Enters a new batch and gives it back."""
    batch = Batch(
        id=ctx.new_id(f"{kind} batch"),
        kind=kind,
        created=ctx.clock.now(),
        items=items,
        title=title,
        callback_url=callback_url,
    )
    ctx.world.batches[batch.id] = batch
    return batch


def accepted(batch: Batch) -> Reply:
    """What a new batch is answered with."""
    return Reply({"batch_id": batch.id}, status=202)


def read(ctx: Context, call: Call, kind: str, look: Look) -> Reply:
    """A batch, and one page of its items.

    Args:
        ctx: The sandbox.
        call: The request; its path has a ``batch_id``.
        kind: Of the batch.
        look: Tells how far an item is that has begun.

    Raises:
        Refusal: 404 for a batch that is unknown or of another kind, 400 for a wrong page.
    """
    batch = find(ctx, call.params["batch_id"], kind)
    if batch is None:
        raise missing("batch_not_found", f"Batch {call.params['batch_id']} not found.")
    limit = whole_number(
        call.query.get("limit"), "limit", default=MOST_ITEMS, low=1, high=MOST_ITEMS
    )
    now = ctx.clock.now()
    items = [
        _shown(index, *state(item, now, look), item, now) for index, item in enumerate(batch.items)
    ]
    counts = Counter(item["status"] for item in items)
    part = page(items, limit=limit, token=call.query.get("token"))
    return Reply(
        {
            "batch_id": batch.id,
            "title": batch.title,
            "status": _together(counts),
            "total_items": len(items),
            "counts_by_status": counts,
            "created_at": int(batch.created),
            "items": part.data,
            **part.beside,
        }
    )


def entries(ctx: Context, batch_id: str, kind: str, look: Look) -> list[dict[str, Any]]:
    """A batch in a bulk status answer: one line per item, or one that says ``not_found``."""
    batch = find(ctx, batch_id, kind)
    if batch is None:
        return [{"video_id": None, "status": "not_found", "error": None, "batch_id": batch_id}]
    now = ctx.clock.now()
    lines: list[dict[str, Any]] = []
    for index, item in enumerate(batch.items):
        line = _shown(index, *state(item, now, look), item, now)
        lines.append(line | {"batch_id": batch_id})
    return lines


def state(item: BatchItem, now: float, look: Look) -> tuple[str, Failure | None]:
    """``queued``, ``processing``, ``completed`` or ``failed``, and why."""
    if now < item.start:
        return "queued", None
    if item.id is None:
        return "failed", item.failure
    word, failure = look(item.id)
    return _ITEM_WORDS.get(word, "processing"), failure


def _shown(
    index: int, status: str, failure: Failure | None, item: BatchItem, now: float
) -> dict[str, Any]:
    error = None
    if status == "failed" and failure is not None:
        error = {"code": failure.code, "message": failure.message}
    return {
        "item_index": index,
        "status": status,
        # Until its turn comes, an item has no id.
        "video_id": item.id if now >= item.start else None,
        "error": error,
    }


def _together(counts: Counter[str]) -> str:
    if counts["queued"] or counts["processing"]:
        return "processing"
    return "completed" if counts["completed"] else "failed"
