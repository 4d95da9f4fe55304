"""Clips of several scenes."""

from pathlib import Path
from typing import Any

import pytest

from heygen_async.sandbox.media import ClipSpec, Renderer

av = pytest.importorskip("av")

SIZE: dict[str, Any] = {"width": 320, "height": 180}


def scenes() -> tuple[ClipSpec, ...]:
    return (
        ClipSpec(**SIZE, script="The first one.", avatar_id="a", background="#ff0000"),
        ClipSpec(**SIZE, duration=1.0, avatar_id="b", background="#00ff00"),
        ClipSpec(**SIZE, script="The last one.", avatar_id="c", background="#0000ff"),
    )


async def test_scenes_follow_each_other(renderer: Renderer) -> None:
    parts = scenes()
    whole = ClipSpec(**SIZE, scenes=parts)
    alone = [await renderer.speak(part) for part in parts]
    speech = await renderer.speak(whole)
    assert speech.duration == pytest.approx(sum(part.duration for part in alone))
    assert [word.word for word in speech.words] == ["The", "first", "one.", "The", "last", "one."]
    assert speech.words[3].start == pytest.approx(
        alone[0].duration + alone[1].duration + alone[2].words[0].start, abs=0.01
    )
    path = await renderer.clip(whole)
    with av.open(str(path)) as file:
        frames = [frame.to_image() for frame in file.decode(video=0)]
        assert file.duration / 1e6 == pytest.approx(speech.duration, abs=0.1)
    assert len(frames) == round(speech.duration * 25)
    middle = round((alone[0].duration + 0.5) * 25)
    loudest = [max(range(3), key=frame.getpixel((4, 4)).__getitem__) for frame in (
        frames[0], frames[middle], frames[-1]
    )]  # fmt: skip
    assert loudest == [0, 1, 2]
    with av.open(str(path)) as file:
        stamps = [packet.pts for packet in file.demux(audio=0) if packet.pts is not None]
    assert stamps == sorted(set(stamps))


async def test_stills_show_the_first_scene(renderer: Renderer) -> None:
    parts = scenes()
    whole = ClipSpec(**SIZE, scenes=parts)
    assert await renderer.thumbnail(whole) == await renderer.thumbnail(parts[0])
    assert await renderer.gif(whole) == await renderer.gif(parts[0])
    assert (await renderer.audio(whole)).stat().st_size > (
        await renderer.audio(parts[0])
    ).stat().st_size


async def test_a_clip_is_shown_by_its_first_picture(renderer: Renderer) -> None:
    clip = await renderer.clip(scenes()[0])
    shown = await renderer.clip(ClipSpec(**SIZE, duration=0.2, photo=str(clip), fit="cover"))
    with av.open(str(shown)) as file:
        red, green, blue = next(file.decode(video=0)).to_image().getpixel((4, 4))
    assert red > 200 > max(green, blue)


async def test_canned_scenes_are_as_long_as_all_of_them(tmp_path: Path) -> None:
    renderer = Renderer(tmp_path, real=False)
    try:
        parts = scenes()
        alone = [await renderer.speak(part) for part in parts]
        speech = await renderer.speak(ClipSpec(**SIZE, scenes=parts))
        assert speech.duration == pytest.approx(sum(part.duration for part in alone))
        assert len(speech.cues) == 2
        assert speech.cues[1].start >= alone[0].duration + alone[1].duration
        path = await renderer.clip(ClipSpec(**SIZE, scenes=parts))
        with av.open(str(path)) as file:
            assert file.duration / 1e6 == pytest.approx(speech.duration, abs=0.1)
    finally:
        await renderer.aclose()
