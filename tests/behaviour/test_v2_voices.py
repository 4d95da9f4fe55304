"""Voices of v1 and v2: the same ones in every shape, and a try of one."""

from pathlib import Path

import pytest

from heygen_async import HeyGen
from heygen_async.errors import BadRequestError, InvalidRequestError, NotFoundError
from heygen_async.models.v2 import LegacyVoice, PreviewVoice


async def test_v1_and_v2_list_the_voices_of_v3(heygen: HeyGen) -> None:
    voices = await heygen.v2.voices.list()
    known = [each async for each in heygen.voices.list(limit=100)]
    assert [each.voice_id for each in voices] == [each.voice_id for each in known]
    assert {each.gender for each in voices} > {"female", "male"}
    silent = [each for each in voices if not each.preview_audio]
    assert silent
    assert not any(each.support_interactive_avatar for each in silent)
    older = await heygen.v2.voices.list_v1()
    assert [each.voice_id for each in older] == [each.voice_id for each in voices]
    first = older[0]
    assert (first.display_name, first.language, first.locale) == ("Ada", "English", "en-AU")
    assert first.gender == "Female"
    assert first.preview is not None
    assert first.preview.movio == voices[0].preview_audio
    assert first.ssml is not None
    assert first.ssml["break"] is True


async def test_accents_are_listed(heygen: HeyGen) -> None:
    locales = {each.locale: each for each in await heygen.v2.voices.list_locales()}
    assert (locales["pt-BR"].language, locales["pt-BR"].label) == (
        "Portuguese",
        "Portuguese (Brazil)",
    )


@pytest.fixture
async def voice(heygen: HeyGen) -> LegacyVoice:
    return (await heygen.v2.voices.list())[0]


async def test_a_voice_is_tried(heygen: HeyGen, voice: LegacyVoice, tmp_path: Path) -> None:
    said = await heygen.v2.voices.preview(
        PreviewVoice(voice_id=voice.voice_id, text="Hello there.", with_timestamps=True)
    )
    assert [each.word for each in said.words] == ["Hello", "there."]
    assert said.duration > 0
    path = await heygen.voices.download_speech(said, path=tmp_path / "hello.wav")
    assert path.read_bytes()[:4] == b"RIFF"
    short = await heygen.v2.voices.preview(
        PreviewVoice(voice_id=voice.voice_id, text="<p>Hello</p>", text_type="ssml")
    )
    assert (short.word_timestamps, short.status) == (None, "success")


async def test_refusals_of_a_try(heygen: HeyGen, voice: LegacyVoice) -> None:
    with pytest.raises(InvalidRequestError, match="text"):
        await heygen.v2.voices.preview(PreviewVoice(voice_id=voice.voice_id, text=""))
    with pytest.raises(InvalidRequestError, match="voice_id"):
        await heygen.v2.voices.preview(PreviewVoice(voice_id="a/b", text="Hello."))
    with pytest.raises(NotFoundError):
        await heygen.v2.voices.preview(PreviewVoice(voice_id="nobody", text="Hello."))
    with pytest.raises(BadRequestError, match="spoken"):
        await heygen.v2.voices.preview(PreviewVoice(voice_id=voice.voice_id, text="..."))
