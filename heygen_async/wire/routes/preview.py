"""What HeyGen calls a preview."""

from typing import Final

from heygen_async.wire.calls import Route
from heygen_async.wire.kinds import Kind

# HeyGen says that this answer is safe to repeat: nothing was synthesised, nothing is billed.
_UNAVAILABLE: Final = frozenset({"service_unavailable"})

# https://developers.heygen.com/reference/create-model-audio-voice and the pages beside it
_VOICES: Final = "/v3/models/audio/voices"
PREVIEW_VOICES_CREATE: Final = Route("preview.model_voices.create", "POST", _VOICES, Kind.KEYED)
PREVIEW_VOICES_LIST: Final = Route("preview.model_voices.list", "GET", _VOICES, Kind.READ)
PREVIEW_VOICES_GET: Final = Route(
    "preview.model_voices.get", "GET", f"{_VOICES}/{{voice_id}}", Kind.READ
)
PREVIEW_VOICES_DELETE: Final = Route(
    "preview.model_voices.delete", "DELETE", f"{_VOICES}/{{voice_id}}", Kind.IDEMPOTENT
)

# https://developers.heygen.com/reference/generate-model-speech
# Billed without a key; the answer to a finished one may be lost on its way.
PREVIEW_SPEECH_GENERATE: Final = Route(
    "preview.model_speech.generate",
    "POST",
    "/v3/models/audio/tts",
    Kind.ONCE,
    transient=_UNAVAILABLE,
)
# A stream that failed or was cut is not billed: before it has begun it may be asked for again.
PREVIEW_SPEECH_STREAM: Final = Route(
    "preview.model_speech.stream",
    "POST",
    "/v3/models/audio/tts/stream",
    Kind.IDEMPOTENT,
    transient=_UNAVAILABLE,
)

# https://developers.heygen.com/reference/create-avatar-realtime-session
_REALTIME: Final = "/v3/avatar-realtime"
PREVIEW_REALTIME_CREATE: Final = Route(
    "preview.avatar_realtime.create_session", "POST", _REALTIME, Kind.ONCE
)
PREVIEW_REALTIME_GET: Final = Route(
    "preview.avatar_realtime.get_session", "GET", f"{_REALTIME}/{{stream_id}}", Kind.READ
)
# Twice the same text would be said twice.
PREVIEW_REALTIME_APPEND_TEXT: Final = Route(
    "preview.avatar_realtime.append_text", "POST", f"{_REALTIME}/{{stream_id}}/text", Kind.ONCE
)
PREVIEW_REALTIME_STREAM_WORDS: Final = Route(
    "preview.avatar_realtime.stream_words", "GET", f"{_REALTIME}/{{stream_id}}/words", Kind.READ
)
PREVIEW_REALTIME_CANCEL: Final = Route(
    "preview.avatar_realtime.cancel_session",
    "POST",
    f"{_REALTIME}/{{stream_id}}/cancel",
    Kind.IDEMPOTENT,
)
