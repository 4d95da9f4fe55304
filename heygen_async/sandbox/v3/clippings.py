"""``/v3/ai-clipping``: short clips out of a long video."""

from pathlib import PurePosixPath
from typing import Any, Final

from heygen_async.models import ClippingOutput, CreateClipping
from heygen_async.sandbox import ageing, pieces, prices
from heygen_async.sandbox.assets import resolve
from heygen_async.sandbox.context import Call, Context, Reply, Route
from heygen_async.sandbox.ids import between
from heygen_async.sandbox.jobs import FAIL_TOKEN, take_slot
from heygen_async.sandbox.pages import page
from heygen_async.sandbox.refusal import missing
from heygen_async.sandbox.validation import decode, whole_number
from heygen_async.sandbox.works import Clipping, Piece
from heygen_async.sandbox.world import Asset

_LENGTHS: Final = {"30": 30.0, "60": 60.0, "180": 180.0, "long": 240.0}
_SHARE: Final = 0.8
_WORDS: Final = ("The best moment", "What nobody expected", "In a nutshell", "The whole story")


async def create_ai_clipping(ctx: Context, call: Call) -> Reply:
    """Accepts a job: one clip for each length that is asked for."""
    body: CreateClipping = decode(call.body, CreateClipping)
    settings = body.output_settings or ClippingOutput()
    source = resolve(ctx, call, body.video, kind="video", param="video")
    seconds = await pieces.length(ctx, source)
    take_slot(ctx)
    kinds = settings.duration_types or ["60"]
    price = round(prices.CLIP * len(kinds), 4)
    ctx.afford(price)
    job_id, now = ctx.new_id("clipping"), ctx.clock.now()
    done = now + ctx.span(ageing.CLIPPING, job_id)
    text = f"{body.title or ''} {settings.prompt or ''}"
    job = Clipping(
        id=job_id,
        created=now,
        done=done,
        title=body.title or PurePosixPath(source.name).stem,
        callback_id=body.callback_id,
        failure="The video holds nothing to cut out." if FAIL_TOKEN in text else None,
        language=body.input_language or "en",
        seconds=seconds,
        shape=settings.aspect_ratio or "portrait",
        pieces=[],
    )
    for number, kind in enumerate(kinds):
        ready = now + (done - now) * (number + 1) / len(kinds)
        job.pieces.append(_cut(ctx, job, source, kind, ready))
    ctx.world.clippings[job_id] = job
    ctx.world.flying[job_id] = done
    ctx.charge(call, "ai_clipping", job_id, price)
    pieces.tell(ctx, call, "ai_clipping", job, url=body.callback_url)
    return Reply({"ai_clipping_id": job_id}, status=202)


def _cut(ctx: Context, job: Clipping, source: Asset, kind: str, ready: float) -> str:
    """A clip of a length, from somewhere in the source."""
    clip_id = ctx.new_id("clip")
    # A part of a source that is shorter than what was asked for, so that something is cut.
    seconds = pieces.whole(min(_LENGTHS[kind], job.seconds * _SHARE))
    last = max(0.0, job.seconds - seconds)
    start = pieces.nearest(between(0.0, last, ctx.settings.seed, clip_id))
    width, height = pieces.frame(job.shape)
    return pieces.add(
        ctx,
        Piece(
            id=clip_id,
            ready=ready,
            width=width,
            height=height,
            seconds=seconds,
            portrait=source.id,
            source=source.id,
            cuts=[(start, start + seconds)],
            owner=job.id,
        ),
    )


async def get_ai_clipping(ctx: Context, call: Call) -> Reply:
    """Reads a job with its clips."""
    return Reply(clipping_shown(ctx, call, _found(ctx, call)))


async def list_ai_clippings(ctx: Context, call: Call) -> Reply:
    """Lists jobs, the newest first; their progress is coarse here."""
    limit = whole_number(call.query.get("limit"), "limit", default=10, low=1, high=100)
    jobs = [job for job in reversed(ctx.world.clippings.values()) if not job.deleted]
    items: list[dict[str, Any]] = []
    for job in jobs:
        shown = clipping_shown(ctx, call, job)
        shown["progress"] = 100 if shown["status"] == "completed" else 0
        items.append(shown)
    return page(items, limit=limit, token=call.query.get("token"))


async def delete_ai_clipping(ctx: Context, call: Call) -> Reply:
    """Hides a job and its clips."""
    job = _found(ctx, call)
    job.deleted = True
    ctx.world.flying.pop(job.id, None)
    ctx.withdraw(job.id)
    for clip_id in job.pieces:
        ctx.world.pieces.pop(clip_id, None)
    return Reply({"id": job.id})


def _found(ctx: Context, call: Call) -> Clipping:
    job_id = call.params["job_id"]
    job = ctx.world.clippings.get(job_id)
    if job is None or job.deleted:
        raise missing("not_found", f"AI clipping job {job_id} not found.")
    return job


def clipping_shown(ctx: Context, call: Call, job: Clipping) -> dict[str, Any]:
    """A job as v3 shows it: its clips appear one by one."""
    now = ctx.clock.now()
    status = ageing.work_status(job, now, ("pending", "running", "completed"))
    clips: list[dict[str, Any]] = []
    if job.failure is None and status != "pending":
        clips = [
            _clip_shown(ctx, call, job, number, ctx.world.pieces[clip_id])
            for number, clip_id in enumerate(job.pieces)
        ]
    return {
        "id": job.id,
        "title": job.title,
        "status": status,
        "input_language": job.language,
        "source_duration": job.seconds,
        "clips": clips,
        "progress": ageing.work_progress(job, now),
        "callback_id": job.callback_id,
        "created_at": int(job.created),
        "failure_message": job.failure if status == "failed" else None,
    }


def _clip_shown(
    ctx: Context, call: Call, job: Clipping, number: int, clip: Piece
) -> dict[str, Any]:
    done = ctx.clock.now() >= clip.ready
    score = round(between(55.0, 99.0, ctx.settings.seed, "score", clip.id))
    return {
        "id": clip.id,
        "status": "completed" if done else "pending",
        "duration_seconds": clip.seconds if done else None,
        "aspect_ratio": job.shape if done else None,
        "title": _WORDS[number % len(_WORDS)],
        "virality_score": score if done else None,
        "failure_message": None,
    } | pieces.links(ctx, call, clip)


ROUTES: Final = (
    Route(method="POST", path="/v3/ai-clipping", handler=create_ai_clipping, keyed=True),
    Route(method="GET", path="/v3/ai-clipping", handler=list_ai_clippings),
    Route(method="GET", path="/v3/ai-clipping/{job_id}", handler=get_ai_clipping),
    Route(method="DELETE", path="/v3/ai-clipping/{job_id}", handler=delete_ai_clipping),
)
