"""A brief: what a video is to say and show, and the prompt for the video agent made of it."""

import math
from typing import Annotated, Final, Literal, TypeAlias

import msgspec
from msgspec import Meta

from heygen_async.errors import InvalidRequestError
from heygen_async.models.base import Record
from heygen_async.scripting.figures import is_english, spell_numbers
from heygen_async.scripting.prompts import PROMPT_MAX, SceneKind
from heygen_async.scripting.rules.frame import SECONDS
from heygen_async.scripting.rules.layers import literals, plain, quoted, unquoted
from heygen_async.scripting.rules.scenes import BLACK_SECONDS, BROLL, HOOK, OVERLAY, avatar_side
from heygen_async.scripting.styles import STYLES, VisualStyle
from heygen_async.wire.encode import refusal
from heygen_async.wire.speech import spoken_seconds

Filled: TypeAlias = Annotated[str, Meta(pattern=r"\S")]
Kind: TypeAlias = Literal["a-roll", "b-roll", "overlay"]

_KINDS: Final[dict[Kind, SceneKind]] = {
    "a-roll": SceneKind.A_ROLL,
    "b-roll": SceneKind.B_ROLL,
    "overlay": SceneKind.OVERLAY,
}
_LEAST: Final[dict[Kind, float]] = {"a-roll": HOOK[0], "b-roll": BROLL[0], "overlay": OVERLAY[0]}
"""Seconds of a scene that says little."""


class AvatarDescription(Record, forbid_unknown_fields=True):
    """Who speaks, and where: what the AVATAR section asks for, in 60 to 100 words together.

    Attributes:
        person: Such as “A potter of about fifty with short grey hair”.
        clothes: What they wear.
        setting: Where they are, such as “a bright workshop”.
        light: Such as “soft light from a tall window”.
        props: Three things or more around them that belong to the subject.
        manner: How they speak and move, as a sentence.
    """

    person: Filled
    clothes: Filled
    setting: Filled
    light: Filled
    props: Annotated[list[Filled], Meta(min_length=3)]
    manner: Filled

    def __str__(self) -> str:
        """The AVATAR section that asks for them."""
        person, clothes, setting, light = (
            each.strip(" .") for each in (self.person, self.clothes, self.setting, self.light)
        )
        *most, last = (each.strip(" .") for each in self.props)
        return (
            f"{person}, wearing {clothes}. In {setting}, in {light}. Props around:"
            f" {', '.join(most)} and {last}. {self.manner}"
        )


class BriefScene(Record, forbid_unknown_fields=True):
    """A scene.

    Attributes:
        kind: ``a-roll`` shows the avatar, ``b-roll`` pictures alone, ``overlay`` both.
        voiceover: What is said, also over pictures.
        seconds: How long it is; when left out, as long as its words take, and at least what is
            good for its kind.
        direction: How it is filmed, or where it takes place.
        layers: What the picture is made of, from the background on: 4 or more of B-roll, 3 or more
            beside an avatar, each with a verb of motion.
        transition: How it ends; when left out, as the style ends scenes.
    """

    kind: Kind
    voiceover: Filled
    seconds: Annotated[float, Meta(ge=1, le=300)] | None = None
    direction: Filled | None = None
    layers: list[Filled] = []
    transition: Filled | None = None


class Brief(Record, forbid_unknown_fields=True):
    """What a video is to say and show.

    Attributes:
        format: What kind of video it is, such as “product explainer”; its length is that of the
            scenes.
        tone: How it sounds, such as “calm and clear”.
        style: One of ``STYLES`` by name; or words for colors, typography, motion and transition.
        scenes: From the first to the last.
        orientation: ``landscape`` or ``portrait``.
        avatar: Who speaks; the agent chooses when left out.
        themes: Three to five.
        texts: What is to be read on the screen word for word. Figures, quotes and handles in the
            layers join it by themselves.
        attachments: The name of every file that goes with the prompt, and its use.
        music: What is heard below the words.
        narration: How the voice speaks.
        language: Of the voice-over. Figures in it are spelled in ``en`` only.
        spell: Write the figures that are said in words, as ``spell_numbers`` does: what may be a
            date, a version or a telephone number stays.
        years: Say whole numbers from 1100 to 2099 as years.
    """

    format: Filled
    tone: Filled
    style: Filled
    scenes: Annotated[list[BriefScene], Meta(min_length=1)]
    orientation: Literal["landscape", "portrait"] = "landscape"
    avatar: AvatarDescription | Filled | None = None
    themes: list[Filled] = []
    texts: list[Filled] = []
    attachments: dict[str, Filled] = {}
    music: Filled | None = None
    narration: Filled | None = None
    language: Filled = "en"
    spell: bool = True
    years: bool = False

    @property
    def seconds(self) -> float:
        """How long the video is: its scenes together."""
        return sum(self.scene_seconds())

    def scene_seconds(self) -> list[float]:
        """How long every scene is."""
        return [_seconds(self, scene) for scene in self.scenes]


