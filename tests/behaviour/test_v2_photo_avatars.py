"""Photo avatars of v2: every call of the guide, and what goes wrong on the way."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from heygen_async import HeyGen
from heygen_async.errors import (
    BadRequestError,
    InvalidRequestError,
    JobFailedError,
    JobLostError,
    NotFoundError,
    OutcomeUnknownError,
)
from heygen_async.models.v2 import GenerateLook, GeneratePhotos, PhotoLook, TrainingStatus
from heygen_async.sandbox import Fault, Sandbox

PERSON: dict[str, Any] = {
    "name": "Ann",
    "age": "Young Adult",
    "gender": "Woman",
    "ethnicity": "Unspecified",
    "orientation": "square",
    "pose": "half_body",
    "style": "Realistic",
    "appearance": "A friendly person in a blue shirt",
}
ADD = "/v2/photo_avatar/avatar_group/add"


def look_request(group_id: str, prompt: str = "The avatar on a beach") -> GenerateLook:
    return GenerateLook(
        group_id=group_id,
        prompt=prompt,
        orientation="square",
        pose="half_body",
        style="Realistic",
    )


@pytest.fixture
async def keys(heygen: HeyGen, photo: Path) -> list[str]:
    """Keys of six photos."""
    made = [await heygen.v2.assets.upload(photo) for _ in range(6)]
    return [asset.image_key or "" for asset in made]


@pytest.fixture
async def first(heygen: HeyGen, keys: list[str]) -> PhotoLook:
    """The first look of a group."""
    job = await heygen.v2.photo_avatars.create_group(name="Ann", image_key=keys[0])
    return await job.wait()


async def test_ai_photos_become_a_group_with_looks_that_move(
    heygen: HeyGen, sandbox: Sandbox
) -> None:
    photos = heygen.v2.photo_avatars
    generation = await photos.generate_photos(GeneratePhotos(**PERSON))
    drawn = await photos.generation_job(generation.id).wait()
    keys = drawn.image_key_list or []
    assert len(keys) == len(drawn.image_url_list or []) == 4
    group = await photos.create_group(name="Ann", image_key=keys[0], generation_id=drawn.id)
    assert (await group.wait()).group_id == group.id
    training = await photos.train(group.id)
    assert (await photos.get_training(group.id)).status is TrainingStatus.PENDING
    assert (await training.wait()).status is TrainingStatus.READY
    new = await (await photos.generate_look(look_request(group.id))).wait()
    added = await photos.add_looks(
        group.id, image_keys=new.image_key_list or [], name="Beach", generation_id=new.id
    )
    look = await added[0].wait()
    moving = await (await photos.add_motion(look.id, prompt="She waves", motion_type="veo2")).wait()
    assert moving.is_motion
    assert moving.motion_preview_url
    sound = await photos.add_sound_effect(moving.id)
    assert (await photos.get(moving.id)).background_sound_effect == sound.sound_effect_id
    assert sum(charge.credits for charge in sandbox.charges) == 1 + 4 + 1 + 1


async def test_any_number_of_looks_is_added_four_at_a_time(
    heygen: HeyGen, sandbox: Sandbox, first: PhotoLook, keys: list[str]
) -> None:
    jobs = await heygen.v2.photo_avatars.add_looks(first.id, image_keys=keys[1:], name="More")
    looks = [await job.wait() for job in jobs]
    assert [look.group_id for look in looks] == [first.id] * 5
    assert sum(request.path == ADD for request in sandbox.requests) == 2
    listed = await heygen.v2.avatars.list_looks(first.id)
    assert [look.id for look in listed] == [first.id, *(look.id for look in looks)]


async def test_looks_that_were_made_are_named_when_a_later_call_fails(
    heygen: HeyGen, first: PhotoLook, keys: list[str]
) -> None:
    with pytest.raises(BadRequestError) as caught:
        await heygen.v2.photo_avatars.add_looks(
            first.id, image_keys=[*keys[:4], "image/unknown/original.jpg"], name="More"
        )
    made = [look.id for look in await heygen.v2.avatars.list_looks(first.id)][1:]
    (note,) = caught.value.__notes__
    assert len(made) == 4
    assert ", ".join(made) in note
    assert "4 of 5" in note


async def test_nothing_is_named_when_the_first_call_fails(
    heygen: HeyGen, sandbox: Sandbox, first: PhotoLook, keys: list[str]
) -> None:
    sandbox.fault(Fault(method="POST", path=ADD, commit_then_drop=True))
    with pytest.raises(OutcomeUnknownError) as caught:
        await heygen.v2.photo_avatars.add_looks(first.id, image_keys=keys, name="More")
    assert not getattr(caught.value, "__notes__", [])


async def test_all_looks_are_checked_before_the_first_call(
    heygen: HeyGen, sandbox: Sandbox, first: PhotoLook, keys: list[str]
) -> None:
    before = len(sandbox.requests)
    for image_keys in ([], [*keys, ""], "image/a/original.jpg"):
        with pytest.raises(InvalidRequestError, match="image_keys"):
            await heygen.v2.photo_avatars.add_looks(first.id, image_keys=image_keys, name="More")
    assert len(sandbox.requests) == before


async def test_a_look_is_made_larger_once(
    heygen: HeyGen, sandbox: Sandbox, first: PhotoLook
) -> None:
    large = await (await heygen.v2.photo_avatars.upscale(first.id)).wait()
    assert (large.upscaled, large.id == first.id) == (True, False)
    before = len(sandbox.requests)
    with pytest.raises(InvalidRequestError, match="before"):
        await heygen.v2.photo_avatars.upscale(large.id)
    assert [request.method for request in sandbox.requests[before:]] == ["GET"]
    assert [(charge.kind, charge.credits) for charge in sandbox.charges] == [
        ("photo_avatar_upscale", 0.5)
    ]


async def test_a_look_that_says_nothing_of_it_is_tried(
    heygen: HeyGen, sandbox: Sandbox, first: PhotoLook
) -> None:
    sandbox.fault(Fault(path=f"/v2/photo_avatar/{first.id}", reply={"id": first.id}))
    assert (await heygen.v2.photo_avatars.upscale(first.id)).id != first.id


async def test_looks_and_groups_are_deleted(
    heygen: HeyGen, first: PhotoLook, keys: list[str]
) -> None:
    photos = heygen.v2.photo_avatars
    (job,) = await photos.add_looks(first.id, image_keys=keys[1:2], name="More")
    await photos.delete(first.id)
    with pytest.raises(NotFoundError):
        await photos.delete(first.id)
    # The group goes on without the look that had its id.
    await job.wait()
    await (await photos.train(first.group_id)).wait()
    await (await photos.generate_look(look_request(first.group_id))).wait()
    await photos.delete_group(first.group_id)
    for gone in (photos.delete_group(first.group_id), photos.get(job.id)):
        with pytest.raises(NotFoundError):
            await gone
    assert await heygen.v2.avatars.list_groups() == []


@pytest.mark.parametrize("word", ["train", "upscale", "add_motion", "photo", "avatar_group"])
async def test_a_name_of_an_endpoint_is_no_look(
    heygen: HeyGen, sandbox: Sandbox, word: str
) -> None:
    photos = heygen.v2.photo_avatars
    for call in (photos.get, photos.delete, photos.upscale, photos.add_motion):
        with pytest.raises(InvalidRequestError, match="look_id"):
            await call(word)
    with pytest.raises(InvalidRequestError, match="look_id"):
        photos.job(word)
    assert not sandbox.requests


@pytest.mark.parametrize("word", ["ready", "success", "completed"])
async def test_a_training_ends_well_by_any_word(
    heygen: HeyGen, sandbox: Sandbox, first: PhotoLook, word: str
) -> None:
    job = await heygen.v2.photo_avatars.train(first.id)
    sandbox.fault(Fault(path="/v2/photo_avatar/train/status", status_word=word))
    assert (await job.wait()).status == word


async def test_a_training_that_was_sent_may_be_empty_for_a_moment(
    heygen: HeyGen, sandbox: Sandbox, first: PhotoLook
) -> None:
    job = await heygen.v2.photo_avatars.train(first.id)
    sandbox.fault(Fault(path="/v2/photo_avatar/train/status", status_word="empty", times=2))
    assert (await job.wait()).status is TrainingStatus.READY


async def test_a_training_that_stays_empty_is_lost(
    heygen: HeyGen, sandbox: Sandbox, first: PhotoLook
) -> None:
    job = await heygen.v2.photo_avatars.train(first.id)
    sandbox.fault(Fault(path="/v2/photo_avatar/train/status", status_word="empty", times=999))
    with pytest.raises(JobLostError, match="knows no training"):
        await job.wait()


async def test_a_training_that_nobody_asked_for_does_not_hang(
    heygen: HeyGen, first: PhotoLook
) -> None:
    with pytest.raises(JobFailedError, match="never sent to training"):
        await heygen.v2.photo_avatars.training_job(first.id).wait()


async def test_a_training_fails_by_its_message_too(
    heygen: HeyGen, sandbox: Sandbox, first: PhotoLook
) -> None:
    job = await heygen.v2.photo_avatars.train(first.id)
    reply = {"status": "stopped", "error_msg": "no face found"}
    sandbox.fault(Fault(path="/v2/photo_avatar/train/status", reply=reply))
    with pytest.raises(JobFailedError, match="no face found"):
        await job.wait()


async def test_what_fails_says_why(heygen: HeyGen, keys: list[str]) -> None:
    photos = heygen.v2.photo_avatars
    person = PERSON | {"appearance": "Somebody [[fail]]"}
    group = await photos.create_group(name="Ann [[fail]]", image_key=keys[0])
    await group.wait()
    jobs = (
        await photos.generate_photos(GeneratePhotos(**person)),
        await photos.train(group.id),
        await photos.add_motion(group.id, prompt="[[fail]]"),
    )
    for failed in await asyncio.gather(*(job.wait() for job in jobs), return_exceptions=True):
        assert isinstance(failed, JobFailedError)
        assert "moderation" in (failed.failure_message or "")


async def test_a_callback_without_an_address_is_refused(heygen: HeyGen, sandbox: Sandbox) -> None:
    with pytest.raises(InvalidRequestError, match="callback_id"):
        await heygen.v2.photo_avatars.generate_photos(GeneratePhotos(**PERSON, callback_id="x"))
    assert not sandbox.requests


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("age", "Young"),
        ("gender", "Female"),
        ("ethnicity", ""),
        ("orientation", "portrait"),
        ("pose", "front"),
        ("style", "realistic"),
        ("appearance", "x" * 1001),
        ("name", ""),
    ],
)
async def test_attributes_are_held_to_their_words(
    heygen: HeyGen, sandbox: Sandbox, name: str, value: str
) -> None:
    with pytest.raises(InvalidRequestError) as caught:
        await heygen.v2.photo_avatars.generate_photos(GeneratePhotos(**PERSON | {name: value}))
    assert caught.value.field == name
    assert not sandbox.requests


async def test_fields_that_are_newer_are_sent(heygen: HeyGen, first: PhotoLook) -> None:
    photos = heygen.v2.photo_avatars
    newer = {"shine": True}
    for call in (
        photos.generate_photos(GeneratePhotos(**PERSON), extra_body=newer),
        photos.create_group(name="n", image_key="k", extra_body=newer),
        photos.add_looks(first.id, image_keys=["k"], name="n", extra_body=newer),
        photos.train(first.id, extra_body=newer),
        photos.generate_look(look_request(first.id), extra_body=newer),
        photos.add_motion(first.id, extra_body=newer),
        photos.add_sound_effect(first.id, extra_body=newer),
        photos.upscale(first.id, extra_body=newer),
    ):
        with pytest.raises(BadRequestError, match="shine"):
            await call
