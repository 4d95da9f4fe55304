"""How captions look: the presets of HeyGen's guide, and burning them in by yourself."""

import os
import re
from typing import Final

from heygen_async.errors import InvalidRequestError
from heygen_async.models.v2 import CaptionOptions, CaptionStyle
from heygen_async.scripting.backgrounds import hex_color
from heygen_async.scripting.commands import in_filter
from heygen_async.wire.arguments import whole

FONT_MIN: Final = 24
"""Pixels below which captions are not read on a telephone."""

CAPTION_STYLES: Final = {
    "default": CaptionStyle(
        font_family="Arial",
        font_size=32,
        font_color="#FFFFFF",
        background_color="rgba(0,0,0,0.7)",
        position="bottom",
    ),
    "minimal": CaptionStyle(
        font_family="Arial",
        font_size=28,
        font_color="#FFFFFF",
        background_color="transparent",
        position="bottom",
    ),
    "bold": CaptionStyle(
        font_family="Arial",
        font_size=36,
        font_color="#FFFFFF",
        background_color="rgba(0,0,0,0.9)",
        position="bottom",
    ),
    "branded": CaptionStyle(
        font_family="Roboto",
        font_size=30,
        font_color="#00D1FF",
        background_color="rgba(26,26,46,0.9)",
        position="bottom",
    ),
    "social": CaptionStyle(font_size=42, position="top"),
}
"""The styles of HeyGen's guide. ``social`` leaves the lowest fifth free, which TikTok and Reels
cover."""

_RGBA: Final = re.compile(
    r"rgba?\(\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)\s*(?:,\s*([0-9]*\.?[0-9]+)\s*)?\)"
)
_BYTE: Final = 255
_ASS_LINES: Final = 288
"""Lines of the picture on which the sizes of SRT captions are measured."""

_MARGIN: Final = 16


def caption_options(preset: str = "default", *, language: str | None = None) -> CaptionOptions:
    """Captions of v2 with one of the styles, for accounts that take them.

    Args:
        preset: One of ``CAPTION_STYLES``.
        language: Of the captions; that of the voice when left out.

    Raises:
        InvalidRequestError: There is no such style.
    """
    return CaptionOptions(enabled=True, style=caption_style(preset), language=language)


def caption_style(preset: str) -> CaptionStyle:
    """One of the styles.

    Raises:
        InvalidRequestError: There is no such style.
    """
    style = CAPTION_STYLES.get(preset)
    if style is None:
        names = ", ".join(CAPTION_STYLES)
        raise InvalidRequestError("preset", preset, f"must be one of {names}")
    return style


def burn_in_command(
    video: str | os.PathLike[str],
    subtitles: str | os.PathLike[str],
    output: str | os.PathLike[str],
    *,
    height: int,
    style: CaptionStyle | str = "default",
) -> list[str]:
    """A command that burns captions in, for ``subprocess``; needs ffmpeg with libass.

    HeyGen burns them in by itself where its own look will do: ``Caption(style="default")`` in v3,
    ``caption_mode="burn_in"`` in v2.

    Args:
        video: The file to read.
        subtitles: An SRT or VTT file.
        output: The file to make; one that is there is not replaced.
        height: Of the video, in pixels: the sizes of a style are measured on it.
        style: How they look, or the name of one of ``CAPTION_STYLES``.

    Raises:
        InvalidRequestError: There is no such style, a colour of it is none, or the height is none.
    """
    whole("height", height, least=1)
    look = caption_style(style) if isinstance(style, str) else style
    file = in_filter(os.fspath(subtitles))
    picture = f"subtitles=filename={file}:force_style={in_filter(_ass(look, height))}"
    command = ["ffmpeg", "-n", "-i", os.fspath(video), "-vf", picture]
    return [*command, "-c:v", "libx264", "-crf", "18", "-c:a", "copy", os.fspath(output)]


def _ass(style: CaptionStyle, height: int) -> str:
    size = (style.font_size or FONT_MIN) * _ASS_LINES / height
    fields = {
        "Fontname": style.font_family or "Arial",
        "Fontsize": f"{size:.4g}",
        "PrimaryColour": _ass_color(style.font_color or "#ffffff"),
        "Alignment": "6" if style.position == "top" else "2",
        "MarginV": str(_MARGIN),
    }
    if style.background_color not in {None, "transparent"}:
        box = _ass_color(style.background_color or "")
        fields |= {"BorderStyle": "3", "OutlineColour": box, "Outline": "2", "Shadow": "0"}
    return ",".join(f"{name}={value}" for name, value in fields.items())


def _ass_color(color: str) -> str:
    """A colour as ASS writes it: the share that is seen through, then blue, green and red."""
    rgba = _RGBA.fullmatch(color)
    if rgba is None:
        digits = hex_color(color)[1:]
        red, green, blue, opacity = *bytes.fromhex(digits), 1.0
    else:
        red, green, blue = (min(int(each), _BYTE) for each in rgba.group(1, 2, 3))
        opacity = min(float(rgba[4] or 1), 1.0)
    return f"&H{round(_BYTE * (1 - opacity)):02X}{blue:02X}{green:02X}{red:02X}"
