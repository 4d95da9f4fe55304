"""Draws an avatar's head and shoulders, and its mouth and eyes apart from it.

Lengths are in units of the portrait's side: the head is centred at (0.5, 0.41).
"""

# Pillow and PyAV mention the types of numpy, which is not installed.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

from PIL import ImageChops, ImageDraw

from .look import Color, Look, mix
from .mouth import Shape
from .paint import Brush, Canvas

__all__ = ["EYES_BOX", "MOUTH_BOX", "draw_eyes", "draw_mouth", "draw_portrait"]

#: Left, top, right, bottom of what moves.
MOUTH_BOX = (0.425, 0.495, 0.575, 0.60)
EYES_BOX = (0.375, 0.365, 0.625, 0.455)

_DARK: Color = (28, 22, 24)
_WHITE: Color = (252, 250, 248)
_MOUTH_Y = 0.540
_EYE_Y = 0.412
_EYES = (0.435, 0.565)


def draw_portrait(look: Look, side: int) -> Canvas:
    """Head and shoulders on a transparent square, without mouth and eyes."""
    brush = Brush(side, side, side)
    _hair_behind(brush, look)
    _body(brush, look)
    _head(brush, look)
    _hair_above(brush, look)
    _features(brush, look)
    return brush.done()


def _body(brush: Brush, look: Look) -> None:
    shade = mix(look.skin, (92, 40, 30), 0.22)
    shirt = (236, 236, 240) if look.jacket else look.shirt
    brush.oval(0.5, 1.045, 0.40, 0.335, look.shirt)
    brush.soft(0.17, 1.02, 0.10, 0.20, mix(look.shirt, (0, 0, 0), 0.35), 0.8)
    brush.soft(0.83, 1.02, 0.10, 0.20, mix(look.shirt, (0, 0, 0), 0.35), 0.8)
    if look.jacket:
        brush.shape([(0.405, 0.720), (0.595, 0.720), (0.545, 1.0), (0.455, 1.0)], shirt)
    brush.oval(0.5, 0.730, 0.102, 0.058, mix(shirt, (0, 0, 0), 0.16))
    brush.box(0.418, 0.55, 0.164, 0.155, shade)
    brush.oval(0.5, 0.707, 0.082, 0.062, shade)
    brush.soft(0.5, 0.635, 0.066, 0.036, mix(look.skin, (60, 20, 16), 0.5), 0.8)
    if look.jacket:
        lapel = mix(look.shirt, (0, 0, 0), 0.28)
        brush.shape(
            [(0.405, 0.710), (0.350, 0.745), (0.425, 0.865), (0.472, 1.0), (0.455, 1.0)], lapel
        )
        brush.shape(
            [(0.595, 0.710), (0.650, 0.745), (0.575, 0.865), (0.528, 1.0), (0.545, 1.0)], lapel
        )


def _head(brush: Brush, look: Look) -> None:
    shade = mix(look.skin, (92, 40, 30), 0.16)
    for x in (0.322, 0.678):
        brush.oval(x, 0.425, 0.030, 0.046, shade)
        brush.oval(x, 0.425, 0.016, 0.028, mix(look.skin, (92, 40, 30), 0.3))
    brush.oval(0.5, 0.375, 0.178, 0.195, look.skin)
    brush.oval(0.5, 0.440, 0.170, 0.200, look.skin)
    if look.beard:
        _beard(brush, look)
    light = mix(look.skin, (255, 255, 255), 0.35)
    brush.soft(0.44, 0.31, 0.10, 0.08, light, 0.35)
    for x in (0.395, 0.605):
        brush.soft(x, 0.492, 0.036, 0.028, mix(look.skin, (214, 84, 80), 0.42), 0.32)


def _beard(brush: Brush, look: Look) -> None:
    mask, draw = brush.mask()
    draw.ellipse(brush.at(0.330, 0.240, 0.670, 0.645), fill=255)
    draw.ellipse(brush.at(0.356, 0.215, 0.644, 0.520), fill=0)
    draw.rectangle(brush.at(0.30, 0.20, 0.70, 0.455), fill=0)
    brush.masked(mask, mix(look.hair, look.skin, 0.18))


