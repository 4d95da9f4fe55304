"""Dubs: how long they are, what is said in them, and the files that come of it."""

import asyncio
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from heygen_async.models.files import LinkedFile
from heygen_async.sandbox.assets import resolve
from heygen_async.sandbox.context import Call, Context
from heygen_async.sandbox.dubs import Dub
from heygen_async.sandbox.languages import sentences
from heygen_async.sandbox.refusal import Refusal, invalid
from heygen_async.sandbox.world import Asset

if TYPE_CHECKING:
    from heygen_async.sandbox.media import ClipSpec, Cue

FAR_SECONDS: Final = 10.0
"""Length of a video that lies outside the sandbox, where nobody can fetch it."""

SUBTITLES: Final = "application/x-subrip"
_FASTEST: Final = 2.0
_FAR_SCRIPT: Final = "This is a stand-in: the sandbox fetches nothing from elsewhere."


def digest(content: bytes) -> str:
    """A name for what a file holds."""
    return hashlib.sha256(content).hexdigest()


async def length(ctx: Context, source: Asset, *, param: str) -> float:
    """Seconds of a video.

    Raises:
        Refusal: 400, when it cannot be read.
    """
    from heygen_async.sandbox.media import RenderError  # noqa: PLC0415

    if source.drawn is not None:
        copied = ctx.world.videos.get(source.copy_of or "")
        dubbed = ctx.world.dubs.get(source.copy_of or "")
        if copied is not None:
            return copied.duration
        return dubbed.dub.seconds if dubbed is not None else FAR_SECONDS
    try:
        return await ctx.studio.renderer.length(await ctx.studio.file(source))
    except RenderError as error:
        words = f"{param}: the video cannot be read: {error}"
        raise Refusal(400, "invalid_parameter", words, param=param, number=40044) from None


def subtitles(ctx: Context, call: Call, given: LinkedFile, *, param: str) -> Asset:
    """The subtitles that a request means.

    Raises:
        Refusal: 404 for an unknown id, 400 for another kind of file or an unusable address.
    """
    asset = resolve(ctx, call, given, kind="application", param=param)
    if asset.mime != SUBTITLES:
        raise invalid(param, f"{param}: expected an SRT file, got {asset.mime}")
    return asset


async def lines(ctx: Context, srt: Asset, *, param: str) -> "tuple[Cue, ...]":
    """The captions in a file; none for a file that lies outside the sandbox.

    Raises:
        Refusal: 400, when it holds none.
    """
    from heygen_async.sandbox.media.captions import parsed  # noqa: PLC0415

    if srt.drawn is not None:
        return ()
    content = await asyncio.to_thread(ctx.files.path(srt.id).read_bytes)
    cues = parsed(content.decode("utf-8-sig", errors="replace"))
    if not cues:
        raise invalid(param, f"{param}: the SRT file holds no captions")
    return cues


async def said(ctx: Context, dub: Dub, *, srt: Asset | None = None, param: str = "srt") -> Dub:
    """The dub with something to say in its language, as fast as it has to be.

    Args:
        ctx: The sandbox.
        dub: The dub.
        srt: Its captions, which are what is said.
        param: Path of their field.

    Raises:
        Refusal: 400, when captions or recording cannot be read.
    """
    cues = await lines(ctx, srt, param=param) if srt is not None else ()
    start, end = dub.span or (0.0, dub.seconds)
    text = " ".join(cue.text for cue in cues) or sentences(dub.language, end - start)
    dub = msgspec.structs.replace(dub, script=text, speed=1.0, srt=srt.id if srt and cues else None)
    if dub.audio is not None:
        await _listened(ctx, dub)
    spoken = await ctx.studio.renderer.speak(_spoken(dub))
    speed = min(_FASTEST, max(1.0, spoken.duration / max(end - start, 0.1)))
    return msgspec.structs.replace(dub, speed=round(speed, 2))


async def _listened(ctx: Context, dub: Dub) -> None:
    """Refuses a recording that cannot be read."""
    from heygen_async.sandbox.media import RenderError  # noqa: PLC0415

    try:
        await ctx.studio.renderer.speak(await spec(ctx, dub))
    except RenderError as error:
        words = f"audio: the recording cannot be read: {error}"
        raise Refusal(400, "invalid_parameter", words, param="audio", number=40044) from None


async def video(ctx: Context, dub: Dub) -> Path:
    """The dubbed video, MP4."""
    source = await _picture(ctx, ctx.world.assets[dub.source])
    told = msgspec.structs.replace(await spec(ctx, dub), video=str(source), span=dub.span)
    return await ctx.studio.renderer.dub(told)


async def audio(ctx: Context, dub: Dub) -> Path:
    """What is heard, MP3."""
    return await ctx.studio.renderer.audio(await spec(ctx, dub), format="mp3")


async def captions(ctx: Context, dub: Dub) -> "tuple[Cue, ...]":
    """The captions of a dub: those it was given, or those of what is said."""
    from heygen_async.sandbox.media import Cue  # noqa: PLC0415

    asset = ctx.world.assets.get(dub.srt or "")
    if asset is not None:
        return await lines(ctx, asset, param="srt")
    start, end = dub.span or (0.0, dub.seconds)
    speech = await ctx.studio.renderer.speak(_spoken(dub))
    return tuple(
        Cue(cue.start + start, min(cue.end + start, end), cue.text)
        for cue in speech.cues
        if cue.start + start < end
    )


async def spec(ctx: Context, dub: Dub) -> "ClipSpec":
    """What is heard, for the renderer; the span is not in it."""
    start, end = dub.span or (0.0, dub.seconds)
    told = msgspec.structs.replace(_spoken(dub), duration=end - start)
    recording = ctx.world.assets.get(dub.audio or "")
    if recording is None or recording.drawn is not None:
        return told
    return msgspec.structs.replace(told, audio=str(await ctx.studio.file(recording)))


def _spoken(dub: Dub) -> "ClipSpec":
    from heygen_async.sandbox.media import ClipSpec  # noqa: PLC0415

    return ClipSpec(
        width=16,
        height=16,
        script=dub.script,
        voice_id=dub.source,
        language=dub.language,
        speed=dub.speed,
    )


async def _picture(ctx: Context, source: Asset) -> Path:
    """The file of a source; a clip is made for one whose bytes we do not have."""
    from heygen_async.sandbox.media import ClipSpec  # noqa: PLC0415

    if source.drawn is None:
        return await ctx.studio.file(source)
    copied = ctx.world.videos.get(source.copy_of or "")
    if copied is not None:
        return await ctx.studio.video(ctx.world, copied.shot, captions=False)
    dubbed = ctx.world.dubs.get(source.copy_of or "")
    if dubbed is not None:
        return await video(ctx, dubbed.dub)
    return await ctx.studio.renderer.clip(
        ClipSpec(
            width=1280,
            height=720,
            avatar_id=source.drawn,
            script=_FAR_SCRIPT,
            duration=FAR_SECONDS,
        )
    )
