"""Video translations: https://developers.heygen.com/reference/create-video-translation."""

from collections.abc import Sequence
from typing import Any, Final, TypeAlias

from heygen_async.api.batches import batch_items, batch_kind
from heygen_async.api.bulk import bulk_query
from heygen_async.api.job import Job, JobKind, JobState
from heygen_async.api.languages import TranslationJobs
from heygen_async.api.pages import Pager
from heygen_async.api.proofreads import Proofreads
from heygen_async.api.resource import Toolbox
from heygen_async.models import (
    Batch,
    BatchItem,
    CreatedBatch,
    CreatedVideoTranslations,
    CreateVideoTranslation,
    CreateVideoTranslationBatch,
    DeletedVideoTranslation,
    StatusEntry,
    TranslationLanguages,
    UpdateVideoTranslation,
    VideoTranslation,
    VideoTranslationStatus,
)
from heygen_async.wire.limits import check_id
from heygen_async.wire.routes import translations as routes
from heygen_async.wire.statuses import Verdict, verdict

_PAGE_MAX: Final = 100

# Named, because the class below has a method `list`.
Statuses: TypeAlias = list[StatusEntry]
Names: TypeAlias = list[str]


class Translations(Proofreads):
    """``heygen.translations``: videos in other languages, and subtitles to correct before."""

    def __init__(self, tools: Toolbox) -> None:
        super().__init__(tools)
        self._translations: JobKind[VideoTranslation] = JobKind(
            "video translation",
            read=self.get,
            state=_state,
            bulk=self.list_statuses,
            expected=180.0,
            timeout=4 * 3600.0,
            file="video_url",
            suffix=".mp4",
        )
        self._batches: JobKind[Batch] = batch_kind(self.get_batch, expected=300.0)

    async def create(
        self,
        request: CreateVideoTranslation,
        *,
        idempotency_key: str | None = None,
        extra_body: dict[str, Any] | None = None,
    ) -> TranslationJobs[VideoTranslation]:
        """Starts a translation into each language asked for.

        Each is billed by the second of its video; ``precision`` costs twice as much as ``speed``.
        A request that gets no answer is sent again with the same key, so it is never billed twice.

        Args:
            request: The source and the languages; files in it are uploaded first.
            idempotency_key: Your own key; the same key and body give the same jobs for 24 h.
            extra_body: Fields that are newer than this library.

        Returns:
            One job per language, each of which ends when its video can be downloaded.

        Raises:
            InvalidRequestError: A field is wrong, or two contradict. Nothing was sent.
            InsufficientCreditError: The balance does not cover it.
            ConcurrencyLimitedError: Too many jobs in flight, for longer than the retry policy
                waits.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/create-video-translation
        """
        created = await self._post(
            routes.TRANSLATIONS_CREATE,
            CreatedVideoTranslations,
            request,
            idempotency_key=idempotency_key,
            extra_body=extra_body,
        )
        jobs = [self._started(each) for each in created.video_translation_ids]
        return TranslationJobs(request.output_languages, jobs)

    def _started(self, translation_id: str) -> Job[VideoTranslation]:
        first = VideoTranslation(id=translation_id, status=VideoTranslationStatus.PENDING)
        return self._new_job(self._translations, translation_id, first)

    async def get(self, video_translation_id: str) -> VideoTranslation:
        """Reads a translation. Its links are made anew by every read.

        Args:
            video_translation_id: The translation into one language.

        Raises:
            NotFoundError: There is no such translation.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/get-video-translation
        """
        ids = _ids(video_translation_id)
        return await self._read(routes.TRANSLATIONS_GET, VideoTranslation, ids=ids)

    def list(
        self, *, limit: int | None = None, max_items: int | None = None
    ) -> Pager[VideoTranslation]:
        """All translations of the account.

        Args:
            limit: Per page, 1 to 100; HeyGen's default is 10.
            max_items: Stops an iteration after so many.

        Raises:
            InvalidRequestError: ``limit`` or ``max_items`` is out of bounds.
            HeyGenError: As every call, when the list is read.

        https://developers.heygen.com/reference/list-video-translations
        """
        return self._list(
            routes.TRANSLATIONS_LIST,
            VideoTranslation,
            limit=limit,
            most=_PAGE_MAX,
            max_items=max_items,
        )

    async def update(
        self,
        video_translation_id: str,
        *,
        title: str,
        extra_body: dict[str, Any] | None = None,
    ) -> VideoTranslation:
        """Renames a translation.

        Args:
            video_translation_id: The translation.
            title: Its new name in the dashboard.
            extra_body: Fields that are newer than this library.

        Returns:
            The translation as it is now.

        Raises:
            NotFoundError: There is no such translation.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/update-video-translation
        """
        return await self._post(
            routes.TRANSLATIONS_UPDATE,
            VideoTranslation,
            UpdateVideoTranslation(title=title),
            ids=_ids(video_translation_id),
            extra_body=extra_body,
        )

    async def delete(self, video_translation_id: str) -> DeletedVideoTranslation:
        """Deletes a translation and its files, for good.

        Args:
            video_translation_id: The translation.

        Raises:
            NotFoundError: There is no such translation, or not any more.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/delete-video-translation
        """
        return await self._remove(
            routes.TRANSLATIONS_DELETE,
            DeletedVideoTranslation,
            ids=_ids(video_translation_id),
            done=DeletedVideoTranslation(id=video_translation_id),
        )

    async def list_languages(self) -> Names:
        """The languages that a video can be translated to, named as a request names them.

        Raises:
            HeyGenError: As every call.

        https://developers.heygen.com/reference/list-translation-languages
        """
        found = await self._read(routes.TRANSLATIONS_LIST_LANGUAGES, TranslationLanguages)
        return found.languages

    async def list_statuses(
        self, video_translation_ids: Sequence[str] = (), *, batch_ids: Sequence[str] = ()
    ) -> Statuses:
        """Reads the status words of up to 100 translations in one call.

        The words are ``queued``, ``processing``, ``completed`` and ``failed``, other than those
        of a single read.

        Args:
            video_translation_ids: Translations.
            batch_ids: Batches; each stands for all of its translations.

        Returns:
            One entry per translation, which has its id in ``video_id``; ``not_found`` for those
            that HeyGen does not know.

        Raises:
            InvalidRequestError: No id, or more than 100.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/list-video-translation-statuses
        """
        query = bulk_query(video_translation_ids=video_translation_ids, batch_ids=batch_ids)
        return await self._read(routes.TRANSLATIONS_LIST_STATUSES, Statuses, query=query)

    async def create_batch(
        self,
        request: CreateVideoTranslationBatch,
        *,
        idempotency_key: str | None = None,
        extra_body: dict[str, Any] | None = None,
    ) -> Job[Batch]:
        """Starts up to 100 translations under one id. Each is billed on its own.

        An entry with several languages becomes one item for each of them.

        Args:
            request: The translations; files in them are uploaded first.
            idempotency_key: Your own key; the same key and body give the same batch for 24 h.
            extra_body: Fields that are newer than this library.

        Returns:
            A job that ends when every item has; it fails only if all of them do. The items tell
            their ids in ``video_id``.

        Raises:
            InvalidRequestError: A field is wrong, or two contradict. Nothing was sent.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/create-video-translation-batch
        """
        created = await self._post(
            routes.TRANSLATIONS_CREATE_BATCH,
            CreatedBatch,
            request,
            idempotency_key=idempotency_key,
            extra_body=extra_body,
        )
        return self._new_job(self._batches, created.batch_id)

    async def get_batch(self, batch_id: str) -> Batch:
        """Reads how far a batch is, with its first 100 items.

        Args:
            batch_id: The batch.

        Raises:
            NotFoundError: There is no such batch.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/get-video-translation-batch
        """
        ids = {"batch_id": check_id("batch_id", batch_id)}
        return await self._read(routes.TRANSLATIONS_GET_BATCH, Batch, ids=ids)

    def list_batch_items(
        self, batch_id: str, *, limit: int | None = None, max_items: int | None = None
    ) -> Pager[BatchItem]:
        """The items of a batch, in the order they were submitted.

        Args:
            batch_id: The batch.
            limit: Per page, 1 to 100; HeyGen's default is 100.
            max_items: Stops an iteration after so many.

        Raises:
            InvalidRequestError: ``limit`` or ``max_items`` is out of bounds.
            HeyGenError: As every call, when the list is read.

        https://developers.heygen.com/reference/get-video-translation-batch
        """
        return batch_items(
            self._tools.sender,
            routes.TRANSLATIONS_GET_BATCH,
            batch_id,
            limit=limit,
            max_items=max_items,
        )

    def job(self, video_translation_id: str) -> Job[VideoTranslation]:
        """A handle on a translation from its id alone, in any process.

        Args:
            video_translation_id: The translation.
        """
        return self._job(self._translations, check_id("video_translation_id", video_translation_id))

    def batch_job(self, batch_id: str) -> Job[Batch]:
        """A handle on a batch from its id alone, in any process.

        Args:
            batch_id: The batch.
        """
        return self._job(self._batches, check_id("batch_id", batch_id))


def _ids(video_translation_id: str) -> dict[str, str]:
    return {"video_translation_id": check_id("video_translation_id", video_translation_id)}


def _state(translation: VideoTranslation) -> JobState:
    word = verdict("video translation", translation.status)
    if word is Verdict.DONE and not _has_link(translation):
        # The word comes a moment before the links do.
        word = Verdict.RUNNING
    return JobState(
        status=translation.status, verdict=word, failure_message=translation.failure_message
    )


def _has_link(translation: VideoTranslation) -> bool:
    heard = translation.audio_url if translation.translate_audio_only else None
    return bool(translation.video_url or heard)
