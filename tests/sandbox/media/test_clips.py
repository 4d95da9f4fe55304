from __future__ import annotations

import io
import wave
from array import array
from pathlib import Path
from typing import Any

import pytest

from heygen_async.sandbox.media import ClipSpec, Renderer, RenderError

av = pytest.importorskip("av")
Image = pytest.importorskip("PIL.Image")
ImageStat = pytest.importorskip("PIL.ImageStat")
ImageChops = pytest.importorskip("PIL.ImageChops")

SCRIPT = "Hello from the sandbox. Nothing here costs a cent."


def pictures(path: Path) -> list[Any]:
    with av.open(str(path)) as file:
        return [frame.to_image() for frame in file.decode(video=0)]


def loudness(path: Path) -> tuple[float, float]:
    """Seconds of sound, and its peak between 0 and 1."""
    with av.open(str(path)) as file:
        resampler = av.AudioResampler(format="s16", layout="mono", rate=22050)
        pcm = array("h")
        for frame in [*file.decode(audio=0), None]:
            for piece in resampler.resample(frame):
                pcm.frombytes(bytes(piece.planes[0])[: piece.samples * 2])
    return len(pcm) / 22050, max(map(abs, pcm)) / 32768


def mean(image: Any, box: tuple[int, int, int, int]) -> list[float]:
    return list(ImageStat.Stat(image.crop(box).convert("RGB")).mean)


def differ(one: Any, two: Any, box: tuple[int, int, int, int]) -> float:
    return max(ImageStat.Stat(ImageChops.difference(one.crop(box), two.crop(box))).mean)


async def test_a_clip_is_whole(renderer: Renderer) -> None:
    spec = ClipSpec(width=641, height=361, script=SCRIPT, avatar_id="anna")
    speech = await renderer.speak(spec)
    path = await renderer.clip(spec)
    assert path.suffix == ".mp4"
    assert 2 < speech.duration < 6
    assert [word.word for word in speech.words] == SCRIPT.split()
    with av.open(str(path)) as file:
        video, audio = file.streams.video[0], file.streams.audio[0]
        assert (video.width, video.height, video.average_rate) == (640, 360, 25)
        assert (video.codec_context.name, audio.codec_context.name) == ("h264", "aac")
        assert video.frames == round(speech.duration * 25)
        assert video.codec_context.pix_fmt == "yuv420p"
        assert file.duration / 1e6 == pytest.approx(speech.duration, abs=0.05)
        assert "sandbox" in file.metadata["comment"]
    assert len(pictures(path)) == round(speech.duration * 25)
    seconds, peak = loudness(path)
    assert seconds == pytest.approx(speech.duration, abs=0.1)
    assert peak > 0.05
    data = path.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")


async def test_the_mouth_moves_and_the_rest_stands(renderer: Renderer) -> None:
    shown = pictures(await renderer.clip(ClipSpec(width=640, height=360, script=SCRIPT)))
    # The portrait's square is 346 wide and stands in the middle, at the bottom.
    mouth, corner = (147 + 147, 14 + 171, 147 + 199, 14 + 208), (0, 0, 100, 100)
    assert max(differ(shown[0], image, mouth) for image in shown) > 3
    assert max(differ(shown[0], image, corner) for image in shown) < 3


async def test_captions_are_in_the_lower_third(renderer: Renderer) -> None:
    plain = ClipSpec(width=640, height=360, script=SCRIPT)
    captioned = ClipSpec(width=640, height=360, script=SCRIPT, captions=True)
    one, two = pictures(await renderer.clip(plain)), pictures(await renderer.clip(captioned))
    assert len(one) == len(two)
    assert differ(one[20], two[20], (100, 240, 540, 360)) > 10
    assert differ(one[20], two[20], (0, 0, 640, 230)) < 1


