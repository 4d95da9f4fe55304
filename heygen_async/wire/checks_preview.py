"""What HeyGen says in prose only about its previews.

https://developers.heygen.com/reference/create-model-audio-voice
"""

from collections.abc import Callable
from typing import Any, Final

from heygen_async.errors import InvalidRequestError
from heygen_async.models import Request
from heygen_async.models.preview import AppendText, ProfessionalVoice


def _professional_voice(voice: ProfessionalVoice) -> None:
    if voice.voice_id is not None:
        return  # trained again: the rest is kept, and ignored when given
    for field in ("mode", "name", "language"):
        if getattr(voice, field) is None:
            raise InvalidRequestError(field, None, "a new voice needs one")


def _append_text(text: AppendText) -> None:
    if not text.delta and not text.final:
        raise InvalidRequestError("delta", text.delta, "must not be empty unless it is the last")


CHECKS: Final[dict[type[Request], Callable[[Any], None]]] = {
    ProfessionalVoice: _professional_voice,
    AppendText: _append_text,
}
