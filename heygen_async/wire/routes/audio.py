"""Music and sound effects."""

from typing import Final

from heygen_async.wire.calls import Route
from heygen_async.wire.kinds import Kind

# https://developers.heygen.com/reference/search-sounds
AUDIO_SEARCH_SOUNDS: Final = Route("audio.search_sounds", "GET", "/v3/audio/sounds", Kind.READ)
