"""Video agents."""

from typing import Final

from heygen_async.wire.calls import Route
from heygen_async.wire.kinds import Kind

# https://developers.heygen.com/reference/create-video-agent-session and the pages beside it
_ROOT: Final = "/v3/video-agents"
_SESSION: Final = f"{_ROOT}/{{session_id}}"

# Billed, and no key protects it.
VIDEO_AGENTS_CREATE: Final = Route("video_agents.create", "POST", _ROOT, Kind.ONCE, capped=True)
VIDEO_AGENTS_LIST: Final = Route("video_agents.list", "GET", _ROOT, Kind.READ)
VIDEO_AGENTS_LIST_STYLES: Final = Route(
    "video_agents.list_styles", "GET", f"{_ROOT}/styles", Kind.READ
)
VIDEO_AGENTS_GET: Final = Route("video_agents.get", "GET", _SESSION, Kind.READ)
# Said twice it may be done, and billed, twice.
VIDEO_AGENTS_SEND_MESSAGE: Final = Route("video_agents.send_message", "POST", _SESSION, Kind.ONCE)
VIDEO_AGENTS_GET_RESOURCE: Final = Route(
    "video_agents.get_resource", "GET", f"{_SESSION}/resources/{{resource_id}}", Kind.READ
)
VIDEO_AGENTS_STOP: Final = Route("video_agents.stop", "POST", f"{_SESSION}/stop", Kind.IDEMPOTENT)
VIDEO_AGENTS_LIST_VIDEOS: Final = Route(
    "video_agents.list_videos", "GET", f"{_SESSION}/videos", Kind.READ
)
