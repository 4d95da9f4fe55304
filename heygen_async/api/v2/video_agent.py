"""The video agent of v1: https://docs.heygen.com/reference/generate-video-agent."""

from typing import Any

from heygen_async.api.job import Job
from heygen_async.api.resource import Resource, Toolbox
from heygen_async.api.v2.videos import LegacyVideos
from heygen_async.models.v2 import GenerateFromPrompt, LegacyVideoDetail, PromptedVideo
from heygen_async.wire.arguments import must_be
from heygen_async.wire.routes.v2 import video_agent as routes


class LegacyVideoAgent(Resource):
    """``heygen.v2.video_agent``: a prompt in, a video out.

    Args:
        tools: What the resources share.
        videos: Waits for what is made, so that all videos share the looks.
    """

    def __init__(self, tools: Toolbox, videos: LegacyVideos) -> None:
        super().__init__(tools)
        self._videos = videos

    async def generate(
        self, request: GenerateFromPrompt, *, extra_body: dict[str, Any] | None = None
    ) -> Job[LegacyVideoDetail]:
        """Starts a video from a prompt.

        Args:
            request: The prompt, and what the agent shall not choose by itself.
            extra_body: Fields that are newer than this library.

        Returns:
            A job that ends when the video can be downloaded.

        Raises:
            InvalidRequestError: A field is wrong, or one lacks another. Nothing was sent.
            OutcomeUnknownError: It was sent and not answered: it may be billed.
            HeyGenError: As every call.

        Deprecated: use ``heygen.video_agents.create``.

        https://docs.heygen.com/reference/generate-video-agent
        """
        must_be(request, GenerateFromPrompt)
        reply = await self._post(
            routes.V2_VIDEO_AGENT_GENERATE, PromptedVideo, request, extra_body=extra_body
        )
        return self._new_job(self._videos.detail_kind, reply.video_id)
