"""``/v3/models/audio/tts``: speech of HeyGen's own model, whole and as a stream; a preview."""

import asyncio
import base64
import io
import math
import re
import wave
from array import array
from collections.abc import AsyncGenerator
from typing import Any, Final

import msgspec

from heygen_async.models.preview import GenerateSpeech, StreamSpeech
from heygen_async.sandbox import prices
from heygen_async.sandbox.context import Call, Context, FileReply, Reply, Route, StreamReply
from heygen_async.sandbox.envelopes import Family
from heygen_async.sandbox.jobs import FAIL_TOKEN
from heygen_async.sandbox.people import Spoken
from heygen_async.sandbox.refusal import Refusal, invalid
from heygen_async.sandbox.v3.model_voices import speaking_voice
from heygen_async.sandbox.validation import decode
from heygen_async.sandbox.voices import language_of

RATE: Final = 44_100
"""Samples a second of all that is spoken here."""

PER_MINUTE: Final = 30
"""Requests that a member of a workspace may make."""

_MINUTE: Final = 60.0
_CONFIDENCE: Final = 0.97
_TAG: Final = re.compile(r"<[^<>]*>")
_STORED: Final = "model_speech.wav"


async def generate_model_speech(ctx: Context, call: Call) -> Reply:
    """Speaks a text into a file."""
    body: GenerateSpeech = decode(call.body, GenerateSpeech)
    spoken, price = _accepted(ctx, body)
    if FAIL_TOKEN in body.text:
        raise invalid("text", "text: violates the moderation policy")
    pcm = await _samples(ctx, spoken)
    await asyncio.to_thread(ctx.files.path(f"{spoken.id}-{_STORED}").write_bytes, wav(pcm))
    ctx.afford(price)
    ctx.charge(call, "model_speech", spoken.id, price)
    url = ctx.link(call, "model-speeches", spoken.id, "speech.wav")
    return Reply({"audio_url": url, "duration": round(len(pcm) / RATE, 3)})


async def stream_model_speech(ctx: Context, call: Call) -> StreamReply:
    """Speaks a text piece by piece. What is not heard to its end is not charged."""
    body: StreamSpeech = decode(call.body, StreamSpeech)
    spoken, price = _accepted(ctx, body)
    chunks = _events(ctx, call, spoken, price=price, timed=body.with_timestamps)
    return StreamReply(chunks, "text/event-stream")


def _accepted(ctx: Context, body: GenerateSpeech | StreamSpeech) -> tuple[Spoken, float]:
    """What is to be said, and its price."""
    voice = speaking_voice(ctx, body.voice_id)
    if not any(map(str.isalnum, body.text)):
        raise invalid("text", "text: contains nothing that can be spoken")
    price = prices.model_speech_price(len(body.text))
    ctx.afford(price)
    _take_turn(ctx)
    spoken = Spoken(
        id=ctx.new_id("model_speech"),
        # Tags are not understood here; the renderer would pause for some.
        text=_TAG.sub(" ", body.text),
        voice_id=voice.id,
        gender=voice.gender,
        language=language_of(body.language),
        speed=1.0,
    )
    return spoken, price


def _take_turn(ctx: Context) -> None:
    """Refuses the 31st request of a minute.

    Raises:
        Refusal: 429 with the real seconds until the next one.
    """
    world, now = ctx.world, ctx.clock.now()
    world.speech_times = [at for at in world.speech_times if at > now - _MINUTE]
    if len(world.speech_times) >= PER_MINUTE:
        wait = ctx.clock.real(world.speech_times[0] + _MINUTE - now)
        raise Refusal(
            429,
            "rate_limit_exceeded",
            f"At most {PER_MINUTE} requests a minute.",
            retry_after=max(1, math.ceil(wait)),
        )
    world.speech_times.append(now)


async def _events(
    ctx: Context, call: Call, spoken: Spoken, *, price: float, timed: bool
) -> AsyncGenerator[bytes]:
    yield b": speaking\n\n"
    pcm = await _samples(ctx, spoken)
    words = (await ctx.studio.words(spoken)).words if timed else ()
    for index, start in enumerate(range(0, len(pcm), RATE)):
        part = base64.b64encode(wav(pcm[start : start + RATE])).decode()
        yield _frame({"type": "audio", "part_index": index, "audio": part})
        if FAIL_TOKEN in spoken.text:
            yield _frame({"type": "error", "detail": "The speech could not be completed."})
            return
        last = start + RATE >= len(pcm)
        heard = [
            {
                "text": word.word,
                "start_time": word.start,
                "end_time": word.end,
                "confidence": _CONFIDENCE,
            }
            for word in words
            if index <= word.start and (last or word.start < index + 1)
        ]
        if heard:
            yield _frame({"type": "alignment", "word_alignments": heard})
    ctx.charge(call, "model_speech", spoken.id, price)
    yield b"data: [DONE]\n\n"


def _frame(event: dict[str, Any]) -> bytes:
    return b"data: " + msgspec.json.encode(event) + b"\n\n"


async def _samples(ctx: Context, spoken: Spoken) -> "array[int]":
    """What is heard: mono, 16 bits, 44,100 samples a second."""
    path = await ctx.studio.sound(spoken)

    def read() -> "array[int]":
        with wave.open(str(path), "rb") as file:
            rate, content = file.getframerate(), file.readframes(file.getnframes())
        pcm = array("h", content)
        if rate == RATE:
            return pcm
        # The renderer's rate is half of it: every sample twice, which sounds the same.
        doubled = array("h", bytes(4 * len(pcm)))
        doubled[0::2] = pcm
        doubled[1::2] = pcm
        return doubled

    return await asyncio.to_thread(read)


def wav(pcm: "array[int]") -> bytes:
    """Samples as a WAV file of their own."""
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(pcm.tobytes())
    return buffer.getvalue()


async def get_file(ctx: Context, call: Call) -> FileReply:
    """A spoken text, by a signed address."""
    request = call.request
    ctx.links.check(request.method, request.rel_url.raw_path, call.query, ctx.clock.now())
    path = ctx.files.path(f"{call.params['speech_id']}-{_STORED}")
    if not path.exists():
        raise Refusal(404, "NoSuchKey", "The specified key does not exist.")
    return FileReply(path, "audio/wav")


_PATH: Final = "/v3/models/audio/tts"
_FILE: Final = "/_storage/model-speeches/{speech_id}/{name}"
ROUTES: Final = (
    Route(method="POST", path=_PATH, handler=generate_model_speech),
    Route(method="POST", path=f"{_PATH}/stream", handler=stream_model_speech),
    *(
        Route(method=method, path=_FILE, handler=get_file, family=Family.STORAGE, streams=True)
        for method in ("GET", "HEAD")
    ),
)
