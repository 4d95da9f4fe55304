"""Personalized videos: a contact in, a video of their own out."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from heygen_async import HeyGen
from heygen_async.errors import APIError, BadRequestError, InvalidRequestError, JobFailedError
from heygen_async.models import CreateWebhookEndpoint
from heygen_async.sandbox import Fault, Sandbox

PROJECT = "tpl_welcome"
ADA = {"email": "ada@example.com", "first_name": "Ada"}


async def test_a_contact_gets_a_video(heygen: HeyGen, sandbox: Sandbox, tmp_path: Path) -> None:
    project = await heygen.v2.personalized_videos.get_project(PROJECT)
    assert {"first_name", "company"} < set(project["variables"])
    job = await heygen.v2.personalized_videos.add_contact(PROJECT, variables_list=[ADA])
    assert job.kind == "personalized video"
    assert (await heygen.v2.personalized_videos.get(job.id)).video_url is None
    words = [update.status async for update in heygen.v2.personalized_videos.job(job.id).updates()]
    assert words[-1] == "ready"
    video = await job.wait()
    assert video.gif_url
    path = await job.download(tmp_path / "ada.mp4")
    assert path.stat().st_size > 0
    (charge,) = sandbox.charges
    assert (charge.kind, charge.credits) == ("personalized_video", 1.0)


async def test_ready_without_a_link_is_not_ready(heygen: HeyGen, sandbox: Sandbox) -> None:
    job = await heygen.v2.personalized_videos.add_contact(PROJECT, variables_list=[ADA])
    detail = "/v1/personalized_video/audience/detail"
    sandbox.fault(Fault(path=detail, reply={"status": "ready", "video_url": ""}, times=3))
    assert (await job.wait()).video_url
    assert sum(each.path == detail for each in sandbox.requests) > 3


async def test_every_contact_is_told_of(heygen: HeyGen) -> None:
    await heygen.v2.webhooks.add_endpoint(
        CreateWebhookEndpoint(
            url="https://example.com/hook", events=["personalized_video"], entity_id=PROJECT
        )
    )
    people: Sequence[dict[str, str]] = [ADA, {"email": "bo@example.com", "first_name": "Bo"}]
    job = await heygen.v2.personalized_videos.add_contact(PROJECT, variables_list=people)
    await job.wait()
    made = [each async for each in heygen.videos.list()]
    for each in made:
        await heygen.videos.job(each.id).wait()
    events = [each async for each in heygen.webhooks.list_events(entity_id=PROJECT)]
    assert {each.event_type for each in events} == {"personalized_video"}
    told = {each.event_data["contact_info"]["first_name"]: each.event_data for each in events}
    assert set(told) == {"Ada", "Bo"}
    assert {each["video_id"] for each in told.values()} == {each.id for each in made}


async def test_a_video_may_fail(heygen: HeyGen) -> None:
    contact = ADA | {"company": "[[fail]] Ltd"}
    job = await heygen.v2.personalized_videos.add_contact(PROJECT, variables_list=[contact])
    with pytest.raises(JobFailedError):
        await job.wait()


async def test_refusals_of_contacts(heygen: HeyGen, sandbox: Sandbox) -> None:
    videos = heygen.v2.personalized_videos
    with pytest.raises(InvalidRequestError, match="variables_list"):
        await videos.add_contact(PROJECT, variables_list=[])
    with pytest.raises(InvalidRequestError, match="project_id"):
        await videos.add_contact("", variables_list=[ADA])
    with pytest.raises(BadRequestError, match=r"variables_list\[1\].email"):
        await videos.add_contact(PROJECT, variables_list=[ADA, {"first_name": "Bo"}])
    for read in (videos.get, videos.get_project):
        with pytest.raises(APIError, match="not found") as caught:
            await read("nobody")
        assert caught.value.status == 200
    with pytest.raises(APIError, match="not found"):
        await videos.add_contact("nobody", variables_list=[ADA])
    assert not sandbox.charges
