"""Waiting: one board, many jobs, and every way in which a job ends."""

import asyncio
import gc
import logging
import math
from collections.abc import Callable

import pytest

from heygen_async import HeyGen, Job, World
from heygen_async.errors import (
    ClientLoopError,
    JobFailedError,
    JobLostError,
    JobTimeoutError,
    ServerError,
    UnauthorizedError,
)
from heygen_async.events import Event, StatusChanged, UnknownValueSeen
from heygen_async.models import AssetId, AvatarLook, AvatarVideo, DigitalTwin, Video
from heygen_async.models.v2 import GenerateVideo, Scene, Silence
from heygen_async.sandbox import Fault, Sandbox
from heygen_async.testing import SkippingClock

Calls = Callable[[str, str], int]


async def create(heygen: HeyGen, look: AvatarLook, text: str = "Hello there.") -> Job[Video]:
    return await heygen.videos.create(AvatarVideo(avatar_id=look.id, script=text))


async def test_a_hundred_waits_share_the_looks(
    heygen: HeyGen, look: AvatarLook, clock: SkippingClock, calls: Calls
) -> None:
    jobs: list[Job[Video]] = []
    for _ in range(10):
        batch = [await create(heygen, look, "word " * 40) for _ in range(10)]
        jobs += batch
        await asyncio.gather(*(job.wait() for job in batch))
    began = clock.monotonic()
    bulk = calls("GET", "/v3/videos/statuses")
    again = [heygen.videos.job(job.id) for job in jobs]
    videos = await asyncio.gather(*(job.wait() for job in again))
    assert all(video.video_url for video in videos)
    assert calls("GET", "/v3/videos/statuses") - bulk == 1
    assert clock.monotonic() - began < 10


async def test_waiting_costs_far_fewer_calls_than_polling_alone(
    heygen: HeyGen, look: AvatarLook, clock: SkippingClock
) -> None:
    jobs = [await create(heygen, look, "word " * 60) for _ in range(10)]
    began, before = clock.monotonic(), heygen.status_calls
    await asyncio.gather(*(job.wait() for job in jobs))
    alone = 10 * (clock.monotonic() - began) / 5
    assert heygen.status_calls - before < alone / 3


async def test_clients_with_options_of_their_own_share_the_looks(
    heygen: HeyGen, look: AvatarLook, calls: Calls
) -> None:
    jobs = [await create(heygen, look) for _ in range(10)]
    later = [heygen.with_options(timeout=5 + n).videos.job(job.id) for n, job in enumerate(jobs)]
    await asyncio.gather(*(job.wait() for job in (*jobs, *later)))
    again = calls("GET", "/v3/videos/statuses"), heygen.status_calls
    fresh = [heygen.with_options(timeout=5 + n).videos.job(job.id) for n, job in enumerate(jobs)]
    await asyncio.gather(*(job.wait() for job in fresh))
    assert calls("GET", "/v3/videos/statuses") - again[0] == 1
    assert heygen.status_calls - again[1] == 1 + 10


async def test_looks_have_the_patience_of_the_client_whoever_waits(
    heygen: HeyGen, sandbox: Sandbox, look: AvatarLook, clock: SkippingClock
) -> None:
    job = await create(heygen, look)
    await clock.sleep(600)
    hasty = heygen.with_options(max_retries=0)
    sandbox.fault(Fault(path=f"/v3/videos/{job.id}", status=503))
    assert (await hasty.videos.job(job.id).wait(timeout=0)).video_url
    with pytest.raises(ServerError):
        sandbox.fault(Fault(path=f"/v3/videos/{job.id}", status=503))
        await hasty.videos.job(job.id).read()


async def test_a_task_that_an_observer_begins_at_a_look_is_no_part_of_it(
    sandbox: Sandbox, world: World, clock: SkippingClock
) -> None:
    begun: list[asyncio.Task[object]] = []

    async def hasty() -> None:
        sandbox.fault(Fault(path="/v3/users/me", status=503))
        with pytest.raises(ServerError):
            await client.with_options(max_retries=0).users.get_current()

    def observe(event: Event) -> None:
        if isinstance(event, StatusChanged) and not begun:
            begun.append(asyncio.create_task(hasty()))

    async with HeyGen(
        api_key="test-key", base_url=sandbox.url, world=world, observers=[observe]
    ) as client:
        clock.watch(lambda: client.in_flight)
        looks = [each async for each in client.avatars.list_looks(max_items=1)]
        await (await create(client, looks[0])).wait()
        await begun[0]


