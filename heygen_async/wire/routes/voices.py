"""Voices."""

from typing import Final

from heygen_async.wire.calls import Route
from heygen_async.wire.kinds import Kind

# https://developers.heygen.com/reference/list-voices
VOICES_LIST: Final = Route("voices.list", "GET", "/v3/voices", Kind.READ)
