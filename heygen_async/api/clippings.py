"""AI clipping: https://developers.heygen.com/reference/create-ai-clipping."""

from typing import Any

from heygen_async.api.job import Job, JobKind, JobState
from heygen_async.api.pages import Pager
from heygen_async.api.resource import Resource, Toolbox
from heygen_async.models import (
    Clipping,
    ClippingStatus,
    CreateClipping,
    CreatedClipping,
    DeletedClipping,
)
from heygen_async.wire.limits import check_id
from heygen_async.wire.routes import clippings as routes
from heygen_async.wire.statuses import Verdict, verdict


class Clippings(Resource):
    """``heygen.clippings``: short clips out of a long video."""

    def __init__(self, tools: Toolbox) -> None:
        super().__init__(tools)
        self._clippings: JobKind[Clipping] = JobKind(
            "clipping",
            read=self.get,
            state=_state,
            expected=180.0,
            timeout=4 * 3600.0,
            file="clips.0.video_url",
            suffix=".mp4",
        )

    async def create(
        self,
        request: CreateClipping,
        *,
        idempotency_key: str | None = None,
        extra_body: dict[str, Any] | None = None,
    ) -> Job[Clipping]:
        """Starts to cut clips out of a video. Billed per clip.

        A request that gets no answer is sent again with the same key, so it is never billed twice.

        Args:
            request: The video, and what the clips are like. A local file is uploaded first.
            idempotency_key: Your own key; the same key and body give the same job for 24 h.
            extra_body: Fields that are newer than this library.

        Returns:
            A job that ends when every clip can be downloaded. ``download`` fetches the first
            one, and with ``file="clips.1.video_url"`` the second.

        Raises:
            InvalidRequestError: A field is wrong. Nothing was sent.
            InsufficientCreditError: The balance does not cover it.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/create-ai-clipping
        """
        created = await self._post(
            routes.CLIPPINGS_CREATE,
            CreatedClipping,
            request,
            idempotency_key=idempotency_key,
            extra_body=extra_body,
        )
        first = Clipping(id=created.ai_clipping_id, status=ClippingStatus.PENDING)
        return self._new_job(self._clippings, created.ai_clipping_id, first)

    async def get(self, job_id: str) -> Clipping:
        """Reads a job with its clips. Their links are made anew by every read.

        Args:
            job_id: The job.

        Raises:
            NotFoundError: There is no such job.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/get-ai-clipping
        """
        ids = {"job_id": check_id("job_id", job_id)}
        return await self._read(routes.CLIPPINGS_GET, Clipping, ids=ids)

    def list(self, *, limit: int | None = None, max_items: int | None = None) -> Pager[Clipping]:
        """Lists the workspace's jobs, the newest first, each with its clips.

        Args:
            limit: Jobs per page, 1 to 100; 10 when left out.
            max_items: Stops an iteration after so many.

        Raises:
            InvalidRequestError: ``limit`` or ``max_items`` is out of bounds.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/list-ai-clippings
        """
        return self._list(
            routes.CLIPPINGS_LIST, Clipping, limit=limit, most=100, max_items=max_items
        )

    async def delete(self, job_id: str) -> DeletedClipping:
        """Hides a job and its clips.

        Args:
            job_id: The job.

        Raises:
            NotFoundError: There is no such job.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/delete-ai-clipping
        """
        ids = {"job_id": check_id("job_id", job_id)}
        done = DeletedClipping(id=job_id)
        return await self._remove(routes.CLIPPINGS_DELETE, DeletedClipping, ids=ids, done=done)

    def job(self, job_id: str) -> Job[Clipping]:
        """A handle on a job from its id alone, in any process.

        Args:
            job_id: The job.
        """
        return self._job(self._clippings, check_id("job_id", job_id))


def _state(clipping: Clipping) -> JobState:
    word = verdict("clipping", clipping.status)
    lacking = any(clip.status == "completed" and not clip.video_url for clip in clipping.clips)
    if word is Verdict.DONE and lacking:
        # The word comes a moment before the links do.
        word = Verdict.RUNNING
    return JobState(status=clipping.status, verdict=word, failure_message=clipping.failure_message)
