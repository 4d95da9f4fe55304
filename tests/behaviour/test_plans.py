"""Plans that fail: one error, no task left, and nothing forgotten that was paid."""

from pathlib import Path

import pytest

from heygen_async import HeyGen, PhotoAvatarPlan
from heygen_async.errors import BadRequestError, InvalidRequestError, JobFailedError
from heygen_async.sandbox import Fault, Sandbox
from tests.behaviour.walks import DESCRIBE, tasks

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
    assert note.count("look ") == 3, "the second photo, and two that were generated"


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
