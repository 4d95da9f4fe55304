"""Batches of files: https://developers.heygen.com/reference/create-asset-upload-batch."""

from collections.abc import Sequence
from typing import Any, Final, TypeAlias

from heygen_async.api.batches import batch_items, batch_kind
from heygen_async.api.bulk import bulk_query
from heygen_async.api.job import Job, JobKind, JobState
from heygen_async.api.many import failure_of
from heygen_async.api.pages import Pager
from heygen_async.api.resource import Resource, Toolbox
from heygen_async.models import (
    AssetUploadBatch,
    Batch,
    BatchItem,
    CompleteAssetUploadBatch,
    CreateAssetUploadBatch,
    CreatedBatch,
    StatusEntry,
)
from heygen_async.wire.limits import check_id
from heygen_async.wire.routes import assets as routes
from heygen_async.wire.statuses import verdict

_KIND: Final = "asset"

Statuses: TypeAlias = list[StatusEntry]


class AssetBatches(Resource):
    """The part of ``heygen.assets`` that is about many files at once, and how far they are."""

    def __init__(self, tools: Toolbox) -> None:
        super().__init__(tools)
        self._assets: JobKind[StatusEntry] = JobKind(
            _KIND,
            read=self._status,
            state=_state,
            bulk=self.list_statuses,
            expected=3.0,
            timeout=1800.0,
        )
        self._batches: JobKind[Batch] = batch_kind(self.get_batch, expected=5.0, timeout=3600.0)

    async def create_upload_batch(
        self,
        request: CreateAssetUploadBatch,
        *,
        idempotency_key: str | None = None,
        extra_body: dict[str, Any] | None = None,
    ) -> AssetUploadBatch:
        """Asks for up to 100 presigned slots, for bytes that something else will PUT.

        Args:
            request: Name, type and exact size of each file.
            idempotency_key: Your own key; the same key and body give the same batch for 24 h.
            extra_body: Fields that are newer than this library.

        Raises:
            InvalidRequestError: No file, more than 100, or a wrong field. Nothing was sent.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/create-asset-upload-batch
        """
        return await self._post(
            routes.ASSETS_CREATE_UPLOAD_BATCH,
            AssetUploadBatch,
            request,
            idempotency_key=idempotency_key,
            extra_body=extra_body,
        )

    async def complete_upload_batch(
        self, batch_id: str, *, idempotency_key: str | None = None
    ) -> Job[Batch]:
        """Ends the uploads of a batch after their PUTs. Again, it looks at what failed again.

        Args:
            batch_id: Of the slots.
            idempotency_key: Your own key.

        Returns:
            A job that ends when every file was looked at; it fails when none of them is good.

        Raises:
            NotFoundError: There is no such batch.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/complete-asset-upload-batch
        """
        request = CompleteAssetUploadBatch(batch_id=check_id("batch_id", batch_id))
        completed = await self._post(
            routes.ASSETS_COMPLETE_UPLOAD_BATCH,
            CreatedBatch,
            request,
            idempotency_key=idempotency_key,
        )
        return self._new_job(self._batches, completed.batch_id)

    async def get_batch(self, batch_id: str) -> Batch:
        """Reads how far the files of a batch are. Their ids are in ``video_id``.

        Args:
            batch_id: The batch.

        Raises:
            NotFoundError: There is no such batch.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/get-asset-batch
        """
        ids = {"batch_id": check_id("batch_id", batch_id)}
        return await self._read(routes.ASSETS_GET_BATCH, Batch, ids=ids)

    def list_batch_items(
        self, batch_id: str, *, limit: int | None = None, max_items: int | None = None
    ) -> Pager[BatchItem]:
        """The files of a batch, in the order they were submitted.

        Args:
            batch_id: The batch.
            limit: Files per page, 1 to 100.
            max_items: Stops an iteration after so many.

        Raises:
            InvalidRequestError: ``limit`` is out of bounds.
            HeyGenError: As every call, when a page is read.

        https://developers.heygen.com/reference/get-asset-batch
        """
        return batch_items(
            self._tools.sender,
            routes.ASSETS_GET_BATCH,
            batch_id,
            limit=limit,
            max_items=max_items,
        )

    async def list_statuses(
        self, asset_ids: Sequence[str] = (), *, batch_ids: Sequence[str] = ()
    ) -> Statuses:
        """Reads the status words of up to 100 assets in one call.

        Args:
            asset_ids: Assets.
            batch_ids: Batches; each stands for all of its assets.

        Returns:
            One entry per asset, which has its id in ``video_id``; ``not_found`` for those that
            HeyGen does not know.

        Raises:
            InvalidRequestError: No id, or more than 100.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/list-asset-statuses
        """
        query = bulk_query(asset_ids=asset_ids, batch_ids=batch_ids)
        return await self._read(routes.ASSETS_LIST_STATUSES, Statuses, query=query)

    def job(self, asset_id: str) -> Job[StatusEntry]:
        """A handle on HeyGen's look at a direct upload, from the asset's id alone.

        Args:
            asset_id: The asset.
        """
        return self._job(self._assets, check_id("asset_id", asset_id))

    def batch_job(self, batch_id: str) -> Job[Batch]:
        """A handle on a batch of uploads from its id alone, in any process.

        Args:
            batch_id: The batch.
        """
        return self._job(self._batches, check_id("batch_id", batch_id))

    async def _status(self, asset_id: str) -> StatusEntry:
        """One asset has no endpoint that tells its status but this one."""
        entries = await self.list_statuses([asset_id])
        return entries[0] if entries else StatusEntry(status="not_found", video_id=asset_id)


def _state(entry: StatusEntry) -> JobState:
    code, message = failure_of(entry.error)
    return JobState(
        status=entry.status,
        verdict=verdict(_KIND, entry.status),
        failure_code=code,
        failure_message=message,
    )
