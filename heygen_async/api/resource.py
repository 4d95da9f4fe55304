"""What every resource has: a sender, and a way to hand out jobs and lists."""

from collections import OrderedDict
from collections.abc import AsyncIterable, Awaitable, Callable, Iterable
from functools import partial
from typing import Any, Final, TypeVar

from heygen_async.api.files import resolve
from heygen_async.api.job import Job, JobKind, Waiter
from heygen_async.api.pages import Pager
from heygen_async.api.sharing import SharedUploads, way_of
from heygen_async.api.streams import EventStream
from heygen_async.errors import EndpointRetiredError, NotFoundError
from heygen_async.models import Asset, AvatarLook, Request
from heygen_async.models.files import SeekableFile, UploadSource
from heygen_async.transport.downloads import Downloads
from heygen_async.transport.legacy import LegacySender
from heygen_async.transport.sender import Sender
from heygen_async.transport.sources import open_source
from heygen_async.transport.streams import open_feed
from heygen_async.transport.toll import toll
from heygen_async.transport.uploads import Uploads
from heygen_async.wire.arguments import whole
from heygen_async.wire.calls import Call, Query, Route
from heygen_async.wire.encode import encode
from heygen_async.wire.envelope import Envelope
from heygen_async.wire.idempotency import checked, digest
from heygen_async.wire.kinds import Kind
from heygen_async.wire.streams import ServerEvent

T = TypeVar("T")
D = TypeVar("D")
R = TypeVar("R", bound=Request)

_LOOKS_REMEMBERED: Final = 1000


class Toolbox:
    """What the resources share.

    Args:
        sender: Sends calls.
        looking: Sends those of looks at jobs, if it is another one.
        uploads: Sends files.
        downloads: Fetches files.
        waiter: Waits for jobs.
        looks: Looks that were read, by their id: what is known can be checked before paying.
        shared: Uploads what the client is given, once for the same bytes; None for every time.
    """

    def __init__(
        self,
        *,
        sender: Sender,
        looking: Sender | None = None,
        uploads: Uploads,
        downloads: Downloads,
        waiter: Waiter,
        looks: OrderedDict[str, AvatarLook] | None = None,
        shared: SharedUploads | None = None,
    ) -> None:
        self._sender = sender
        self._looking = looking
        self.uploads = uploads
        self.downloads = downloads
        self.waiter = waiter
        self.looks: OrderedDict[str, AvatarLook] = OrderedDict() if looks is None else looks
        self.shared: SharedUploads | None = shared

    @property
    def sender(self) -> Sender:
        """Sends calls; those of looks at jobs, which are everybody's, as the client does."""
        if self._looking is None or toll() is None:
            return self._sender
        return self._looking

    def with_sender(self, sender: Sender) -> "Toolbox":
        """The same tools, with another sender of calls."""
        return Toolbox(
            sender=sender,
            looking=self._looking or self._sender,
            uploads=self.uploads,
            downloads=self.downloads,
            waiter=self.waiter,
            looks=self.looks,
            shared=self.shared,
        )

    def legacy(self) -> "Toolbox":
        """The same tools for v1 and v2, whose end is announced."""
        sender = LegacySender.of(self._sender)
        return Toolbox(
            sender=sender,
            looking=None if self._looking is None else LegacySender.of(self._looking),
            uploads=Uploads(sender),
            downloads=self.downloads,
            waiter=self.waiter,
            looks=self.looks,
            shared=self.shared,
        )

    def remember(self, look: AvatarLook) -> AvatarLook:
        """Notes a look that was read, and gives it back."""
        self.looks[look.id] = look
        self.looks.move_to_end(look.id)
        if len(self.looks) > _LOOKS_REMEMBERED:
            self.looks.popitem(last=False)
        return look

    async def upload(self, file: UploadSource, *, within: str | None = None) -> Asset:
        """One file, by whichever way its size and type ask for.

        Args:
            file: What to send.
            within: The caller's key of the request that the file belongs to. With it the same
                bytes give the same asset, and so the same request when it is repeated.

        Raises:
            InvalidRequestError: HeyGen would not take it. Nothing was sent.
            HeyGenError: As every upload.
        """
        if self.shared is not None and within is None:
            return await self.shared.asset(file)
        async with open_source(file) as source:
            kind, direct = way_of(source)
            send = self.uploads.direct if direct else self.uploads.multipart
            key: str | None = None
            if within is not None:
                key = f"file:{digest(f'{within}:{await source.sha256()}'.encode())}"
            return await send(source, content_type=kind, idempotency_key=key)

    @staticmethod
    async def look_at(file: UploadSource) -> Asset:
        """Refuses a file that ``upload`` would refuse, and sends nothing.

        A stream is left alone: it can be read once only.

        Returns:
            What stands for the asset until it is there.

        Raises:
            InvalidRequestError: HeyGen would not take it.
        """
        if isinstance(file, SeekableFile) or not isinstance(file, AsyncIterable):
            async with open_source(file) as source:
                kind, _ = way_of(source)
                return Asset(asset_id="not-uploaded-yet", mime_type=kind)
        return Asset(asset_id="not-uploaded-yet")


