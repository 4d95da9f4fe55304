"""Texts on the screen, in pixels, as data for whoever lays them over a video.

v2 has ``SceneText`` for texts that HeyGen draws, and tells no units for it; v3 has none.
"""

import math
from typing import Final, Literal, TypeAlias, get_args

from heygen_async.errors import InvalidRequestError
from heygen_async.models.base import Record
from heygen_async.models.v2 import Dimension

Anchor: TypeAlias = Literal[
    "top-left",
    "top-center",
    "top-right",
    "center",
    "bottom-left",
    "bottom-center",
    "bottom-right",
]
ANCHORS: Final[tuple[Anchor, ...]] = get_args(Anchor)
Side: TypeAlias = Literal["left", "center", "right"]

SHOWN_MIN: Final = 3.0
"""Seconds below which a text is not read to its end."""

_PADDING: Final = 50
_LINE_HEIGHT: Final = 1.2


class OverlayStyle(Record):
    """How a text looks.

    Attributes:
        font_family: Name of a font.
        font_size: Pixels.
        font_color: Hex colour.
        background_color: Of the box behind it; none when left out.
        text_align: To which side.
    """

    font_family: str
    font_size: int
    font_color: str
    background_color: str | None = None
    text_align: Side = "center"


OVERLAY_STYLES: Final = {
    "title": OverlayStyle(font_family="Arial", font_size=72, font_color="#FFFFFF"),
    "subtitle": OverlayStyle(font_family="Arial", font_size=42, font_color="#CCCCCC"),
    "lower-third": OverlayStyle(
        font_family="Arial",
        font_size=36,
        font_color="#FFFFFF",
        background_color="rgba(0,0,0,0.7)",
        text_align="left",
    ),
    "caption": OverlayStyle(
        font_family="Arial",
        font_size=32,
        font_color="#FFFFFF",
        background_color="rgba(0,0,0,0.5)",
    ),
}
"""The styles of HeyGen's guide."""


class TextOverlay(Record):
    """A text, where it stands, and when.

    Attributes:
        text: What is written.
        x: Pixels from the left edge of the frame to that of its box.
        y: Pixels from the upper edge of the frame to that of its box.
        width: Of its box, in pixels.
        height: Of its box, in pixels.
        style: How it looks.
        start: Second at which it appears.
        end: Second at which it is gone.
    """

    text: str
    x: int
    y: int
    width: int
    height: int
    style: OverlayStyle
    start: float
    end: float


def overlay(
    text: str,
    *,
    frame: Dimension,
    start: float,
    end: float,
    style: OverlayStyle | str = "title",
    anchor: Anchor = "center",
    width: int | None = None,
    height: int | None = None,
    padding: int = _PADDING,
) -> TextOverlay:
    """A text at one of seven places.

    Args:
        text: What is written; may have several lines.
        frame: Size of the video.
        start: Second at which it appears.
        end: Second at which it is gone, 3 or more later.
        style: How it looks, or the name of one of ``OVERLAY_STYLES``.
        anchor: Where it stands.
        width: Of its box, in pixels; from side to side when left out.
        height: Of its box, in pixels; that of its lines when left out.
        padding: Pixels between box and edge.

    Raises:
        InvalidRequestError: A word is unknown, the text is empty or too short to be read, or its
            box does not fit into the frame.
    """
    if isinstance(style, str):
        style = _style(style)
    if not text.strip():
        raise InvalidRequestError("text", text, "must not be empty")
    if not (start >= 0 and SHOWN_MIN <= end - start < math.inf):
        limit = f"must be at least {SHOWN_MIN:g} seconds after start, which is 0 or more"
        raise InvalidRequestError("end", (start, end), limit)
    if width is None:
        width = frame.width - 2 * padding
    if height is None:
        height = round(style.font_size * _LINE_HEIGHT * len(text.split("\n")))
    for name, side, most in (
        ("width", width, frame.width - 2 * padding),
        ("height", height, frame.height - 2 * padding),
    ):
        if not 0 < side <= most:
            raise InvalidRequestError(name, side, f"must be 1 to {most}, to fit into the frame")
    x, y = _corner(anchor, frame, width, height, padding)
    return TextOverlay(
        text=text, x=x, y=y, width=width, height=height, style=style, start=start, end=end
    )


def _style(name: str) -> OverlayStyle:
    found = OVERLAY_STYLES.get(name)
    if found is None:
        raise InvalidRequestError("style", name, f"must be one of {', '.join(OVERLAY_STYLES)}")
    return found


def _corner(
    anchor: str, frame: Dimension, width: int, height: int, padding: int
) -> tuple[int, int]:
    rows = {"top": padding, "bottom": frame.height - padding - height}
    columns = {"left": padding, "right": frame.width - padding - width}
    if anchor not in ANCHORS:
        raise InvalidRequestError("anchor", anchor, f"must be one of {', '.join(ANCHORS)}")
    row, _, column = anchor.partition("-")
    x = columns.get(column, (frame.width - width) // 2)
    return x, rows.get(row, (frame.height - height) // 2)
