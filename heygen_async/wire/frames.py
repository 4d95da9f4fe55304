"""Sizes of v3's videos: what a resolution and an aspect ratio come to in pixels."""

from typing import Final

SHORT_SIDES: Final = {"720p": 720, "1080p": 1080, "4k": 2160}
"""Pixels of the shorter side, by resolution."""

RATIOS: Final = {"16:9": 16 / 9, "9:16": 9 / 16, "4:5": 4 / 5, "5:4": 5 / 4, "1:1": 1.0}
"""Width by height, by the words that a request takes."""

_LONGEST_SIDE: Final = 4096


def frame(resolution: str, ratio: float) -> tuple[int, int]:
    """Width and height in even pixels.

    Args:
        resolution: ``720p``, ``1080p`` or ``4k``.
        ratio: Width by height.
    """
    short = SHORT_SIDES[resolution]
    long = min(_LONGEST_SIDE, round(short * max(ratio, 1 / ratio)) & ~1)
    return (long, short) if ratio >= 1 else (short, long)
