"""A video with other sound: pictures copied as they are coded, speech encoded anew."""

# Pillow and PyAV mention the types of numpy, which is not installed.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import cast

import av
from av.audio.stream import AudioStream
from av.container import InputContainer, OutputContainer
from av.error import FFmpegError
from av.packet import Packet
from av.video.stream import VideoStream

from . import sound
from .encode import audio_frame, mp4_audio, mp4_video, tag
from .errors import RenderError
from .script import FPS
from .speech import RATE

__all__ = ["length", "write"]

#: Pictures that an MP4 can hold as they are coded; others are coded anew.
_COPIED = frozenset({"h264", "hevc", "av1", "vp9", "mpeg4"})


def length(source: str) -> float:
    """Seconds of a video.

    Raises:
        RenderError: It cannot be read, or shows nothing.
    """
    with _opened(source) as given:
        return _seconds(given)


def write(
    source: str, pcm: array[int], path: Path, *, span: tuple[float, float] | None = None
) -> None:
    """Write the video with the samples in the place of its sound, as long as its pictures.

    Args:
        source: The video.
        pcm: What is heard, mono.
        path: The file to make.
        span: Seconds from and to which it is heard; what was heard before stays around it.

    Raises:
        RenderError: The video cannot be read.
    """
    with _opened(source) as given:
        samples = round(_seconds(given) * RATE)
        pcm = _around(source, pcm, samples, span) if span else _fit(pcm, samples)
        options = {"movflags": "+faststart"}
        with av.open(str(path), "w", format="mp4", options=options) as made:
            tag(made)
            video = given.streams.video[0]
            copies = video.codec_context.name in _COPIED
            pictures = _copied(given, made, video) if copies else _coded(given, made, video)
            heard = _Heard(made, pcm)
            for at, packet in pictures:
                heard.until(at)
                made.mux(packet)
            heard.until(None)


def _opened(source: str) -> InputContainer:
    try:
        given = av.open(source)
    except (FFmpegError, OSError, ValueError) as error:
        raise RenderError(f"the video {Path(source).name} cannot be read: {error}") from error
    if not given.streams.video:
        given.close()
        raise RenderError(f"{Path(source).name} has no pictures")
    return given


def _seconds(given: InputContainer) -> float:
    video = given.streams.video[0]
    if video.duration and video.time_base:
        return float(video.duration * video.time_base)
    return (given.duration or av.time_base) / av.time_base


def _around(source: str, pcm: array[int], samples: int, span: tuple[float, float]) -> array[int]:
    """What was heard before, and within the span the new."""
    try:
        heard = _fit(sound.listen(source), samples)
    except RenderError:  # it was silent
        heard = _fit(array("h"), samples)
    start, end = (min(samples, round(second * RATE)) for second in span)
    heard[start:end] = _fit(pcm, end - start)
    return heard


def _fit(pcm: array[int], samples: int) -> array[int]:
    fitted = pcm[:samples]
    fitted.frombytes(bytes(2 * (samples - len(fitted))))
    return fitted


def _copied(
    given: InputContainer, made: OutputContainer, video: VideoStream
) -> Iterator[tuple[float, Packet[VideoStream]]]:
    stream = made.add_stream_from_template(video)

    def packets() -> Iterator[tuple[float, Packet[VideoStream]]]:
        for packet in given.demux(video):
            if packet.dts is not None:
                at = float(packet.dts * packet.time_base)
                packet.stream = stream
                yield at, packet

    return packets()


def _coded(
    given: InputContainer, made: OutputContainer, video: VideoStream
) -> Iterator[tuple[float, Packet[VideoStream]]]:
    width, height = video.width & ~1, video.height & ~1
    stream = mp4_video(made, (width, height))
    encoded = cast("Callable[[object], list[Packet[VideoStream]]]", stream.encode)

    def packets() -> Iterator[tuple[float, Packet[VideoStream]]]:
        shown = -1
        for frame in given.decode(video):
            picture = round((frame.time or 0.0) * FPS)
            if picture > shown:
                shown = picture
                plain = frame.reformat(width=width, height=height, format="yuv420p")
                plain.pts, plain.time_base = picture, Fraction(1, FPS)
                for packet in encoded(plain):
                    yield picture / FPS, packet
        for packet in encoded(None):
            yield shown / FPS, packet

    return packets()


class _Heard:
    """The sound, a second at a time, so that the file is interleaved."""

    def __init__(self, made: OutputContainer, pcm: array[int]) -> None:
        self._made = made
        self._pcm = pcm
        self._stream: AudioStream = mp4_audio(made)
        self._at = 0

    def until(self, second: float | None) -> None:
        """Encode as much as goes with the pictures up to then; all the rest, with None."""
        end = len(self._pcm) if second is None else round((second + 1) * RATE)
        while self._at < min(end, len(self._pcm)):
            piece = self._pcm[self._at : self._at + RATE]
            self._made.mux(self._stream.encode(audio_frame(piece, self._at)))
            self._at += len(piece)
        if second is None:
            self._made.mux(self._stream.encode(None))
