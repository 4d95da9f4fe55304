"""The font of captions and pills, and a system's own for scripts that it lacks."""

# Pillow and PyAV mention the types of numpy, which is not installed.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

__all__ = ["Font", "font_for", "own_font", "shown"]

Font = ImageFont.FreeTypeFont

_OWN = Path(__file__).parent / "assets" / "DejaVuSans-Bold-subset.ttf"
#: What the shipped subset covers.
_COVERED = (
    (0x20, 0x7E),
    (0xA0, 0x17F),
    (0x218, 0x21B),
    (0x370, 0x3FF),
    (0x400, 0x45F),
    (0x490, 0x491),
    (0x1EA0, 0x1EF9),
    (0x2010, 0x2026),
    (0x2030, 0x203A),
    (0x20AC, 0x20BD),
)
_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "C:/Windows/Fonts",
)
_WIDE_NAMES = (
    *("NotoSansCJK-Bold.ttc", "NotoSansCJK-Regular.ttc", "NotoSansCJKsc-Regular.otf"),
    *("wqy-zenhei.ttc", "wqy-microhei.ttc", "DroidSansFallbackFull.ttf", "PingFang.ttc"),
    *("Hiragino Sans GB.ttc", "msyh.ttc", "YuGothM.ttc", "malgun.ttf"),
)
_BROAD_NAMES = (
    *("DejaVuSans-Bold.ttf", "DejaVuSans.ttf", "NotoSans-Bold.ttf", "Arial Unicode.ttf"),
    *("NotoSansDevanagari-Regular.ttf", "Lohit-Devanagari.ttf", "FreeSans.ttf"),
    *("Nirmala.ttf", "segoeui.ttf"),
)


@lru_cache(maxsize=32)
def own_font(size: int) -> Font:
    """The shipped font at a size in pixels."""
    return ImageFont.truetype(_OWN, size, layout_engine=ImageFont.Layout.BASIC)


def font_for(text: str, size: int) -> Font | None:
    """A font at a size in pixels that has glyphs for the text; None when this machine has none."""
    foreign = [char for char in text if not _is_covered(char)]
    if len(foreign) * 4 <= len(text):
        return own_font(size)
    for path in _candidates():
        font = _load(path, size)
        if font is not None and _has(font, foreign[0]) and _has(font, foreign[-1]):
            return font
    return None


def shown(text: str, font: Font) -> str:
    """The text without characters (emoji, as a rule) that the shipped font would draw as boxes."""
    if font.path != own_font(16).path:
        return text
    return " ".join("".join(char for char in text if _is_covered(char)).split())


def _is_covered(char: str) -> bool:
    return any(low <= ord(char) <= high for low, high in _COVERED)


def _has(font: Font, char: str) -> bool:
    """Whether the glyph differs from the one for a character that no font has."""
    return _drawn(font, char) != _drawn(font, "\U0010fffe")


def _drawn(font: Font, char: str) -> bytes:
    image = Image.new("1", (64, 64))
    ImageDraw.Draw(image).text((8, 8), char, font=font, fill=1)
    return image.tobytes()


@lru_cache(maxsize=8)
def _load(path: str, size: int) -> Font | None:
    try:
        return ImageFont.truetype(path, size)
    except OSError:
        return None


@lru_cache(maxsize=1)
def _candidates() -> tuple[str, ...]:
    found = {path.name: str(path) for folder in _FOLDERS for path in _files(Path(folder))}
    return tuple(found[name] for name in (*_WIDE_NAMES, *_BROAD_NAMES) if name in found)


def _files(folder: Path) -> Iterator[Path]:
    try:
        yield from (path for path in folder.rglob("*.[to]t[fc]") if path.is_file())
    except OSError:
        return
