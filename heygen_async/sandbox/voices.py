"""Voices that can speak: the shared ones, and the clones that are ready."""

from typing import Final

from heygen_async.sandbox import ageing
from heygen_async.sandbox.catalogue import StockVoice, as_listed, find_voice
from heygen_async.sandbox.context import Call, Context
from heygen_async.sandbox.links import storage_path
from heygen_async.sandbox.refusal import Refusal, missing

_LANGUAGES: Final = {
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "de": "German",
    "it": "Italian",
    "pt": "Portuguese",
    "ja": "Japanese",
    "hi": "Hindi",
}


def language_of(tag: str) -> str:
    """The English name for a code or a tag; the tag itself where there is none here."""
    return _LANGUAGES.get(tag.replace("_", "-").partition("-")[0].lower(), tag)


def ready_clones(ctx: Context) -> list[StockVoice]:
    """Clones that can speak, the newest first."""
    now = ctx.clock.now()
    clones = reversed(ctx.world.clones.values())
    return [as_listed(each) for each in clones if ageing.clone_status(each, now) == "complete"]


def preview_url(call: Call, voice_id: str) -> str:
    """Where a sample of a voice is."""
    return call.base + storage_path("voices", voice_id, "preview.wav")


def speaks_live(voice: StockVoice) -> bool:
    """Whether a streaming avatar can speak with a voice."""
    return "starfish" in voice.engines


def usable_voice(ctx: Context, voice_id: str) -> StockVoice:
    """The voice with an id, if it can speak.

    Raises:
        Refusal: 404 when it is unknown, 409 while it is being cloned, 400 when that failed.
    """
    voice = find_voice(ctx.world, voice_id)
    if voice is None:
        raise missing("voice_not_found", f"Voice {voice_id} not found.")
    clone = ctx.world.clones.get(voice_id)
    if clone is not None:
        status = ageing.clone_status(clone, ctx.clock.now())
        if status == "processing":
            raise Refusal(409, "resource_not_ready", f"Voice {voice_id} is being cloned.")
        if status == "failed":
            raise Refusal(400, "voice_unavailable", f"Voice {voice_id} could not be cloned.")
    return voice
