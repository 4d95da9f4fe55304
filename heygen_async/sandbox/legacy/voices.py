"""``/v2/voices`` and ``/v1/voice.list``: the same voices in two shapes, and a try of one."""

from typing import Any, Final

from heygen_async.models import CreateSpeech
from heygen_async.models.v2 import PreviewVoice
from heygen_async.sandbox.catalogue import VOICES, StockVoice
from heygen_async.sandbox.context import Call, Context, Reply, Route
from heygen_async.sandbox.envelopes import Family
from heygen_async.sandbox.refusal import refuse
from heygen_async.sandbox.v3.speech import speak
from heygen_async.sandbox.validation import decode
from heygen_async.sandbox.voices import preview_url, ready_clones, speaks_live

_LOCALES: Final = {
    "en-AU": ("English", "Australia"),
    "en-GB": ("English", "UK"),
    "en-IN": ("English", "India"),
    "en-US": ("English", "United States"),
    "es-ES": ("Spanish", "Spain"),
    "es-MX": ("Spanish", "Mexico"),
    "fr-FR": ("French", "France"),
    "de-DE": ("German", "Germany"),
    "it-IT": ("Italian", "Italy"),
    "pt-BR": ("Portuguese", "Brazil"),
    "ja-JP": ("Japanese", "Japan"),
    "hi-IN": ("Hindi", "India"),
}


def _voices(ctx: Context) -> list[StockVoice]:
    return [*ready_clones(ctx), *VOICES.values()]


async def list_voices(ctx: Context, call: Call) -> Reply:
    """Lists all voices at once."""
    return Reply({"voices": [_shown(call, voice) for voice in _voices(ctx)]})


def _shown(call: Call, voice: StockVoice) -> dict[str, Any]:
    return {
        "voice_id": voice.voice_id,
        "name": voice.name,
        "language": voice.language,
        "gender": voice.gender,
        # The voice that no text can be spoken with has no sample either.
        "preview_audio": preview_url(call, voice.voice_id) if speaks_live(voice) else "",
        "support_pause": voice.support_pause,
        "emotion_support": "fish" in voice.engines,
        "support_interactive_avatar": speaks_live(voice),
        "support_locale": voice.support_locale,
    }


async def list_voices_v1(ctx: Context, call: Call) -> Reply:
    """Lists all voices at once, in the words of v1."""
    shown = [_shown_v1(ctx, call, voice, place) for place, voice in enumerate(_voices(ctx))]
    return Reply({"list": shown})


def _shown_v1(ctx: Context, call: Call, voice: StockVoice, place: int) -> dict[str, Any]:
    tags = (tag for tag, (language, _) in _LOCALES.items() if language == voice.language)
    tag = next(tags, "en-US")
    return {
        "voice_id": voice.voice_id,
        "labels": ["Explainer", "News"],
        "language": voice.language,
        "flag": f"https://static.movio.la/region_flags/{tag[-2:].lower()}.png",
        "locale": tag,
        "sort": place,
        "gender": voice.gender.capitalize(),
        "tags": "Explainer,News",
        "display_name": voice.name,
        "preview": {"movio": preview_url(call, voice.voice_id)},
        "settings": {"style": None, "elevenlabs_settings": None},
        "ssml": {
            "style": [],
            "lang": [],
            "break": voice.support_pause,
            "prosody": ["rate"],
            "emphasis": "none",
            "say_as": [],
        },
        "is_customer": voice.voice_id in ctx.world.clones,
        "is_favorite": False,
        "is_paid": False,
        "support_realtime": speaks_live(voice),
    }


async def list_locales(_ctx: Context, _call: Call) -> Reply:
    """Lists the accents."""
    shown = [
        {
            "value": tag,
            "label": f"{language} ({country})",
            "language": language,
            "tag": tag,
            "locale": tag,
            "language_code": tag,
        }
        for tag, (language, country) in _LOCALES.items()
    ]
    return Reply({"locales": shown})


async def preview_voice(ctx: Context, call: Call) -> Reply:
    """Speaks a few words."""
    body: PreviewVoice = decode(call.body, PreviewVoice)
    if body.voice_id != call.params["voice_id"]:
        refuse("voice_id", "voice_id: must be the one of the path")
    kind = "ssml" if body.text_type == "ssml" else "text"
    text = CreateSpeech(text=body.text, voice_id=body.voice_id, input_type=kind)
    said = await speak(ctx, call, text)
    if not body.with_timestamps:
        del said["word_timestamps"]
    return Reply(said | {"status": "success"})


ROUTES: Final = (
    Route(method="GET", path="/v2/voices", handler=list_voices, family=Family.ERROR),
    Route(method="GET", path="/v1/voice.list", handler=list_voices_v1, family=Family.CODE),
    Route(method="GET", path="/v2/voices/locales", handler=list_locales, family=Family.ERROR),
    Route(
        method="POST",
        path="/v2/voices/{voice_id}/preview",
        handler=preview_voice,
        family=Family.ERROR,
    ),
)
