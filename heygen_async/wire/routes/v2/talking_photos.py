"""Talking photos of v1 and v2.

Nothing of v1 and v2 is protected by a key.
"""

from typing import Final

from heygen_async.wire.calls import Host, Route
from heygen_async.wire.kinds import Kind

# https://docs.heygen.com/reference/list-talking-photos and the pages beside it
V2_TALKING_PHOTOS_LIST: Final = Route(
    "v2.talking_photos.list",
    "GET",
    "/v1/talking_photo.list",
    Kind.READ,
    successor="heygen.avatars.list_looks",
)
V2_TALKING_PHOTOS_UPLOAD: Final = Route(
    "v2.talking_photos.upload",
    "POST",
    "/v1/talking_photo",
    Kind.ONCE,
    Host.UPLOAD,
    successor="heygen.avatars.create",
)
V2_TALKING_PHOTOS_DELETE: Final = Route(
    "v2.talking_photos.delete",
    "DELETE",
    "/v2/talking_photo/{talking_photo_id}",
    Kind.IDEMPOTENT,
    successor="heygen.avatars.delete_look",
)
