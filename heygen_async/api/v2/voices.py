"""Voices of v1 and v2: https://docs.heygen.com/reference/list-voices-v2."""

import builtins
from typing import Any

from heygen_async.api.v2.paging import LegacyResource
from heygen_async.models.v2 import (
    LegacyVoice,
    PreviewVoice,
    VoiceLocale,
    VoicePreview,
    VoiceV1,
)
from heygen_async.wire.arguments import must_be
from heygen_async.wire.limits import check_id
from heygen_async.wire.routes.v2 import voices as routes


class LegacyVoices(LegacyResource):
    """``heygen.v2.voices``: who can speak."""

    async def list(self) -> builtins.list[LegacyVoice]:
        """Every voice that v2 knows, your clones too, in one answer of often thousands.

        It may take long: ``heygen.with_options(timeout=120).v2.voices.list()``.

        Raises:
            HeyGenError: As every call.

        Deprecated: use ``heygen.voices.list``.

        https://docs.heygen.com/reference/list-voices-v2
        """
        return await self._all(routes.V2_VOICES_LIST, LegacyVoice)

    async def list_v1(self) -> builtins.list[VoiceV1]:
        """Every voice as v1 describes it, in one answer.

        Raises:
            HeyGenError: As every call.

        Deprecated: use ``heygen.voices.list``.

        https://docs.heygen.com/reference/list-voices-v1
        """
        return await self._all(routes.V2_VOICES_LIST_V1, VoiceV1)

    async def list_locales(self) -> builtins.list[VoiceLocale]:
        """Accents for voices with ``support_locale``.

        Raises:
            HeyGenError: As every call.

        Deprecated: v3 has no equal.

        https://docs.heygen.com/reference/list-all-locales-for-voices
        """
        return await self._all(routes.V2_VOICES_LIST_LOCALES, VoiceLocale)

    async def preview(
        self, request: PreviewVoice, *, extra_body: dict[str, Any] | None = None
    ) -> VoicePreview:
        """Speaks a few words. Costs API credits; only for Enterprise plans.

        Args:
            request: The words, and who says them.
            extra_body: Fields that are newer than this library.

        Returns:
            The recording's address and length. ``heygen.voices.download_speech`` fetches it.

        Raises:
            InvalidRequestError: A field is wrong. Nothing was sent.
            ForbiddenError: The plan does not include it.
            OutcomeUnknownError: It was sent and not answered: it may be billed.
            HeyGenError: As every call.

        Deprecated: use ``heygen.voices.create_speech``.

        https://docs.heygen.com/reference/generate-voice-audio-preview
        """
        must_be(request, PreviewVoice)
        return await self._post(
            routes.V2_VOICES_PREVIEW,
            VoicePreview,
            request,
            ids={"voice_id": check_id("voice_id", request.voice_id)},
            extra_body=extra_body,
        )