@pytest.mark.parametrize("size", [(640, 360), (360, 640), (480, 480), (160, 90)])
async def test_everything_is_marked(renderer: Renderer, size: tuple[int, int]) -> None:
    width, height = size
    spec = ClipSpec(width=width, height=height, duration=0.2, background="#ffffff")
    image = pictures(await renderer.clip(spec))[0]
    unit = min(size)
    corner = image.crop((width - round(unit * 0.16), 0, width, round(unit * 0.09))).convert("L")
    assert min(corner.tobytes()) < 140
    assert mean(image, (0, 0, 20, 20))[0] > 240


async def test_a_photo_is_seen(renderer: Renderer, photo: str) -> None:
    original = Image.open(photo).convert("RGB")
    spec = ClipSpec(width=480, height=480, duration=0.2, photo=photo)
    image = pictures(await renderer.clip(spec))[0]
    expected = original.resize((480, 480))
    for box in ((0, 200, 160, 320), (100, 100, 240, 240), (240, 240, 400, 400)):
        assert mean(image, box) == pytest.approx(mean(expected, box), abs=6)


@pytest.mark.parametrize(("circle", "fit"), [(False, None), (True, None), (False, "contain")])
async def test_a_photo_of_another_shape_is_framed(
    renderer: Renderer, photo: str, *, circle: bool, fit: str | None
) -> None:
    original = Image.open(photo).convert("RGB")
    spec = ClipSpec(
        width=640,
        height=360,
        duration=0.2,
        photo=photo,
        circle=circle,
        fit=fit,
        background="#0000ff",
    )
    image = pictures(await renderer.clip(spec))[0]
    assert mean(image, (0, 100, 60, 200)) == pytest.approx([0, 0, 255], abs=12)
    centre = mean(original, (440, 440, 640, 640))
    assert mean(image, (295, 140, 345, 190)) == pytest.approx(centre, abs=25)


async def test_cover_can_be_forced(renderer: Renderer, photo: str) -> None:
    spec = ClipSpec(
        width=640, height=360, duration=0.2, photo=photo, fit="cover", background="#0000ff"
    )
    image = pictures(await renderer.clip(spec))[0]
    assert mean(image, (0, 100, 60, 200))[2] < 200


async def test_a_photo_drifts(renderer: Renderer, photo: str) -> None:
    spec = ClipSpec(
        width=320, height=320, duration=4, script=SCRIPT, photo=photo, motion=True, captions=True
    )
    path = await renderer.clip(spec)
    shown = pictures(path)
    assert len(shown) == round((await renderer.speak(spec)).duration * 25)
    assert differ(shown[0], shown[75], (40, 60, 280, 200)) > 2
    assert differ(shown[0], shown[75], (285, 12, 300, 20)) < 12  # the mark stands still
    line = shown[-1].crop((0, 318, 320, 320)).resize((4, 1))
    assert all(green > red + 60 for red, green, _ in (line.getpixel((x, 0)) for x in range(4)))


async def test_backgrounds(renderer: Renderer, photo: str) -> None:
    clip = await renderer.clip(ClipSpec(width=480, height=480, duration=0.2, photo=photo))
    for source in (photo, str(clip)):
        spec = ClipSpec(width=480, height=480, duration=0.2, background_image=source)
        image = pictures(await renderer.clip(spec))[0]
        expected = mean(Image.open(photo).resize((480, 480)), (0, 200, 60, 300))
        assert mean(image, (0, 200, 60, 300)) == pytest.approx(expected, abs=12)


async def test_a_transparent_clip(renderer: Renderer) -> None:
    spec = ClipSpec(width=320, height=240, script="Hello there.", alpha=True)
    path = await renderer.clip(spec)
    assert path.suffix == ".webm"
    decoder = av.CodecContext.create("libvpx-vp9", "r")
    with av.open(str(path)) as file:
        stream = file.streams.video[0]
        assert {key.lower(): value for key, value in stream.metadata.items()}["alpha_mode"] == "1"
        assert file.streams.audio[0].codec_context.name in {"opus", "libopus"}
        frames = [frame for packet in file.demux(stream) for frame in decoder.decode(packet)]
    assert frames[0].format.name == "yuva420p"
    plane = frames[0].planes[3]
    alpha = bytes(plane)
    assert alpha[0] == 0
    assert alpha[110 * plane.line_size + 160] == 255
    assert loudness(path)[1] > 0.05


