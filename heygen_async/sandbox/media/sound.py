"""Sound files: what is heard as WAV or MP3, and recordings as samples."""

# Pillow and PyAV mention the types of numpy, which is not installed.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

from array import array
from pathlib import Path

import av
from av.error import FFmpegError

from .encode import audio_frame, tag
from .errors import RenderError
from .speech import RATE

__all__ = ["listen", "write_mp3"]

#: Longest recording that is spoken with, in seconds; the rest is cut.
_LONGEST = 1800


def write_mp3(pcm: array[int], path: Path) -> None:
    """Write samples as MP3, 64 kbit/s mono."""
    with av.open(str(path), "w", format="mp3") as container:
        tag(container)
        stream = container.add_stream("libmp3lame", rate=RATE, layout="mono")
        stream.bit_rate = 64000
        for start in range(0, len(pcm), RATE):
            container.mux(stream.encode(audio_frame(pcm[start : start + RATE], start)))
        container.mux(stream.encode(None))


def listen(path: str) -> array[int]:
    """The first audio track of a file as mono samples, 22050 a second.

    Raises:
        RenderError: The file cannot be read, or has no sound.
    """
    pcm = array("h")
    name = Path(path).name
    try:
        with av.open(path) as container:
            if not container.streams.audio:
                raise RenderError(f"{name} has no sound")
            resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
            for frame in container.decode(audio=0):
                for piece in resampler.resample(frame):
                    pcm.frombytes(bytes(piece.planes[0])[: piece.samples * 2])
                if len(pcm) > _LONGEST * RATE:
                    break
            for piece in resampler.resample(None):
                pcm.frombytes(bytes(piece.planes[0])[: piece.samples * 2])
    except (FFmpegError, OSError, ValueError) as error:
        raise RenderError(f"the recording {name} cannot be read: {error}") from error
    if not pcm:
        raise RenderError(f"{name} has no sound")
    return pcm[: _LONGEST * RATE]
