"""The moving parts of a clip: each layer says which patch is seen in which picture."""

# Pillow and PyAV mention the types of numpy, which is not installed.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from PIL import Image, ImageDraw

from .drift import Drift
from .fonts import Font, font_for, own_font, shown
from .mouth import Shape
from .paint import Canvas, rounded
from .planes import Patch, patch_of
from .portrait import EYES_BOX, MOUTH_BOX, draw_eyes, draw_mouth
from .script import FPS
from .spec import Cue
from .speech import Heard
from .stage import Box, Face, Stage, mark

__all__ = ["Layer", "layers_of"]

_BARS = 7
_STEPS = 6
_PILL = (18, 20, 28)
_BAR = (120, 226, 190)


class Layer(Protocol):
    """One moving part."""

    def at(self, picture: int) -> Patch:
        """The patch seen in that picture; the same object as before means that nothing changed."""
        ...


class _Mouth:
    def __init__(self, stage: Canvas, face: Face, shapes: bytes) -> None:
        self._stage, self._face, self._shapes = stage, face, shapes
        self._patches: dict[int, Patch] = {}

    def at(self, picture: int) -> Patch:
        shape = self._shapes[picture]
        if shape not in self._patches:
            box = _box_on(self._stage, self._face, MOUTH_BOX)
            size = box[2] - box[0], box[3] - box[1]
            sprite = draw_mouth(self._face.look, self._face.side, size, Shape(shape))
            self._patches[shape] = _over(self._stage, box, sprite)
        return self._patches[shape]


class _Eyes:
    """Blinks for four pictures every three seconds or so, each avatar at its own beat."""

    def __init__(self, stage: Canvas, face: Face, seed: str) -> None:
        box = _box_on(stage, face, EYES_BOX)
        size = box[2] - box[0], box[3] - box[1]
        self._patches = [
            _over(stage, box, draw_eyes(face.look, face.side, size, lid=lid))
            for lid in (0.0, 0.55, 1.0)
        ]
        digest = hashlib.sha256(seed.encode(errors="replace")).digest()
        self._every = round(FPS * (2.6 + digest[0] / 200))
        self._first = 20 + digest[1] % 30

    def at(self, picture: int) -> Patch:
        phase = (picture - self._first) % self._every
        blinking = picture >= self._first and phase < len(_BLINK)
        return self._patches[_BLINK[phase] if blinking else 0]


_BLINK = (1, 2, 2, 1)


class _Bar:
    """One bar of the "speaking" pill: the level runs outwards from the middle one."""

    def __init__(self, patches: Sequence[Patch], levels: Sequence[int], delay: int) -> None:
        self._patches, self._levels, self._delay = patches, levels, delay

    def at(self, picture: int) -> Patch:
        return self._patches[self._levels[max(0, picture - self._delay)]]


class _Captions:
    def __init__(self, stage: Canvas, cues: Sequence[Cue], drift: Drift | None) -> None:
        self._stage, self._cues, self._drift = stage, cues, drift
        self._box = _caption_box(stage.size)
        self._sprites: dict[int, Canvas | None] = {-1: None}
        self._seen = -1, -1
        self._patch = _over(stage, self._box, None)

    def at(self, picture: int) -> Patch:
        now = (picture + 0.5) / FPS
        index = next((i for i, cue in enumerate(self._cues) if cue.start <= now < cue.end), -1)
        seen = index, self._drift.step if self._drift is not None else -1
        if seen != self._seen:
            self._seen = seen
            self._patch = _over(self._stage, self._box, self._sprite(index))
        return self._patch

    def _sprite(self, index: int) -> Canvas | None:
        if index not in self._sprites:
            left, top, right, bottom = self._box
            room = right - left, bottom - top
            drawn = draw_caption(self._cues[index].text, room, self._stage.size)
            self._sprites = {-1: None, index: drawn}
        return self._sprites[index]


def layers_of(stage: Stage, heard: Heard, *, captions: bool, seed: str) -> list[Layer]:
    """All moving parts of a clip, in the order in which they are drawn."""
    layers: list[Layer] = []
    drift: Drift | None = None
    if stage.face is not None:
        layers += [
            _Mouth(stage.image, stage.face, heard.shapes),
            _Eyes(stage.image, stage.face, seed),
        ]
    else:
        pill = _Pill.on(stage.image.size)
        pill.paint(stage.image)
        layers += _bars(stage.image, pill, heard.levels)
        if stage.plain is not None:
            drift = Drift(stage.image, stage.plain, (mark, pill.paint))
            layers.insert(0, drift)
    if captions and heard.speech.cues:
        layers.append(_Captions(stage.image, heard.speech.cues, drift))
    return layers


def _even(value: float) -> int:
    return round(value / 2) * 2


def _box_on(stage: Canvas, face: Face, box: tuple[float, float, float, float]) -> Box:
    """A box of the portrait in even pixels of the stage, kept inside it."""
    left, top = face.left + int(box[0] * face.side), face.top + int(box[1] * face.side)
    right, bottom = face.left + round(box[2] * face.side), face.top + round(box[3] * face.side)
    left, top = max(0, left & ~1), max(0, top & ~1)
    right, bottom = max(right & ~1, left + 2), max(bottom & ~1, top + 2)
    return left, top, min(right, stage.width), min(bottom, stage.height)


