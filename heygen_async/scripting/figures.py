"""Figures in a script, spelled for the voice."""

import re
from collections.abc import Callable, Iterator
from typing import Final

from heygen_async.errors import InvalidRequestError
from heygen_async.scripting.numbers import DIGITS_MAX, cardinal, digits, ordinal, year

_WHOLE: Final = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)"
_NUMBER: Final = rf"(?:{_WHOLE}?\.[0-9]+|{_WHOLE})"
_SCALE: Final = r"thousand|million|billion|trillion"
_SHORT_SCALE: Final = {"k": "thousand", "m": "million", "b": "billion", "bn": "billion"}
_CURRENCIES: Final = {
    "$": ("dollar", "dollars", "cent", "cents"),
    "€": ("euro", "euros", "cent", "cents"),
    "£": ("pound", "pounds", "penny", "pence"),
    "¥": ("yen", "yen", "", ""),
}
_ENDS: Final = r"""[)\]"'”’».,;:!?…]*(?:[\s—<]|\Z)"""
# A figure stands alone: what touches it is white space, a dash, a tag or punctuation. So nothing
# is made of 1.2.3, v2, 16:9, 555-1234 or 2026-11-29, of which nobody knows how they are said.
_FIGURE: Final = re.compile(
    rf"""</?[A-Za-z][^<>]*>
    | (?<![^\s—>(\["'“‘«])(?<![0-9]['"])
      (?P<sign>[-−+])?
      (?: (?P<currency>[$€£¥])(?P<money>{_NUMBER})
          (?:(?P<short>[Kk]|[Mm]|[Bb]n?)|[ -](?P<scale>{_SCALE}))?(?!\s+(?:{_SCALE})\b)
        | (?P<from>{_NUMBER})(?P<dash>[-–])(?P<to>{_NUMBER})(?P<both>\s?%)?
        | (?P<part>{_NUMBER})\s?%
        | (?P<rank>{_WHOLE})(?P<suffix>st|nd|rd|th)
        | (?P<decade>[0-9]{{3}}0)s
        | (?P<plain>{_NUMBER})
      )
      (?={_ENDS})""",
    re.VERBOSE,
)
# Beside another one a figure is part of a telephone number or of “10 000”, beside a month of a
# date, and a decimal behind a name is a version.
_BARE: Final = r"[-−+]?\.?[0-9](?:[0-9.,:/–−-]*[0-9])?"
_MONTH: Final = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_FIGURE_BEFORE: Final = re.compile(rf"(?<![^\s—>(\[\"'“‘«]){_BARE}\)*[^\S\n]+\(*\Z")
_FIGURE_AFTER: Final = re.compile(rf"\)*[^\S\n]+\(*{_BARE}(?!\s?%{_ENDS})(?={_ENDS})")
_MONTH_BEFORE: Final = re.compile(rf"\b{_MONTH}\s+\Z")
_MONTH_AFTER: Final = re.compile(rf"\s+(?:of\s+)?{_MONTH}")
_NAME_BEFORE: Final = re.compile(r"(?<![^\s(\[\"'“‘«—])(?:(?=\w*[A-Z])[A-Za-z]\w*|version|v)\s+\Z")
_ARTICLE: Final = re.compile(r"\ban?\s+\Z", re.IGNORECASE)
_NEAR: Final = 40
"""Characters before a figure in which the word before it stands."""

_YEARS: Final = range(1100, 2100)
_LIKELY_YEAR: Final = re.compile("(?:19|20)[0-9]{2}")
_SIGNS: Final = {None: "", "+": "plus "}


def spell_numbers(text: str, *, language: str = "en", years: bool = False) -> str:
    """Writes figures as words, as a voice is to say them.

    Whole numbers, decimals, money (dollars, euros, pounds, yen), percent, ordinals and ranges.
    Whatever else has digits in it, such as a version, a time, a date or a phone number, stays as it
    is, and so do tags. So does what may be one: a figure beside another one or beside a month, a
    decimal behind a name, inches, and from 1900 to 2099 what may be a year. What is spelled has no
    figures, so spelling it again changes nothing.

    Args:
        text: A script, or a line of it.
        language: ``en``, or a locale of it such as ``en-GB``; the words are American.
        years: Say whole numbers from 1100 to 2099 as years: “nineteen eighty-four”.

    Raises:
        InvalidRequestError: The language is another one: its numbers are not known here.
    """
    if not is_english(language):
        raise InvalidRequestError(
            "language", language, "must be en: numbers of other languages are not spelled"
        )
    return _FIGURE.sub(lambda found: _spelled(found, years=years) or found[0], text)


def is_english(language: str) -> bool:
    """Whether a language is English, of whatever country.

    Args:
        language: Such as ``en``, ``en-GB`` or ``English``.
    """
    return re.fullmatch(r"en(?:[-_][a-z0-9]+)*|english", language, re.IGNORECASE) is not None


def spellings(text: str) -> Iterator[tuple[int, int, str]]:
    """Every figure that ``spell_numbers`` would spell: where it begins and ends, and its words.

    Args:
        text: English.
    """
    for found in _FIGURE.finditer(text):
        words = _spelled(found, years=False)
        if words:
            yield found.start(), found.end(), words


