"""Plans that fail: one error, no task left, and nothing forgotten that was paid."""

import asyncio
from pathlib import Path
from typing import Any

import msgspec
import pytest

from heygen_async import HeyGen, PhotoAvatarMade, PhotoAvatarPlan, VideoPlan, estimate
from heygen_async.errors import (
    BadRequestError,
    ConfigError,
    InvalidRequestError,
    JobFailedError,
    OutcomeUnknownError,
)
from heygen_async.events import Event, RetryScheduled
from heygen_async.sandbox import Fault, Sandbox
from heygen_async.sandbox.legacy import groups
from heygen_async.sandbox.world import Failure
from tests.behaviour.walks import DESCRIBE, VOICE, posts, tasks

EMPTY = Fault(
    method="GET",
    path="/v2/photo_avatar/generation",
    reply={"id": "g", "status": "success", "image_key_list": []},
    times=99,
)


async def test_a_photo_that_fails_stops_the_uploads_of_the_others(
    heygen: HeyGen, sandbox: Sandbox, photo: Path
) -> None:
    sandbox.fault(Fault(method="POST", path="/v1/asset", stall=0.05, times=9))
    plan = PhotoAvatarPlan(name="C", photos=[photo, "/no/such.jpg", photo])
    async with heygen.orchestrator() as studio:
        with pytest.raises(InvalidRequestError):
            await studio.photo_avatar(plan)
        assert tasks() == []


async def test_what_was_made_is_told_with_the_error(
    heygen: HeyGen, sandbox: Sandbox, photo: Path
) -> None:
    sandbox.fault(Fault(method="POST", path="/v2/photo_avatar/add_motion", status=400))
    plan = PhotoAvatarPlan(name="C", photos=[photo, photo], looks=["a beach", "a library"])
    async with heygen.orchestrator() as studio:
        with pytest.raises(BadRequestError) as caught:
            await studio.photo_avatar(plan)
    (note,) = caught.value.__notes__
    assert "step 'motion'" in note
    assert "done: photos, group, train, looks" in note
    assert "made: group " in note
    assert note.count("looks (photos 1)") == 1
    assert note.count("looks (description ") == 2


async def test_photos_that_came_to_nothing_are_a_job_that_failed(
    heygen: HeyGen, sandbox: Sandbox
) -> None:
    sandbox.fault(EMPTY)
    async with heygen.orchestrator() as studio:
        with pytest.raises(JobFailedError, match="without a picture") as caught:
            await studio.photo_avatar(PhotoAvatarPlan(name="Ada", describe=DESCRIBE))
    assert caught.value.job_id in caught.value.__notes__[-1]


async def test_a_look_that_came_to_nothing_is_a_job_that_failed(
    heygen: HeyGen, sandbox: Sandbox, photo: Path
) -> None:
    sandbox.fault(EMPTY)
    plan = PhotoAvatarPlan(name="C", photos=[photo], looks=["a beach", "a library"])
    async with heygen.orchestrator() as studio:
        with pytest.raises(JobFailedError, match="without a picture") as caught:
            await studio.photo_avatar(plan)
    assert tasks() == []
    assert "made: group " in caught.value.__notes__[-1]


# Cancelled

SPEECH = VideoPlan(script="Hello.", voice_id=VOICE)
MARCUS = "Marcus_public_library_front"


@pytest.mark.parametrize("path", ["/v2/photo_avatar/photo/generate", "/v2/video/generate"])
async def test_a_plan_that_is_cancelled_between_two_attempts_pays_nothing(
    heygen: HeyGen, sandbox: Sandbox, events: list[Event], path: str
) -> None:
    sandbox.fault(Fault(method="POST", path=path, status=429, retry_after=30))
    made, ids = PhotoAvatarMade(), list[str]()
    async with heygen.orchestrator() as studio:
        work: Any = studio.avatar_video(MARCUS, SPEECH, keep=ids.append)
        if "photo" in path:
            work.close()
            work = studio.photo_avatar(PhotoAvatarPlan(name="Ada", describe=DESCRIBE), made=made)
        task = asyncio.create_task(work)
        while not any(isinstance(event, RetryScheduled) for event in events):
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert tasks() == []
    assert sandbox.total_charged == 0
    assert made == PhotoAvatarMade(), "nothing is in doubt"
    assert ids == []


