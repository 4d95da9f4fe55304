"""A script cut into scenes."""

import re
from collections.abc import Iterator
from typing import Final

from heygen_async.errors import InvalidRequestError
from heygen_async.scripting.findings import shown
from heygen_async.scripting.sentences import Cuts, clause_cuts, pieces, sentence_cuts, word_cuts
from heygen_async.wire.speech import WORDS_A_MINUTE, spoken_seconds

_LEVELS: Final[tuple[Cuts, ...]] = (sentence_cuts, clause_cuts, word_cuts)
_OTHER_TAG: Final = re.compile(r"</?(?!break\b)[A-Za-z][^<>]*>", re.IGNORECASE)


def split_script(
    script: str,
    *,
    characters: int = 5000,
    seconds: float | None = None,
    speed: float = 1.0,
    words_a_minute: float = WORDS_A_MINUTE,
) -> list[str]:
    """Cuts a script into scenes that are as long as they may be.

    A cut lies at the end of a sentence. Only a sentence that is too long for a scene of its own is
    cut at the ends of its clauses, and only such a clause between its words. Nothing is lost:
    between two scenes there was white space, or nothing.

    Args:
        script: The script; its break tags stay whole, with the words before them.
        characters: Most characters of a scene. 5,000 is what HeyGen takes.
        seconds: Longest that a scene may take to say; no limit when left out.
        speed: Of the voice; 1 is normal.
        words_a_minute: The voice's pace at its normal speed.

    Raises:
        InvalidRequestError: A limit is none, a word with its pauses is longer than a scene, or
            there is a tag besides ``<break>``, which a cut could part from its end.
    """
    for name, value in (("characters", characters), ("seconds", seconds)):
        if value is not None and not value > 0:
            raise InvalidRequestError(name, value, "must be above 0")
    positive_pace(speed=speed, words_a_minute=words_a_minute)
    tag = _OTHER_TAG.search(script)
    if tag is not None:
        raise InvalidRequestError("script", tag[0], "must hold no tags but <break> to be split")
    pace = words_a_minute * speed
    packer = _Packer(characters, seconds, pace)
    return list(packer.scenes(script))


def positive_pace(*, speed: float, words_a_minute: float) -> None:
    """Refuses a pace at which nothing is ever said.

    Args:
        speed: Of the voice.
        words_a_minute: The voice's pace at its normal speed.

    Raises:
        InvalidRequestError: One of them is not above 0.
    """
    for name, value in (("speed", speed), ("words_a_minute", words_a_minute)):
        if not 0 < value < float("inf"):
            raise InvalidRequestError(name, value, "must be a number above 0")


class _Packer:
    """Fills one scene after the other, with whole sentences as long as that is possible."""

    def __init__(self, characters: int, seconds: float | None, pace: float) -> None:
        self._characters = characters
        self._seconds = seconds
        self._pace = pace
        self._held = ""
        self._held_seconds = 0.0

    def scenes(self, script: str) -> Iterator[str]:
        yield from self._take(script, 0)
        yield from self._flush()

    def _take(self, text: str, level: int) -> Iterator[str]:
        for piece in pieces(text, _LEVELS[level]):
            long = self._said(piece)
            if self._fits(self._held + piece, self._held_seconds + long):
                self._held += piece
                self._held_seconds += long
                continue
            yield from self._flush()
            if self._fits(piece, long):
                self._held, self._held_seconds = piece, long
            elif level + 1 < len(_LEVELS):
                yield from self._take(piece, level + 1)
            else:
                raise self._too_long(piece)

    def _flush(self) -> Iterator[str]:
        scene = self._held.strip()
        if scene:
            yield scene
        self._held, self._held_seconds = "", 0.0

    def _said(self, piece: str) -> float:
        return 0.0 if self._seconds is None else spoken_seconds(piece, words_a_minute=self._pace)

    def _fits(self, scene: str, seconds: float) -> bool:
        fits = len(scene.strip()) <= self._characters
        # Words of 0.4 seconds do not add up to the last digit.
        return fits and (self._seconds is None or round(seconds, 6) <= self._seconds)

    def _too_long(self, word: str) -> InvalidRequestError:
        limits = f"{self._characters:,} characters"
        if self._seconds is not None:
            limits += f" and {self._seconds:g} seconds"
        return InvalidRequestError(
            "script", shown(word), f"a word with its pauses must fit into a scene of {limits}"
        )
