"""What HeyGen asked for, as last seen in public. Dollars of the wallet on v3, credits on v2."""

import math
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
"""Per second of video, by avatar type and engine; 4K has no rate of its own."""

AVATAR: Final = 1.0
"""Per new avatar of v3."""

SPEECH: Final = 0.000667
"""Per second of sound."""

VOICE_CLONE: Final = 0.0
"""Per clone: no rate was ever published."""

PHOTO_GENERATION: Final = 1.0
LOOK_GENERATION: Final = 1.0
TRAINING: Final = 4.0
MOTION: Final = 1.0
SOUND: Final = 0.0

_STEP_SECONDS: Final = 30
_CREDITS_PER_STEP: Final = 0.5

# Where no rate was published: the dearest one, since an estimate must not be too low.
_DEAREST: Final = max(VIDEO_RATES.values())


def video_price(avatar_type: str, engine: str, seconds: float) -> float:
    """Dollars for a video of v3."""
    return round(VIDEO_RATES.get((avatar_type, engine), _DEAREST) * seconds, 4)


def legacy_video_price(seconds: float) -> float:
    """Credits for a video of v2: one a minute, in steps of 30 seconds."""
    return max(1, math.ceil(seconds / _STEP_SECONDS)) * _CREDITS_PER_STEP
