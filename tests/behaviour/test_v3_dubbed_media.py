"""Translations and lipsyncs with true renders: what is downloaded can be watched."""

from array import array
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from heygen_async import HeyGen, World
from heygen_async.models import CreateLipsync, CreateVideoTranslation
from heygen_async.sandbox import Sandbox
from heygen_async.sandbox.clock import SandboxClock
from heygen_async.testing import SkippingClock
from tests.sandbox.kit import wav

av = pytest.importorskip("av")
pytest.importorskip("PIL")

BUNNY = Path(__file__).parents[3] / "shared" / "data" / "bunny.mp4"
needs_bunny = pytest.mark.skipif(not BUNNY.exists(), reason="no film lies beside the checkout")


@pytest.fixture
async def sandbox(clock: SkippingClock) -> AsyncIterator[Sandbox]:
    shared = SandboxClock(source=clock.monotonic, epoch=clock.time())
    async with Sandbox(media=True, clock=shared) as sandbox:
        yield sandbox


@pytest.fixture
async def heygen(sandbox: Sandbox, clock: SkippingClock, world: World) -> AsyncIterator[HeyGen]:
    async with HeyGen(api_key="k", base_url=sandbox.url, world=world) as client:
        clock.watch(lambda: client.in_flight)
        yield client


def pictures(path: Path) -> list[bytes]:
    with av.open(str(path)) as file:
        return [bytes(packet) for packet in file.demux(video=0) if packet.size]


def peak(path: Path) -> int:
    pcm = array("h")
    with av.open(str(path)) as file:
        resampler = av.AudioResampler(format="s16", layout="mono", rate=22050)
        for frame in file.decode(audio=0):
            for piece in resampler.resample(frame):
                pcm.frombytes(bytes(piece.planes[0])[: piece.samples * 2])
    return max(map(abs, pcm))


@needs_bunny
async def test_a_film_is_translated(heygen: HeyGen, tmp_path: Path) -> None:
    jobs = await heygen.translations.create(
        CreateVideoTranslation(video=BUNNY, output_languages=["German", "French"])
    )
    done = await jobs.wait()
    assert [each.duration for each in done.results.values()] == [pytest.approx(5.28, abs=0.1)] * 2
    german = await jobs["German"].download(tmp_path / "german.mp4")
    french = await jobs["French"].download(tmp_path / "french.mp4")
    assert pictures(german) == pictures(french) == pictures(BUNNY)
    assert peak(german) > 3000
    sound = await jobs["German"].download(tmp_path / "german.mp3", file="audio_url")
    assert peak(sound) > 3000
    srt = await jobs["German"].download(tmp_path / "german.srt", file="srt_caption_url")
    assert "Testumgebung" in srt.read_text("utf-8")


@needs_bunny
async def test_a_film_gets_another_recording(heygen: HeyGen, tmp_path: Path) -> None:
    job = await heygen.lipsyncs.create(CreateLipsync(video=BUNNY, audio=wav(1.0)))
    path = await job.download(tmp_path / "film.mp4")
    assert pictures(path) == pictures(BUNNY)
    assert peak(path) < 50  # the recording is silent


async def test_a_far_video_is_stood_in_for(heygen: HeyGen, tmp_path: Path) -> None:
    far = "https://example.com/talk.mp4"
    jobs = await heygen.translations.create(
        CreateVideoTranslation(video=far, output_languages=["Spanish"])
    )
    path = await jobs["Spanish"].download(tmp_path / "talk.mp4")
    with av.open(str(path)) as file:
        seconds = {each.type: float(each.duration * each.time_base) for each in file.streams}
    assert seconds["video"] == 10.0
    assert seconds["audio"] == pytest.approx(10.0, abs=0.05)
