"""HeyGen's rules about a prompt as a whole: its length, avatar, style, themes and files."""

import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import Final

from heygen_async.scripting.findings import Hit, Level, Rule, shown
from heygen_async.scripting.motion import TRANSITIONS, moves
from heygen_async.scripting.prompts import PROMPT_MAX, Section
from heygen_async.scripting.rules.drafts import Checks, Draft, named, seconds_text
from heygen_async.scripting.sentences import sentences

AVATAR_WORDS: Final = (60, 100)
PROPS_MIN: Final = 3
SECONDS: Final = (5.0, 300.0)
"""Shortest and longest video that the agent makes."""

THEMES: Final = (3, 5)
_SENTENCES_MAX: Final = 4
_NAME_MIN: Final = 3
"""Fewest letters by which a file is known without its ending."""

_TOLERANCE: Final = 0.1
_PLACED: Final = re.compile(
    r"\b(?:behind|beside|next to|in front of|holding|holds|background|surrounded|around|props?"
    r"|on (?:the|a|an|her|his|their|its) (?:\w+ )?"
    r"(?:desk|table|wall|shelf|shelves|counter|bench|board|easel))\b",
    re.IGNORECASE,
)
_COLOR: Final = re.compile(
    r"#[0-9a-f]{3,8}\b|\bcolou?rs?\b|\bpalette\b|\b(?:black|white|gr[ae]y|red|orange|yellow|green"
    r"|blue|cyan|teal|purple|violet|magenta|pink|brown|gold|silver|navy|cream|ivory|beige)\b",
    re.IGNORECASE,
)
_TYPE: Final = re.compile(
    r"\b(?:typograph\w*|typefaces?|fonts?|lettering|serif|sans|grotesk|grotesque|monospaced?"
    r"|helvetica|condensed|capitals|all[ -]caps|headline type|bold type)\b",
    re.IGNORECASE,
)
_MOVING: Final = re.compile(r"\b(?:motion|movement|animat\w+|kinetic)\b", re.IGNORECASE)
_CHANGES: Final = re.compile(
    r"\b(?:transitions?|dissolves?|wipes?|cuts?|cross-?fades?"
    rf"|{'|'.join(map(re.escape, TRANSITIONS))})\b",
    re.IGNORECASE,
)
_ITEM: Final = re.compile(r"[\n,;]|(?<=\s)(?:and|&)(?=\s)")
_BULLET: Final = re.compile(r"^[ \t]*(?:[-*•]|[0-9]+[.)])[ \t]*", re.MULTILINE)


def _length(draft: Draft) -> Iterator[Hit]:
    count = len(draft.prompt.text)
    if not draft.prompt.text.strip():
        yield Hit(at=0, message="the prompt is empty")
    elif count > PROMPT_MAX:
        yield Hit(at=PROMPT_MAX, message=f"{count:,} characters")


def _duration(draft: Draft) -> Iterator[Hit]:
    form = draft.prompt.section("FORMAT")
    for seconds, at in ((draft.seconds, 0), (draft.prompt.seconds, form.body.at if form else 0)):
        if seconds is not None and not SECONDS[0] <= seconds <= SECONDS[1]:
            yield Hit(at=at, message=f"the video is to last {seconds_text(seconds)}")


def _sum(draft: Draft) -> Iterator[Hit]:
    asked, shown_for = draft.prompt.seconds, draft.prompt.scene_seconds
    form = draft.prompt.section("FORMAT")
    if asked and shown_for and form and abs(asked - shown_for) > asked * _TOLERANCE:
        message = f"the scenes take {seconds_text(shown_for)}, FORMAT says {seconds_text(asked)}"
        yield Hit(at=form.body.at, message=message)


def _avatar_length(draft: Draft) -> Iterator[Hit]:
    avatar = draft.prompt.section("AVATAR")
    if avatar is not None:
        count = len(avatar.body.text.split())
        if not AVATAR_WORDS[0] <= count <= AVATAR_WORDS[1]:
            yield Hit(at=avatar.body.at, message=f"words of AVATAR: {count}")


def _props(draft: Draft) -> Iterator[Hit]:
    avatar = draft.prompt.section("AVATAR")
    if avatar is not None:
        placed = [each for each in sentences(avatar.body.text) if _PLACED.search(each)]
        count = sum(len(_items(each)) for each in placed)
        if count < PROPS_MIN:
            yield Hit(at=avatar.body.at, message=f"things around the person: {count}")


def _style(draft: Draft) -> Iterator[Hit]:
    style = draft.prompt.section("STYLE")
    if style is None:
        if draft.scenes:
            yield Hit(at=0, message="there is no STYLE")
        return
    text = style.whole.text
    has = {
        "colors": _COLOR.search(text),
        "typography": _TYPE.search(text),
        # A wipe is how a scene ends: it does not tell how things move in it.
        "motion": _MOVING.search(text) or moves(_CHANGES.sub("", text)),
        "transition": _CHANGES.search(text),
    }
    missing = [name for name, found in has.items() if not found]
    if missing:
        yield Hit(at=style.whole.at, message=f"STYLE names no {', no '.join(missing)}")