def build_prompt(brief: Brief) -> str:
    """The prompt for the video agent.

    It lists what is shown word for word, tells how long the scenes and the video are, changes the
    avatar's side from one overlay to the next, and spells the figures that are said, unless the
    brief says otherwise. What is left to be better is what ``lint`` finds.

    Args:
        brief: What the video is to say and show. Line breaks in it become spaces.

    Raises:
        InvalidRequestError: A field is empty or of another type; a B-roll scene is so short that it
            comes out black; the video is shorter or longer than the agent makes; or the prompt is
            longer than 10,000 characters.
    """
    check_brief(brief)
    parts = [*_head(brief), *_scenes(brief)]
    for name, text in (("MUSIC", brief.music), ("NARRATION STYLE", brief.narration)):
        if text:
            parts.append(f"{name}: {_line(text)}")
    prompt = "\n\n".join(parts) + "\n"
    if len(prompt) > PROMPT_MAX:
        limit = f"must make a prompt of at most {PROMPT_MAX:,} characters"
        raise InvalidRequestError("brief", f"{len(prompt):,} characters", limit)
    return prompt


def check_brief(brief: Brief) -> None:
    """Refuses a brief of which no good prompt can be made.

    Args:
        brief: The brief.

    Raises:
        InvalidRequestError: As ``build_prompt``, besides the length of the prompt.
    """
    try:
        msgspec.convert(msgspec.to_builtins(brief), Brief)
    except msgspec.ValidationError as problem:
        raise refusal("brief", brief, str(problem)) from None
    except TypeError as problem:
        raise InvalidRequestError("brief", brief, str(problem)) from None
    for index, scene in enumerate(brief.scenes):
        if scene.kind == "b-roll" and (scene.seconds or BROLL[0]) <= BLACK_SECONDS:
            limit = f"must be above {BLACK_SECONDS:g} for B-roll: shorter ones come out black"
            raise InvalidRequestError(f"scenes[{index}].seconds", scene.seconds, limit)
    if not SECONDS[0] <= brief.seconds <= SECONDS[1]:
        limit = f"must take {SECONDS[0]:g} to {SECONDS[1]:g} s together"
        raise InvalidRequestError("scenes", f"{brief.seconds:g} s", limit)


def _head(brief: Brief) -> list[str]:
    style = _style_of(brief)
    parts = [
        f"FORMAT: {brief.seconds:g} seconds, {brief.orientation}, {_line(brief.format)}",
        f"TONE: {_line(brief.tone)}",
        f"STYLE: {style or _line(brief.style)}",
    ]
    if brief.avatar is not None:
        parts.insert(2, f"AVATAR: {_line(str(brief.avatar))}")
    listed = _texts(brief)
    if listed:
        parts.append("\n".join(["CRITICAL ON-SCREEN TEXT:", *(f"- “{text}”" for text in listed)]))
    if brief.themes:
        parts.append(f"THEMES: {'; '.join(map(_line, brief.themes))}")
    if brief.attachments:
        uses = (f"- “{_line(name)}”: {_line(use)}" for name, use in brief.attachments.items())
        parts.append("\n".join(["ATTACHMENTS:", *uses]))
    return parts


def _texts(brief: Brief) -> list[str]:
    """What is to be read, once each, as it was first written."""
    listed = [unquoted(_line(text)) for text in brief.texts]
    for scene in brief.scenes:
        listed += (found for layer in scene.layers for found in literals(_line(layer)))
        for told in (scene.direction, scene.transition):
            listed += quoted(_line(told or ""))
    once: dict[str, str] = {}
    for text in listed:
        once.setdefault(plain(text), text)
    return list(once.values())


def _scenes(brief: Brief) -> list[str]:
    style = _style_of(brief)
    side, other = "left", "right"
    parts: list[str] = []
    for index, (scene, seconds) in enumerate(zip(brief.scenes, brief.scene_seconds(), strict=True)):
        direction = _line(scene.direction or "")
        if scene.kind == "overlay":
            given = avatar_side(direction)
            if given is None:
                direction = f"Avatar {side} 35%, content {other} 65%. {direction}".rstrip()
            if given in {None, side}:
                side, other = other, side
        lines = [f"SCENE {index + 1} - {_KINDS[scene.kind]} ({seconds:g}s)"]
        if direction:
            lines.append(f"[{direction}]")
        lines.append(f"VOICEOVER: {_said(brief, scene)}")
        lines += (f"LAYER {n}: {_line(layer)}" for n, layer in enumerate(scene.layers, 1))
        last = index + 1 == len(brief.scenes)
        transition = scene.transition or (style.transition if style and not last else None)
        if transition:
            lines.append(f"TRANSITION: {_line(transition)}")
        parts.append("\n".join(lines))
    return parts


def _seconds(brief: Brief, scene: BriefScene) -> float:
    if scene.seconds is not None:
        return round(scene.seconds, 2)
    # Never shorter than its words: what is too long shows in lint, what is cut off does not.
    said = math.ceil(round(spoken_seconds(_said(brief, scene)), 6))
    return max(_LEAST[scene.kind], float(said))


def _said(brief: Brief, scene: BriefScene) -> str:
    text = _line(scene.voiceover)
    if not (brief.spell and is_english(brief.language)):
        return text
    return spell_numbers(text, years=brief.years)


def _style_of(brief: Brief) -> VisualStyle | None:
    named = plain(brief.style)
    return next((style for style in STYLES.values() if plain(style.name) == named), None)


def _line(text: str) -> str:
    """A text in one line, so that none of it is taken for a header."""
    return " ".join(text.split())
