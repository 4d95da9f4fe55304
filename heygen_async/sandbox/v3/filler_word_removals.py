"""``/v3/filler-word-removals``: a video without its ums."""

from typing import Any, Final

from heygen_async.models import CreateFillerWordRemoval
from heygen_async.sandbox import ageing, pieces, prices
from heygen_async.sandbox.assets import resolve
from heygen_async.sandbox.context import Call, Context, Reply, Route
from heygen_async.sandbox.jobs import FAIL_TOKEN, take_slot
from heygen_async.sandbox.refusal import Refusal, missing
from heygen_async.sandbox.validation import decode
from heygen_async.sandbox.works import Piece, Tightening

LONGEST: Final = 7200.0
"""Seconds that a source may have."""

CLEAN: Final = "[[clean]]"
"""A title that contains it says that there is nothing to cut: for tests of what is paid back."""

_EVERY: Final = 4.0
_FILLER: Final = 0.4


async def create_filler_word_removal(ctx: Context, call: Call) -> Reply:
    """Accepts a job: something is cut out of every few seconds."""
    body: CreateFillerWordRemoval = decode(call.body, CreateFillerWordRemoval)
    source = resolve(ctx, call, body.video, kind="video", param="video")
    seconds = await pieces.length(ctx, source)
    if seconds > LONGEST:
        raise Refusal(400, "video_too_long", "The video is longer than 2 hours.", param="video")
    take_slot(ctx)
    price = prices.filler_price(seconds)
    ctx.afford(price)
    job_id, now = ctx.new_id("tightening"), ctx.clock.now()
    done = now + ctx.span(ageing.FILLER_WORDS, job_id)
    title = body.title or "Filler Removal"
    cuts = [(0.0, seconds)] if CLEAN in title else _kept(seconds)
    width, height = pieces.frame("landscape")
    piece = Piece(
        id=ctx.new_id("copy"),
        ready=done,
        width=width,
        height=height,
        seconds=pieces.nearest(sum(end - start for start, end in cuts)),
        portrait=source.id,
        source=source.id,
        cuts=cuts,
        owner=job_id,
    )
    job = Tightening(
        id=job_id,
        created=now,
        done=done,
        title=title,
        callback_id=body.callback_id,
        failure="The speech could not be understood." if FAIL_TOKEN in title else None,
        seconds=seconds,
        piece=pieces.add(ctx, piece),
        fillers=len(cuts) - 1,
        price=price if len(cuts) == 1 else 0.0,
    )
    ctx.world.tightenings[job_id] = job
    ctx.world.flying[job_id] = done
    ctx.charge(call, "filler_word_removal", job_id, price)
    pieces.tell(ctx, call, "filler_word_removal", job, url=body.callback_url, video=job.piece)
    return Reply({"filler_word_removal_id": job_id}, status=202)


def _kept(seconds: float) -> list[tuple[float, float]]:
    """What is kept when a filler word ends every few seconds, and one in the middle at least."""
    count = max(1, int(seconds / _EVERY))
    step = seconds / (count + 1)
    ends = [pieces.nearest(step * number) for number in range(1, count + 1)]
    filler = pieces.nearest(min(_FILLER, step / 2))
    starts = [0.0, *(end + filler for end in ends)]
    return [(start, end) for start, end in zip(starts, [*ends, seconds], strict=True)]


async def get_filler_word_removal(ctx: Context, call: Call) -> Reply:
    """Reads a job."""
    job_id = call.params["filler_word_removal_id"]
    job = ctx.world.tightenings.get(job_id)
    if job is None:
        raise missing("not_found", f"Filler-word removal {job_id} not found.")
    if job.price and ctx.clock.now() >= job.done:
        ctx.charge(call, "filler_word_removal_refund", job.id, -job.price)
        job.price = 0.0
    return Reply(tightening_shown(ctx, call, job))


def tightening_shown(ctx: Context, call: Call, job: Tightening) -> dict[str, Any]:
    """A job as v3 shows it."""
    now = ctx.clock.now()
    status = ageing.work_status(job, now, ("pending", "running", "completed"))
    done = status == "completed"
    copy = ctx.world.pieces[job.piece]
    numbers: dict[str, Any] = {
        "original_duration": job.seconds,
        "output_duration": copy.seconds,
        "num_cuts": job.fillers,
        "reduction_pct": round(100 * (1 - copy.seconds / job.seconds), 2),
    }
    shown = pieces.links(ctx, call, copy)
    return {
        "id": job.id,
        "title": job.title,
        "status": status,
        "progress": ageing.work_progress(job, now),
        **(shown if done else dict.fromkeys(shown)),
        **(numbers if done else dict.fromkeys(numbers)),
        "callback_id": job.callback_id,
        "created_at": int(job.created),
        "failure_message": job.failure if status == "failed" else None,
    }


_ROOT: Final = "/v3/filler-word-removals"
ROUTES: Final = (
    Route(method="POST", path=_ROOT, handler=create_filler_word_removal, keyed=True),
    Route(
        method="GET",
        path=f"{_ROOT}/{{filler_word_removal_id}}",
        handler=get_filler_word_removal,
    ),
)
