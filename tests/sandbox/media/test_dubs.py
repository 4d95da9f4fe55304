"""Dubbed videos: the pictures stay as they are coded, the sound is new and as long as they are."""

from __future__ import annotations

from array import array
from pathlib import Path
from typing import Any

import pytest

from heygen_async.sandbox.media import ClipSpec, Cue, Renderer, RenderError, srt
from heygen_async.sandbox.media.captions import parsed
from heygen_async.sandbox.media.probe import video_seconds

av = pytest.importorskip("av")

PLAIN = ClipSpec(width=160, height=90, script="Hello there, this is the source.", duration=4.0)


def packets(path: Path) -> list[bytes]:
    with av.open(str(path)) as file:
        return [bytes(packet) for packet in file.demux(video=0) if packet.size]


def samples(path: Path) -> array[int]:
    pcm = array("h")
    with av.open(str(path)) as file:
        resampler = av.AudioResampler(format="s16", layout="mono", rate=22050)
        for frame in [*file.decode(audio=0), None]:
            for piece in resampler.resample(frame):
                pcm.frombytes(bytes(piece.planes[0])[: piece.samples * 2])
    return pcm


def lengths(path: Path) -> dict[str, float]:
    with av.open(str(path)) as file:
        return {each.type: float(each.duration * each.time_base) for each in file.streams}


def dub(source: Path, **fields: Any) -> ClipSpec:
    given = {"script": "Guten Tag, das ist neu.", "language": "German", "duration": 4.0}
    return ClipSpec(width=16, height=16, video=str(source), **given | fields)


async def test_pictures_are_copied_and_the_sound_is_new(renderer: Renderer) -> None:
    source = await renderer.clip(PLAIN)
    assert await renderer.length(source) == 4.0
    made = await renderer.dub(dub(source))
    assert packets(made) == packets(source)
    told = lengths(made)
    assert told["video"] == 4.0
    assert told["audio"] == pytest.approx(4.0, abs=0.05)
    before, after = samples(source), samples(made)
    assert before[: 22050 * 3] != after[: 22050 * 3]
    assert max(map(abs, after)) > 3000


async def test_what_is_said_too_long_is_cut(renderer: Renderer) -> None:
    source = await renderer.clip(ClipSpec(width=160, height=90, duration=1.0))
    made = await renderer.dub(dub(source, script="Guten Tag. " * 20, duration=None))
    assert lengths(made)["audio"] == pytest.approx(1.0, abs=0.05)


async def test_only_a_part_is_dubbed(renderer: Renderer) -> None:
    source = await renderer.clip(PLAIN)
    made = await renderer.dub(dub(source, span=(2.0, 3.0), duration=1.0))
    before, after = samples(source), samples(made)
    # Coded anew, what stays is near to what it was.
    kept = [abs(one - other) for one, other in zip(before, after, strict=False)]
    assert max(kept[: round(1.8 * 22050)]) < 6000
    assert sum(kept[:30000]) / 30000 < sum(kept[45000:63000]) / 18000 / 2


async def test_what_an_mp4_cannot_hold_is_coded_anew(renderer: Renderer, tmp_path: Path) -> None:
    source = tmp_path / "old.webm"
    with av.open(str(source), "w", format="webm") as file:
        stream = file.add_stream("libvpx", rate=10, options={"deadline": "realtime"})
        stream.width, stream.height, stream.pix_fmt = 98, 66, "yuv420p"
        for index in range(20):
            frame = av.VideoFrame(98, 66, "yuv420p")
            for plane in frame.planes:
                plane.update(bytes([index * 10]) * plane.buffer_size)
            frame.pts = index
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    made = await renderer.dub(dub(source, duration=2.0))
    with av.open(str(made)) as file:
        assert file.streams.video[0].codec_context.name == "h264"
        assert len([*file.decode(video=0)]) == 20
    assert lengths(made)["audio"] == pytest.approx(2.0, abs=0.05)


async def test_what_is_no_video_says_so(renderer: Renderer, tmp_path: Path) -> None:
    text = tmp_path / "a.mp4"
    text.write_bytes(b"no video")
    for problem in (text, tmp_path / "missing.mp4"):
        with pytest.raises(RenderError, match="cannot be read"):
            await renderer.length(problem)
        with pytest.raises(RenderError, match="cannot be read"):
            await renderer.dub(dub(problem))
    sound = await renderer.audio(PLAIN)
    with pytest.raises(RenderError, match="has no pictures"):
        await renderer.length(sound)


async def test_without_the_extras_a_dub_is_as_long_as_its_video(base: Renderer) -> None:
    source = await base.clip(ClipSpec(width=160, height=90, duration=3.0))
    assert await base.length(source) == 3.0
    made = await base.dub(dub(source, span=(1.0, 2.0), duration=1.0))
    assert video_seconds(made) == 3.0
    assert await base.length(Path("missing.mp4")) == 10.0


async def test_the_length_of_an_mp4_is_in_its_header(renderer: Renderer, tmp_path: Path) -> None:
    source = await renderer.clip(PLAIN)
    assert video_seconds(source) == pytest.approx(4.0, abs=0.05)
    content = source.read_bytes()
    broken = tmp_path / "broken.mp4"
    for piece in (b"", content[:40], b"\0\0\0\2abcd" + content, b"RIFF" + content[4:]):
        broken.write_bytes(piece)
        assert video_seconds(broken) is None


def test_captions_come_back_as_they_were_written() -> None:
    cues = (Cue(0.5, 2.0, "One."), Cue(3661.25, 3662.0, "Two & <three>."))
    assert parsed(srt(cues)) == cues


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("1\n00:00:01.000 --> 00:00:02.000 align:left\nA\nB\n", ["A B"]),
        ("00:00:01,000 --> 00:00:02,000\r\nNo number.\r\n\r\n", ["No number."]),
        ("1\n00:00:02,000 --> 00:00:01,000\nBackwards.\n", []),
        ("1\n00:00:01,000 --> 00:00:02,000\n\nNothing above.\n", []),
        ("1\nno times\nA\n\n2\n00:00:01,000 --> 00:00:02,000\nB\n", ["B"]),
    ],
)
def test_blocks_that_are_no_captions_are_left_out(text: str, found: list[str]) -> None:
    assert [cue.text for cue in parsed(text)] == found
