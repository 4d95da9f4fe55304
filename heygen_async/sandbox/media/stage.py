"""The still part of a clip: backdrop, photo or portrait, and the SANDBOX mark."""

# Pillow and PyAV mention the types of numpy, which is not installed.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFilter

from .fonts import own_font
from .images import open_backdrop, open_shown
from .look import Look, backdrop_of, look_of, parse_color
from .paint import Canvas, cover, disc, gradient, rounded, shadowed
from .portrait import draw_portrait
from .spec import ClipSpec

__all__ = ["Face", "Stage", "build_stage", "mark", "pill"]

#: A photo whose aspect is within this factor of the frame's fills it.
_CLOSE = 1.35
_CLEAR = (0, 0, 0, 0)
Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Face:
    """A drawn portrait on the stage: where its square begins, and its side in pixels."""

    look: Look
    left: int
    top: int
    side: int


@dataclass(frozen=True, slots=True)
class Stage:
    """What stands still.

    Attributes:
        image: The picture: RGB, or RGBA when the clip is transparent.
        face: The face that moves on it, if one is drawn.
        plain: The picture without the SANDBOX mark, when it is going to drift.
    """

    image: Canvas
    face: Face | None
    plain: Canvas | None = None


def build_stage(spec: ClipSpec) -> Stage:
    """Draw the still part of a clip; the same spec gives the same pixels.

    Raises:
        RenderError: A picture cannot be read.
    """
    size = spec.size
    photo = open_shown(spec.photo, size) if spec.photo is not None else None
    blurred = photo if spec.background is None and spec.background_image is None else None
    if photo is not None and not spec.circle and not spec.alpha and _fills(spec, photo):
        stage, face = cover(photo, size), None
    else:
        stage = _backdrop(spec, blurred)
        clear = Image.new("RGBA", size, _CLEAR)
        face = None
        if photo is None:
            face = _place_portrait(spec, stage, clear)
        else:
            _place_photo(spec, stage, clear, photo)
        stage = _merge(spec, stage, clear)
    drifts = spec.motion and spec.photo is not None and not spec.alpha
    plain = stage.copy() if drifts else None
    mark(stage)
    return Stage(stage, face, plain)


def _fills(spec: ClipSpec, photo: Canvas) -> bool:
    if spec.fit is not None:
        return spec.fit == "cover"
    width, height = spec.size
    ratio = (photo.width / photo.height) / (width / height)
    return 1 / _CLOSE <= ratio <= _CLOSE


def _backdrop(spec: ClipSpec, photo: Canvas | None) -> Canvas:
    """What is behind everybody: a picture, a colour, the blurred photo, or a gradient."""
    if spec.background_image is not None:
        return cover(open_backdrop(spec.background_image, spec.size), spec.size, focus=0.5)
    color = parse_color(spec.background) if spec.background is not None else None
    if color is not None:
        return Image.new("RGB", spec.size, color)
    if photo is None or spec.alpha:
        return gradient(spec.size, *backdrop_of(spec.avatar_id))
    width, height = spec.size
    small = cover(photo, (max(8, width // 12), max(8, height // 12)), focus=0.5)
    small = small.filter(ImageFilter.GaussianBlur(max(2.0, min(small.size) / 16)))
    small = small.point([round(value * 0.72) for value in range(256)] * 3)
    return small.resize(spec.size, Image.Resampling.BICUBIC)


def _place_portrait(spec: ClipSpec, stage: Canvas, clear: Canvas) -> Face:
    width, height = spec.size
    look = look_of(spec.avatar_id)
    if spec.circle:
        side = round(min(width, height) * 0.80) & ~1
        left, top = (width - side) // 2 & ~1, round((height - side) * 0.42) & ~1
        inner = round(side * 1.06) & ~1
        scene = gradient((side, side), *backdrop_of(spec.avatar_id))
        figure = draw_portrait(look, inner)
        shift = ((side - inner) // 2 & ~1, (side - inner) & ~1)
        scene.paste(figure, shift, figure)
        _place_disc(stage, clear, scene, (left, top))
        return Face(look, left + shift[0], top + shift[1], inner)
    side = round(min(height * 0.96, width * 1.32)) & ~1
    left, top = (width - side) // 2 & ~1, (height - side) & ~1
    figure = draw_portrait(look, side)
    clear.paste(figure, (left, top))
    return Face(look, left, top, side)


def _place_photo(spec: ClipSpec, stage: Canvas, clear: Canvas, photo: Canvas) -> None:
    width, height = spec.size
    if spec.circle:
        side = round(min(width, height) * 0.80) & ~1
        at = (width - side) // 2, round((height - side) * 0.42)
        _place_disc(stage, clear, cover(photo, (side, side)), at)
        return
    if spec.alpha and spec.fit == "cover":
        clear.paste(cover(photo, spec.size), (0, 0))
        return
    share = 0.86 if spec.fit != "contain" else 0.94
    scale = min(width * share / photo.width, height * share / photo.height)
    card = photo.resize(
        (max(2, round(photo.width * scale)), max(2, round(photo.height * scale))),
        Image.Resampling.BICUBIC,
        reducing_gap=2.0,
    )
    mask = rounded(card.size, min(card.size) * 0.045)
    at = ((width - card.width) // 2, round((height - card.height) * 0.46))
    shadowed(stage, mask, at, min(width, height) * 0.03)
    clear.paste(card, at, mask)


def _place_disc(stage: Canvas, clear: Canvas, image: Canvas, at: tuple[int, int]) -> None:
    """A picture cut to a disc, with a white ring around it."""
    side = image.width
    ring = max(2, round(side * 0.014))
    outer = disc(side + 2 * ring)
    spot = at[0] - ring, at[1] - ring
    shadowed(stage, outer, spot, side * 0.04)
    clear.paste((255, 255, 255, 255), spot, outer)
    clear.paste(image, at, disc(side))


def _merge(spec: ClipSpec, stage: Canvas, clear: Canvas) -> Canvas:
    """The figure before its backdrop, or alone when the clip is transparent."""
    if spec.alpha:
        return clear
    stage.paste(clear, (0, 0), clear)
    return stage


def mark(stage: Canvas) -> None:
    """The SANDBOX pill, top right: nobody shall take the file for a paid render."""
    width, height = stage.size
    unit = min(width, height)
    text = pill("SANDBOX", max(7, round(unit * 0.024)))
    margin = round(unit * 0.03)
    at = max(0, width - text.width - margin), margin
    if stage.mode == "RGBA":
        stage.alpha_composite(text, at)
    else:
        stage.paste(text, at, text)


def pill(text: str, size: int) -> Canvas:
    """White text on a dark, slightly see-through pill (RGBA)."""
    font = own_font(size)
    left, top, right, bottom = font.getbbox(text)
    wide, high = round(right - left + size * 1.5), round(size * 1.9)
    mask = rounded((wide, high), high / 2).point([round(value * 0.62) for value in range(256)])
    image = Image.new("RGBA", (wide, high), (14, 16, 22, 0))
    image.putalpha(mask)
    ink = Image.new("L", (wide, high))
    ImageDraw.Draw(ink).text(
        ((wide - right - left) / 2, (high - bottom - top) / 2), text, font=font, fill=235
    )
    image.paste((255, 255, 255, 255), (0, 0), ink)
    return image
