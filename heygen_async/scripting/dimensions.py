"""How large a video is: by its shape and quality, or by where it is shown.

https://docs.heygen.com/reference/create-an-avatar-video-v2
"""

import math
import re
from typing import Final, Literal, TypeAlias

from heygen_async.errors import InvalidRequestError
from heygen_async.models.base import Record
from heygen_async.models.v2 import Dimension
from heygen_async.wire.arguments import whole

Quality: TypeAlias = Literal["720p", "1080p", "4k"]
Orientation: TypeAlias = Literal["landscape", "portrait", "square"]

SIDE_MIN: Final = 128
SIDE_MAX: Final = 4096

QUALITIES: Final[dict[str, int]] = {"720p": 720, "1080p": 1080, "4k": 2160}
"""Lines, by the words of HeyGen."""

ASPECTS: Final = {
    "16:9": (1920, 1080),
    "9:16": (1080, 1920),
    "1:1": (1080, 1080),
    "4:3": (1440, 1080),
    "4:5": (864, 1080),
}
"""Width and height at 1080p, by shape. Other shapes have as many lines as their quality says."""

_LINES: Final = 1080
_SIDE: Final = re.compile("(?!0+$)[0-9]{1,6}")


class Platform(Record):
    """Where videos are shown.

    Attributes:
        width: Pixels, at 1080p.
        height: Pixels, at 1080p.
        aspect: Their shape, as requests of v3 take it.
    """

    width: int
    height: int
    aspect: Literal["16:9", "9:16", "1:1"]


_WIDE: Final = Platform(width=1920, height=1080, aspect="16:9")
_TALL: Final = Platform(width=1080, height=1920, aspect="9:16")
_SMALL: Final = Platform(width=1280, height=720, aspect="16:9")

PLATFORMS: Final = {
    "youtube": _WIDE,
    "youtube_shorts": _TALL,
    "tiktok": _TALL,
    "instagram_reels": _TALL,
    "instagram_story": _TALL,
    "instagram_feed": Platform(width=1080, height=1080, aspect="1:1"),
    "linkedin": _WIDE,
    "twitter": _SMALL,
    "x": _SMALL,
}
"""What fits where, by HeyGen's guide."""


def dimension(
    aspect: str = "16:9", *, quality: Quality = "1080p", platform: str | None = None
) -> Dimension:
    """The size of a video.

    Args:
        aspect: Its shape, such as ``16:9``; any other ratio is taken, too.
        quality: ``720p``, ``1080p`` or ``4k``.
        platform: One of ``PLATFORMS``, instead of a shape. Spaces and dashes are underscores.

    Raises:
        InvalidRequestError: A word is unknown, or a side would be below 128 or above 4,096 pixels.
    """
    if quality not in QUALITIES:
        raise InvalidRequestError("quality", quality, f"must be {' or '.join(QUALITIES)}")
    width: float
    height: float
    if platform is not None:
        known = PLATFORMS.get("_".join(platform.lower().replace("-", " ").split()))
        if known is None:
            names = ", ".join(PLATFORMS)
            raise InvalidRequestError("platform", platform, f"must be one of {names}")
        width, height = known.width, known.height
    else:
        width, height = ASPECTS.get(aspect) or _custom(aspect)
    factor = QUALITIES[quality] / _LINES
    return sized(_even(width * factor), _even(height * factor))


def sized(width: int, height: int) -> Dimension:
    """A size that HeyGen takes.

    Args:
        width: Pixels.
        height: Pixels.

    Raises:
        InvalidRequestError: A side is odd, or not within 128 to 4,096; the hint names the nearest.
    """
    for name, side in (("width", width), ("height", height)):
        whole(f"dimension.{name}", side, least=0)
        if side % 2 or not SIDE_MIN <= side <= SIDE_MAX:
            near = min(max(_even(side), SIDE_MIN), SIDE_MAX)
            raise InvalidRequestError(
                f"dimension.{name}",
                side,
                f"must be even, from {SIDE_MIN} to {SIDE_MAX:,}",
                hint=f"The nearest is {near}.",
            )
    return Dimension(width=width, height=height)


def aspect_of(size: Dimension) -> str:
    """The shape of a size, such as ``16:9``; the nearest known one, but for rounding."""
    for aspect in ASPECTS:
        across, down = map(int, aspect.split(":"))
        # Even numbers of pixels seldom make a ratio to the last one: 854 by 480 is 16:9.
        if abs(across * size.height - down * size.width) <= 2 * max(across, down):
            return aspect
    common = math.gcd(size.width, size.height)
    return f"{size.width // common}:{size.height // common}"


def orientation_of(size: Dimension) -> Orientation:
    """Which way a size lies, in the word that Avatar IV and looks have for it."""
    if size.width == size.height:
        return "square"
    return "landscape" if size.width > size.height else "portrait"


def _custom(aspect: str) -> tuple[float, float]:
    across, colon, down = aspect.partition(":")
    if not (_SIDE.fullmatch(across) and colon and _SIDE.fullmatch(down)):
        raise InvalidRequestError("aspect", aspect, "must be a ratio such as 16:9")
    ratio = int(across) / int(down)
    return (_LINES * ratio, _LINES) if ratio >= 1 else (_LINES, _LINES / ratio)


def _even(side: float) -> int:
    """The nearest even number."""
    return 2 * round(side / 2)
