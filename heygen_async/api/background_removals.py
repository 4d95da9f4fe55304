"""Background removals: https://developers.heygen.com/reference/create-background-removal."""

from typing import Any

import msgspec

from heygen_async.api.job import Job, JobKind, JobState
from heygen_async.api.pages import Pager
from heygen_async.api.resource import Resource, Toolbox
from heygen_async.models import (
    BackgroundRemoval,
    CreateBackgroundRemoval,
    DeletedBackgroundRemoval,
)
from heygen_async.wire.limits import check_id
from heygen_async.wire.routes import background_removals as routes
from heygen_async.wire.statuses import Verdict, verdict


class BackgroundRemovals(Resource):
    """``heygen.background_removals``: who is in a video, apart from what is behind."""

    def __init__(self, tools: Toolbox) -> None:
        super().__init__(tools)
        self._removals: JobKind[BackgroundRemoval] = JobKind(
            "background removal",
            read=self.get,
            state=_state,
            expected=90.0,
            timeout=2 * 3600.0,
            file="layers.foreground",
            suffix=".webm",
        )

    async def create(
        self, request: CreateBackgroundRemoval, *, extra_body: dict[str, Any] | None = None
    ) -> Job[BackgroundRemoval]:
        """Starts to take a video apart. No public rate is known.

        HeyGen protects this call by ``request_id`` in the body instead of a header. One is made
        when you give none, so a request that gets no answer is sent again and never billed twice.

        Args:
            request: The video, and which layers are wanted. A local file is uploaded first.
            extra_body: Fields that are newer than this library.

        Returns:
            A job that ends when the layers can be downloaded. ``download`` fetches the
            foreground, and with ``file="layers.mask"`` the mask.

        Raises:
            InvalidRequestError: A field is wrong. Nothing was sent.
            InsufficientCreditError: The balance does not cover it.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/create-background-removal
        """
        given = (extra_body or {}).get("request_id") or request.request_id
        if given is None:
            given = self._tools.sender.retrier.world.new_id()
            request = msgspec.structs.replace(request, request_id=given)
        created = await self._post(
            routes.BACKGROUND_REMOVALS_CREATE,
            BackgroundRemoval,
            request,
            idempotency_key=str(given),
            extra_body=extra_body,
        )
        return self._new_job(self._removals, created.id, created)

    async def get(self, job_id: str) -> BackgroundRemoval:
        """Reads a job. The links of its layers are made anew by every read.

        Args:
            job_id: The job.

        Raises:
            NotFoundError: There is no such job.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/get-background-removal
        """
        ids = {"job_id": check_id("job_id", job_id)}
        return await self._read(routes.BACKGROUND_REMOVALS_GET, BackgroundRemoval, ids=ids)

    def list(
        self, *, limit: int | None = None, max_items: int | None = None
    ) -> Pager[BackgroundRemoval]:
        """Lists jobs, the newest first.

        Args:
            limit: Jobs per page, 1 to 100; 10 when left out.
            max_items: Stops an iteration after so many.

        Raises:
            InvalidRequestError: ``limit`` or ``max_items`` is out of bounds.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/list-background-removals
        """
        return self._list(
            routes.BACKGROUND_REMOVALS_LIST,
            BackgroundRemoval,
            limit=limit,
            most=100,
            max_items=max_items,
        )

    async def delete(self, job_id: str) -> DeletedBackgroundRemoval:
        """Hides a job.

        Args:
            job_id: The job.

        Raises:
            NotFoundError: There is no such job.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/delete-background-removal
        """
        ids = {"job_id": check_id("job_id", job_id)}
        done = DeletedBackgroundRemoval(id=job_id)
        return await self._remove(
            routes.BACKGROUND_REMOVALS_DELETE, DeletedBackgroundRemoval, ids=ids, done=done
        )

    def job(self, job_id: str) -> Job[BackgroundRemoval]:
        """A handle on a job from its id alone, in any process.

        Args:
            job_id: The job.
        """
        return self._job(self._removals, check_id("job_id", job_id))


def _state(removal: BackgroundRemoval) -> JobState:
    word = verdict("background removal", removal.status)
    if word is Verdict.DONE and not removal.layers:
        # The word comes a moment before the links do.
        word = Verdict.RUNNING
    return JobState(status=removal.status, verdict=word, failure_message=removal.error)
