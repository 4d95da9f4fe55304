"""Model speech from end to end: whole, and piece by piece."""

import asyncio
import gc
import io
import wave
from collections.abc import AsyncIterator, Callable

import av
import pytest

from heygen_async import HeyGen, World
from heygen_async.errors import (
    BadRequestError,
    ConflictError,
    InsufficientCreditError,
    InvalidRequestError,
    NotFoundError,
    OutcomeUnknownError,
    RateLimitedError,
    ServerError,
    TransportError,
    UnauthorizedError,
)
from heygen_async.models.preview import (
    GenerateSpeech,
    ProfessionalVoice,
    SpeechAlignment,
    SpeechAudio,
    SpeechEvent,
    StreamSpeech,
)
from heygen_async.sandbox import Fault, Sandbox
from heygen_async.sandbox.clock import SandboxClock
from heygen_async.testing import SkippingClock
from tests.sandbox.kit import until, wav

STREAM = "/v3/models/audio/tts/stream"
TEXT = "Hello there, my friend. How are you today?"
LONG = f"{TEXT} " * 100


async def ready_voice(heygen: HeyGen) -> str:
    job = await heygen.preview.model_voices.create(
        ProfessionalVoice(
            mode="professional", name="Me", language="en", audio=[wav(1300, rate=100)]
        )
    )
    return (await job.wait()).voice_id


@pytest.fixture
async def voice(heygen: HeyGen) -> str:
    return await ready_voice(heygen)


def asked(voice: str, text: str = TEXT, *, timed: bool = False) -> StreamSpeech:
    return StreamSpeech(voice_id=voice, text=text, language="en", with_timestamps=timed)


def pcm(part: bytes) -> bytes:
    with wave.open(io.BytesIO(part)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 44_100)
        return file.readframes(file.getnframes())


async def heard(events: AsyncIterator[SpeechEvent]) -> tuple[list[SpeechAudio], list[str]]:
    parts, words = [], []
    async for event in events:
        match event:
            case SpeechAudio():
                parts.append(event)
            case SpeechAlignment():
                words += [each.text for each in event.word_alignments]
    return parts, words


async def test_a_text_is_spoken_into_a_file(heygen: HeyGen, sandbox: Sandbox, voice: str) -> None:
    request = GenerateSpeech(voice_id=voice, text=TEXT, language="en", seed=7)
    speech = await heygen.preview.model_speech.generate(request)
    # What the link leads to is what was promised.
    import aiohttp  # noqa: PLC0415

    async with aiohttp.ClientSession() as http, http.get(speech.audio_url) as reply:
        samples = pcm(await reply.read())
    assert len(samples) / 2 / 44_100 == pytest.approx(speech.duration, abs=0.001)
    assert [charge.kind for charge in sandbox.charges][-1] == "model_speech"
    assert sandbox.charges[-1].credits == round(len(TEXT) * 15e-6, 6)


async def test_a_stream_says_the_same_in_pieces(
    heygen: HeyGen, sandbox: Sandbox, voice: str
) -> None:
    stream = heygen.preview.model_speech.stream(asked(voice, timed=True))
    parts, words = await heard(aiter(stream))
    assert [part.part_index for part in parts] == list(range(len(parts)))
    assert len(parts) > 1
    seconds = sum(len(pcm(part.audio)) for part in parts) / 2 / 44_100
    assert 2 < seconds < 10
    assert " ".join(words) == TEXT
    assert stream.end_reason == "done"
    assert stream.request_id == sandbox.requests[-1].request_id
    assert sandbox.total_charged == round(len(TEXT) * 15e-6, 6)


async def test_words_come_only_when_asked_for(heygen: HeyGen, voice: str) -> None:
    stream = heygen.preview.model_speech.stream(asked(voice))
    assert (await heard(aiter(stream)))[1] == []


