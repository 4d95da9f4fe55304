"""``/v3/videos/batches``: up to 100 videos in one request."""

from typing import Final

import msgspec

from heygen_async.models import CreateVideo, CreateVideoBatch
from heygen_async.sandbox import ageing, jobs
from heygen_async.sandbox.context import Call, Context, Reply, Route
from heygen_async.sandbox.refusal import Refusal, refuse, within
from heygen_async.sandbox.v3 import batches
from heygen_async.sandbox.v3.studio_plans import check, plan
from heygen_async.sandbox.v3.video_plans import Plan, enter
from heygen_async.sandbox.v3.videos import progress
from heygen_async.sandbox.validation import decode
from heygen_async.sandbox.world import Batch, BatchItem, Failure

_KIND: Final = "video"
_CREATION_SECONDS: Final = 2.0
"""After so long an item that cannot be made has failed."""


class _Shape(msgspec.Struct):
    """As much of a batch as tells which fields its items have."""

    videos: list[dict[str, msgspec.Raw]]


async def create_video_batch(ctx: Context, call: Call) -> Reply:
    """Accepts a batch. What is wrong with the request refuses all of it; else items fail alone."""
    body: CreateVideoBatch = decode(call.body, CreateVideoBatch)
    for index, fields in enumerate(msgspec.json.decode(call.body, type=_Shape).videos):
        with within(f"videos[{index}]."):
            if "folder_id" in fields:
                refuse("folder_id", "folder_id: Extra inputs are not permitted")
            check(body.videos[index])
    plans = [await _tried(ctx, call, video) for video in body.videos]
    # From here on nothing is awaited: the money for all of it is there, or none of it is made.
    ctx.afford(sum(each.price for each in plans if isinstance(each, Plan)))
    items = [_item(ctx, call, each) for each in plans]
    batch = batches.enter(ctx, _KIND, items, title=body.title, callback_url=body.callback_url)
    _tell(ctx, batch)
    return batches.accepted(batch)


async def _tried(ctx: Context, call: Call, video: CreateVideo) -> Plan | Failure:
    try:
        return await plan(ctx, call, video)
    except Refusal as refusal:
        return Failure(refusal.code, refusal.message)


def _item(ctx: Context, call: Call, made: Plan | Failure) -> BatchItem:
    if isinstance(made, Failure):
        return BatchItem(failure=made, start=ctx.clock.now() + _CREATION_SECONDS)
    # Where a single video would be refused, an item waits for a slot.
    start = jobs.next_start(ctx)
    return BatchItem(id=enter(ctx, call, made, start=start).id, start=start)


def _tell(ctx: Context, batch: Batch) -> None:
    """One event, when every item has ended."""
    videos = [ctx.world.videos[item.id] for item in batch.items if item.id is not None]
    failed = len(batch.items) - sum(video.failure is None for video in videos)
    said = {
        "batch_id": batch.id,
        "status": "failed" if failed == len(batch.items) else "completed",
        "total_items": len(batch.items),
        "counts_by_status": {"completed": len(batch.items) - failed, "failed": failed},
    }
    ends = [video.done + ageing.LINK_DELAY for video in videos]
    ends += [item.start for item in batch.items]
    ctx.deliver("batch.finished", batch.id, said, at=max(ends), callback_url=batch.callback_url)


async def get_video_batch(ctx: Context, call: Call) -> Reply:
    """Reads a batch, and one page of its items."""
    return batches.read(ctx, call, _KIND, lambda video_id: progress(ctx, video_id))


ROUTES: Final = (
    Route(method="POST", path="/v3/videos/batches", handler=create_video_batch, keyed=True),
    Route(method="GET", path="/v3/videos/batches/{batch_id}", handler=get_video_batch),
)
