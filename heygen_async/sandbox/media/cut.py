"""Parts of a video, one after the other, in another frame: decoded, cropped, and encoded anew."""

# Pillow and PyAV mention the types of numpy, which is not installed.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import TypeAlias

import av
from av.container import InputContainer
from av.error import FFmpegError
from av.filter import Graph
from av.video.frame import VideoFrame

from . import sound
from .encode import audio_frame, mp4_audio, mp4_video, tag
from .errors import RenderError
from .script import FPS
from .speech import RATE

__all__ = ["write"]

Parts: TypeAlias = Sequence[tuple[float, float]]


def write(source: str, parts: Parts, size: tuple[int, int], path: Path) -> None:
    """Write the parts as MP4, 25 pictures a second; what does not fit the frame is cropped.

    Args:
        source: The video.
        parts: Seconds from and to which it is kept, in order.
        size: Width and height of the frame, even.
        path: The file to make.

    Raises:
        RenderError: The video cannot be read, or shows nothing.
    """
    name = Path(source).name
    pictures = sum(round(end * FPS) - round(start * FPS) for start, end in parts)
    try:
        with av.open(source) as given:
            if not given.streams.video:
                raise RenderError(f"{name} has no pictures")
            _write(given, _kept(source, parts, pictures), parts, size, path)
    except (FFmpegError, OSError, ValueError) as error:
        raise RenderError(f"the video {name} cannot be cut: {error}") from error


def _write(
    given: InputContainer, pcm: array[int], parts: Parts, size: tuple[int, int], path: Path
) -> None:
    pictures = len(pcm) * FPS // RATE
    with av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"}) as made:
        tag(made)
        shown, heard = mp4_video(made, size), mp4_audio(made)
        for number, frame in enumerate(_steady(given, parts, size, pictures)):
            if number % FPS == 0:
                start = number * RATE // FPS
                made.mux(heard.encode(audio_frame(pcm[start : start + RATE], start)))
            frame.pts, frame.time_base = number, Fraction(1, FPS)
            made.mux(shown.encode(frame))
        made.mux(shown.encode(None))
        made.mux(heard.encode(None))


def _kept(source: str, parts: Parts, pictures: int) -> array[int]:
    """What is heard in the parts; silence where there is no sound."""
    try:
        pcm = sound.listen(source)
    except RenderError:
        pcm = array("h")
    kept = array("h")
    for start, end in parts:
        first, last = (round(second * FPS) * RATE // FPS for second in (start, end))
        piece = pcm[first:last]
        piece.frombytes(bytes(2 * (last - first - len(piece))))
        kept += piece
    return kept[: pictures * RATE // FPS]


def _steady(
    given: InputContainer, parts: Parts, size: tuple[int, int], pictures: int
) -> Iterator[VideoFrame]:
    """As many pictures as are wanted, each shown until the next one comes."""
    spans = [range(round(start * FPS), round(end * FPS)) for start, end in parts]
    wanted = [place for span in spans for place in span][:pictures]
    graph: Graph | None = None
    frames = _placed(given)
    _, frame = next(frames, (0, None))
    following = next(frames, None)
    for want in wanted:
        while following is not None and following[0] <= want:
            _, frame = following
            following = next(frames, None)
        if frame is None:
            raise RenderError("the video shows nothing")
        graph = graph or _cropper(frame, size)
        graph.push(frame)
        picture = graph.pull()
        assert isinstance(picture, VideoFrame)  # noqa: S101  no sound goes in
        yield picture


def _placed(given: InputContainer) -> Iterator[tuple[int, VideoFrame]]:
    """The pictures of a video with their place, counted 25 a second."""
    video = given.streams.video[0]
    start = float((video.start_time or 0) * (video.time_base or 0))
    for frame in given.decode(video):
        yield round(((frame.time or 0.0) - start) * FPS), frame


def _cropper(frame: VideoFrame, size: tuple[int, int]) -> Graph:
    """Scales pictures until they fill the frame, and cuts off what stands out."""
    width, height = size
    graph = Graph()
    given = graph.add_buffer(
        width=frame.width, height=frame.height, format=frame.format, time_base=Fraction(1, FPS)
    )
    scale = graph.add("scale", f"{width}:{height}:force_original_aspect_ratio=increase")
    crop = graph.add("crop", f"{width}:{height}")
    plain = graph.add("format", "yuv420p")
    sink = graph.add("buffersink")
    graph.link_nodes(given, scale, crop, plain, sink)
    graph.configure()
    return graph