def _themes(draft: Draft) -> Iterator[Hit]:
    themes = draft.prompt.section("THEMES")
    if themes is not None and not THEMES[0] <= len(_listed(themes)) <= THEMES[1]:
        yield Hit(at=themes.whole.at, message=f"themes: {len(_listed(themes))}")
    for scene in draft.prompt.scenes:
        count = sum(len(sentences(spoken.text)) for spoken in scene.voiceovers)
        if count > _SENTENCES_MAX:
            yield Hit(at=scene.whole.at, message=f"{named(scene)} says {count} sentences")


def _listed(section: Section) -> list[str]:
    return _items(_BULLET.sub("", section.body.text))


def _items(text: str) -> list[str]:
    return [item for item in _ITEM.split(text) if item.strip(" \t.")]


def _files(draft: Draft) -> Iterator[Hit]:
    text = draft.prompt.text
    for name in draft.files:
        path = PurePath(name)
        named_at = _where_named(path, text)
        alone = len(draft.files) == 1 and re.search(r"\battach(?:ed|ment)\b", text, re.IGNORECASE)
        if named_at is None and not alone:
            yield Hit(at=0, message=f"nothing says what {shown(path.name)} is for")
        elif named_at is not None:
            start = text.rfind("\n", 0, named_at) + 1
            line = text[start:].split("\n", 1)[0]
            if len(line.split()) < len(path.name.split()) + 2:
                message = f"{shown(path.name)} is named, and not what it is for"
                yield Hit(at=start, message=message)


def _where_named(path: PurePath, text: str) -> int | None:
    names = [path.name]
    # A “1” or an “a” could be anything.
    if len(path.stem) >= _NAME_MIN and not path.stem.isdigit():
        names += [path.stem, re.sub(r"[-_]+", " ", path.stem)]
    either = "|".join(map(re.escape, filter(None, names)))
    found = re.search(rf"(?<!\w)(?:{either})(?!\w)", text, re.IGNORECASE) if either else None
    return found.start() if found else None


_PERSON: Final = (
    "AVATAR: A potter of about fifty with short grey hair and clay on her sleeves, in a blue apron"
    " over a linen shirt. She sits in a bright workshop in the late morning, with soft light from a"
    " tall window. On the table before her stand a half-turned bowl, a jar of brushes and a wet"
    " sponge. She speaks calmly and warmly, looks straight at you, and shows with her hands what"
    " she means."
)

FRAME_CHECKS: Final[Checks] = (
    (
        Rule(
            id="prompt-length",
            number=24,
            level=Level.ERROR,
            what="A prompt has 1 to 10,000 characters.",
            advice="Say what the video is about, and leave out what the agent finds by itself.",
            fails=" ",
            passes="A video about bread.",
        ),
        _length,
    ),
    (
        Rule(
            id="video-duration",
            number=25,
            level=Level.ERROR,
            what="A video lasts 5 to 300 s.",
            advice="Ask for another length, or make two videos of it.",
            fails="FORMAT: 6 minutes, landscape",
            passes="FORMAT: 60 seconds, landscape",
        ),
        _duration,
    ),
    (
        Rule(
            id="total-length",
            number=16,
            level=Level.INFO,
            what="The scenes take together what FORMAT says, within 10 %.",
            advice="Change either of them.",
            fails="FORMAT: 60 seconds\nSCENE 1 - A-ROLL (8s)\nSCENE 2 - B-ROLL (12s)",
            passes="FORMAT: 20 seconds\nSCENE 1 - A-ROLL (8s)\nSCENE 2 - B-ROLL (12s)",
        ),
        _sum,
    ),
    (
        Rule(
            id="avatar-length",
            number=1,
            level=Level.WARN,
            what="AVATAR has 60 to 100 words.",
            advice="Tell person, clothes, place, things, light and manner: AvatarDescription does.",
            fails="AVATAR: A potter in her workshop.",
            passes=_PERSON,
        ),
        _avatar_length,
    ),
    (
        Rule(
            id="avatar-props",
            number=2,
            level=Level.ADVICE,
            what="AVATAR places at least 3 things around the person that belong to the subject.",
            advice="Say what is on the table, behind the person, or in a hand.",
            fails="AVATAR: A potter with a bowl on the table.",
            passes=_PERSON,
        ),
        _props,
    ),
    (
        Rule(
            id="style-complete",
            number=18,
            level=Level.ERROR,
            what="STYLE names colors, typography, motion and transition; an artist is not enough.",
            advice="Name all four, or take one of STYLES, which does.",
            fails="STYLE: Swiss Pulse, like Josef Müller-Brockmann",
            passes="STYLE: #1a1a1a on white, grotesque sans, blocks slide, grid wipe",
        ),
        _style,
    ),
    (
        Rule(
            id="themes",
            number=23,
            level=Level.ADVICE,
            what="A video has 3 to 5 themes, and a scene one idea: at most 4 sentences.",
            advice="Leave the rest for another video, or for a scene of its own.",
            fails="THEMES: flour, water, salt, time, heat, tools, patience",
            passes="THEMES: flour, water, time",
        ),
        _themes,
    ),
    (
        Rule(
            id="files-used",
            number=28,
            level=Level.WARN,
            what="Every file that goes with the prompt is named in it, with its use.",
            advice="Write a line such as “logo.png: show it in the last scene”.",
            fails="A video about bread.",
            passes="A video about bread. Show logo.png in the last scene.",
            given={"files": ("logo.png",)},
        ),
        _files,
    ),
)
