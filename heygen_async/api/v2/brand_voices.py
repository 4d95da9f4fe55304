"""Brand voices of v1: https://docs.heygen.com/reference/update-brand-voice."""

from typing import Any

from heygen_async.api.pages import Pager
from heygen_async.api.v2.paging import LegacyResource, optional
from heygen_async.models.v2 import BrandVoice, UpdateBrandVoice
from heygen_async.wire.arguments import must_be, yes_or_no
from heygen_async.wire.limits import check_id
from heygen_async.wire.routes.v2 import brand_voices as routes


class BrandVoices(LegacyResource):
    """``heygen.v2.brand_voices``: how a brand sounds; they are made in HeyGen's own pages."""

    def list(
        self,
        *,
        name_only: bool | None = None,
        limit: int | None = None,
        max_items: int | None = None,
    ) -> Pager[BrandVoice]:
        """Brand voices, page by page.

        Args:
            name_only: Leave out all but ids and names.
            limit: Brand voices per page, 1 to 100; 100 when left out.
            max_items: Stops an iteration after so many.

        Raises:
            InvalidRequestError: ``limit`` is out of bounds.
            HeyGenError: As every call, when a page is read.

        Deprecated: use ``heygen.brand_glossaries.list``.

        https://docs.heygen.com/reference/list-brand-voices
        """
        yes_or_no("name_only", name_only)
        return self._list(
            routes.V2_BRAND_VOICES_LIST,
            BrandVoice,
            limit=limit,
            most=100,
            max_items=max_items,
            query={"name_only": name_only},
        )

    async def update(
        self,
        brand_voice_id: str,
        *,
        request: UpdateBrandVoice,
        extra_body: dict[str, Any] | None = None,
    ) -> BrandVoice | None:
        """Changes a brand voice.

        Args:
            brand_voice_id: The brand voice.
            request: What changes; a list takes the place of the whole list before.
            extra_body: Fields that are newer than this library.

        Returns:
            The brand voice, if HeyGen shows it.

        Raises:
            InvalidRequestError: Nothing changes, or a field is wrong. Nothing was sent.
            OutcomeUnknownError: It was sent and not answered.
            APIError: There is no such brand voice, or as every call.

        Deprecated: use ``heygen.brand_glossaries.update``.

        https://docs.heygen.com/reference/update-brand-voice
        """
        must_be(request, UpdateBrandVoice)
        return await self._post(
            routes.V2_BRAND_VOICES_UPDATE,
            optional(BrandVoice),
            request,
            ids={"brand_voice_id": check_id("brand_voice_id", brand_voice_id)},
            extra_body=extra_body,
        )
