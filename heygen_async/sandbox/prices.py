"""What v3 asked for besides ``heygen_async.wire.dollars``, as last seen in public, in dollars."""

import math
from typing import Final

from heygen_async.wire import dollars

AGENT_SECOND: Final = dollars.AGENT_SECOND
AVATAR: Final = dollars.AVATAR
DUB_RATES: Final = dollars.DUB_RATES
VIDEO_RATES: Final = dollars.VIDEO_RATES
agent_price: Final = dollars.agent_price
dub_price: Final = dollars.dub_price
video_price: Final = dollars.video_price

CINEMATIC: Final = 7.0
"""Per cinematic video, however long."""

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

PROOFREAD: Final = 0.0
"""Per proofread: no rate in dollars was published but for enterprises."""

CLIP: Final = 0.15
"""Per clip that is cut."""

BACKGROUND_REMOVAL: Final = 0.0
"""Per video: no rate was ever published."""

FILLER_MINUTE: Final = 0.30
"""Per minute of a source whose filler words are cut, 1 minute at least."""

_HYPERFRAMES_MINUTE: Final = 0.10
_HYPERFRAMES_FPS: Final = 30
_HYPERFRAMES_4K: Final = 1.5


def model_speech_price(characters: int) -> float:
    """Dollars for a text that a model voice speaks."""
    return round(_SPEECH_MILLION * characters / 1_000_000, 6)


def filler_price(seconds: float) -> float:
    """Dollars for cutting filler words out of a source."""
    return round(FILLER_MINUTE * max(1.0, seconds / 60), 4)


def hyperframes_price(resolution: str, fps: int, seconds: float) -> float:
    """Dollars for a render of HTML; a rate between two published ones counts as the higher."""
    rate = _HYPERFRAMES_MINUTE * max(1, math.ceil(fps / _HYPERFRAMES_FPS))
    factor = _HYPERFRAMES_4K if resolution == "4k" else 1.0
    return round(rate * factor * seconds / 60, 4)
