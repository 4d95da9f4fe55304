"""Words as they are shown: where a text may be broken, and which stand together on a screen."""

# ruff: noqa: RUF001 - letters of other scripts are meant

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple, Protocol, TypeVar

UNSPACED: Final = (
    (0x0E00, 0x0E7F),
    (0x3000, 0x30FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0xFF00, 0xFFEF),
)
"""Scripts written without spaces: Han, kana and Thai are broken, and timed, by character."""

LINE: Final = 42
"""Characters that a line of captions has at most."""

_SECONDS: Final = 3.5
_PAUSE: Final = 0.6
_CHARACTERS: Final = "[{0}]|[^{0}]+".format(
    "".join(f"\\u{low:04x}-\\u{high:04x}" for low, high in UNSPACED)
)
_SENTENCE_ENDS: Final = tuple(".!?…。！？")
_CLOSERS: Final = "\"'”’»)]）」』"


class Token(NamedTuple):
    """One word as written, and where it begins in its text."""

    text: str
    at: int


class Timed(Protocol):
    """A word, and the seconds in which it is said."""

    @property
    def word(self) -> str:
        """The word as written."""
        ...

    @property
    def start(self) -> float:
        """When it begins."""
        ...

    @property
    def end(self) -> float:
        """When it ends."""
        ...


T = TypeVar("T", bound=Timed)


def is_unspaced(char: str) -> bool:
    """Whether the character belongs to a script written without spaces."""
    return any(low <= ord(char) <= high for low, high in UNSPACED)


def tokens_of(text: str) -> list[Token]:
    """The words of a text as written, punctuation kept; unspaced scripts by character."""
    tokens: list[Token] = []
    for match in re.finditer(r"\S+", text):
        at, word = match.start(), match[0]
        if not any(map(is_unspaced, word)):
            tokens.append(Token(word, at))
            continue
        for piece in re.finditer(_CHARACTERS, word):
            if piece.start() and not piece[0].isalnum():
                # Punctuation stays with the character before it.
                last = tokens.pop()
                tokens.append(Token(last.text + piece[0], last.at))
            else:
                tokens.append(Token(piece[0], at + piece.start()))
    return tokens


def joined(words: Iterable[str]) -> str:
    """The words as one line: spaces between them, none between characters of unspaced scripts."""
    line = ""
    for word in words:
        tight = not line or (is_unspaced(line[-1]) and is_unspaced(word[0]))
        line += word if tight else f" {word}"
    return line


def gathered(
    words: Iterable[T],
    *,
    max_chars: int = LINE,
    max_seconds: float = _SECONDS,
    pause: float = _PAUSE,
) -> Iterator[list[T]]:
    """Words in the groups in which they are shown.

    A group ends at the end of a sentence, before it would exceed the characters or the seconds,
    and at a pause. A word that is longer than that has a group of its own.

    Args:
        words: What is said, in order; none of them empty.
        max_chars: Most characters of a group.
        max_seconds: Longest time for which a group is seen.
        pause: Seconds of silence that end a group inside a sentence.
    """
    group: list[T] = []
    for word in words:
        if group and (
            len(joined([*(held.word for held in group), word.word])) > max_chars
            or word.end - group[0].start > max_seconds
            or word.start - group[-1].end > pause
        ):
            yield group
            group = []
        group.append(word)
        if word.word.rstrip(_CLOSERS).endswith(_SENTENCE_ENDS):
            yield group
            group = []
    if group:
        yield group
