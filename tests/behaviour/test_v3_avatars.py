"""Avatars: listed, changed, deleted, and made usable by a person's consent."""

import math
from collections.abc import Callable
from pathlib import Path

import aiohttp
import pytest

from heygen_async import HeyGen
from heygen_async.api.job import Job
from heygen_async.errors import (
    BadRequestError,
    ForbiddenError,
    InvalidRequestError,
    JobFailedError,
    JobTimeoutError,
    NotFoundError,
)
from heygen_async.models import (
    AvatarConsent,
    AvatarLook,
    AvatarV,
    AvatarVideo,
    DigitalTwin,
    PhotoAvatar,
)
from heygen_async.sandbox import Sandbox

FOOTAGE = b"\0\0\0\x18ftypisom footage"
Calls = Callable[[str, str], int]


@pytest.fixture
async def twin(heygen: HeyGen) -> AvatarLook:
    """A digital twin of somebody who did not consent yet."""
    job = await heygen.avatars.create(DigitalTwin(name="Me", file=FOOTAGE))
    assert job.created is not None
    return job.created


def group_of(look: AvatarLook) -> str:
    assert look.group_id is not None
    return look.group_id


async def press(job: Job[AvatarConsent]) -> str:
    """What a person sees who presses the page's button."""
    assert job.created is not None
    assert job.created.url is not None
    async with aiohttp.ClientSession() as http:
        async with http.get(job.created.url) as page:
            assert 'method="post"' in await page.text()
        async with http.post(job.created.url) as page:
            assert page.status == 200
            return await page.text()


async def test_looks_and_groups_are_listed_in_pages(heygen: HeyGen, look: AvatarLook) -> None:
    first = await heygen.avatars.list_looks(limit=2)
    assert first.items[0].id == look.id
    assert first.next_token
    everyone = [each async for each in heygen.avatars.list_looks(limit=2)]
    assert len(everyone) > 4
    assert len({each.id for each in everyone}) == len(everyone)
    assert len([each async for each in heygen.avatars.list_looks(max_items=3)]) == 3
    own = await heygen.avatars.list_looks(ownership="private", avatar_type="photo_avatar")
    assert [each.id for each in own.items] == [look.id]
    same = await heygen.avatars.list_looks(group_id=look.group_id)
    assert [each.id for each in same.items] == [look.id]
    assert (await heygen.avatars.list_looks(avatar_type="digital_twin")).items == []
    groups = [each async for each in heygen.avatars.list_groups(ownership="public", limit=1)]
    assert groups
    assert all(each.status is None and each.looks_count for each in groups)
    mine = await heygen.avatars.list_groups(ownership="private")
    assert [each.id for each in mine.items] == [look.group_id]
    with pytest.raises(InvalidRequestError, match="1 to 50"):
        heygen.avatars.list_groups(limit=51)
    with pytest.raises(InvalidRequestError, match="1 to 50"):
        heygen.avatars.list_looks(limit=0)


async def test_an_engine_is_checked_for_a_look_that_was_listed(
    heygen: HeyGen, calls: Calls
) -> None:
    looks = [each async for each in heygen.avatars.list_looks(ownership="public")]
    without = next(each for each in looks if "avatar_v" not in each.supported_api_engines)
    with pytest.raises(InvalidRequestError, match="supports"):
        await heygen.videos.create(
            AvatarVideo(avatar_id=without.id, script="Hello.", engine=AvatarV())
        )
    assert calls("POST", "/v3/videos") == 0


async def test_a_look_is_renamed(heygen: HeyGen, look: AvatarLook) -> None:
    renamed = await heygen.avatars.update_look(look.id, name="Chelsea at night")
    assert renamed.name == "Chelsea at night"
    assert (await heygen.avatars.get_look(look.id)).name == "Chelsea at night"
    with pytest.raises(InvalidRequestError, match="255"):
        await heygen.avatars.update_look(look.id, name="x" * 256)
    with pytest.raises(BadRequestError):
        await heygen.avatars.update_look("Ada_public_office_front", name="Mine")
    with pytest.raises(NotFoundError):
        await heygen.avatars.update_look("nobody", name="Mine")


async def test_a_group_gets_another_default_voice(heygen: HeyGen, look: AvatarLook) -> None:
    voice = (await heygen.voices.list(language="German")).items[-1]
    group = await heygen.avatars.update_group(group_of(look), default_voice_id=voice.voice_id)
    assert group.default_voice_id == voice.voice_id
    assert (await heygen.avatars.get_look(look.id)).default_voice_id == voice.voice_id
    with pytest.raises(ForbiddenError, match="nobody"):
        await heygen.avatars.update_group(group.id, default_voice_id="nobody")
    public = (await heygen.avatars.list_groups(ownership="public")).items[0]
    with pytest.raises(ForbiddenError):
        await heygen.avatars.update_group(public.id, default_voice_id=voice.voice_id)


