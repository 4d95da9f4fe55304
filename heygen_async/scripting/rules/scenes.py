"""HeyGen's rules about scenes: which there are, how they follow each other, how long they last."""

import re
from collections.abc import Iterator
from itertools import groupby, pairwise
from typing import Final

from heygen_async.scripting.findings import Hit, Level, Rule
from heygen_async.scripting.prompts import PromptScene, SceneKind, Span
from heygen_async.scripting.rules.drafts import Checks, Draft, named, seconds_text
from heygen_async.wire.speech import spoken_seconds

RUN_MAX: Final = 2
"""Most scenes of one kind that follow each other."""

BROLL_MIN: Final = 2
"""Fewest scenes of pictures alone."""

BLACK_SECONDS: Final = 5.0
"""So short, or shorter, a B-roll scene comes out with black frames."""

HOOK: Final = (6.0, 10.0)
"""Seconds of an opening with the avatar."""

CLOSING: Final = (6.0, 8.0)
"""Seconds of an end with the avatar."""

BROLL: Final = (10.0, 15.0)
OVERLAY: Final = (8.0, 12.0)
SPLITS: Final = ((35, 65), (30, 70))
"""Shares of the picture, in percent, that the avatar and the content have."""

_BY_NAME: Final = {
    "story": (SceneKind.B_ROLL, 10.0, 12.0),
    "transition": (SceneKind.A_ROLL, 5.0, 6.0),
    "end card": (None, 3.0, 5.0),
}
_COUNTS: Final = ((30, 45, 5, 7), (60, 75, 7, 9), (90, 120, 10, 13))
_SHORT_SECONDS: Final = 30
_SHORT_COUNT: Final = 3
_HURRIED: Final = 1.15
_SILENT: Final = 0.6
_SHARES: Final = re.compile(
    r"([0-9]{1,3})\s*(?:/|%[^%\n]*?\b(?=[0-9]{1,3}\s*%))\s*([0-9]{1,3})\s*%?"
)
_SIDE: Final = re.compile(
    r"\b(?:avatar|presenter|host|speaker)\b[^.,;\n]*?\b(left|right)\b", re.IGNORECASE
)

_PLACING: Final = re.compile(
    # A layer may show another speaker.
    r"^(?:[^\n]*\bsplit\b|(?![^\n]*\bLAYER\b)[^\n]*\b(?:avatar|presenter|host|speaker)\b)[^\n]*$",
    re.IGNORECASE | re.MULTILINE,
)


def avatar_side(direction: str) -> str | None:
    """Where a direction has the avatar: ``left``, ``right``, or None when it does not say.

    Args:
        direction: Such as “Avatar left 35%, content right 65%”.
    """
    found = _SIDE.search(direction)
    return found[1].lower() if found else None


def _voiceover(draft: Draft) -> Iterator[Hit]:
    for scene in draft.scenes:
        if not any(spoken.text.strip("\"'“” ") for spoken in scene.voiceovers):
            yield Hit(at=scene.whole.at, message=f"{named(scene)} has no VOICEOVER")


def _rotation(draft: Draft) -> Iterator[Hit]:
    for kind, group in groupby(draft.prompt.scenes, key=lambda scene: scene.kind):
        run = list(group)
        if kind is not None and len(run) > RUN_MAX:
            message = f"{len(run)} scenes of {kind} follow each other"
            yield Hit(at=run[RUN_MAX].whole.at, message=message)


def _broll_count(draft: Draft) -> Iterator[Hit]:
    count = len(draft.of_kind(SceneKind.B_ROLL))
    if draft.scenes and count < BROLL_MIN:
        yield Hit(at=draft.scenes[0].whole.at, message=f"scenes of pure B-roll: {count}")


def _broll_length(draft: Draft) -> Iterator[Hit]:
    # A style of quick cuts may have shorter scenes; the guide's own samples have.
    least = BLACK_SECONDS if draft.is_fast else BROLL[0]
    for scene in draft.of_kind(SceneKind.B_ROLL):
        if scene.seconds is not None and scene.seconds > BLACK_SECONDS:
            yield from _outside(scene, least, BROLL[1])


def _broll_short(draft: Draft) -> Iterator[Hit]:
    for scene in draft.of_kind(SceneKind.B_ROLL):
        if scene.seconds is not None and scene.seconds <= BLACK_SECONDS:
            message = f"{named(scene)} lasts {seconds_text(scene.seconds)}"
            yield Hit(at=scene.whole.at, message=message)


def _hook(draft: Draft) -> Iterator[Hit]:
    first = draft.prompt.scenes[:1]
    yield from (hit for scene in first if _is_avatar(scene) for hit in _outside(scene, *HOOK))


def _overlay_length(draft: Draft) -> Iterator[Hit]:
    for scene in draft.of_kind(SceneKind.OVERLAY):
        yield from _outside(scene, *OVERLAY)


