"""What a check says: a rule, where it was broken, how bad that is, and what to do about it."""

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


def finding(rule: Rule, hit: Hit, text: str) -> Finding:
    """The finding that a hit amounts to.

    Args:
        rule: The rule that made it.
        hit: What it found.
        text: The whole text.
    """
    return Finding(
        rule=rule.id,
        level=rule.level,
        place=place_of(text, hit.at),
        message=hit.message,
        advice=hit.advice or rule.advice,
    )


def place_of(text: str, at: int) -> Place:
    """The line and column of a character.

    Args:
        text: The whole text.
        at: Where the character is.
    """
    before = text[:at]
    return Place(line=before.count("\n") + 1, column=at - (before.rfind("\n") + 1) + 1)