def _spelled(found: re.Match[str], *, years: bool) -> str | None:
    """The words for one figure; None when there are none."""
    if any(len(run) > DIGITS_MAX for run in re.findall("[0-9]+", found[0].replace(",", ""))):
        return None
    for name, spell in _KINDS.items():
        if found[name] is not None:
            words = spell(found, years)
            return words and _SIGNS.get(found["sign"], "minus ") + words
    return None  # a tag


def _money(found: re.Match[str], _: bool) -> str:  # noqa: FBT001  one signature for all kinds
    one, many, cent, cents = _CURRENCIES[found["currency"]]
    whole, _point, rest = found["money"].replace(",", "").partition(".")
    # “a five dollar bill”
    if _precedes(_ARTICLE, found):
        many, cents = one, cent
    scale = found["scale"] or _SHORT_SCALE.get((found["short"] or "").lower())
    if scale:
        return f"{_number(found['money'])} {scale} {many}"
    if len(rest) != 2 or not cent:  # noqa: PLR2004  two digits are cents
        single = found["money"] == "1"
        return f"{_number(found['money'])} {one if single else many}"
    parts: list[str] = []
    if int(whole or 0) or not int(rest):
        parts.append(f"{_whole(whole or '0')} {one if whole == '1' else many}")
    if int(rest):
        parts.append(f"{cardinal(int(rest))} {cent if int(rest) == 1 else cents}")
    return " and ".join(parts)


def _range(found: re.Match[str], years: bool) -> str | None:  # noqa: FBT001
    low, high = found["from"], found["to"]
    if float(low.replace(",", "")) >= float(high.replace(",", "")):
        return None  # a score, or a number of something
    if found["dash"] == "-" and len(low) != len(high) and max(len(low), len(high)) > 3:  # noqa: PLR2004
        return None  # a telephone number
    if found["both"]:
        return f"{_number(low)} to {_number(high)} percent"
    if _is_doubtful(found, low, high, years=years):
        return None
    return f"{_plainly(low, years)} to {_plainly(high, years)}"


def _plain(found: re.Match[str], years: bool) -> str | None:  # noqa: FBT001
    number = found["plain"]
    if found["sign"]:
        return None if _is_doubtful(found, years=years) else _number(number)
    return None if _is_doubtful(found, number, years=years) else _plainly(number, years)


def _is_doubtful(found: re.Match[str], *numbers: str, years: bool) -> bool:
    """Whether it may be a date, a version, or a part of something else.

    Args:
        found: A figure with nothing around it that says what it counts.
        numbers: Those of it that may be years.
        years: Whether such a number is said as a year.
    """
    likely_year = any(map(_LIKELY_YEAR.fullmatch, numbers))
    if likely_year and not years:
        return True
    text, end = found.string, found.end()
    mark = text[end : end + 1]
    if mark in {'"', "'"} and not text.endswith(mark, 0, found.start()):
        return True  # inches or feet, unless it is in quotes
    if _precedes(_FIGURE_BEFORE, found) or _FIGURE_AFTER.match(text, end):
        return True
    if not likely_year and (_precedes(_MONTH_BEFORE, found) or _MONTH_AFTER.match(text, end)):
        return True
    return "." in found[0] and _precedes(_NAME_BEFORE, found)


def _precedes(pattern: re.Pattern[str], found: re.Match[str]) -> bool:
    start = found.start()
    return pattern.search(found.string, max(0, start - _NEAR), start) is not None


def _rank(found: re.Match[str], _: bool) -> str | None:  # noqa: FBT001
    words = ordinal(int(found["rank"].replace(",", "")))
    right = {"first": "st", "second": "nd", "third": "rd"}
    ending = next((end for word, end in right.items() if words.endswith(word)), "th")
    return words if ending == found["suffix"] else None


def _decade(found: re.Match[str], years: bool) -> str | None:  # noqa: FBT001
    number = int(found["decade"])
    if not years or number not in _YEARS:
        return None
    words = year(number)
    return f"{words[:-1]}ies" if words.endswith("y") else f"{words}s"


def _plainly(number: str, years: bool) -> str:  # noqa: FBT001
    if years and number.isdigit() and number[0] != "0" and int(number) in _YEARS:
        return year(int(number))
    return _number(number)


def _number(number: str) -> str:
    whole, point, rest = number.replace(",", "").partition(".")
    words = [_whole(whole)] if whole else []
    if point:
        words.append(f"point {digits(rest)}")
    return " ".join(words)


def _whole(number: str) -> str:
    # What begins with a zero is a code.
    code = len(number) > 1 and number[0] == "0"
    return digits(number) if code else cardinal(int(number))


_KINDS: Final[dict[str, Callable[[re.Match[str], bool], str | None]]] = {
    "currency": _money,
    "from": _range,
    "part": lambda found, _: f"{_number(found['part'])} percent",
    "rank": _rank,
    "decade": _decade,
    "plain": _plain,
}
