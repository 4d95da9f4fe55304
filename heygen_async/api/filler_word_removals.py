"""Filler-word removals: https://developers.heygen.com/reference/create-filler-word-removal."""

from typing import Any

from heygen_async.api.job import Job, JobKind, JobState
from heygen_async.api.resource import Resource, Toolbox
from heygen_async.models import (
    CreatedFillerWordRemoval,
    CreateFillerWordRemoval,
    FillerWordRemoval,
    FillerWordRemovalStatus,
)
from heygen_async.wire.limits import check_id
from heygen_async.wire.routes import filler_word_removals as routes
from heygen_async.wire.statuses import Verdict, verdict


class FillerWordRemovals(Resource):
    """``heygen.filler_word_removals``: a video without its ums and overlong silences."""

    def __init__(self, tools: Toolbox) -> None:
        super().__init__(tools)
        self._removals: JobKind[FillerWordRemoval] = JobKind(
            "filler-word removal",
            read=self.get,
            state=_state,
            expected=90.0,
            timeout=2 * 3600.0,
            file="video_url",
            suffix=".mp4",
        )

    async def create(
        self,
        request: CreateFillerWordRemoval,
        *,
        idempotency_key: str | None = None,
        extra_body: dict[str, Any] | None = None,
    ) -> Job[FillerWordRemoval]:
        """Starts to cut filler words and overlong silences out of a video.

        Billed by the minute of the source, 1 minute at least; paid back when nothing changed.
        There is no review in between.

        Args:
            request: The video. A local file is uploaded first.
            idempotency_key: Your own key; the same key and body give the same job for 24 h.
            extra_body: Fields that are newer than this library.

        Returns:
            A job that ends when the shorter video can be downloaded.

        Raises:
            InvalidRequestError: A field is wrong. Nothing was sent.
            InsufficientCreditError: The balance does not cover it.
            HeyGenError: As every call; also for a video without sound, or one that is too long.

        https://developers.heygen.com/reference/create-filler-word-removal
        """
        created = await self._post(
            routes.FILLER_WORD_REMOVALS_CREATE,
            CreatedFillerWordRemoval,
            request,
            idempotency_key=idempotency_key,
            extra_body=extra_body,
        )
        job_id = created.filler_word_removal_id
        first = FillerWordRemoval(id=job_id, status=FillerWordRemovalStatus.PENDING)
        return self._new_job(self._removals, job_id, first)

    async def get(self, filler_word_removal_id: str) -> FillerWordRemoval:
        """Reads a job. Its links are made anew by every read.

        Args:
            filler_word_removal_id: The job.

        Raises:
            NotFoundError: There is no such job.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/get-filler-word-removal
        """
        name = "filler_word_removal_id"
        ids = {name: check_id(name, filler_word_removal_id)}
        return await self._read(routes.FILLER_WORD_REMOVALS_GET, FillerWordRemoval, ids=ids)

    def job(self, filler_word_removal_id: str) -> Job[FillerWordRemoval]:
        """A handle on a job from its id alone, in any process.

        Args:
            filler_word_removal_id: The job.
        """
        return self._job(self._removals, check_id("filler_word_removal_id", filler_word_removal_id))


def _state(removal: FillerWordRemoval) -> JobState:
    word = verdict("filler-word removal", removal.status)
    if word is Verdict.DONE and not removal.video_url:
        # A completed job always has a video, if not at once.
        word = Verdict.RUNNING
    return JobState(status=removal.status, verdict=word, failure_message=removal.failure_message)
