"""Visual styles that an agent knows. Always the same."""

from typing import Final

import msgspec

from heygen_async.sandbox.ids import stable_id


class Style(msgspec.Struct, frozen=True, kw_only=True):
    """A visual style.

    Attributes:
        style_id: Its id.
        name: Name to show.
        tags: What it is found by.
        aspect_ratio: Such as ``16:9``.
    """

    style_id: str
    name: str
    tags: tuple[str, ...]
    aspect_ratio: str


_STYLES: Final = (
    ("Noir alley", "16:9", ("cinematic",)),
    ("Golden hour", "16:9", ("cinematic", "handmade")),
    ("Green terminal", "16:9", ("retro-tech",)),
    ("Beige box", "1:1", ("retro-tech", "pop-culture")),
    ("Cut paper", "9:16", ("handmade", "print")),
    ("Morning paper", "9:16", ("print",)),
    ("Water lilies", "16:9", ("iconic-artist",)),
    ("Soup cans", "1:1", ("iconic-artist", "pop-culture")),
)

STYLES: Final = {
    style.style_id: style
    for name, ratio, tags in _STYLES
    for style in (
        Style(style_id=stable_id("style", name), name=name, tags=tags, aspect_ratio=ratio),
    )
}
"""The styles by id, in the order in which they are listed."""

SIZES: Final = {"16:9": (640, 360), "9:16": (360, 640), "1:1": (512, 512)}
"""Pixels of a style's picture."""
