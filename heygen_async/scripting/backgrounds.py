"""What lies behind: colours by name, pictures and clips.

A picture or a clip without an address is not shown at HeyGen, without a word: here it is refused.
"""

import re
from typing import Final

from heygen_async.errors import InvalidRequestError
from heygen_async.models import Background
from heygen_async.models.v2 import ColorBackground, ImageBackground, VideoBackground
from heygen_async.models.v2.scenes import Fit, SceneBackground

COLORS: Final = {
    "white": "#ffffff",
    "black": "#000000",
    "gray": "#808080",
    "green_screen": "#00ff00",
    "corporate": "#0066cc",
    "dark": "#1a1a2e",
}
"""The colours of HeyGen's guide."""

_SHORT: Final = re.compile(r"#?([0-9a-fA-F]{3})")
_LONG: Final = re.compile(r"#?([0-9a-fA-F]{6})")
_ADDRESS: Final = re.compile(r"https?://\S+", re.IGNORECASE)
_OTHER_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|.*\s|/|\.")


def hex_color(color: str) -> str:
    """A colour in the form that HeyGen takes, such as ``#1a2b3c``.

    Args:
        color: One of ``COLORS``, or three or six hexadecimal digits, with ``#`` or without.

    Raises:
        InvalidRequestError: It is none.
    """
    words = re.sub(r"(?<=[a-z])(?=[A-Z])|-", " ", color)  # HeyGen's guide has greenScreen
    named = COLORS.get("_".join(words.lower().split()))
    if named is not None:
        return named
    if short := _SHORT.fullmatch(color):
        return "#" + "".join(2 * digit for digit in short[1].lower())
    if long := _LONG.fullmatch(color):
        return f"#{long[1].lower()}"
    names = ", ".join(COLORS)
    raise InvalidRequestError("color", color, f"must be #rrggbb, or one of {names}")


def color_background(color: str) -> ColorBackground:
    """One colour behind a scene of v2; ``for_v3`` makes it one of v3.

    Raises:
        InvalidRequestError: It is no colour.
    """
    return ColorBackground(value=hex_color(color))


def image_background(source: str, *, fit: Fit | None = None) -> ImageBackground:
    """A picture behind a scene of v2; ``for_v3`` makes it one of v3.

    Args:
        source: Its public address, or the id of an uploaded one.
        fit: How it fills the frame.

    Raises:
        InvalidRequestError: It is neither.
    """
    url, asset_id = _source(source)
    return ImageBackground(url=url, image_asset_id=asset_id, fit=fit)


def video_background(source: str, *, loop: bool = True, fit: Fit | None = None) -> VideoBackground:
    """A clip behind a scene of v2, without its sound. v3 has no such thing.

    Args:
        source: Its public address, or the id of an uploaded one.
        loop: Whether it is repeated where it is shorter than the scene; otherwise its last picture
            is held.
        fit: How it fills the frame.

    Raises:
        InvalidRequestError: It is neither.
    """
    url, asset_id = _source(source)
    return VideoBackground(
        url=url, video_asset_id=asset_id, play_style="loop" if loop else "freeze", fit=fit
    )


def for_v3(background: SceneBackground) -> Background:
    """The same for a video of v3, which fits pictures by itself.

    Raises:
        InvalidRequestError: It is a clip.
    """
    match background:
        case ColorBackground(value=value):
            return Background(type="color", value=value)
        case ImageBackground(url=url, image_asset_id=asset_id):
            return Background(type="image", url=url, asset_id=asset_id)
        case VideoBackground():
            raise InvalidRequestError(
                "background",
                "a clip",
                "must be a colour or a picture",
                hint="Lay a transparent video over the clip: compose_command says how.",
            )


def _source(source: str) -> tuple[str | None, str | None]:
    """The address or the asset's id, whichever it is."""
    if _ADDRESS.fullmatch(source):
        return source, None
    if not source or _OTHER_SCHEME.match(source):
        raise InvalidRequestError("source", source, "must be an https address or an asset's id")
    return None, source
