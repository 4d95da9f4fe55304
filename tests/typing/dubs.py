"""Typical use of translations and lipsyncs, never run: mypy and pyright have to see every type."""

from pathlib import Path
from typing import assert_type

from heygen_async import HeyGen, Job, TranslationJobs, TranslationResults
from heygen_async.api.pages import Pager
from heygen_async.errors import HeyGenError
from heygen_async.models import (
    Batch,
    BatchItem,
    CreateLipsync,
    CreateLipsyncBatch,
    CreateProofread,
    CreateVideoTranslation,
    CreateVideoTranslationBatch,
    Lipsync,
    Proofread,
    ProofreadSrt,
    StatusEntry,
    VideoTranslation,
)


async def translations(heygen: HeyGen) -> None:
    api = heygen.translations
    request = CreateVideoTranslation(
        video=Path("talk.mp4"), output_languages=["German"], mode="precision", srt=b"1\n"
    )
    jobs = await api.create(request, idempotency_key="k")
    assert_type(jobs, TranslationJobs[VideoTranslation])
    assert_type(jobs["German"], Job[VideoTranslation])
    assert_type([job.id for job in jobs], list[str])
    done = await jobs.wait(timeout=60)
    assert_type(done, TranslationResults[VideoTranslation])
    assert_type(done.results["German"], VideoTranslation)
    assert_type(done.errors.get("German"), HeyGenError | None)
    assert_type(await api.get("t"), VideoTranslation)
    assert_type(api.list(limit=5), Pager[VideoTranslation])
    assert_type(await api.list_languages(), list[str])
    assert_type(await api.list_statuses(["t"], batch_ids=["b"]), list[StatusEntry])
    many = CreateVideoTranslationBatch(video_translations=[request])
    assert_type(await api.create_batch(many), Job[Batch])
    assert_type(api.list_batch_items("b"), Pager[BatchItem])


async def proofreads(heygen: HeyGen) -> None:
    api = heygen.translations
    request = CreateProofread(video="asset", output_languages=["German"], title="Talk")
    jobs = await api.create_proofread(request)
    assert_type(jobs, TranslationJobs[Proofread])
    assert_type(await api.get_proofread_srt("p"), ProofreadSrt)
    assert_type(await api.update_proofread_srt("p", srt=Path("talk.srt")), Proofread)
    assert_type(await api.generate_from_proofread("p"), Job[VideoTranslation])


async def lipsyncs(heygen: HeyGen) -> None:
    request = CreateLipsync(video=Path("talk.mp4"), audio=Path("words.mp3"))
    assert_type(await heygen.lipsyncs.create(request), Job[Lipsync])
    assert_type(heygen.lipsyncs.job("l"), Job[Lipsync])
    many = CreateLipsyncBatch(lipsyncs=[request])
    assert_type(await heygen.lipsyncs.create_batch(many), Job[Batch])
    assert_type(await heygen.lipsyncs.list_statuses(["l"]), list[StatusEntry])
