"""Videos of v1 and v2.

Nothing of v1 and v2 is protected by a key.
"""

from typing import Final

from heygen_async.wire.calls import Route
from heygen_async.wire.kinds import Kind

# https://docs.heygen.com/reference/create-an-avatar-video-v2
V2_VIDEOS_GENERATE: Final = Route(
    "v2.videos.generate",
    "POST",
    "/v2/video/generate",
    Kind.ONCE,
    successor="heygen.videos.create",
)
V2_VIDEOS_GET_STATUS: Final = Route(
    "v2.videos.get_status",
    "GET",
    "/v1/video_status.get",
    Kind.READ,
    successor="heygen.videos.get",
)
