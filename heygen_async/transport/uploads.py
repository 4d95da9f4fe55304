"""Uploads: three ways to HeyGen, one stream of chunks."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Final, TypeVar

from heygen_async.errors import APIError, LinkExpiredError, NotFoundError
from heygen_async.models import (
    Asset,
    AssetDetail,
    AssetUpload,
    CompleteAssetUpload,
    CreateAssetUpload,
)
from heygen_async.transport.body import Body, StreamPayload
from heygen_async.transport.callbacks import callers_own, carried
from heygen_async.transport.events import UploadProgress
from heygen_async.transport.hosts import host_error, passing, refusal, route_to
from heygen_async.transport.sender import Sender
from heygen_async.transport.sources import Source
from heygen_async.wire.calls import Call, Route
from heygen_async.wire.encode import encode
from heygen_async.wire.idempotency import digest
from heygen_async.wire.kinds import Kind
from heygen_async.wire.redact import url as redacted
from heygen_async.wire.routes import assets as routes

T = TypeVar("T")

Progress = Callable[[int, int], None]
"""Called with bytes sent in this attempt, and the size. Falls back to 0 when an attempt starts."""

_PUT: Final = Route("assets.put", "PUT", "", Kind.IDEMPOTENT)
_OK: Final = range(200, 300)
_LAPSED: Final = frozenset({401, 403, 404})


class Uploads:
    """Sends sources, attempt by attempt, without holding them in memory."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender

    async def multipart(
        self,
        source: Source,
        *,
        content_type: str,
        progress: Progress | None = None,
        idempotency_key: str | None = None,
        hashed: bool = False,
    ) -> Asset:
        """Through the API, at most 32 MiB: ``POST /v3/assets``.

        Args:
            source: What to send.
            content_type: Its MIME type.
            progress: Told how far each attempt is.
            idempotency_key: The caller's own key, which is held to the very bytes.
            hashed: Whether the source is to know its digest afterwards.
        """
        held = idempotency_key is not None
        mark = await _held_to(source, content_type) if held else _glance(source)

        def form() -> Body:
            # What a key was made for is held to it, and so is a second attempt to the first.
            payload = self._payload(
                source, content_type, progress, hashed=hashed or source.digest is not None
            )
            return Body.form(payload, name="file", filename=source.name)

        call = Call(routes.ASSETS_UPLOAD, Asset, idempotency_key=idempotency_key)
        with callers_own():
            envelope = await self._sender.fetch(
                call,
                body=form,
                fingerprint=mark,
                deadline=self._sender.patience(),
            )
        return envelope.data

    async def direct(
        self,
        source: Source,
        *,
        content_type: str,
        progress: Progress | None = None,
        idempotency_key: str | None = None,
        hashed: bool = False,
    ) -> Asset:
        """To the storage, of any size: slot, PUT without the key, complete.

        A digest that is known before is told with the request for the slot, and the storage refuses
        other bytes; one that is learned on the way is told with the completion.

        Args:
            source: What to send.
            content_type: Its MIME type.
            progress: Told how far each attempt is.
            idempotency_key: The caller's own key, which is held to the very bytes.
            hashed: Whether the source is to know its digest afterwards.

        Raises:
            LinkExpiredError: The slot lapsed, and so did the one that was asked for anew.
            NotFoundError: The same, of their assets.
        """
        held = idempotency_key is not None
        mark = await _held_to(source, content_type) if held else ""
        hashed = hashed and source.digest is None
        request = CreateAssetUpload(
            filename=source.name,
            content_type=content_type,
            size_bytes=source.size,
            checksum_sha256=source.digest,
        )
        call = Call(
            routes.ASSETS_CREATE_UPLOAD,
            AssetUpload,
            body=encode(request),
            idempotency_key=idempotency_key,
        )
        slot = (await self._sender.fetch(call, fingerprint=mark)).data
        put = partial(self.put, source, content_type=content_type, progress=progress, hashed=hashed)

        async def fill(slot: AssetUpload) -> Asset:
            await put(slot)
            return await self._complete(slot, source.digest if hashed else None)

        try:
            return await fill(slot)
        except (LinkExpiredError, NotFoundError):
            if held and await self.has(slot.asset_id):
                # The key has brought back the slot of an upload that is whole already.
                return await self._complete(slot, source.digest)
            # It lapsed, or its asset was deleted. Without the caller's key, which would bring it
            # back.
            return await fill(
                await self._sender.send(
                    Call(routes.ASSETS_CREATE_UPLOAD, AssetUpload, body=encode(request))
                )
            )

    async def _complete(self, slot: AssetUpload, checksum: str | None) -> Asset:
        told, ids = CompleteAssetUpload(checksum_sha256=checksum), {"asset_id": slot.asset_id}
        return await self._sender.send(
            Call(routes.ASSETS_COMPLETE_UPLOAD, Asset, ids=ids, body=encode(told))
        )

    async def put(
        self,
        source: Source,
        slot: AssetUpload,
        *,
        content_type: str,
        progress: Progress | None = None,
        hashed: bool = False,
    ) -> None:
        """The bytes to a presigned address, with the slot's headers as they are.

        Args:
            source: What to send.
            slot: Where to.
            content_type: Its MIME type.
            progress: Told how far each attempt is.
            hashed: Whether the source is to know its digest afterwards.

        Raises:
            LinkExpiredError: The address does not work, or not any more.
            TransferError: The storage refuses the bytes.
        """
        sender, route = self._sender, route_to(_PUT, slot.upload_url)

        async def attempt(_: float | None) -> None:
            body = Body.raw(self._payload(source, content_type, progress, hashed=hashed))
            async with sender.sessions.transfer(
                "PUT", slot.upload_url, headers=slot.upload_headers, body=body
            ) as response:
                if response.status in _OK:
                    return
                if response.status in _LAPSED:
                    raise LinkExpiredError(
                        f"{redacted(slot.upload_url)} answered HTTP {response.status}"
                    )
                where, now = redacted(slot.upload_url), sender.retrier.world.clock.time()
                problem = await passing(response, where=where, stall=sender.sessions.stall)
                raise problem or host_error(response, now)

        try:
            with callers_own():
                await sender.retrier.run(route, attempt, deadline=sender.patience(), transfer=True)
        except APIError as problem:
            who = "the storage" if problem.attempts else route.path
            raise refusal(
                f"{who} refused {source.name} with HTTP {problem.status}", problem
            ) from problem

    async def raw(
        self, call: Call[T], source: Source, *, content_type: str, progress: Progress | None = None
    ) -> T:
        """The bytes as they are, as the body of a call: the way of v1."""
        with callers_own():
            envelope = await self._sender.fetch(
                call,
                body=lambda: Body.raw(self._payload(source, content_type, progress)),
                deadline=self._sender.patience(),
            )
        return envelope.data

    async def has(self, asset_id: str) -> bool:
        """Whether an asset is still there.

        Args:
            asset_id: The asset.
        """
        call = Call(routes.ASSETS_GET, AssetDetail, ids={"asset_id": asset_id})
        try:
            await self._sender.send(call)
        except NotFoundError:
            return False
        return True

    def _payload(
        self,
        source: Source,
        content_type: str,
        progress: Progress | None,
        *,
        hashed: bool = False,
    ) -> StreamPayload:
        return StreamPayload(
            source,
            content_type=content_type,
            stall=self._sender.config.timeouts.stall,
            pace=self._pace(),
            progress=self._reporter(source, progress),
            hashed=hashed,
            crowd=lambda: self._sender.sessions.in_flight,
        )

    def _pace(self) -> Callable[[int], Awaitable[int]] | None:
        sessions, clock = self._sender.sessions, self._sender.retrier.world.clock
        if sessions.up.rate is None:
            return None
        return lambda count: sessions.pace(sessions.up, count, clock)

    def _reporter(self, source: Source, progress: Progress | None) -> Callable[[int], None] | None:
        events = self._sender.retrier.events
        if progress is None and not events.observed:
            return None
        clock = self._sender.retrier.world.clock

        def report(sent: int) -> None:
            if progress is not None:
                with carried():
                    progress(sent, source.size)
            if events.observed:
                events.emit(
                    UploadProgress(
                        at=clock.monotonic(), name=source.name, sent=sent, total=source.size
                    )
                )

        return report


async def _held_to(source: Source, content_type: str) -> str:
    """What a key of the caller's stands for: the very bytes, whatever they are called."""
    return digest(f"{content_type} {await source.sha256()}".encode())


def _glance(source: Source) -> str:
    """What will do for a key of our own, which is new for every call."""
    return digest(f"{source.name}\n{source.size}\n".encode() + source.head)
