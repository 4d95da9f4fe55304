"""What v3 asked for, as last seen in public, in dollars.

The page was gone from 2026-09-24 on; the account's dashboard is what counts.
"""

from typing import Final

VIDEO_RATES: Final = {
    ("digital_twin", "avatar_v"): 0.0667,
    ("photo_avatar", "avatar_iv"): 0.05,
    ("digital_twin", "avatar_iv"): 0.0667,
    ("studio_avatar", "avatar_iv"): 0.0667,
    ("digital_twin", "avatar_iii"): 0.0167,
    ("studio_avatar", "avatar_iii"): 0.0167,
    ("photo_avatar", "avatar_iii"): 0.0433,
}
"""Per second of video, by avatar type and engine."""

_RATES_4K: Final = {
    ("photo_avatar", "avatar_iv"): 0.0667,
    ("digital_twin", "avatar_iii"): 0.02,
    ("studio_avatar", "avatar_iii"): 0.02,
    ("photo_avatar", "avatar_iii"): 0.02,
}
_DEAREST_4K: Final = 0.0833
"""The same in 4K: of May 2026, and withdrawn since; that of all others was the dearest."""

AVATAR: Final = 1.0
"""Per new look of an avatar; for one from words no rate was ever published."""

DUB_RATES: Final = {"speed": 0.0333, "precision": 0.0667}
"""Per second of a translation or a lipsync, by mode; the rate for sound alone is that of speed."""

AGENT_SECOND: Final = 0.0333
"""Per second of an agent's video."""

# Where no rate was published: the dearest one, since an estimate must not be too low.
_DEAREST: Final = max(VIDEO_RATES.values())


def video_price(
    avatar_type: str, engine: str, seconds: float, *, resolution: str | None = None
) -> float:
    """Dollars for a video of v3; in 4K no less than in 1080p, whose rates are newer."""
    who = avatar_type, engine
    rate = VIDEO_RATES.get(who, _DEAREST)
    if resolution == "4k":
        rate = max(rate, _RATES_4K.get(who, _DEAREST_4K))
    return round(rate * seconds, 4)


def dub_price(mode: str, seconds: float) -> float:
    """Dollars for a translation into one language, or for a lipsync."""
    return round(DUB_RATES[mode] * seconds, 4)


def agent_price(seconds: float) -> float:
    """Dollars for an agent's video."""
    return round(AGENT_SECOND * seconds, 4)