async def test_one_cancellation_loses_no_look_that_is_being_paid(
    heygen: HeyGen, sandbox: Sandbox, photo: Path
) -> None:
    sandbox.fault(Fault(method="POST", path="/v2/photo_avatar/look/generate", stall=0.1))
    plan = PhotoAvatarPlan(name="C", photos=[photo], looks=["a beach", "a library"], motion=False)
    made = PhotoAvatarMade()
    async with heygen.orchestrator() as studio:
        task = asyncio.create_task(studio.photo_avatar(plan, made=made))
        while not made.pictures:  # of the one that does not stall
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert sorted(made.pictures) == [0, 1]
    assert made.unknown == []


async def test_what_is_in_doubt_is_told_by_its_number(
    heygen: HeyGen, sandbox: Sandbox, photo: Path
) -> None:
    look = "/v2/photo_avatar/look/generate"
    sandbox.fault(Fault(method="POST", path=look, commit_then_drop=True, times=2))
    plan = PhotoAvatarPlan(name="C", photos=[photo], looks=["a beach", "a library"])
    made = PhotoAvatarMade()
    async with heygen.orchestrator() as studio:
        with pytest.raises(OutcomeUnknownError):
            await studio.photo_avatar(plan, made=made)
    assert set(made.unknown) == {"pictures (description 0)", "pictures (description 1)"}


async def test_a_video_that_is_cancelled_on_its_way_keeps_its_id(
    heygen: HeyGen, sandbox: Sandbox
) -> None:
    sandbox.fault(Fault(method="POST", path="/v2/video/generate", stall=0.1))
    ids: list[str] = []
    async with heygen.orchestrator() as studio:
        task = asyncio.create_task(studio.avatar_video(MARCUS, SPEECH, keep=ids.append))
        while not sandbox.charges:
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError) as caught:
            await task
    (video_id,) = ids
    assert video_id in sandbox._ctx.world.videos
    assert f"made: video {video_id} (1 credit)" in caught.value.__notes__[-1]


# Nothing is paid for nothing


@pytest.mark.parametrize(("chosen", "charged"), [(-1, 0), (7, 1)])
async def test_a_choice_that_is_not_there_is_told_before_the_training(
    heygen: HeyGen, sandbox: Sandbox, chosen: int, charged: float
) -> None:
    plan = PhotoAvatarPlan(name="Ada", describe=DESCRIBE, looks=["a beach"], chosen=chosen)
    async with heygen.orchestrator() as studio:
        with pytest.raises(InvalidRequestError) as caught:
            await studio.photo_avatar(plan)
    assert caught.value.field == "chosen"
    assert sandbox.total_charged == charged
    if charged:
        assert "made: photos " in caught.value.__notes__[-1]


