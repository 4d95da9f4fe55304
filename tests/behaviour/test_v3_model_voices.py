"""Model voices from end to end: trained, copied, trained again, deleted."""

from collections.abc import Callable
from pathlib import Path

import pytest

from heygen_async import HeyGen
from heygen_async.errors import (
    BadRequestError,
    ConflictError,
    InvalidRequestError,
    JobFailedError,
    NotFoundError,
)
from heygen_async.models.preview import (
    InstantVoice,
    ModelVoiceMode,
    ModelVoiceStatus,
    ProfessionalVoice,
)
from heygen_async.sandbox import Fault, Sandbox
from heygen_async.testing import SkippingClock
from tests.sandbox.kit import wav

# Instant voices are newer than the vendor's description.
newer = pytest.mark.odd_replies

HOUR = 3600.0


def recording(seconds: float = 1300) -> bytes:
    return wav(seconds, rate=100)


def trained(name: str = "Ada", **more: object) -> ProfessionalVoice:
    return ProfessionalVoice(
        mode="professional", name=name, language="en", audio=[recording()], **more
    )  # type: ignore[arg-type]


async def test_a_professional_voice_is_trained(heygen: HeyGen, clock: SkippingClock) -> None:
    started = clock.monotonic()
    job = await heygen.preview.model_voices.create(trained())
    assert job.kind == "model voice"
    assert (await job.read()).status is ModelVoiceStatus.PENDING
    voice = await job.wait()
    assert (voice.voice_id, voice.name, voice.language) == (job.id, "Ada", "en")
    assert voice.status is ModelVoiceStatus.ACTIVE
    assert voice.mode is ModelVoiceMode.PROFESSIONAL
    assert 1200 <= clock.monotonic() - started < 2 * HOUR
    assert await heygen.preview.model_voices.job(job.id).wait() == voice
    assert await heygen.preview.model_voices.get(job.id) == voice


@newer
async def test_an_instant_voice_is_copied(
    heygen: HeyGen, clock: SkippingClock, sandbox: Sandbox, tmp_path: Path
) -> None:
    file = tmp_path / "me.wav"
    file.write_bytes(recording(8))
    job = await heygen.preview.model_voices.create(
        InstantVoice(name="Me", audio=[file], similarity="max", remove_background_noise=False)
    )
    voice = await job.wait()
    assert voice.mode is ModelVoiceMode.INSTANT
    assert clock.monotonic() < 60
    assert sandbox.total_charged == 0


async def test_a_training_that_fails_says_why(heygen: HeyGen) -> None:
    job = await heygen.preview.model_voices.create(trained("[[fail]]"))
    with pytest.raises(JobFailedError) as failed:
        await job.wait()
    assert failed.value.status == "FAILED"
    assert failed.value.failure_code == "TRAINING_FAILED"


async def test_a_voice_is_trained_again(heygen: HeyGen) -> None:
    voices = heygen.preview.model_voices
    voice = await (await voices.create(trained())).wait()
    again = await voices.create(ProfessionalVoice(voice_id=voice.voice_id, audio=[recording()]))
    assert again.id == voice.voice_id
    with pytest.raises(ConflictError) as busy:
        await heygen.with_options(max_retries=0).preview.model_voices.create(
            ProfessionalVoice(voice_id=voice.voice_id, audio=[recording()])
        )
    assert busy.value.code == "resource_not_ready"
    renewed = await again.wait()
    assert renewed == voice


async def test_a_voice_is_deleted_but_not_while_it_is_trained(heygen: HeyGen) -> None:
    voices = heygen.preview.model_voices
    job = await voices.create(trained())
    with pytest.raises(ConflictError):
        await heygen.with_options(max_retries=0).preview.model_voices.delete(job.id)
    await job.wait()
    assert (await voices.delete(job.id)).status == "ok"
    assert (await voices.delete(job.id)).status == "ok"
    with pytest.raises(NotFoundError):
        await voices.get(job.id)
    with pytest.raises(NotFoundError):
        await voices.delete("nobody")
    assert (await voices.list()).items == []


@newer
async def test_an_instant_voice_can_be_deleted_at_once(heygen: HeyGen) -> None:
    job = await heygen.preview.model_voices.create(InstantVoice(name="Me", audio=[recording(3)]))
    await heygen.preview.model_voices.delete(job.id)
    assert (await heygen.preview.model_voices.list()).items == []


@newer
async def test_voices_are_listed_newest_first_in_pages(heygen: HeyGen) -> None:
    voices = heygen.preview.model_voices
    made = [
        (await voices.create(InstantVoice(name=f"V{n}", audio=[recording(3)]))).id for n in range(5)
    ]
    assert [voice.voice_id async for voice in voices.list(limit=2)] == made[::-1]
    assert [voice.name async for voice in voices.list(max_items=1)] == ["V4"]
    with pytest.raises(InvalidRequestError, match="limit"):
        voices.list(limit=101)


@pytest.mark.parametrize("given", [{"name": "A"}, {"language": "en"}, {}])
async def test_a_new_voice_needs_a_name_and_a_language(
    heygen: HeyGen, sandbox: Sandbox, given: dict[str, str]
) -> None:
    with pytest.raises(InvalidRequestError, match="a new voice needs one"):
        await heygen.preview.model_voices.create(
            ProfessionalVoice(audio=["as1"], mode="professional", **given)  # type: ignore[arg-type]
        )
    assert sandbox.requests == ()


async def test_too_little_audio_and_too_many_voices_are_refused(heygen: HeyGen) -> None:
    voices = heygen.preview.model_voices
    with pytest.raises(BadRequestError, match="at least 1200 s"):
        await voices.create(
            ProfessionalVoice(
                mode="professional", name="A", language="en", audio=[recording(600), recording(599)]
            )
        )
    asset = await heygen.assets.upload(recording())
    full = ProfessionalVoice(mode="professional", name="A", language="en", audio=[asset.asset_id])
    for _ in range(5):
        await voices.create(full)
    with pytest.raises(BadRequestError) as refused:
        await voices.create(full)
    assert refused.value.code == "resource_limit_reached"


async def test_a_create_that_gets_no_answer_makes_one_voice(
    heygen: HeyGen, sandbox: Sandbox, calls: Callable[[str, str], int]
) -> None:
    sandbox.fault(Fault(method="POST", path="/v3/models/audio/voices", commit_then_drop=True))
    await heygen.preview.model_voices.create(trained())
    assert calls("POST", "/v3/models/audio/voices") == 2
    assert len((await heygen.preview.model_voices.list()).items) == 1
