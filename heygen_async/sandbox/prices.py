"""What v3 asked for, as last seen in public, in dollars; for v2 see ``heygen_async.wire.rates``."""

import math
from typing import Final

from heygen_async.wire import dollars

VIDEO_RATES: Final = dollars.VIDEO_RATES
"""Per second of video, by avatar type and engine; 4K has no rate of its own."""

CINEMATIC: Final = 7.0
"""Per cinematic video, however long."""

AVATAR: Final = 1.0
"""Per new avatar of v3."""

SPEECH: Final = 0.000667
"""Per second of sound."""

VOICE_CLONE: Final = 0.0
"""Per clone: no rate was ever published."""

REALTIME: Final = 0.05
"""Per second of a realtime session."""

MODEL_VOICE: Final = 0.0
"""Per model voice: instant ones are free in the preview; a slot's price was never published."""

# Per million characters, of instant voices; no other rate was published for professional ones.
_SPEECH_MILLION: Final = 15.0

DUB_RATES: Final = {"speed": 0.0333, "precision": 0.0667}
"""Per second of a translation or a lipsync, by mode; the rate for sound alone is that of speed."""

PROOFREAD: Final = 0.0
"""Per proofread: no rate in dollars was published but for enterprises."""

AGENT_SECOND: Final = 0.0333
"""Per second of an agent's video."""

CLIP: Final = 0.15
"""Per clip that is cut."""

BACKGROUND_REMOVAL: Final = 0.0
"""Per video: no rate was ever published."""

FILLER_MINUTE: Final = 0.30
"""Per minute of a source whose filler words are cut, 1 minute at least."""

_HYPERFRAMES_MINUTE: Final = 0.10
_HYPERFRAMES_FPS: Final = 30
_HYPERFRAMES_4K: Final = 1.5

# Where no rate was published: the dearest one, since an estimate must not be too low.
_DEAREST: Final = max(VIDEO_RATES.values())


def video_price(avatar_type: str, engine: str, seconds: float) -> float:
    """Dollars for a video of v3."""
    return round(VIDEO_RATES.get((avatar_type, engine), _DEAREST) * seconds, 4)


def model_speech_price(characters: int) -> float:
    """Dollars for a text that a model voice speaks."""
    return round(_SPEECH_MILLION * characters / 1_000_000, 6)


def dub_price(mode: str, seconds: float) -> float:
    """Dollars for a translation into one language, or for a lipsync."""
    return round(DUB_RATES[mode] * seconds, 4)


def agent_price(seconds: float) -> float:
    """Dollars for an agent's video."""
    return round(AGENT_SECOND * seconds, 4)


def filler_price(seconds: float) -> float:
    """Dollars for cutting filler words out of a source."""
    return round(FILLER_MINUTE * max(1.0, seconds / 60), 4)


def hyperframes_price(resolution: str, fps: int, seconds: float) -> float:
    """Dollars for a render of HTML; a rate between two published ones counts as the higher."""
    rate = _HYPERFRAMES_MINUTE * max(1, math.ceil(fps / _HYPERFRAMES_FPS))
    factor = _HYPERFRAMES_4K if resolution == "4k" else 1.0
    return round(rate * factor * seconds / 60, 4)
