"""Files: https://developers.heygen.com/reference/upload-asset."""

from collections.abc import Iterable
from typing import Final, Literal, TypeAlias

from heygen_async.api.asset_batches import AssetBatches
from heygen_async.api.many import checked, in_parts, upload_part
from heygen_async.api.pages import Pager
from heygen_async.errors import InvalidRequestError
from heygen_async.models import (
    Asset,
    AssetDetail,
    AssetUpload,
    CompleteAssetUpload,
    CreateAssetUpload,
    FileUpload,
    FoundAsset,
)
from heygen_async.models.files import UploadSource
from heygen_async.transport.sources import open_source
from heygen_async.transport.uploads import Progress
from heygen_async.wire.calls import Call
from heygen_async.wire.encode import encode
from heygen_async.wire.limits import check_id, goes_direct
from heygen_async.wire.routes import assets as routes

_QUERY_MAX: Final = 1000

Uploads: TypeAlias = list[FileUpload]


class Assets(AssetBatches):
    """``heygen.assets``: upload once, refer to it by id."""

    async def upload(
        self,
        file: UploadSource,
        *,
        filename: str | None = None,
        content_type: str | None = None,
        method: Literal["auto", "multipart", "direct"] = "auto",
        progress: Progress | None = None,
        idempotency_key: str | None = None,
    ) -> Asset:
        """Uploads a file as a stream, in bounded memory whatever its size.

        Up to 32 MiB it goes through the API, above directly to the storage, as zips always do. An
        attempt that breaks is repeated from the beginning; the same bytes are read again. With the
        client's ``dedupe``, a file that is given without a name, type, method or key of your own is
        sent only if its bytes were not sent before.

        Args:
            file: A path, bytes, a seekable file, or an async iterator of bytes. The iterator is
                read once, into a temporary file; a file is read from where it stands, and stays
                open.
            filename: Instead of the name that it has.
            content_type: MIME type; found from the first bytes, with which it has to agree.
            method: ``multipart`` or ``direct`` instead of choosing by size and type.
            progress: Called with bytes sent in this attempt, and the size.
            idempotency_key: Your own key; the same key and bytes give the same asset for 24 h.

        Returns:
            The asset; ``asset_id`` is what other requests take.

        Raises:
            InvalidRequestError: The file does not exist, is empty, a folder, too large, or of a
                type that HeyGen does not take. Nothing was sent.
            SourceChangedError: The file changed while it was sent.
            TransferError: The storage refuses it.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/upload-asset
        """
        shared = self._tools.shared
        plain = (filename, content_type, idempotency_key) == (None, None, None)
        if shared is not None and plain and method == "auto":
            return await shared.asset(file, progress=progress)
        async with open_source(file, name=filename) as source:
            direct = method == "direct" or (
                method == "auto" and goes_direct(source.size, source.head)
            )
            kind = checked(source, content_type, direct=direct)
            send = self._tools.uploads.direct if direct else self._tools.uploads.multipart
            return await send(
                source, content_type=kind, progress=progress, idempotency_key=idempotency_key
            )

    async def create_upload(
        self, request: CreateAssetUpload, *, idempotency_key: str | None = None
    ) -> AssetUpload:
        """Asks for a presigned slot, for bytes that something else will PUT.

        Args:
            request: Name, type and exact size.
            idempotency_key: Your own key.

        Raises:
            HeyGenError: As every call.

        https://developers.heygen.com/reference/create-asset-upload
        """
        return await self._post(
            routes.ASSETS_CREATE_UPLOAD, AssetUpload, request, idempotency_key=idempotency_key
        )

    async def complete_upload(self, asset_id: str, *, checksum_sha256: str | None = None) -> Asset:
        """Ends a direct upload after its PUT. Repeats give the same asset.

        Args:
            asset_id: Of the slot.
            checksum_sha256: SHA-256 of the bytes in hex, to be compared.

        Raises:
            ConflictError: The storage still does not show the bytes.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/complete-asset-upload
        """
        call = Call(
            routes.ASSETS_COMPLETE_UPLOAD,
            Asset,
            ids={"asset_id": check_id("asset_id", asset_id)},
            body=encode(CompleteAssetUpload(checksum_sha256=checksum_sha256)),
        )
        return await self._tools.sender.send(call)

    async def upload_many(
        self, files: Iterable[UploadSource], *, title: str | None = None, timeout: float = 3600.0
    ) -> Uploads:
        """Uploads many files, and waits until HeyGen has looked at all of them.

        They go directly to the storage, in batches of 100, as many at once as the client may
        transfer. A file that fails is told in its result, and the others go on.

        Args:
            files: As for ``upload``; an iterator is drawn from as far as it is needed.
            title: Name of the batches.
            timeout: Seconds to wait for a batch after its bytes have arrived.

        Returns:
            One result per file, in their order: with its asset, or with why there is none.

        Raises:
            UnauthorizedError: The key does not work.

        https://developers.heygen.com/reference/create-asset-upload-batch
        """
        done: list[FileUpload] = []
        for part in in_parts(files):
            done += await upload_part(self, self._tools.uploads, part, title=title, timeout=timeout)
        return done

    def list(
        self,
        *,
        username: str,
        folder_id: str | None = None,
        limit: int | None = None,
        max_items: int | None = None,
    ) -> Pager[AssetDetail]:
        """The files that a member of the workspace uploaded, the newest first. A beta of HeyGen's.

        Args:
            username: Whose files; see ``heygen.users.get_current``.
            folder_id: Only those of a folder; an empty text stands for the root. All, when left
                out.
            limit: Files per page, 1 to 100; 20 when left out.
            max_items: Stops an iteration after so many.

        Raises:
            InvalidRequestError: ``username`` is empty, or ``limit`` out of bounds.
            HeyGenError: As every call, when a page is read.

        https://developers.heygen.com/reference/list-assets
        """
        if not username:
            raise InvalidRequestError("username", username, "must not be empty")
        return self._list(
            routes.ASSETS_LIST,
            AssetDetail,
            limit=limit,
            most=100,
            max_items=max_items,
            query={"username": username, "folder_id": folder_id},
        )

    def search(
        self,
        query: str,
        *,
        type: Literal["image", "icon"],  # noqa: A002  the vendor's word
        scope: Literal["public", "personal"] | None = None,
        limit: int | None = None,
        max_items: int | None = None,
    ) -> Pager[FoundAsset]:
        """Pictures or icons that fit a description, the nearest first.

        Args:
            query: What to look for, in words; 1 to 1,000 characters.
            type: Pictures or icons.
            scope: Everybody's (when left out), or those of your own space.
            limit: Per page, 1 to 50; 20 when left out.
            max_items: Stops an iteration after so many.

        Raises:
            InvalidRequestError: ``query`` or ``limit`` is out of bounds.
            HeyGenError: As every call, when a page is read.

        https://developers.heygen.com/reference/search-assets
        """
        if not 1 <= len(query) <= _QUERY_MAX:
            raise InvalidRequestError("query", query, f"must be 1 to {_QUERY_MAX:,} characters")
        return self._list(
            routes.ASSETS_SEARCH,
            FoundAsset,
            limit=limit,
            most=50,
            max_items=max_items,
            query={"query": query, "type": type, "scope": scope},
        )

    async def get(self, asset_id: str) -> AssetDetail:
        """Reads what HeyGen keeps of an uploaded file.

        Args:
            asset_id: The asset.

        Raises:
            NotFoundError: There is no such asset, or its upload is not completed.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/get-asset
        """
        ids = {"asset_id": check_id("asset_id", asset_id)}
        return await self._read(routes.ASSETS_GET, AssetDetail, ids=ids)

    async def delete(self, asset_id: str) -> None:
        """Deletes an uploaded file for good. Videos that were made with it stay.

        Args:
            asset_id: The asset.

        Raises:
            NotFoundError: There is no such asset.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/delete-asset
        """
        ids = {"asset_id": check_id("asset_id", asset_id)}
        await self._remove(routes.ASSETS_DELETE, AssetDetail, ids=ids, done=None)
        if self._tools.shared is not None:
            self._tools.shared.forget(asset_id)
