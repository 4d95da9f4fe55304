"""Figures as words: right, once, and never where it would be a guess."""

import re

import pytest
from hypothesis import given, strategies as st

from heygen_async.errors import InvalidRequestError
from heygen_async.scripting import spell_numbers
from heygen_async.scripting.numbers import DIGITS_MAX, SCALES, cardinal, ordinal, year

ONES = re.findall(
    "[a-z]+",
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen",
)
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def read(words: str) -> int:
    """The number that words stand for: the way back."""
    total = group = 0
    for word in words.replace("-", " ").split():
        if word in ONES:
            group += ONES.index(word)
        elif word in TENS:
            group += 10 * (TENS.index(word) + 2)
        elif word == "hundred":
            group *= 100
        else:
            total += group * 1000 ** (SCALES.index(word) + 1)
            group = 0
    return total + group


@given(st.integers(0, 10**DIGITS_MAX - 1) | st.integers(0, 10_000))
def test_a_number_can_be_read_back(number: int) -> None:
    assert read(cardinal(number)) == number
    assert spell_numbers(f"{number:,}") == cardinal(number)
    may_be_year = 1900 <= number < 2100
    assert spell_numbers(str(number)) == (str(number) if may_be_year else cardinal(number))


@given(st.integers(0, 10**12))
def test_a_rank_ends_as_it_is_written(number: int) -> None:
    words = ordinal(number)
    assert re.search(r"(first|second|third|th)$", words)
    rank = next((e for w, e in {"first": "st", "second": "nd", "third": "rd"}.items()
                 if words.endswith(w)), "th")  # fmt: skip
    assert spell_numbers(f"{number}{rank}") == words
    teen = number % 100 in {11, 12, 13}
    assert rank == ("th" if teen else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th"))


WORDS = ["a", "word", "million", "—", "<b>", "%", "May", "v", "Python", "1984", "2024,"]
FIGURES = st.from_regex(r"\A[-+$€#(]?[0-9]{1,5}([.,:/–-][0-9]{1,3}){0,2}(%|st|th|s|k|M|\))?\Z")


@given(st.lists(st.one_of(FIGURES, st.sampled_from(WORDS))))
def test_what_is_spelled_is_spelled_once_and_nothing_else_changes(words: list[str]) -> None:
    text = " ".join(words)
    for years in (False, True):
        spelled = spell_numbers(text, years=years)
        assert spell_numbers(spelled, years=years) == spelled
        assert re.sub(r"\d", "", text) == text or spelled != ""
    if not re.search(r"\d", text):
        assert spell_numbers(text) == text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("5 men, 1,234 ants.", "five men, one thousand two hundred thirty-four ants."),
        ("(3.14) and .5", "(three point one four) and point five"),
        ("\"5\" or '6'", "\"five\" or 'six'"),
        ("agent 007", "agent zero zero seven"),
        ("-5 or +5", "minus five or plus five"),
        ("It is 10.", "It is ten."),
        ("“42”—7", "“forty-two”—seven"),
        ("37% or 37.5 %", "thirty-seven percent or thirty-seven point five percent"),
        ("10-15 or 10–15%", "ten to fifteen or ten to fifteen percent"),
        ("$1, $1.00, $2", "one dollar, one dollar, two dollars"),
        ("$1.50 or $0.99", "one dollar and fifty cents or ninety-nine cents"),
        ("$101.01 or $0.00", "one hundred one dollars and one cent or zero dollars"),
        ("$1.5M, €2bn, £3 million",
         "one point five million dollars, two billion euros, three million pounds"),
        ("-$5", "minus five dollars"),
        ("£0.01 and £0.50", "one penny and fifty pence"),
        ("¥100", "one hundred yen"),
        ("a $5 bill, a $20 million deal", "a five dollar bill, a twenty million dollar deal"),
        ("the 1st, 2nd, 3rd and 21st", "the first, second, third and twenty-first"),
        ("11th, 12th, 13th, 20th, 112th",
         "eleventh, twelfth, thirteenth, twentieth, one hundred twelfth"),
        ("in 1,984 days", "in one thousand nine hundred eighty-four days"),
        ("May 5th, 2024", "May fifth, 2024"),
        ("In 2019, 12 came. 10, 20 and 30 left.",
         "In 2019, twelve came. ten, twenty and thirty left."),
        ("It is 10. 20 came.\n30", "It is ten. twenty came.\nthirty"),
        ("version 2 takes 3.5 hours", "version two takes three point five hours"),
        ('5 <break time="1.5s"/> 6', 'five <break time="1.5s"/> six'),
    ],
)  # fmt: skip
def test_figures_are_said_as_people_say_them(text: str, said: str) -> None:
    assert spell_numbers(text) == said


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("1984", "nineteen eighty-four"),
        ("1905", "nineteen oh five"),
        ("1900", "nineteen hundred"),
        ("2000", "two thousand"),
        ("2005", "two thousand five"),
        ("2010", "twenty ten"),
        ("2099", "twenty ninety-nine"),
        ("1980s", "nineteen eighties"),
        ("1914-1918", "nineteen fourteen to nineteen eighteen"),
        ("1100", "eleven hundred"),
        ("1099", "one thousand ninety-nine"),
        ("1,984", "one thousand nine hundred eighty-four"),
        ("May 2024", "May twenty twenty-four"),
        ("May 5, 2024", "May 5, twenty twenty-four"),
        ("$1984", "one thousand nine hundred eighty-four dollars"),
    ],
)
def test_years_are_said_as_years_when_asked(number: str, said: str) -> None:
    assert spell_numbers(number, years=True) == said


def test_a_year_is_a_year_whatever_it_is() -> None:
    assert year(1776) == "seventeen seventy-six"
    assert year(1000) == "one thousand"


@pytest.mark.parametrize(
    "text",
    ["v2", "4K", "R2D2", "1.2.3", "16:9", "555-1234", "2026-11-29", "3-2", "12,34", "#1", "5kg",
     "1th", "22st", "http://a.example/5", "@5", "24/7", "10^5", "the 1980s", "9" * (DIGITS_MAX + 1),
     "$5 million-a-year", "May 5, 2024", "5 May 2024", "the 5 of Sept. 2024", "May 5-7", "in 1984",
     "1914-1918", "Python 3.11", "iOS 17.4", "version 3.11", "v 1.2", "Call 1 800 555 0199",
     "(212) 555-0199", "1 (800) 555 0199", "10 000 users", "+1 555 1234", "5'10 tall",
     'a 6" pipe', "6' 2\" tall", "<b n='5'>", "٣"],
)  # fmt: skip
def test_what_nobody_knows_how_to_say_stays(text: str) -> None:
    assert spell_numbers(text) == text


@pytest.mark.parametrize("language", ["en", "en-US", "en_GB", "English", "EN"])
def test_english_is_spelled(language: str) -> None:
    assert spell_numbers("2", language=language) == "two"


@pytest.mark.parametrize("language", ["de", "French", "", "enx", "zh-CN"])
def test_other_languages_are_refused(language: str) -> None:
    with pytest.raises(InvalidRequestError, match="must be en"):
        spell_numbers("2", language=language)