async def test_batches_of_two_sorts_are_not_taken_for_each_other(heygen: HeyGen) -> None:
    kinds = {
        heygen.videos.batch_job("b")._kind.key,
        heygen.lipsyncs.batch_job("b")._kind.key,
        heygen.with_options(timeout=5).videos.batch_job("b")._kind.key,
    }
    assert len(kinds) == 2


async def test_the_result_is_only_handed_out_with_its_link(
    heygen: HeyGen, look: AvatarLook
) -> None:
    # The sandbox says `completed` two seconds before it gives the link, as HeyGen does.
    video = await (await create(heygen, look)).wait()
    assert video.status == "completed"
    assert video.video_url


async def test_updates_come_in_order_and_end(heygen: HeyGen, look: AvatarLook) -> None:
    job = await create(heygen, look, "word " * 200)
    seen = [update async for update in job.updates()]
    words = [update.status for update in seen]
    assert words[-1] == "completed"
    assert "processing" in words
    assert [update.finished for update in seen] == [False] * (len(seen) - 1) + [True]
    assert [update.age for update in seen] == sorted(update.age for update in seen)


async def test_updates_of_a_failed_job_end_without_an_exception(
    heygen: HeyGen, look: AvatarLook
) -> None:
    job = await create(heygen, look, "This one will [[fail]] for sure.")
    seen = [update async for update in job.updates()]
    assert seen[-1].status == "failed"
    assert seen[-1].finished


async def test_a_failed_job_says_why(heygen: HeyGen, look: AvatarLook) -> None:
    job = await create(heygen, look, "This one will [[fail]] for sure.")
    with pytest.raises(JobFailedError) as caught:
        await job.wait()
    assert caught.value.job_id == job.id
    assert caught.value.failure_code == "MODERATION_POLICY_VIOLATED"
    assert caught.value.failure_message
    assert job.id in str(caught.value)


async def test_a_timeout_is_not_a_failure_and_cancels_nothing(
    heygen: HeyGen, look: AvatarLook
) -> None:
    job = await create(heygen, look, "word " * 200)
    with pytest.raises(JobTimeoutError) as caught:
        await job.wait(timeout=30)
    assert caught.value.job_id == job.id
    assert caught.value.age == pytest.approx(30, abs=1)
    assert isinstance(caught.value, TimeoutError)
    assert (await heygen.videos.job(job.id).wait()).video_url


async def test_each_waiter_has_its_own_deadline(heygen: HeyGen, look: AvatarLook) -> None:
    job = await create(heygen, look, "word " * 100)
    results = await asyncio.gather(
        job.wait(timeout=20), job.wait(timeout=5000), return_exceptions=True
    )
    assert isinstance(results[0], JobTimeoutError)
    assert isinstance(results[1], Video)


@pytest.mark.odd_replies
async def test_an_unknown_status_is_waited_out_and_told_once(
    heygen: HeyGen,
    sandbox: Sandbox,
    look: AvatarLook,
    events: list[Event],
    caplog: pytest.LogCaptureFixture,
) -> None:
    sandbox.fault(Fault(method="GET", path="/v3/videos", status_word="moderating", times=6))
    job = await create(heygen, look)
    with caplog.at_level(logging.WARNING, "heygen_async"):
        assert (await job.wait()).video_url
    seen = [event for event in events if isinstance(event, UnknownValueSeen)]
    assert [event.value for event in seen] == ["moderating"]
    assert len([r for r in caplog.records if "unknown status" in r.message]) == 1


@pytest.mark.odd_replies
async def test_a_status_that_never_ends_meets_the_deadline(
    heygen: HeyGen, sandbox: Sandbox, look: AvatarLook
) -> None:
    sandbox.fault(Fault(method="GET", path="/v3/videos", status_word="pondering", times=9999))
    with pytest.raises(JobTimeoutError) as caught:
        await (await create(heygen, look)).wait(timeout=600)
    assert caught.value.status == "pondering"


async def test_a_look_that_fails_is_not_a_job_that_failed(
    heygen: HeyGen, sandbox: Sandbox, look: AvatarLook
) -> None:
    sandbox.fault(Fault(method="GET", path="/v3/videos", status=502, body="<html>", times=12))
    assert (await (await create(heygen, look)).wait()).video_url


async def test_a_key_that_stops_working_ends_every_wait(
    heygen: HeyGen, sandbox: Sandbox, look: AvatarLook
) -> None:
    jobs = [await create(heygen, look) for _ in range(3)]
    sandbox.fault(Fault(method="GET", path="/v3/videos", status=401, times=99))
    results = await asyncio.gather(*(job.wait() for job in jobs), return_exceptions=True)
    assert [type(result) for result in results] == [UnauthorizedError] * 3


