"""Drawing helpers on Pillow: smooth shapes, gradients, discs and cards."""

# Pillow and PyAV mention the types of numpy, which is not installed.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import lru_cache

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from .look import Color, mix

__all__ = ["Brush", "Canvas", "cover", "disc", "gradient", "rounded", "shadowed"]

Canvas = Image.Image
_SMOOTH = 2


class Brush:
    """Draws on a transparent square in units of its side, at twice the size for smooth edges."""

    def __init__(self, width: int, height: int, unit: float, *, smooth: int = _SMOOTH) -> None:
        """A canvas of `width` by `height` pixels, where lengths are in `unit` pixels."""
        self._size = (width, height)
        self._scale = unit * smooth
        self._image = Image.new("RGBA", (width * smooth, height * smooth))
        self._draw = ImageDraw.Draw(self._image)

    def at(self, *values: float) -> list[float]:
        """Unit lengths as pixels of the enlarged canvas."""
        return [value * self._scale for value in values]

    def oval(self, x: float, y: float, rx: float, ry: float, color: Color) -> None:
        """An ellipse around a centre."""
        self._draw.ellipse(self.at(x - rx, y - ry, x + rx, y + ry), fill=(*color, 255))

    def box(
        self, x: float, y: float, w: float, h: float, color: Color, *, radius: float = 0
    ) -> None:
        """A rounded rectangle from its top left corner."""
        self._draw.rounded_rectangle(
            self.at(x, y, x + w, y + h), radius * self._scale, fill=(*color, 255)
        )

    def shape(self, points: Sequence[tuple[float, float]], color: Color) -> None:
        """A polygon."""
        self._draw.polygon(self.at(*(value for point in points for value in point)), fill=color)

    def line(self, points: Sequence[tuple[float, float]], width: float, color: Color) -> None:
        """A line with round ends and joints."""
        flat = self.at(*(value for point in points for value in point))
        thick = max(1, round(width * self._scale))
        self._draw.line(flat, fill=(*color, 255), width=thick, joint="curve")
        for x, y in points:
            self.oval(x, y, width / 2, width / 2, color)

    def masked(self, mask: Canvas, color: Color) -> None:
        """Paint through a mask of the enlarged canvas."""
        self._image.paste((*color, 255), (0, 0), mask)

    def mask(self) -> tuple[Canvas, ImageDraw.ImageDraw]:
        """An empty mask of the enlarged canvas, and what draws on it."""
        mask = Image.new("L", self._image.size)
        return mask, ImageDraw.Draw(mask)

    def soft(  # noqa: PLR0917
        self, x: float, y: float, rx: float, ry: float, color: Color, strength: float
    ) -> None:
        """A blurred blot that only shows on what is drawn already."""
        small = (max(1, self._image.width // 8), max(1, self._image.height // 8))
        mask = Image.new("L", small)
        box = [value / 8 for value in self.at(x - rx, y - ry, x + rx, y + ry)]
        ImageDraw.Draw(mask).ellipse(box, fill=round(255 * strength))
        mask = mask.filter(ImageFilter.GaussianBlur(max(1.0, self._scale * min(rx, ry) / 8 * 0.45)))
        mask = mask.resize(self._image.size, Image.Resampling.BILINEAR)
        mask = ImageChops.multiply(mask, self._image.getchannel("A"))
        self._image.paste((*color, 255), (0, 0), mask)

    def done(self) -> Canvas:
        """The picture at its true size."""
        return self._image.resize(self._size, Image.Resampling.BOX, reducing_gap=None)


def gradient(size: tuple[int, int], top: Color, bottom: Color, glow: Color) -> Canvas:
    """A vertical gradient with a soft light behind the head, dithered against bands."""
    ramp = Image.linear_gradient("L").resize(size, Image.Resampling.BICUBIC)
    base = Image.composite(Image.new("RGB", size, bottom), Image.new("RGB", size, top), ramp)
    spread = round(max(size) * 1.25)
    light = ImageChops.invert(Image.radial_gradient("L")).resize((spread, spread))
    light = light.point([round(value * 0.62) for value in range(256)])
    mask = Image.new("L", size)
    mask.paste(light, ((size[0] - spread) // 2, round(size[1] * 0.40) - spread // 2))
    base.paste(Image.new("RGB", size, mix(glow, top, 0.25)), (0, 0), mask)
    return ImageChops.add(base, _grain(size), 1.0, -1)


@lru_cache(maxsize=4)
def _grain(size: tuple[int, int]) -> Canvas:
    """Noise of 0 to 2, the same every time."""
    tile = Image.frombytes("L", (64, 64), bytes(random.Random(7).choices((0, 1, 1, 2), k=4096)))  # noqa: S311
    grain = Image.new("L", size)
    for x in range(0, size[0], 64):
        for y in range(0, size[1], 64):
            grain.paste(tile, (x, y))
    return Image.merge("RGB", (grain, grain, grain))


def cover(image: Canvas, size: tuple[int, int], *, focus: float = 0.4) -> Canvas:
    """The picture scaled and cropped to fill the size; `focus` is the height kept in view."""
    scale = max(size[0] / image.width, size[1] / image.height)
    width, height = size[0] / scale, size[1] / scale
    left, top = (image.width - width) / 2, (image.height - height) * focus
    box = (left, top, left + width, top + height)
    return image.resize(size, Image.Resampling.BICUBIC, box=box, reducing_gap=2.0)


def rounded(size: tuple[int, int], radius: float) -> Canvas:
    """A mask of a rounded rectangle with smooth edges."""
    mask = Image.new("L", (size[0] * 2, size[1] * 2))
    ImageDraw.Draw(mask).rounded_rectangle(
        (0, 0, size[0] * 2 - 1, size[1] * 2 - 1), radius * 2, fill=255
    )
    return mask.resize(size, Image.Resampling.BOX)


def disc(side: int) -> Canvas:
    """A mask of a disc with smooth edges."""
    return rounded((side, side), side / 2)


def shadowed(stage: Canvas, mask: Canvas, at: tuple[int, int], reach: float) -> None:
    """Darken the stage (RGB) softly around where `mask` will be pasted."""
    shrink = 4
    small = Image.new("L", (max(1, stage.width // shrink), max(1, stage.height // shrink)))
    form = mask.resize((max(1, mask.width // shrink), max(1, mask.height // shrink)))
    small.paste(form, (at[0] // shrink, round((at[1] + reach * 0.4) / shrink)))
    small = small.filter(ImageFilter.GaussianBlur(reach / shrink))
    small = small.point([round(value * 0.45) for value in range(256)])
    stage.paste((0, 0, 0), (0, 0), small.resize(stage.size, Image.Resampling.BILINEAR))
