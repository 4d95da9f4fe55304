"""Pictures that do not talk, or not aloud: the thumbnail and the GIF."""

# Pillow and PyAV mention the types of numpy, which is not installed.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

from pathlib import Path

from PIL import Image

from .mouth import Shape
from .paint import Canvas
from .portrait import EYES_BOX, MOUTH_BOX, draw_eyes, draw_mouth
from .stage import Face, Stage

__all__ = ["write_gif", "write_thumbnail"]

_GIF_WIDTH = 320
_GIF_STEPS = 12
_GIF_MILLIS = 160
_PAPER = (255, 255, 255)


def _posed(stage: Stage, shape: Shape, lid: float = 0.0) -> Canvas:
    """The stage as RGB with a face on it, if it has one."""
    image = stage.image.convert("RGBA")
    if stage.face is not None:
        face = stage.face
        for box, sprite in _parts(face, shape, lid):
            image.alpha_composite(sprite, box)
    paper = Image.new("RGBA", image.size, (*_PAPER, 255))
    return Image.alpha_composite(paper, image).convert("RGB")


def _parts(face: Face, shape: Shape, lid: float) -> list[tuple[tuple[int, int], Canvas]]:
    places: list[tuple[tuple[int, int], Canvas]] = []
    for box in (MOUTH_BOX, EYES_BOX):
        left, top, right, bottom = (round(value * face.side) for value in box)
        size = max(1, right - left), max(1, bottom - top)
        sprite = (
            draw_mouth(face.look, face.side, size, shape)
            if box is MOUTH_BOX
            else draw_eyes(face.look, face.side, size, lid=lid)
        )
        places.append(((max(0, face.left + left), max(0, face.top + top)), sprite))
    return places


def write_thumbnail(stage: Stage, path: Path) -> None:
    """Write the stage as a JPEG of its own size."""
    _posed(stage, Shape.REST).save(path, "JPEG", quality=85, optimize=True)


def write_gif(stage: Stage, shapes: bytes, path: Path) -> None:
    """Write 12 steps of the clip's mouth, 320 pixels wide, that loop for about two seconds."""
    width, height = stage.image.size
    size = _GIF_WIDTH, max(2, round(_GIF_WIDTH * height / width))
    poses = _steps(shapes) if stage.face is not None else [0] * _GIF_STEPS
    drawn: dict[tuple[int, bool], Canvas] = {}
    keys = [(shape, step == _GIF_STEPS - 2) for step, shape in enumerate(poses)]
    for shape, shut in keys:
        if (shape, shut) not in drawn:
            image = _posed(stage, Shape(shape), 1.0 if shut else 0.0)
            drawn[shape, shut] = image.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)
    palette = _palette(stage, drawn[keys[0]], drawn[_widest(keys)])
    frames = [
        drawn[key].quantize(palette=palette, dither=Image.Dither.FLOYDSTEINBERG) for key in keys
    ]
    if stage.face is None:
        frames = [_with_bar(frame, step) for step, frame in enumerate(frames)]
    frames[0].save(
        path, "GIF", save_all=True, append_images=frames[1:], duration=_GIF_MILLIS, loop=0
    )


def _with_bar(frame: Canvas, step: int) -> Canvas:
    """A growing line at the bottom, so that a photo's GIF moves too."""
    right = frame.width * (step + 1) // _GIF_STEPS
    light = frame.copy()
    light.paste(255, (0, frame.height - 3, right, frame.height))
    return light


def _steps(shapes: bytes) -> list[int]:
    """Twelve mouth shapes, three pictures apart, from where the clip begins to speak."""
    first = next((at for at, shape in enumerate(shapes) if shape), 0)
    picked = [shapes[min(first + step * 3, len(shapes) - 1)] for step in range(_GIF_STEPS)]
    return picked if any(picked) else [0, 3, 5, 3, 0, 6, 7, 3, 0, 4, 3, 0]


def _widest(keys: list[tuple[int, bool]]) -> tuple[int, bool]:
    return next((key for key in keys if key[0] == Shape.OPEN), keys[0])


def _palette(stage: Stage, plain: Canvas, speaking: Canvas) -> Canvas:
    """Colours for all steps; half of the votes are the mouth's, or its red would be lost."""
    votes = Image.new("RGB", (plain.width, plain.height * 2))
    votes.paste(plain, (0, 0))
    mouth = speaking
    if stage.face is not None:
        scale = plain.width / stage.image.width
        face = stage.face
        left, top, right, bottom = (value * face.side * scale for value in MOUTH_BOX)
        x, y = face.left * scale, face.top * scale
        box = round(left + x), round(top + y), round(right + x) + 1, round(bottom + y) + 1
        mouth = speaking.crop(box).resize(plain.size)
    votes.paste(mouth, (0, plain.height))
    colors = votes.quantize(255, method=Image.Quantize.MEDIANCUT)
    return _with_white(colors)


def _with_white(image: Canvas) -> Canvas:
    """The palette with white as its last colour, which the growing line is drawn in."""
    colors = (image.getpalette() or [])[: 255 * 3]
    colors += [0] * (255 * 3 - len(colors)) + [255, 255, 255]
    holder = Image.new("P", (1, 1))
    holder.putpalette(colors)
    return holder