async def test_stills(renderer: Renderer, photo: str) -> None:
    for spec in (
        ClipSpec(width=640, height=360, script=SCRIPT, avatar_id="zoe"),
        ClipSpec(width=360, height=640, script=SCRIPT, photo=photo),
        ClipSpec(width=320, height=320, script=SCRIPT, alpha=True),
    ):
        with Image.open(await renderer.thumbnail(spec)) as still:
            still.load()
            assert (still.format, still.size) == ("JPEG", spec.size)
        with Image.open(await renderer.gif(spec)) as gif:
            assert gif.width == 320
            assert gif.n_frames >= 6


async def test_sound_files(renderer: Renderer) -> None:
    spec = ClipSpec(width=640, height=360, script=SCRIPT, voice_id="x", gender="male")
    speech = await renderer.speak(spec)
    path = await renderer.audio(spec)
    with wave.open(str(path), "rb") as file:
        assert file.getnframes() / file.getframerate() == pytest.approx(speech.duration)
    assert loudness(path)[1] > 0.05
    seconds, peak = loudness(await renderer.audio(spec, format="mp3"))
    assert seconds == pytest.approx(speech.duration, abs=0.1)
    assert peak > 0.05


async def test_a_recording_speaks(renderer: Renderer) -> None:
    said = await renderer.audio(ClipSpec(width=2, height=2, script=SCRIPT))
    spec = ClipSpec(width=320, height=180, audio=str(said), duration=1.0)
    with wave.open(str(said), "rb") as file:
        length = file.getnframes() / file.getframerate()
    speech = await renderer.speak(spec)
    assert speech.duration == pytest.approx(length, abs=0.05)
    assert speech.words == ()
    path = await renderer.clip(spec)
    assert loudness(path)[1] > 0.05
    again = await renderer.speak(ClipSpec(width=320, height=180, audio=str(path)))
    assert again.duration == pytest.approx(length, abs=0.12)


async def test_breaks_and_speed(renderer: Renderer) -> None:
    plain = await renderer.speak(ClipSpec(width=2, height=2, script="One. Two."))
    broken = await renderer.speak(
        ClipSpec(width=2, height=2, script='One. <break time="2s"/> Two.')
    )
    fast = await renderer.speak(ClipSpec(width=2, height=2, script="One. Two.", speed=2.0))
    assert broken.duration > plain.duration + 1.2
    assert fast.duration < plain.duration
    assert broken.words[1].start - broken.words[0].end >= 2.0


async def test_the_least_duration(renderer: Renderer) -> None:
    speech = await renderer.speak(ClipSpec(width=2, height=2, script="Hi.", duration=4.0))
    assert speech.duration == 4.0
    assert speech.words[-1].end < 2


