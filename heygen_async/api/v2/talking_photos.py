"""Talking photos of v1 and v2: https://docs.heygen.com/reference/list-talking-photos."""

import builtins

from heygen_async.api.v2.paging import LegacyResource
from heygen_async.api.v2.uploading import send_raw
from heygen_async.models.files import UploadSource
from heygen_async.models.v2 import TalkingPhotoItem, UploadedTalkingPhoto
from heygen_async.transport.uploads import Progress
from heygen_async.wire.calls import Call
from heygen_async.wire.limits import PHOTO_TYPES, check_id
from heygen_async.wire.routes.v2 import talking_photos as routes


class TalkingPhotos(LegacyResource):
    """``heygen.v2.talking_photos``: photos that can talk."""

    async def list(self) -> builtins.list[TalkingPhotoItem]:
        """Every talking photo, in one answer.

        Raises:
            HeyGenError: As every call.

        Deprecated: use ``heygen.avatars.list_looks``.

        https://docs.heygen.com/reference/list-talking-photos
        """
        return await self._all(routes.V2_TALKING_PHOTOS_LIST, TalkingPhotoItem)

    async def upload(
        self,
        file: UploadSource,
        *,
        filename: str | None = None,
        content_type: str | None = None,
        progress: Progress | None = None,
    ) -> UploadedTalkingPhoto:
        """Makes a photo talk: uploads it as a stream.

        Args:
            file: A path, bytes, a seekable file, or an async iterator of bytes: JPEG or PNG.
            filename: For events and errors; v1 is not told it.
            content_type: MIME type; found from the first bytes, with which it has to agree.
            progress: Called with bytes sent in this attempt, and the size.

        Returns:
            Its id is what ``TalkingPhoto`` takes.

        Raises:
            InvalidRequestError: The file does not exist, is empty, a folder, larger than 50 MiB,
                or neither JPEG nor PNG. Nothing was sent.
            OutcomeUnknownError: It was sent and not answered.
            HeyGenError: As every call.

        Deprecated: use ``heygen.avatars.create``.

        https://docs.heygen.com/reference/upload-talking-photo
        """
        return await send_raw(
            self._tools,
            Call(routes.V2_TALKING_PHOTOS_UPLOAD, UploadedTalkingPhoto),
            file,
            allowed=PHOTO_TYPES,
            filename=filename,
            content_type=content_type,
            progress=progress,
        )

    async def delete(self, talking_photo_id: str) -> None:
        """Deletes a talking photo for good.

        Args:
            talking_photo_id: The talking photo.

        Raises:
            NotFoundError: There is no such talking photo, or not any more.
            HeyGenError: As every call.

        Deprecated: use ``heygen.avatars.delete_look``.

        https://docs.heygen.com/reference/delete-talking-photo
        """
        await self._delete(
            routes.V2_TALKING_PHOTOS_DELETE,
            talking_photo_id=check_id("talking_photo_id", talking_photo_id),
        )
