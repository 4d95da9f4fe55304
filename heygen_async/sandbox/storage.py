"""``/_storage``: what stands in for S3 and the media hosts. It takes no API key."""

import asyncio
from collections.abc import AsyncIterator
from typing import Final

from aiohttp import hdrs

from heygen_async.sandbox import ageing
from heygen_async.sandbox.catalogue import find_voice
from heygen_async.sandbox.context import Answer, Call, Context, FileReply, Handler, RawReply, Route
from heygen_async.sandbox.envelopes import Family
from heygen_async.sandbox.refusal import Refusal
from heygen_async.sandbox.studio import motion_shot
from heygen_async.sandbox.v3.assets import slot_headers
from heygen_async.sandbox.world import Slot, Video


def _check(ctx: Context, call: Call) -> None:
    ctx.links.check(call.request.method, call.request.rel_url.raw_path, call.query, ctx.clock.now())


def _no_key() -> Refusal:
    return Refusal(404, "NoSuchKey", "The specified key does not exist.")


async def put_upload(ctx: Context, call: Call) -> RawReply:
    """Takes the bytes of a presigned upload, exactly as they were announced."""
    _check(ctx, call)
    asset = ctx.world.assets.get(call.params["asset_id"])
    if asset is None or asset.slot is None:
        raise _no_key()
    _check_headers(call, asset.slot)
    checksum = asset.slot.checksum
    chunks = _body(call)
    received = await ctx.files.receive(asset.id, chunks, limit=asset.slot.size, sha256=checksum)
    if received.size != asset.slot.size:
        raise Refusal(400, "IncompleteBody", "You did not provide the announced number of bytes.")
    asset.stored = True
    return RawReply(content_type="", headers={"ETag": f'"{asset.id}"'})


async def _body(call: Call) -> AsyncIterator[bytes]:
    async for chunk in call.request.content.iter_any():
        yield chunk


def _check_headers(call: Call, slot: Slot) -> None:
    headers = call.request.headers
    if hdrs.TRANSFER_ENCODING in headers:
        raise Refusal(
            501, "NotImplemented", "A header you provided implies functionality not implemented."
        )
    if hdrs.CONTENT_LENGTH not in headers:
        raise Refusal(411, "MissingContentLength", "You must provide the Content-Length header.")
    signed = slot_headers(slot.content_type, slot.checksum)
    signed[hdrs.CONTENT_LENGTH] = str(slot.size)
    for name, value in signed.items():
        if headers.get(name) != value:
            raise Refusal(
                403, "SignatureDoesNotMatch", f"The signed header {name} does not match: {value}."
            )


async def get_asset(ctx: Context, call: Call) -> FileReply:
    """The bytes of an asset; its address is public."""
    asset = ctx.world.assets.get(call.params["asset_id"])
    if asset is None or not asset.usable:
        raise _no_key()
    path = await ctx.studio.file(asset)
    return FileReply(path, "image/jpeg" if asset.drawn is not None else asset.mime)


async def get_photo(ctx: Context, call: Call) -> FileReply:
    """A generated photo, by a signed address."""
    _check(ctx, call)
    return await get_asset(ctx, call)


async def get_look(ctx: Context, call: Call) -> FileReply:
    """The picture of a look, or the clip that shows how it moves."""
    _check(ctx, call)
    look = ctx.world.looks.get(call.params["look_id"])
    if look is None or look.failure is not None or ctx.clock.now() < look.ready:
        raise _no_key()
    if call.params["name"] == "motion.mp4":
        shot = motion_shot(look.drawn, look.photo, look.width, look.height)
        return FileReply(await ctx.studio.video(ctx.world, shot, captions=False), "video/mp4")
    photo = ctx.world.assets.get(look.photo) if look.photo else None
    if photo is not None and photo.drawn is None:
        return FileReply(await ctx.studio.file(photo), photo.mime)
    seed = photo.drawn if photo is not None and photo.drawn else look.drawn
    return FileReply(await ctx.studio.portrait(seed, look.width, look.height), "image/jpeg")


async def get_voice(ctx: Context, call: Call) -> FileReply:
    """A few words of a voice; the address is public."""
    voice = find_voice(ctx.world, call.params["voice_id"])
    if voice is None:
        raise _no_key()
    return FileReply(await ctx.studio.sample(voice), "audio/wav")


async def get_speech(ctx: Context, call: Call) -> FileReply:
    """A spoken text."""
    _check(ctx, call)
    spoken = ctx.world.spoken.get(call.params["speech_id"])
    if spoken is None:
        raise _no_key()
    return FileReply(await ctx.studio.sound(spoken), "audio/wav")


async def get_video(ctx: Context, call: Call) -> Answer:
    """One of the files of a video, rendered when it is first asked for."""
    _check(ctx, call)
    video = ctx.world.videos.get(call.params["video_id"])
    if video is None or not ageing.has_links(video, ctx.clock.now()):
        raise _no_key()
    return await _file_of(ctx, video, call.params["name"])


async def _file_of(ctx: Context, video: Video, name: str) -> Answer:
    world, studio, shot = ctx.world, ctx.studio, video.shot
    match name:
        case "video.mp4" | "video.webm":
            path = await studio.video(world, shot, captions=False)
            return FileReply(path, "video/webm" if path.suffix == ".webm" else "video/mp4")
        case "captioned.mp4":
            return FileReply(await studio.video(world, shot, captions=True), "video/mp4")
        case "thumbnail.jpg":
            return FileReply(await studio.thumbnail(world, shot), "image/jpeg")
        case "preview.gif":
            return FileReply(await studio.gif(world, shot), "image/gif")
        case "subtitles.srt" | "captions.ass":
            ass = name.endswith(".ass")
            path = ctx.files.path(f"{video.id}-{name}")
            if not path.exists():  # written once, so that its ETag stays
                content = await studio.subtitles(world, shot, ass=ass)
                await asyncio.to_thread(path.write_bytes, content)
            return FileReply(path, "text/x-ssa" if ass else "application/x-subrip")
        case _:
            raise _no_key()


def _route(method: str, path: str, handler: Handler) -> Route:
    return Route(method=method, path=path, handler=handler, family=Family.STORAGE, streams=True)


ROUTES: Final = (
    _route("PUT", "/_storage/uploads/{asset_id}", put_upload),
    *(
        _route(method, path, handler)
        for method in ("GET", "HEAD")
        for path, handler in (
            ("/_storage/assets/{asset_id}/{name}", get_asset),
            ("/_storage/photos/{asset_id}/{name}", get_photo),
            ("/_storage/looks/{look_id}/{name}", get_look),
            ("/_storage/voices/{voice_id}/{name}", get_voice),
            ("/_storage/speeches/{speech_id}/{name}", get_speech),
            ("/_storage/videos/{video_id}/{name}", get_video),
        )
    ),
)
