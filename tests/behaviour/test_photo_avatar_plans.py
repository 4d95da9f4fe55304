"""The photo-avatar walkthrough as one call, to a file; broken off, and gone on with."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from heygen_async import HeyGen, PhotoAvatarMade, PhotoAvatarPlan, VideoPlan, estimate
from heygen_async.errors import (
    BadRequestError,
    InvalidRequestError,
    JobFailedError,
    NotFoundError,
    OutcomeUnknownError,
    TargetError,
)
from heygen_async.events import Event, StepFinished
from heygen_async.sandbox import Fault, Sandbox
from heygen_async.sandbox.catalogue import default_voice
from tests.behaviour.walks import DESCRIBE, VOICE, posts, tasks

Calls = Callable[[str, str], int]
ANY = ""


def whole(photo: Path, target: Path | None = None) -> PhotoAvatarPlan:
    speech = VideoPlan(script="Hello there.", voice_id=VOICE, target=target)
    looks = ["avatar on a beach", "avatar in a library"]
    return PhotoAvatarPlan(name="C", photos=[photo] * 6, looks=looks, upscale=True, video=speech)


async def test_photo_group_trained_looks_motion_video(
    heygen: HeyGen, sandbox: Sandbox, photo: Path, tmp_path: Path, events: list[Event]
) -> None:
    plan = whole(photo, tmp_path / "hello.mp4")
    async with heygen.orchestrator() as studio:
        made = await studio.photo_avatar(plan)
    assert made.video is not None
    assert made.video.path == tmp_path / "hello.mp4"
    assert (tmp_path / "hello.mp4").stat().st_size > 1000
    assert made.video.video.id == made.video.id
    assert made.video.voice_id == VOICE
    assert made.look.is_motion
    assert made.look.upscaled
    assert made.look.background_sound_effect
    assert len(made.looks) == 6 + 2 + 2
    assert posts(sandbox) == {
        "/v1/asset": 6,
        "avatar_group/create": 1,
        "avatar_group/add": 2 + 2,
        "train": 1,
        "look/generate": 2,
        "upscale": 1,
        "add_motion": 1,
        "add_sound_effect": 1,
        "/v2/video/generate": 1,
    }
    assert sandbox.total_charged == estimate(plan).credits
    steps = [event.step for event in events if isinstance(event, StepFinished)]
    assert steps[:6] == ["photos", "group", "train", "looks", "upscale", "motion"]
    assert steps[6:] == ["sound", "voice", "video", "download"]


async def test_ai_photo_group_video(heygen: HeyGen, sandbox: Sandbox, tmp_path: Path) -> None:
    speech = VideoPlan(script="Hello.", target=tmp_path)
    man = msgspec.structs.replace(DESCRIBE, gender="Man")
    plan = PhotoAvatarPlan(
        name="Ben", describe=man, train=False, motion=False, sound=False, video=speech
    )
    async with heygen.orchestrator() as studio:
        made = await studio.photo_avatar(plan)
    assert made.video is not None
    assert made.video.path == tmp_path / f"{made.video.id}.mp4"
    assert made.video.voice_id == default_voice("male"), "a photo of v2 has no voice of its own"
    assert len(made.looks) == 4
    assert made.look.id == made.group_id
    assert posts(sandbox) == {
        "photo/generate": 1,
        "avatar_group/create": 1,
        "avatar_group/add": 1,
        "/v2/video/generate": 1,
    }
    assert sandbox.total_charged == 1.5


async def test_any_look_can_be_chosen(heygen: HeyGen, photo: Path) -> None:
    plan = PhotoAvatarPlan(name="C", photos=[photo] * 3, train=False, motion=False, chosen=1)
    async with heygen.orchestrator() as studio:
        made = await studio.photo_avatar(plan)
    assert made.look.id == made.looks[1].id != made.group_id


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"chosen": 3, "looks": ["a beach"]}, "chosen"),
        ({"chosen": -1}, "chosen"),
        ({"looks": ["a beach", ""]}, "prompt"),
        ({"looks": ["a beach"], "train": False}, "looks"),
        ({"describe": DESCRIBE}, "photos or describe"),
        ({"video": VideoPlan(script="", voice_id=VOICE)}, "video_inputs[0].voice.input_text"),
        (
            {"video": VideoPlan(script="Hi.", speed=9, voice_id=VOICE)},
            "video_inputs[0].voice.speed",
        ),
    ],
)
async def test_what_a_later_step_would_fail_on_is_refused_first(
    heygen: HeyGen, calls: Calls, photo: Path, more: dict[str, object], field: str
) -> None:
    plan = PhotoAvatarPlan(name="C", photos=[photo, photo], **more)  # type: ignore[arg-type]
    async with heygen.orchestrator() as studio:
        with pytest.raises(InvalidRequestError) as caught:
            await studio.photo_avatar(plan)
    assert caught.value.field == field
    assert calls("GET", ANY) == calls("POST", ANY) == 0


async def test_a_file_that_cannot_be_made_is_told_before_anything_is_paid(
    heygen: HeyGen, calls: Calls, photo: Path, tmp_path: Path
) -> None:
    target = tmp_path / "mine.mp4"
    target.write_bytes(b"mine")
    async with heygen.orchestrator() as studio:
        with pytest.raises(TargetError):
            await studio.photo_avatar(whole(photo, target))
    assert calls("POST", ANY) == 0


# Broken off, and gone on with

BREAKS = [
    ("/v1/asset", 3),
    ("/v2/photo_avatar/avatar_group/create", 0),
    ("/v2/photo_avatar/avatar_group/add", 1),
    ("/v2/photo_avatar/train", 0),
    ("/v2/photo_avatar/look/generate", 1),
    ("/v2/photo_avatar/avatar_group/add", 3),
    ("/v2/photo_avatar/upscale", 0),
    ("/v2/photo_avatar/add_motion", 0),
    ("/v2/photo_avatar/add_sound_effect", 0),
    ("/v2/video/generate", 0),
]


@pytest.mark.parametrize(("path", "skip"), BREAKS)
async def test_whoever_goes_on_pays_nothing_twice(
    heygen: HeyGen, sandbox: Sandbox, photo: Path, tmp_path: Path, path: str, skip: int
) -> None:
    sandbox.fault(Fault(method="POST", path=path, status=400, skip=skip))
    plan = whole(photo, tmp_path / "hello.mp4")
    made = PhotoAvatarMade()
    async with heygen.orchestrator() as studio:
        with pytest.raises(BadRequestError) as caught:
            await studio.photo_avatar(plan, made=made)
        assert tasks() == []
        assert f"paid: about {sandbox.total_charged:g} credits" in caught.value.__notes__[-1]
        # As another process would, from a file.
        kept = msgspec.json.decode(msgspec.json.encode(made), type=PhotoAvatarMade)
        result = await studio.photo_avatar(plan, made=kept)
    assert (tmp_path / "hello.mp4").exists()
    assert len(result.looks) == 6 + 2 + 2
    assert sandbox.total_charged == estimate(plan).credits
    added = sandbox._ctx.world.groups[result.group_id].looks
    assert sorted(added) == sorted(look.id for look in result.looks)


async def test_a_plan_that_is_whole_makes_nothing_again(
    heygen: HeyGen, sandbox: Sandbox, photo: Path, tmp_path: Path
) -> None:
    made = PhotoAvatarMade()
    async with heygen.orchestrator() as studio:
        first = await studio.photo_avatar(whole(photo), made=made)
        before = posts(sandbox)
        again = await studio.photo_avatar(whole(photo, tmp_path), made=made)
    assert posts(sandbox) - before == {"add_sound_effect": 1}, "which is free"
    assert again.video is not None
    assert first.video is not None
    assert again.video.id == first.video.id
    assert again.video.path == tmp_path / f"{first.video.id}.mp4"


async def test_a_plan_starts_from_a_group(heygen: HeyGen, sandbox: Sandbox, photo: Path) -> None:
    async with heygen.orchestrator() as studio:
        group = await studio.photo_avatar(PhotoAvatarPlan(name="C", photos=[photo], motion=False))
        before = sandbox.total_charged
        made = PhotoAvatarMade(group_id=group.group_id)
        plan = PhotoAvatarPlan(name="C", photos=[photo], looks=["a beach"], motion=False)
        more = await studio.photo_avatar(plan, made=made)
    assert [look.group_id for look in more.looks] == [group.group_id] * 3
    assert more.looks[0].id == group.group_id
    assert made.trained, "the group said so itself"
    assert sandbox.total_charged - before == 1, "one look, and no training"


async def test_looks_of_no_group_are_refused(heygen: HeyGen, calls: Calls, photo: Path) -> None:
    made = PhotoAvatarMade(photos={0: "look"})
    async with heygen.orchestrator() as studio:
        with pytest.raises(InvalidRequestError, match="must name the group"):
            await studio.photo_avatar(whole(photo), made=made)
    assert calls("POST", ANY) == calls("GET", ANY) == 0


async def test_a_group_that_is_not_there_costs_nothing(heygen: HeyGen, calls: Calls) -> None:
    async with heygen.orchestrator() as studio:
        with pytest.raises(NotFoundError):
            plan = PhotoAvatarPlan(name="C")
            await studio.photo_avatar(plan, made=PhotoAvatarMade(group_id="nobody"))
    assert calls("POST", ANY) == 0


async def test_what_heygen_gave_up_on_is_made_anew(
    heygen: HeyGen, sandbox: Sandbox, photo: Path
) -> None:
    failed = VideoPlan(script="It will [[fail]] now.", voice_id=VOICE)
    plan = PhotoAvatarPlan(name="C", photos=[photo], train=False, motion=False, video=failed)
    made = PhotoAvatarMade()
    async with heygen.orchestrator() as studio:
        with pytest.raises(JobFailedError) as caught:
            await studio.photo_avatar(plan, made=made)
        assert caught.value.job_id in caught.value.__notes__[-1]
        assert made.video_id is None
        better = VideoPlan(script="It will do.", voice_id=VOICE)
        plan = PhotoAvatarPlan(name="C", photos=[photo], train=False, motion=False, video=better)
        result = await studio.photo_avatar(plan, made=made)
    assert result.video is not None
    assert posts(sandbox)["avatar_group/create"] == 1
    assert posts(sandbox)["/v2/video/generate"] == 2


async def test_what_nobody_has_answered_is_not_paid_again_unseen(
    heygen: HeyGen, sandbox: Sandbox, calls: Calls, photo: Path
) -> None:
    sandbox.fault(Fault(path="/v2/photo_avatar/add_motion", commit_then_drop=True))
    made, plan = PhotoAvatarMade(), whole(photo)
    async with heygen.orchestrator() as studio:
        with pytest.raises(OutcomeUnknownError) as caught:
            await studio.photo_avatar(plan, made=made)
        assert caught.value.__notes__[-1].endswith("perhaps made too: moving look")
        before = calls("POST", ANY)
        with pytest.raises(InvalidRequestError, match="moving look") as refused:
            await studio.photo_avatar(plan, made=made)
        assert refused.value.field == "made.unknown"
        assert calls("POST", ANY) == before
        looks = await heygen.v2.avatars.list_looks(made.group_id or "")
        (made.moving_id,) = [look.id for look in looks if look.is_motion]
        made.unknown.clear()
        result = await studio.photo_avatar(plan, made=made)
    assert result.look.id == made.moving_id
    assert sandbox.total_charged == estimate(plan).credits


async def test_a_training_that_nobody_has_answered_is_asked_for(
    heygen: HeyGen, sandbox: Sandbox, photo: Path
) -> None:
    sandbox.fault(Fault(path="/v2/photo_avatar/train", commit_then_drop=True, skip=0))
    made, plan = PhotoAvatarMade(), whole(photo)
    async with heygen.orchestrator() as studio:
        with pytest.raises(OutcomeUnknownError):
            await studio.photo_avatar(plan, made=made)
        assert made.unknown
        await studio.photo_avatar(plan, made=made)
    assert sandbox.total_charged == estimate(plan).credits


@pytest.mark.parametrize("answered", [True, False])
async def test_no_training_is_paid_twice_because_its_status_is_late(
    heygen: HeyGen, sandbox: Sandbox, photo: Path, *, answered: bool
) -> None:
    status = "/v2/photo_avatar/train/status"
    sandbox.fault(Fault(method="GET", path=status, status_word="empty", times=2))
    made, plan = PhotoAvatarMade(), whole(photo)
    async with heygen.orchestrator() as studio:
        if not answered:
            train = "/v2/photo_avatar/train"
            sandbox.fault(Fault(method="POST", path=train, commit_then_drop=True))
            with pytest.raises(OutcomeUnknownError):
                await studio.photo_avatar(plan, made=made)
        await studio.photo_avatar(plan, made=made)
    assert posts(sandbox)["train"] == 1
    assert sandbox.total_charged == estimate(plan).credits


async def test_a_training_that_never_arrived_is_sent_again(
    heygen: HeyGen, sandbox: Sandbox, photo: Path
) -> None:
    sandbox.fault(Fault(method="POST", path="/v2/photo_avatar/train", drop=True))
    made, plan = PhotoAvatarMade(), whole(photo)
    async with heygen.orchestrator() as studio:
        with pytest.raises(OutcomeUnknownError):
            await studio.photo_avatar(plan, made=made)
        assert made.unknown == ["training"]
        await studio.photo_avatar(plan, made=made)
    assert sandbox.total_charged == estimate(plan).credits


STALLS = {
    "/v2/photo_avatar/train": "photo_avatar_train",
    "/v2/photo_avatar/look/generate": "look_generate",
    "/v2/photo_avatar/upscale": "photo_avatar_upscale",
    "/v2/photo_avatar/add_motion": "photo_avatar_add_motion",
    "/v2/video/generate": "video",
}


async def arrived(sandbox: Sandbox, kind: str) -> None:
    while not any(charge.kind == kind for charge in sandbox.charges):
        await asyncio.sleep(0)


@pytest.mark.parametrize("path", STALLS)
async def test_a_plan_that_is_cancelled_keeps_what_is_just_being_paid(
    heygen: HeyGen, sandbox: Sandbox, photo: Path, path: str
) -> None:
    sandbox.fault(Fault(method="POST", path=path, stall=0.05, times=9))
    made, plan = PhotoAvatarMade(), whole(photo)
    async with heygen.orchestrator() as studio:
        task = asyncio.create_task(studio.photo_avatar(plan, made=made))
        await arrived(sandbox, STALLS[path])
        task.cancel()
        with pytest.raises(asyncio.CancelledError) as caught:
            await task
        assert "made: group " in caught.value.__notes__[-1]
        assert made.unknown == []
        assert tasks() == []
        assert studio.slots.in_use == 0
        result = await studio.photo_avatar(plan, made=made)
    assert result.video is not None
    assert sandbox.total_charged == estimate(plan).credits


async def test_whoever_cancels_twice_does_not_wait(
    heygen: HeyGen, sandbox: Sandbox, photo: Path
) -> None:
    sandbox.fault(Fault(method="POST", path="/v2/video/generate", stall=60))
    made = PhotoAvatarMade()
    async with heygen.orchestrator() as studio:
        task = asyncio.create_task(studio.photo_avatar(whole(photo), made=made))
        await arrived(sandbox, "video")
        for _ in range(2):
            task.cancel()
            await asyncio.sleep(0)
        with pytest.raises(asyncio.CancelledError):
            await asyncio.wait_for(task, 2)
        assert tasks() == []
    assert made.unknown == ["video"]


async def test_a_plan_that_is_cancelled_while_photos_go_up_leaves_no_task(
    heygen: HeyGen, sandbox: Sandbox, photo: Path
) -> None:
    sandbox.fault(Fault(method="POST", path="/v1/asset", stall=60, times=9))
    async with heygen.orchestrator() as studio:
        task = asyncio.create_task(studio.photo_avatar(whole(photo)))
        while not sandbox._ctx.world.assets:
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert tasks() == []
