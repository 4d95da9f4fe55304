"""Voices: found, cloned, deleted, and speaking."""

import wave
from array import array
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from heygen_async import HeyGen
from heygen_async.errors import (
    BadRequestError,
    ForbiddenError,
    InvalidRequestError,
    JobFailedError,
    LinkExpiredError,
    NotFoundError,
    OutcomeUnknownError,
    TargetError,
)
from heygen_async.models import (
    AvatarVideo,
    CloneVoice,
    CreateSpeech,
    DesignVoice,
    Speech,
    Voice,
    WordTimestamp,
)
from heygen_async.sandbox import Fault, Sandbox
from tests.sandbox.kit import STOCK, wav

RECORDING = wav(12.0)
Calls = Callable[[str, str], int]


@pytest.fixture
async def voice(heygen: HeyGen) -> Voice:
    return (await heygen.voices.list(engine="starfish", language="English")).items[0]


async def test_the_same_words_find_the_same_voices(heygen: HeyGen) -> None:
    search = DesignVoice(prompt="a calm German storyteller", gender="female")
    found = await heygen.voices.design(search)
    assert (len(found.voices), found.seed) == (3, 0)
    assert found.voices[0].language == "German"
    assert {each.gender.lower() for each in found.voices} == {"female"}
    assert (await heygen.voices.design(search)).voices == found.voices
    more = await heygen.voices.design(
        DesignVoice(prompt="a calm German storyteller", gender="female", seed=1)
    )
    assert more.seed == 1
    assert not {each.voice_id for each in more.voices} & {each.voice_id for each in found.voices}
    local = await heygen.voices.design(DesignVoice(prompt="anybody", locale="pt-BR"))
    assert {each.language for each in local.voices} == {"Portuguese"}
    with pytest.raises(BadRequestError, match="gender"):
        await heygen.voices.design(DesignVoice(prompt="anybody", gender="robot"))


async def test_a_shared_voice_is_read_and_stays(heygen: HeyGen, voice: Voice) -> None:
    detail = await heygen.voices.get(voice.voice_id)
    assert (detail.name, detail.language, detail.status) == (voice.name, voice.language, None)
    assert detail.preview_audio_url == voice.preview_audio_url
    with pytest.raises(ForbiddenError):
        await heygen.voices.delete(voice.voice_id)
    with pytest.raises(NotFoundError):
        await heygen.voices.get("nobody")


async def test_a_clone_is_made_and_speaks(heygen: HeyGen, tmp_path: Path) -> None:
    path = tmp_path / "me.wav"
    path.write_bytes(RECORDING)
    job = await heygen.voices.clone(CloneVoice(audio=path, voice_name="Me", language="de"))
    assert job.kind == "voice"
    assert job.created is not None
    assert job.created.status == "processing"
    assert (await heygen.voices.get(job.id)).preview_audio_url is None
    assert (await heygen.voices.list(type="private")).items == []
    made = await job.wait()
    assert (made.status, made.name, made.language) == ("complete", "Me", "German")
    assert [each.voice_id async for each in heygen.voices.list(type="private")] == [job.id]
    speech = await heygen.voices.create_speech(CreateSpeech(text="Guten Tag.", voice_id=job.id))
    assert speech.duration >= 1
    video = await heygen.videos.create(
        AvatarVideo(avatar_id=STOCK, script="Guten Tag.", voice_id=job.id)
    )
    assert (await video.wait()).video_url
    sample = await heygen.voices.job(job.id).download(tmp_path / "sample.wav")
    assert sample.read_bytes()[:4] == b"RIFF"


async def test_a_clone_can_fail(heygen: HeyGen) -> None:
    job = await heygen.voices.clone(CloneVoice(audio=RECORDING, voice_name="[[fail]]"))
    with pytest.raises(JobFailedError, match="No speech"):
        await job.wait()
    with pytest.raises(BadRequestError) as caught:
        await heygen.voices.create_speech(CreateSpeech(text="Hello.", voice_id=job.id))
    assert caught.value.code == "voice_unavailable"


async def test_a_second_deletion_is_no_error(heygen: HeyGen, sandbox: Sandbox) -> None:
    job = await heygen.voices.clone(CloneVoice(audio=RECORDING, voice_name="Me"))
    await job.wait()
    await heygen.voices.delete(job.id)
    await heygen.voices.delete(job.id)
    assert [each.status for each in sandbox.requests if each.method == "DELETE"] == [200, 404]
    with pytest.raises(NotFoundError):
        await heygen.voices.get(job.id)


async def test_a_deletion_whose_answer_is_lost_is_a_deletion(
    heygen: HeyGen, sandbox: Sandbox
) -> None:
    job = await heygen.voices.clone(CloneVoice(audio=RECORDING, voice_name="Me"))
    sandbox.fault(Fault(method="DELETE", path="/v3/voices/*", commit_then_drop=True))
    await heygen.voices.delete(job.id)
    with pytest.raises(NotFoundError):
        await heygen.voices.get(job.id)


