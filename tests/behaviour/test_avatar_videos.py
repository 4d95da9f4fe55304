"""A video of an avatar in its own voice, in one call."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from heygen_async import HeyGen, PhotoAvatarMade, PhotoAvatarPlan, VideoPlan
from heygen_async.errors import (
    CreditShortageError,
    InvalidRequestError,
    JobFailedError,
    NotFoundError,
    OutcomeUnknownError,
    TargetError,
)
from heygen_async.sandbox import Fault, Sandbox
from heygen_async.sandbox.catalogue import VOICES, default_voice
from tests.behaviour.walks import DESCRIBE, VOICE, posts, tasks

Calls = Callable[[str, str], int]
ANY = ""
MARCUS = "Marcus_public_library_front"
SILENT = {"id": MARCUS, "type": "avatar", "gender": "Male", "default_voice_id": None}


def first(language: str, gender: str) -> str:
    voices = VOICES.values()
    return next(v.voice_id for v in voices if (v.language, v.gender) == (language, gender))


def voice_of(sandbox: Sandbox, video_id: str) -> str:
    return sandbox._ctx.world.videos[video_id].shot.voice_id


async def test_details_default_voice_generate_status_download(
    heygen: HeyGen, sandbox: Sandbox, calls: Calls, tmp_path: Path
) -> None:
    plan = VideoPlan(script="Hello there.", target=tmp_path / "marcus.mp4", title="Marcus")
    async with heygen.orchestrator() as studio:
        made = await studio.avatar_video(MARCUS, plan)
    assert made.path == tmp_path / "marcus.mp4"
    assert (tmp_path / "marcus.mp4").stat().st_size > 1000
    assert made.voice_id == default_voice("male") == voice_of(sandbox, made.id)
    assert made.video.duration
    assert posts(sandbox) == {"/v2/video/generate": 1}
    assert calls("GET", "/v2/avatar/") == 1
    assert calls("GET", "/v2/user/remaining_quota") == 1
    assert calls("GET", "/v2/voices") == 0
    assert sandbox.total_charged == 1, "half a minute of a video avatar"


@pytest.mark.parametrize(
    ("more", "language", "gender"),
    [
        ({}, "English", "male"),
        ({"gender": "Woman"}, "English", "female"),
        ({"gender": "FEMALE", "language": "es"}, "Spanish", "female"),
        ({"language": "german"}, "German", "male"),
    ],
)
async def test_an_avatar_without_a_voice_gets_the_first_that_fits(
    heygen: HeyGen, sandbox: Sandbox, more: dict[str, str], language: str, gender: str
) -> None:
    sandbox.fault(Fault(path="/v2/avatar/", reply=SILENT))
    plan = msgspec.structs.replace(VideoPlan(script="Hello."), **more)
    async with heygen.orchestrator() as studio:
        made = await studio.avatar_video(MARCUS, plan)
    assert made.voice_id == voice_of(sandbox, made.id) == first(language, gender)


async def test_a_voice_that_nobody_has_is_named_before_anything_is_paid(
    heygen: HeyGen, sandbox: Sandbox, calls: Calls, photo: Path
) -> None:
    sandbox.fault(Fault(path="/v2/avatar/", reply=SILENT))
    plan = VideoPlan(script="nuqneH", language="Klingon")
    async with heygen.orchestrator() as studio:
        with pytest.raises(InvalidRequestError, match="language 'Klingon' and gender 'male'"):
            await studio.avatar_video(MARCUS, plan)
        with pytest.raises(InvalidRequestError, match="language 'Klingon'") as caught:
            await studio.photo_avatar(PhotoAvatarPlan(name="C", photos=[photo], video=plan))
        woman = PhotoAvatarPlan(name="C", describe=DESCRIBE, video=plan)
        with pytest.raises(InvalidRequestError, match="gender 'female'"):
            await studio.photo_avatar(woman)
    assert caught.value.field == "voice_id"
    assert calls("POST", ANY) == 0


async def test_a_piece_of_a_word_is_no_language_to_pay_for(
    heygen: HeyGen, sandbox: Sandbox, calls: Calls
) -> None:
    sandbox.fault(Fault(path="/v2/avatar/", reply=SILENT))
    async with heygen.orchestrator() as studio:
        with pytest.raises(InvalidRequestError, match="language 'nese'"):
            await studio.avatar_video(MARCUS, VideoPlan(script="Hi.", language="nese"))
    assert calls("POST", ANY) == 0


async def test_a_voice_that_is_named_is_the_one(heygen: HeyGen, sandbox: Sandbox) -> None:
    async with heygen.orchestrator() as studio:
        made = await studio.avatar_video(MARCUS, VideoPlan(script="Hi.", voice_id=VOICE, speed=1.2))
    assert made.voice_id == VOICE == voice_of(sandbox, made.id)


async def test_a_photo_avatar_speaks_with_its_groups_voice_or_with_any(
    heygen: HeyGen, sandbox: Sandbox, photo: Path
) -> None:
    plan = PhotoAvatarPlan(
        name="C", photos=[photo], train=False, motion=False, video=VideoPlan(script="Hello.")
    )
    made = PhotoAvatarMade()
    async with heygen.orchestrator() as studio:
        one = await studio.photo_avatar(plan, made=made)
        sandbox._ctx.world.groups[one.group_id].voice_id = first("German", "male")
        made.video_id = None
        two = await studio.photo_avatar(plan, made=made)
        three = await studio.avatar_video(one.group_id, VideoPlan(script="Hello."))
    assert one.video is not None
    assert one.video.voice_id == first("English", "female")
    assert two.video is not None
    assert two.video.voice_id == three.voice_id == first("German", "male")
    assert sandbox.total_charged == 1.5, "a photo is charged as one, whoever asks for it"


async def test_what_goes_wrong_costs_nothing_or_says_what_it_made(
    heygen: HeyGen, sandbox: Sandbox, calls: Calls, tmp_path: Path
) -> None:
    taken = tmp_path / "taken.mp4"
    taken.touch()
    async with heygen.orchestrator() as studio:
        with pytest.raises(InvalidRequestError):
            await studio.avatar_video(MARCUS, VideoPlan(script=""))
        with pytest.raises(InvalidRequestError):
            await studio.avatar_video("", VideoPlan(script="Hello."))
        with pytest.raises(TargetError):
            await studio.avatar_video(MARCUS, VideoPlan(script="Hello.", target=taken))
        assert calls("GET", ANY) == 0
        with pytest.raises(NotFoundError) as lost:
            await studio.avatar_video("nobody", VideoPlan(script="Hello."))
        assert "step 'avatar' of video of avatar 'nobody'" in lost.value.__notes__[-1]
        long = VideoPlan(script="word " * 1000)
        sandbox._ctx.world.balance = 5.0
        with pytest.raises(CreditShortageError) as short:
            await studio.avatar_video(MARCUS, long)
        assert (short.value.need, short.value.have) == (14, 5)
        assert calls("POST", ANY) == 0
        with pytest.raises(JobFailedError) as failed:
            await studio.avatar_video(MARCUS, VideoPlan(script="It will [[fail]]."))
        assert f"made: video {failed.value.job_id} (1 credit)" in failed.value.__notes__[-1]
        sandbox.fault(Fault(path="/v2/video/generate", commit_then_drop=True))
        with pytest.raises(OutcomeUnknownError) as unknown:
            await studio.avatar_video(MARCUS, VideoPlan(script="Hello."))
        assert "step 'video'" in unknown.value.__notes__[-1]
        assert studio.slots.in_use == 0


async def test_a_video_that_is_cancelled_leaves_no_task(heygen: HeyGen, sandbox: Sandbox) -> None:
    async with heygen.orchestrator(slots=1) as studio:
        plan = VideoPlan(script="Hello.")
        started = [asyncio.create_task(studio.avatar_video(MARCUS, plan)) for _ in range(3)]
        while not sandbox.charges:
            await asyncio.sleep(0)
        for task in started:
            task.cancel()
        ended = await asyncio.gather(*started, return_exceptions=True)
        assert [type(each) for each in ended] == [asyncio.CancelledError] * 3
        assert tasks() == []
        assert studio.slots.in_use == 0
    assert len(sandbox.charges) == 1, "the others waited for a slot"


async def test_two_videos_on_their_way_never_share_a_file(
    heygen: HeyGen, sandbox: Sandbox, tmp_path: Path
) -> None:
    plan = VideoPlan(script="Hello.", target=tmp_path / "one.mp4")
    async with heygen.orchestrator() as studio:
        ended = await asyncio.gather(
            *(studio.avatar_video(MARCUS, plan) for _ in range(2)), return_exceptions=True
        )
        assert [type(each) for each in ended].count(TargetError) == 1
        assert len(sandbox.charges) == 1
        (tmp_path / "one.mp4").unlink()
        await studio.avatar_video(MARCUS, plan)
