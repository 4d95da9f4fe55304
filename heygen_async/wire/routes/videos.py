"""Videos."""

from typing import Final

from heygen_async.wire.calls import Route
from heygen_async.wire.kinds import Kind

# https://developers.heygen.com/reference/create-video
VIDEOS_CREATE: Final = Route("videos.create", "POST", "/v3/videos", Kind.KEYED, capped=True)
VIDEOS_GET: Final = Route("videos.get", "GET", "/v3/videos/{video_id}", Kind.READ)
VIDEOS_LIST: Final = Route("videos.list", "GET", "/v3/videos", Kind.READ)
VIDEOS_DELETE: Final = Route("videos.delete", "DELETE", "/v3/videos/{video_id}", Kind.IDEMPOTENT)
VIDEOS_GET_SCENES: Final = Route(
    "videos.get_scenes", "GET", "/v3/videos/{video_id}/scenes", Kind.READ
)
VIDEOS_LIST_STATUSES: Final = Route("videos.list_statuses", "GET", "/v3/videos/statuses", Kind.READ)

# https://developers.heygen.com/reference/create-video-batch
VIDEOS_CREATE_BATCH: Final = Route("videos.create_batch", "POST", "/v3/videos/batches", Kind.KEYED)
VIDEOS_GET_BATCH: Final = Route(
    "videos.get_batch", "GET", "/v3/videos/batches/{batch_id}", Kind.READ
)
