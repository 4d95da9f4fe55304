"""Voices that can speak: the shared ones, and the clones that are ready."""

from typing import Final

from heygen_async.sandbox import ageing
from heygen_async.sandbox.catalogue import StockVoice, find_voice
from heygen_async.sandbox.context import Context
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
