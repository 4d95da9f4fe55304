"""Files of v1: https://docs.heygen.com/reference/upload-asset."""

from heygen_async.api.resource import Resource
from heygen_async.models.files import UploadSource
from heygen_async.models.v2 import UploadedAsset
from heygen_async.transport.sources import open_source
from heygen_async.transport.uploads import Progress
from heygen_async.wire.calls import Call
from heygen_async.wire.limits import LEGACY_TYPES, check_size, content_type_of
from heygen_async.wire.routes.v2 import assets as routes


class LegacyAssets(Resource):
    """``heygen.v2.assets``: raw bytes to the upload host."""

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
        async with open_source(file, name=filename) as source:
            kind = content_type_of(
                source.head, name=source.name, declared=content_type, allowed=LEGACY_TYPES
            )
            check_size(source.size, name=source.name, content_type=kind)
            call = Call(routes.V2_ASSETS_UPLOAD, UploadedAsset)
            return await self._tools.uploads.raw(call, source, content_type=kind, progress=progress)
