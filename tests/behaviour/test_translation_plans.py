"""One video into many languages in one call, each with an outcome of its own."""

import asyncio
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from heygen_async import HeyGen, Made, TranslationPlan, estimate
from heygen_async.errors import (
    CreditShortageError,
    HeyGenError,
    InsufficientCreditError,
    InvalidRequestError,
    JobFailedError,
    NotFoundError,
    TargetError,
)
from heygen_async.models import AssetUrl, AvatarLook, AvatarVideo
from heygen_async.sandbox import Fault, Sandbox
from tests.behaviour.conftest import PHOTO
from tests.behaviour.walks import (
    bill,
    broken_off,
    cancelled_everywhere,
    killed_anywhere,
    posts,
    tasks,
)

Calls = Callable[[str, str], int]
FAR = AssetUrl(url="https://example.com/talk.mp4")  # ten seconds, in the sandbox
LANGUAGES = ["German", "Spanish (Spain)", "French"]


def talk(folder: Path | None = None, **more: Any) -> TranslationPlan:
    plan = TranslationPlan(video=FAR, output_languages=LANGUAGES, folder=folder, seconds=10)
    return msgspec.structs.replace(plan, **more)


async def clip(heygen: HeyGen, folder: Path) -> Path:
    """A video on the disk."""
    look = (await heygen.avatars.list_looks(ownership="public")).items[0]
    job = await heygen.videos.create(AvatarVideo(avatar_id=look.id, script="Hello."))
    return await job.download(folder / "clip.mp4")


async def test_every_language_gets_its_files(
    heygen: HeyGen, sandbox: Sandbox, tmp_path: Path
) -> None:
    plan, made = talk(tmp_path, captions=True), Made()
    async with heygen.orchestrator() as studio:
        done = await studio.translate(plan, made=made)
    assert list(done.results) == LANGUAGES
    assert done.errors == {}
    for language, video in done.results.items():
        assert video.id == made.ids[f"translation {language}"]
        assert video.video.output_language == language
        assert video.path == tmp_path / f"{language}.mp4"
        assert video.path.stat().st_size > 1000
        assert video.captions is not None
        assert "-->" in video.captions.read_text("utf-8")
    assert posts(sandbox) == {"/v3/video-translations": 1}
    assert sandbox.total_charged == pytest.approx(estimate(plan).usd)
    assert estimate(plan, made=made).costs == ()
    assert str(estimate(plan).costs[0]) == "translation 3 x 0.333 USD"


async def test_a_video_of_heygens_own_is_the_source(
    heygen: HeyGen, sandbox: Sandbox, look: AvatarLook
) -> None:
    video = await heygen.videos.create(AvatarVideo(avatar_id=look.id, script="Hello."))
    await video.wait()
    made = Made()
    async with heygen.orchestrator() as studio:
        plan = TranslationPlan(video_id=video.id, output_languages=["German"])
        with pytest.raises(NotFoundError):
            await studio.translate(TranslationPlan(video_id="none", output_languages=["German"]))
        done = await studio.translate(plan, made=made)
        assert "http" not in str(made), "a link would be a secret, and run out"
        more = msgspec.structs.replace(plan, output_languages=["German", "French"])
        both = await studio.translate(more, made=made)
    assert done.results["German"].id == both.results["German"].id
    assert posts(sandbox)["/v3/video-translations"] == 2
    uploads = posts(sandbox)["/v3/assets"]
    assert uploads == 2, "the look's photo, and the source once"


async def test_one_language_that_fails_sinks_no_other(
    heygen: HeyGen, sandbox: Sandbox, tmp_path: Path
) -> None:
    plan, made = talk(tmp_path, title="Talk [[fail German]]"), Made()
    async with heygen.orchestrator() as studio:
        done = await studio.translate(plan, made=made)
        assert list(done.results) == LANGUAGES[1:]
        (problem,) = done.errors.values()
        assert isinstance(problem, JobFailedError)
        assert "step 'translation German'" in problem.__notes__[-1]
        assert made.failed == {"translation German": [problem.job_id]}
        again = await studio.translate(plan, made=made)
        assert [type(each) for each in again.errors.values()] == [JobFailedError]
        third = await studio.translate(msgspec.structs.replace(plan, title="Talk"), made=made)
    assert third.errors == {}
    assert [third.results[each].id for each in LANGUAGES[1:]] == [
        done.results[each].id for each in LANGUAGES[1:]
    ]
    assert len(set(made.failed["translation German"])) == 2, "made anew, not replayed"
    assert bill(sandbox) == {("video_translation", 0.333): 5}


async def test_a_file_that_does_not_come_is_an_outcome_too(
    heygen: HeyGen, sandbox: Sandbox, tmp_path: Path
) -> None:
    made = Made()
    async with heygen.orchestrator() as studio:
        sandbox.fault(Fault(path="/_storage/dubs/", status=400))
        done = await studio.translate(talk(tmp_path), made=made)
        assert len(done.results) == 2
        ((language, problem),) = done.errors.items()
        assert isinstance(problem, HeyGenError)
        assert f"translation {language}" in made.ids, "it is paid"
        again = await studio.translate(talk(tmp_path), made=made)
    assert again.errors == {}
    assert len(sandbox.charges) == 3


