"""Where somebody is in a clip: white where they are, black where they are not."""

# Pillow and PyAV mention the types of numpy, which is not installed.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
from PIL import Image

from .encode import mp4_video, tag
from .paint import Canvas
from .planes import Surface, patch_of
from .script import FPS

__all__ = ["write"]


def write(figure: Canvas, seconds: float, path: Path) -> None:
    """Write the mask of a figure that keeps its outline, as MP4 without sound.

    Args:
        figure: The figure on nothing: RGBA.
        seconds: How long the mask is.
        path: The file to make.
    """
    shown = figure.getchannel("A")
    surface = Surface(figure.size, alpha=False)
    surface.put(patch_of(Image.merge("RGB", (shown, shown, shown)), (0, 0)))
    options = {"movflags": "+faststart"}
    with av.open(str(path), "w", format="mp4", options=options) as made:
        tag(made)
        stream = mp4_video(made, figure.size)
        for picture in range(round(seconds * FPS)):
            surface.frame.pts, surface.frame.time_base = picture, Fraction(1, FPS)
            made.mux(stream.encode(surface.frame))
        made.mux(stream.encode(None))