async def test_an_id_that_heygen_does_not_know_is_lost_after_a_while(
    heygen: HeyGen, clock: SkippingClock
) -> None:
    began = clock.monotonic()
    with pytest.raises(JobLostError):
        await heygen.videos.job("nosuchvideo").wait()
    assert clock.monotonic() - began >= 60, "a new id may be unknown for a moment"


async def test_a_missing_bulk_endpoint_is_replaced_by_single_reads(
    heygen: HeyGen, sandbox: Sandbox, look: AvatarLook, calls: Calls
) -> None:
    sandbox.fault(Fault(method="GET", path="/v3/videos/statuses", status=404, times=99))
    jobs = [await create(heygen, look) for _ in range(3)]
    videos = await asyncio.gather(*(job.wait() for job in jobs))
    assert all(video.video_url for video in videos)
    assert calls("GET", "/v3/videos/statuses") == 1


async def test_a_cancelled_wait_leaves_no_trace(heygen: HeyGen, look: AvatarLook) -> None:
    job = await create(heygen, look, "word " * 200)
    tasks = [asyncio.create_task(job.wait()) for _ in range(5)]
    await asyncio.sleep(0)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert len(heygen._board) == 0
    assert (await job.wait()).video_url


async def test_updates_that_are_left_early_leave_no_trace(heygen: HeyGen, look: AvatarLook) -> None:
    job = await create(heygen, look, "word " * 200)
    updates = job.updates()
    assert (await anext(updates)).status
    await updates.aclose()
    assert len(heygen._board) == 0


async def test_a_job_is_found_again_from_its_id_by_another_client(
    heygen: HeyGen, sandbox: Sandbox, look: AvatarLook
) -> None:
    job = await create(heygen, look)
    await job.wait()
    async with HeyGen(api_key="other", base_url=sandbox.url) as later:
        assert (await later.videos.job(job.id).wait()).video_url


async def test_a_twin_waits_for_a_person(heygen: HeyGen, sandbox: Sandbox) -> None:
    clip = b"\x00\x00\x00\x20ftypisom" + bytes(200_000)
    footage = await heygen.assets.upload(clip, filename="me.mp4")
    job = await heygen.avatars.create(
        DigitalTwin(name="Me", file=AssetId(asset_id=footage.asset_id))
    )
    with pytest.raises(JobFailedError, match="pending_consent") as caught:
        await job.wait()
    assert "for_person" in (caught.value.hint or "")
    with pytest.raises(JobTimeoutError):
        await job.wait(timeout=3600, for_person=True)


async def test_a_v2_video_is_waited_for_and_its_failure_told(heygen: HeyGen) -> None:
    job = await heygen.v2.videos.generate(
        GenerateVideo(video_inputs=[Scene(voice=Silence(duration=4.0))])
    )
    assert (await job.wait()).duration == pytest.approx(4, abs=0.5)


async def test_training_that_was_never_asked_for_fails_at_once(
    heygen: HeyGen, clock: SkippingClock, photo: str
) -> None:
    asset = await heygen.v2.assets.upload(photo)
    assert asset.image_key
    group = await heygen.v2.photo_avatars.create_group(name="C", image_key=asset.image_key)
    with pytest.raises(JobFailedError, match="never sent to training"):
        await heygen.v2.photo_avatars.training_job(group.id).wait()


async def test_closing_the_client_ends_every_wait(heygen: HeyGen, look: AvatarLook) -> None:
    job = await create(heygen, look, "word " * 200)
    task = asyncio.create_task(job.wait())
    await asyncio.sleep(0)
    await heygen.close()
    with pytest.raises(ClientLoopError, match="closed"):
        await task
    gc.collect()


async def test_every_change_of_status_is_an_event(
    heygen: HeyGen, look: AvatarLook, events: list[Event]
) -> None:
    job = await create(heygen, look, "word " * 200)
    await job.wait(timeout=math.inf)
    words = [e.status for e in events if isinstance(e, StatusChanged) and e.job_id == job.id]
    assert words[-1] == "completed"
    assert len(words) == len(set(words))


async def test_looks_are_of_nobodys_context(heygen: HeyGen, look: AvatarLook) -> None:
    job, other = await create(heygen, look), await create(heygen, look, "word " * 400)
    with heygen.with_raw_response() as raw:
        waiting = asyncio.create_task(other.wait())
        await job.wait()
        seen = len(raw.all)
    await waiting
    assert len(raw.all) == seen == 0, "whoever waits first does not watch the looks of all others"
