"""Avatars of v1 and v2: everybody at once, details, groups, digital twins."""

import pytest

from heygen_async import HeyGen
from heygen_async.errors import InvalidRequestError, JobFailedError, NotFoundError
from heygen_async.models import AvatarLook
from heygen_async.models.v2 import CreateDigitalTwin, LookStatus, TwinStatus
from heygen_async.sandbox import Sandbox
from heygen_async.sandbox.catalogue import VOICES

STOCK = "Ada_public_office_front"


def twin_request(name: str = "Ann") -> CreateDigitalTwin:
    return CreateDigitalTwin(
        training_footage_url="https://example.com/footage.mp4",
        video_consent_url="https://example.com/consent.mp4",
        avatar_name=name,
    )


async def test_everybody_is_in_one_list(heygen: HeyGen, look: AvatarLook) -> None:
    everybody = await heygen.v2.avatars.list()
    ada = next(each for each in everybody.avatars if each.avatar_id == STOCK)
    assert (ada.avatar_name, ada.gender, ada.premium) == ("Ada in the office", "female", False)
    (photo,) = everybody.talking_photos
    assert photo.talking_photo_id == photo.id == look.id
    assert photo.preview_image_url == photo.image_url
    assert [each.avatar_id for each in await heygen.v2.avatars.list_v1()] == [
        each.avatar_id for each in everybody.avatars
    ]


async def test_details_have_the_default_voice(heygen: HeyGen, look: AvatarLook) -> None:
    ada = await heygen.v2.avatars.get(STOCK)
    assert (ada.id, ada.type, ada.is_public) == (STOCK, "avatar", True)
    assert ada.default_voice_id in VOICES
    photo = await heygen.v2.avatars.get(look.id)
    assert (photo.type, photo.default_voice_id) == ("talking_photo", None)


async def test_a_group_is_no_avatar(heygen: HeyGen, look: AvatarLook) -> None:
    (own,) = await heygen.v2.avatars.list_groups()
    assert (own.id, own.num_looks, own.train_status) == (look.group_id, 1, "empty")
    assert own.preview_image == own.preview_image_url
    everybody = await heygen.v2.avatars.list_groups(include_public=True)
    assert len(everybody) > len(await heygen.v2.avatars.list_groups(include_public=False)) == 1
    with pytest.raises(NotFoundError, match=own.id):
        await heygen.v2.avatars.get(own.id)


async def test_looks_come_in_two_shapes(heygen: HeyGen, look: AvatarLook) -> None:
    (photo,) = await heygen.v2.avatars.list_looks(look.group_id or "")
    assert (photo.id, photo.status, photo.is_motion) == (look.id, LookStatus.COMPLETED, False)
    assert photo.image_url
    groups = await heygen.v2.avatars.list_groups(include_public=True)
    ada = next(each for each in groups if each.name == "Ada")
    looks = await heygen.v2.avatars.list_looks(ada.id)
    assert [each.id for each in looks] == [STOCK, "Ada_public_studio_side"]
    assert all(each.preview_image_url and each.status is None for each in looks)


async def test_a_digital_twin_is_made_and_deleted(heygen: HeyGen, sandbox: Sandbox) -> None:
    job = await heygen.v2.avatars.create_digital_twin(twin_request())
    assert (await job.read()).status is TwinStatus.IN_PROGRESS
    twin = await heygen.v2.avatars.digital_twin_job(job.id).wait()
    assert (twin.status, twin.error) == (TwinStatus.COMPLETED, None)
    assert (await heygen.v2.avatars.get(job.id)).is_public is False
    (look,) = await heygen.v2.avatars.list_looks(twin.avatar_group_id or "")
    assert look.id == job.id
    assert [charge.kind for charge in sandbox.charges] == ["digital_twin"]
    await heygen.v2.avatars.delete_digital_twin(job.id)
    with pytest.raises(NotFoundError):
        await heygen.v2.avatars.delete_digital_twin(job.id)


async def test_a_digital_twin_that_fails_says_why(heygen: HeyGen) -> None:
    job = await heygen.v2.avatars.create_digital_twin(twin_request("Ann [[fail]]"))
    with pytest.raises(JobFailedError) as caught:
        await job.wait()
    assert caught.value.failure_message


async def test_bad_ids_are_refused_here(heygen: HeyGen, sandbox: Sandbox) -> None:
    for call in (
        heygen.v2.avatars.get,
        heygen.v2.avatars.list_looks,
        heygen.v2.avatars.get_digital_twin,
        heygen.v2.avatars.delete_digital_twin,
    ):
        with pytest.raises(InvalidRequestError):
            await call("a/b")
    assert not sandbox.requests
