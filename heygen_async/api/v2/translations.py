"""Translations of v2: https://docs.heygen.com/reference/video-translate."""

from typing import Any, Final, Literal

from heygen_async.api.job import Job, JobKind, JobState
from heygen_async.api.languages import TranslationJobs
from heygen_async.api.resource import Resource, Toolbox
from heygen_async.api.v2.paging import came
from heygen_async.errors import DecodeError
from heygen_async.models.v2 import (
    LegacyTranslation,
    StartedTranslations,
    TargetLanguages,
    TranslateVideo,
    TranslationCaption,
)
from heygen_async.wire.arguments import must_be, one_of
from heygen_async.wire.limits import check_id
from heygen_async.wire.routes.v2 import translations as routes
from heygen_async.wire.statuses import Verdict, verdict

# What lies where a translation's id would stand.
_RESERVED: Final = frozenset({"caption", "proofread", "target_languages"})


class LegacyTranslations(Resource):
    """``heygen.v2.translations``: videos in other languages."""

    def __init__(self, tools: Toolbox) -> None:
        super().__init__(tools)
        self._translations: JobKind[LegacyTranslation] = JobKind(
            "video translation",
            read=self.get,
            state=_state,
            expected=300.0,
            timeout=4 * 3600.0,
            file="video_url",
            suffix=".mp4",
        )

    async def create(
        self, request: TranslateVideo, *, extra_body: dict[str, Any] | None = None
    ) -> TranslationJobs[LegacyTranslation]:
        """Starts a translation into each language asked for.

        Each costs 3 credits a minute, in steps of 30 seconds; ``precision`` costs twice as much.

        Args:
            request: The source and the languages.
            extra_body: Fields that are newer than this library.

        Returns:
            One job per language, each of which ends when its video can be downloaded.

        Raises:
            InvalidRequestError: A field is wrong, or two contradict. Nothing was sent.
            OutcomeUnknownError: It was sent and not answered: it may be billed.
            DecodeError: It was answered without an id: it may be billed, and cannot be waited for.
            HeyGenError: As every call.

        Deprecated: use ``heygen.translations.create``.

        https://docs.heygen.com/reference/video-translate
        """
        must_be(request, TranslateVideo)
        reply = await self._post(
            routes.V2_TRANSLATIONS_CREATE, StartedTranslations, request, extra_body=extra_body
        )
        if not reply.ids:
            words = "neither video_translate_id nor video_translate_ids"
            raise DecodeError(words, path="$.data", model=type(reply).__name__, raw=b"")
        jobs = [self._new_job(self._translations, each) for each in reply.ids]
        return TranslationJobs(request.languages, jobs)

    async def get(self, video_translate_id: str) -> LegacyTranslation:
        """Reads a translation. Its link is signed anew by every read.

        Args:
            video_translate_id: The translation into one language.

        Raises:
            NotFoundError: There is no such translation.
            HeyGenError: As every call.

        Deprecated: use ``heygen.translations.get``.

        https://docs.heygen.com/reference/video-translation-status
        """
        ids = {"video_translate_id": _translation(video_translate_id)}
        return came(await self._read(routes.V2_TRANSLATIONS_GET, LegacyTranslation, ids=ids))

    async def get_caption(
        self, video_translate_id: str, *, caption_type: Literal["srt", "vtt"] = "srt"
    ) -> TranslationCaption:
        """Reads where the captions of a finished translation are.

        Args:
            video_translate_id: The translation into one language.
            caption_type: SubRip or WebVTT.

        Raises:
            NotFoundError: There is no such translation.
            BadRequestError: It is not finished.
            HeyGenError: As every call.

        Deprecated: use ``heygen.translations.get``.

        https://docs.heygen.com/reference/video-translate-caption
        """
        one_of("caption_type", caption_type, ("srt", "vtt"))
        query = {
            "video_translate_id": _translation(video_translate_id),
            "caption_type": caption_type,
        }
        return await self._read(routes.V2_TRANSLATIONS_GET_CAPTION, TranslationCaption, query=query)

    async def list_languages(self) -> list[str]:
        """The languages that a video can be translated to, named as a request names them.

        Raises:
            HeyGenError: As every call.

        Deprecated: use ``heygen.translations.list_languages``.

        https://docs.heygen.com/reference/list-supported-languages
        """
        found = await self._read(routes.V2_TRANSLATIONS_LIST_LANGUAGES, TargetLanguages)
        return found.languages

    def job(self, video_translate_id: str) -> Job[LegacyTranslation]:
        """A handle on a translation from its id alone, in any process.

        Args:
            video_translate_id: The translation into one language.
        """
        return self._job(self._translations, _translation(video_translate_id))


def _translation(video_translate_id: str) -> str:
    return check_id("video_translate_id", video_translate_id, reserved=_RESERVED)


def _state(translation: LegacyTranslation) -> JobState:
    word = verdict("video translation", translation.status)
    if word is Verdict.DONE and not translation.url:
        word = Verdict.RUNNING
    return JobState(status=translation.status, verdict=word, failure_message=translation.message)
