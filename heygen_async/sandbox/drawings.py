"""Small pictures and sounds that need no library to be made. Pure, and always the same."""

import hashlib
import math
import struct
import sys
import zlib
from array import array
from collections.abc import Callable
from typing import Final

RATE: Final = 22050
"""Samples of sound per second."""

_CLEAR: Final = (0, 0, 0, 0)
_HOLE: Final = 0.2
_RIM: Final = 0.95
_LOUDEST: Final = 20000

Pixel = tuple[int, int, int, int]


def color(*parts: object) -> str:
    """A colour that depends on the parts alone, ``#RRGGBB``."""
    return "#" + _digest(*parts)[:3].hex().upper()


def _digest(*parts: object) -> bytes:
    return hashlib.sha256("\0".join(map(str, parts)).encode(errors="replace")).digest()


def badge(seed: str, side: int) -> bytes:
    """A coloured ring on a transparent ground, PNG."""
    red, green, blue = _digest("color", seed)[:3]
    wide = _digest("ring", seed)[0] / 255 * 0.25

    def at(x: float, y: float) -> Pixel:
        distance = math.hypot(x, y)
        return (red, green, blue, 255) if _HOLE + wide < distance < _RIM else _CLEAR

    return png(side, side, at)


def png(width: int, height: int, pixel: Callable[[float, float], Pixel]) -> bytes:
    """A picture with transparency.

    Args:
        width: Pixels.
        height: Pixels.
        pixel: Red, green, blue and opacity of a point, whose coordinates go from -1 to 1.
    """
    rows = bytearray()
    for row in range(height):
        rows.append(0)
        y = 2 * (row + 0.5) / height - 1
        for column in range(width):
            rows += bytes(pixel(2 * (column + 0.5) / width - 1, y))
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(rows))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks)


def _chunk(kind: bytes, content: bytes) -> bytes:
    checksum = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + checksum


def sound(seed: str, seconds: float, *, peak: float | None = None) -> bytes:
    """A chord, or a stroke that is loudest at a moment: mono WAV.

    Args:
        seed: Decides the notes.
        seconds: Its length.
        peak: Seconds at which a stroke is loudest; None for a chord that swells and fades.
    """
    root = 110 * 2 ** (_digest("note", seed)[0] % 12 / 12)
    steps = [2 * math.pi * root * ratio / RATE for ratio in (1.0, 1.25, 1.5)]
    count = round(seconds * RATE)
    samples = array("h")
    for index in range(count):
        moment = index / RATE
        if peak is None:
            loud = min(1.0, moment * 2, (seconds - moment) * 2)
        else:
            loud = math.exp(-8 * abs(moment - peak))
        wave = sum(math.sin(step * index) for step in steps) / len(steps)
        samples.append(round(_LOUDEST * loud * wave))
    if sys.byteorder == "big":
        samples.byteswap()
    return _riff(samples.tobytes())


def _riff(data: bytes) -> bytes:
    form = struct.pack("<HHIIHH", 1, 1, RATE, RATE * 2, 2, 16)
    body = b"WAVEfmt " + struct.pack("<I", len(form)) + form
    body += b"data" + struct.pack("<I", len(data)) + data
    return b"RIFF" + struct.pack("<I", len(body)) + body