def _hair_behind(brush: Brush, look: Look) -> None:
    deep = mix(look.hair, (0, 0, 0), 0.22)
    if look.style in {"long", "wavy"}:
        brush.oval(0.5, 0.39, 0.218, 0.245, deep)
        brush.box(0.282, 0.38, 0.436, 0.40, deep, radius=0.10)
        if look.style == "wavy":
            for x, y in ((0.29, 0.56), (0.71, 0.56), (0.285, 0.68), (0.715, 0.68)):
                brush.oval(x, y, 0.055, 0.085, deep)
    elif look.style == "bob":
        brush.oval(0.5, 0.39, 0.215, 0.235, deep)
        brush.box(0.285, 0.38, 0.43, 0.22, deep, radius=0.075)
    elif look.style == "bun":
        brush.oval(0.5, 0.135, 0.085, 0.08, deep)


def _hair_above(brush: Brush, look: Look) -> None:
    """The hair on top: a cap from which the forehead is cut out."""
    mask, draw = brush.mask()
    cap, cut = _hairline(look.style)
    draw.ellipse(brush.at(*cap), fill=255)
    # Long hair falls beside the face; short hair ends at the ears.
    end = 0.452 if look.style in {"short", "side", "crop", "curly", "bun"} else 0.60
    draw.rectangle(brush.at(0.2, end, 0.8, 1.0), fill=0)
    face, carve = brush.mask()
    carve.ellipse(brush.at(*cut), fill=255)
    if look.style == "side":
        carve.ellipse(brush.at(0.350, 0.232, 0.668, 0.62), fill=255)
        carve.polygon(brush.at(0.345, 0.335, 0.50, 0.285, 0.50, 0.5, 0.345, 0.5), fill=255)
        carve.polygon(brush.at(0.300, 0.20, 0.52, 0.20, 0.42, 0.33, 0.30, 0.34), fill=0)
    mask = ImageChops.subtract(mask, face)
    if look.style == "curly":
        _curls(brush, ImageDraw.Draw(mask))
    brush.masked(mask, look.hair)
    brush.soft(0.43, 0.215, 0.07, 0.035, mix(look.hair, (255, 255, 255), 0.4), 0.35)


def _hairline(style: str) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """The ellipse of the hair, and the ellipse of the face cut out of it."""
    wide = (0.302, 0.150, 0.698, 0.70)
    lines: dict[str, tuple[tuple[float, ...], tuple[float, ...]]] = {
        "long": (wide, (0.345, 0.262, 0.655, 0.80)),
        "wavy": (wide, (0.340, 0.250, 0.720, 0.80)),
        "bob": (wide, (0.340, 0.282, 0.660, 0.80)),
        "bun": ((0.310, 0.160, 0.690, 0.58), (0.340, 0.245, 0.660, 0.80)),
        "short": ((0.308, 0.148, 0.692, 0.60), (0.343, 0.258, 0.657, 0.74)),
        "side": ((0.305, 0.142, 0.695, 0.60), (0.345, 0.290, 0.657, 0.74)),
        "crop": ((0.316, 0.168, 0.684, 0.60), (0.345, 0.248, 0.655, 0.74)),
        "curly": ((0.310, 0.150, 0.690, 0.58), (0.345, 0.270, 0.655, 0.74)),
    }
    return lines[style]


def _curls(brush: Brush, draw: ImageDraw.ImageDraw) -> None:
    spots = (
        *((0.318, 0.33), (0.330, 0.265), (0.365, 0.205), (0.425, 0.170), (0.50, 0.158)),
        *((0.575, 0.170), (0.635, 0.205), (0.670, 0.265), (0.682, 0.33)),
        *((0.40, 0.245), (0.465, 0.228), (0.535, 0.228), (0.60, 0.245)),
    )
    for x, y in spots:
        draw.ellipse(brush.at(x - 0.048, y - 0.048, x + 0.048, y + 0.048), fill=255)


def _features(brush: Brush, look: Look) -> None:
    brow = mix(look.hair, _DARK, 0.35)
    for x, side in zip(_EYES, (-1, 1), strict=True):
        brush.line(_arc((x + side * 0.004, 0.357), 0.040, -0.0125), 0.0125, brow)
    nose = mix(look.skin, (110, 50, 40), 0.34)
    brush.line([(0.484, 0.487), (0.492, 0.496), (0.508, 0.496), (0.516, 0.487)], 0.0075, nose)
    brush.soft(0.5, 0.462, 0.016, 0.022, mix(look.skin, (255, 255, 255), 0.4), 0.3)


