"""``/v3/voices``: the shared voices, and clones."""

import re
from typing import Any, Final

from heygen_async.models import CloneVoice, DesignVoice
from heygen_async.sandbox import ageing, prices
from heygen_async.sandbox.assets import resolve
from heygen_async.sandbox.catalogue import VOICES, StockVoice, as_listed, default_voice
from heygen_async.sandbox.context import Call, Context, Reply, Route
from heygen_async.sandbox.ids import between, stable_id
from heygen_async.sandbox.jobs import FAIL_TOKEN
from heygen_async.sandbox.pages import page
from heygen_async.sandbox.people import Clone
from heygen_async.sandbox.refusal import Refusal, missing, refuse
from heygen_async.sandbox.validation import decode, whole_number
from heygen_async.sandbox.voices import language_of, preview_url, ready_clones, speaks_live

MOST_CLONES: Final = 10
"""Clones that an account may have; failed ones do not count."""

_BATCH: Final = 3
_GENDERS: Final = (None, "male", "female")


async def list_voices(ctx: Context, call: Call) -> Reply:
    """Lists voices by type, engine, language and gender, in pages."""
    return _listed(ctx, call, engine=call.query.get("engine", ""))


async def list_speakers(ctx: Context, call: Call) -> Reply:
    """Lists the voices of v1 that texts can be spoken with, likewise."""
    return _listed(ctx, call, engine="starfish")


def _listed(ctx: Context, call: Call, *, engine: str) -> Reply:
    kind = call.query.get("type", "public")
    if kind not in {"public", "private"}:
        refuse("type", f"type: {kind!r} is neither 'public' nor 'private'")
    limit = whole_number(call.query.get("limit"), "limit", default=20, low=1, high=100)
    voices = ready_clones(ctx) if kind == "private" else [*VOICES.values()]
    items = [_shown(call, voice, kind) for voice in voices if _fits(voice, call, engine)]
    return page(items, limit=limit, token=call.query.get("token"))


def _fits(voice: StockVoice, call: Call, engine: str) -> bool:
    wanted = {name: call.query.get(name, "").lower() for name in ("language", "gender")}
    return (
        (not engine or engine.lower() in voice.engines)
        and wanted["language"] in {"", voice.language.lower()}
        and wanted["gender"] in {"", voice.gender.lower()}
    )


def _shown(call: Call, voice: StockVoice, kind: str) -> dict[str, Any]:
    return {
        "voice_id": voice.voice_id,
        "name": voice.name,
        "language": voice.language,
        "gender": voice.gender,
        "preview_audio_url": preview_url(call, voice.voice_id),
        "support_pause": voice.support_pause,
        "support_locale": voice.support_locale,
        "type": kind,
    }


async def design_voice(_ctx: Context, call: Call) -> Reply:
    """Finds up to three of the shared voices; the same words always find the same ones."""
    body: DesignVoice = decode(call.body, DesignVoice)
    if body.gender not in _GENDERS:
        refuse("gender", f"gender: {body.gender!r} is neither 'male' nor 'female'")
    said = set(re.findall(r"\w+", body.prompt.lower()))
    language = language_of(body.locale) if body.locale else None
    found = [
        voice
        for voice in VOICES.values()
        if body.gender in {None, voice.gender.lower()} and language in {None, voice.language}
    ]

    def distance(voice: StockVoice) -> tuple[int, str]:
        known = {voice.language.lower(), voice.gender.lower(), voice.name.lower()}
        return -len(known & said), stable_id(body.prompt, voice.voice_id)

    seed = body.seed or 0
    first = seed * _BATCH
    batch = sorted(found, key=distance)[first : first + _BATCH]
    return Reply({"voices": [_shown(call, voice, "public") for voice in batch], "seed": seed})


async def clone_voice(ctx: Context, call: Call) -> Reply:
    """Starts a voice from a recording."""
    body: CloneVoice = decode(call.body, CloneVoice)
    resolve(ctx, call, body.audio, kind="audio", param="audio")
    if sum(each.failure is None for each in ctx.world.clones.values()) >= MOST_CLONES:
        words = f"Voice clone limit reached: {MOST_CLONES}. Delete a cloned voice first."
        raise Refusal(400, "resource_limit_reached", words)
    ctx.afford(prices.VOICE_CLONE)
    voice_id, now = ctx.new_id("voice"), ctx.clock.now()
    ctx.world.clones[voice_id] = Clone(
        id=voice_id,
        name=body.voice_name,
        language=language_of(body.language or "en"),
        gender="female" if between(0, 1, voice_id) < 1 / 2 else "male",
        created=now,
        ready=now + ctx.span(ageing.VOICE_CLONE, voice_id),
        failure="No speech was found." if FAIL_TOKEN in body.voice_name else None,
    )
    ctx.charge(call, "voice_clone", voice_id, prices.VOICE_CLONE)
    return Reply({"voice_clone_id": voice_id})


async def get_voice(ctx: Context, call: Call) -> Reply:
    """Reads a voice; the shared ones have no status."""
    voice_id = call.params["voice_id"]
    clone, voice = ctx.world.clones.get(voice_id), VOICES.get(voice_id)
    if clone is not None:
        status = ageing.clone_status(clone, ctx.clock.now())
        state = {
            "status": status,
            "failure_message": clone.failure if status == "failed" else None,
            "created_at": int(clone.created),
        }
        voice, ready = as_listed(clone), status == "complete"
    elif voice is not None:
        state, ready = {"status": None, "failure_message": None, "created_at": None}, True
    else:
        raise _unknown(voice_id)
    return Reply(
        {
            "voice_id": voice_id,
            "name": voice.name,
            "language": voice.language,
            "gender": voice.gender,
            "preview_audio_url": preview_url(call, voice_id) if ready else None,
            "support_pause": voice.support_pause,
            "support_interactive_avatar": ready and speaks_live(voice),
        }
        | state
    )


async def delete_voice(ctx: Context, call: Call) -> Reply:
    """Deletes a clone; avatars that had it get another default voice."""
    voice_id = call.params["voice_id"]
    if voice_id in VOICES:
        raise Refusal(403, "resource_access_denied", "A shared voice cannot be deleted.")
    if ctx.world.clones.pop(voice_id, None) is None:
        raise _unknown(voice_id)
    for look in ctx.world.looks.values():
        if look.voice_id == voice_id:
            look.voice_id = default_voice(look.gender)
    for group in ctx.world.groups.values():
        if group.voice_id == voice_id:
            group.voice_id = None
    return Reply({"voice_id": voice_id})


def _unknown(voice_id: str) -> Refusal:
    return missing("voice_not_found", f"Voice {voice_id} not found.")


ROUTES: Final = (
    Route(method="GET", path="/v3/voices", handler=list_voices),
    Route(method="POST", path="/v3/voices", handler=design_voice),
    Route(method="POST", path="/v3/voices/clone", handler=clone_voice),
    Route(method="GET", path="/v3/voices/{voice_id}", handler=get_voice),
    Route(method="DELETE", path="/v3/voices/{voice_id}", handler=delete_voice),
)