@pytest.mark.parametrize("lost", ["drop", "commit_then_drop"])
@pytest.mark.parametrize("source", ["link", "file"])
async def test_wherever_connections_die_nothing_is_paid_twice(
    heygen: HeyGen, sandbox: Sandbox, tmp_path: Path, lost: str, source: str
) -> None:
    plan = talk(tmp_path, captions=True, overwrite=True)
    if source == "file":
        plan = msgspec.structs.replace(plan, video=await clip(heygen, tmp_path))

    async def work(made: Made) -> None:
        async with heygen.orchestrator() as studio:
            done = await studio.translate(plan, made=made)
            if done.errors:
                raise next(iter(done.errors.values()))

    assert await broken_off(sandbox, work, **{lost: True}) >= 3


async def test_cancelled_anywhere_it_goes_on(
    heygen: HeyGen, sandbox: Sandbox, tmp_path: Path
) -> None:
    async def work(made: Made) -> None:
        async with heygen.orchestrator() as studio:
            await studio.translate(talk(tmp_path, overwrite=True), made=made)

    assert await cancelled_everywhere(sandbox, work) > 5


async def test_killed_anywhere_it_goes_on(heygen: HeyGen, sandbox: Sandbox, tmp_path: Path) -> None:
    plan = talk(tmp_path, overwrite=True, video=await clip(heygen, tmp_path))

    async def work(made: Made, keep: Callable[[Made], object]) -> None:
        async with heygen.orchestrator() as studio:
            assert not (await studio.translate(plan, made=made, keep=keep)).errors

    assert await killed_anywhere(sandbox, work) > 5


async def test_a_language_that_is_added_meanwhile_pays_no_other_again(
    heygen: HeyGen, sandbox: Sandbox
) -> None:
    sandbox.fault(
        Fault(path="/v3/video-translations", method="POST", commit_then_drop=True, times=9)
    )
    made = Made()
    async with heygen.orchestrator() as studio:
        with pytest.raises(HeyGenError):
            await studio.translate(talk(), made=made)
        sandbox._running.faults.clear()
        with pytest.raises(InvalidRequestError, match="another request"):
            await studio.translate(talk(output_languages=[*LANGUAGES, "Italian"]), made=made)
        await studio.translate(talk(), made=made)
        done = await studio.translate(talk(output_languages=[*LANGUAGES, "Italian"]), made=made)
    assert len(done.results) == 4
    assert len(sandbox.charges) == 4


@pytest.mark.parametrize(
    ("plan", "field"),
    [
        (TranslationPlan(output_languages=["German"]), "video or video_id"),
        (talk(video_id="v"), "video or video_id"),
        (talk(output_languages=[]), "output_languages"),
        (talk(output_languages=["German", "German"]), "output_languages[1]"),
        (talk(output_languages=["German", "Klingon"]), "output_languages"),
        (talk(Path("/no/such/folder")), "folder"),
        (talk(captions=True), "captions"),
        (talk(video=Path("/no/talk.mp4")), "/no/talk.mp4"),
        (talk(video="talk.mp4"), "video"),
        (talk(end_time=-1.0), "end_time"),
        (talk(seconds=-1.0), "seconds"),
        (talk(seconds=math.nan), "seconds"),
        (talk(video=PHOTO), "must be video/"),
    ],
)
async def test_what_would_fail_later_is_refused_at_once(
    heygen: HeyGen, calls: Calls, plan: TranslationPlan, field: str
) -> None:
    async with heygen.orchestrator() as studio:
        with pytest.raises((InvalidRequestError, TargetError)) as caught:
            await studio.translate(plan)
    assert field in str(caught.value)
    assert calls("POST", "") == 0


def test_a_source_is_as_long_as_its_last_second() -> None:
    assert estimate(talk(end_time=120.0)).costs == estimate(talk(seconds=120.0)).costs
    assert estimate(talk(seconds=120.0, end_time=9.0)).costs == estimate(talk(seconds=120.0)).costs


async def test_a_name_that_is_near_is_told(heygen: HeyGen) -> None:
    async with heygen.orchestrator() as studio:
        with pytest.raises(InvalidRequestError) as caught:
            await studio.translate(talk(output_languages=["spanish"]))
    assert "Spanish (Spain)" in (caught.value.hint or "")


async def test_a_wallet_too_thin_or_a_file_that_is_there_sends_nothing(
    heygen: HeyGen, sandbox: Sandbox, calls: Calls, tmp_path: Path
) -> None:
    (tmp_path / "French.mp4").touch()
    async with heygen.orchestrator() as studio:
        with pytest.raises(TargetError, match=r"French\.mp4"):
            await studio.translate(talk(tmp_path))
        sandbox._ctx.world.balance = 0.9
        with pytest.raises(CreditShortageError, match=r"0\.999 USD \(translation 3 x 0\.333 USD\)"):
            await studio.translate(talk())
        assert calls("POST", "") == 0
        ended = await asyncio.gather(
            studio.translate(talk(tmp_path, overwrite=True), preflight=False),
            return_exceptions=True,
        )
        assert [type(each) for each in ended] == [InsufficientCreditError]
        assert tasks() == []
    assert not sandbox.charges
