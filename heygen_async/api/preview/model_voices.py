"""Voices of HeyGen's speech model: https://developers.heygen.com/reference/create-model-audio-voice."""

from typing import Any, Final

from heygen_async.api.job import Job, JobKind, JobState
from heygen_async.api.pages import Pager
from heygen_async.api.resource import Resource, Toolbox
from heygen_async.models.preview import (
    CreatedModelVoice,
    CreateModelVoice,
    DeletedModelVoice,
    InstantVoice,
    ModelVoice,
)
from heygen_async.wire.limits import check_id
from heygen_async.wire.routes import preview as routes
from heygen_async.wire.statuses import verdict

_KIND: Final = "model voice"


class ModelVoices(Resource):
    """``heygen.preview.model_voices``: voices that speak with HeyGen's own model."""

    def __init__(self, tools: Toolbox) -> None:
        super().__init__(tools)
        self._trained: JobKind[ModelVoice] = JobKind(
            _KIND, read=self.get, state=_state, expected=1800.0, timeout=24 * 3600.0
        )
        # Of the same name, and so with the same words; only much faster.
        self._copied: JobKind[ModelVoice] = JobKind(
            _KIND, read=self.get, state=_state, expected=15.0, timeout=1800.0
        )

    async def create(
        self,
        request: CreateModelVoice,
        *,
        idempotency_key: str | None = None,
        extra_body: dict[str, Any] | None = None,
    ) -> Job[ModelVoice]:
        """Starts a voice, or trains a professional one again. Files in it are uploaded first.

        A professional voice takes a slot of the account, which allows 5 trainings a month; those
        that fail do not count. An instant voice is free during the preview.

        Args:
            request: ``ProfessionalVoice`` or ``InstantVoice``.
            idempotency_key: Your own key; the same key and body give the same voice for 24 h.
            extra_body: Fields that are newer than this library.

        Returns:
            A job that ends when the voice can speak.

        Raises:
            InvalidRequestError: A new professional voice without a name or a language. Nothing
                was sent.
            BadRequestError: Less than 20 minutes of audio, or no slot is free.
            NotFoundError: There is no voice to train again.
            ConflictError: That voice is being trained now.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/create-model-audio-voice
        """
        created = await self._post(
            routes.PREVIEW_VOICES_CREATE,
            CreatedModelVoice,
            request,
            idempotency_key=idempotency_key,
            extra_body=extra_body,
        )
        kind = self._copied if isinstance(request, InstantVoice) else self._trained
        return self._new_job(kind, created.voice_id)

    def list(self, *, limit: int | None = None, max_items: int | None = None) -> Pager[ModelVoice]:
        """The account's voices, newest first: ``await`` the first page, or iterate over all.

        Args:
            limit: Voices per page, 1 to 100; 10 when left out.
            max_items: Stops an iteration after so many.

        Raises:
            InvalidRequestError: ``limit`` is out of bounds.
            HeyGenError: As every call, when a page is read.

        https://developers.heygen.com/reference/list-model-audio-voices
        """
        return self._list(
            routes.PREVIEW_VOICES_LIST, ModelVoice, limit=limit, most=100, max_items=max_items
        )

    async def get(self, voice_id: str) -> ModelVoice:
        """Reads a voice of the account.

        Args:
            voice_id: The voice.

        Raises:
            NotFoundError: There is no such voice.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/get-model-audio-voice
        """
        ids = {"voice_id": check_id("voice_id", voice_id)}
        return await self._read(routes.PREVIEW_VOICES_GET, ModelVoice, ids=ids)

    async def delete(self, voice_id: str) -> DeletedModelVoice:
        """Deletes a voice. Deleting it again is no error.

        Args:
            voice_id: The voice.

        Raises:
            NotFoundError: There never was such a voice.
            ConflictError: It is being trained: wait until that has ended.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/delete-model-audio-voice
        """
        ids = {"voice_id": check_id("voice_id", voice_id)}
        return await self._read(routes.PREVIEW_VOICES_DELETE, DeletedModelVoice, ids=ids)

    def job(self, voice_id: str) -> Job[ModelVoice]:
        """A handle on a voice from its id alone, in any process.

        Args:
            voice_id: The voice.
        """
        return self._job(self._trained, check_id("voice_id", voice_id))


def _state(voice: ModelVoice) -> JobState:
    return JobState(
        status=voice.status,
        verdict=verdict(_KIND, voice.status),
        failure_code=voice.failure_reason,
    )
