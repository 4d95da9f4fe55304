"""Brand voices of v1.

Nothing of v1 and v2 is protected by a key.
"""

from typing import Final

from heygen_async.wire.calls import Route
from heygen_async.wire.kinds import Kind

# https://docs.heygen.com/reference/list-brand-voices and the page beside it
V2_BRAND_VOICES_LIST: Final = Route(
    "v2.brand_voices.list",
    "GET",
    "/v1/brand_voice/list",
    Kind.READ,
    successor="heygen.brand_glossaries.list",
)
V2_BRAND_VOICES_UPDATE: Final = Route(
    "v2.brand_voices.update",
    "POST",
    "/v1/brand_voice/{brand_voice_id}",
    Kind.ONCE,
    successor="heygen.brand_glossaries.update",
)