def _closing(draft: Draft) -> Iterator[Hit]:
    last = draft.prompt.scenes[1:][-1:]
    for scene in last:
        if _is_avatar(scene) and "end card" not in _names_of(scene):
            yield from _outside(scene, *CLOSING)


def _older_lengths(draft: Draft) -> Iterator[Hit]:
    for scene in draft.prompt.scenes:
        for name in _names_of(scene):
            kind, least, most = _BY_NAME[name]
            if kind is None or kind is scene.kind:
                yield from _outside(scene, least, most)


def _count(draft: Draft) -> Iterator[Hit]:
    # By what the scenes take: a sample of the guide announces more than it has.
    seconds = draft.prompt.scene_seconds or draft.prompt.seconds
    scenes = draft.scenes
    if not scenes or seconds is None or seconds > _COUNTS[-1][1]:
        return
    least = max((low for start, _, low, _ in _COUNTS if start <= seconds), default=_SHORT_COUNT)
    if seconds <= _SHORT_SECONDS:
        least = _SHORT_COUNT
    most = min(high for _, end, _, high in _COUNTS if seconds <= end)
    if not least <= len(scenes) <= most:
        message = f"scenes for {seconds_text(seconds)}: {len(scenes)}, {least} to {most} are good"
        yield Hit(at=scenes[0].whole.at, message=message)


def _pace(draft: Draft) -> Iterator[Hit]:
    for scene in draft.prompt.scenes:
        if scene.seconds is None or not scene.voiceovers:
            continue
        said = sum(spoken_seconds(spoken.text) for spoken in scene.voiceovers)
        if said > scene.seconds * _HURRIED or 0 < said < scene.seconds * _SILENT:
            message = (
                f"{named(scene)} lasts {seconds_text(scene.seconds)},"
                f" its VOICEOVER takes {seconds_text(said)}"
            )
            yield Hit(at=scene.voiceovers[0].at, message=message)


def _split(draft: Draft) -> Iterator[Hit]:
    overlays = draft.of_kind(SceneKind.OVERLAY)
    for scene in overlays:
        for direction in _placings(scene):
            found = _SHARES.search(direction.text)
            if found and tuple(sorted((int(found[1]), int(found[2])))) not in SPLITS:
                message = f"{named(scene)} is split {found[1]} to {found[2]}"
                yield Hit(at=direction.at + found.start(), message=message)
    for before, after in pairwise(overlays):
        side = _side(after)
        if side is not None and side == _side(before):
            message = f"the avatar of {named(after)} is on the {side} again"
            yield Hit(at=after.whole.at, message=message)


def _is_avatar(scene: PromptScene) -> bool:
    return scene.kind is SceneKind.A_ROLL


def _names_of(scene: PromptScene) -> list[str]:
    """What a scene calls itself, of what the older guide has lengths for."""
    text = " ".join([scene.label, *(each.text for each in scene.directions)]).casefold()
    return [name for name in _BY_NAME if re.search(rf"\b{name}\b", text)]


def _side(scene: PromptScene) -> str | None:
    sides = (avatar_side(direction.text) for direction in _placings(scene))
    return next(filter(None, sides), None)


def _placings(scene: PromptScene) -> Iterator[Span]:
    """Where a scene may say who stands where: its directions, and other lines about the avatar."""
    yield from scene.directions
    told = (*scene.directions, *scene.voiceovers)
    for found in _PLACING.finditer(scene.whole.text):
        at = scene.whole.at + found.start()
        if not any(
            span.at <= at + len(found[0]) and at <= span.at + len(span.text) for span in told
        ):
            yield Span(at=at, text=found[0])


def _outside(scene: PromptScene, least: float, most: float) -> Iterator[Hit]:
    if scene.seconds is not None and not least <= scene.seconds <= most:
        message = (
            f"{named(scene)} lasts {seconds_text(scene.seconds)}, {least:g} to {most:g} s are good"
        )
        yield Hit(at=scene.whole.at, message=message)


_LENGTHEN: Final = "Give it another length, or move words to a scene beside it."
_FLOW: Final = "SCENE 1 - A-ROLL (8s)\nSCENE 2 - B-ROLL (12s)\nSCENE 3 - A-ROLL (8s)"

