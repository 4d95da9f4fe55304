"""Numbers as English words, in the American way: no “and” after the hundreds."""

from typing import Final

_SMALL: Final = (  # noqa: SIM905  words read best in a row
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen"
).split()
_TENS: Final = "- - twenty thirty forty fifty sixty seventy eighty ninety".split()  # noqa: SIM905
SCALES: Final = (  # noqa: SIM905
    "thousand million billion trillion quadrillion quintillion sextillion septillion octillion"
    " nonillion decillion"
).split()
"""A thousand, and its powers."""

_ORDINALS: Final = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
DIGITS_MAX: Final = 3 * (len(SCALES) + 1)
"""Most digits of a number that has a name here."""


def cardinal(number: int) -> str:
    """A whole number from 0, such as “one hundred five”.

    Args:
        number: At most ``DIGITS_MAX`` digits.
    """
    if number < 1000:  # noqa: PLR2004  below a thousand there is no scale
        return _hundreds(number)
    groups: list[str] = []
    names = iter(["", *SCALES])
    while number:
        number, group = divmod(number, 1000)
        name = next(names)
        if group:
            groups.append(f"{_hundreds(group)} {name}".rstrip())
    return " ".join(reversed(groups))


def ordinal(number: int) -> str:
    """A whole number from 0 as a rank, such as “twenty-first”.

    Args:
        number: At most ``DIGITS_MAX`` digits.
    """
    words = cardinal(number)
    cut = max(words.rfind(" "), words.rfind("-")) + 1
    last = words[cut:]
    rank = f"{last[:-1]}ieth" if last.endswith("y") else _ORDINALS.get(last, f"{last}th")
    return words[:cut] + rank


def year(number: int) -> str:
    """A year as it is said, such as “nineteen eighty-four” or “two thousand five”.

    Args:
        number: From 1000 to 9999.
    """
    century, rest = divmod(number, 100)
    if century % 10 == 0 and rest < 10:  # noqa: PLR2004  2000 to 2009, not 2010
        return cardinal(number)
    if rest == 0:
        return f"{cardinal(century)} hundred"
    return f"{cardinal(century)} {'oh ' if rest < 10 else ''}{cardinal(rest)}"  # noqa: PLR2004


def digits(number: str) -> str:
    """Digits one by one, as behind a decimal point.

    Args:
        number: Digits only.
    """
    return " ".join(_SMALL[int(each)] for each in number)


def _hundreds(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    words = [f"{_SMALL[hundreds]} hundred"] if hundreds else []
    if rest or not hundreds:
        words.append(_tens(rest))
    return " ".join(words)


def _tens(number: int) -> str:
    if number < len(_SMALL):
        return _SMALL[number]
    tens, ones = divmod(number, 10)
    return f"{_TENS[tens]}-{_SMALL[ones]}" if ones else _TENS[tens]
