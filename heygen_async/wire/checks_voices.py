"""What HeyGen says in prose only about voices and speech.

https://developers.heygen.com/reference/create-speech
"""

import re
from collections.abc import Callable
from typing import Any, Final

from heygen_async.errors import InvalidRequestError
from heygen_async.models import CreateSpeech, Request

_INPUT_TYPES: Final = (None, "text", "ssml")
_BREAK_IN_MS: Final = re.compile(r"<break\b[^<>]*\d\s*ms\b[^<>]*>", re.IGNORECASE)


def _speech(speech: CreateSpeech) -> None:
    if not speech.text.strip():
        raise InvalidRequestError("text", speech.text, "must hold something to say")
    if speech.input_type not in _INPUT_TYPES:
        raise InvalidRequestError("input_type", speech.input_type, "must be text or ssml")
    found = _BREAK_IN_MS.search(speech.text)
    if found:
        raise InvalidRequestError("text", found[0], "breaks are in seconds, such as 0.35s")


CHECKS: Final[dict[type[Request], Callable[[Any], None]]] = {CreateSpeech: _speech}
