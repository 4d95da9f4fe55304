"""The files of translations, lipsyncs and proofreads, made when they are first asked for."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

from heygen_async.sandbox import ageing, dubbing
from heygen_async.sandbox.context import Call, Context, FileReply, Route
from heygen_async.sandbox.dubs import Dub
from heygen_async.sandbox.envelopes import Family
from heygen_async.sandbox.refusal import Refusal


def _check(ctx: Context, call: Call) -> None:
    ctx.links.check(call.request.method, call.request.rel_url.raw_path, call.query, ctx.clock.now())


def _no_key() -> Refusal:
    return Refusal(404, "NoSuchKey", "The specified key does not exist.")


async def get_dub(ctx: Context, call: Call) -> FileReply:
    """One of the files of a translation or a lipsync."""
    _check(ctx, call)
    made = ctx.world.dubs.get(call.params["dub_id"])
    if made is None or not ageing.dub_has_links(made, ctx.clock.now()):
        raise _no_key()
    match call.params["name"]:
        case "video.mp4":
            return FileReply(await dubbing.video(ctx, made.dub), "video/mp4")
        case "audio.mp3":
            return FileReply(await dubbing.audio(ctx, made.dub), "audio/mpeg")
        case "captions.srt" | "captions.vtt" as name:
            return await _captions(ctx, made.dub, name)
        case _:
            raise _no_key()


async def _captions(ctx: Context, dub: Dub, name: str) -> FileReply:
    """Captions as a file, which is named after what it says: it stays, and so does its ETag."""
    from heygen_async.sandbox.media import srt, vtt  # noqa: PLC0415

    cues = await dubbing.captions(ctx, dub)
    as_vtt = name.endswith(".vtt")
    content = (vtt if as_vtt else srt)(cues).encode()
    path = ctx.files.path(f"captions-{dubbing.digest(content)}")
    if not path.exists():
        await asyncio.to_thread(path.write_bytes, content)
    return FileReply(path, "text/vtt" if as_vtt else dubbing.SUBTITLES)


async def get_subtitles(ctx: Context, call: Call) -> FileReply:
    """The subtitles of a proofread, as they are now or as they were given."""
    _check(ctx, call)
    made = ctx.world.proofreads.get(call.params["proofread_id"])
    if made is None or ageing.proofread_status(made, ctx.clock.now()) != "completed":
        raise _no_key()
    asset_id = made.original if call.params["name"] == "original.srt" else made.dub.srt
    asset = ctx.world.assets.get(asset_id or "")
    if asset is not None and asset.drawn is None:
        return FileReply(ctx.files.path(asset.id), dubbing.SUBTITLES)
    return await _captions(ctx, made.dub, "captions.srt")


def _routes(path: str, handler: Callable[[Context, Call], Awaitable[FileReply]]) -> list[Route]:
    return [
        Route(method=method, path=path, handler=handler, family=Family.STORAGE, streams=True)
        for method in ("GET", "HEAD")
    ]


ROUTES: Final = (
    *_routes("/_storage/dubs/{dub_id}/{name}", get_dub),
    *_routes("/_storage/proofreads/{proofread_id}/{name}", get_subtitles),
)
