"""Speech of v1.

Nothing of v1 and v2 is protected by a key.
"""

from typing import Final

from heygen_async.wire.calls import Route
from heygen_async.wire.kinds import Kind

# https://docs.heygen.com/reference/list-audio-voices and the page beside it
V2_AUDIO_LIST_VOICES: Final = Route(
    "v2.audio.list_voices", "GET", "/v1/audio/voices", Kind.READ, successor="heygen.voices.list"
)
V2_AUDIO_TEXT_TO_SPEECH: Final = Route(
    "v2.audio.text_to_speech",
    "POST",
    "/v1/audio/text_to_speech",
    Kind.ONCE,
    successor="heygen.voices.create_speech",
)
