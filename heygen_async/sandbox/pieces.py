"""Files that jobs cut or render: how long their sources are, and where the files are fetched."""

from pathlib import Path
from typing import Any, Final

from heygen_async.sandbox import ageing, dubbing
from heygen_async.sandbox.context import Answer, Call, Context, FileReply, Handler, Route
from heygen_async.sandbox.envelopes import Family
from heygen_async.sandbox.links import storage_path
from heygen_async.sandbox.refusal import Refusal
from heygen_async.sandbox.studio import motion_shot
from heygen_async.sandbox.styles import SIZES, STYLES
from heygen_async.sandbox.works import Piece, Work
from heygen_async.sandbox.world import Asset, Shot

FPS: Final = 25
_LEAST: Final = 1.0
_FRAMES: Final = {"landscape": (1280, 720), "portrait": (720, 1280), "square": (720, 720)}


def frame(shape: str) -> tuple[int, int]:
    """Width and height of a shape: ``landscape``, ``portrait`` or ``square``."""
    return _FRAMES[shape]


def whole(seconds: float) -> float:
    """A length in whole pictures, 1 second at least."""
    return max(_LEAST, nearest(seconds))


def nearest(second: float) -> float:
    """The moment of the picture that is shown then."""
    return round(second * FPS) / FPS


async def length(ctx: Context, source: Asset) -> float:
    """Seconds of a video, in whole pictures.

    Raises:
        Refusal: 400, when it cannot be read.
    """
    return whole(await dubbing.length(ctx, source, param="video"))


def add(ctx: Context, piece: Piece) -> str:
    """Enters a piece, and gives its id."""
    ctx.world.pieces[piece.id] = piece
    return piece.id


def links(ctx: Context, call: Call, piece: Piece) -> dict[str, Any]:
    """``video_url`` and ``thumbnail_url`` of a piece; None until it is ready."""
    ready = has_links(piece, ctx.clock.now())
    name = "video.webm" if piece.alpha else "video.mp4"
    return {
        "video_url": ctx.link(call, "pieces", piece.id, name) if ready else None,
        "thumbnail_url": ctx.link(call, "pieces", piece.id, "thumbnail.jpg") if ready else None,
    }


def has_links(piece: Piece, now: float) -> bool:
    """Whether a piece can be fetched: a moment after its job says so."""
    return now >= piece.ready + ageing.LINK_DELAY


def tell(
    ctx: Context, call: Call, prefix: str, job: Work, *, url: str | None, video: str | None = None
) -> None:
    """Tells how a job will have ended, at the time when it does.

    Args:
        ctx: The sandbox.
        call: The request that started it.
        prefix: Of the event's kind, such as ``ai_clipping``.
        job: The job.
        url: Where it is told besides.
        video: The piece that it makes, if it is one.
    """
    ended = "fail" if job.failure else "success"
    at = job.done + ageing.LINK_DELAY
    said: dict[str, Any] = {"id": job.id, "title": job.title}
    if job.failure is not None:
        said |= {"status": "failed", "failure_message": job.failure}
    else:
        said["status"] = "completed"
    if video is not None and job.failure is None:
        name = "video.webm" if ctx.world.pieces[video].alpha else "video.mp4"
        path = storage_path("pieces", video, name)
        expires = at + ctx.settings.link_seconds
        said["video_url"] = ctx.links.signed(call.base, path, expires=expires)
    ctx.deliver(
        f"{prefix}.{ended}",
        job.id,
        said,
        at=at,
        callback_url=url,
        callback_id=job.callback_id,
    )


async def get_piece(ctx: Context, call: Call) -> Answer:
    """One of the files of a piece, made when it is first asked for."""
    ctx.links.check(call.request.method, call.request.rel_url.raw_path, call.query, ctx.clock.now())
    piece = ctx.world.pieces.get(call.params["piece_id"])
    if piece is None or not has_links(piece, ctx.clock.now()):
        raise Refusal(404, "NoSuchKey", "The specified key does not exist.")
    shot = _shot(piece)
    if call.params["name"] == "thumbnail.jpg":
        return FileReply(await ctx.studio.thumbnail(ctx.world, shot), "image/jpeg")
    source = ctx.world.assets.get(piece.source or "")
    if piece.cuts and source is not None and source.drawn is None:
        return FileReply(await _cut(ctx, piece, source), "video/mp4")
    if piece.mask:
        spec = await ctx.studio.spec(ctx.world, shot)
        return FileReply(await ctx.studio.renderer.mask(spec), "video/mp4")
    path = await ctx.studio.video(ctx.world, shot, captions=False)
    return FileReply(path, "video/webm" if path.suffix == ".webm" else "video/mp4")


async def _cut(ctx: Context, piece: Piece, source: Asset) -> Path:
    from heygen_async.sandbox.media import ClipSpec  # noqa: PLC0415

    spec = ClipSpec(
        width=piece.width,
        height=piece.height,
        video=str(await ctx.studio.file(source)),
        cuts=tuple(piece.cuts),
    )
    return await ctx.studio.renderer.cut(spec)


async def get_style(ctx: Context, call: Call) -> Answer:
    """How a visual style looks; the address is public."""
    style = STYLES.get(call.params["style_id"])
    if style is None:
        raise Refusal(404, "NoSuchKey", "The specified key does not exist.")
    width, height = SIZES[style.aspect_ratio]
    if call.params["name"] == "thumbnail.jpg":
        return FileReply(await ctx.studio.portrait(style.style_id, width, height), "image/jpeg")
    shot = motion_shot(style.style_id, None, width, height)
    return FileReply(await ctx.studio.video(ctx.world, shot, captions=False), "video/mp4")


def _shot(piece: Piece) -> Shot:
    return Shot(
        width=piece.width,
        height=piece.height,
        portrait=piece.portrait,
        script=piece.script,
        duration=piece.seconds,
        alpha=piece.alpha,
    )


def _route(method: str, path: str, handler: Handler) -> Route:
    return Route(method=method, path=path, handler=handler, family=Family.STORAGE, streams=True)


ROUTES: Final = tuple(
    _route(method, path, handler)
    for method in ("GET", "HEAD")
    for path, handler in (
        ("/_storage/pieces/{piece_id}/{name}", get_piece),
        ("/_storage/styles/{style_id}/{name}", get_style),
    )
)
