"""Sizes and durations: by calculation, and by looking into real files."""

import asyncio
from pathlib import Path
from typing import Any
from unittest.mock import patch

import aiohttp
import pytest

from heygen_async.sandbox import Sandbox
from heygen_async.sandbox.jobs import frame
from heygen_async.sandbox.media import RenderError
from tests.sandbox.kit import PHOTO, Api, png, still_clock, wav


@pytest.mark.parametrize(
    ("resolution", "ratio", "size"),
    [
        ("720p", "16:9", (1280, 720)),
        ("1080p", "16:9", (1920, 1080)),
        ("4k", "16:9", (3840, 2160)),
        ("720p", "9:16", (720, 1280)),
        ("1080p", "4:5", (1080, 1350)),
        ("1080p", "5:4", (1350, 1080)),
        ("720p", "1:1", (720, 720)),
        ("720p", "auto", (960, 720)),
    ],
)
def test_frames(resolution: str, ratio: str, size: tuple[int, int]) -> None:
    assert frame(resolution, ratio, (400, 300)) == size


def test_automatic_frames_stay_even_and_within_bounds() -> None:
    for source in ((3, 1), (1, 3), (451, 300), (1, 1000), (0, 0)):
        width, height = frame("1080p", "auto", source)
        assert width % 2 == height % 2 == 0
        assert max(width, height) <= 4096


async def test_real_media(http: aiohttp.ClientSession, tmp_path: Path) -> None:
    av: Any = pytest.importorskip("av")
    pytest.importorskip("PIL")
    async with Sandbox(clock=still_clock(), media=True) as sandbox:
        api = Api(sandbox, http)
        look = await api.photo_avatar(PHOTO.read_bytes())
        video_id = await api.video(
            avatar_id=look["id"], resolution="720p", aspect_ratio="1:1", script="Hello there."
        )
        api.advance(600)
        video = (await api.get(f"/v3/videos/{video_id}")).data
        clip = tmp_path / "clip.mp4"
        clip.write_bytes((await api.fetch(video["video_url"])).body)
    with av.open(str(clip)) as container:
        picture = container.streams.video[0]
        assert (picture.width, picture.height) == (720, 720)
        assert container.streams.audio
        assert container.duration / 1e6 == pytest.approx(video["duration"], abs=0.1)


async def test_statuses_do_not_wait_for_renders(api: Api) -> None:
    video_id = await api.video()
    api.advance(600)
    gate = asyncio.Event()
    canned = await api.sandbox._ctx.studio.portrait("x", 128, 128)

    async def slow(*_: Any) -> Path:
        await gate.wait()
        return canned

    with patch.object(api.sandbox._ctx.studio.renderer, "clip", slow):
        video = (await api.get(f"/v3/videos/{video_id}")).data
        fetching = asyncio.create_task(api.fetch(video["video_url"]))
        await asyncio.sleep(0.05)
        assert (await api.get(f"/v3/videos/{video_id}")).data["status"] == "completed"
        assert not fetching.done()
        gate.set()
        assert (await fetching).status == 200


async def test_a_render_that_fails(api: Api, caplog: pytest.LogCaptureFixture) -> None:
    video_id = await api.video()
    api.advance(600)
    video = (await api.get(f"/v3/videos/{video_id}")).data

    async def broken(*_: Any) -> Path:
        raise RenderError("no ink")

    with patch.object(api.sandbox._ctx.studio.renderer, "clip", broken):
        answer = await api.fetch(video["video_url"])
    assert (answer.status, b"InternalError" in answer.body) == (500, True)
    assert "no ink" in caplog.text
    assert api.sandbox.requests[-1].status == 500


async def test_recordings_decide_the_duration(api: Api) -> None:
    audio = await api.asset(wav(3.0), "a.wav")
    image = {"type": "asset_id", "asset_id": await api.asset(png(300, 200))}
    body = {"type": "image", "image": image, "audio_asset_id": audio}
    video_id = (await api.post("/v3/videos", body)).data["video_id"]
    remote = {"type": "image", "image": image, "audio_url": "https://example.com/a.mp3"}
    other_id = (await api.post("/v3/videos", remote)).data["video_id"]
    api.advance(600)
    seconds = [
        (await api.get(f"/v3/videos/{each}")).data["duration"] for each in (video_id, other_id)
    ]
    assert seconds == [pytest.approx(3.0, abs=0.3), pytest.approx(10.0, abs=0.3)]