@pytest.mark.parametrize("failing", [1, 4])
async def test_a_picture_that_becomes_no_look_leaves_the_others_of_its_generation(
    heygen: HeyGen, sandbox: Sandbox, photo: Path, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    plain, left = groups._look, list(range(failing))

    async def look(*args: Any) -> Any:
        made = await plain(*args)
        if args[-1].generation_id and left:
            left.pop()
            made.failure = Failure("no_face", "no face")
        return made

    monkeypatch.setattr(groups, "_look", look)
    plan = PhotoAvatarPlan(name="C", photos=[photo], looks=["a beach"], motion=False)
    made = PhotoAvatarMade()
    async with heygen.orchestrator() as studio:
        if failing == 4:
            with pytest.raises(JobFailedError, match="no face"):
                await studio.photo_avatar(plan, made=made)
            assert made.looks == {}
            assert made.pictures, "it is paid"
        result = await studio.photo_avatar(plan, made=made)
    assert [look.id for look in result.looks] == [made.group_id, made.looks[0]]
    assert sandbox.total_charged == estimate(plan).credits


@pytest.mark.parametrize("call", ["create", "add"])
async def test_what_is_free_is_not_made_twice_unseen(
    heygen: HeyGen, sandbox: Sandbox, photo: Path, call: str
) -> None:
    path = f"/v2/photo_avatar/avatar_group/{call}"
    sandbox.fault(Fault(method="POST", path=path, commit_then_drop=True))
    plan = PhotoAvatarPlan(name="C", photos=[photo] * 3, train=False, motion=False)
    made = PhotoAvatarMade()
    async with heygen.orchestrator() as studio:
        with pytest.raises(OutcomeUnknownError) as caught:
            await studio.photo_avatar(plan, made=made)
        doubt = {"create": "group", "add": "looks (photos 1, 2)"}[call]
        assert caught.value.__notes__[-1].endswith(f"perhaps made too: {doubt}")
        with pytest.raises(InvalidRequestError) as refused:
            await studio.photo_avatar(plan, made=made)
        assert refused.value.field == "made.unknown"
        groups = await heygen.v2.avatars.list_groups()
        (group_id,) = [group.id for group in groups if group.name == "C"]
        looks = await heygen.v2.avatars.list_looks(group_id)
        strange = [look.id for look in looks if look.id != group_id]
        assert all(each in (refused.value.hint or "") for each in strange)
        made.group_id, made.photos = group_id, dict(enumerate([group_id, *strange]))
        made.unknown.clear()
        result = await studio.photo_avatar(plan, made=made)
    assert len(result.looks) == 3
    assert posts(sandbox)["avatar_group/create"] == posts(sandbox)["avatar_group/add"] == 1


async def test_looks_that_the_group_does_not_show_are_added_again(
    heygen: HeyGen, sandbox: Sandbox, photo: Path
) -> None:
    path = "/v2/photo_avatar/avatar_group/add"
    sandbox.fault(Fault(method="POST", path=path, drop=True))
    plan = PhotoAvatarPlan(name="C", photos=[photo] * 3, train=False, motion=False)
    made = PhotoAvatarMade()
    async with heygen.orchestrator() as studio:
        with pytest.raises(OutcomeUnknownError):
            await studio.photo_avatar(plan, made=made)
        result = await studio.photo_avatar(plan, made=made)
    assert len(result.looks) == len(sandbox._ctx.world.groups[result.group_id].looks) == 3


async def test_whoever_is_killed_knows_what_is_on_its_way(
    heygen: HeyGen, sandbox: Sandbox, photo: Path
) -> None:
    kept: list[PhotoAvatarMade] = []

    def keep(made: PhotoAvatarMade) -> None:
        kept.append(msgspec.json.decode(msgspec.json.encode(made), type=PhotoAvatarMade))

    plan = PhotoAvatarPlan(name="C", photos=[photo], video=SPEECH)
    made = PhotoAvatarMade()
    async with heygen.orchestrator() as studio:
        await studio.photo_avatar(plan, made=made, keep=keep)
    sent = [each.unknown for each in kept if each.unknown]
    assert sent == [["group"], ["training"], ["moving look"], ["video"]]
    assert kept[-1] == made
    assert kept[-1].video_id is not None


async def test_plans_run_in_their_block_only(heygen: HeyGen, photo: Path) -> None:
    studio = heygen.orchestrator()
    with pytest.raises(ConfigError, match="async with"):
        await studio.photo_avatar(PhotoAvatarPlan(name="C", photos=[photo]))
    with pytest.raises(ConfigError, match="async with"):
        await studio.avatar_video(MARCUS, SPEECH)