async def test_nothing_is_sent_before_it_is_read(
    heygen: HeyGen, voice: str, calls: Callable[[str, str], int]
) -> None:
    stream = heygen.preview.model_speech.stream(asked(voice))
    assert calls("POST", STREAM) == 0
    async with stream:
        await until(lambda: stream.request_id)
    assert calls("POST", STREAM) <= 1


@pytest.mark.parametrize("held", [True, False])
async def test_leaving_early_closes_and_costs_nothing(
    heygen: HeyGen,
    sandbox: Sandbox,
    voice: str,
    held: bool,  # noqa: FBT001
) -> None:
    stream = heygen.preview.model_speech.stream(asked(voice, LONG))
    connections = heygen._sessions._api_session().connector._acquired  # type: ignore[union-attr]
    if held:
        async with stream:
            async for _ in stream:
                assert len(connections) == 1
                break
        assert len(connections) == 0
    else:
        async for _ in stream:
            assert len(connections) == 1
            break
        await until(lambda: not connections)
    del stream
    gc.collect()  # a connection left open would warn, and a warning is an error here
    assert heygen.in_flight == 0
    await until(lambda: sandbox.requests[-1].path == STREAM)
    assert sandbox.requests[-1].status == 0
    assert sandbox.total_charged == 0


async def test_a_task_that_is_cancelled_closes_its_stream(heygen: HeyGen, voice: str) -> None:
    connections = heygen._sessions._api_session().connector._acquired  # type: ignore[union-attr]
    begun = asyncio.Event()

    async def listen() -> None:
        async for _ in heygen.preview.model_speech.stream(asked(voice, LONG)):
            begun.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(listen())
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await until(lambda: not connections)


async def test_a_stream_is_read_once(heygen: HeyGen, voice: str) -> None:
    stream = heygen.preview.model_speech.stream(asked(voice))
    assert [event async for event in stream]
    with pytest.raises(RuntimeError, match="read once"):
        async for _ in stream:
            pass


async def test_a_speech_that_fails_half_way_raises_and_costs_nothing(
    heygen: HeyGen, sandbox: Sandbox, voice: str
) -> None:
    events = []
    with pytest.raises(ServerError, match="could not be completed") as failed:
        async for event in heygen.preview.model_speech.stream(asked(voice, "Oh [[fail]] no.")):
            events.append(event)  # noqa: PERF401  what came before the end counts
    assert len(events) == 1
    assert failed.value.status == 200
    assert sandbox.total_charged == 0


@pytest.mark.parametrize("cut", [0, 30, 50_000, 200_000])
async def test_a_stream_that_breaks_off_is_no_whole_one(
    heygen: HeyGen, sandbox: Sandbox, voice: str, calls: Callable[[str, str], int], cut: int
) -> None:
    sandbox.fault(Fault(method="POST", path=STREAM, truncate_response_at=cut))
    with pytest.raises(TransportError):
        async for _ in heygen.preview.model_speech.stream(asked(voice)):
            pass
    assert calls("POST", STREAM) == 1
    assert sandbox.total_charged == 0


async def test_a_refusal_is_raised_before_the_stream_begins(
    heygen: HeyGen, sandbox: Sandbox, voice: str
) -> None:
    speech = heygen.with_options(max_retries=0).preview.model_speech
    for status, kind in ((401, UnauthorizedError), (429, RateLimitedError), (500, ServerError)):
        sandbox.fault(Fault(path=STREAM, status=status, retry_after=3))
        with pytest.raises(kind) as refused:
            async with speech.stream(asked(voice)):
                pass
        assert refused.value.status == status
        assert refused.value.retry_after == 3
        assert refused.value.request_id
    sandbox.fault(Fault(path=STREAM, status=402))
    with pytest.raises(InsufficientCreditError):
        await anext(aiter(speech.stream(asked(voice))))
    with pytest.raises(NotFoundError):
        await anext(aiter(speech.stream(asked("nobody"))))


