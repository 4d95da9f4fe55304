"""``/v1/audio``: what v3 has under ``/v3/voices``, in an older envelope."""

from typing import Final

from heygen_async.sandbox.context import Route
from heygen_async.sandbox.envelopes import Family
from heygen_async.sandbox.v3.speech import create_speech
from heygen_async.sandbox.v3.voices import list_speakers

ROUTES: Final = (
    Route(method="GET", path="/v1/audio/voices", handler=list_speakers, family=Family.ERROR),
    Route(
        method="POST",
        path="/v1/audio/text_to_speech",
        handler=create_speech,
        family=Family.ERROR,
    ),
)
