"""How a drawn avatar looks: everything follows from its id. Pure."""

# ruff: noqa: PLR2004 - measures of taste, each used once

from __future__ import annotations

import colorsys
import hashlib
import re
from dataclasses import dataclass

__all__ = ["Color", "Look", "backdrop_of", "is_key_color", "look_of", "mix", "parse_color"]

Color = tuple[int, int, int]

_SKINS: tuple[Color, ...] = (
    (250, 222, 200),
    (242, 205, 176),
    (231, 187, 152),
    (214, 165, 127),
    (188, 136, 98),
    (155, 106, 74),
    (122, 82, 58),
    (96, 64, 47),
)
_HAIRS: tuple[Color, ...] = (
    (38, 30, 30),
    (58, 42, 36),
    (88, 60, 42),
    (124, 82, 50),
    (170, 122, 72),
    (206, 166, 104),
    (140, 62, 40),
    (120, 120, 126),
)
_SHIRTS: tuple[Color, ...] = (
    (52, 73, 110),
    (38, 98, 112),
    (120, 58, 76),
    (70, 88, 74),
    (72, 62, 110),
    (196, 110, 82),
    (60, 64, 74),
    (44, 110, 92),
)
#: Pleasant backdrops: hue in degrees.
_HUES = (205, 190, 172, 152, 228, 256, 284, 18, 338, 36)
_WOMEN = ("long", "bob", "bun", "wavy")
_MEN = ("short", "side", "crop", "curly")


@dataclass(frozen=True, slots=True)
class Look:
    """The colours and the features of one drawn avatar."""

    skin: Color
    hair: Color
    shirt: Color
    style: str
    jacket: bool
    glasses: bool
    beard: bool
    lips: Color
    iris: Color


def look_of(avatar_id: str) -> Look:
    """The look for an avatar id, whoever's voice it speaks with.

    An id that has `female` or `male` (or `woman`, `man`) as a word in it looks like one.
    """
    seed = hashlib.sha256(avatar_id.encode(errors="replace")).digest()
    said = set(re.findall(r"[a-z]+", avatar_id.lower()))
    woman = bool(said & {"female", "woman"}) or (not said & {"male", "man"} and bool(seed[0] & 1))
    skin = _SKINS[seed[1] % len(_SKINS)]
    dark = sum(skin) < 420
    hair = _HAIRS[seed[2] % (2 if dark else len(_HAIRS))]
    styles = _WOMEN if woman else _MEN
    return Look(
        skin=skin,
        hair=hair,
        shirt=_SHIRTS[seed[3] % len(_SHIRTS)],
        style=styles[seed[4] % len(styles)],
        jacket=seed[5] % 5 < 2,
        glasses=seed[6] % 5 == 0,
        beard=not woman and seed[7] % 3 == 0,
        lips=mix(skin, (176, 58, 66) if woman else (150, 70, 66), 0.62 if woman else 0.42),
        iris=((92, 66, 44), (70, 104, 132), (84, 112, 84), (54, 40, 34))[
            seed[8] % (1 if dark else 4)
        ],
    )


def backdrop_of(avatar_id: str) -> tuple[Color, Color, Color]:
    """Top, bottom and glow colours of the gradient behind an avatar."""
    seed = hashlib.sha256(avatar_id.encode(errors="replace")).digest()
    hue = _HUES[seed[9] % len(_HUES)]
    return _hsv(hue, 0.42, 0.72), _hsv(hue + 14, 0.58, 0.40), _hsv(hue - 12, 0.22, 0.95)


def _hsv(hue: float, saturation: float, value: float) -> Color:
    red, green, blue = colorsys.hsv_to_rgb(hue % 360 / 360, saturation, value)
    return round(red * 255), round(green * 255), round(blue * 255)


def mix(one: Color, other: Color, share: float) -> Color:
    """The colour between two, `share` of the way to the other."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def parse_color(text: str) -> Color | None:
    """`#rrggbb` or `#rgb` as red, green and blue; None when it is neither."""
    digits = text.strip().removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    try:
        value = bytes.fromhex(digits)
    except ValueError:
        return None
    return (value[0], value[1], value[2]) if len(value) == 3 else None


def is_key_color(text: str | None) -> bool:
    """Whether the colour is that of a green or a blue screen."""
    red, green, blue = (parse_color(text) if text is not None else None) or (0, 0, 0)
    strong, weak = max(green, blue), min(green, blue)
    return strong >= 140 and red <= 90 and weak <= strong * 0.55