def _arc(at: tuple[float, float], half: float, rise: float) -> list[tuple[float, float]]:
    """Points of a flat arch around a middle; `rise` is how far down its top lies."""
    steps = [step / 6 - 1 for step in range(13)]
    return [(at[0] + half * step, at[1] + rise * (1 - step * step)) for step in steps]


def draw_eyes(look: Look, side: int, size: tuple[int, int], *, lid: float) -> Canvas:
    """Both eyes on a transparent patch over `EYES_BOX`; `lid` is 0 when open, 1 when shut."""
    brush = Brush(*size, side, smooth=4)
    left, top = EYES_BOX[:2]
    lash = mix(_DARK, look.hair, 0.2)
    for at in _EYES:
        x, y = at - left, _EYE_Y - top
        if lid >= 1:
            brush.line(_arc((x, y + 0.004), 0.030, 0.007), 0.008, lash)
        else:
            _open_eye(brush, look, (x, y), lid)
            brush.line(_arc((x, y - 0.003), 0.031, -0.0185 * (1 - lid)), 0.0075, lash)
        if look.glasses:
            _lens(brush, (x, y))
    if look.glasses:
        brush.line(
            [(0.5 - left - 0.02, _EYE_Y - top - 0.006), (0.5 - left + 0.02, _EYE_Y - top - 0.006)],
            0.007,
            (52, 48, 54),
        )
    return brush.done()


def _open_eye(brush: Brush, look: Look, at: tuple[float, float], lid: float) -> None:
    x, y = at
    height = 0.0205 * (1 - lid)
    brush.oval(x, y, 0.031, height, _WHITE)
    iris = min(0.0175, height)
    brush.oval(x, y, 0.0175, iris, look.iris)
    brush.oval(x, y, 0.0090, min(0.0090, iris), _DARK)
    if lid < 0.5:  # noqa: PLR2004
        brush.oval(x - 0.006, y - 0.007, 0.0042, 0.0042, (255, 255, 255))


def _lens(brush: Brush, at: tuple[float, float]) -> None:
    x, y = at
    frame: Color = (52, 48, 54)
    points = [(-0.045, -0.026), (0.045, -0.026), (0.042, 0.022), (0.026, 0.033), (-0.026, 0.033)]
    points += [(-0.042, 0.022), (-0.045, -0.026)]
    brush.line([(x + dx, y + dy) for dx, dy in points], 0.0065, frame)


def draw_mouth(look: Look, side: int, size: tuple[int, int], shape: Shape) -> Canvas:
    """The mouth in one shape, on a transparent patch over `MOUTH_BOX`."""
    brush = Brush(*size, side, smooth=4)
    x, y = 0.5 - MOUTH_BOX[0], _MOUTH_Y - MOUTH_BOX[1]
    line = mix(look.lips, (60, 16, 20), 0.55)
    if shape in {Shape.REST, Shape.PRESSED}:
        half = 0.046 if shape is Shape.REST else 0.040
        brush.oval(x, y + 0.006, half * 0.78, 0.0125, look.lips)
        brush.oval(x, y - 0.003, half * 0.70, 0.0085, look.lips)
        smile = 0.004 if shape is Shape.REST else 0.001
        brush.line([(x - half, y - smile), (x, y + 0.003), (x + half, y - smile)], 0.0058, line)
        return brush.done()
    half, drop = _OPENINGS[shape]
    brush.oval(x, y + drop * 0.45, half + 0.009, drop + 0.0115, look.lips)
    brush.oval(x, y + drop * 0.45, half, drop, (74, 22, 28))
    if drop > 0.018:  # noqa: PLR2004
        brush.oval(x, y + drop * 1.10, half * 0.62, drop * 0.34, (190, 84, 88))
    if shape in {Shape.SLIGHT, Shape.WIDE, Shape.OPEN, Shape.TEETH}:
        depth = min(0.0075, drop * 0.6)
        brush.box(x - half * 0.70, y - drop * 0.50, half * 1.4, depth, _WHITE, radius=depth / 2)
    if shape is Shape.TEETH:
        brush.oval(x, y + drop * 1.2, half * 0.9, 0.0085, look.lips)
    return brush.done()


#: Half width and half height of the opening.
_OPENINGS = {
    Shape.TEETH: (0.034, 0.0085),
    Shape.SLIGHT: (0.036, 0.0105),
    Shape.WIDE: (0.043, 0.0145),
    Shape.OPEN: (0.038, 0.0235),
    Shape.ROUND: (0.028, 0.0225),
    Shape.SMALL: (0.019, 0.0165),
}