async def test_languages_speak(renderer: Renderer) -> None:
    for language, script in (("Japanese", "こんにちは、世界。"), ("fr-FR", "Ça coûte 3,50 €.")):
        speech = await renderer.speak(ClipSpec(width=2, height=2, script=script, language=language))
        assert speech.duration > 0.8
        starts = [word.start for word in speech.words]
        assert starts == sorted(starts)
        assert speech.words[-1].end <= speech.duration


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "cannot be read"),
        (b"no picture at all", "cannot be read"),
        (b"\x89PNG\r\n\x1a\n" + bytes(64), "cannot be read"),
        (b"\xff\xd8\xff\xe0" + bytes(64), "cannot be read"),
        ((50_000, 50_000), "too many pixels"),
    ],
)
async def test_a_broken_photo_is_refused(
    renderer: Renderer, tmp_path: Path, data: bytes | tuple[int, int], reason: str
) -> None:
    path = tmp_path / "photo.png"
    if isinstance(data, tuple):
        file = io.BytesIO()
        Image.new("1", (1, 1)).save(file, "PNG")
        bomb = bytearray(file.getvalue())
        bomb[16:24] = data[0].to_bytes(4, "big") + data[1].to_bytes(4, "big")
        import zlib  # noqa: PLC0415

        bomb[29:33] = zlib.crc32(bomb[12:29]).to_bytes(4, "big")
        data = bytes(bomb)
    path.write_bytes(data)
    with pytest.raises(RenderError, match=reason):
        await renderer.clip(ClipSpec(width=64, height=64, photo=str(path)))
    assert (await renderer.clip(ClipSpec(width=64, height=64))).exists()


async def test_a_truncated_jpeg_is_refused(renderer: Renderer, tmp_path: Path, photo: str) -> None:
    path = tmp_path / "half.jpg"
    data = Path(photo).read_bytes()
    path.write_bytes(data[: len(data) // 2])
    with pytest.raises(RenderError, match=r"half\.jpg"):
        await renderer.thumbnail(ClipSpec(width=64, height=64, photo=str(path)))


async def test_a_photo_is_turned_upright(renderer: Renderer, tmp_path: Path) -> None:
    path = tmp_path / "turned.jpg"
    image = Image.new("RGB", (200, 100), (250, 0, 0))
    image.paste((0, 0, 250), (100, 0, 200, 100))
    exif = Image.Exif()
    exif[0x0112] = 6  # stored lying: the top is on the left
    image.save(path, exif=exif)
    spec = ClipSpec(width=100, height=200, photo=str(path), fit="cover")
    with Image.open(await renderer.thumbnail(spec)) as still:
        assert mean(still, (10, 30, 60, 80))[0] > 200
        assert mean(still, (10, 120, 60, 160))[2] > 200


@pytest.mark.parametrize("size", [(2, 2), (17, 33), (30, 600), (1000, 10)])
async def test_odd_shapes(renderer: Renderer, photo: str, size: tuple[int, int]) -> None:
    width, height = size
    for source in (None, photo):
        for circle in (False, True):
            spec = ClipSpec(
                width=width,
                height=height,
                script="Hi.",
                photo=source,
                circle=circle,
                captions=True,
            )
            assert pictures(await renderer.clip(spec))[0].size == spec.size
            assert (await renderer.gif(spec)).exists()


async def test_more_than_it_can_hold_is_refused(renderer: Renderer) -> None:
    with pytest.raises(RenderError, match="4096"):
        await renderer.clip(ClipSpec(width=8000, height=100))


async def test_a_recording_must_sound(renderer: Renderer, photo: str) -> None:
    with pytest.raises(RenderError, match="has no sound"):
        await renderer.clip(ClipSpec(width=64, height=64, audio=photo))
    for path in (photo + ".none", __file__):
        with pytest.raises(RenderError, match="cannot be read"):
            await renderer.speak(ClipSpec(width=64, height=64, audio=path))


def test_the_stage_is_steady(photo: str) -> None:
    from heygen_async.sandbox.media.stage import build_stage  # noqa: PLC0415 - needs Pillow

    for spec in (
        ClipSpec(width=320, height=180, avatar_id="anna"),
        ClipSpec(width=320, height=180, photo=photo),
        ClipSpec(width=320, height=180, avatar_id="anna", circle=True),
    ):
        assert build_stage(spec).image.tobytes() == build_stage(spec).image.tobytes()
    one, two = (
        build_stage(ClipSpec(width=320, height=180, avatar_id=name)).image.tobytes()
        for name in ("anna", "bert")
    )
    assert one != two
