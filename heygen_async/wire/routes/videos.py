"""Videos."""

from typing import Final

from heygen_async.wire.calls import Route
from heygen_async.wire.kinds import Kind

# https://developers.heygen.com/reference/create-video
VIDEOS_CREATE: Final = Route("videos.create", "POST", "/v3/videos", Kind.KEYED)
VIDEOS_GET: Final = Route("videos.get", "GET", "/v3/videos/{video_id}", Kind.READ)
VIDEOS_LIST_STATUSES: Final = Route("videos.list_statuses", "GET", "/v3/videos/statuses", Kind.READ)
