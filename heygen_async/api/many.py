"""Many files at once: slots in batches, bytes to the storage, one look at them all."""

import asyncio
from collections.abc import Coroutine, Iterable, Iterator
from contextlib import AsyncExitStack
from itertools import islice
from typing import Final, Protocol

import msgspec

from heygen_async.api.job import Job
from heygen_async.errors import (
    HeyGenError,
    InvalidRequestError,
    JobFailedError,
    JobLostError,
    JobTimeoutError,
    LinkExpiredError,
    SourceChangedError,
    UnauthorizedError,
)
from heygen_async.models import (
    Asset,
    AssetStatus,
    AssetUpload,
    AssetUploadBatch,
    Batch,
    CreateAssetUpload,
    CreateAssetUploadBatch,
    FileUpload,
)
from heygen_async.models.files import UploadSource
from heygen_async.transport.sources import Source, open_source
from heygen_async.transport.uploads import Uploads
from heygen_async.wire.limits import (
    ASSET_TYPES,
    DIRECT_TYPES,
    MULTIPART_MAX,
    check_size,
    content_type_of,
)
from heygen_async.wire.statuses import Verdict, verdict

PART: Final = 100
"""Files in one batch."""


class Batches(Protocol):
    """What asks for slots, and completes them: ``heygen.assets``."""

    async def create_upload_batch(self, request: CreateAssetUploadBatch) -> AssetUploadBatch:
        """Asks for slots."""
        ...

    async def complete_upload_batch(self, batch_id: str) -> Job[Batch]:
        """Ends the uploads."""
        ...

    async def get_batch(self, batch_id: str) -> Batch:
        """Reads how far they are."""
        ...


def checked(source: Source, content_type: str | None, *, direct: bool) -> str:
    """The content type to send, if HeyGen takes such a file.

    Raises:
        InvalidRequestError: It does not.
    """
    kind = content_type_of(
        source.head,
        name=source.name,
        declared=content_type,
        allowed=DIRECT_TYPES if direct else ASSET_TYPES,
    )
    check_size(
        source.size,
        name=source.name,
        content_type=kind,
        maximum=None if direct else MULTIPART_MAX,
    )
    if not source.name:
        raise InvalidRequestError("filename", source.name, "must not be empty")
    return kind


def in_parts(files: Iterable[UploadSource]) -> Iterator[list[UploadSource]]:
    """Files in lists of as many as a batch takes.

    Raises:
        InvalidRequestError: It is one file, not many.
    """
    given: object = files
    if isinstance(given, str | bytes | bytearray | memoryview) or hasattr(given, "read"):
        raise InvalidRequestError("files", files, "must be several files; see upload for one")
    left = iter(files)
    while part := list(islice(left, PART)):
        yield part


def failure_of(error: dict[str, msgspec.Raw] | None) -> tuple[str | None, str | None]:
    """Code and message of what a batch or a bulk status says about a failure."""
    words: list[str | None] = []
    for name in ("code", "message"):
        raw = (error or {}).get(name)
        value = None if raw is None else msgspec.json.decode(raw)
        words.append(None if value is None else str(value))
    return words[0], words[1]


class _File:
    """One of the files, on its way."""

    def __init__(self, source: Source, content_type: str) -> None:
        self.source = source
        self.content_type = content_type

    def request(self) -> CreateAssetUpload:
        return CreateAssetUpload(
            filename=self.source.name,
            content_type=self.content_type,
            size_bytes=self.source.size,
        )

    def failed(self, problem: HeyGenError) -> FileUpload:
        return FileUpload(name=self.source.name, error=problem)

    def done(self, asset_id: str) -> FileUpload:
        asset = Asset(
            asset_id=asset_id,
            mime_type=self.content_type,
            size_bytes=self.source.size,
            status=AssetStatus.COMPLETED,
        )
        return FileUpload(name=self.source.name, asset=asset)


