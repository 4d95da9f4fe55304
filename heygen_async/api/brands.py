"""Brands: https://developers.heygen.com/reference/create-brand-kit."""

from typing import Any, Final

from heygen_async.api.job import Job, JobKind, JobState
from heygen_async.api.pages import Pager
from heygen_async.api.resource import Resource, Toolbox
from heygen_async.models import (
    BrandGlossary,
    BrandGlossaryItem,
    BrandKit,
    BrandKitItem,
    CreateBrandGlossary,
    CreateBrandKit,
    CreatedBrandKit,
    UpdateBrandGlossary,
    UpdateBrandKit,
)
from heygen_async.wire.limits import check_id
from heygen_async.wire.routes import brands as routes
from heygen_async.wire.statuses import verdict

_KIND: Final = "brand kit"
_PAGE_MAX: Final = 100


class BrandKits(Resource):
    """``heygen.brand_kits``: colours, fonts and logos, for video agents."""

    def __init__(self, tools: Toolbox) -> None:
        super().__init__(tools)
        self._kits: JobKind[BrandKit] = JobKind(
            _KIND, read=self.get, state=_state, expected=45.0, timeout=900.0
        )

    async def create(
        self,
        request: CreateBrandKit,
        *,
        idempotency_key: str | None = None,
        extra_body: dict[str, Any] | None = None,
    ) -> Job[BrandKit]:
        """Imports the logos, colours and fonts of a website, mostly within 2 minutes.

        Args:
            request: The website.
            idempotency_key: Your own key; the same key and body give the same kit for 24 h.
            extra_body: Fields that are newer than this library.

        Returns:
            A job that ends when the import does. Its id can be used at once.

        Raises:
            InvalidRequestError: A field is wrong. Nothing was sent.
            ForbiddenError: The account may not have brand kits.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/create-brand-kit
        """
        created = await self._post(
            routes.BRAND_KITS_CREATE,
            CreatedBrandKit,
            request,
            idempotency_key=idempotency_key,
            extra_body=extra_body,
        )
        first = BrandKit(
            brand_kit_id=created.brand_kit_id, name=request.name or "", status=created.status
        )
        return self._new_job(self._kits, created.brand_kit_id, first)

    def list(
        self, *, limit: int | None = None, max_items: int | None = None
    ) -> Pager[BrandKitItem]:
        """The brand kits of the workspace, and those that others share with it.

        Args:
            limit: Kits per page, 1 to 100; 20 when left out.
            max_items: Stops an iteration after so many.

        Raises:
            InvalidRequestError: ``limit`` is out of bounds.
            HeyGenError: As every call, when a page is read.

        https://developers.heygen.com/reference/list-brand-kits
        """
        return self._list(
            routes.BRAND_KITS_LIST, BrandKitItem, limit=limit, most=_PAGE_MAX, max_items=max_items
        )

    async def get(self, brand_kit_id: str) -> BrandKit:
        """Reads a brand kit. While it is ``loading`` all but its id may still change.

        Args:
            brand_kit_id: The kit.

        Raises:
            NotFoundError: There is no such kit.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/get-brand-kit
        """
        ids = {"brand_kit_id": check_id("brand_kit_id", brand_kit_id)}
        return await self._read(routes.BRAND_KITS_GET, BrandKit, ids=ids)

    async def update(
        self,
        brand_kit_id: str,
        *,
        request: UpdateBrandKit,
        extra_body: dict[str, Any] | None = None,
    ) -> BrandKit:
        """Renames a brand kit, or gives its colours, logos and fonts other parts.

        Args:
            brand_kit_id: The kit.
            request: What changes.
            extra_body: Fields that are newer than this library.

        Raises:
            InvalidRequestError: Nothing changes, or a field is wrong. Nothing was sent.
            ConflictError: Its import has not ended well, so that only its name can change.
            ForbiddenError: The kit belongs to another workspace.
            NotFoundError: There is no such kit.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/update-brand-kit
        """
        return await self._post(
            routes.BRAND_KITS_UPDATE,
            BrandKit,
            request,
            ids={"brand_kit_id": check_id("brand_kit_id", brand_kit_id)},
            extra_body=extra_body,
        )

    async def delete(self, brand_kit_id: str) -> None:
        """Deletes a brand kit for good, with its colours, logos and fonts. Videos stay.

        Args:
            brand_kit_id: The kit.

        Raises:
            ForbiddenError: The kit belongs to another workspace.
            NotFoundError: There is no such kit.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/delete-brand-kit
        """
        ids = {"brand_kit_id": check_id("brand_kit_id", brand_kit_id)}
        await self._remove(routes.BRAND_KITS_DELETE, CreatedBrandKit, ids=ids, done=None)

    def job(self, brand_kit_id: str) -> Job[BrandKit]:
        """A handle on an import from the kit's id alone, in any process.

        Args:
            brand_kit_id: The kit.
        """
        return self._job(self._kits, check_id("brand_kit_id", brand_kit_id))


