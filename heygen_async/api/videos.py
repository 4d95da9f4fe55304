"""Videos: https://developers.heygen.com/reference/create-video."""

from collections.abc import Sequence
from typing import Any, Final

from heygen_async.api.job import Job, JobKind, JobState
from heygen_async.api.resource import Resource, Toolbox
from heygen_async.errors import InvalidRequestError
from heygen_async.models import (
    AvatarIII,
    AvatarIV,
    AvatarV,
    AvatarVideo,
    CreatedVideo,
    CreateVideo,
    StatusEntry,
    Video,
)
from heygen_async.wire.limits import BULK_STATUS_MAX, check_id
from heygen_async.wire.routes import videos as routes
from heygen_async.wire.statuses import Verdict, verdict


class Videos(Resource):
    """``heygen.videos``: ask for one, wait for it, fetch it."""

    def __init__(self, tools: Toolbox) -> None:
        super().__init__(tools)
        self._videos: JobKind[Video] = JobKind(
            "video",
            read=self.get,
            state=_state,
            bulk=self.list_statuses,
            expected=60.0,
            timeout=2 * 3600.0,
            file="video_url",
            suffix=".mp4",
        )

    async def create(
        self,
        request: CreateVideo,
        *,
        idempotency_key: str | None = None,
        extra_body: dict[str, Any] | None = None,
    ) -> Job[Video]:
        """Starts a video. Billed by the second of the finished video.

        A request that gets no answer is sent again with the same key, so it is never billed twice.

        Args:
            request: ``AvatarVideo`` or ``ImageVideo``.
            idempotency_key: Your own key; the same key and body give the same video for 24 h.
            extra_body: Fields that are newer than this library.

        Returns:
            A job that ends when the video can be downloaded.

        Raises:
            InvalidRequestError: A field is wrong, or two contradict. Nothing was sent.
            InsufficientCreditError: The balance does not cover it.
            ConcurrencyLimitedError: Too many jobs in flight, for longer than the retry policy
                waits.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/create-video
        """
        self._check_engine(request)
        created = await self._post(
            routes.VIDEOS_CREATE,
            CreatedVideo,
            request,
            idempotency_key=idempotency_key,
            extra_body=extra_body,
        )
        first = Video(id=created.video_id, status=created.status)
        return self._new_job(self._videos, created.video_id, first)

    def _check_engine(self, request: CreateVideo) -> None:
        """Refuses an engine that the look does not have, where the look is known."""
        if not isinstance(request, AvatarVideo):
            return
        look = self._tools.looks.get(request.avatar_id)
        engine = _ENGINES.get(type(request.engine), "avatar_iv")
        if look and look.supported_api_engines and engine not in look.supported_api_engines:
            known = ", ".join(look.supported_api_engines)
            raise InvalidRequestError("engine", engine, f"look {look.id} supports {known} only")

    async def get(self, video_id: str) -> Video:
        """Reads a video. Its links are made anew by every read.

        Args:
            video_id: The video.

        Raises:
            NotFoundError: There is no such video.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/get-video
        """
        ids = {"video_id": check_id("video_id", video_id)}
        return await self._read(routes.VIDEOS_GET, Video, ids=ids)

    async def list_statuses(self, video_ids: Sequence[str]) -> list[StatusEntry]:
        """Reads the status words of up to 100 videos in one call.

        Args:
            video_ids: 1 to 100 ids.

        Returns:
            One entry per id; ``not_found`` for those that HeyGen does not know.

        Raises:
            InvalidRequestError: No id, or more than 100.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/list-video-statuses
        """
        if isinstance(video_ids, str) or not 1 <= len(video_ids) <= BULK_STATUS_MAX:
            raise InvalidRequestError("video_ids", len(video_ids), "must be 1 to 100 ids")
        joined = ",".join(check_id("video_ids", video_id) for video_id in video_ids)
        return await self._read(
            routes.VIDEOS_LIST_STATUSES, list[StatusEntry], query={"video_ids": joined}
        )

    def job(self, video_id: str) -> Job[Video]:
        """A handle on a video from its id alone, in any process.

        Args:
            video_id: The video.
        """
        return self._job(self._videos, check_id("video_id", video_id))


_ENGINES: Final[dict[type, str]] = {
    AvatarIII: "avatar_iii",
    AvatarIV: "avatar_iv",
    AvatarV: "avatar_v",
}


def _state(video: Video) -> JobState:
    word = verdict("video", video.status)
    if word is Verdict.DONE and not video.video_url:
        # The word comes a moment before the link does.
        word = Verdict.RUNNING
    return JobState(
        status=video.status,
        verdict=word,
        failure_code=video.failure_code,
        failure_message=video.failure_message,
    )
