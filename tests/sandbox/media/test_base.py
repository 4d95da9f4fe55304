from __future__ import annotations

import subprocess
import sys
import wave
from itertools import pairwise
from pathlib import Path

import pytest

from heygen_async.sandbox.media import ClipSpec, Renderer, RenderError

SILENT = ClipSpec(width=1280, height=720)


def silent(seconds: float) -> ClipSpec:
    return ClipSpec(width=1280, height=720, duration=seconds)


async def test_the_base_tier_starts_no_process(
    base: Renderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr(subprocess, "Popen", refuse)
    assert not base.real
    assert (await base.clip(silent(2))).suffix == ".mp4"


@pytest.mark.parametrize("seconds", [3, 10, 60])
async def test_the_loop_decodes(base: Renderer, seconds: int) -> None:
    av = pytest.importorskip("av")
    path = await base.clip(silent(seconds))
    with av.open(str(path)) as file:
        assert file.duration == seconds * 1_000_000
        assert "sandbox" in file.metadata["comment"]
        times = [frame.pts for frame in file.decode(video=0)]
    assert len(times) == seconds * 25
    assert len({two - one for one, two in pairwise(times)}) == 1
    with av.open(str(path)) as file:
        samples = sum(frame.samples for frame in file.decode(audio=0))
    assert 0 <= samples / 24000 - seconds < 0.05


async def test_the_loop_can_be_sought(base: Renderer) -> None:
    av = pytest.importorskip("av")
    with av.open(str(await base.clip(silent(30)))) as file:
        file.seek(20_000_000)
        frame = next(file.decode(video=0))
    assert 16 < frame.time <= 20
    assert frame.key_frame


async def test_the_index_comes_first(base: Renderer) -> None:
    data = (await base.clip(silent(3))).read_bytes()
    assert data[4:8] == b"ftyp"
    assert data.index(b"moov") < data.index(b"mdat")


async def test_nothing_to_say_still_gives_a_second(base: Renderer) -> None:
    av = pytest.importorskip("av")
    with av.open(str(await base.clip(SILENT))) as file:
        assert file.duration == 1_000_000


async def test_words_are_spread_evenly(base: Renderer) -> None:
    spec = ClipSpec(width=2, height=2, script="One two three. Four five.", duration=1.0)
    speech = await base.speak(spec)
    assert speech.duration == 2.0
    assert [word.word for word in speech.words] == ["One", "two", "three.", "Four", "five."]
    assert speech.words[3].start == pytest.approx(1.2)
    assert [cue.text for cue in speech.cues] == ["One two three.", "Four five."]


async def test_sound(base: Renderer) -> None:
    spec = ClipSpec(width=2, height=2, script='Hello there. <break time="1s"/> Bye.')
    speech = await base.speak(spec)
    with wave.open(str(await base.audio(spec)), "rb") as file:
        assert file.getnframes() / file.getframerate() == pytest.approx(speech.duration)
        assert any(file.readframes(file.getnframes()))
    mp3 = await base.audio(spec, format="mp3")
    av = pytest.importorskip("av")
    with av.open(str(mp3)) as file:
        samples = sum(frame.samples for frame in file.decode(audio=0))
    assert samples / 24000 == pytest.approx(speech.duration, abs=0.05)
    with pytest.raises(ValueError, match="format"):
        await base.audio(spec, format="ogg")


async def test_stills(base: Renderer) -> None:
    assert (await base.thumbnail(SILENT)).read_bytes().startswith(b"\xff\xd8\xff")
    assert (await base.gif(SILENT)).read_bytes().startswith(b"GIF89a")


async def test_a_recording_is_measured(base: Renderer, tmp_path: Path) -> None:
    path = tmp_path / "said.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(bytes(2 * 8000 * 3))
    speech = await base.speak(ClipSpec(width=2, height=2, audio=str(path)))
    assert (speech.duration, speech.words) == (3.0, ())
    with pytest.raises(RenderError, match="does not exist"):
        await base.speak(ClipSpec(width=2, height=2, audio=str(tmp_path / "none.wav")))


WITHOUT_EXTRAS = """
import asyncio, importlib.abc, sys
from pathlib import Path

class Blocker(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"av", "PIL", "espeakng_loader", "numpy"}:
            raise ModuleNotFoundError(name, name=name)
        return None

sys.meta_path.insert(0, Blocker())

from heygen_async.sandbox.media import ClipSpec, Renderer

async def main():
    renderer = Renderer(Path(sys.argv[1]))
    assert not renderer.real
    spec = ClipSpec(width=640, height=360, script="Hello.")
    for path in [await renderer.clip(spec), await renderer.audio(spec), await renderer.gif(spec)]:
        assert path.stat().st_size > 1000
    await renderer.aclose()

asyncio.run(main())
"""


def test_without_extras(tmp_path: Path) -> None:
    root = Path(__file__).parents[3]
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-W", "error", "-c", WITHOUT_EXTRAS, str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        cwd=root,
    )
    assert done.returncode == 0, done.stderr
