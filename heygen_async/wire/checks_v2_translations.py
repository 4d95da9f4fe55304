"""What HeyGen says in prose of translations of v2: fields that exclude or need each other.

https://docs.heygen.com/reference/video-translate
"""

from collections.abc import Callable
from typing import Any, Final

from heygen_async.errors import InvalidRequestError
from heygen_async.models.base import Request
from heygen_async.models.v2 import TranslateVideo
from heygen_async.wire.checks_dubs import callback, glossary, languages, span
from heygen_async.wire.exclusions import exactly_one


def _translate(asked: TranslateVideo) -> None:
    languages(asked.output_languages or ())
    callback(asked)
    span(asked)
    glossary(asked)
    exactly_one("", output_language=asked.output_language, output_languages=asked.output_languages)
    if asked.srt_role is not None and asked.srt_url is None:
        raise InvalidRequestError("srt_role", asked.srt_role, "needs srt_url")
    if asked.fps_mode is not None and asked.audio_url is None:
        raise InvalidRequestError("fps_mode", asked.fps_mode, "needs audio_url")


CHECKS: Final[dict[type[Request], Callable[[Any], None]]] = {TranslateVideo: _translate}
