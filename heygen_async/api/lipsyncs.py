"""Lipsyncs: https://developers.heygen.com/reference/create-lipsync."""

from collections.abc import Sequence
from typing import Any, Final, TypeAlias

from heygen_async.api.batches import batch_items, batch_kind
from heygen_async.api.bulk import bulk_query
from heygen_async.api.job import Job, JobKind, JobState
from heygen_async.api.pages import Pager
from heygen_async.api.resource import Resource, Toolbox
from heygen_async.models import (
    Batch,
    BatchItem,
    CreatedBatch,
    CreatedLipsync,
    CreateLipsync,
    CreateLipsyncBatch,
    DeletedLipsync,
    Lipsync,
    StatusEntry,
    UpdateLipsync,
    VideoTranslationStatus,
)
from heygen_async.wire.limits import check_id
from heygen_async.wire.routes import lipsyncs as routes
from heygen_async.wire.statuses import Verdict, verdict

_PAGE_MAX: Final = 100

# Named, because the class below has a method `list`.
Statuses: TypeAlias = list[StatusEntry]


class Lipsyncs(Resource):
    """``heygen.lipsyncs``: videos with another recording, and lips that go with it."""

    def __init__(self, tools: Toolbox) -> None:
        super().__init__(tools)
        self._lipsyncs: JobKind[Lipsync] = JobKind(
            "lipsync",
            read=self.get,
            state=_state,
            bulk=self.list_statuses,
            expected=120.0,
            timeout=4 * 3600.0,
            file="video_url",
            suffix=".mp4",
        )
        self._batches: JobKind[Batch] = batch_kind(self.get_batch, expected=240.0)

    async def create(
        self,
        request: CreateLipsync,
        *,
        idempotency_key: str | None = None,
        extra_body: dict[str, Any] | None = None,
    ) -> Job[Lipsync]:
        """Starts a lipsync: another recording, and lips that go with it.

        Billed by the second of the video; ``precision`` costs twice as much as ``speed``. A request
        that gets no answer is sent again with the same key, so it is never billed twice.

        Args:
            request: The video and the recording; they are uploaded first if need be.
            idempotency_key: Your own key; the same key and body give the same job for 24 h.
            extra_body: Fields that are newer than this library.

        Returns:
            A job that ends when the video can be downloaded.

        Raises:
            InvalidRequestError: A field is wrong, or two contradict. Nothing was sent.
            InsufficientCreditError: The balance does not cover it.
            ConcurrencyLimitedError: Too many jobs in flight, for longer than the retry policy
                waits.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/create-lipsync
        """
        created = await self._post(
            routes.LIPSYNCS_CREATE,
            CreatedLipsync,
            request,
            idempotency_key=idempotency_key,
            extra_body=extra_body,
        )
        first = Lipsync(id=created.lipsync_id, status=VideoTranslationStatus.PENDING)
        return self._new_job(self._lipsyncs, created.lipsync_id, first)

    async def get(self, lipsync_id: str) -> Lipsync:
        """Reads a lipsync. Its links are made anew by every read.

        Args:
            lipsync_id: The lipsync.

        Raises:
            NotFoundError: There is no such lipsync.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/get-lipsync
        """
        ids = _ids(lipsync_id)
        return await self._read(routes.LIPSYNCS_GET, Lipsync, ids=ids)

    def list(self, *, limit: int | None = None, max_items: int | None = None) -> Pager[Lipsync]:
        """All lipsyncs of the account.

        Args:
            limit: Per page, 1 to 100; HeyGen's default is 10.
            max_items: Stops an iteration after so many.

        Raises:
            InvalidRequestError: ``limit`` or ``max_items`` is out of bounds.
            HeyGenError: As every call, when the list is read.

        https://developers.heygen.com/reference/list-lipsyncs
        """
        return self._list(
            routes.LIPSYNCS_LIST,
            Lipsync,
            limit=limit,
            most=_PAGE_MAX,
            max_items=max_items,
        )

    async def update(
        self,
        lipsync_id: str,
        *,
        title: str,
        extra_body: dict[str, Any] | None = None,
    ) -> Lipsync:
        """Renames a lipsync.

        Args:
            lipsync_id: The lipsync.
            title: Its new name in the dashboard.
            extra_body: Fields that are newer than this library.

        Returns:
            The lipsync as it is now.

        Raises:
            NotFoundError: There is no such lipsync.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/update-lipsync
        """
        return await self._post(
            routes.LIPSYNCS_UPDATE,
            Lipsync,
            UpdateLipsync(title=title),
            ids=_ids(lipsync_id),
            extra_body=extra_body,
        )

    async def delete(self, lipsync_id: str) -> DeletedLipsync:
        """Deletes a lipsync and its files, for good.

        Args:
            lipsync_id: The lipsync.

        Raises:
            NotFoundError: There is no such lipsync, or not any more.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/delete-lipsync
        """
        return await self._remove(
            routes.LIPSYNCS_DELETE,
            DeletedLipsync,
            ids=_ids(lipsync_id),
            done=DeletedLipsync(id=lipsync_id),
        )

    async def list_statuses(
        self, lipsync_ids: Sequence[str] = (), *, batch_ids: Sequence[str] = ()
    ) -> Statuses:
        """Reads the status words of up to 100 lipsyncs in one call.

        The words are ``queued``, ``processing``, ``completed`` and ``failed``, other than those
        of a single read.

        Args:
            lipsync_ids: Lipsyncs.
            batch_ids: Batches; each stands for all of its lipsyncs.

        Returns:
            One entry per lipsync, which has its id in ``video_id``; ``not_found`` for those
            that HeyGen does not know.

        Raises:
            InvalidRequestError: No id, or more than 100.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/list-lipsync-statuses
        """
        query = bulk_query(lipsync_ids=lipsync_ids, batch_ids=batch_ids)
        return await self._read(routes.LIPSYNCS_LIST_STATUSES, Statuses, query=query)

    async def create_batch(
        self,
        request: CreateLipsyncBatch,
        *,
        idempotency_key: str | None = None,
        extra_body: dict[str, Any] | None = None,
    ) -> Job[Batch]:
        """Starts up to 100 lipsyncs under one id. Each is billed on its own.

        One that cannot be made does not keep the others from being made.

        Args:
            request: The lipsyncs; files in them are uploaded first.
            idempotency_key: Your own key; the same key and body give the same batch for 24 h.
            extra_body: Fields that are newer than this library.

        Returns:
            A job that ends when every item has; it fails only if all of them do. The items tell
            their ids in ``video_id``.

        Raises:
            InvalidRequestError: A field is wrong, or two contradict. Nothing was sent.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/create-lipsync-batch
        """
        created = await self._post(
            routes.LIPSYNCS_CREATE_BATCH,
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

        https://developers.heygen.com/reference/get-lipsync-batch
        """
        ids = {"batch_id": check_id("batch_id", batch_id)}
        return await self._read(routes.LIPSYNCS_GET_BATCH, Batch, ids=ids)

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

        https://developers.heygen.com/reference/get-lipsync-batch
        """
        return batch_items(
            self._tools.sender,
            routes.LIPSYNCS_GET_BATCH,
            batch_id,
            limit=limit,
            max_items=max_items,
        )

    def job(self, lipsync_id: str) -> Job[Lipsync]:
        """A handle on a lipsync from its id alone, in any process.

        Args:
            lipsync_id: The lipsync.
        """
        return self._job(self._lipsyncs, check_id("lipsync_id", lipsync_id))

    def batch_job(self, batch_id: str) -> Job[Batch]:
        """A handle on a batch from its id alone, in any process.

        Args:
            batch_id: The batch.
        """
        return self._job(self._batches, check_id("batch_id", batch_id))


def _ids(lipsync_id: str) -> dict[str, str]:
    return {"lipsync_id": check_id("lipsync_id", lipsync_id)}


def _state(lipsync: Lipsync) -> JobState:
    word = verdict("lipsync", lipsync.status)
    if word is Verdict.DONE and not lipsync.video_url:
        # The word comes a moment before the link does.
        word = Verdict.RUNNING
    return JobState(status=lipsync.status, verdict=word, failure_message=lipsync.failure_message)