async def upload_part(
    batches: Batches,
    uploads: Uploads,
    files: list[UploadSource],
    *,
    title: str | None,
    timeout: float,
) -> list[FileUpload]:
    """Uploads up to 100 files as one batch.

    Args:
        batches: Asks for slots, and completes them.
        uploads: Sends the bytes.
        files: What to send.
        title: Name of the batch.
        timeout: Seconds to wait for it.

    Raises:
        UnauthorizedError: The key does not work.
    """
    results: dict[int, FileUpload] = {}
    async with AsyncExitStack() as stack:
        opened: dict[int, _File] = {}
        for index, file in enumerate(files):
            try:
                source = await stack.enter_async_context(open_source(file))
                opened[index] = _File(source, checked(source, None, direct=True))
            except HeyGenError as problem:
                results[index] = FileUpload(name=_name_of(file), error=problem)
            except Exception as problem:  # noqa: BLE001  the stream's own: no other file's matter
                broken = SourceChangedError(f"{_name_of(file)} cannot be read ({problem})")
                broken.__cause__ = problem
                results[index] = FileUpload(name=_name_of(file), error=broken)
        if opened:
            try:
                sent = await _send(batches, uploads, opened, title=title, timeout=timeout)
            except UnauthorizedError:
                raise
            except HeyGenError as problem:
                sent = {index: each.failed(problem) for index, each in opened.items()}
            results |= sent
    return [results[index] for index in range(len(files))]


def _name_of(file: object) -> str:
    match file:
        case bytes() | bytearray() | memoryview():
            return "upload"
        case _:
            unnamed = "stream" if hasattr(file, "__aiter__") else file
            return str(getattr(file, "name", unnamed)).rpartition("/")[2]


async def _send(
    batches: Batches,
    uploads: Uploads,
    files: dict[int, _File],
    *,
    title: str | None,
    timeout: float,
) -> dict[int, FileUpload]:
    order = list(files)
    request = CreateAssetUploadBatch(files=[files[at].request() for at in order], title=title)
    slots = await batches.create_upload_batch(request)
    results: dict[int, FileUpload] = {}

    async def put(index: int, slot: AssetUpload) -> None:
        file = files[index]
        try:
            ended = await _put(uploads, file, slot)
        except UnauthorizedError:
            raise
        except HeyGenError as problem:
            ended = file.failed(problem)
        if ended is not None:
            results[index] = ended

    await _all([put(index, slot) for index, slot in zip(order, slots.items, strict=False)])
    if len(results) == len(files):
        return results
    outcomes = await _complete(batches, slots.batch_id, timeout)
    for place, index in enumerate(order):
        if index not in results:
            file = files[index]
            outcome = outcomes.get(place, _unheard_of(slots.batch_id))
            results[index] = (
                file.done(slots.items[place].asset_id) if outcome is None else file.failed(outcome)
            )
    return results


def _unheard_of(batch_id: str) -> HeyGenError:
    return JobLostError(
        f"batch {batch_id} says nothing about this file", kind="batch", job_id=batch_id
    )


async def _put(uploads: Uploads, file: _File, slot: AssetUpload) -> FileUpload | None:
    """Sends the bytes; a result only when the batch has nothing more to say about them."""
    try:
        await uploads.put(file.source, slot, content_type=file.content_type)
    except LinkExpiredError:
        # It waited for its turn for longer than the slot lives: it goes alone, with a new one.
        asset = await uploads.direct(file.source, content_type=file.content_type)
        return FileUpload(name=file.source.name, asset=asset)
    return None


async def _all(work: list[Coroutine[None, None, None]]) -> None:
    """Everything at once. What goes wrong ends the rest before it is told."""
    tasks = [asyncio.ensure_future(each) for each in work]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _complete(
    batches: Batches, batch_id: str, timeout: float
) -> dict[int, HeyGenError | None]:
    """Why each file of the batch failed, by its place; None for those that did not."""
    job = await batches.complete_upload_batch(batch_id)
    late: JobTimeoutError | None = None
    try:
        batch = await job.wait(timeout=timeout)
    except JobFailedError:
        batch = await batches.get_batch(batch_id)
    except JobTimeoutError as problem:
        late, batch = problem, await batches.get_batch(batch_id)
    outcomes: dict[int, HeyGenError | None] = {}
    for item in batch.items:
        if verdict("asset", item.status) is Verdict.DONE:
            outcomes[item.item_index] = None
        elif late is not None and item.status in {"queued", "processing"}:
            outcomes[item.item_index] = late
        else:
            code, message = failure_of(item.error)
            outcomes[item.item_index] = JobFailedError(
                kind="asset",
                job_id=item.video_id or batch_id,
                status=item.status,
                failure_code=code,
                failure_message=message,
            )
    return outcomes
