"""Voices."""

from typing import Final

from heygen_async.wire.calls import Route
from heygen_async.wire.kinds import Kind

# https://developers.heygen.com/reference/list-voices and the pages beside it
VOICES_LIST: Final = Route("voices.list", "GET", "/v3/voices", Kind.READ)
# A search: asked twice, it finds the same.
VOICES_DESIGN: Final = Route("voices.design", "POST", "/v3/voices", Kind.IDEMPOTENT)
VOICES_GET: Final = Route("voices.get", "GET", "/v3/voices/{voice_id}", Kind.READ)
VOICES_DELETE: Final = Route("voices.delete", "DELETE", "/v3/voices/{voice_id}", Kind.IDEMPOTENT)
# Neither takes a key: sent twice, a clone takes two slots, and a speech is billed twice.
VOICES_CLONE: Final = Route("voices.clone", "POST", "/v3/voices/clone", Kind.ONCE)
VOICES_CREATE_SPEECH: Final = Route("voices.create_speech", "POST", "/v3/voices/speech", Kind.ONCE)
