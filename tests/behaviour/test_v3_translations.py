"""Translations, proofreads and their batches, from the call to the file."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from heygen_async import HeyGen
from heygen_async.errors import (
    BadRequestError,
    InsufficientCreditError,
    InvalidRequestError,
    JobFailedError,
    JobTimeoutError,
    NotFoundError,
)
from heygen_async.models import (
    AssetUrl,
    CreateProofread,
    CreateVideoTranslation,
    CreateVideoTranslationBatch,
    GenerateFromProofread,
)
from heygen_async.sandbox import Fault, Sandbox
from tests.sandbox.kit import wav

FAR = AssetUrl(url="https://example.com/talk.mp4")
SRT = (
    b"1\n00:00:00,500 --> 00:00:02,000\nErste Zeile.\n\n2\n00:00:02,500 --> 00:00:04,000\nZweite.\n"
)


def talk(*languages: str, **fields: Any) -> CreateVideoTranslation:
    return CreateVideoTranslation(
        **{"video": FAR, "output_languages": list(languages or ("German",))} | fields
    )


async def fetched(url: str | None) -> bytes:
    assert url is not None
    async with aiohttp.ClientSession() as http, http.get(url) as reply:
        assert reply.status == 200
        return await reply.read()


async def test_a_translation_is_asked_for_waited_for_and_fetched(
    heygen: HeyGen, sandbox: Sandbox, tmp_path: Path
) -> None:
    jobs = await heygen.translations.create(
        talk("Spanish (Spain)", title="Talk", callback_url="https://x.example/", callback_id="c")
    )
    (job,) = jobs
    assert job.kind == "video translation"
    assert job.created is not None
    assert job.created.status == "pending"
    done = await job.wait()
    assert (done.id, done.status, done.output_language) == (job.id, "completed", "Spanish (Spain)")
    assert (done.title, done.duration, done.callback_id) == ("Talk", 10.0, "c")
    path = await job.download(tmp_path)
    assert path == tmp_path / f"{job.id}.mp4"
    assert path.read_bytes()[4:8] == b"ftyp"
    assert (await fetched(done.audio_url))[:1] == b"\xff"
    srt = (await fetched(done.srt_caption_url)).decode()
    vtt = (await fetched(done.vtt_caption_url)).decode()
    assert "Este vídeo" in srt
    assert " --> " in srt
    assert vtt.startswith("WEBVTT")
    (charge,) = sandbox.charges
    assert (charge.kind, charge.credits) == ("video_translation", 0.333)


async def test_several_languages_are_waited_for_together(
    heygen: HeyGen, sandbox: Sandbox, calls: Callable[[str, str], int]
) -> None:
    names = ["German", "Japanese (Japan)", "Arabic"]
    jobs = await heygen.translations.create(talk(*names, mode="precision"))
    assert list(jobs.jobs) == names
    assert len(jobs) == 3
    assert jobs.ids == [job.id for job in jobs]
    assert jobs["Arabic"].id == jobs.ids[2]
    assert repr(jobs) == "<TranslationJobs German, Japanese (Japan), Arabic>"
    done = await jobs.wait()
    assert done.errors == {}
    assert {name: each.output_language for name, each in done.results.items()} == {
        name: name for name in names
    }
    assert calls("GET", "/v3/video-translations/statuses") > 0
    assert [charge.credits for charge in sandbox.charges] == [0.667] * 3


async def test_a_language_that_fails_does_not_hide_the_others(
    heygen: HeyGen, sandbox: Sandbox
) -> None:
    jobs = await heygen.translations.create(talk("German", "French", "Italian"))
    sandbox._ctx.world.dubs[jobs["French"].id].failure = "It cannot be said in French."
    del sandbox._ctx.world.dubs[jobs["Italian"].id]
    done = await jobs.wait()
    assert list(done.results) == ["German"]
    assert list(done.errors) == ["French", "Italian"]
    problem = done.errors["French"]
    assert isinstance(problem, JobFailedError)
    assert problem.failure_message == "It cannot be said in French."


async def test_a_wait_for_all_that_ends_early_says_so_for_each(heygen: HeyGen) -> None:
    jobs = await heygen.translations.create(talk("German", "French"))
    done = await jobs.wait(timeout=1.0)
    assert done.results == {}
    assert all(isinstance(each, JobTimeoutError) for each in done.errors.values())
    assert (await jobs.wait()).errors == {}


async def test_an_answer_with_other_languages_loses_no_job(
    heygen: HeyGen, sandbox: Sandbox
) -> None:
    path = "/v3/video-translations"
    sandbox.fault(Fault(path=path, method="POST", reply={"video_translation_ids": ["a", "b"]}))
    jobs = await heygen.translations.create(talk("German"))
    assert jobs.ids == ["a", "b"]
    assert list(jobs.jobs) == ["a", "b"]


async def test_twelve_languages_get_their_turn_in_ten_slots(heygen: HeyGen) -> None:
    names = (await heygen.translations.list_languages())[:12]
    jobs = await heygen.translations.create(talk(*names))
    done = await jobs.wait()
    assert list(done.results) == names


async def test_the_job_of_an_id_reads_lists_and_renames(heygen: HeyGen) -> None:
    jobs = await heygen.translations.create(talk("German", "French", "Dutch"))
    again = heygen.translations.job(jobs.ids[0])
    assert (await again.wait()).id == jobs.ids[0]
    renamed = await heygen.translations.update(jobs.ids[0], title="New")
    assert renamed.title == "New"
    assert (await heygen.translations.get(jobs.ids[0])).title == "New"
    listed = [each.id async for each in heygen.translations.list(limit=2)]
    assert sorted(listed) == sorted(jobs.ids)
    page = await heygen.translations.list(limit=2)
    assert (len(page.items), page.next_token is None) == (2, False)
    gone = await heygen.translations.delete(jobs.ids[1])
    assert gone.id == jobs.ids[1]
    with pytest.raises(NotFoundError):
        await heygen.translations.get(jobs.ids[1])
    words = await heygen.translations.list_statuses([*jobs.ids[:2], "none"])
    assert [line.status for line in words] == ["completed", "not_found", "not_found"]


async def test_files_of_every_kind_are_uploaded_on_the_way(
    heygen: HeyGen, sandbox: Sandbox
) -> None:
    source = await heygen.translations.create(talk("German"))
    clip = await fetched((await source["German"].wait()).video_url)
    jobs = await heygen.translations.create(
        talk("German", video=clip, audio=wav(2.0), srt=SRT, srt_role="output", fps_mode="cfr")
    )
    done = await jobs["German"].wait()
    assert "Zweite." in (await fetched(done.srt_caption_url)).decode()
    assert [asset.mime for asset in sandbox._ctx.world.assets.values() if not asset.drawn] == [
        "audio/wav",
        "application/x-subrip",
        "video/mp4",
    ]


async def test_a_video_of_the_account_is_translated_by_its_link(heygen: HeyGen, look: Any) -> None:
    from heygen_async.models import AvatarVideo  # noqa: PLC0415

    made = await heygen.videos.create(AvatarVideo(avatar_id=look.id, script="One two three four."))
    video = await made.wait()
    assert video.video_url is not None
    jobs = await heygen.translations.create(talk("German", video=AssetUrl(url=video.video_url)))
    assert (await jobs["German"].wait()).duration == video.duration


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"output_languages": []}, "output_languages"),
        ({"output_languages": ["German", "German"]}, "output_languages[1]"),
        ({"output_languages": [" "]}, "output_languages[0]"),
        ({"callback_id": "c"}, "callback_id"),
        ({"start_time": -1.0}, "start_time"),
        ({"start_time": 4.0, "end_time": 4.0}, "end_time"),
        ({"srt_role": "input"}, "srt_role"),
        ({"brand_voice_id": "a", "brand_glossary_id": "b"}, "brand_voice_id"),
        ({"mode": "best"}, "mode"),
        ({"video": "a b"}, "video"),
    ],
)
async def test_what_contradicts_is_refused_before_it_is_sent(
    heygen: HeyGen, sandbox: Sandbox, fields: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidRequestError) as caught:
        await heygen.translations.create(talk(**fields))
    assert caught.value.field == field
    assert not sandbox.requests


async def test_an_unknown_language_and_too_little_money_are_refused(
    heygen: HeyGen, sandbox: Sandbox
) -> None:
    with pytest.raises(BadRequestError) as caught:
        await heygen.translations.create(talk("German", "Klingon"))
    assert caught.value.param == "output_languages[1]"
    sandbox._ctx.world.balance = 0.5
    with pytest.raises(InsufficientCreditError):
        await heygen.translations.create(talk("German", "French"))
    assert not sandbox.charges


async def test_a_proofread_goes_there_and_back(heygen: HeyGen, sandbox: Sandbox) -> None:
    translations = heygen.translations
    jobs = await translations.create_proofread(
        CreateProofread(video=FAR, output_languages=["German", "French"], title="Talk")
    )
    job = jobs["German"]
    assert job.kind == "proofread"
    with pytest.raises(BadRequestError):
        await translations.get_proofread_srt(job.id)
    done = await jobs.wait()
    assert done.errors == {}
    assert done.results["German"].output_language == "German"
    links = await translations.get_proofread_srt(job.id)
    assert links.original_srt_url is None
    draft = (await fetched(links.srt_url)).decode()
    assert "Testumgebung" in draft
    corrected = draft.replace("Testumgebung", "Werkstatt")
    after = await translations.update_proofread_srt(job.id, srt=corrected.encode())
    assert (after.id, after.status) == (job.id, "completed")
    links = await translations.get_proofread_srt(job.id)
    assert (await fetched(links.srt_url)).decode() == corrected
    final = await translations.generate_from_proofread(
        job.id, request=GenerateFromProofread(translate_audio_only=True)
    )
    video = await final.wait()
    assert (video.output_language, video.translate_audio_only) == ("German", True)
    assert (await fetched(video.srt_caption_url)).decode().strip() == corrected.strip()
    assert {charge.kind: charge.credits for charge in sandbox.charges} == {
        "proofread": 0.0,
        "video_translation": 0.333,
    }
    assert (await translations.proofread_job(job.id).wait()).id == job.id


async def test_a_proofread_keeps_the_subtitles_it_began_with(
    heygen: HeyGen, tmp_path: Path
) -> None:
    path = tmp_path / "talk.srt"
    path.write_bytes(SRT)
    jobs = await heygen.translations.create_proofread(
        CreateProofread(video=FAR, output_languages=["German"], title="Talk", srt=path)
    )
    await jobs.wait()
    (job,) = jobs
    links = await heygen.translations.get_proofread_srt(job.id)
    assert await fetched(links.original_srt_url) == SRT
    assert await fetched(links.srt_url) == SRT
    await heygen.translations.update_proofread_srt(job.id, srt=SRT.replace(b"Erste", b"Neue"))
    links = await heygen.translations.get_proofread_srt(job.id)
    assert await fetched(links.original_srt_url) == SRT
    assert b"Neue Zeile." in await fetched(links.srt_url)
    started = await heygen.translations.generate_from_proofread(job.id)
    assert (await started.wait()).translate_audio_only is False


async def test_a_proofread_that_fails_says_why(heygen: HeyGen) -> None:
    jobs = await heygen.translations.create_proofread(
        CreateProofread(video=FAR, output_languages=["German"], title="[[fail]]")
    )
    done = await jobs.wait()
    assert isinstance(done.errors["German"], JobFailedError)
    with pytest.raises(NotFoundError):
        await heygen.translations.get_proofread("none")


async def test_a_batch_has_an_item_per_language(heygen: HeyGen) -> None:
    translations = heygen.translations
    job = await translations.create_batch(
        CreateVideoTranslationBatch(
            title="Talks",
            video_translations=[
                talk("German", "French"),
                talk("Klingon"),
                talk("Dutch", title="[[fail]]"),
            ],
        )
    )
    assert job.kind == "batch"
    batch = await job.wait()
    assert (batch.title, batch.status, batch.total_items) == ("Talks", "completed", 4)
    assert batch.counts_by_status == {"completed": 2, "failed": 2}
    items = [item async for item in translations.list_batch_items(job.id, limit=3)]
    assert [item.status for item in items] == ["completed", "completed", "failed", "failed"]
    assert [item.video_id is None for item in items] == [False, False, True, False]
    first = items[0].video_id
    assert first is not None
    assert (await translations.job(first).read()).output_language == "German"
    lines = await translations.list_statuses(batch_ids=[job.id])
    assert [(line.batch_id, line.item_index) for line in lines] == [(job.id, n) for n in range(4)]
    again = await translations.batch_job(job.id).wait()
    assert again.batch_id == job.id


async def test_a_batch_of_too_many_languages_is_refused(heygen: HeyGen, sandbox: Sandbox) -> None:
    many = [talk(*(f"L{number}" for number in range(51)))] * 2
    with pytest.raises(InvalidRequestError) as caught:
        await heygen.translations.create_batch(CreateVideoTranslationBatch(video_translations=many))
    assert caught.value.field == "video_translations"
    wrong = CreateVideoTranslationBatch(video_translations=[talk(), talk(callback_id="c")])
    with pytest.raises(InvalidRequestError) as caught:
        await heygen.translations.create_batch(wrong)
    assert caught.value.field == "video_translations[1].callback_id"
    assert not sandbox.requests


@pytest.mark.parametrize("ids", [[], ["a"] * 101, "a,b"])
async def test_statuses_take_up_to_a_hundred_ids(heygen: HeyGen, ids: Any) -> None:
    with pytest.raises(InvalidRequestError):
        await heygen.translations.list_statuses(ids)


async def test_nothing_is_uploaded_for_a_request_that_is_wrong(
    heygen: HeyGen, sandbox: Sandbox, tmp_path: Path
) -> None:
    path = tmp_path / "talk.srt"
    path.write_bytes(SRT)
    for wrong in ({"callback_id": "c"}, {"audio": "two words"}, {"mode": "best"}):
        with pytest.raises(InvalidRequestError):
            await heygen.translations.create(talk(srt=path, **wrong))
    assert not sandbox.requests
