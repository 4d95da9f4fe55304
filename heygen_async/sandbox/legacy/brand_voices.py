"""``/v1/brand_voice``: the glossaries of v3 in older words."""

from typing import Any, Final

from heygen_async.models.v2 import UpdateBrandVoice
from heygen_async.sandbox.brands import Glossary
from heygen_async.sandbox.context import Call, Context, Reply, Route
from heygen_async.sandbox.envelopes import Family
from heygen_async.sandbox.pages import page_inside
from heygen_async.sandbox.refusal import Refusal, refuse
from heygen_async.sandbox.validation import decode, whole_number


async def list_brand_voices(ctx: Context, call: Call) -> Reply:
    """Lists the brand voices, the newest first."""
    limit = whole_number(call.query.get("limit"), "limit", default=100, low=1, high=100)
    show = _named if call.query.get("name_only") == "true" else _shown
    items = [show(each) for each in reversed(ctx.world.glossaries.values())]
    return page_inside("list", items, limit=limit, token=call.query.get("token"))


def _named(glossary: Glossary) -> dict[str, Any]:
    return {"id": glossary.id, "name": glossary.name}


def _shown(glossary: Glossary) -> dict[str, Any]:
    return _named(glossary) | {
        "blacklist": glossary.kept,
        "whitelist": glossary.forced,
        "vocabulary": glossary.terms,
        "tones": glossary.tones,
        "tone": glossary.tone,
    }


async def update_brand_voice(ctx: Context, call: Call) -> Reply:
    """Changes a brand voice; an unknown one is an error inside a 200."""
    glossary = ctx.world.glossaries.get(call.params["brand_voice_id"])
    if glossary is None:
        words = f"Brand voice {call.params['brand_voice_id']} not found."
        raise Refusal(200, "resource_not_found", words, number=400175)
    body: UpdateBrandVoice = decode(call.body, UpdateBrandVoice)
    if body == UpdateBrandVoice():
        refuse("body", "body: nothing changes")
    for name, value in (
        ("name", body.name),
        ("kept", body.blacklist),
        ("forced", body.whitelist),
        ("terms", body.vocabulary),
        ("tones", body.tones),
        ("tone", body.tone),
    ):
        if value is not None:
            setattr(glossary, name, value)
    glossary.updated = ctx.clock.now()
    return Reply(_shown(glossary))


ROUTES: Final = (
    Route(method="GET", path="/v1/brand_voice/list", handler=list_brand_voices, family=Family.CODE),
    Route(
        method="POST",
        path="/v1/brand_voice/{brand_voice_id}",
        handler=update_brand_voice,
        family=Family.CODE,
    ),
)
