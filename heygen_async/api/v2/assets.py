"""Files of v1: https://docs.heygen.com/reference/upload-asset."""

from typing import Final, Literal

from heygen_async.api.pages import Pager
from heygen_async.api.v2.paging import LegacyResource
from heygen_async.api.v2.uploading import send_raw
from heygen_async.models.files import UploadSource
from heygen_async.models.v2 import LegacyAsset, UploadedAsset
from heygen_async.transport.uploads import Progress
from heygen_async.wire.arguments import one_of
from heygen_async.wire.calls import Call
from heygen_async.wire.limits import LEGACY_TYPES, check_id
from heygen_async.wire.routes.v2 import assets as routes

_PAGE_MAX: Final = 100
_FILE_TYPES: Final = ("audio", "video", "image")
_RESERVED: Final = frozenset({"list"})


class LegacyAssets(LegacyResource):
    """``heygen.v2.assets``: raw bytes to the upload host, and what lies there."""

    async def upload(
        self,
        file: UploadSource,
        *,
        filename: str | None = None,
        content_type: str | None = None,
        progress: Progress | None = None,
    ) -> UploadedAsset:
        """Uploads a file as a stream.

        Args:
            file: A path, bytes, a seekable file, or an async iterator of bytes.
            filename: For events and errors; v1 is not told it.
            content_type: MIME type; found from the first bytes, with which it has to agree.
            progress: Called with bytes sent in this attempt, and the size.

        Returns:
            The asset; ``image_key`` is what photo avatars take.

        Raises:
            InvalidRequestError: The file does not exist, is empty, a folder, too large (50 MiB,
                videos 100 MiB), or of a type that HeyGen does not take. Nothing was sent.
            OutcomeUnknownError: It was sent and not answered.
            HeyGenError: As every call.

        Deprecated: use ``heygen.assets.upload``.

        https://docs.heygen.com/reference/upload-asset
        """
        return await send_raw(
            self._tools,
            Call(routes.V2_ASSETS_UPLOAD, UploadedAsset),
            file,
            allowed=LEGACY_TYPES,
            filename=filename,
            content_type=content_type,
            progress=progress,
        )

    def list(
        self,
        *,
        folder_id: str | None = None,
        file_type: Literal["audio", "video", "image"] | None = None,
        limit: int | None = None,
        max_items: int | None = None,
    ) -> Pager[LegacyAsset]:
        """The files of the account, page by page.

        Args:
            folder_id: Only those of a folder.
            file_type: Only those of this kind.
            limit: Files per page, 1 to 100.
            max_items: Stops an iteration after so many.

        Raises:
            InvalidRequestError: ``limit`` is out of bounds.
            HeyGenError: As every call, when a page is read.

        Deprecated: use ``heygen.assets.list``.

        https://docs.heygen.com/reference/list-assets
        """
        one_of("file_type", file_type, _FILE_TYPES)
        return self._list(
            routes.V2_ASSETS_LIST,
            LegacyAsset,
            limit=limit,
            most=_PAGE_MAX,
            max_items=max_items,
            query={"folder_id": folder_id, "file_type": file_type},
        )

    async def get(self, asset_id: str) -> LegacyAsset:
        """Reads what HeyGen keeps of a file. That there is such an endpoint is unconfirmed.

        Args:
            asset_id: The asset.

        Raises:
            APIError: There is no such asset, or as every call. It may come with HTTP 200.

        Deprecated: use ``heygen.assets.get``.

        https://docs.heygen.com/reference/list-assets
        """
        ids = {"asset_id": check_id("asset_id", asset_id, reserved=_RESERVED)}
        return await self._read(routes.V2_ASSETS_GET, LegacyAsset, ids=ids)

    async def delete(self, asset_id: str) -> None:
        """Deletes a file for good.

        Args:
            asset_id: The asset.

        Raises:
            APIError: There is no such asset, or as every call. It may come with HTTP 200.
            OutcomeUnknownError: It was sent and not answered.

        Deprecated: use ``heygen.assets.delete``.

        https://docs.heygen.com/reference/delete-asset
        """
        ids = {"asset_id": check_id("asset_id", asset_id)}
        await self._read(routes.V2_ASSETS_DELETE, object, ids=ids)
