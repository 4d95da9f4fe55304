"""Voices of v1 and v2.

Nothing of v1 and v2 is protected by a key.
"""

from typing import Final

from heygen_async.wire.calls import Route
from heygen_async.wire.kinds import Kind

_LIST: Final = "heygen.voices.list"

# https://docs.heygen.com/reference/list-voices-v2 and the pages beside it
V2_VOICES_LIST: Final = Route("v2.voices.list", "GET", "/v2/voices", Kind.READ, successor=_LIST)
V2_VOICES_LIST_V1: Final = Route(
    "v2.voices.list_v1", "GET", "/v1/voice.list", Kind.READ, successor=_LIST
)
V2_VOICES_LIST_LOCALES: Final = Route(
    "v2.voices.list_locales", "GET", "/v2/voices/locales", Kind.READ, successor=""
)
V2_VOICES_PREVIEW: Final = Route(
    "v2.voices.preview",
    "POST",
    "/v2/voices/{voice_id}/preview",
    Kind.ONCE,
    successor="heygen.voices.create_speech",
)
