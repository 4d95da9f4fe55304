"""What every resource has: a sender, and a way to hand out jobs."""

from typing import Any, TypeVar

from heygen_async.api.job import Job, JobKind, Waiter
from heygen_async.models import Request
from heygen_async.transport.downloads import Downloads
from heygen_async.transport.sender import Sender
from heygen_async.transport.uploads import Uploads
from heygen_async.wire.calls import Call, Query, Route
from heygen_async.wire.encode import encode

T = TypeVar("T")


class Toolbox:
    """What the resources share.

    Args:
        sender: Sends calls.
        uploads: Sends files.
        downloads: Fetches files.
        waiter: Waits for jobs.
    """

    def __init__(
        self, *, sender: Sender, uploads: Uploads, downloads: Downloads, waiter: Waiter
    ) -> None:
        self.sender = sender
        self.uploads = uploads
        self.downloads = downloads
        self.waiter = waiter


class Resource:
    """The root of all resources."""

    def __init__(self, tools: Toolbox) -> None:
        self._tools = tools

    async def _read(
        self,
        route: Route,
        reply: type[T],
        *,
        ids: dict[str, str] | None = None,
        query: Query | None = None,
    ) -> T:
        return await self._tools.sender.send(Call(route, reply, ids=ids, query=query))

    async def _post(
        self,
        route: Route,
        reply: type[T],
        request: Request,
        *,
        idempotency_key: str | None = None,
        extra_body: dict[str, Any] | None = None,
    ) -> T:
        call = Call(route, reply, body=encode(request, extra_body), idempotency_key=idempotency_key)
        return await self._tools.sender.send(call)

    def _job(self, kind: JobKind[T], job_id: str, created: T | None = None) -> Job[T]:
        return Job(
            job_id,
            kind=kind,
            waiter=self._tools.waiter,
            downloads=self._tools.downloads,
            created=created,
        )

    def _new_job(self, kind: JobKind[T], job_id: str, created: T | None = None) -> Job[T]:
        """A handle on a job that was made just now: nobody need look at it at once."""
        return Job(
            job_id,
            kind=kind,
            waiter=self._tools.waiter,
            downloads=self._tools.downloads,
            created=created,
            fresh=True,
        )
