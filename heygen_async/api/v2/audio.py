"""Speech of v1: https://docs.heygen.com/reference/text-to-speech."""

from typing import Any, Literal

from heygen_async.api.pages import Pager
from heygen_async.api.v2.paging import LegacyResource
from heygen_async.models import CreateSpeech, Speech, Voice
from heygen_async.wire.arguments import must_be, one_of
from heygen_async.wire.routes.v2 import audio as routes


class LegacyAudio(LegacyResource):
    """``heygen.v2.audio``: texts spoken at once. It takes and gives what ``heygen.voices`` does."""

    def list_voices(
        self,
        *,
        type: Literal["public", "private"] | None = None,  # noqa: A002  the vendor's word
        language: str | None = None,
        gender: str | None = None,
        limit: int | None = None,
        max_items: int | None = None,
    ) -> Pager[Voice]:
        """Voices that texts can be spoken with; not every voice of a video is one.

        Args:
            type: The shared library (when left out), or your own clones.
            language: Such as ``English``.
            gender: ``male`` or ``female``.
            limit: Voices per page, 1 to 100; 20 when left out.
            max_items: Stops an iteration after so many.

        Raises:
            InvalidRequestError: ``limit`` is out of bounds.
            HeyGenError: As every call, when a page is read.

        Deprecated: use ``heygen.voices.list``.

        https://docs.heygen.com/reference/list-audio-voices
        """
        one_of("type", type, ("public", "private"))
        one_of("gender", gender, ("female", "male", "unknown"))
        return self._list(
            routes.V2_AUDIO_LIST_VOICES,
            Voice,
            limit=limit,
            most=100,
            max_items=max_items,
            query={"type": type, "language": language, "gender": gender},
        )

    async def text_to_speech(
        self, request: CreateSpeech, *, extra_body: dict[str, Any] | None = None
    ) -> Speech:
        """Speaks a text.

        Args:
            request: The text, the voice, and how fast.
            extra_body: Fields that are newer than this library.

        Returns:
            The recording's address and length, and when each word is spoken: ``words`` without
            what only marks the beginning and the end. ``heygen.voices.download_speech`` fetches it.

        Raises:
            InvalidRequestError: A field is wrong. Nothing was sent.
            InsufficientCreditError: The balance does not cover it.
            OutcomeUnknownError: It was sent and not answered: it may be billed.
            HeyGenError: As every call.

        Deprecated: use ``heygen.voices.create_speech``.

        https://docs.heygen.com/reference/text-to-speech
        """
        must_be(request, CreateSpeech)
        return await self._post(
            routes.V2_AUDIO_TEXT_TO_SPEECH, Speech, request, extra_body=extra_body
        )
