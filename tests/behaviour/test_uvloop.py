"""The same client on another event loop, which its caller chose."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from heygen_async import HeyGen, Timeouts, World
from heygen_async.errors import ReadTimeoutError
from heygen_async.models import AvatarVideo, PhotoAvatar
from heygen_async.sandbox import Fault, Sandbox
from heygen_async.sandbox.clock import SandboxClock
from heygen_async.testing import SkippingClock

uvloop: Any = pytest.importorskip("uvloop")


async def a_video(photo: Path, target: Path) -> None:
    clock = SkippingClock()
    shared = SandboxClock(source=clock.monotonic, epoch=clock.time())
    async with (
        Sandbox(media=False, clock=shared) as sandbox,
        HeyGen(api_key="k", base_url=sandbox.url, world=World(clock=clock)) as heygen,
    ):
        clock.watch(lambda: heygen.in_flight)
        avatar = await heygen.avatars.create(PhotoAvatar(name="Me", file=photo))
        look = await avatar.wait()
        video = await heygen.videos.create(AvatarVideo(avatar_id=look.id, script="Hello."))
        await video.download(target)


async def a_read_that_stalls() -> None:
    async with (
        Sandbox(media=False) as sandbox,
        HeyGen(api_key="k", base_url=sandbox.url, timeouts=Timeouts(read=0.05)) as heygen,
    ):
        sandbox.fault(Fault(method="GET", path="/v3/users/me", stall=30.0))
        with pytest.raises(ReadTimeoutError):
            await heygen.with_options(max_retries=0).users.get_current()


def on_uvloop(work: Any) -> None:
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(work)


def test_a_photo_becomes_a_video_on_disk(photo: Path, tmp_path: Path) -> None:
    on_uvloop(a_video(photo, tmp_path / "hello.mp4"))
    assert (tmp_path / "hello.mp4").stat().st_size > 1000


def test_a_read_ends_in_its_time() -> None:
    on_uvloop(a_read_that_stalls())