class Resource:
    """The root of all resources."""

    def __init__(self, tools: Toolbox) -> None:
        self._tools = tools

    def _read(
        self,
        route: Route,
        reply: type[T],
        *,
        ids: dict[str, str] | None = None,
        query: Query | None = None,
    ) -> Awaitable[T]:
        return self._tools.sender.send(Call(route, reply, ids=ids, query=query))

    async def _remove(
        self,
        route: Route,
        reply: type[T],
        *,
        ids: dict[str, str] | None = None,
        query: Query | None = None,
        done: D,
    ) -> T | D:
        """Deletes. ``done`` is the answer when a repeat finds nothing: the first one had worked."""
        try:
            return await self._read(route, reply, ids=ids, query=query)
        except EndpointRetiredError:
            raise  # nothing was deleted, however often it was tried
        except NotFoundError as problem:
            if problem.attempts == 1:
                raise
            return done

    async def _post(
        self,
        route: Route,
        reply: type[T],
        request: Request,
        *,
        ids: dict[str, str] | None = None,
        idempotency_key: str | None = None,
        extra_body: dict[str, Any] | None = None,
    ) -> T:
        """A request with a body, whichever its method; files in it are uploaded first."""
        if idempotency_key is not None and route.kind is Kind.KEYED:
            checked(idempotency_key)  # before anything is uploaded
        whole = await resolve(request, self._tools.look_at)
        if whole is not request:
            encode(whole, extra_body)  # what is wrong is refused before anything is uploaded
            upload = partial(self._tools.upload, within=idempotency_key)
            whole = await resolve(request, upload)
        call = Call(
            route,
            reply,
            ids=ids,
            body=encode(whole, extra_body),
            idempotency_key=idempotency_key,
        )
        return await self._tools.sender.send(call)

    def _stream(
        self,
        route: Route,
        *,
        read: Callable[[ServerEvent], Iterable[T]],
        last: Callable[[ServerEvent], str | None],
        ids: dict[str, str] | None = None,
        request: Request | None = None,
        extra_body: dict[str, Any] | None = None,
    ) -> EventStream[T]:
        """A call whose answer comes piece by piece; it is sent when the reading begins.

        Args:
            route: The endpoint.
            read: What an event of it holds.
            last: The reason that an event gives for being the last one, None for all others.
            ids: Values for the names in the route's path.
            request: Its body, which holds no files.
            extra_body: Fields that are newer than this library.

        Raises:
            InvalidRequestError: A field of the request is wrong.
        """
        body = None if request is None else encode(request, extra_body)
        call: Call[Any] = Call(route, object, ids=ids, body=body)
        return EventStream(
            route.name, lambda: open_feed(self._tools.sender, call), read=read, last=last
        )

    def _list(
        self,
        route: Route,
        item: type[T],
        *,
        limit: int | None,
        most: int,
        max_items: int | None,
        ids: dict[str, str] | None = None,
        query: Query | None = None,
        seen: Callable[[T], object] | None = None,
    ) -> Pager[T]:
        """A list that is read page by page.

        Args:
            route: The endpoint.
            item: The type of its items.
            limit: Items per page.
            most: Most that HeyGen gives per page.
            max_items: Stops an iteration after so many.
            ids: Values for the names in the route's path.
            query: Filters.
            seen: Told of every item that was read.

        Raises:
            InvalidRequestError: ``limit`` or ``max_items`` is out of bounds.
        """
        whole("limit", limit, least=1, most=most)
        whole("max_items", max_items, least=0)

        async def fetch(token: str | None) -> Envelope[list[T]]:
            full = {**(query or {}), "limit": limit, "token": token}
            found = await self._page(route, item, ids=ids, query=full)
            if seen is not None:
                for each in found.data:
                    seen(each)
            return found

        return Pager(fetch, max_items=max_items)

    async def _page(
        self,
        route: Route,
        item: type[T],
        *,
        ids: dict[str, str] | None = None,
        query: Query | None = None,
    ) -> Envelope[list[T]]:
        """One page of a list."""
        page: Any = list[item]  # type: ignore[valid-type]
        return await self._tools.sender.fetch(Call(route, page, ids=ids, query=query))

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
