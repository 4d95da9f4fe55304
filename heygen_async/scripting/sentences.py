"""Where a text may be cut: after its paragraphs and sentences, its clauses, its words."""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Final, TypeAlias

from heygen_async.wire.speech import UNSPACED

Cuts: TypeAlias = Callable[[str], Iterator[int]]
"""The places where a text may be cut, in order; its beginning and end are none of them."""

_TAG: Final = r"</?[A-Za-z][^<>]*>"
_SPACE: Final = rf"(?:\s|{_TAG})*"
_CLOSING: Final = r"[\"'”’»›)\]}）」』】》〉]*"

# What stands between two sentences stays with the first: its spaces, and the pause that follows it.
_END: Final = re.compile(
    rf"(?<![.!?…])(?P<mark>[.!?…]++){_CLOSING}(?=\s|<|$){_SPACE}"
    rf"|(?P<wide>[。！？｡؟।۔]+){_CLOSING}{_SPACE}"
    rf"|(?P<gap>\n[^\S\n]*\n){_SPACE}"
)
_CLAUSE: Final = re.compile(
    rf"[,;:]{_CLOSING}(?=\s|<){_SPACE}|[、，；：،؛]{_CLOSING}{_SPACE}|\s[—–-]+\s{_SPACE}"
)
# Nothing is cut before a mark that closes, or that combines with the letter before it.
_STAYS: Final = (
    r"[\s.,;:!?…、。，；：！？｡）」』】》〉)\]}”’»›\"'<"
    r"\u0e30-\u0e3a\u0e45-\u0e4e\u3099\u309a\u30fc]"
)
_OPENS: Final = r"(\[“‘«‹（「『【《〈"
_WORD: Final = re.compile(
    rf"\s+{_SPACE}|{_TAG}{_SPACE}"
    rf"|[{UNSPACED}](?!{_STAYS}|\Z)|[^\s<>{_OPENS}{UNSPACED}](?=[{UNSPACED}])(?!{_STAYS})"
)
_SHORT: Final = frozenset(
    re.findall(
        r"\S+",
        "mr mrs ms dr prof st jr sr gen col lt sgt capt rev hon gov sen rep no vs approx dept est"
        " fig inc ltd co corp e.g i.e cf al jan feb mar apr jun jul aug sep sept oct nov dec a.m"
        " p.m ca z.b d.h bzw usw nr",
    )
)
"""What ends in a full stop and ends no sentence by itself."""

_MAY_END: Final = frozenset(
    ("inc", "ltd", "co", "corp", "jr", "sr", "a.m", "p.m", "usw", "no", "al", "rep")
)
"""Of those, what may well end one: a capital letter after it decides."""

_NEAR: Final = 20
"""Characters that are looked at on either side of a mark."""

_LAST_WORD: Final = re.compile(r"[^\s\"'“‘(\[<>]+\Z")


def sentence_cuts(text: str) -> Iterator[int]:
    """Where a sentence ends and another begins.

    A full stop ends none in a number, an abbreviation or an initial, and no mark ends one when a
    small letter follows: what somebody asked goes on.

    Args:
        text: Any text; tags are never cut.
    """
    for found in _found(_END, text):
        if found["mark"] is None or _ends(text, found):
            yield found.end()


def sentences(text: str) -> list[str]:
    """The sentences of a text, which together are the text.

    Args:
        text: Any text. The spaces and break tags after a sentence belong to it.
    """
    return pieces(text, sentence_cuts)


def clause_cuts(text: str) -> Iterator[int]:
    """Where a clause ends: after commas, semicolons, colons and dashes.

    Args:
        text: Any text; tags are never cut.
    """
    for found in _found(_CLAUSE, text):
        yield found.end()


def word_cuts(text: str) -> Iterator[int]:
    """Where a word ends: after spaces, and between letters that are written without them.

    Args:
        text: Any text; a break tag belongs to the word before it.
    """
    for found in _found(_WORD, text):
        yield found.end()


def pieces(text: str, cuts: Cuts) -> list[str]:
    """A text cut in pieces, which together are the text.

    Args:
        text: The text.
        cuts: Where to cut it.
    """
    places = [0, *cuts(text), len(text)]
    return [text[start:end] for start, end in pairwise(places) if end > start]


def _found(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """The matches after which a text may be cut: in no tag, and with words on both sides."""
    tags = re.finditer(_TAG, text)
    tag = next(tags, None)
    lead = re.match(_SPACE, text)
    first = lead.end() if lead else 0
    for found in pattern.finditer(text):
        while tag is not None and tag.end() <= found.start():
            tag = next(tags, None)
        inside = tag is not None and tag.start() < found.start()
        if not inside and first < found.end() < len(text):
            yield found


def _ends(text: str, found: re.Match[str]) -> bool:
    """Whether a mark of Latin script ends its sentence, which another one follows."""
    following = text[found.end() : found.end() + _NEAR].lstrip("\"'“‘«‹([{¿¡")[:1]
    if following.islower():
        return False
    if found["mark"] != ".":
        return True
    word = _LAST_WORD.search(text[max(0, found.start() - _NEAR) : found.start()])
    if word is None:
        return True
    last = word[0].lower()
    initial = len(last) == 1 and last.isalpha() and last != "i" and word[0].isupper()
    if initial or (re.fullmatch(r"(?:[a-z]\.)+[a-z]", last) and last not in _SHORT):
        # “J. K. Rowling”, and “the U.S. Army”: rather one long sentence than half a name.
        return False
    return last not in _SHORT or (last in _MAY_END and following.isupper())