async def test_a_speech_is_downloaded_with_its_words(
    heygen: HeyGen, voice: Voice, tmp_path: Path
) -> None:
    text = 'Hello there. <break time="0.5s"/> How are you?'
    request = CreateSpeech(text=text, voice_id=voice.voice_id, speed=1.5, locale="en-US")
    speech = await heygen.voices.create_speech(request)
    assert [each.word for each in speech.words] == ["Hello", "there.", "How", "are", "you?"]
    assert speech.word_timestamps is not None
    assert len(speech.word_timestamps) == 7
    assert all(each.start <= each.end <= speech.duration for each in speech.words)
    path = await heygen.voices.download_speech(speech, path=tmp_path / "hello.wav")
    with wave.open(str(path), "rb") as file:
        seconds = file.getnframes() / file.getframerate()
    assert seconds == pytest.approx(speech.duration, abs=0.05)
    with pytest.raises(TargetError, match="exists"):
        await heygen.voices.download_speech(speech, path=path)
    await heygen.voices.download_speech(speech, path=path, overwrite=True)


async def test_speed_and_pauses_are_heard(heygen: HeyGen, voice: Voice) -> None:
    async def seconds(text: str, **more: Any) -> float:
        request = CreateSpeech(text=text, voice_id=voice.voice_id, **more)
        return (await heygen.voices.create_speech(request)).duration

    words = "word " * 20
    plain = await seconds(words)
    assert await seconds(words, speed=2.0) == pytest.approx(plain / 2, rel=0.1)
    longer = await seconds(f'{words}<break time="2s"/>end')
    assert longer > plain + 2


async def test_marks_of_ssml_are_not_spoken(heygen: HeyGen, voice: Voice) -> None:
    ssml = '<speak>Salt <emphasis level="strong">&amp;</emphasis> pepper</speak>'
    request = CreateSpeech(text=ssml, voice_id=voice.voice_id, input_type="ssml")
    speech = await heygen.voices.create_speech(request)
    assert [each.word for each in speech.words] == ["Salt", "&", "pepper"]


async def test_a_speech_is_billed_by_the_second(
    heygen: HeyGen, sandbox: Sandbox, voice: Voice
) -> None:
    request = CreateSpeech(text="word " * 100, voice_id=voice.voice_id)
    speech = await heygen.voices.create_speech(request)
    (charge,) = sandbox.charges
    assert charge.kind == "speech"
    assert charge.credits == pytest.approx(speech.duration * 0.000667)


async def test_what_no_key_protects_is_not_sent_twice(
    heygen: HeyGen, sandbox: Sandbox, voice: Voice, calls: Calls
) -> None:
    sandbox.fault(Fault(method="POST", path="/v3/voices/*", commit_then_drop=True, times=2))
    with pytest.raises(OutcomeUnknownError):
        await heygen.voices.create_speech(CreateSpeech(text="Hi.", voice_id=voice.voice_id))
    with pytest.raises(OutcomeUnknownError):
        await heygen.voices.clone(CloneVoice(audio=RECORDING, voice_name="Me"))
    assert calls("POST", "/v3/voices/speech") == 1
    assert calls("POST", "/v3/voices/clone") == 1


async def test_the_link_of_a_speech_expires(
    heygen: HeyGen, sandbox: Sandbox, voice: Voice, tmp_path: Path
) -> None:
    speech = await heygen.voices.create_speech(CreateSpeech(text="Hi.", voice_id=voice.voice_id))
    sandbox.clock.advance(4000)
    with pytest.raises(LinkExpiredError):
        await heygen.voices.download_speech(speech, path=tmp_path / "late.wav")


@pytest.mark.parametrize(
    ("fields", "match"),
    [
        ({"text": "  "}, "something to say"),
        ({"text": ""}, "length"),
        ({"text": "x" * 5001}, "5000"),
        ({"text": 'One <break time="350ms"/> two'}, "seconds"),
        ({"speed": 2.1}, "2.0"),
        ({"input_type": "html"}, "input_type"),
    ],
)
async def test_a_speech_that_cannot_be_is_not_sent(
    heygen: HeyGen, calls: Calls, fields: dict[str, object], match: str
) -> None:
    given: dict[str, object] = {"text": "Hello.", "voice_id": "v1"}
    with pytest.raises(InvalidRequestError, match=match):
        await heygen.voices.create_speech(CreateSpeech(**(given | fields)))  # type: ignore[arg-type]
    assert calls("POST", "/v3/voices") == 0


async def test_real_speech_can_be_heard(tmp_path: Path) -> None:
    av = pytest.importorskip("av")
    async with (
        Sandbox(media=True) as sandbox,
        HeyGen(api_key="test-key", base_url=sandbox.url) as client,
    ):
        voices = await client.voices.list(engine="starfish")
        speech = await client.voices.create_speech(
            CreateSpeech(text="This is a test of speech.", voice_id=voices.items[0].voice_id)
        )
        path = await client.voices.download_speech(speech, path=tmp_path / "real.wav")
    with av.open(str(path)) as file:
        frames = [(frame.samples, bytes(frame.planes[0])) for frame in file.decode(audio=0)]
        rate = file.streams.audio[0].rate
    assert sum(count for count, _ in frames) / rate == pytest.approx(speech.duration, abs=0.1)
    loudest = max(max(array("h", sound), key=abs) for _, sound in frames)
    assert abs(loudest) > 1000
    assert len(speech.words) == 6


def test_words_leave_out_what_nobody_says() -> None:
    marks = [WordTimestamp(word=word, start=0, end=0) for word in ("<start>", "Hi", "<end>")]
    speech = Speech(audio_url="https://x/a.wav", word_timestamps=marks)
    assert [each.word for each in speech.words] == ["Hi"]
    assert Speech(audio_url="https://x/a.wav").words == []
