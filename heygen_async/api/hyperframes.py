"""HyperFrames: https://developers.heygen.com/reference/create-hyperframes-render."""

from typing import Any

from heygen_async.api.job import Job, JobKind, JobState
from heygen_async.api.pages import Pager
from heygen_async.api.resource import Resource, Toolbox
from heygen_async.models import (
    CreatedHyperframesRender,
    CreateHyperframesRender,
    DeletedHyperframesRender,
    HyperframesRender,
    HyperframesStatus,
)
from heygen_async.wire.limits import check_id
from heygen_async.wire.routes import hyperframes as routes
from heygen_async.wire.statuses import Verdict, verdict


class Hyperframes(Resource):
    """``heygen.hyperframes``: videos rendered from a project of HTML."""

    def __init__(self, tools: Toolbox) -> None:
        super().__init__(tools)
        self._renders: JobKind[HyperframesRender] = JobKind(
            "hyperframes render",
            read=self.get,
            state=_state,
            expected=90.0,
            timeout=2 * 3600.0,
            file="video_url",
            suffix=".mp4",
        )

    async def create(
        self,
        request: CreateHyperframesRender,
        *,
        idempotency_key: str | None = None,
        extra_body: dict[str, Any] | None = None,
    ) -> Job[HyperframesRender]:
        """Starts a render. Billed by the minute of the finished video.

        A request that gets no answer is sent again with the same key, so it is never billed twice.

        Args:
            request: The project, and how it is rendered. A local zip is uploaded first.
            idempotency_key: Your own key; the same key and body give the same render for 24 h.
            extra_body: Fields that are newer than this library.

        Returns:
            A job that ends when the video can be downloaded.

        Raises:
            InvalidRequestError: A field is wrong, or two contradict. Nothing was sent.
            InsufficientCreditError: The balance does not cover it.
            HeyGenError: As every call; also for a zip without its HTML, or one that is too large.

        https://developers.heygen.com/reference/create-hyperframes-render
        """
        created = await self._post(
            routes.HYPERFRAMES_CREATE,
            CreatedHyperframesRender,
            request,
            idempotency_key=idempotency_key,
            extra_body=extra_body,
        )
        first = HyperframesRender(
            render_id=created.render_id,
            status=HyperframesStatus.QUEUED,
            format=request.format or "mp4",
            title=request.title,
        )
        return self._new_job(self._renders, created.render_id, first)

    async def get(self, render_id: str) -> HyperframesRender:
        """Reads a render. Its links are made anew by every read.

        Args:
            render_id: The render.

        Raises:
            NotFoundError: There is no such render, or it was deleted.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/get-hyperframes-render
        """
        ids = {"render_id": check_id("render_id", render_id)}
        return await self._read(routes.HYPERFRAMES_GET, HyperframesRender, ids=ids)

    def list(
        self, *, limit: int | None = None, max_items: int | None = None
    ) -> Pager[HyperframesRender]:
        """Lists the account's renders, the newest first.

        Args:
            limit: Renders per page, 1 to 100; 10 when left out.
            max_items: Stops an iteration after so many.

        Raises:
            InvalidRequestError: ``limit`` or ``max_items`` is out of bounds.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/list-hyperframes-renders
        """
        return self._list(
            routes.HYPERFRAMES_LIST, HyperframesRender, limit=limit, most=100, max_items=max_items
        )

    async def delete(self, render_id: str) -> DeletedHyperframesRender:
        """Hides a render.

        Args:
            render_id: The render.

        Raises:
            NotFoundError: There is no such render, or it was deleted already.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/delete-hyperframes-render
        """
        ids = {"render_id": check_id("render_id", render_id)}
        done = DeletedHyperframesRender(render_id=render_id)
        return await self._remove(
            routes.HYPERFRAMES_DELETE, DeletedHyperframesRender, ids=ids, done=done
        )

    def job(self, render_id: str) -> Job[HyperframesRender]:
        """A handle on a render from its id alone, in any process.

        Args:
            render_id: The render.
        """
        return self._job(self._renders, check_id("render_id", render_id))


def _state(render: HyperframesRender) -> JobState:
    word = verdict("hyperframes render", render.status)
    if word is Verdict.DONE and not render.video_url:
        # The word comes a moment before the link does.
        word = Verdict.RUNNING
    return JobState(status=render.status, verdict=word, failure_message=render.failure_message)
