"""Which of the speech synthesiser's voices speaks for a voice id, a gender and a language. Pure."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

__all__ = ["Voice", "voice_of"]

#: Rate that comes out as about 150 words a minute: the synthesiser runs some 12 % fast.
_RATE = 135


@dataclass(frozen=True, slots=True)
class Voice:
    """Settings of the synthesiser.

    Attributes:
        language: Its name for the language, such as `en-us`.
        variant: Its name for the speaker, such as `f3`.
        pitch: 0 to 100, where 50 is the variant's own.
        spread: Liveliness of the intonation, 0 to 100.
        rate: Words a minute as the synthesiser counts them.
        base: Pitch in Hz for the tone voice that stands in when there is no synthesiser.
    """

    language: str
    variant: str
    pitch: int
    spread: int
    rate: int
    base: float


# Clearly apart in pitch, pace and timbre; none that whispers, croaks or buzzes.
_FEMALE = ("f2", "f3", "f4", "f1", "f5", "Annie", "Alicia")
_MALE = ("m3", "m1", "m7", "m8", "m2", "m4", "m6")

_LANGUAGES = {
    "english": "en-us",
    "spanish": "es",
    "french": "fr-fr",
    "german": "de",
    "italian": "it",
    "portuguese": "pt-br",
    "polish": "pl",
    "turkish": "tr",
    "russian": "ru",
    "dutch": "nl",
    "czech": "cs",
    "arabic": "ar",
    "chinese": "cmn",
    "mandarin": "cmn",
    "cantonese": "yue",
    "japanese": "ja",
    "hungarian": "hu",
    "korean": "ko",
    "hindi": "hi",
    "vietnamese": "vi",
    "ukrainian": "uk",
    "greek": "el",
    "hebrew": "he",
    "swedish": "sv",
    "norwegian": "nb",
    "danish": "da",
    "finnish": "fi",
    "romanian": "ro",
    "bulgarian": "bg",
    "croatian": "hr",
    "serbian": "sr",
    "slovak": "sk",
    "slovenian": "sl",
    "catalan": "ca",
    "indonesian": "id",
    "malay": "ms",
    "filipino": "en-us",
    "tamil": "ta",
    "telugu": "te",
    "bengali": "bn",
    "urdu": "ur",
    "persian": "fa",
    "swahili": "sw",
    "thai": "th",
    "estonian": "et",
    "latvian": "lv",
    "lithuanian": "lt",
    "icelandic": "is",
    "welsh": "cy",
    "afrikaans": "af",
}

#: Tags that the synthesiser knows by another name than their first subtag.
_TAGS = {
    "en": "en-us",
    "en-us": "en-us",
    "en-gb": "en-gb",
    "en-au": "en-gb",
    "es-mx": "es-419",
    "es-419": "es-419",
    "fr": "fr-fr",
    "fr-be": "fr-be",
    "fr-ch": "fr-ch",
    "pt": "pt-br",
    "pt-pt": "pt",
    "pt-br": "pt-br",
    "zh": "cmn",
    "zh-hk": "yue",
    "no": "nb",
    "nn": "nb",
    "iw": "he",
    "fil": "en-us",
}


def voice_of(voice_id: str, gender: str, language: str, speed: float) -> Voice:
    """The voice for these: the same ids always give the same one; anything unknown is English."""
    seed = hashlib.sha256(voice_id.encode(errors="replace")).digest()
    kind = gender.strip().lower()
    if kind not in {"male", "female"}:
        kind = "female" if seed[0] & 1 else "male"
    variants = _FEMALE if kind == "female" else _MALE
    return Voice(
        language=_language(language),
        variant=variants[seed[1] % len(variants)],
        pitch=42 + seed[2] % 17,
        spread=45 + seed[3] % 26,
        rate=round(_RATE * speed),
        base=(190.0 if kind == "female" else 105.0) + seed[4] % 40,
    )


def _language(name: str) -> str:
    asked = name.strip().lower().replace("_", "-")
    plain = asked.partition("(")[0].strip()
    if plain in _LANGUAGES:
        return _LANGUAGES[plain]
    if asked in _TAGS:
        return _TAGS[asked]
    first = plain.partition("-")[0].partition(" ")[0]
    known = _TAGS.get(first) or _LANGUAGES.get(first)
    return known or (first if first in _CODES else "en-us")


_CODES = frozenset(code.partition("-")[0] for code in _LANGUAGES.values()) | {
    *("ka", "hy", "az", "kk", "mk", "sq", "bs", "mt", "ga", "gl", "eu", "ne", "si", "mr", "gu"),
    *("kn", "ml", "pa", "am", "uz", "ky", "be", "eo", "la"),
}
