"""``inference.files``: upload once, refer to it by its address."""

import mimetypes
from typing import Any, Final, Literal

from heygen_async.errors import (
    DecodeError,
    InvalidRequestError,
    LinkExpiredError,
    TransferError,
)
from heygen_async.inference_sh import routes
from heygen_async.inference_sh.local import LocalFile, is_media_type
from heygen_async.inference_sh.models import StoredFile
from heygen_async.inference_sh.resource import Resource, read_item
from heygen_async.models import AssetUpload
from heygen_async.models.base import Request
from heygen_async.models.files import UploadSource
from heygen_async.transport.pages import Pager
from heygen_async.transport.sender import Sender
from heygen_async.transport.sources import Source, open_source, reads_once
from heygen_async.transport.uploads import Progress, Uploads
from heygen_async.wire.media_types import sniff

_UNKNOWN_TYPE: Final = "application/octet-stream"


class NewFile(Request):
    """A file that will be sent.

    Attributes:
        uri: Empty: inference.sh gives it.
        filename: Its name.
        content_type: MIME type.
        size: Bytes.
    """

    uri: Literal[""]
    filename: str
    content_type: str
    size: int


class NewFiles(Request):
    """Files that will be sent.

    Attributes:
        files: One each.
        category: Where to keep them.
    """

    files: list[NewFile]
    category: Literal["uploads", "inputs", "outputs", "repos"] | None = None


class Files(Resource):
    """Uploads, reads and deletes files."""

    def __init__(self, sender: Sender) -> None:
        super().__init__(sender)
        self._uploads = Uploads(sender)

    async def upload(
        self,
        file: UploadSource,
        *,
        filename: str | None = None,
        content_type: str | None = None,
        category: Literal["uploads", "inputs", "outputs", "repos"] | None = None,
        progress: Progress | None = None,
    ) -> StoredFile:
        """Uploads a file as a stream, in bounded memory whatever its size.

        The bytes go to the storage, which never sees the key. An attempt that breaks is repeated
        from the beginning.

        Args:
            file: A path, bytes, a seekable file, or an async iterator of bytes. The iterator is
                read once, into a temporary file; a file is read from where it stands, and stays
                open.
            filename: Instead of the name that it has.
            content_type: MIME type; found from the first bytes, or from the name.
            category: Where to keep it; ``uploads`` when left out.
            progress: Called with bytes sent in this attempt, and the size.

        Returns:
            The file; ``uri`` is what an app's input takes.

        Raises:
            InvalidRequestError: The file does not exist, is empty, or a folder, or its type is
                none.
            SourceChangedError: It changed while it was sent.
            TransferError: The storage refuses it.
            HeyGenError: As every call.
        """
        async with open_source(file, name=filename) as source:
            kind = _type_of(source, content_type)
            record = NewFiles(
                files=[NewFile(uri="", filename=source.name, content_type=kind, size=source.size)],
                category=category,
            )
            try:
                return await self._sent(source, record, kind, progress)
            except LinkExpiredError:
                return await self._sent(source, record, kind, progress)

    async def _sent(
        self, source: Source, record: NewFiles, kind: str, progress: Progress | None
    ) -> StoredFile:
        try:
            made = await self._send(routes.FILES_CREATE, list[dict[str, Any]], body=record)
            stored = read_item(StoredFile)(made[0]) if made else StoredFile(id="")
        except DecodeError as problem:
            problem.raw = b""  # the address for the bytes may lie there, and is a secret
            raise
        told = made[0].get("upload_url") if made else None
        if not told or not isinstance(told, str) or not stored.uri:
            raise TransferError(f"inference.sh gave no address for {source.name}")
        # The storage holds the upload to the very type that was declared.
        slot = AssetUpload(
            asset_id=stored.id, upload_url=told, upload_headers={"Content-Type": kind}
        )
        await self._uploads.put(source, slot, content_type=kind, progress=progress)
        return stored

    async def get(self, file_id: str) -> StoredFile:
        """Reads what is kept of a file.

        Args:
            file_id: The file.

        Raises:
            NotFoundError: There is no such file.
            HeyGenError: As every call.
        """
        return await self._send(routes.FILES_GET, StoredFile, ids={"id": file_id})

    async def delete(self, file_id: str) -> None:
        """Deletes a file.

        Args:
            file_id: The file.

        Raises:
            NotFoundError: There is no such file.
            HeyGenError: As every call.
        """
        await self._remove(routes.FILES_DELETE, object, done=None, ids={"id": file_id}, query=None)

    def list(
        self,
        *,
        limit: int | None = None,
        search: str | None = None,
        max_items: int | None = None,
    ) -> Pager[StoredFile]:
        """The files of the account: awaited, the first page; iterated, all.

        Args:
            limit: Files per page, 1 to 100.
            search: Words to look for.
            max_items: Stops an iteration after so many.

        Raises:
            InvalidRequestError: ``limit`` or ``max_items`` is out of bounds.
            HeyGenError: As every call, when a page is read.
        """
        return self._list(
            routes.FILES_LIST,
            read_item(StoredFile),
            limit=limit,
            search=search,
            max_items=max_items,
        )


async def look_at(file: LocalFile) -> None:
    """Refuses a file that cannot be uploaded, and sends nothing.

    A stream is left alone: it can be read once only.

    Raises:
        InvalidRequestError: It does not exist, is empty, or a folder, or its type is none.
    """
    _check_type(file.content_type)
    if not reads_once(file.source):
        async with open_source(file.source, name=file.filename) as source:
            _type_of(source, file.content_type)


def _check_type(declared: str | None) -> None:
    if declared is not None and not is_media_type(declared):
        raise InvalidRequestError("content_type", declared, "must be a MIME type such as image/png")


def _type_of(source: Source, declared: str | None) -> str:
    _check_type(declared)
    if not source.size:
        raise InvalidRequestError("file", source.name, "must not be empty")
    named = mimetypes.guess_type(source.name)[0]
    return declared or sniff(source.head) or named or _UNKNOWN_TYPE
