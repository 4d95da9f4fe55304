from __future__ import annotations

import asyncio
import os
import signal
import subprocess
from array import array
from pathlib import Path

import pytest

from heygen_async.sandbox.media import ClipSpec, Renderer, RenderError, engines, espeak, speech
from heygen_async.sandbox.media.engines import WorkerEngine
from heygen_async.sandbox.media.espeak import Spoken
from heygen_async.sandbox.media.speech import RATE, timed
from heygen_async.sandbox.media.tones import say
from heygen_async.sandbox.media.voices import voice_of

SMALL = ClipSpec(width=160, height=90, script="Hello there.")


def workers(renderer: Renderer) -> list[WorkerEngine]:
    found = [*renderer._clips._engines, *renderer._voice._engines]
    return [engine for engine in found if isinstance(engine, WorkerEngine)]


def pids(renderer: Renderer) -> set[int]:
    return {engine.pid for engine in workers(renderer) if engine.pid is not None}


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def test_nothing_starts_before_it_is_needed(renderer: Renderer) -> None:
    assert pids(renderer) == set()
    await renderer.speak(SMALL)
    assert len(pids(renderer)) == 1
    assert renderer.real


async def test_each_file_is_made_once(renderer: Renderer) -> None:
    paths = await asyncio.gather(*(renderer.clip(SMALL) for _ in range(8)))
    assert len(set(paths)) == 1
    made = paths[0].stat().st_mtime_ns
    assert (await renderer.clip(SMALL)).stat().st_mtime_ns == made
    assert not list(paths[0].parent.glob("*.part"))


async def test_speech_is_the_same_in_every_process(renderer: Renderer, tmp_path: Path) -> None:
    first = await renderer.speak(SMALL)
    other = Renderer(renderer._folder, real=True)
    try:
        assert await other.speak(SMALL) == first
    finally:
        await other.aclose()


async def test_a_killed_worker_is_replaced(renderer: Renderer) -> None:
    await renderer.clip(SMALL)
    before = pids(renderer)
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    other = ClipSpec(width=160, height=90, script="Hello again.")
    try:
        path = await renderer.clip(other)
    except RenderError:  # the pipe was still there when the request went out
        path = await renderer.clip(other)
    assert path.exists()
    assert not pids(renderer) & before


async def test_a_worker_killed_over_its_work_says_so(renderer: Renderer) -> None:
    await renderer.clip(SMALL)
    (engine,) = (engine for engine in workers(renderer) if engine.pid is not None)
    long = ClipSpec(width=1920, height=1080, duration=120)
    task = asyncio.create_task(renderer.clip(long))
    part = renderer._folder / f"{long.digest()}-clip.mp4.part"
    while not part.exists():
        await asyncio.sleep(0.01)
    assert engine.pid is not None
    os.kill(engine.pid, signal.SIGKILL)
    with pytest.raises(RenderError, match="exit code -9"):
        await task
    assert not part.exists()
    assert (await renderer.clip(ClipSpec(width=64, height=64, duration=0.1))).exists()


async def test_cancelling_a_caller_leaves_the_render(renderer: Renderer) -> None:
    await renderer.clip(SMALL)
    spec = ClipSpec(width=640, height=360, duration=5)
    task = asyncio.create_task(renderer.clip(spec))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    path = await renderer.clip(spec)
    assert path.stat().st_size > 1000
    assert (await renderer.thumbnail(spec)).exists()


def test_one_renderer_serves_several_loops(tmp_path: Path) -> None:
    pytest.importorskip("av")
    renderer = Renderer(tmp_path, real=True)

    async def cut_short() -> None:
        task = asyncio.create_task(renderer.clip(ClipSpec(width=640, height=360, duration=3)))
        await asyncio.sleep(0)
        task.cancel()

    asyncio.run(cut_short())
    one = asyncio.run(renderer.clip(SMALL))
    assert asyncio.run(renderer.clip(SMALL)) == one
    asyncio.run(renderer.aclose())


async def test_closing(tmp_path: Path) -> None:
    pytest.importorskip("av")
    renderer = Renderer(tmp_path / "media", workers=2, real=True)
    task = asyncio.create_task(renderer.clip(ClipSpec(width=1920, height=1080, duration=300)))
    await asyncio.gather(renderer.speak(SMALL), renderer.clip(SMALL))
    before = pids(renderer)
    assert len(before) == 3
    (tmp_path / "media" / "left.part").write_bytes(b"")
    await renderer.aclose()
    await renderer.aclose()
    with pytest.raises(RenderError, match="closed"):
        await task
    assert not any(map(alive, before))
    assert not list((tmp_path / "media").glob("*.part"))
    with pytest.raises(RenderError, match="closed"):
        await renderer.clip(ClipSpec(width=64, height=64))


async def test_it_works_from_another_folder(
    renderer: Renderer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert (await renderer.clip(SMALL)).exists()


def test_the_worker_ends_with_its_stdin(tmp_path: Path) -> None:
    pytest.importorskip("av")
    done = subprocess.run(  # noqa: S603
        engines._command(tmp_path), input=b"", capture_output=True, check=False, timeout=30
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_the_worker_loads_no_client(tmp_path: Path) -> None:
    pytest.importorskip("av")
    command = engines._command(tmp_path)
    command[3] = command[3].replace("main()", "print(*sys.modules)")
    done = subprocess.run(  # noqa: S603
        command, capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.split())
    assert "heygen_async.sandbox.media.studio" in loaded
    assert not loaded & {"aiohttp", "asyncio", "numpy", "heygen_async.client"}


def test_too_few_workers(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="workers"):
        Renderer(tmp_path, workers=0)


def test_the_tone_voice_keeps_time() -> None:
    voice = voice_of("x", "female", "English", 1.0)
    text = "one two three four five six seven eight nine ten"
    spoken = say(text, voice, 1.0)
    assert len(spoken.pcm) == pytest.approx(4 * RATE, abs=2)
    assert max(spoken.pcm) > 1000
    assert spoken.pcm == say(text, voice, 1.0).pcm
    words = timed(text, spoken, 1.0)
    assert [word.start for word in words[:2]] == pytest.approx([1.0, 1.4])
    assert words[-1].end <= 5.0


def test_unnamed_words_are_placed_between_their_neighbours() -> None:
    spoken = Spoken(words=[(0, 0.0), (8, 2.0)], sounds=[(0.0, "a"), (3.0, "")])
    spoken.pcm.frombytes(bytes(2 * 3 * RATE))
    starts = [word.start for word in timed("aaa bbb ccc", spoken, 0.0)]
    assert starts == [0.0, 1.0, 2.0]


def test_without_the_speech_library_tones_are_heard(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> None:
        raise ImportError

    monkeypatch.setattr(speech, "Synthesiser", missing)
    heard = speech.Speaker(tmp_path, lambda _: array("h")).hear(
        ClipSpec(width=16, height=16, script="One two three four five.")
    )
    assert heard.speech.duration == pytest.approx(2.0, abs=0.25)
    assert max(heard.pcm) > 1000
    assert any(heard.shapes)


def test_a_deep_data_folder_is_linked_to(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 100) / ("e" * 100)
    deep.mkdir(parents=True)
    (deep / "phontab").write_bytes(b"x")
    near = espeak._short(deep)
    assert len(str(near)) < 140
    assert (near / "phontab").read_bytes() == b"x"
    espeak.forget_links()
    assert not near.exists()
    assert (deep / "phontab").exists()
    assert espeak._short(tmp_path) in {tmp_path, near}
