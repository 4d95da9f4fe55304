"""What HeyGen says in prose of translations and lipsyncs: fields that exclude or need each other.

https://developers.heygen.com/reference/create-video-translation
"""

from collections.abc import Callable, Sequence
from typing import Any, Final

from heygen_async.errors import InvalidRequestError
from heygen_async.models import (
    CreateLipsync,
    CreateLipsyncBatch,
    CreateProofread,
    CreateVideoTranslation,
    CreateVideoTranslationBatch,
    GenerateFromProofread,
    Request,
)
from heygen_async.models.v2 import TranslateVideo

_MOST_ITEMS: Final = 100


def callback(
    asked: CreateVideoTranslation | CreateLipsync | GenerateFromProofread | TranslateVideo,
    where: str = "",
) -> None:
    """Refuses an id that nobody is told.

    Raises:
        InvalidRequestError: ``callback_id`` is there without ``callback_url``.
    """
    if asked.callback_id is not None and asked.callback_url is None:
        raise InvalidRequestError(f"{where}callback_id", asked.callback_id, "needs callback_url")


def span(asked: CreateVideoTranslation | CreateLipsync | TranslateVideo, where: str = "") -> None:
    """Refuses a part that ends before it begins.

    Raises:
        InvalidRequestError: It does, or begins before the video.
    """
    start, end = asked.start_time, asked.end_time
    # NaN is neither more nor less, and is refused too.
    if start is not None and not start >= 0:
        raise InvalidRequestError(f"{where}start_time", start, "must be 0 or more")
    if end is not None and not end > (start or 0):
        raise InvalidRequestError(f"{where}end_time", end, "must be after start_time")


def glossary(
    asked: CreateVideoTranslation | CreateProofread | TranslateVideo, where: str = ""
) -> None:
    """Refuses two glossaries: the fields are two names of one.

    Raises:
        InvalidRequestError: They differ.
    """
    new, old = asked.brand_glossary_id, asked.brand_voice_id
    if new is not None and old is not None and new != old:
        field = f"{where}brand_voice_id"
        raise InvalidRequestError(field, old, "differs from brand_glossary_id, its new name")


def languages(names: Sequence[str], where: str = "") -> None:
    """Refuses a language without a name, and one that is there twice.

    Raises:
        InvalidRequestError: One is.
    """
    for index, language in enumerate(names):
        field = f"{where}output_languages[{index}]"
        if not language.strip():
            raise InvalidRequestError(field, language, "must name a language")
        if language in names[:index]:
            raise InvalidRequestError(field, language, "must not be asked, and paid, for twice")


def _translation(asked: CreateVideoTranslation, where: str = "") -> None:
    languages(asked.output_languages, where)
    callback(asked, where)
    span(asked, where)
    glossary(asked, where)
    if asked.srt_role is not None and asked.srt is None:
        raise InvalidRequestError(f"{where}srt_role", asked.srt_role, "needs srt")


def _translations(asked: CreateVideoTranslationBatch) -> None:
    count = sum(len(each.output_languages) for each in asked.video_translations)
    if count > _MOST_ITEMS:
        raise InvalidRequestError(
            "video_translations", f"{count} languages", f"must be at most {_MOST_ITEMS} in all"
        )
    for index, each in enumerate(asked.video_translations):
        _translation(each, f"video_translations[{index}].")


def _lipsync(asked: CreateLipsync, where: str = "") -> None:
    callback(asked, where)
    span(asked, where)


def _lipsyncs(asked: CreateLipsyncBatch) -> None:
    for index, each in enumerate(asked.lipsyncs):
        _lipsync(each, f"lipsyncs[{index}].")


def _proofread(asked: CreateProofread) -> None:
    languages(asked.output_languages)
    glossary(asked)


CHECKS: Final[dict[type[Request], Callable[[Any], None]]] = {
    CreateVideoTranslation: _translation,
    CreateVideoTranslationBatch: _translations,
    CreateProofread: _proofread,
    GenerateFromProofread: callback,
    CreateLipsync: _lipsync,
    CreateLipsyncBatch: _lipsyncs,
}
