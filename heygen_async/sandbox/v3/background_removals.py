"""``/v3/background-removals``: a video taken apart into layers."""

from typing import Any, Final

from heygen_async.models import CreateBackgroundRemoval
from heygen_async.sandbox import ageing, pieces, prices
from heygen_async.sandbox.assets import resolve
from heygen_async.sandbox.context import Call, Context, Reply, Route
from heygen_async.sandbox.jobs import FAIL_TOKEN, take_slot
from heygen_async.sandbox.pages import page
from heygen_async.sandbox.refusal import missing, refuse
from heygen_async.sandbox.validation import decode, whole_number
from heygen_async.sandbox.works import Piece, Removal
from heygen_async.sandbox.world import Asset

_LAYERS: Final = ("foreground", "mask", "background")


async def create_background_removal(ctx: Context, call: Call) -> Reply:
    """Accepts a job, or gives the one that was accepted for the same ``request_id``."""
    body: CreateBackgroundRemoval = decode(call.body, CreateBackgroundRemoval)
    known = ctx.world.removal_keys.get(body.request_id or "")
    if known is not None:
        # Whatever else the body says: that is how HeyGen does it.
        return Reply(removal_shown(ctx, call, ctx.world.removals[known]))
    layers = _layers(body)
    source = resolve(ctx, call, body.video, kind="video", param="video")
    seconds = await pieces.length(ctx, source)
    known = ctx.world.removal_keys.get(body.request_id or "")
    if known is not None:  # two at once
        return Reply(removal_shown(ctx, call, ctx.world.removals[known]))
    take_slot(ctx)
    ctx.afford(prices.BACKGROUND_REMOVAL)
    job_id, now = ctx.new_id("removal"), ctx.clock.now()
    done = now + ctx.span(ageing.BACKGROUND_REMOVAL, job_id)
    job = Removal(
        id=job_id,
        created=now,
        done=done,
        title=body.title,
        failure="No subject was found." if FAIL_TOKEN in (body.title or "") else None,
        seconds=seconds,
        layers={
            name: _layer(ctx, job_id, name, source, seconds=seconds, ready=done) for name in layers
        },
    )
    ctx.world.removals[job_id] = job
    ctx.world.flying[job_id] = done
    if body.request_id:
        ctx.world.removal_keys[body.request_id] = job_id
    ctx.charge(call, "background_removal", job_id, prices.BACKGROUND_REMOVAL)
    return Reply(removal_shown(ctx, call, job))


def _layers(body: CreateBackgroundRemoval) -> list[str]:
    for index, name in enumerate(body.layers or ()):
        if name not in _LAYERS:
            refuse(f"layers[{index}]", f"layers[{index}]: {name!r} is none of {_LAYERS}")
    return list(dict.fromkeys(body.layers or _LAYERS))


def _layer(
    ctx: Context, job_id: str, name: str, source: Asset, *, seconds: float, ready: float
) -> str:
    """A layer: somebody on nothing, the same on black, or the video as it was."""
    width, height = pieces.frame("landscape")
    piece = Piece(
        id=ctx.new_id("layer"),
        ready=ready,
        width=width,
        height=height,
        seconds=seconds,
        portrait=source.id,
        owner=job_id,
    )
    match name:
        case "foreground":
            piece.alpha = True
        case "mask":
            piece.mask = True
        case _:
            piece.source, piece.cuts = source.id, [(0.0, seconds)]
    return pieces.add(ctx, piece)


async def get_background_removal(ctx: Context, call: Call) -> Reply:
    """Reads a job."""
    return Reply(removal_shown(ctx, call, _found(ctx, call)))


async def list_background_removals(ctx: Context, call: Call) -> Reply:
    """Lists jobs, the newest first."""
    limit = whole_number(call.query.get("limit"), "limit", default=10, low=1, high=100)
    jobs = [job for job in reversed(ctx.world.removals.values()) if not job.deleted]
    items = [removal_shown(ctx, call, job) for job in jobs]
    return page(items, limit=limit, token=call.query.get("token"))


async def delete_background_removal(ctx: Context, call: Call) -> Reply:
    """Hides a job; whoever repeats its request still sees it, as ``deleted``."""
    job = _found(ctx, call)
    job.deleted = True
    ctx.world.flying.pop(job.id, None)
    for piece_id in job.layers.values():
        ctx.world.pieces.pop(piece_id, None)
    return Reply({"id": job.id, "deleted": True})


def _found(ctx: Context, call: Call) -> Removal:
    job_id = call.params["job_id"]
    job = ctx.world.removals.get(job_id)
    if job is None or job.deleted:
        raise missing("not_found", f"Background removal {job_id} not found.")
    return job


def removal_shown(ctx: Context, call: Call, job: Removal) -> dict[str, Any]:
    """A job as v3 shows it: its layers come a moment after the word."""
    now = ctx.clock.now()
    status = ageing.work_status(job, now, ("pending", "processing", "completed"))
    if job.deleted:
        status = "deleted"
    layers: dict[str, str] = {}
    if status == "completed":
        found = {name: ctx.world.pieces[piece_id] for name, piece_id in job.layers.items()}
        layers = {
            name: pieces.links(ctx, call, piece)["video_url"]
            for name, piece in found.items()
            if pieces.has_links(piece, now)
        }
    return {
        "id": job.id,
        "status": status,
        "layers": layers,
        "duration": job.seconds if status == "completed" else None,
        "created_at": int(job.created),
        "completed_at": int(job.done) if status == "completed" else None,
        "error": job.failure if status == "failed" else None,
    }


ROUTES: Final = (
    # Not keyed: the header is not heeded here.
    Route(method="POST", path="/v3/background-removals", handler=create_background_removal),
    Route(method="GET", path="/v3/background-removals", handler=list_background_removals),
    Route(method="GET", path="/v3/background-removals/{job_id}", handler=get_background_removal),
    Route(
        method="DELETE", path="/v3/background-removals/{job_id}", handler=delete_background_removal
    ),
)
