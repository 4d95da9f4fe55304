"""``/v3/voices/speech``: texts spoken at once."""

import html
import re
from typing import Any, Final

from heygen_async.models import CreateSpeech
from heygen_async.sandbox import prices
from heygen_async.sandbox.context import Call, Context, Reply, Route
from heygen_async.sandbox.people import Spoken
from heygen_async.sandbox.refusal import Refusal, refuse
from heygen_async.sandbox.validation import decode
from heygen_async.sandbox.voices import usable_voice

_INPUT_TYPES: Final = (None, "text", "ssml")
_BREAK_IN_MS: Final = re.compile(r"<break\b[^<>]*\d\s*ms\b[^<>]*>", re.IGNORECASE)
_TAG: Final = re.compile(r"<[^<>]*>")
_OTHER_TAG: Final = re.compile(r"<(?!break\b)[^<>]*>", re.IGNORECASE)


async def create_speech(ctx: Context, call: Call) -> Reply:
    """Speaks a text, and says when each word is heard."""
    return Reply(await speak(ctx, call, decode(call.body, CreateSpeech)))


async def speak(ctx: Context, call: Call, body: CreateSpeech) -> dict[str, Any]:
    """Speaks a text, and bills it.

    Raises:
        Refusal: The text or the voice cannot be used, or the balance does not cover it.
    """
    if body.input_type not in _INPUT_TYPES:
        refuse("input_type", f"input_type: {body.input_type!r} is neither 'text' nor 'ssml'")
    voice = usable_voice(ctx, body.voice_id)
    if "starfish" not in voice.engines:
        refuse("voice_id", "voice_id: the voice does not support the starfish engine")
    found = _BREAK_IN_MS.search(body.text)
    if found:
        refuse("text", f"text: {found[0]} is in milliseconds; give seconds, such as 0.35s")
    if not any(map(str.isalnum, _TAG.sub(" ", body.text))):
        words = "The text contains nothing that can be spoken."
        raise Refusal(400, "tts_text_invalid", words, param="text")
    speech_id = ctx.new_id("speech")
    spoken = Spoken(
        id=speech_id,
        text=_plain(body.text) if body.input_type == "ssml" else body.text,
        voice_id=voice.voice_id,
        gender=voice.gender.lower(),
        language=body.locale or body.language or voice.language,
        speed=1.0 if body.speed is None else body.speed,
    )
    speech = await ctx.studio.words(spoken)
    price = round(prices.SPEECH * speech.duration, 6)
    ctx.afford(price)
    ctx.world.spoken[speech_id] = spoken
    ctx.charge(call, "speech", speech_id, price)
    return {
        "audio_url": ctx.link(call, "speeches", speech_id, "speech.wav"),
        "duration": speech.duration,
        "request_id": speech_id,
        "word_timestamps": [
            _word("<start>", 0.0, 0.0),
            *(_word(each.word, each.start, each.end) for each in speech.words),
            _word("<end>", speech.duration, speech.duration),
        ],
    }


def _plain(ssml: str) -> str:
    """What is said of a marked-up text; only its breaks are kept."""
    return html.unescape(_OTHER_TAG.sub(" ", re.sub(r"</break\s*>", "", ssml))).strip()


def _word(word: str, start: float, end: float) -> dict[str, Any]:
    return {"word": word, "start": start, "end": end}


ROUTES: Final = (Route(method="POST", path="/v3/voices/speech", handler=create_speech),)
