"""Files: https://developers.heygen.com/reference/upload-asset."""

from typing import Literal

from heygen_async.api.resource import Resource
from heygen_async.errors import InvalidRequestError
from heygen_async.models import Asset, AssetUpload, CompleteAssetUpload, CreateAssetUpload
from heygen_async.models.files import UploadSource
from heygen_async.transport.sources import Source, open_source
from heygen_async.transport.uploads import Progress
from heygen_async.wire.calls import Call
from heygen_async.wire.encode import encode
from heygen_async.wire.limits import (
    ASSET_TYPES,
    DIRECT_TYPES,
    MULTIPART_MAX,
    check_id,
    check_size,
    content_type_of,
)
from heygen_async.wire.routes import assets as routes


class Assets(Resource):
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

        Up to 32 MiB it goes through the API, above directly to the storage. An attempt that
        breaks is repeated from the beginning; the same bytes are read again.

        Args:
            file: A path, bytes, a seekable file, or an async iterator of bytes. The iterator is
                read once, into a temporary file; a file is read from where it stands, and stays
                open.
            filename: Instead of the name that it has.
            content_type: MIME type; found from the first bytes, with which it has to agree.
            method: ``multipart`` or ``direct`` instead of choosing by size.
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
        async with open_source(file, name=filename) as source:
            direct = method == "direct" or (method == "auto" and source.size > MULTIPART_MAX)
            kind = _checked(source, content_type, direct=direct)
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


def _checked(source: Source, content_type: str | None, *, direct: bool) -> str:
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
