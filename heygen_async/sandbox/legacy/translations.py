"""``/v2/video_translate``: videos in other languages."""

from typing import Any, Final

from heygen_async.models import AssetUrl, CreateVideoTranslation
from heygen_async.models.v2 import TranslateVideo
from heygen_async.sandbox import ageing
from heygen_async.sandbox.context import Call, Context, Handler, Reply, Route
from heygen_async.sandbox.dubs import Dub, Dubbed
from heygen_async.sandbox.envelopes import Family
from heygen_async.sandbox.languages import LANGUAGES, TAGS
from heygen_async.sandbox.refusal import invalid, missing, refuse
from heygen_async.sandbox.v3.dubs import TRANSLATION
from heygen_async.sandbox.v3.translations import accept, mode_paid
from heygen_async.sandbox.validation import decode
from heygen_async.wire import rates

_FORMATS: Final = ("vtt", "srt")
_WORDS: Final = {"completed": "success"}

# Named otherwise in v3, or asked for as files.
_ELSEWHERE: Final = frozenset(
    {"video_url", "audio_url", "srt_url", "output_language", "output_languages"}
)


async def create_translation(ctx: Context, call: Call) -> Reply:
    """Accepts a translation into one language or several, as v3 does, for credits."""
    body: TranslateVideo = decode(call.body, TranslateVideo)
    if (body.output_language is None) == (body.output_languages is None):
        names = "output_language, output_languages"
        refuse("output_language", f"exactly one of {names} must be given")
    if body.srt_role is not None and body.srt_url is None:
        refuse("srt_role", "srt_role: needs srt_url")
    if body.fps_mode is not None and body.audio_url is None:
        refuse("fps_mode", "fps_mode: needs audio_url")
    ids = await accept(ctx, call, _as_v3(body), _price, legacy=True)
    several = body.output_languages is not None
    return Reply(
        {
            "video_translate_id": None if several else ids[0],
            "video_translate_ids": ids if several else None,
        }
    )


def _as_v3(body: TranslateVideo) -> CreateVideoTranslation:
    same = {name: getattr(body, name) for name in body.__struct_fields__ if name not in _ELSEWHERE}
    return CreateVideoTranslation(
        video=AssetUrl(url=body.video_url),
        output_languages=[TAGS.get(name, name) for name in body.languages],
        audio=AssetUrl(url=body.audio_url) if body.audio_url is not None else None,
        srt=AssetUrl(url=body.srt_url) if body.srt_url is not None else None,
        **same,
    )


def _price(body: CreateVideoTranslation, dub: Dub) -> float:
    return rates.video_credits(dub.seconds, rates.TRANSLATION[mode_paid(body)])


async def get_translation(ctx: Context, call: Call) -> Reply:
    """Reads a translation, with a link signed anew."""
    return Reply(_shown(ctx, call, _found(ctx, call.params["video_translate_id"])))


async def get_caption(ctx: Context, call: Call) -> Reply:
    """Says where the captions of a finished translation are."""
    given = {name: call.query.get(name) or "" for name in ("video_translate_id", "caption_type")}
    for name, value in given.items():
        if not value:
            refuse(name, f"{name}: Field required")
    kind = given["caption_type"]
    if kind not in _FORMATS:
        refuse("caption_type", f"caption_type: {kind!r} is none of {', '.join(_FORMATS)}")
    made = _found(ctx, given["video_translate_id"])
    if not ageing.dub_has_links(made, ctx.clock.now()):
        raise invalid("video_translate_id", f"Video translation {made.id} is not completed.")
    return Reply({"caption_url": ctx.link(call, "dubs", made.id, f"captions.{kind}")})


async def list_languages(_ctx: Context, _call: Call) -> Reply:
    """Lists the languages that a video can be translated to."""
    return Reply({"languages": list(LANGUAGES)})


def _found(ctx: Context, translation_id: str) -> Dubbed:
    made = ctx.world.dubs.get(translation_id)
    if made is None or made.kind != TRANSLATION:
        words = f"Video translation {translation_id} not found."
        raise missing("video_translate_not_found", words)
    return made


def _shown(ctx: Context, call: Call, made: Dubbed) -> dict[str, Any]:
    now = ctx.clock.now()
    status = ageing.dub_status(made, now)
    linked = ageing.dub_has_links(made, now)
    return {
        "video_translate_id": made.id,
        "title": made.title,
        "output_language": made.language,
        "status": _WORDS.get(status, status),
        "url": ctx.link(call, "dubs", made.id, "video.mp4") if linked else None,
        "message": made.failure if status == "failed" else None,
        "callback_id": made.callback_id,
    }


def _route(method: str, path: str, handler: Handler) -> Route:
    return Route(
        method=method, path=f"/v2/video_translate{path}", handler=handler, family=Family.ERROR
    )


ROUTES: Final = (
    _route("POST", "", create_translation),
    _route("GET", "/target_languages", list_languages),
    _route("GET", "/caption", get_caption),
    _route("GET", "/{video_translate_id}", get_translation),
)