SCENE_CHECKS: Final[Checks] = (
    (
        Rule(
            id="scene-voiceover",
            number=3,
            level=Level.ERROR,
            what="Every scene has a VOICEOVER line, B-roll too.",
            advice="Say what the pictures mean: a scene without words is cut short.",
            fails="SCENE 1 - B-ROLL (12s)\nLAYER 1: A map fills",
            passes="SCENE 1 - B-ROLL (12s)\nVOICEOVER: We are everywhere.\nLAYER 1: A map fills",
        ),
        _voiceover,
    ),
    (
        Rule(
            id="scene-rotation",
            number=4,
            level=Level.ERROR,
            what="At most 2 scenes of one kind follow each other.",
            advice="Put a scene of another kind between them.",
            fails="SCENE 1 - A-ROLL (8s)\nSCENE 2 - A-ROLL (8s)\nSCENE 3 - A-ROLL (8s)",
            passes=_FLOW,
        ),
        _rotation,
    ),
    (
        Rule(
            id="broll-count",
            number=5,
            level=Level.ERROR,
            what="At least 2 scenes are pure B-roll.",
            advice="Show with pictures alone what is told so far.",
            fails=_FLOW,
            passes=f"{_FLOW}\nSCENE 4 - FULL SCREEN B-ROLL (12s)",
        ),
        _broll_count,
    ),
    (
        Rule(
            id="broll-length",
            number=8,
            level=Level.WARN,
            what="B-roll lasts 10 to 15 s; in a style of quick cuts it may be shorter.",
            advice=_LENGTHEN,
            fails="SCENE 1 - B-ROLL (8s)",
            passes="SCENE 1 - B-ROLL (12s)",
        ),
        _broll_length,
    ),
    (
        Rule(
            id="broll-too-short",
            number=9,
            level=Level.ERROR,
            what="B-roll lasts more than 5 s: shorter ones came out with black frames every time.",
            advice="Make it 10 to 15 s long.",
            fails="SCENE 1 - B-ROLL (5s)",
            passes="SCENE 1 - B-ROLL (10s)",
        ),
        _broll_short,
    ),
    (
        Rule(
            id="hook-length",
            number=10,
            level=Level.WARN,
            what="An opening A-roll lasts 6 to 10 s.",
            advice=_LENGTHEN,
            fails="SCENE 1 - A-ROLL (12s)",
            passes="SCENE 1 - A-ROLL (8s)",
        ),
        _hook,
    ),
    (
        Rule(
            id="overlay-length",
            number=11,
            level=Level.WARN,
            what="A-roll with an overlay lasts 8 to 12 s.",
            advice=_LENGTHEN,
            fails="SCENE 1 - A-ROLL + OVERLAY (6s)",
            passes="SCENE 1 - A-ROLL + OVERLAY (10s)",
        ),
        _overlay_length,
    ),
    (
        Rule(
            id="closing-length",
            number=12,
            level=Level.WARN,
            what="A closing A-roll lasts 6 to 8 s.",
            advice=_LENGTHEN,
            fails="SCENE 1 - B-ROLL (12s)\nSCENE 2 - A-ROLL (10s)",
            passes="SCENE 1 - B-ROLL (12s)\nSCENE 2 - A-ROLL (7s)",
        ),
        _closing,
    ),
    (
        Rule(
            id="older-lengths",
            number=13,
            level=Level.INFO,
            what=(
                "The older guide has a story B-roll at 10 to 12 s, a quick A-roll transition at 5"
                " to 6 s and an end card at 3 to 5 s."
            ),
            advice="Keep to it if the scene is not held by a newer rule.",
            fails="SCENE 1 - A-ROLL, END CARD (8s)",
            passes="SCENE 1 - A-ROLL, END CARD (4s)",
        ),
        _older_lengths,
    ),
    (
        Rule(
            id="scene-count",
            number=14,
            level=Level.WARN,
            what=(
                "Up to 45 s have 5 to 7 scenes (up to 30 s also 3), 60 to 75 s have 7 to 9, 90 to"
                " 120 s have 10 to 13; lengths between those may be like either."
            ),
            advice="Join scenes, or cut the long ones.",
            fails=f"FORMAT: 75 seconds\n{_FLOW}".replace(" (8s)", "").replace(" (12s)", ""),
            passes=f"FORMAT: 30 seconds\n{_FLOW}".replace(" (8s)", "").replace(" (12s)", ""),
        ),
        _count,
    ),
    (
        Rule(
            id="voiceover-pace",
            number=15,
            level=Level.WARN,
            what=(
                "A VOICEOVER fits its scene at 150 words a minute: it fills 60 % of it, and takes"
                " at most 15 % longer."
            ),
            advice="Make the words and the seconds fit: two and a half words a second.",
            fails="SCENE 1 - A-ROLL (8s)\nVOICEOVER: Hello.",
            passes=(
                "SCENE 1 - A-ROLL (8s)\nVOICEOVER: Every morning a million people open one app, and"
                " most of them do not know why they do."
            ),
        ),
        _pace,
    ),
    (
        Rule(
            id="overlay-split",
            number=22,
            level=Level.WARN,
            what="An overlay is split 35 to 65 or 30 to 70, and the avatar changes sides.",
            advice="Write “avatar left 35%, content right 65%”, and swap them in the next one.",
            fails="SCENE 1 - A-ROLL + OVERLAY (10s)\n[Avatar left 40%, content right 65%]",
            passes="SCENE 1 - A-ROLL + OVERLAY (10s)\n[Avatar left 35%, content right 65%]",
        ),
        _split,
    ),
)
