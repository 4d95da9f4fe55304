"""Videos of v2: https://docs.heygen.com/reference/create-an-avatar-video-v2."""

from typing import Any

from heygen_async.api.job import Job, JobKind, JobState
from heygen_async.api.resource import Resource, Toolbox
from heygen_async.models.v2 import GeneratedVideo, GenerateVideo, LegacyVideo, VideoFailure
from heygen_async.wire.limits import check_id
from heygen_async.wire.routes.v2 import videos as routes
from heygen_async.wire.statuses import Verdict, verdict


class LegacyVideos(Resource):
    """``heygen.v2.videos``: videos of one or more scenes."""

    def __init__(self, tools: Toolbox) -> None:
        super().__init__(tools)
        self._videos: JobKind[LegacyVideo] = JobKind(
            "video",
            read=self.get_status,
            state=_state,
            expected=60.0,
            timeout=2 * 3600.0,
            file="video_url",
            suffix=".mp4",
        )

    async def generate(
        self, request: GenerateVideo, *, extra_body: dict[str, Any] | None = None
    ) -> Job[LegacyVideo]:
        """Starts a video. Billed in steps of 30 seconds.

        Args:
            request: 1 to 50 scenes.
            extra_body: Fields that are newer than this library.

        Returns:
            A job that ends when the video can be downloaded.

        Raises:
            InvalidRequestError: A field is wrong, or two contradict. Nothing was sent.
            OutcomeUnknownError: It was sent and not answered: it may be billed.
            HeyGenError: As every call.

        Deprecated: use ``heygen.videos.create``.

        https://docs.heygen.com/reference/create-an-avatar-video-v2
        """
        reply = await self._post(
            routes.V2_VIDEOS_GENERATE, GeneratedVideo, request, extra_body=extra_body
        )
        return self._new_job(self._videos, reply.video_id)

    async def get_status(self, video_id: str) -> LegacyVideo:
        """Reads a video. Its links are signed anew by every read.

        Args:
            video_id: The video.

        Raises:
            APIError: There is no such video, or as every call. It may come with HTTP 200.

        Deprecated: use ``heygen.videos.get``.

        https://docs.heygen.com/reference/video-status
        """
        query = {"video_id": check_id("video_id", video_id)}
        return await self._read(routes.V2_VIDEOS_GET_STATUS, LegacyVideo, query=query)

    def job(self, video_id: str) -> Job[LegacyVideo]:
        """A handle on a video from its id alone, in any process.

        Args:
            video_id: The video.
        """
        return self._job(self._videos, check_id("video_id", video_id))


def _state(video: LegacyVideo) -> JobState:
    word = verdict("video", video.status)
    if word is Verdict.DONE and not video.video_url:
        word = Verdict.RUNNING
    code: str | None = None
    message: str | None = None
    match video.error:
        case VideoFailure() as failure:
            code = None if failure.code is None else str(failure.code)
            message = failure.message or failure.detail
        case str():
            message = video.error
        case None:
            pass
    return JobState(status=video.status, verdict=word, failure_code=code, failure_message=message)
