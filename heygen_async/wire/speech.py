"""What a script takes to say: its words at HeyGen's pace, and the pauses of its break tags."""

import math
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

WORDS_A_MINUTE: Final = 150
"""How fast HeyGen's voices speak, by its guide."""

# Han, kana and Thai are written without spaces: each character counts as a word there.
UNSPACED: Final = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
"""Those characters, as the inside of a pattern's class."""

_BREAK: Final = re.compile(r"<\s*break\b([^<>]*)>(?:\s*</break>)*", re.IGNORECASE)
_TIME: Final = re.compile(r"""time\s*=\s*["']?\s*([0-9]*[.,]?[0-9]+)\s*(ms)?""", re.IGNORECASE)
_WORD: Final = re.compile(rf"[{UNSPACED}]|[^\s{UNSPACED}]+")


class Break(NamedTuple):
    """A break tag in a script.

    Attributes:
        start: Where it begins.
        end: Where it ends; a pair ends with ``</break>``, however often.
        seconds: How long it pauses; None when it does not say, or says no number.
        in_ms: Whether it says so in milliseconds, which HeyGen does not take.
    """

    start: int
    end: int
    seconds: float | None
    in_ms: bool


def breaks(script: str) -> Iterator[Break]:
    """The break tags of a script, in the order in which they stand.

    Args:
        script: The text.
    """
    for tag in _BREAK.finditer(script):
        time = _TIME.search(tag[1])
        in_ms = time is not None and time[2] is not None
        seconds = None if time is None else _number(time[1]) * (0.001 if in_ms else 1.0)
        if seconds == math.inf:
            seconds = None
        yield Break(tag.start(), tag.end(), seconds, in_ms)


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def pause_seconds(script: str) -> float:
    """How long the break tags of a script pause together.

    Args:
        script: The text; a tag without a time pauses for nothing.
    """
    return sum(each.seconds or 0.0 for each in breaks(script))


def word_count(script: str) -> int:
    """How many words are said; of Han, kana and Thai each character.

    Args:
        script: The text; break tags are no words.
    """
    return len(_WORD.findall(_BREAK.sub(" ", script)))


def spoken_seconds(
    script: str, *, speed: float = 1.0, words_a_minute: float = WORDS_A_MINUTE
) -> float:
    """How long a script takes to say, the pauses of its break tags included.

    Args:
        script: The text; ``<break time="1.5s"/>`` pauses.
        speed: Of the voice; 1 is normal.
        words_a_minute: The voice's pace at its normal speed.
    """
    return word_count(script) / (words_a_minute * speed) * 60 + pause_seconds(script)
