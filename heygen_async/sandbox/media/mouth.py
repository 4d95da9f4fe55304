"""Sounds to mouth shapes. Pure."""

# ruff: noqa: RUF001 - letters of other scripts are meant

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from .script import FPS

__all__ = ["Shape", "Sound", "from_levels", "from_sounds"]

#: A sound's start in seconds and its IPA; an empty string is a pause.
Sound = tuple[float, str]


class Shape(IntEnum):
    """The shapes a drawn mouth takes."""

    REST = 0
    PRESSED = 1
    TEETH = 2
    SLIGHT = 3
    WIDE = 4
    OPEN = 5
    ROUND = 6
    SMALL = 7


_SHAPES = {
    Shape.PRESSED: "mbp",
    Shape.TEETH: "fv",
    Shape.WIDE: "ieɪɛyjøœ",
    Shape.OPEN: "aæɑʌɐ",
    Shape.ROUND: "oɔɒ",
    Shape.SMALL: "uʊwʃʒɹr",
}
_BY_CHAR = {char: shape for shape, chars in _SHAPES.items() for char in chars}
_VOWELS = frozenset("ieɪɛyøœaæɑʌɐoɔɒuʊəɚɜ")
_LOUD_ENOUGH = (0.06, 0.2, 0.45)


def _shapes(ipa: str) -> list[Shape]:
    """The shapes of one sound: two for a diphthong."""
    found = [
        _BY_CHAR.get(char, Shape.SLIGHT)
        for char in ipa
        if char.isalpha() and (char in _VOWELS or char in _BY_CHAR)
    ]
    vowels = [shape for shape in found if shape > Shape.SLIGHT]
    return (vowels or found)[:2] or [Shape.SLIGHT if ipa.strip("_: ") else Shape.REST]


def from_sounds(sounds: Sequence[Sound], pictures: int) -> bytes:
    """One shape for each picture, from the times of the sounds."""
    shapes = bytearray(pictures)
    for index, (start, ipa) in enumerate(sounds):
        end = sounds[index + 1][0] if index + 1 < len(sounds) else start + 0.12
        steps = _shapes(ipa)
        for part, shape in enumerate(steps):
            begin = start + (end - start) * part / len(steps)
            until = start + (end - start) * (part + 1) / len(steps)
            # A lip closure shorter than a picture must still be seen, hence the rounding.
            first, last = round(begin * FPS), round(until * FPS)
            if shape in {Shape.PRESSED, Shape.TEETH}:
                last = max(last, first + 1)
            for picture in range(max(first, 0), min(last, pictures)):
                shapes[picture] = shape
    return bytes(shapes)


def from_levels(levels: Sequence[float]) -> bytes:
    """One shape for each picture, from loudness between 0 and 1, when no sounds are known."""
    by_count = (Shape.REST, Shape.SLIGHT, Shape.WIDE, Shape.OPEN)
    return bytes(by_count[sum(level > bound for bound in _LOUD_ENOUGH)] for level in levels)
