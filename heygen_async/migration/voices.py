"""What is heard in a scene of v2."""

from typing import Any, Final

import msgspec

from heygen_async.errors import InvalidRequestError
from heygen_async.migration.ledger import Fields
from heygen_async.models import ElevenLabsSettings, VoiceSettings
from heygen_async.models.v2 import Silence, TextVoice

_FASTEST: Final = 1.5
_STEADY: Final = (0.0, 0.5, 1.0)


def is_silent(scene: Fields) -> bool:
    """Whether nothing is said."""
    return isinstance(scene.source.voice, Silence)


def sound(scene: Fields) -> dict[str, Any]:
    """``script`` and all that belongs to it, or a recording; nothing for silence."""
    voice = scene.at("voice")
    if voice is None or isinstance(voice.source, Silence):
        return {}
    if not isinstance(voice.source, TextVoice):
        return voice.carry("audio_url", "audio_asset_id")
    found = voice.carry("voice_id") | said(voice, "input_text")
    settings = _settings(voice)
    return found | ({"voice_settings": VoiceSettings(**settings)} if settings else {})


def said(fields: Fields, name: str) -> dict[str, Any]:
    """``script`` for a text.

    Raises:
        InvalidRequestError: It is blank, which v3 does not take.
    """
    text = fields.take(name)
    if text is not None and not text.strip():
        raise InvalidRequestError(fields.where(name), text, "must hold something to say")
    return fields.carry(script=name)


def _settings(voice: Fields) -> dict[str, Any]:
    found = voice.carry("speed", "pitch", "locale")
    if found.get("speed", 0) > _FASTEST:
        voice.note("approximated", "speed", f"v3 speaks {_FASTEST} times as fast at most.")
        found["speed"] = _FASTEST
    voice.drop(
        "emotion",
        reason="v3 has no emotions of voices.",
        instead="Choose a voice that sounds like it; heygen.voices.design searches by words.",
    )
    tuning = voice.at("elevenlabs_settings")
    if tuning is not None:
        found["engine_settings"] = _tuned(tuning)
    return found


def _tuned(tuning: Fields) -> ElevenLabsSettings:
    found = tuning.carry("similarity_boost", "stability", "style")
    model = tuning.source.model
    try:
        msgspec.convert({"engine_type": "elevenlabs", "model": model}, ElevenLabsSettings)
    except msgspec.ValidationError:
        tuning.drop(
            "model",
            reason="v3 does not know this model; the voice's usual one speaks.",
            instead="Give engine_settings a model that v3 knows.",
        )
    else:
        found |= tuning.carry("model")
    stability: float | None = found.get("stability")
    if model == "eleven_v3" and stability is not None and stability not in _STEADY:
        tuning.note("approximated", "stability", "With eleven_v3 it is 0, 0.5 or 1 in v3.")
        found["stability"] = round(stability * 2) / 2
    return ElevenLabsSettings(**found)