async def test_opening_is_retried_as_every_call(
    heygen: HeyGen, sandbox: Sandbox, voice: str, calls: Callable[[str, str], int]
) -> None:
    sandbox.fault(Fault(path=STREAM, status=429, retry_after=20))
    sandbox.fault(Fault(path=STREAM, status=503))
    sandbox.fault(Fault(path=STREAM, drop=True))
    assert [event async for event in heygen.preview.model_speech.stream(asked(voice))]
    assert calls("POST", STREAM) == 4


async def test_generate_is_repeated_only_where_that_is_safe(
    heygen: HeyGen, sandbox: Sandbox, voice: str, calls: Callable[[str, str], int]
) -> None:
    request = GenerateSpeech(voice_id=voice, text=TEXT, language="en")
    path = "/v3/models/audio/tts"
    sandbox.fault(Fault(path=path, status=503))
    await heygen.preview.model_speech.generate(request)
    assert calls("POST", path) == 2
    sandbox.fault(Fault(path=path, commit_then_drop=True))
    with pytest.raises(OutcomeUnknownError):
        await heygen.preview.model_speech.generate(request)
    assert calls("POST", path) == 3


async def test_a_voice_that_is_not_ready_does_not_speak(heygen: HeyGen) -> None:
    job = await heygen.preview.model_voices.create(
        ProfessionalVoice(
            mode="professional", name="[[fail]]", language="en", audio=[wav(1300, rate=100)]
        )
    )
    for code in ("voice_not_ready", "voice_training_failed"):
        with pytest.raises(ConflictError) as refused:
            await heygen.preview.model_speech.generate(
                GenerateSpeech(voice_id=job.id, text=TEXT, language="en")
            )
        assert refused.value.code == code
        async for _ in job.updates():
            pass


async def test_the_31st_request_of_a_minute_waits(
    heygen: HeyGen, voice: str, clock: SkippingClock, calls: Callable[[str, str], int]
) -> None:
    started = clock.monotonic()
    request = GenerateSpeech(voice_id=voice, text="Hi.", language="en")
    for _ in range(31):
        await heygen.preview.model_speech.generate(request)
    assert clock.monotonic() - started >= 60
    assert calls("POST", "/v3/models/audio/tts") == 32


@pytest.mark.parametrize(
    "fields",
    [{"text": ""}, {"text": "x" * 5001}, {"seed": -1}, {"seed": 2**32}, {"language": ""}],
)
async def test_what_heygen_would_refuse_is_refused_here(
    heygen: HeyGen, sandbox: Sandbox, fields: dict[str, object]
) -> None:
    whole = {"voice_id": "v", "text": "Hi.", "language": "en"} | fields
    with pytest.raises(InvalidRequestError):
        heygen.preview.model_speech.stream(StreamSpeech(**whole))  # type: ignore[arg-type]
    with pytest.raises(InvalidRequestError):
        await heygen.preview.model_speech.generate(GenerateSpeech(**whole))  # type: ignore[arg-type]
    assert sandbox.requests == ()


async def test_nothing_to_say_is_refused(heygen: HeyGen, voice: str) -> None:
    with pytest.raises(BadRequestError, match="nothing that can be spoken"):
        await anext(aiter(heygen.preview.model_speech.stream(asked(voice, "..."))))


async def test_real_speech_can_be_decoded(clock: SkippingClock, world: World) -> None:
    shared = SandboxClock(source=clock.monotonic, epoch=clock.time())
    async with (
        Sandbox(media=True, clock=shared) as sandbox,
        HeyGen(api_key="k", base_url=sandbox.url, world=world) as heygen,
    ):
        clock.watch(lambda: heygen.in_flight)
        stream = heygen.preview.model_speech.stream(asked(await ready_voice(heygen), timed=True))
        parts, words = await heard(aiter(stream))
    assert " ".join(words) == TEXT
    loudest = 0
    for part in parts:
        with av.open(io.BytesIO(part.audio)) as container:
            (track,) = container.streams.audio
            assert (track.rate, track.channels) == (44_100, 1)
            for frame in container.decode(track):
                samples = memoryview(bytes(frame.planes[0])).cast("h")
                loudest = max(loudest, *samples)
    assert loudest > 3000
