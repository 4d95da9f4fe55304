"""A prompt for the video agent, taken apart without losing any of it.

https://developers.heygen.com/reference/create-video-agent-session
"""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cached_property
from typing import Final

from heygen_async.models.base import Record

PROMPT_MAX: Final = 10_000
"""Most characters of a prompt."""

_NAMES: Final = {
    "FORMAT": "FORMAT",
    "TONE": "TONE",
    "AVATAR": "AVATAR",
    "STYLE": "STYLE",
    "VISUAL STYLE": "STYLE",
    "CRITICAL ON-SCREEN TEXT": "CRITICAL ON-SCREEN TEXT",
    "CRITICAL TEXT": "CRITICAL ON-SCREEN TEXT",
    "ON-SCREEN TEXT": "CRITICAL ON-SCREEN TEXT",
    "THEMES": "THEMES",
    "SCENES": "SCENES",
    "ATTACHMENTS": "ATTACHMENTS",
    "MUSIC": "MUSIC",
    "NARRATION": "NARRATION STYLE",
    "NARRATION STYLE": "NARRATION STYLE",
}
_MARK: Final = r"^[ \t]*(?:#{1,6}[ \t]*|[-*•][ \t]+)?(?:\*\*|__)?"
_SECTION: Final = re.compile(
    rf"{_MARK}(?P<section>{'|'.join(map(re.escape, sorted(_NAMES, key=len, reverse=True)))})"
    r"(?:[ \t]+[-–—][ \t]+[^:\n]{1,60})?(?:[ \t]*\([^()\n]*\))?(?:\*\*|__)?[ \t]*"
    r"(?::(?:\*\*|__)?|(?P<alone>\r?$))",
    re.IGNORECASE | re.MULTILINE,
)
_ORDER: Final[Sequence[str]] = (
    *("one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
_SCENE: Final = re.compile(
    rf"{_MARK}SCENE[ \t]+(?P<number>[0-9]{{1,4}}|{'|'.join(_ORDER)})\b(?:\*\*|__)?[ \t]*"
    r"(?=[-–—:.(\[])(?P<label>[^\n]*)$",
    re.IGNORECASE | re.MULTILINE,
)
_NUMBER: Final = r"[0-9]{1,5}(?:\.[0-9]{1,3})?"
# Of “10 to 22 s” nobody knows whether it is a length or two moments.
_LENGTH: Final = re.compile(
    rf"(?<![0-9.:])(?P<range>{_NUMBER}[ \t]*(?:[-–—]|to)[ \t]*)?(?:"
    rf"(?P<minutes>{_NUMBER})[ \t-]*(?:min(?:ute)?s?\b|m(?=[ \t]*[0-9]))"
    rf"(?:,?[ \t]*(?:and[ \t]+)?(?P<more>{_NUMBER})[ \t-]*s(?:ec(?:ond)?s?)?\b)?"
    rf"|(?P<seconds>{_NUMBER})[ \t-]*s(?:ec(?:ond)?s?)?\b)",
    re.IGNORECASE,
)
_ASIDE: Final = re.compile(
    r"\([^()\n]*\)|\[[^\[\]\n]*\]|[-–—,:|][ \t]*[0-9.]+[ \t]*[A-Za-z]+[ \t*_.\r]*$"
)
"""Where the header of a scene says how long it is: in brackets, or last."""

_PART: Final = re.compile(
    rf"{_MARK}(?:(?P<voice>VOICE[ -]?OVER|VO)|LAYER[ \t]+(?P<layer>[0-9]{{1,4}})"
    r"|(?P<transition>TRANSITION))"
    r"(?:[ \t]*\([^()\n]*\))?(?:\*\*|__)?[ \t]*:(?:\*\*|__)?"
    # What is said may stand below its header.
    r"(?(voice)(?:[ \t]*\r?\n)*|[ \t]*)"
    rf"|^[ \t]*(?P<direction>\[)|^[ \t]*\r?$"
    # Whatever else has a name, such as a lower third, is no part of what stands above it.
    rf"|{_MARK}(?-i:[A-Z])[A-Z]*(?:[ -][A-Z]+){{0,3}}(?:\*\*|__)?:",
    re.IGNORECASE | re.MULTILINE,
)


class SceneKind(StrEnum):
    """What a scene shows: the avatar, pictures alone, or the avatar beside pictures."""

    A_ROLL = "A-ROLL"
    B_ROLL = "FULL SCREEN B-ROLL"
    OVERLAY = "A-ROLL + OVERLAY"


class Span(Record):
    """A piece of the prompt.

    Attributes:
        at: Where it begins, in characters.
        text: The piece, as it stands there.
    """

    at: int
    text: str


class Section(Record):
    """Everything from one header to the next.

    Attributes:
        name: Of the section, such as ``STYLE``; empty for what stands before the first header.
        whole: The section with its header.
        body: What the section says.
    """

    name: str
    whole: Span
    body: Span


class Layer(Record):
    """One layer of a scene's picture.

    Attributes:
        number: 1 is the background.
        body: What it shows.
    """

    number: int
    body: Span


class PromptScene(Record):
    """A scene of a prompt.

    Attributes:
        number: As it is written.
        kind: None when its label names none.
        label: What its header says besides number and length.
        seconds: None when it does not say.
        whole: The scene with its header.
        directions: What stands in square brackets, without them.
        voiceovers: What is said in it.
        layers: What its picture is made of.
        transition: How it ends.
    """

    number: int
    kind: SceneKind | None
    label: str
    seconds: float | None
    whole: Span
    directions: tuple[Span, ...] = ()
    voiceovers: tuple[Span, ...] = ()
    layers: tuple[Layer, ...] = ()
    transition: Span | None = None


class Prompt(Record, dict=True):
    """A prompt taken apart. One without headers is one section without a name.

    Attributes:
        text: All of it.
        parts: Its sections and scenes in order: their ``whole`` texts are the text.
    """

    text: str
    parts: tuple[Section | PromptScene, ...]

    @cached_property
    def scenes(self) -> tuple[PromptScene, ...]:
        """The scenes, in the order in which they stand."""
        return tuple(part for part in self.parts if isinstance(part, PromptScene))

    def section(self, name: str) -> Section | None:
        """The first section of a name, if there is one.

        Args:
            name: Such as ``STYLE``.
        """
        sections = (part for part in self.parts if isinstance(part, Section))
        return next((part for part in sections if part.name == name), None)

    @cached_property
    def seconds(self) -> float | None:
        """How long the video is to be, as FORMAT says."""
        found = self.section("FORMAT")
        return _seconds(found.body.text) if found else None

    @cached_property
    def scene_seconds(self) -> float | None:
        """How long the scenes are together; None when one does not say."""
        lengths = [scene.seconds for scene in self.scenes if scene.seconds is not None]
        return sum(lengths) if lengths and len(lengths) == len(self.scenes) else None


def parse_prompt(text: str) -> Prompt:
    """Takes a prompt apart. Every text is a prompt, and none of it is lost.

    Args:
        text: The prompt. Headers stand at the beginning of a line, in Markdown or not.
    """
    headers = sorted([*_sections(text), *_SCENE.finditer(text)], key=lambda header: header.start())
    parts: list[Section | PromptScene] = []
    first = headers[0].start() if headers else len(text)
    if first:
        intro = Span(at=0, text=text[:first])
        parts.append(Section(name="", whole=intro, body=intro))
    for header, end in _with_ends(headers, len(text)):
        scene = header.re is _SCENE
        parts.append(_scene(text, header, end) if scene else _section(text, header, end))
    return Prompt(text=text, parts=tuple(parts))


def _sections(text: str) -> Iterator[re.Match[str]]:
    scene = _SCENE.search(text)
    for found in _SECTION.finditer(text):
        # Without a colon it could be any word, and in a scene it could be a part of it.
        doubtful = found["alone"] is not None or (scene and scene.start() < found.start())
        if not doubtful or found["section"].isupper() or "#" in found[0]:
            yield found


def _section(text: str, header: re.Match[str], end: int) -> Section:
    return Section(
        name=_NAMES[header["section"].upper()],
        whole=Span(at=header.start(), text=text[header.start() : end]),
        body=_stripped(text, header.end(), end),
    )


def _scene(text: str, header: re.Match[str], end: int) -> PromptScene:
    asides = [each for each in _ASIDE.finditer(header["label"]) if _LENGTH.search(each[0])]
    label = _without(header["label"], asides).strip(" \t\r*_:.-–—")
    layers: list[Layer] = []
    directions: list[Span] = []
    voiceovers: list[Span] = []
    transition: Span | None = None
    # A part ends where another one begins, or at an empty line.
    for mark, stop in _with_ends(list(_PART.finditer(text, header.end(), end)), end):
        body = _stripped(text, mark.end(), stop)
        if mark["voice"]:
            voiceovers.append(body)
        elif mark["layer"]:
            layers.append(Layer(number=int(mark["layer"]), body=body))
        elif mark["transition"]:
            transition = body
        elif mark["direction"]:
            directions.append(Span(at=body.at, text=body.text.removesuffix("]")))
    return PromptScene(
        number=_number(header["number"]),
        kind=_kind(label),
        label=label,
        seconds=_seconds(asides[-1][0]) if asides else None,
        whole=Span(at=header.start(), text=text[header.start() : end]),
        directions=tuple(directions),
        voiceovers=tuple(voiceovers),
        layers=tuple(layers),
        transition=transition,
    )


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _ORDER.index(text.lower()) + 1


def _seconds(text: str) -> float | None:
    """The first length that a text tells; None when it tells none, or from one to another."""
    found = _LENGTH.search(text)
    if found is None or found["range"]:
        return None
    return float(found["minutes"] or 0) * 60 + float(found["more"] or found["seconds"] or 0)


def _without(text: str, found: list[re.Match[str]]) -> str:
    for each in reversed(found):
        text = text[: each.start()] + text[each.end() :]
    return text


def _with_ends(found: list[re.Match[str]], end: int) -> Iterator[tuple[re.Match[str], int]]:
    """Each match, and where the next one begins."""
    starts = [each.start() for each in found]
    return zip(found, [*starts[1:], end], strict=False)


def _kind(label: str) -> SceneKind | None:
    words = re.sub(r"[\s_-]+", "", label.lower())
    if "overlay" in words:
        return SceneKind.OVERLAY
    found = [kind for kind, word in _WORDS.items() if word in words]
    return found[0] if len(found) == 1 else None


_WORDS: Final = {SceneKind.A_ROLL: "aroll", SceneKind.B_ROLL: "broll"}


def _stripped(text: str, start: int, end: int) -> Span:
    body = text[start:end]
    lead = len(body) - len(body.lstrip())
    return Span(at=start + lead, text=body.strip())
