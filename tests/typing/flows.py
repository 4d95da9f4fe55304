"""Typical use of stages, never run: what goes in and comes out of a chain is seen."""

from typing import assert_type

from heygen_async import (
    HeyGen,
    Outcome,
    PhotoAvatarPlan,
    PhotoAvatarResult,
    Result,
    Stage,
    VideoJob,
)
from heygen_async.models import AvatarVideo
from heygen_async.orchestrator import Chain


async def write(topic: str) -> VideoJob:
    return VideoJob(request=AvatarVideo(avatar_id="a", script=topic))


async def publish(outcome: Outcome) -> int:
    return len(outcome.key)


async def flows(heygen: HeyGen) -> None:
    async with heygen.orchestrator() as studio:
        assert_type(studio.videos(), Chain[VideoJob, Outcome])
        chain = Stage("write", write, at_once=2) | studio.videos() | Stage("publish", publish)
        assert_type(chain, Chain[str, int])
        async for result in studio.flow(["rain"], chain, ordered=True):
            assert_type(result, Result[str, int])
            assert_type(result.value, int | None)
            assert_type(result.item, str)
        plans = Stage("avatar", studio.photo_avatar, at_once=4)
        assert_type(plans, Stage[PhotoAvatarPlan, PhotoAvatarResult])
        first, last = Stage("write", write), Stage("publish", publish)
        _ = last | first  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        async for outcome in studio.render([], fail_fast=True):
            assert_type(outcome, Outcome)
        studio.drain()
        studio.stop()
