"""``/v3/assets``: many uploads at once, and how far uploads are."""

from typing import Any, Final

from heygen_async.models import CompleteAssetUploadBatch, CreateAssetUploadBatch
from heygen_async.sandbox import ageing
from heygen_async.sandbox.assets import DIRECT, detected
from heygen_async.sandbox.context import Call, Context, Reply, Route
from heygen_async.sandbox.refusal import Refusal, invalid, missing
from heygen_async.sandbox.v3 import batches
from heygen_async.sandbox.v3.assets import check_slot, new_slot
from heygen_async.sandbox.validation import decode
from heygen_async.sandbox.world import Asset, BatchItem, Failure

_KIND: Final = "asset"
_MOST_STATUSES: Final = 100


async def create_upload_batch(ctx: Context, call: Call) -> Reply:
    """Gives a slot for every file, or for none."""
    body: CreateAssetUploadBatch = decode(call.body, CreateAssetUploadBatch)
    for index, file in enumerate(body.files):
        check_slot(file, f"files[{index}].")
    slots = [new_slot(ctx, call, file) for file in body.files]
    items = [BatchItem(id=slot["asset_id"]) for slot in slots]
    batch = batches.enter(ctx, _KIND, items, title=body.title)
    return Reply({"batch_id": batch.id, "items": slots})


async def complete_upload_batch(ctx: Context, call: Call) -> Reply:
    """Looks at every file that is not usable yet, each on its own; again, if asked again."""
    body: CompleteAssetUploadBatch = decode(call.body, CompleteAssetUploadBatch)
    batch = batches.find(ctx, body.batch_id, _KIND)
    if batch is None:
        raise missing("batch_not_found", f"Batch {body.batch_id} not found.")
    for item in batch.items:
        asset = ctx.world.assets.get(item.id or "")
        if asset is not None and not asset.usable and not asset.deleted:
            asset.failure = await _wrong(ctx, asset)
            asset.usable = asset.failure is None
            asset.done = ctx.clock.now() + ctx.span(ageing.ASSET, asset.id)
    return batches.accepted(batch)


async def _wrong(ctx: Context, asset: Asset) -> Failure | None:
    if not asset.stored:
        return Failure("upload_not_found", "The file was not uploaded.")
    try:
        mime = detected(await ctx.files.head(asset.id), DIRECT)
    except Refusal as refusal:
        return Failure("invalid_file", refusal.message)
    if mime != asset.mime:
        return Failure("content_type_mismatch", f"The file is {mime}, not {asset.mime}.")
    return None


async def get_batch(ctx: Context, call: Call) -> Reply:
    """Reads a batch and a page of its files."""
    return batches.read(ctx, call, _KIND, _look(ctx))


def _look(ctx: Context) -> batches.Look:
    def look(asset_id: str) -> tuple[str, Failure | None]:
        asset = ctx.world.assets.get(asset_id)
        if asset is None or asset.deleted:
            return "not_found", Failure("asset_not_found", f"Asset {asset_id} not found.")
        return ageing.asset_status(asset, ctx.clock.now()), asset.failure

    return look


async def list_statuses(ctx: Context, call: Call) -> Reply:
    """Statuses of up to 100 assets; every id comes back, known or not."""
    asset_ids = _split(call.query.get("asset_ids"))
    batch_ids = _split(call.query.get("batch_ids"))
    count = len(asset_ids) + sum(map(_size(ctx), batch_ids))
    if not asset_ids and not batch_ids:
        raise invalid("asset_ids", "asset_ids: at least one id must be given")
    if count > _MOST_STATUSES:
        raise invalid("asset_ids", f"asset_ids: {count} assets, at most {_MOST_STATUSES} allowed")
    look = _look(ctx)
    lines = [_line(asset_id, *look(asset_id)) for asset_id in asset_ids]
    for batch_id in batch_ids:
        lines += batches.entries(ctx, batch_id, _KIND, look)
    return Reply(lines, beside={"has_more": False, "next_token": None})


def _size(ctx: Context) -> Any:
    def size(batch_id: str) -> int:
        batch = batches.find(ctx, batch_id, _KIND)
        return 1 if batch is None else len(batch.items)

    return size


def _line(asset_id: str, status: str, failure: Failure | None) -> dict[str, Any]:
    error = None
    if status == "failed" and failure is not None:
        error = {"code": failure.code, "message": failure.message}
    return {"video_id": asset_id, "status": status, "error": error}


def _split(text: str | None) -> list[str]:
    return [part.strip() for part in (text or "").split(",") if part.strip()]


ROUTES: Final = (
    Route(
        method="POST",
        path="/v3/assets/direct-uploads/batches",
        handler=create_upload_batch,
        keyed=True,
    ),
    Route(
        method="POST", path="/v3/assets/complete/batches", handler=complete_upload_batch, keyed=True
    ),
    Route(method="GET", path="/v3/assets/batches/{batch_id}", handler=get_batch),
    Route(method="GET", path="/v3/assets/statuses", handler=list_statuses),
)
