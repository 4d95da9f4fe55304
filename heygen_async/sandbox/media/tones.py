"""A voice of tones for when no speech library is there: not words, but their rhythm.

One tone with two formants per syllable, exactly 150 words a minute times `speed`, the same samples
every time.
"""

# ruff: noqa: RUF001 - letters of other scripts are meant

from __future__ import annotations

import math
import re
import sys
import wave
from array import array
from functools import lru_cache
from pathlib import Path

from .espeak import Spoken
from .script import WORDS_PER_MINUTE, tokens_of
from .voices import Voice

__all__ = ["RATE", "say", "write_wav"]

#: Samples per second.
RATE = 22050

_VOWELS = re.compile(r"[aeiouyäöüáéíóúàèìòùâêîôûåæøаеёиоуыэюяαεηιουω]+", re.IGNORECASE)
#: First and second formant in Hz for a vowel letter, and the IPA that shapes the mouth.
_FORMANTS = {
    "a": (730, 1090, "a"),
    "e": (530, 1840, "ɛ"),
    "i": (300, 2290, "i"),
    "o": (570, 840, "o"),
    "u": (320, 870, "u"),
}
_AMPLITUDE = 7000
#: Harmonics weaker than this are left out.
_FAINT = 0.04


def say(text: str, voice: Voice, speed: float) -> Spoken:
    """Hum the text: each word takes 60 / (150 x speed) seconds."""
    spoken = Spoken()
    step = 60 / (WORDS_PER_MINUTE * speed)
    for index, token in enumerate(tokens_of(text)):
        start = index * step
        spoken.words.append((token.at, start))
        groups = _VOWELS.findall(token.text)[:6] or ["a"]
        length = step * 0.9 / len(groups)
        for number, group in enumerate(groups):
            vowel = group[0].lower() if group[0].lower() in _FORMANTS else "aeiou"[len(group) % 5]
            spoken.sounds.append((start + number * length, _FORMANTS[vowel][2]))
            # Round to coarse steps, so that a whole script needs few different tones.
            pitch = round(voice.base * (1.0 - 0.03 * (number + index % 4)) / 6) * 6
            spoken.pcm.frombytes(_tone(vowel, pitch, round(length * RATE)))
        spoken.sounds.append((start + step * 0.9, ""))
        end = round((start + step) * RATE)
        spoken.pcm.frombytes(bytes(2 * max(0, end - len(spoken.pcm))))
    return spoken


@lru_cache(maxsize=256)
def _tone(vowel: str, pitch: int, samples: int) -> bytes:
    """One syllable: harmonics of the pitch, weighted by how near they are to a formant."""
    first, second, _ = _FORMANTS[vowel]
    harmonics = [
        (2 * math.pi * pitch * number / RATE, weight)
        for number in range(1, 16)
        if (weight := _weight(pitch * number, first, second)) > _FAINT
    ]
    total = sum(weight for _, weight in harmonics) or 1.0
    fade = max(1, samples // 6)
    out = array("h")
    for at in range(samples):
        envelope = min(1.0, at / fade, (samples - at) / (fade * 2))
        wave = sum(weight * math.sin(angle * at) for angle, weight in harmonics)
        out.append(round(_AMPLITUDE * envelope * wave / total))
    return out.tobytes()


def _weight(hertz: float, first: float, second: float) -> float:
    low = 1.0 / (1.0 + ((hertz - first) / 120) ** 2)
    high = 0.5 / (1.0 + ((hertz - second) / 160) ** 2)
    return low + high


def write_wav(pcm: array[int], path: Path) -> None:
    """Write 16-bit mono samples as WAV."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        little = pcm[:]
        if sys.byteorder == "big":
            little.byteswap()
        file.writeframes(little.tobytes())
