"""A script taken apart: what is said, where it pauses, and how long that takes. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from heygen_async.wire.rates import FPS
from heygen_async.wire.words import tokens_of

from .spec import ClipSpec, Word

__all__ = ["FPS", "Part", "estimate", "parts_of", "tokens_of"]

#: The rate HeyGen's voices speak at, in words per minute.
WORDS_PER_MINUTE = 150.0

#: Silence after the last word, in seconds, so that a clip does not end on a syllable.
TAIL = 0.2

_BREAK = re.compile(r"<break\b([^<>]*?)/?>(?:\s*</break>)?", re.IGNORECASE)
_TIME = re.compile(r"""time\s*=\s*["']?\s*([0-9]*\.?[0-9]+)\s*(ms|s)?""", re.IGNORECASE)
_DEFAULT_BREAK = 0.5
_LONGEST_BREAK = 60.0


@dataclass(frozen=True, slots=True)
class Part:
    """Text to speak, followed by a pause in seconds."""

    text: str
    pause: float


def parts_of(script: str) -> list[Part]:
    """The script cut at its `<break>` tags; a tag without a time pauses for half a second."""
    parts: list[Part] = []
    start = 0
    for match in _BREAK.finditer(script):
        parts.append(Part(script[start : match.start()].strip(), _pause(match[1])))
        start = match.end()
    parts.append(Part(script[start:].strip(), 0.0))
    return [part for part in parts if part.text or part.pause]


def _pause(attributes: str) -> float:
    match = _TIME.search(attributes)
    if match is None:
        return _DEFAULT_BREAK
    scale = 0.001 if (match[2] or "s").lower() == "ms" else 1.0
    return min(float(match[1]) * scale, _LONGEST_BREAK)


def estimate(spec: ClipSpec) -> tuple[float, tuple[Word, ...]]:
    """Duration in seconds and word times at exactly 150 words a minute times `speed`."""
    step = 60 / (WORDS_PER_MINUTE * clamp_speed(spec.speed))
    words: list[Word] = []
    now = 0.0
    for part in parts_of(spec.script):
        for token in tokens_of(part.text):
            words.append(Word(token.text, round(now, 3), round(now + step * 0.9, 3)))
            now += step
        now += part.pause
    return max(now, spec.duration or 0.0), tuple(words)


def clamp_speed(speed: float) -> float:
    """The speed, kept within what a voice can do: 0.25 to 4."""
    return min(max(speed, 0.25), 4.0)
