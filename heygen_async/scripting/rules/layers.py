"""HeyGen's rules about pictures: layers, their motion, their place, and the text on them."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from heygen_async.scripting.findings import Hit, Level, Rule, shown
from heygen_async.scripting.motion import moves
from heygen_async.scripting.prompts import PromptScene, SceneKind, Span
from heygen_async.scripting.rules.drafts import Checks, Draft, named, shown_texts

BROLL_LAYERS: Final = 4
OVERLAY_LAYERS: Final = 3

# Behind a figure the mark stands for inches.
_QUOTED: Final = re.compile(r"“([^“”\n]+)”|(?<![0-9])\"([^\"\n]+)\"")
_NUMBER: Final = r"[0-9]+(?:[.,][0-9]+)*"
_SCALE: Final = r"(?:[kKMB]\b|\s(?:million|billion)\b)"
# “3 cards” are no text, “3 %” and “$3” are.
_LITERAL: Final = re.compile(
    rf"{_QUOTED.pattern}|(?<![\w@.])@\w+"
    rf"|(?<![\w#.,])(?:[$€£¥]{_NUMBER}{_SCALE}?|{_NUMBER}(?:\s?%|{_SCALE})|[0-9]{{1,3}}(?:,[0-9]{{3}})+)"
)
_LAYOUT: Final = re.compile(
    r"\b(?:(?:upper|top|lower|bottom)[ -](?:left|right|cent(?:er|re))(?:[ -]corner)?"
    r"|(?:upper|top|lower|bottom|left|right)(?:[ -]hand)?[ -]corner"
    r"|(?:corner|cent(?:er|re)|middle) of the (?:screen|frame|picture|image)"
    r"|cent(?:er|re)[ -]screen|(?:screen|frame)[ -]cent(?:er|re)"
    r"|[xy][ \t]*[=:][ \t]*[0-9]+|[0-9]+[ -]?(?:px|pixels?))\b"
    # Small numbers count something else.
    r"|\([ \t]*(?=[0-9, \t]*[0-9]{3})[0-9]+[ \t]*,[ \t]*[0-9]+[ \t]*\)",
    re.IGNORECASE,
)


def quoted(text: str) -> Iterator[str]:
    """What stands in double quotes.

    Args:
        text: Such as what a layer shows.
    """
    yield from (found[1] or found[2] for found in _QUOTED.finditer(text))


def unquoted(text: str) -> str:
    """A text without the double quotes around all of it, where it has them.

    Args:
        text: Such as what is to be read.
    """
    found = _QUOTED.fullmatch(text)
    return (found[1] or found[2]) if found else text


def literals(text: str) -> Iterator[str]:
    """What is to be read as it stands: quotes, figures and handles.

    Args:
        text: Such as what a layer shows.
    """
    yield from (unquoted(found[0]) for found in _LITERAL.finditer(text))


def plain(text: str) -> str:
    """A text as it is compared: without case, and with single spaces.

    Args:
        text: The text.
    """
    return " ".join(text.casefold().split())


def _few(draft: Draft, kind: SceneKind, least: int) -> Iterator[Hit]:
    for scene in draft.of_kind(kind):
        if len(scene.layers) < least:
            yield Hit(at=scene.whole.at, message=f"layers of {named(scene)}: {len(scene.layers)}")


def _broll_layers(draft: Draft) -> Iterator[Hit]:
    return _few(draft, SceneKind.B_ROLL, BROLL_LAYERS)


def _overlay_layers(draft: Draft) -> Iterator[Hit]:
    return _few(draft, SceneKind.OVERLAY, OVERLAY_LAYERS)


def _motion(draft: Draft) -> Iterator[Hit]:
    for scene in draft.prompt.scenes:
        for layer in scene.layers:
            if not moves(layer.body.text):
                message = f"layer {layer.number} of {named(scene)} stands still"
                yield Hit(at=layer.body.at, message=message)


def _layout(draft: Draft) -> Iterator[Hit]:
    said = [spoken for scene in draft.prompt.scenes for spoken in scene.voiceovers]
    for found in _LAYOUT.finditer(draft.prompt.text):
        if not any(_holds(spoken, found.start()) for spoken in said):
            yield Hit(at=found.start(), message=f"{shown(found[0])} is a place on the screen")


def _critical(draft: Draft) -> Iterator[Hit]:
    listed = draft.prompt.section("CRITICAL ON-SCREEN TEXT")
    found = (each for scene in draft.prompt.scenes for each in _read(scene))
    if listed is None:
        for at, text in islice(found, 1):
            message = f"{shown(text)} is shown, and no CRITICAL ON-SCREEN TEXT lists it"
            yield Hit(at=at, message=message)
        return
    known = plain(listed.body.text)
    for at, text in found:
        # 7% is not listed where 37% is.
        if not re.search(rf"(?<![\w.,]){re.escape(plain(text))}(?!\w)", known):
            yield Hit(at=at, message=f"{shown(text)} is not in CRITICAL ON-SCREEN TEXT")


def _read(scene: PromptScene) -> Iterator[tuple[int, str]]:
    """What is to be read in a scene, and where it stands: figures are those of layers."""
    layers = [layer.body for layer in scene.layers]
    for span in shown_texts(scene):
        pattern = _LITERAL if span in layers else _QUOTED
        for found in pattern.finditer(span.text):
            text = unquoted(found[0])
            yield span.at + found.start() + found[0].index(text), text


def _holds(span: Span, at: int) -> bool:
    return span.at <= at < span.at + len(span.text)


_PICTURE: Final = "LAYER 1: A grid drifts\nLAYER 2: A chart draws itself\nLAYER 3: Bars fill"

LAYER_CHECKS: Final[Checks] = (
    (
        Rule(
            id="broll-layers",
            number=6,
            level=Level.WARN,
            what="B-roll has at least 4 layers.",
            advice="Add what is missing: background, hero, supporting, information bar, effects.",
            fails=f"SCENE 1 - B-ROLL (12s)\n{_PICTURE}",
            passes=f"SCENE 1 - B-ROLL (12s)\n{_PICTURE}\nLAYER 4: A ticker scrolls",
        ),
        _broll_layers,
    ),
    (
        Rule(
            id="overlay-layers",
            number=7,
            level=Level.WARN,
            what="The content beside the avatar has at least 3 layers.",
            advice="Add what is missing: background, hero, supporting.",
            fails="SCENE 1 - A-ROLL + OVERLAY (10s)\nLAYER 1: A grid drifts",
            passes=f"SCENE 1 - A-ROLL + OVERLAY (10s)\n{_PICTURE}",
        ),
        _overlay_layers,
    ),
    (
        Rule(
            id="layout-words",
            number=17,
            level=Level.ERROR,
            what="No corners, no screen centers and no pixels: the agent places things itself.",
            advice="Say what is important, and what goes with what.",
            fails="A logo in the upper-left corner.",
            passes="A logo beside the title.",
        ),
        _layout,
    ),
    (
        Rule(
            id="critical-text",
            number=19,
            level=Level.WARN,
            what="Figures, quotes and handles that are shown are listed word for word.",
            advice="List it under CRITICAL ON-SCREEN TEXT, as it is to be read.",
            fails="SCENE 1 - B-ROLL (12s)\nLAYER 1: “Ship it” slams in",
            passes=(
                "CRITICAL ON-SCREEN TEXT:\n- “Ship it”\nSCENE 1 - B-ROLL (12s)\nLAYER 1: “Ship it”"
                " slams in"
            ),
        ),
        _critical,
    ),
    (
        Rule(
            id="layer-motion",
            number=21,
            level=Level.WARN,
            what="Every layer has a verb of motion.",
            advice="Let it slam, cascade, slide, fill, draw, type on, fade in, float or count up.",
            fails="SCENE 1 - B-ROLL (12s)\nLAYER 1: A blue grid",
            passes="SCENE 1 - B-ROLL (12s)\nLAYER 1: A blue grid drifts",
        ),
        _motion,
    ),
)