def _state(kit: BrandKit) -> JobState:
    return JobState(status=kit.status, verdict=verdict(_KIND, kit.status))


class BrandGlossaries(Resource):
    """``heygen.brand_glossaries``: how a brand's words are said and translated."""

    async def create(
        self,
        request: CreateBrandGlossary,
        *,
        idempotency_key: str | None = None,
        extra_body: dict[str, Any] | None = None,
    ) -> BrandGlossary:
        """Makes a glossary.

        Args:
            request: Its name and its entries.
            idempotency_key: Your own key; the same key and body give the same glossary for 24 h.
            extra_body: Fields that are newer than this library.

        Raises:
            InvalidRequestError: A field is wrong. Nothing was sent.
            ConflictError: There is one of that name, in upper or lower case.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/create-brand-glossary
        """
        return await self._post(
            routes.BRAND_GLOSSARIES_CREATE,
            BrandGlossary,
            request,
            idempotency_key=idempotency_key,
            extra_body=extra_body,
        )

    def list(
        self, *, limit: int | None = None, max_items: int | None = None
    ) -> Pager[BrandGlossaryItem]:
        """The glossaries of the workspace, without their entries.

        Args:
            limit: Glossaries per page, 1 to 100; 10 when left out.
            max_items: Stops an iteration after so many.

        Raises:
            InvalidRequestError: ``limit`` is out of bounds.
            HeyGenError: As every call, when a page is read.

        https://developers.heygen.com/reference/list-brand-glossaries
        """
        return self._list(
            routes.BRAND_GLOSSARIES_LIST,
            BrandGlossaryItem,
            limit=limit,
            most=_PAGE_MAX,
            max_items=max_items,
        )

    async def get(self, brand_glossary_id: str) -> BrandGlossary:
        """Reads a glossary with all of its entries.

        Args:
            brand_glossary_id: The glossary.

        Raises:
            NotFoundError: There is no such glossary.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/get-brand-glossary
        """
        ids = {"brand_glossary_id": check_id("brand_glossary_id", brand_glossary_id)}
        return await self._read(routes.BRAND_GLOSSARIES_GET, BrandGlossary, ids=ids)

    async def update(
        self,
        brand_glossary_id: str,
        *,
        request: UpdateBrandGlossary,
        extra_body: dict[str, Any] | None = None,
    ) -> BrandGlossary:
        """Renames a glossary, or replaces lists of entries as a whole.

        Args:
            brand_glossary_id: The glossary.
            request: What changes.
            extra_body: Fields that are newer than this library.

        Raises:
            InvalidRequestError: Nothing changes, or a field is wrong. Nothing was sent.
            ConflictError: There is another one of that name.
            NotFoundError: There is no such glossary.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/update-brand-glossary
        """
        return await self._post(
            routes.BRAND_GLOSSARIES_UPDATE,
            BrandGlossary,
            request,
            ids={"brand_glossary_id": check_id("brand_glossary_id", brand_glossary_id)},
            extra_body=extra_body,
        )

    async def delete(self, brand_glossary_id: str) -> None:
        """Deletes a glossary for good. Videos and translations stay as they are.

        Args:
            brand_glossary_id: The glossary.

        Raises:
            NotFoundError: There is no such glossary.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/delete-brand-glossary
        """
        ids = {"brand_glossary_id": check_id("brand_glossary_id", brand_glossary_id)}
        await self._remove(routes.BRAND_GLOSSARIES_DELETE, BrandGlossaryItem, ids=ids, done=None)
