"""A slow zoom of the whole picture, in small steps, with the marks standing still."""

# Pillow mentions the types of numpy, which is not installed.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from PIL import Image

from .paint import Canvas
from .planes import Patch, patch_of
from .script import FPS

__all__ = ["Drift"]

#: Pictures per step: at 720p a step costs some 10 ms and moves the edge by less than a pixel.
_STEP = 4
_REACH = 0.06
#: Seconds in which the zoom goes in; it goes out in as many.
_PERIOD = 12.0


class Drift:
    """Repaints the stage, in place, every few pictures.

    Args:
        stage: The stage that the other layers are cut from.
        plain: The same without its marks.
        marks: Paint the marks.
    """

    def __init__(
        self, stage: Canvas, plain: Canvas, marks: Sequence[Callable[[Canvas], None]]
    ) -> None:
        self._stage, self._plain, self._marks = stage, plain, marks
        self.step: int = -1
        self._patch: Patch | None = None

    def at(self, picture: int) -> Patch:
        """The whole picture; a new one when the step has changed."""
        step = picture // _STEP
        if self._patch is None or step != self.step:
            self.step = step
            self._stage.paste(self._zoomed(step * _STEP / FPS), (0, 0))
            for paint in self._marks:
                paint(self._stage)
            self._patch = patch_of(self._stage, (0, 0))
        return self._patch

    def _zoomed(self, second: float) -> Canvas:
        amount = _REACH * (1 - math.cos(math.pi * second / _PERIOD)) / 2
        width, height = self._plain.size
        left, top = width * amount / 2, height * amount / 2
        box = left, top, width - left, height - top
        return self._plain.resize(self._plain.size, Image.Resampling.BILINEAR, box=box)
