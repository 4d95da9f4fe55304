"""Speech, brand voices and the account of v1: what v3 knows, in older shapes."""

from pathlib import Path

import pytest

from heygen_async import HeyGen
from heygen_async.errors import APIError, BadRequestError, InvalidRequestError
from heygen_async.models import CreateBrandGlossary, CreateSpeech, GlossaryTerm
from heygen_async.models.v2 import UpdateBrandVoice
from heygen_async.sandbox import Sandbox


async def test_a_text_is_spoken(heygen: HeyGen, sandbox: Sandbox, tmp_path: Path) -> None:
    voices = [each async for each in heygen.v2.audio.list_voices(language="German", limit=2)]
    known = {each.voice_id for each in await heygen.v2.voices.list()}
    assert {each.language for each in voices} == {"German"}
    assert {each.voice_id for each in voices} < known
    said = await heygen.v2.audio.text_to_speech(
        CreateSpeech(text="Guten Tag zusammen.", voice_id=voices[0].voice_id, speed=1.2)
    )
    assert said.word_timestamps is not None
    assert [each.word for each in said.word_timestamps][:: len(said.words) + 1] == [
        "<start>",
        "<end>",
    ]
    assert [each.word for each in said.words] == ["Guten", "Tag", "zusammen."]
    path = await heygen.voices.download_speech(said, path=tmp_path / "tag.wav")
    assert path.read_bytes()[:4] == b"RIFF"
    assert [charge.kind for charge in sandbox.charges] == ["speech"]


async def test_not_every_voice_of_a_video_speaks_texts(heygen: HeyGen) -> None:
    speakers = {each.voice_id async for each in heygen.v2.audio.list_voices(limit=100)}
    silent = [each for each in await heygen.v2.voices.list() if each.voice_id not in speakers]
    assert silent
    with pytest.raises(BadRequestError, match="starfish"):
        await heygen.v2.audio.text_to_speech(
            CreateSpeech(text="Hello.", voice_id=silent[0].voice_id)
        )
    assert (await heygen.v2.audio.list_voices(type="private")).items == []
    with pytest.raises(InvalidRequestError, match="limit"):
        heygen.v2.audio.list_voices(limit=101)


async def test_brand_voices_are_the_glossaries_of_v3(heygen: HeyGen) -> None:
    term = GlossaryTerm(term="SaaS", pronunciation="sass")
    for name in ("One", "Two", "Three"):
        await heygen.brand_glossaries.create(CreateBrandGlossary(name=name, terms=[term]))
    listed = [each async for each in heygen.v2.brand_voices.list(limit=2)]
    assert [each.name for each in listed] == ["Three", "Two", "One"]
    assert listed[0].vocabulary == [["SaaS", "sass"]]
    named = (await heygen.v2.brand_voices.list(name_only=True)).items
    assert [(each.name, each.vocabulary) for each in named] == [
        ("Three", None),
        ("Two", None),
        ("One", None),
    ]
    changed = await heygen.v2.brand_voices.update(
        listed[0].id,
        request=UpdateBrandVoice(
            name="Four", whitelist=[("cloud", "Wolke")], blacklist=["HeyGen"], tones=["warm"]
        ),
    )
    assert changed is not None
    assert changed.vocabulary == [["SaaS", "sass"]]
    assert (changed.name, changed.tones) == ("Four", ["warm"])
    glossary = await heygen.brand_glossaries.get(listed[0].id)
    assert glossary.name == "Four"
    assert [each.term for each in glossary.do_not_translate_terms] == ["HeyGen"]
    assert [each.translation for each in glossary.forced_translations] == ["Wolke"]


async def test_refusals_of_brand_voices(heygen: HeyGen) -> None:
    with pytest.raises(InvalidRequestError, match="at least one"):
        await heygen.v2.brand_voices.update("b", request=UpdateBrandVoice())
    with pytest.raises(InvalidRequestError, match="vocabulary"):
        await heygen.v2.brand_voices.update(
            "b",
            request=UpdateBrandVoice(vocabulary=[("one",)]),  # type: ignore[list-item]
        )
    with pytest.raises(APIError, match="not found") as caught:
        await heygen.v2.brand_voices.update("b", request=UpdateBrandVoice(tone="warm"))
    assert caught.value.status == 200


async def test_the_account_of_v1_is_that_of_v3(heygen: HeyGen) -> None:
    assert await heygen.v2.users.get_current() == await heygen.users.get_current()
