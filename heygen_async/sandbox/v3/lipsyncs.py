"""``/v3/lipsyncs``: videos with another recording."""

from typing import Any, Final

from heygen_async.models import CreateLipsync, CreateLipsyncBatch, UpdateLipsync
from heygen_async.sandbox import ageing, dubbing, jobs, prices
from heygen_async.sandbox.assets import resolve
from heygen_async.sandbox.context import Call, Context, Reply, Route
from heygen_async.sandbox.dubs import Dub, Dubbed
from heygen_async.sandbox.refusal import Refusal
from heygen_async.sandbox.v3 import batches, dubs
from heygen_async.sandbox.v3.dubs import LIPSYNC
from heygen_async.sandbox.validation import decode


async def create_lipsync(ctx: Context, call: Call) -> Reply:
    """Accepts a lipsync: checks everything, takes a slot and the money, and starts its clock."""
    body: CreateLipsync = decode(call.body, CreateLipsync)
    dubs.check(body)
    dub = await _dub(ctx, call, body)
    jobs.take_slot(ctx)
    ctx.afford(_price(body, dub))
    return Reply({"lipsync_id": _begin(ctx, call, body, dub).id})


async def _dub(ctx: Context, call: Call, body: CreateLipsync) -> Dub:
    source = resolve(ctx, call, body.video, kind="video", param="video")
    recording = resolve(ctx, call, body.audio, kind="audio", param="audio")
    seconds = await dubbing.length(ctx, source, param="video")
    span = dubs.span_of(body, seconds)
    dub = Dub(source=source.id, seconds=seconds, script="", audio=recording.id, span=span)
    return await dubbing.said(ctx, dub)


def _begin(ctx: Context, call: Call, body: CreateLipsync, dub: Dub) -> Dubbed:
    now = ctx.clock.now()
    made = Dubbed(
        id=ctx.new_id(LIPSYNC),
        kind=LIPSYNC,
        created=now,
        start=now,
        done=now,
        dub=dub,
        title=body.title,
        folder_id=body.folder_id,
        callback_id=body.callback_id,
        callback_url=body.callback_url,
        failure=dubs.failure_of(body.title),
    )
    return dubs.begin(ctx, call, made, _price(body, dub))


def _price(body: CreateLipsync, dub: Dub) -> float:
    return prices.dub_price(body.mode or "speed", dub.seconds)


def lipsync_shown(ctx: Context, call: Call, made: Dubbed) -> dict[str, Any]:
    """A lipsync as v3 shows it."""
    now = ctx.clock.now()
    status = ageing.dub_status(made, now)
    linked = ageing.dub_has_links(made, now)
    return {
        "id": made.id,
        "title": made.title,
        "status": status,
        "duration": made.dub.seconds if status == "completed" else None,
        "video_url": ctx.link(call, "dubs", made.id, "video.mp4") if linked else None,
        "caption_url": ctx.link(call, "dubs", made.id, "captions.srt") if linked else None,
        "callback_id": made.callback_id,
        "created_at": int(made.created),
        "failure_message": made.failure if status == "failed" else None,
    }


async def get_lipsync(ctx: Context, call: Call) -> Reply:
    """Reads a lipsync, with links signed anew."""
    return Reply(lipsync_shown(ctx, call, dubs.find(ctx, call, LIPSYNC)))


async def list_lipsyncs(ctx: Context, call: Call) -> Reply:
    """Lists lipsyncs."""
    return dubs.listed(ctx, call, LIPSYNC, lipsync_shown)


async def update_lipsync(ctx: Context, call: Call) -> Reply:
    """Renames a lipsync."""
    made = dubs.find(ctx, call, LIPSYNC)
    body: UpdateLipsync = decode(call.body, UpdateLipsync)
    made.title = body.title
    return Reply(lipsync_shown(ctx, call, made))


async def delete_lipsync(ctx: Context, call: Call) -> Reply:
    """Deletes a lipsync."""
    return dubs.delete(ctx, call, LIPSYNC)


async def list_lipsync_statuses(ctx: Context, call: Call) -> Reply:
    """Statuses of many lipsyncs."""
    return dubs.statuses(ctx, call, LIPSYNC)


async def create_lipsync_batch(ctx: Context, call: Call) -> Reply:
    """Accepts many lipsyncs; what cannot be made fails alone."""
    body: CreateLipsyncBatch = decode(call.body, CreateLipsyncBatch)
    for index, each in enumerate(body.lipsyncs):
        dubs.check(each, f"lipsyncs[{index}].")
    plans = [await _tried(ctx, call, each) for each in body.lipsyncs]
    # From here on nothing is awaited: the money for all of it is there, or none of it is made.
    ctx.afford(sum(_price(each, dub) for each, dub in plans if isinstance(dub, Dub)))
    items = [
        dubs.item(_begin(ctx, call, each, dub)) if isinstance(dub, Dub) else dubs.failed(ctx, dub)
        for each, dub in plans
    ]
    batch = batches.enter(ctx, LIPSYNC, items, title=body.title, callback_url=body.callback_url)
    dubs.tell(ctx, batch)
    return batches.accepted(batch)


async def _tried(
    ctx: Context, call: Call, body: CreateLipsync
) -> tuple[CreateLipsync, Dub | Refusal]:
    try:
        return body, await _dub(ctx, call, body)
    except Refusal as refusal:
        return body, refusal


async def get_lipsync_batch(ctx: Context, call: Call) -> Reply:
    """Reads a batch."""
    return batches.read(ctx, call, LIPSYNC, dubs.look(ctx, LIPSYNC))


_ROOT: Final = "/v3/lipsyncs"
_ONE: Final = f"{_ROOT}/{{lipsync_id}}"

ROUTES: Final = (
    Route(method="POST", path=_ROOT, handler=create_lipsync, keyed=True),
    Route(method="GET", path=_ROOT, handler=list_lipsyncs),
    Route(method="GET", path=f"{_ROOT}/statuses", handler=list_lipsync_statuses),
    Route(method="POST", path=f"{_ROOT}/batches", handler=create_lipsync_batch, keyed=True),
    Route(method="GET", path=f"{_ROOT}/batches/{{batch_id}}", handler=get_lipsync_batch),
    Route(method="GET", path=_ONE, handler=get_lipsync),
    Route(method="PATCH", path=_ONE, handler=update_lipsync),
    Route(method="DELETE", path=_ONE, handler=delete_lipsync),
)
