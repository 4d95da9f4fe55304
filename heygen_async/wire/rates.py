"""What v1 and v2 cost, in credits: the last rates that HeyGen published, before the page went.

Older readings of the same page ask less for some: 0.25 for a look, 0.2 a minute for a video of a
photo avatar and 1 for one of a video avatar. The newest is taken, so that an estimate is not too
low. The account's dashboard is what counts.

https://docs.heygen.com/reference/limits
"""

import math
from typing import Final

from heygen_async.models.v2 import AvatarCharacter, GenerateVideo
from heygen_async.models.v2.scenes import Character

PHOTO_GENERATION: Final = 1.0
"""Per call, which gives four photos."""

LOOK_GENERATION: Final = 1.0
"""Per call, which gives four pictures."""

TRAINING: Final = 4.0
MOTION: Final = 1.0
SOUND: Final = 0.0
UPSCALE: Final = 0.5

DIGITAL_TWIN: Final = 0.0
"""Per digital twin: no rate was ever published."""

PHOTO_VIDEO: Final = 1.0
"""Per minute of a photo avatar, or of nobody."""

AVATAR_VIDEO: Final = 2.0
"""Per minute of a video avatar."""

AV4_VIDEO: Final = 6.0
"""Per minute of Avatar IV, whoever is seen."""

TRANSLATION: Final = {"speed": 3.0, "precision": 6.0}
"""Per minute of a translation into one language, by mode."""

WORKFLOW: Final = 0.0
"""Per execution of a workflow: no rate was ever published."""

STREAMING: Final = 0.2
"""Per minute of a streaming session."""

STEP_SECONDS: Final = 30
"""Videos are billed in whole steps of so many seconds."""

FPS: Final = 25
"""Pictures a second, in which HeyGen renders."""


def video_credits(seconds: float, per_minute: float = PHOTO_VIDEO) -> float:
    """Credits for a video of so many seconds: whole steps of half a minute, at least one."""
    steps = math.ceil(_rounded(seconds) / STEP_SECONDS)
    return max(1, steps) * per_minute * STEP_SECONDS / 60


def in_pictures(seconds: float) -> float:
    """So many seconds as a clip has them: rounded up to whole pictures, at least one."""
    return max(1, math.ceil(_rounded(seconds * FPS))) / FPS


def _rounded(number: float) -> float:
    """Words of 0.4 seconds do not add up to the last digit: that is no picture, and no step."""
    return round(number, 6)


def minute_rate(video: GenerateVideo) -> float:
    """Credits per minute of a video: those of the dearest character in it."""
    return max(_minute_rate(scene.character) for scene in video.video_inputs)


def _minute_rate(character: Character | None) -> float:
    if character is not None and character.use_avatar_iv_model:
        return AV4_VIDEO
    return AVATAR_VIDEO if isinstance(character, AvatarCharacter) else PHOTO_VIDEO
