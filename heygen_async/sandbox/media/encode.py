"""Pictures and samples to MP4 or WebM, by PyAV."""

# Pillow and PyAV mention the types of numpy, which is not installed.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from pathlib import Path

import av
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.video.stream import VideoStream

from .base import COMMENT, TITLE
from .drift import Drift
from .planes import Patch, Surface, patch_of
from .script import FPS
from .speech import RATE, Heard
from .sprites import Layer
from .stage import Stage

__all__ = ["Film", "audio_frame", "encode", "mp4_audio", "mp4_video", "tag"]

_PER_PICTURE = RATE // FPS
#: The progress line: bright teal as limited-range BT.709 Y, U, V.
_LINE = (178, 128, 60)
#: Samples are handed over a second at a time, so that the file is interleaved.
_AHEAD = FPS


@dataclass(frozen=True, slots=True)
class Film:
    """What is encoded: the stage, what moves on it, and what is heard."""

    stage: Stage
    layers: Sequence[Layer]
    heard: Heard
    progress: bool


def tag(container: OutputContainer) -> None:
    """Say in the file's metadata that it comes from a local sandbox."""
    container.metadata["title"] = TITLE
    container.metadata["comment"] = COMMENT


def audio_frame(pcm: array[int], start: int) -> av.AudioFrame:
    """Mono samples as a frame that begins `start` samples into the clip."""
    frame = av.AudioFrame("s16", "mono", len(pcm))
    frame.planes[0].update(pcm.tobytes())
    frame.sample_rate = RATE
    frame.pts = start
    frame.time_base = Fraction(1, RATE)
    return frame


def encode(films: Iterable[Film], path: Path) -> None:
    """Write films one after the other, all of the first one's size.

    MP4 at a constant 25 pictures a second, or WebM when the first one is transparent: in a WebM
    pictures that would repeat the one before are left out.
    """
    rest = iter(films)
    first = next(rest)
    alpha = first.stage.image.mode == "RGBA"
    kind, options = ("webm", {}) if alpha else ("mp4", {"movflags": "+faststart"})
    with av.open(str(path), "w", format=kind, options=options) as container:
        tag(container)
        size = first.stage.image.size
        video = _webm_video(container, size) if alpha else mp4_video(container, size)
        audio = _audio(container, alpha=alpha)
        begin = 0
        for film in chain((first,), rest):
            surface = Surface(size, alpha=alpha)
            surface.put(patch_of(film.stage.image, (0, 0)))
            _run(film, container, video, audio, surface, begin=begin)
            begin += film.heard.pictures
        container.mux(video.encode(None))
        container.mux(audio.encode(None))


def _run(
    film: Film,
    container: OutputContainer,
    video: VideoStream,
    audio: AudioStream,
    surface: Surface,
    *,
    begin: int,
) -> None:
    pictures, pcm = film.heard.pictures, film.heard.pcm
    sparse = film.stage.image.mode == "RGBA"
    seen: list[Patch | None] = [None] * len(film.layers)
    line = _Line(surface, pictures) if film.progress else None
    for picture in range(pictures):
        if picture % _AHEAD == 0:
            start = picture * _PER_PICTURE
            piece = pcm[start : start + _AHEAD * _PER_PICTURE]
            container.mux(audio.encode(audio_frame(piece, start + begin * _PER_PICTURE)))
        changed = picture in {0, pictures - 1}
        for index, layer in enumerate(film.layers):
            patch = layer.at(picture)
            if patch is not seen[index]:
                surface.put(patch)
                seen[index] = patch
                changed = True
                if isinstance(layer, Drift):  # it has painted over all the others
                    seen[index + 1 :] = [None] * (len(seen) - index - 1)
                    line = _Line(surface, pictures) if film.progress else None
        if line is not None:
            line.draw(picture)
        if changed or not sparse:
            surface.frame.pts = begin + picture
            surface.frame.time_base = Fraction(1, FPS)
            container.mux(video.encode(surface.frame))


class _Line:
    """A thin line at the bottom that grows with time: it shows that seeking works."""

    def __init__(self, surface: Surface, pictures: int) -> None:
        frame = surface.frame
        self._surface, self._pictures, self._width = surface, pictures, frame.width
        self._top = frame.height - max(2, round(frame.height * 0.006 / 2) * 2)
        self._until = 0

    def draw(self, picture: int) -> None:
        until = self._width * (picture + 1) // self._pictures & ~1
        if until > self._until:
            self._surface.bar(self._until, until, self._top, _LINE)
            self._until = until


def mp4_video(container: OutputContainer, size: tuple[int, int]) -> VideoStream:
    """A track for pictures of a size, 25 a second, in an MP4."""
    # Constant QP needs no lookahead, and one thread is as fast as two at this preset.
    stream = container.add_stream(
        "libx264",
        rate=FPS,
        options={"preset": "ultrafast", "qp": "23", "g": "50", "x264-params": "log-level=error"},
    )
    _shape(stream, size, "yuv420p")
    return stream


def _webm_video(container: OutputContainer, size: tuple[int, int]) -> VideoStream:
    options = {
        "deadline": "realtime",
        "cpu-used": "8",  # 9 is refused
        "auto-alt-ref": "0",  # cannot go with alpha
        "lag-in-frames": "0",  # looking ahead gains nothing here and holds 25 pictures
        "b": "0",
        "crf": "10",
        "qmin": "0",
        "qmax": "20",  # coarser, and what is clear does not stay wholly clear
    }
    stream = container.add_stream("libvpx-vp9", rate=FPS, options=options)
    _shape(stream, size, "yuva420p")
    stream.metadata["alpha_mode"] = "1"
    return stream


def _shape(stream: VideoStream, size: tuple[int, int], pixels: str) -> None:
    stream.width, stream.height = size
    stream.pix_fmt = pixels
    context = stream.codec_context
    context.thread_count = 1
    context.time_base = Fraction(1, FPS)
    context.color_primaries = context.color_trc = context.colorspace = 1
    context.color_range = 1


def _audio(container: OutputContainer, *, alpha: bool) -> AudioStream:
    if alpha:
        opus = container.add_stream("libopus", rate=48000, layout="mono")
        opus.bit_rate = 48000
        return opus
    return mp4_audio(container)


def mp4_audio(container: OutputContainer) -> AudioStream:
    """A track for mono speech in an MP4."""
    aac = container.add_stream("aac", rate=RATE, options={"aac_coder": "fast"}, layout="mono")
    aac.bit_rate = 64000
    return aac
