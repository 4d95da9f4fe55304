"""Cancelled by a scope of anyio, which cancels every await again: nothing is lost or left."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import anyio

from heygen_async import HeyGen, PhotoAvatarMade, PhotoAvatarPlan, VideoJob, VideoPlan
from heygen_async.models import AvatarLook, AvatarVideo
from heygen_async.sandbox import Fault, Sandbox
from tests.behaviour.walks import VOICE, tasks


async def in_a_scope(work: Callable[[], Awaitable[object]], until: Callable[[], object]) -> None:
    """Works in a scope that is cancelled when something is so."""
    with anyio.CancelScope() as scope:

        async def cancel() -> None:
            while not until():
                await asyncio.sleep(0)
            scope.cancel()

        watching = asyncio.create_task(cancel())
        await work()
    await watching
    assert scope.cancelled_caught
    assert tasks() == []


async def test_a_video_of_a_plan_keeps_its_id(heygen: HeyGen, sandbox: Sandbox) -> None:
    sandbox.fault(Fault(method="POST", path="/v2/video/generate", stall=0.1))
    plan = VideoPlan(script="Hello.", voice_id=VOICE)
    ids: list[str] = []
    async with heygen.orchestrator() as studio:
        await in_a_scope(
            lambda: studio.avatar_video("Marcus_public_library_front", plan, keep=ids.append),
            lambda: sandbox.charges,
        )
    (video_id,) = ids
    assert video_id in sandbox._ctx.world.videos


async def test_looks_that_are_made_at_once_keep_their_ids(
    heygen: HeyGen, sandbox: Sandbox, photo: Path
) -> None:
    sandbox.fault(Fault(method="POST", path="/v2/photo_avatar/look/generate", stall=0.1))
    plan = PhotoAvatarPlan(name="C", photos=[photo], looks=["a beach", "a library"], motion=False)
    made = PhotoAvatarMade()
    async with heygen.orchestrator() as studio:
        await in_a_scope(
            lambda: studio.photo_avatar(plan, made=made),
            lambda: made.pictures,  # of the one that does not stall
        )
    assert sorted(made.pictures) == [0, 1]
    assert made.unknown == []


async def test_an_orchestrator_that_is_left_leaves_no_task(
    heygen: HeyGen, sandbox: Sandbox, look: AvatarLook
) -> None:
    async def work() -> None:
        async with heygen.orchestrator(slots=2) as studio:
            jobs = (
                VideoJob(request=AvatarVideo(avatar_id=look.id, script=f"Row {number}."))
                for number in range(9)
            )
            async for _ in studio.render(jobs):
                read.append(1)
                await asyncio.sleep(3600)  # its reader is elsewhere when the scope ends

    read: list[int] = []
    sandbox.fault(Fault(method="POST", path="/v3/videos", stall=0.1, times=9))
    await in_a_scope(work, lambda: read)
    assert len(sandbox.charges) < 9, "rows that nobody reads are not begun"