async def test_the_last_look_takes_its_group_with_it(
    heygen: HeyGen, look: AvatarLook, photo: Path
) -> None:
    group_id = group_of(look)
    other = await heygen.avatars.create(
        PhotoAvatar(name="Again", file=photo, avatar_group_id=group_id)
    )
    assert (await heygen.avatars.get_group(group_id)).looks_count == 2
    await heygen.avatars.delete_look(look.id)
    assert (await heygen.avatars.get_group(group_id)).looks_count == 1
    with pytest.raises(NotFoundError):
        await heygen.avatars.delete_look(look.id)
    await heygen.avatars.delete_look(other.id)
    with pytest.raises(NotFoundError):
        await heygen.avatars.get_group(group_id)
    with pytest.raises(ForbiddenError):
        await heygen.avatars.delete_look("Ada_public_office_front")


async def test_a_group_goes_with_all_of_its_looks(heygen: HeyGen, look: AvatarLook) -> None:
    await heygen.avatars.delete_group(group_of(look))
    with pytest.raises(NotFoundError):
        await heygen.avatars.get_look(look.id)
    with pytest.raises(NotFoundError):
        await heygen.avatars.delete_group(group_of(look))
    public = (await heygen.avatars.list_groups(ownership="public")).items[0]
    with pytest.raises(BadRequestError):
        await heygen.avatars.delete_group(public.id)


async def test_a_twin_is_usable_once_the_person_consented(heygen: HeyGen, twin: AvatarLook) -> None:
    consent = await heygen.avatars.create_consent(
        group_of(twin), reroute_url="https://example.com/thanks", consent_text="Twin & I agree."
    )
    assert consent.kind == "consent"
    assert "https://example.com/thanks" in await press(consent)
    agreed = await consent.wait()
    assert agreed.avatar_group.consent_status == "approved"
    made = await heygen.avatars.job(twin.id).wait()
    assert made.status == "completed"
    video = await heygen.videos.create(AvatarVideo(avatar_id=twin.id, script="Hello, it is me."))
    assert (await video.wait()).video_url


async def test_a_consent_is_waited_for_only_if_asked_to(heygen: HeyGen, twin: AvatarLook) -> None:
    consent = await heygen.avatars.create_consent(group_of(twin))
    with pytest.raises(JobFailedError, match="pending") as caught:
        await consent.wait()
    assert "for_person" in (caught.value.hint or "")
    with pytest.raises(JobTimeoutError):
        await consent.wait(timeout=3600, for_person=True)


async def test_a_consent_is_followed_to_its_end(heygen: HeyGen, twin: AvatarLook) -> None:
    consent = await heygen.avatars.create_consent(group_of(twin))
    words: list[str] = []
    async for update in heygen.avatars.consent_job(group_of(twin)).updates():
        words.append(update.status)
        if update.status == "pending":
            await press(consent)
    assert words == ["pending", "approved"]


async def test_a_recorded_consent_needs_no_page(heygen: HeyGen, twin: AvatarLook) -> None:
    consent = await heygen.avatars.create_consent(group_of(twin), consent_video=FOOTAGE)
    assert consent.created is not None
    assert consent.created.url is None
    agreed = await consent.wait(timeout=math.inf, for_person=True)
    assert agreed.avatar_group.consent_status == "approved"


async def test_a_second_twin_of_the_same_person_needs_no_second_consent(
    heygen: HeyGen, twin: AvatarLook
) -> None:
    await press(await heygen.avatars.create_consent(group_of(twin)))
    job = await heygen.avatars.create(
        DigitalTwin(name="Me again", file=FOOTAGE, avatar_group_id=twin.group_id)
    )
    assert (await job.wait()).status == "completed"


async def test_the_same_key_gives_the_same_page(
    heygen: HeyGen, twin: AvatarLook, sandbox: Sandbox
) -> None:
    pages = {
        (await heygen.avatars.create_consent(group_of(twin), idempotency_key="ask-1")).created
        for _ in range(2)
    }
    assert len({page.url for page in pages if page is not None}) == 1
    assert [each.replayed for each in sandbox.requests][-1]


@pytest.mark.parametrize(
    ("fields", "match"),
    [
        ({"consent_text": "<b>"}, "plain"),
        ({"consent_text": "x" * 1001}, "1000"),
        ({"consent_video": "a1", "reroute_url": "https://x.com"}, "consent_video"),
        ({"consent_video": "a1", "consent_text": "Yes."}, "consent_video"),
    ],
)
async def test_a_consent_that_contradicts_itself_is_not_sent(
    heygen: HeyGen, calls: Calls, fields: dict[str, str], match: str
) -> None:
    with pytest.raises(InvalidRequestError, match=match):
        await heygen.avatars.create_consent("g1", **fields)  # type: ignore[arg-type]
    assert calls("POST", "/v3/avatars") == 0
