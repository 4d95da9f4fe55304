"""What a check says: a rule, where it was broken, how bad that is, and what to do about it."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from enum import StrEnum
from typing import Any, Final

from heygen_async.models.base import Record


class Level(StrEnum):
    """How bad a finding is."""

    ERROR = "error"
    WARN = "warn"
    ADVICE = "advice"
    INFO = "info"


class Rule(Record):
    """One rule of HeyGen's guides.

    Attributes:
        id: Its name, such as ``broll-too-short``.
        level: How bad it is to break it.
        what: What it asks for.
        advice: What to do when it is broken.
        fails: A text that breaks it.
        passes: A text that does not.
        given: What else ``lint`` or ``check_script`` is told with both texts.
        number: Its place among HeyGen's rules for prompts; None for a rule about scripts.
    """

    id: str
    level: Level
    what: str
    advice: str
    fails: str
    passes: str
    given: dict[str, Any] = {}
    number: int | None = None


class Place(Record):
    """A place in a text, as editors count.

    Attributes:
        line: From 1.
        column: From 1, in characters.
    """

    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.line}:{self.column}"


class Finding(Record):
    """A rule that a text breaks.

    Attributes:
        rule: The rule's id.
        level: How bad it is.
        place: Where.
        message: What is wrong there.
        advice: What to do about it.
    """

    rule: str
    level: Level
    place: Place
    message: str
    advice: str

    def __str__(self) -> str:
        return f"{self.place} {self.level} {self.rule}: {self.message}. {self.advice}"


class Hit(Record):
    """What a rule found, before it has a line and a column.

    Attributes:
        at: Where in the text, in characters.
        message: What is wrong there, without a full stop.
        advice: What to do about it; the rule's own advice when left out.
    """

    at: int
    message: str
    advice: str | None = None


_SHOWN: Final = 40


def shown(text: str) -> str:
    """A piece of a text in quotes, shortened and in one line, for a message.

    Args:
        text: The piece.
    """
    line = " ".join(text.split())
    return f"“{line if len(line) <= _SHOWN else line[: _SHOWN - 1] + '…'}”"


def findings_of(hits: Iterable[tuple[Rule, Hit]], text: str) -> tuple[Finding, ...]:
    """The findings that hits amount to, in the order of the text.

    Args:
        hits: What was found, each with the rule that found it.
        text: The whole text.
    """
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    found: list[Finding] = []
    for rule, hit in sorted(hits, key=lambda pair: pair[1].at):
        line = bisect_right(starts, hit.at)
        found.append(
            Finding(
                rule=rule.id,
                level=rule.level,
                place=Place(line=line, column=hit.at - starts[line - 1] + 1),
                message=hit.message,
                advice=hit.advice or rule.advice,
            )
        )
    return tuple(found)
