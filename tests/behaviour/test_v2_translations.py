"""Translations of v2: one language or several, both spellings, both sets of words."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from heygen_async import HeyGen
from heygen_async.errors import (
    BadRequestError,
    DecodeError,
    InvalidRequestError,
    JobFailedError,
    JobLostError,
    NotFoundError,
    OutcomeUnknownError,
)
from heygen_async.models.v2 import TranslateVideo
from heygen_async.sandbox import Fault, Sandbox

FAR = "https://example.com/talk.mp4"


def talk(**fields: Any) -> TranslateVideo:
    return TranslateVideo(**{"video_url": FAR, "output_language": "German"} | fields)


async def test_a_translation_is_asked_for_waited_for_and_fetched(
    heygen: HeyGen, sandbox: Sandbox, tmp_path: Path
) -> None:
    jobs = await heygen.v2.translations.create(talk(title="Talk"))
    (job,) = jobs
    assert (job.kind, list(jobs.jobs)) == ("video translation", ["German"])
    first = await job.read()
    assert (first.status, first.url, first.id) == ("pending", None, job.id)
    done = await job.wait()
    assert (done.status, done.title, done.output_language) == ("success", "Talk", "German")
    assert (done.id, done.video_translate_id) == (job.id, job.id)
    assert done.url == done.video_url
    path = await heygen.v2.translations.job(job.id).download(tmp_path)
    assert path.read_bytes()[4:8] == b"ftyp"
    assert [(each.kind, each.credits) for each in sandbox.charges] == [("video_translation", 1.5)]


async def test_several_languages_are_several_jobs_and_several_charges(
    heygen: HeyGen, sandbox: Sandbox
) -> None:
    names = ["German", "es-ES"]
    jobs = await heygen.v2.translations.create(
        talk(output_language=None, output_languages=names, mode="precision")
    )
    assert list(jobs.jobs) == names
    done = await jobs.wait()
    assert done.errors == {}
    spanish = done.results["es-ES"]
    assert spanish.output_language == "Spanish (Spain)"
    assert [each.credits for each in sandbox.charges] == [3.0, 3.0]


async def test_v3_shows_what_v2_has_translated(heygen: HeyGen) -> None:
    (job,) = await heygen.v2.translations.create(talk())
    await job.wait()
    shown = await heygen.translations.get(job.id)
    assert (shown.status, shown.output_language) == ("completed", "German")


async def test_captions_are_there_when_the_translation_is(heygen: HeyGen) -> None:
    (job,) = await heygen.v2.translations.create(talk())
    with pytest.raises(BadRequestError, match="not completed"):
        await heygen.v2.translations.get_caption(job.id)
    await job.wait()
    for kind, head in (("srt", "1\n"), ("vtt", "WEBVTT")):
        caption = await heygen.v2.translations.get_caption(job.id, caption_type=kind)  # type: ignore[arg-type]
        async with aiohttp.ClientSession() as http, http.get(caption.caption_url) as reply:
            assert (await reply.text()).startswith(head)


async def test_languages_are_named_as_they_are_taken(heygen: HeyGen) -> None:
    names = await heygen.v2.translations.list_languages()
    assert "German" in names
    (job,) = await heygen.v2.translations.create(talk(output_language=names[0]))
    assert (await job.read()).output_language == names[0]


@pytest.mark.parametrize(
    ("word", "more"),
    [("completed", {"video_url": "http://x/a"}), ("success", {"url": "http://x/a"})],
)
async def test_either_set_of_words_and_names_ends_a_wait(
    heygen: HeyGen, sandbox: Sandbox, word: str, more: dict[str, str]
) -> None:
    (job,) = await heygen.v2.translations.create(talk())
    answers = [{"id": job.id, "status": "processing"}, {"id": job.id, "status": word} | more]
    for answer in answers:
        sandbox.fault(Fault(method="GET", path="/v2/video_translate/", reply=answer))
    done = await job.wait()
    assert (done.url, done.video_url) == ("http://x/a", "http://x/a")
    assert done.video_translate_id == job.id


async def test_a_word_without_a_link_is_waited_for(heygen: HeyGen, sandbox: Sandbox) -> None:
    (job,) = await heygen.v2.translations.create(talk())
    bare = {"id": job.id, "status": "success", "url": None}
    sandbox.fault(Fault(method="GET", path="/v2/video_translate/", reply=bare))
    assert (await job.wait()).url


async def test_a_failure_says_why(heygen: HeyGen) -> None:
    (job,) = await heygen.v2.translations.create(talk(title="[[fail]]"))
    with pytest.raises(JobFailedError, match="moderation"):
        await job.wait()


async def test_an_unknown_id_is_not_found_and_lost(heygen: HeyGen) -> None:
    with pytest.raises(NotFoundError, match="nobody"):
        await heygen.v2.translations.get("nobody")
    with pytest.raises(JobLostError):
        await heygen.v2.translations.job("nobody").wait()


async def test_an_answer_without_an_id_is_no_answer(heygen: HeyGen, sandbox: Sandbox) -> None:
    sandbox.fault(Fault(method="POST", path="/v2/video_translate", reply={}))
    with pytest.raises(DecodeError, match="neither"):
        await heygen.v2.translations.create(talk())


async def test_a_request_without_an_answer_is_not_sent_again(
    heygen: HeyGen, sandbox: Sandbox, calls: Callable[[str, str], int]
) -> None:
    sandbox.fault(Fault(method="POST", path="/v2/video_translate", commit_then_drop=True))
    with pytest.raises(OutcomeUnknownError):
        await heygen.v2.translations.create(talk())
    assert calls("POST", "/v2/video_translate") == 1


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"output_languages": ["French"]}, "output_language or output_languages"),
        ({"output_language": None}, "output_language or output_languages"),
        ({"output_language": None, "output_languages": []}, "output_languages"),
        ({"output_language": None, "output_languages": ["A", "A"]}, "output_languages[1]"),
        ({"callback_id": "c"}, "callback_id"),
        ({"start_time": 5.0, "end_time": 5.0}, "end_time"),
        ({"start_time": -1.0}, "start_time"),
        ({"srt_role": "input"}, "srt_role"),
        ({"fps_mode": "cfr"}, "fps_mode"),
        ({"brand_voice_id": "a", "brand_glossary_id": "b"}, "brand_voice_id"),
        ({"mode": "quality"}, "mode"),
        ({"video_url": ""}, "video_url"),
    ],
)
async def test_what_contradicts_is_refused_before_anything_is_sent(
    heygen: HeyGen, sandbox: Sandbox, fields: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidRequestError) as caught:
        await heygen.v2.translations.create(talk(**fields))
    assert caught.value.field == field
    assert sandbox.requests == ()
