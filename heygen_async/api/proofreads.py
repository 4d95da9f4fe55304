"""Proofreads: https://developers.heygen.com/reference/create-proofread."""

from abc import abstractmethod
from typing import Any

from heygen_async.api.job import Job, JobKind, JobState
from heygen_async.api.languages import TranslationJobs
from heygen_async.api.resource import Resource, Toolbox
from heygen_async.models import (
    CreatedProofreads,
    CreateProofread,
    GeneratedFromProofread,
    GenerateFromProofread,
    Proofread,
    ProofreadSrt,
    UpdateProofreadSrt,
    VideoTranslation,
)
from heygen_async.models.files import LinkedFile
from heygen_async.wire.limits import check_id
from heygen_async.wire.routes import translations as routes
from heygen_async.wire.statuses import verdict


class Proofreads(Resource):
    """What ``heygen.translations`` offers for subtitles that are corrected before the render."""

    def __init__(self, tools: Toolbox) -> None:
        super().__init__(tools)
        self._proofreads: JobKind[Proofread] = JobKind(
            "proofread",
            read=self.get_proofread,
            state=_state,
            expected=60.0,
            timeout=2 * 3600.0,
        )

    async def create_proofread(
        self,
        request: CreateProofread,
        *,
        idempotency_key: str | None = None,
        extra_body: dict[str, Any] | None = None,
    ) -> TranslationJobs[Proofread]:
        """Writes the subtitles of a translation, without rendering it. Enterprise only.

        Once a proofread is completed, ``get_proofread_srt`` tells where its subtitles are,
        ``update_proofread_srt`` replaces them, and ``generate_from_proofread`` renders the video.

        Args:
            request: The source and the languages; files in it are uploaded first.
            idempotency_key: Your own key; the same key and body give the same jobs for 24 h.
            extra_body: Fields that are newer than this library.

        Returns:
            One job per language, each of which ends when its subtitles can be read.

        Raises:
            InvalidRequestError: A field is wrong, or two contradict. Nothing was sent.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/create-proofread
        """
        created = await self._post(
            routes.TRANSLATIONS_CREATE_PROOFREAD,
            CreatedProofreads,
            request,
            idempotency_key=idempotency_key,
            extra_body=extra_body,
        )
        jobs = [
            self._new_job(self._proofreads, each, Proofread(id=each, status=created.status))
            for each in created.proofread_ids
        ]
        return TranslationJobs(request.output_languages, jobs)

    async def get_proofread(self, proofread_id: str) -> Proofread:
        """Reads how far a proofread is.

        Args:
            proofread_id: The proofread of one language.

        Raises:
            NotFoundError: There is no such proofread.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/get-proofread
        """
        ids = _ids(proofread_id)
        return await self._read(routes.TRANSLATIONS_GET_PROOFREAD, Proofread, ids=ids)

    async def get_proofread_srt(self, proofread_id: str) -> ProofreadSrt:
        """Tells where the subtitles of a completed proofread are.

        Args:
            proofread_id: The proofread.

        Returns:
            Presigned, short-lived links to SRT files.

        Raises:
            BadRequestError: The proofread is not completed.
            NotFoundError: There is no such proofread.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/get-proofread-srt
        """
        ids = _ids(proofread_id)
        return await self._read(routes.TRANSLATIONS_GET_PROOFREAD_SRT, ProofreadSrt, ids=ids)

    async def update_proofread_srt(
        self, proofread_id: str, *, srt: LinkedFile, extra_body: dict[str, Any] | None = None
    ) -> Proofread:
        """Replaces the subtitles of a proofread with corrected ones.

        Args:
            proofread_id: The proofread.
            srt: An SRT file: a path, bytes, a stream, an asset's id or a public address.
            extra_body: Fields that are newer than this library.

        Returns:
            The proofread as it is now.

        Raises:
            InvalidRequestError: It is no SRT. Nothing was sent.
            NotFoundError: There is no such proofread.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/update-proofread-srt
        """
        return await self._post(
            routes.TRANSLATIONS_UPDATE_PROOFREAD_SRT,
            Proofread,
            UpdateProofreadSrt(srt=srt),
            ids=_ids(proofread_id),
            extra_body=extra_body,
        )

    async def generate_from_proofread(
        self,
        proofread_id: str,
        *,
        request: GenerateFromProofread | None = None,
        idempotency_key: str | None = None,
        extra_body: dict[str, Any] | None = None,
    ) -> Job[VideoTranslation]:
        """Renders the translation with the subtitles of a completed proofread.

        Billed by the second of the video, as a translation of the same mode.

        Args:
            proofread_id: The proofread.
            request: How to render it; HeyGen's defaults when left out.
            idempotency_key: Your own key; the same key and body give the same job for 24 h.
            extra_body: Fields that are newer than this library.

        Returns:
            A job that ends when the video can be downloaded.

        Raises:
            InvalidRequestError: A field is wrong. Nothing was sent.
            InsufficientCreditError: The balance does not cover it.
            NotFoundError: There is no such proofread.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/generate-from-proofread
        """
        started = await self._post(
            routes.TRANSLATIONS_GENERATE_FROM_PROOFREAD,
            GeneratedFromProofread,
            request or GenerateFromProofread(),
            ids=_ids(proofread_id),
            idempotency_key=idempotency_key,
            extra_body=extra_body,
        )
        return self._started(started.video_translation_id)

    def proofread_job(self, proofread_id: str) -> Job[Proofread]:
        """A handle on a proofread from its id alone, in any process.

        Args:
            proofread_id: The proofread of one language.
        """
        return self._job(self._proofreads, check_id("proofread_id", proofread_id))

    @abstractmethod
    def _started(self, translation_id: str) -> Job[VideoTranslation]:
        """A handle on a translation that was made just now."""


def _ids(proofread_id: str) -> dict[str, str]:
    return {"proofread_id": check_id("proofread_id", proofread_id)}


def _state(proofread: Proofread) -> JobState:
    return JobState(
        status=proofread.status,
        verdict=verdict("proofread", proofread.status),
        failure_message=proofread.failure_message,
    )
