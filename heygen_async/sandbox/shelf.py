"""``/_storage``: logos, and what can be searched. Drawn when it is first asked for."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Final

from heygen_async.sandbox.context import Call, Context, FileReply, Handler, Route
from heygen_async.sandbox.drawings import badge, sound
from heygen_async.sandbox.envelopes import Family
from heygen_async.sandbox.library import PIECES
from heygen_async.sandbox.refusal import Refusal

_LOGO_SIDE: Final = 128


def _no_key() -> Refusal:
    return Refusal(404, "NoSuchKey", "The specified key does not exist.")


async def _drawn(ctx: Context, name: str, draw: Callable[[], bytes]) -> Path:
    """A file that is made once, so that its ETag stays."""
    path = ctx.files.path(name)
    if not path.exists():
        content = await asyncio.to_thread(draw)
        await asyncio.to_thread(path.write_bytes, content)
    return path


async def get_logo(ctx: Context, call: Call) -> FileReply:
    """The logo of a brand kit; its address is public."""
    kit = ctx.world.brand_kits.get(call.params["brand_kit_id"])
    if kit is None:
        raise _no_key()
    path = await _drawn(ctx, f"logo-{kit.id}.png", lambda: badge(kit.site, _LOGO_SIDE))
    return FileReply(path, "image/png")


async def get_picture(ctx: Context, call: Call) -> FileReply:
    """A picture or an icon of the library; its address is public."""
    piece = PIECES.get(call.params["piece_id"])
    if piece is None or not piece.width:
        raise _no_key()
    if piece.type == "image":
        return FileReply(
            await ctx.studio.portrait(piece.id, piece.width, piece.height), "image/jpeg"
        )
    path = await _drawn(ctx, f"icon-{piece.id}.png", lambda: badge(piece.id, piece.width))
    return FileReply(path, "image/png")


async def get_sound(ctx: Context, call: Call) -> FileReply:
    """A sound of the library, by a signed address."""
    raw_path = call.request.rel_url.raw_path
    ctx.links.check(call.request.method, raw_path, call.query, ctx.clock.now())
    piece = PIECES.get(call.params["piece_id"])
    if piece is None or not piece.seconds:
        raise _no_key()
    path = await _drawn(
        ctx, f"sound-{piece.id}.wav", lambda: sound(piece.id, piece.seconds, peak=piece.peak)
    )
    return FileReply(path, "audio/wav")


_TABLE: Final[tuple[tuple[str, Handler], ...]] = (
    ("/_storage/logos/{brand_kit_id}/{name}", get_logo),
    ("/_storage/library/{piece_id}/{name}", get_picture),
    ("/_storage/sounds/{piece_id}/{name}", get_sound),
)

ROUTES: Final = tuple(
    Route(method=method, path=path, handler=handler, family=Family.STORAGE, streams=True)
    for method in ("GET", "HEAD")
    for path, handler in _TABLE
)
