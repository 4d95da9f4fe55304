"""HeyGen's rules about words: those that are said, and those that are read."""

import re
from collections.abc import Iterator
from typing import Final

from heygen_async.scripting.findings import Hit, Level, Rule, shown
from heygen_async.scripting.rules.drafts import Checks, Draft
from heygen_async.scripting.rules.scripts import figures_in

_LABELLED: Final = re.compile(
    r"^[ \t]*(?:[-*•][ \t]*)?(?P<name>headline|body|cta)[ \t]*:[ \t]*(?P<text>[^\n]*)$",
    re.IGNORECASE | re.MULTILINE,
)
_HEADLINE: Final = (35, 55)
_BODY: Final = (20, 30)
_CTA: Final = (3, 4)
_AMPERSAND: Final = re.compile(r"(?<=\s)&(?=\s)")


def _figures(draft: Draft) -> Iterator[Hit]:
    for scene in draft.prompt.scenes:
        for spoken in scene.voiceovers:
            yield from figures_in(spoken.text, spoken.at, language=draft.language)


def _text_lengths(draft: Draft) -> Iterator[Hit]:
    listed = draft.prompt.section("CRITICAL ON-SCREEN TEXT")
    if listed is None:
        return
    for found in _LABELLED.finditer(listed.body.text):
        text = found["text"].strip(' \t\r"“”')
        wrong = _wrong_length(found["name"].lower(), text)
        if wrong:
            message = f"{shown(text)} has {wrong}"
            yield Hit(at=listed.body.at + found.start("text"), message=message)


def _wrong_length(name: str, text: str) -> str | None:
    words = len(text.split())
    if name == "headline":
        return None if _HEADLINE[0] <= len(text) <= _HEADLINE[1] else f"{len(text)} characters"
    if name == "cta" and text.endswith((".", "!", "?", "…")):
        return "a mark at its end"
    least, most = _BODY if name == "body" else _CTA
    return None if least <= words <= most else f"{words} words"


def _ampersands(draft: Draft) -> Iterator[Hit]:
    for found in _AMPERSAND.finditer(draft.prompt.text):
        yield Hit(at=found.start(), message="“&” is no word")


WORD_CHECKS: Final[Checks] = (
    (
        Rule(
            id="voiceover-figures",
            number=20,
            level=Level.WARN,
            what="A VOICEOVER has no figures; text on the screen has.",
            advice="Write it in words, as it is to be said.",
            fails="SCENE 1 - A-ROLL (8s)\nVOICEOVER: Sales rose by 37%.",
            passes="SCENE 1 - A-ROLL (8s)\nVOICEOVER: Sales rose by thirty-seven percent.",
        ),
        _figures,
    ),
    (
        Rule(
            id="text-lengths",
            number=26,
            level=Level.INFO,
            what=(
                "The older guide has headlines of 35 to 55 characters, a body of 20 to 30 words,"
                " and a call to action of 3 to 4 words without a mark at its end."
            ),
            advice="Make it shorter or longer.",
            fails="CRITICAL ON-SCREEN TEXT:\n- CTA: “Try it today, it is free!”",
            passes="CRITICAL ON-SCREEN TEXT:\n- CTA: “Try it today”",
        ),
        _text_lengths,
    ),
    (
        Rule(
            id="and-in-words",
            number=27,
            level=Level.INFO,
            what="“And” is written out, except in fixed terms such as R&D.",
            advice="Write “and”.",
            fails="A video about bread & butter.",
            passes="A video about bread and R&D.",
        ),
        _ampersands,
    ),
)
