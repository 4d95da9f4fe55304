"""``/v3/hyperframes/renders``: videos rendered from a project of HTML."""

import asyncio
from typing import Any, Final

from heygen_async.models import CreateHyperframesRender
from heygen_async.sandbox import ageing, jobs, pieces, prices, projects
from heygen_async.sandbox.assets import resolve
from heygen_async.sandbox.context import Call, Context, Reply, Route
from heygen_async.sandbox.pages import page
from heygen_async.sandbox.refusal import missing, refuse
from heygen_async.sandbox.validation import decode, whole_number
from heygen_async.sandbox.works import Piece, Render
from heygen_async.sandbox.world import Shot

_SECONDS: Final = 3.0


async def create_hyperframes_render(ctx: Context, call: Call) -> Reply:
    """Accepts a render: of three seconds in which the project's title is said."""
    body: CreateHyperframesRender = decode(call.body, CreateHyperframesRender)
    made_as, resolution = body.format or "mp4", body.resolution or "1080p"
    if resolution == "4k" and made_as != "mp4":
        refuse("resolution", f"resolution: 4k is not available with format {made_as}")
    title = await _title(ctx, call, body)
    width, height = jobs.frame(resolution, body.aspect_ratio or "16:9", (16, 9))
    shot = Shot(width=width, height=height, portrait=title, script=title, duration=_SECONDS)
    seconds = await jobs.seconds_of(ctx, shot)
    jobs.take_slot(ctx)
    fps = body.fps or 30
    price = prices.hyperframes_price(resolution, fps, seconds)
    ctx.afford(price)
    render_id, now = ctx.new_id("render"), ctx.clock.now()
    done = now + ctx.span(ageing.HYPERFRAMES, render_id)
    piece = Piece(
        id=ctx.new_id("render video"),
        ready=done,
        width=width,
        height=height,
        seconds=seconds,
        portrait=title,
        script=title,
        alpha=made_as == "webm",
        owner=render_id,
    )
    job = Render(
        id=render_id,
        created=now,
        done=done,
        title=body.title,
        callback_id=body.callback_id,
        failure=_failure(body, title),
        piece=pieces.add(ctx, piece),
        fps=fps,
        quality=body.quality or "standard",
        format=made_as,
        resolution=resolution,
        aspect_ratio=body.aspect_ratio or "16:9",
        composition=body.composition,
    )
    ctx.world.renders[render_id] = job
    ctx.world.flying[render_id] = done
    ctx.charge(call, "hyperframes", render_id, price)
    pieces.tell(ctx, call, "hyperframes_video", job, url=body.callback_url, video=piece.id)
    return Reply({"render_id": render_id}, status=202)


async def _title(ctx: Context, call: Call, body: CreateHyperframesRender) -> str:
    """What the project is called; the request's title for a project that nobody can fetch."""
    project = resolve(ctx, call, body.project, kind="application", param="project")
    if project.drawn is not None:
        return body.title or project.name
    projects.check(project)
    path = ctx.files.path(project.id)
    return await asyncio.to_thread(projects.title_of, path, body.composition or "index.html")


def _failure(body: CreateHyperframesRender, title: str) -> str | None:
    if jobs.FAIL_TOKEN not in f"{body.title or ''} {title}":
        return None
    return "The composition threw an error while it was rendered."


async def get_hyperframes_render(ctx: Context, call: Call) -> Reply:
    """Reads a render."""
    return Reply(render_shown(ctx, call, _found(ctx, call)))


async def list_hyperframes_renders(ctx: Context, call: Call) -> Reply:
    """Lists renders, the newest first."""
    limit = whole_number(call.query.get("limit"), "limit", default=10, low=1, high=100)
    found = [job for job in reversed(ctx.world.renders.values()) if not job.deleted]
    items = [render_shown(ctx, call, job) for job in found]
    return page(items, limit=limit, token=call.query.get("token"))


async def delete_hyperframes_render(ctx: Context, call: Call) -> Reply:
    """Hides a render."""
    job = _found(ctx, call)
    job.deleted = True
    ctx.world.flying.pop(job.id, None)
    ctx.world.pieces.pop(job.piece, None)
    ctx.withdraw(job.id)
    return Reply({"render_id": job.id})


def _found(ctx: Context, call: Call) -> Render:
    render_id = call.params["render_id"]
    job = ctx.world.renders.get(render_id)
    if job is None or job.deleted:
        words = f"HyperFrames render {render_id} not found."
        raise missing("hyperframes_render_not_found", words)
    return job


def render_shown(ctx: Context, call: Call, job: Render) -> dict[str, Any]:
    """A render as v3 shows it."""
    status = ageing.work_status(job, ctx.clock.now(), ("queued", "rendering", "completed"))
    done, ended = status == "completed", status in {"completed", "failed"}
    piece = ctx.world.pieces[job.piece]
    shown = pieces.links(ctx, call, piece)
    return {
        "render_id": job.id,
        "status": status,
        "title": job.title,
        "callback_id": job.callback_id,
        **(shown if done else dict.fromkeys(shown)),
        "duration": piece.seconds if done else None,
        "fps": job.fps,
        "quality": job.quality,
        "format": job.format,
        "resolution": job.resolution,
        "aspect_ratio": job.aspect_ratio,
        "composition": job.composition,
        "created_at": int(job.created),
        "completed_at": int(job.done) if ended else None,
        "failure_message": job.failure if status == "failed" else None,
    }


_ROOT: Final = "/v3/hyperframes/renders"
ROUTES: Final = (
    Route(method="POST", path=_ROOT, handler=create_hyperframes_render, keyed=True),
    Route(method="GET", path=_ROOT, handler=list_hyperframes_renders),
    Route(method="GET", path=f"{_ROOT}/{{render_id}}", handler=get_hyperframes_render),
    Route(method="DELETE", path=f"{_ROOT}/{{render_id}}", handler=delete_hyperframes_render),
)
