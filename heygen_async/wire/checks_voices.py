"""What HeyGen says in prose only about voices and speech.

https://developers.heygen.com/reference/create-speech
"""

from collections.abc import Callable
from typing import Any, Final

from heygen_async.errors import InvalidRequestError
from heygen_async.models import CreateSpeech, Request
from heygen_async.wire.speech import breaks

_INPUT_TYPES: Final = (None, "text", "ssml")


def _speech(speech: CreateSpeech) -> None:
    if not speech.text.strip():
        raise InvalidRequestError("text", speech.text, "must hold something to say")
    if speech.input_type not in _INPUT_TYPES:
        raise InvalidRequestError("input_type", speech.input_type, "must be text or ssml")
    for tag in breaks(speech.text):
        if tag.in_ms:
            shown = speech.text[tag.start : tag.end]
            raise InvalidRequestError("text", shown, "breaks are in seconds, such as 0.35s")


CHECKS: Final[dict[type[Request], Callable[[Any], None]]] = {CreateSpeech: _speech}