def _over(stage: Canvas, box: Box, sprite: Canvas | None) -> Patch:
    """The part of the stage inside the box with the sprite on it."""
    ground = stage.crop(box)
    if sprite is not None:
        if ground.mode == "RGBA":
            ground = Image.alpha_composite(ground, sprite)
        else:
            ground.paste(sprite, (0, 0), sprite)
    return patch_of(ground, (box[0], box[1]))


@dataclass(frozen=True, slots=True)
class _Pill:
    """Where the "speaking" pill lies: bottom left, in even pixels."""

    left: int
    top: int
    bar: int
    high: int

    @property
    def wide(self) -> int:
        return self.bar * (2 * _BARS + 3)

    @classmethod
    def on(cls, size: tuple[int, int]) -> _Pill:
        unit = min(size)
        high, margin = max(8, _even(unit * 0.052)), _even(unit * 0.03)
        top = max(0, _even(size[1] - high - margin - unit * 0.012))
        return cls(margin, top, max(2, _even(unit * 0.007)), high)

    def paint(self, stage: Canvas) -> None:
        mask = rounded((self.wide, self.high), self.high / 2)
        color = _PILL if stage.mode == "RGB" else (*_PILL, 255)
        stage.paste(color, (self.left, self.top), mask)


def _bars(stage: Canvas, pill: _Pill, levels: Sequence[float]) -> list[Layer]:
    """The bars of the "speaking" pill; they are opaque, so that they go with any stage."""
    if pill.left + pill.wide > stage.width or pill.top + pill.high > stage.height:
        return []
    inner = _even(pill.high * 0.62)
    top = pill.top + _even((pill.high - inner) / 2)
    images = [_bar(pill.bar, inner, step) for step in range(_STEPS)]
    alpha = stage.mode == "RGBA"
    steps = [min(_STEPS - 1, round(min(1.0, level * 1.25) * (_STEPS - 1))) for level in levels]
    layers: list[Layer] = []
    for index in range(_BARS):
        at = pill.left + pill.bar * (2 * index + 2), top
        patches = [patch_of(image.convert("RGBA") if alpha else image, at) for image in images]
        layers.append(_Bar(patches, steps, abs(index - _BARS // 2)))
    return layers


def _bar(width: int, height: int, step: int) -> Canvas:
    image = Image.new("RGB", (width, height), _PILL)
    tall = max(width, height * (step + 1) / _STEPS)
    top = round((height - tall) / 2)
    mask = rounded((width, max(1, height - 2 * top)), width / 2)
    image.paste(_BAR, (0, top), mask)
    return image


def _caption_box(size: tuple[int, int]) -> Box:
    """Where captions go: low, but above the line at the bottom; higher in upright clips."""
    width, height = size
    tall = _even(min(_caption_size(size) * 3.9, height * 0.5))
    bottom = height * (0.955 if width >= height else 0.925)
    inset = _even(width * (0.13 if width > height else 0.05))
    top = max(0, _even(bottom - tall))
    return inset, top, width - inset, top + tall


def _caption_size(size: tuple[int, int]) -> int:
    width, height = size
    return max(8, round(min(height * 0.047, width * 0.058)))


def draw_caption(text: str, room: tuple[int, int], frame: tuple[int, int]) -> Canvas | None:
    """The text in at most two lines on a dark card, at the bottom of the room (RGBA).

    None when this machine has no font for it.
    """
    size = _caption_size(frame)
    font = font_for(text, size)
    if font is None:
        return None
    text = shown(text, font)
    pad = size * 0.62
    while True:
        lines = _wrap(text, font, room[0] - 2 * pad)
        if lines is not None or size <= 8:  # noqa: PLR2004
            break
        size -= 1
        font = font_for(text, size) or own_font(size)
    if not lines:
        return None
    step = round(size * 1.28)
    wide = _even(max(font.getlength(line) for line in lines) + 2 * pad)
    high = min(room[1], _even(step * len(lines) + pad * 0.9))
    left, top = (room[0] - wide) // 2, room[1] - high
    image = Image.new("RGBA", room)
    card = rounded((wide, high), size * 0.42).point([round(v * 0.74) for v in range(256)])
    image.paste((10, 12, 18, 255), (left, top), card)
    image.putalpha(_pasted(room, card, (left, top)))
    draw = ImageDraw.Draw(image)
    for index, line in enumerate(lines):
        middle = top + high / 2 + (index - (len(lines) - 1) / 2) * step
        draw.text((room[0] / 2, middle), line, font=font, fill=(255, 255, 255, 255), anchor="mm")
    return image


def _pasted(size: tuple[int, int], mask: Canvas, at: tuple[int, int]) -> Canvas:
    whole = Image.new("L", size)
    whole.paste(mask, at)
    return whole


def _wrap(text: str, font: Font, width: float) -> list[str] | None:
    """The text in one line or two of even length; None when it does not fit."""
    if not text or font.getlength(text) <= width:
        return [text] if text else []
    places = [at for at, char in enumerate(text) if char == " "] or list(range(1, len(text)))
    cuts = [(text[:at].rstrip(), text[at:].lstrip()) for at in places]
    widths = [max(font.getlength(one), font.getlength(two)) for one, two in cuts]
    best = widths.index(min(widths))
    return list(cuts[best]) if widths[best] <= width else None
