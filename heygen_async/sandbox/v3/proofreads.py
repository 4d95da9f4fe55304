"""``/v3/video-translations/proofreads``: subtitles that are corrected before the render."""

from typing import Any, Final

import msgspec

from heygen_async.models import CreateProofread, GenerateFromProofread, UpdateProofreadSrt
from heygen_async.sandbox import ageing, dubbing, jobs, notices, prices
from heygen_async.sandbox.assets import resolve
from heygen_async.sandbox.context import Call, Context, Reply, Route
from heygen_async.sandbox.dubs import Dub, Dubbed, Proofread
from heygen_async.sandbox.refusal import invalid, missing, refuse
from heygen_async.sandbox.v3 import dubs
from heygen_async.sandbox.v3.dubs import TRANSLATION
from heygen_async.sandbox.v3.translations import DETECTED, check_glossary, check_languages
from heygen_async.sandbox.validation import decode


async def create_proofread(ctx: Context, call: Call) -> Reply:
    """Accepts a proofread of each language."""
    body: CreateProofread = decode(call.body, CreateProofread)
    check_glossary(body)
    check_languages(body.output_languages)
    source = resolve(ctx, call, body.video, kind="video", param="video")
    srt = dubbing.subtitles(ctx, call, body.srt, param="srt") if body.srt is not None else None
    seconds = await dubbing.length(ctx, source, param="video")
    found = [
        await dubbing.said(
            ctx, Dub(source=source.id, seconds=seconds, script="", language=language), srt=srt
        )
        for language in body.output_languages
    ]
    price = round(prices.PROOFREAD * seconds, 4)
    ctx.afford(price * len(found))
    ids: list[str] = []
    for dub in found:
        made = _entered(ctx, body, dub, original=srt.id if srt else None)
        ctx.charge(call, "proofread", made.id, price)
        notices.proofread(ctx, made)
        ids.append(made.id)
    return Reply({"proofread_ids": ids, "status": "processing"})


def _entered(ctx: Context, body: CreateProofread, dub: Dub, *, original: str | None) -> Proofread:
    now, proofread_id = ctx.clock.now(), ctx.new_id("proofread")
    made = Proofread(
        id=proofread_id,
        created=now,
        done=now + ctx.span(ageing.PROOFREAD, proofread_id),
        dub=dub,
        language=dub.language,
        title=body.title,
        mode=body.mode or "speed",
        original=original,
        failure=dubs.failure_of(body.title),
    )
    ctx.world.proofreads[proofread_id] = made
    return made


def _found(ctx: Context, call: Call) -> Proofread:
    proofread_id = call.params["proofread_id"]
    made = ctx.world.proofreads.get(proofread_id)
    if made is None:
        raise missing("proofread_not_found", f"Proofread {proofread_id} not found.")
    return made


def _completed(ctx: Context, call: Call) -> Proofread:
    """The proofread that a path names, if its subtitles are there.

    Raises:
        Refusal: 404 for an unknown one, 400 for one that is not completed.
    """
    made = _found(ctx, call)
    status = ageing.proofread_status(made, ctx.clock.now())
    if status != "completed":
        raise invalid("proofread_id", f"Proofread {made.id} is {status}, not completed.")
    return made


def _shown(ctx: Context, made: Proofread) -> dict[str, Any]:
    status = ageing.proofread_status(made, ctx.clock.now())
    return {
        "id": made.id,
        "title": made.title,
        "status": status,
        "output_language": made.language,
        "input_language": DETECTED,
        "submitted_for_review": False,
        "created_at": int(made.created),
        "failure_message": made.failure if status == "failed" else None,
    }


async def get_proofread(ctx: Context, call: Call) -> Reply:
    """Reads a proofread."""
    return Reply(_shown(ctx, _found(ctx, call)))


async def get_proofread_srt(ctx: Context, call: Call) -> Reply:
    """Tells where the subtitles are."""
    made = _completed(ctx, call)
    original = ctx.link(call, "proofreads", made.id, "original.srt") if made.original else None
    srt_url = ctx.link(call, "proofreads", made.id, "subtitles.srt")
    return Reply({"srt_url": srt_url, "original_srt_url": original})


async def update_proofread_srt(ctx: Context, call: Call) -> Reply:
    """Replaces the subtitles."""
    made = _completed(ctx, call)
    body: UpdateProofreadSrt = decode(call.body, UpdateProofreadSrt)
    srt = dubbing.subtitles(ctx, call, body.srt, param="srt")
    made.dub = await dubbing.said(ctx, made.dub, srt=srt)
    return Reply(_shown(ctx, made))


async def generate_from_proofread(ctx: Context, call: Call) -> Reply:
    """Starts the translation with the subtitles as they are now."""
    made = _completed(ctx, call)
    body: GenerateFromProofread = decode(call.body or b"{}", GenerateFromProofread)
    if body.callback_id is not None and body.callback_url is None:
        refuse("callback_id", "callback_id: needs callback_url")
    jobs.take_slot(ctx)
    audio_only = bool(body.translate_audio_only)
    price = prices.dub_price("speed" if audio_only else made.mode, made.dub.seconds)
    ctx.afford(price)
    now = ctx.clock.now()
    started = Dubbed(
        id=ctx.new_id(TRANSLATION),
        kind=TRANSLATION,
        created=now,
        start=now,
        done=now,
        dub=msgspec.structs.replace(made.dub),
        title=made.title,
        language=made.language,
        input_language=DETECTED,
        audio_only=audio_only,
        callback_id=body.callback_id,
        callback_url=body.callback_url,
        failure=dubs.failure_of(made.dub.script),
    )
    dubs.begin(ctx, call, started, price)
    return Reply({"video_translation_id": started.id, "status": "processing"})


_ROOT: Final = "/v3/video-translations/proofreads"
_ONE: Final = f"{_ROOT}/{{proofread_id}}"

ROUTES: Final = (
    Route(method="POST", path=_ROOT, handler=create_proofread, keyed=True),
    Route(method="GET", path=_ONE, handler=get_proofread),
    Route(method="GET", path=f"{_ONE}/srt", handler=get_proofread_srt),
    Route(method="PUT", path=f"{_ONE}/srt", handler=update_proofread_srt),
    Route(method="POST", path=f"{_ONE}/generate", handler=generate_from_proofread, keyed=True),
)
