"""The video agent of v1.

Nothing of v1 and v2 is protected by a key.
"""

from typing import Final

from heygen_async.wire.calls import Route
from heygen_async.wire.kinds import Kind

# https://docs.heygen.com/reference/generate-video-agent
V2_VIDEO_AGENT_GENERATE: Final = Route(
    "v2.video_agent.generate",
    "POST",
    "/v1/video_agent/generate",
    Kind.ONCE,
    successor="heygen.video_agents.create",
    capped=True,
)
