"""Voices: https://developers.heygen.com/reference/list-voices."""

import os
from pathlib import Path
from typing import Any, Final, Literal

from heygen_async.api.job import Job, JobKind, JobState
from heygen_async.api.pages import Pager
from heygen_async.api.resource import Resource, Toolbox
from heygen_async.errors import NotFoundError
from heygen_async.models import (
    ClonedVoice,
    CloneVoice,
    CreateSpeech,
    DeletedVoice,
    DesignedVoices,
    DesignVoice,
    Speech,
    Voice,
    VoiceDetail,
    VoiceStatus,
)
from heygen_async.transport.downloads import Progress
from heygen_async.wire.limits import check_id
from heygen_async.wire.routes import voices as routes
from heygen_async.wire.statuses import verdict

_GONE: Final = "voice_not_found"


class Voices(Resource):
    """``heygen.voices``: who can speak, and what they say."""

    def __init__(self, tools: Toolbox) -> None:
        super().__init__(tools)
        self._clones: JobKind[VoiceDetail] = JobKind(
            "voice",
            read=self.get,
            state=_state,
            expected=30.0,
            timeout=2 * 3600.0,
            file="preview_audio_url",
            suffix=".wav",
        )

    def list(
        self,
        *,
        type: Literal["public", "private"] | None = None,  # noqa: A002  the vendor's word
        engine: str | None = None,
        language: str | None = None,
        gender: str | None = None,
        limit: int | None = None,
        max_items: int | None = None,
    ) -> Pager[Voice]:
        """Voices, page by page: ``await`` it for the first page, or iterate over all.

        Args:
            type: The shared library (when left out), or your own clones.
            engine: Only voices that this engine knows, such as ``starfish``.
            language: Such as ``English``.
            gender: ``male`` or ``female``.
            limit: Voices per page, 1 to 100; 20 when left out.
            max_items: Stops an iteration after so many.

        Raises:
            InvalidRequestError: ``limit`` is out of bounds.
            HeyGenError: As every call, when a page is read.

        https://developers.heygen.com/reference/list-voices
        """
        return self._list(
            routes.VOICES_LIST,
            Voice,
            limit=limit,
            most=100,
            max_items=max_items,
            query={"type": type, "engine": engine, "language": language, "gender": gender},
        )

    async def design(
        self, request: DesignVoice, *, extra_body: dict[str, Any] | None = None
    ) -> DesignedVoices:
        """Finds up to three voices that fit a description.

        Args:
            request: What the voice is like. Raise its ``seed`` for the next matches.
            extra_body: Fields that are newer than this library.

        Returns:
            The best matches first.

        Raises:
            InvalidRequestError: A field is wrong. Nothing was sent.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/design-voice
        """
        return await self._post(
            routes.VOICES_DESIGN, DesignedVoices, request, extra_body=extra_body
        )

    async def get(self, voice_id: str) -> VoiceDetail:
        """Reads a voice, with the state of its cloning.

        Args:
            voice_id: The voice.

        Raises:
            NotFoundError: There is no such voice.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/get-voice
        """
        ids = {"voice_id": check_id("voice_id", voice_id)}
        return await self._read(routes.VOICES_GET, VoiceDetail, ids=ids)

    async def delete(self, voice_id: str) -> None:
        """Deletes a clone of yours for good, and frees its slot. One that is gone is no error.

        Args:
            voice_id: The clone.

        Raises:
            ForbiddenError: The voice is not yours, or a template uses it.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/delete-voice
        """
        ids = {"voice_id": check_id("voice_id", voice_id)}
        try:
            await self._read(routes.VOICES_DELETE, DeletedVoice, ids=ids)
        except NotFoundError as problem:
            # An earlier attempt may have deleted it without our hearing of it.
            if problem.code != _GONE:
                raise

    async def clone(
        self, request: CloneVoice, *, extra_body: dict[str, Any] | None = None
    ) -> Job[VoiceDetail]:
        """Starts a voice from a recording. It takes one of the account's slots for clones.

        HeyGen takes no key here, so a request that gets no answer is not sent again.

        Args:
            request: The recording, uploaded by itself, and the name.
            extra_body: Fields that are newer than this library.

        Returns:
            A job that ends when the voice can speak.

        Raises:
            InvalidRequestError: A field is wrong. Nothing was sent.
            BadRequestError: All slots are taken.
            ForbiddenError: The plan has no clones.
            OutcomeUnknownError: Sent, but not answered: look at ``list(type="private")``.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/clone-voice
        """
        created = await self._post(routes.VOICES_CLONE, ClonedVoice, request, extra_body=extra_body)
        voice_id = created.voice_clone_id
        first = VoiceDetail(
            voice_id=voice_id, name=request.voice_name, status=VoiceStatus.PROCESSING
        )
        return self._new_job(self._clones, voice_id, first)

    def job(self, voice_id: str) -> Job[VoiceDetail]:
        """A handle on a clone that is being made, from its id alone.

        Args:
            voice_id: The clone.
        """
        return self._job(self._clones, check_id("voice_id", voice_id))

    async def create_speech(
        self, request: CreateSpeech, *, extra_body: dict[str, Any] | None = None
    ) -> Speech:
        """Speaks a text. Billed by the second of sound.

        HeyGen takes no key here, so a request that gets no answer is not sent again.

        Args:
            request: The text, the voice, and how fast.
            extra_body: Fields that are newer than this library.

        Returns:
            The recording's address and length, and when each word is spoken. Fetch it with
            ``download_speech``.

        Raises:
            InvalidRequestError: A field is wrong. Nothing was sent.
            InsufficientCreditError: The balance does not cover it.
            OutcomeUnknownError: Sent, but not answered; it may have been billed.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/create-speech
        """
        return await self._post(routes.VOICES_CREATE_SPEECH, Speech, request, extra_body=extra_body)

    async def download_speech(
        self,
        speech: Speech,
        *,
        path: str | os.PathLike[str],
        overwrite: bool = False,
        progress: Progress | None = None,
    ) -> Path:
        """Fetches a recording. An interrupted download goes on where it stopped.

        Args:
            speech: From ``create_speech``. HeyGen cannot be asked for its link again, so fetch it
                soon.
            path: The file to make.
            overwrite: Whether a file that is there may be replaced.
            progress: Called with bytes on disk, and the size if it is known.

        Returns:
            The file's path.

        Raises:
            LinkExpiredError: The link does not work any more.
            TargetError: The target exists, cannot be written, or the disk is full.
            TransferError: The bytes do not come.

        https://developers.heygen.com/reference/create-speech
        """

        async def link() -> str:
            return speech.audio_url

        return await self._tools.downloads.fetch(
            link,
            Path(path),
            # The link's signature has no business in a file.
            identity=f"speech {speech.request_id or speech.audio_url.partition('?')[0]}",
            overwrite=overwrite,
            progress=progress,
        )


def _state(voice: VoiceDetail) -> JobState:
    return JobState(
        status=voice.status or "ready",
        verdict=verdict("voice", voice.status),
        failure_message=voice.failure_message,
    )
