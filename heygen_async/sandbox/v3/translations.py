"""``/v3/video-translations``: videos in other languages."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from heygen_async.models import (
    CreateProofread,
    CreateVideoTranslation,
    CreateVideoTranslationBatch,
    UpdateVideoTranslation,
)
from heygen_async.sandbox import ageing, dubbing, jobs, prices
from heygen_async.sandbox.assets import resolve
from heygen_async.sandbox.context import Call, Context, Reply, Route
from heygen_async.sandbox.dubs import Dub, Dubbed
from heygen_async.sandbox.languages import LANGUAGES
from heygen_async.sandbox.refusal import Refusal, invalid, refuse
from heygen_async.sandbox.v3 import batches, dubs
from heygen_async.sandbox.v3.dubs import TRANSLATION
from heygen_async.sandbox.validation import decode

DETECTED: Final = "English"
"""The language of every source that names none."""

Price = Callable[[CreateVideoTranslation, Dub], float]
"""What one translation costs."""


async def create_video_translation(ctx: Context, call: Call) -> Reply:
    """Accepts a translation into each language: checks everything, and takes a slot and the money.

    One free slot is enough: the other languages wait for theirs.
    """
    body: CreateVideoTranslation = decode(call.body, CreateVideoTranslation)
    return Reply({"video_translation_ids": await accept(ctx, call, body, _price)})


async def accept(
    ctx: Context, call: Call, body: CreateVideoTranslation, price: Price, *, legacy: bool = False
) -> list[str]:
    """Ids of new translations, one for each language.

    Args:
        ctx: The sandbox.
        call: The request.
        body: What it asks for.
        price: Of each of them.
        legacy: Whether it came from v2.

    Raises:
        Refusal: Something is wrong with it, or slot or money are not there.
    """
    _check(body)
    found = await _dubs(ctx, call, body)
    jobs.take_slot(ctx)
    ctx.afford(sum(price(body, dub) for dub in found))
    return [_begin(ctx, call, body, dub, price, legacy=legacy).id for dub in found]


def _check(body: CreateVideoTranslation, where: str = "") -> None:
    dubs.check(body, where)
    check_glossary(body, where)
    if body.srt_role is not None and body.srt is None:
        refuse(f"{where}srt_role", f"{where}srt_role: needs srt")


def check_glossary(body: CreateVideoTranslation | CreateProofread, where: str = "") -> None:
    """Refuses two glossaries: the fields are two names of one.

    Raises:
        Refusal: 400.
    """
    names = {body.brand_glossary_id, body.brand_voice_id} - {None}
    if len(names) > 1:
        name = f"{where}brand_voice_id"
        refuse(name, f"{name}: differs from brand_glossary_id")


def check_languages(names: list[str]) -> None:
    """Refuses a language that nothing can be translated to.

    Raises:
        Refusal: 400.
    """
    for index, name in enumerate(names):
        if name not in LANGUAGES:
            field = f"output_languages[{index}]"
            raise invalid(field, f"{field}: {name!r} is not a supported language")


async def _dubs(ctx: Context, call: Call, body: CreateVideoTranslation) -> list[Dub]:
    """What is seen and heard in each language."""
    check_languages(body.output_languages)
    source = resolve(ctx, call, body.video, kind="video", param="video")
    audio = srt = None
    if body.audio is not None:
        audio = resolve(ctx, call, body.audio, kind="audio", param="audio")
    if body.srt is not None:
        srt = dubbing.subtitles(ctx, call, body.srt, param="srt")
        if body.srt_role == "input":
            await dubbing.lines(ctx, srt, param="srt")
            srt = None  # nothing is truly translated here: what the source says, nobody hears
    seconds = await dubbing.length(ctx, source, param="video")
    span = dubs.span_of(body, seconds)
    return [
        await dubbing.said(
            ctx,
            Dub(
                source=source.id,
                seconds=seconds,
                script="",
                language=language,
                audio=audio.id if audio else None,
                span=span,
            ),
            srt=srt,
        )
        for language in body.output_languages
    ]


def mode_paid(body: CreateVideoTranslation) -> str:
    """The mode whose rate is paid: sound alone has that of speed, since no lips are made."""
    return "speed" if body.translate_audio_only else body.mode or "speed"


def _price(body: CreateVideoTranslation, dub: Dub) -> float:
    return prices.dub_price(mode_paid(body), dub.seconds)


def _begin(
    ctx: Context,
    call: Call,
    body: CreateVideoTranslation,
    dub: Dub,
    price: Price = _price,
    *,
    legacy: bool = False,
) -> Dubbed:
    now = ctx.clock.now()
    made = Dubbed(
        id=ctx.new_id(TRANSLATION),
        kind=TRANSLATION,
        created=now,
        start=now,
        done=now,
        dub=dub,
        title=body.title,
        language=dub.language,
        input_language=body.input_language or DETECTED,
        audio_only=bool(body.translate_audio_only),
        folder_id=body.folder_id,
        callback_id=body.callback_id,
        callback_url=body.callback_url,
        failure=dubs.failure_of(body.title, dub.script, language=dub.language),
        legacy=legacy,
    )
    return dubs.begin(ctx, call, made, price(body, dub))


def translation_shown(ctx: Context, call: Call, made: Dubbed) -> dict[str, Any]:
    """A translation as v3 shows it."""
    now = ctx.clock.now()
    status = ageing.dub_status(made, now)
    linked = ageing.dub_has_links(made, now)

    def link(name: str) -> str | None:
        return ctx.link(call, "dubs", made.id, name) if linked else None

    return {
        "id": made.id,
        "title": made.title,
        "status": status,
        "output_language": made.language,
        "input_language": made.input_language,
        "duration": made.dub.seconds if status == "completed" else None,
        "translate_audio_only": made.audio_only,
        "video_url": link("video.mp4"),
        "audio_url": link("audio.mp3"),
        "srt_caption_url": link("captions.srt"),
        "vtt_caption_url": link("captions.vtt"),
        "callback_id": made.callback_id,
        "created_at": int(made.created),
        "failure_message": made.failure if status == "failed" else None,
    }


async def get_video_translation(ctx: Context, call: Call) -> Reply:
    """Reads a translation, with links signed anew."""
    return Reply(translation_shown(ctx, call, dubs.find(ctx, call, TRANSLATION)))


async def list_video_translations(ctx: Context, call: Call) -> Reply:
    """Lists translations."""
    return dubs.listed(ctx, call, TRANSLATION, translation_shown)


async def update_video_translation(ctx: Context, call: Call) -> Reply:
    """Renames a translation."""
    made = dubs.find(ctx, call, TRANSLATION)
    body: UpdateVideoTranslation = decode(call.body, UpdateVideoTranslation)
    made.title = body.title
    return Reply(translation_shown(ctx, call, made))


async def delete_video_translation(ctx: Context, call: Call) -> Reply:
    """Deletes a translation."""
    return dubs.delete(ctx, call, TRANSLATION)


async def list_translation_languages(_ctx: Context, _call: Call) -> Reply:
    """Lists the languages that a video can be translated to."""
    return Reply({"languages": list(LANGUAGES)})


async def list_video_translation_statuses(ctx: Context, call: Call) -> Reply:
    """Statuses of many translations."""
    return dubs.statuses(ctx, call, TRANSLATION)


async def create_video_translation_batch(ctx: Context, call: Call) -> Reply:
    """Accepts many translations, one item per language; what cannot be made fails alone."""
    body: CreateVideoTranslationBatch = decode(call.body, CreateVideoTranslationBatch)
    count = sum(len(each.output_languages) for each in body.video_translations)
    if count > batches.MOST_ITEMS:
        name = "video_translations"
        raise invalid(name, f"{name}: {count} languages, at most {batches.MOST_ITEMS} allowed")
    for index, each in enumerate(body.video_translations):
        _check(each, f"video_translations[{index}].")
    plans = [
        (each, dub) for each in body.video_translations for dub in await _tried(ctx, call, each)
    ]
    # From here on nothing is awaited: the money for all of it is there, or none of it is made.
    ctx.afford(sum(_price(each, dub) for each, dub in plans if isinstance(dub, Dub)))
    items = [
        dubs.item(_begin(ctx, call, each, dub)) if isinstance(dub, Dub) else dubs.failed(ctx, dub)
        for each, dub in plans
    ]
    batch = batches.enter(ctx, TRANSLATION, items, title=body.title, callback_url=body.callback_url)
    dubs.tell(ctx, batch)
    return batches.accepted(batch)


async def _tried(ctx: Context, call: Call, body: CreateVideoTranslation) -> Sequence[Dub | Refusal]:
    try:
        return await _dubs(ctx, call, body)
    except Refusal as refusal:
        return [refusal for _ in body.output_languages]


async def get_video_translation_batch(ctx: Context, call: Call) -> Reply:
    """Reads a batch."""
    return batches.read(ctx, call, TRANSLATION, dubs.look(ctx, TRANSLATION))


_ROOT: Final = "/v3/video-translations"
_ONE: Final = f"{_ROOT}/{{video_translation_id}}"
_BATCHES: Final = f"{_ROOT}/batches"

ROUTES: Final = (
    Route(method="POST", path=_ROOT, handler=create_video_translation, keyed=True),
    Route(method="GET", path=_ROOT, handler=list_video_translations),
    Route(method="GET", path=f"{_ROOT}/languages", handler=list_translation_languages),
    Route(method="GET", path=f"{_ROOT}/statuses", handler=list_video_translation_statuses),
    Route(method="POST", path=_BATCHES, handler=create_video_translation_batch, keyed=True),
    Route(method="GET", path=f"{_BATCHES}/{{batch_id}}", handler=get_video_translation_batch),
    Route(method="GET", path=_ONE, handler=get_video_translation),
    Route(method="PATCH", path=_ONE, handler=update_video_translation),
    Route(method="DELETE", path=_ONE, handler=delete_video_translation),
)
