"""What everybody can search: pictures, icons, music and sound effects. Always the same."""

import re
from collections.abc import Iterable
from typing import Final, TypeVar

import msgspec

from heygen_async.sandbox.ids import between, stable_id

_WORD: Final = re.compile(r"[^\W_]+")
_NEAR: Final = 0.72
_FAR: Final = 0.3


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """Something that can be found.

    Attributes:
        id: Its id.
        name: Name to show.
        words: What it is about.
        type: ``image``, ``icon``, ``music`` or ``sound_effects``.
        width: Pixels of a picture.
        height: Pixels of a picture.
        seconds: Length of a sound.
        peak: Loudest moment of an effect, in seconds.
        placement: How an effect is best used.
    """

    id: str
    name: str
    words: str
    type: str
    width: int = 0
    height: int = 0
    seconds: float = 0.0
    peak: float | None = None
    placement: str | None = None


_PICTURES: Final = (
    ("Mountain sunrise", "sunrise over a mountain range, warm light, landscape, nature", 1280, 720),
    ("City at night", "city skyline at night, lights, traffic, urban street", 1280, 720),
    ("Team meeting", "business team in a meeting, office, people at a table", 1280, 720),
    ("Laptop on a desk", "laptop computer on a wooden desk, work, technology", 1280, 720),
    ("Beach walk", "person walking on the beach, sea, summer, holiday, nature", 720, 1280),
    ("Coffee", "cup of coffee on a table, cafe, morning, drink", 1024, 1024),
    ("Doctor", "doctor with a tablet, hospital, health, medicine, portrait of a person", 720, 1280),
    ("Forest path", "path through a green forest, trees, nature, landscape", 1280, 720),
    ("Kitchen", "cook in a kitchen, food, vegetables, restaurant", 1280, 720),
    ("Classroom", "teacher and students in a classroom, school, learning", 1280, 720),
    ("Runner", "woman running in a park, sport, fitness, person", 720, 1280),
    ("Server room", "servers in a data center, technology, cloud, network", 1024, 1024),
)
_ICONS: Final = (
    ("Arrow", "arrow pointing right, next, direction"),
    ("Check", "check mark, done, success, ok"),
    ("Heart", "heart, love, like, favourite"),
    ("Star", "star, rating, favourite"),
    ("Rocket", "rocket, launch, startup, growth"),
    ("Light bulb", "light bulb, idea, insight"),
    ("Chart", "bar chart, growth, statistics, business"),
    ("Globe", "globe, world, language, international"),
    ("Lock", "lock, security, privacy"),
    ("Clock", "clock, time, schedule, deadline"),
    ("Mail", "envelope, mail, message, contact"),
    ("Gear", "gear, settings, technology"),
)
_MUSIC: Final = (
    ("Bright Morning", "uplifting corporate background music, bright and positive", 12.0),
    ("Slow Tide", "calm ambient pads, relaxing, meditation, slow", 14.0),
    ("Downtown", "energetic electronic beat, modern, technology, fast", 10.0),
    ("First Steps", "gentle acoustic guitar, warm, friendly, background", 12.0),
    ("Summit", "epic cinematic orchestra, dramatic, inspiring, trailer", 12.0),
    ("Night Drive", "retro synth wave, moody, electronic, night", 11.0),
    ("Paper Planes", "playful ukulele, happy, children, light", 9.0),
    ("Quiet Room", "soft solo piano, sad, emotional, slow", 13.0),
)
_EFFECTS: Final = (
    ("Whoosh", "fast whoosh transition, swish, air", 1.2, 0.45, "hit"),
    ("Deep impact", "deep cinematic impact, boom, hit, dramatic", 2.0, 0.12, "hit"),
    ("Riser", "tension riser, build up, cinematic transition", 4.0, 3.6, "riser"),
    ("Click", "mouse click, button, interface", 0.4, 0.05, "hit"),
    ("Notification", "bright notification bell, message, success", 1.0, 0.08, "hit"),
    ("Rain", "steady rain ambience, nature, weather, background", 6.0, 3.0, "bed"),
    ("Office", "office ambience, people, keyboard, background", 6.0, 3.0, "bed"),
    ("Applause", "audience applause, clapping, crowd, success", 3.0, 0.9, "bed"),
)


def _pieces() -> Iterable[Piece]:
    for name, words, width, height in _PICTURES:
        piece_id = stable_id("image", name)
        yield Piece(id=piece_id, name=name, words=words, type="image", width=width, height=height)
    for name, words in _ICONS:
        yield Piece(
            id=stable_id("icon", name), name=name, words=words, type="icon", width=96, height=96
        )
    for name, words, seconds in _MUSIC:
        piece_id = stable_id("music", name)
        yield Piece(id=piece_id, name=name, words=words, type="music", seconds=seconds)
    for name, words, seconds, peak, placement in _EFFECTS:
        yield Piece(
            id=stable_id("sound", name),
            name=name,
            words=words,
            type="sound_effects",
            seconds=seconds,
            peak=peak,
            placement=placement,
        )


PIECES: Final = {piece.id: piece for piece in _pieces()}
"""Everything that can be found, by id."""

T = TypeVar("T")


def ranked(query: str, things: Iterable[tuple[str, T]]) -> list[tuple[float, T]]:
    """Things and how near they are to a query, 0 to 1, the nearest first.

    Words in common make near; without any, things are all far.

    Args:
        query: What is looked for.
        things: What each is about, and the thing.
    """
    wanted = _words(query)

    def score(text: str) -> float:
        shared = len(wanted & _words(text))
        if not shared:
            return _FAR + between(0, 0.2, "far", query, text)
        return _NEAR + (0.97 - _NEAR) * shared / len(wanted) + between(0, 0.02, "near", text)

    found = [(round(score(text), 4), thing) for text, thing in things]
    return sorted(found, key=lambda each: -each[0])


def _words(text: str) -> set[str]:
    return {word.removesuffix("s") for word in _WORD.findall(text.lower())}
