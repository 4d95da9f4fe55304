"""The way of every request: fault, key, replay, handler, envelope, answer, record."""

import asyncio
import hashlib
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final, TypeGuard

import msgspec
from aiohttp import hdrs, web

from heygen_async.sandbox import envelopes, sending, sunset
from heygen_async.sandbox.context import (
    Call,
    Context,
    FileReply,
    RawReply,
    Reply,
    Route,
    StreamReply,
)
from heygen_async.sandbox.envelopes import Family
from heygen_async.sandbox.faults import Fault, FaultBook
from heygen_async.sandbox.idempotency import HEADER, Replays, scope_of
from heygen_async.sandbox.ids import stable_id
from heygen_async.sandbox.records import Exchange
from heygen_async.sandbox.refusal import Refusal, missing
from heygen_async.sandbox.sending import Outgoing

logger: Final = logging.getLogger(__name__)

_KEY: Final = "X-Api-Key"
_NO_FAULT: Final = Fault(path="")
_LEGACY: Final = frozenset({Family.CODE, Family.ERROR, Family.BARE})
_MOST_JSON: Final = 16 * 1024 * 1024


class _CutError(Exception):
    """The connection is to be closed without an answer."""


@dataclass(slots=True)
class _Trail:
    """What is found out about a request on its way, for the record."""

    request_id: str
    status: int = 0
    replayed: bool = False


class Pipeline:
    """Answers requests.

    Args:
        ctx: What handlers get.
        most: How many exchanges are remembered.
    """

    def __init__(self, ctx: Context, *, most: int = 10_000) -> None:
        self.ctx = ctx
        self.faults: FaultBook = FaultBook()
        self.replays: Replays = Replays(ctx.clock)
        self.exchanges: deque[Exchange] = deque(maxlen=most)
        self.stopping: asyncio.Event = asyncio.Event()
        self._count = 0

    def bind(self, route: Route | None) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        """What the web server calls for a route; None stands for paths without one."""

        async def answer(request: web.Request) -> web.StreamResponse:
            return await self._answer(route, request)

        return answer

    async def _answer(self, route: Route | None, request: web.Request) -> web.StreamResponse:
        self._count += 1
        trail = _Trail(stable_id(self.ctx.settings.seed, "request", self._count))
        family = route.family if route else envelopes.family_of(request.path)
        fault = _NO_FAULT
        if family is not Family.CONTROL:
            fault = self.faults.take(request.method, request.path) or _NO_FAULT
        try:
            outgoing = await self._outcome_or_refusal(route, request, family, fault, trail)
            try:
                return await self._send(request, outgoing, family, fault, trail)
            except Refusal as refusal:  # a range that the file does not have
                refused = self._refused(request, family, refusal, trail)
                return await self._send(request, refused, family, fault, trail)
        except (_CutError, ConnectionError):
            trail.status = 0
            return sending.close(request)
        finally:
            if family is not Family.CONTROL:
                self._record(request, trail)

    async def _outcome_or_refusal(
        self,
        route: Route | None,
        request: web.Request,
        family: Family,
        fault: Fault,
        trail: _Trail,
    ) -> Outgoing | FileReply | StreamReply:
        try:
            return await self._outcome(route, request, family, fault, trail)
        except Refusal as refusal:
            return self._refused(request, family, refusal, trail)
        except (_CutError, ConnectionError):
            raise
        except Exception:
            # Ours to mend, but the caller gets what a server in trouble would say.
            logger.exception("%s %s failed", request.method, request.path)
            trouble = Refusal(500, "internal_error", "The sandbox failed: see its log.")
            return self._refused(request, family, trouble, trail)

    async def _outcome(
        self,
        route: Route | None,
        request: web.Request,
        family: Family,
        fault: Fault,
        trail: _Trail,
    ) -> Outgoing | FileReply | StreamReply:
        early = await self._before(request, family, fault)
        if early is not None:
            return early
        if self.ctx.retired and family in _LEGACY:
            return await _gone(request)
        credential = _authorize(request, family, self.ctx.world.older.tokens)
        if route is None:
            await _drain(request)
            raise missing("not_found", f"There is nothing at {request.method} {request.path}.")
        call = Call(
            request=request,
            base=_base(request),
            params=request.match_info,
            query=request.query,
        )
        key = request.headers.get(HEADER) if route.keyed else None
        if key is None:
            return await self._run(route, call, fault)
        return await self._keyed(route, call, fault, trail, (key, credential))

    async def _before(self, request: web.Request, family: Family, fault: Fault) -> Outgoing | None:
        """What a fault does before anything is processed."""
        if fault.drop:
            await self._stall(fault)
            raise _CutError
        if fault.drop_after_request_bytes is not None:
            await _read_some(request, fault.drop_after_request_bytes)
            raise _CutError
        if fault.expire_links and family is Family.STORAGE:
            raise Refusal(403, "AccessDenied", "Request has expired")
        if fault.status is None:
            return None
        await _drain(request)
        await self._stall(fault)
        if fault.body is None:
            raise fault.refusal()
        headers = _retry_after(fault.retry_after)
        return Outgoing(fault.status, fault.body.encode(), "text/html", headers)

    async def _keyed(
        self, route: Route, call: Call, fault: Fault, trail: _Trail, key: tuple[str, str]
    ) -> Outgoing | FileReply | StreamReply:
        call.idempotency_key = key[0]
        world = self.ctx.world
        scope = scope_of(key[0], route.path, call.params, key[1])
        replay = self.replays.find(world, scope)
        if replay is not None:
            await _drain(call.request)
            trail.replayed = True
            await self._stall(fault)
            if fault.commit_then_drop:
                raise _CutError
            return Outgoing(replay.status, replay.body)
        self.replays.begin(scope)
        try:
            outgoing = await self._run(route, call, fault, scope=scope)
        finally:
            self.replays.end(scope)
        return outgoing

    async def _run(
        self, route: Route, call: Call, fault: Fault, *, scope: str | None = None
    ) -> Outgoing | FileReply | StreamReply:
        if not route.streams and call.request.can_read_body:
            call.body = await _json_body(call.request)
        answer = await route.handler(self.ctx, call)
        if isinstance(answer, Reply):
            outgoing: Outgoing | FileReply | StreamReply = _wrapped(route, answer, fault)
        elif isinstance(answer, RawReply):
            outgoing = Outgoing(200, answer.body, answer.content_type, answer.headers)
        else:
            outgoing = answer
        if scope is not None and isinstance(outgoing, Outgoing):
            self.replays.keep(self.ctx.world, scope, outgoing.status, outgoing.body)
        await self._stall(fault)
        if fault.commit_then_drop:
            raise _CutError
        return outgoing

    async def _stall(self, fault: Fault) -> None:
        """Waits in real time, but never longer than the sandbox lives."""
        if fault.stall:
            with suppress(TimeoutError):
                await asyncio.wait_for(self.stopping.wait(), fault.stall)

    def _refused(
        self, request: web.Request, family: Family, refusal: Refusal, trail: _Trail
    ) -> Outgoing:
        body = envelopes.failure(
            family, refusal, request_id=trail.request_id, resource=request.path
        )
        content_type = envelopes.content_type(family, failed=True)
        headers = {**_retry_after(refusal.retry_after), **refusal.headers}
        return Outgoing(refusal.status, body, content_type, headers)

    async def _send(
        self,
        request: web.Request,
        outgoing: Outgoing | FileReply | StreamReply,
        family: Family,
        fault: Fault,
        trail: _Trail,
    ) -> web.StreamResponse:
        headers = {"X-Request-Id": trail.request_id}
        if family in _LEGACY and not self.ctx.retired:
            headers |= sunset.HEADERS
        cut_at = fault.truncate_response_at
        if isinstance(outgoing, FileReply):
            response = await sending.send_file(request, outgoing, headers, cut_at=cut_at)
        elif isinstance(outgoing, StreamReply):
            response = await sending.send_stream(
                request, outgoing, headers, cut_at=cut_at, stopping=self.stopping
            )
        else:
            outgoing.headers |= headers
            response = await sending.send(request, outgoing, cut_at=cut_at)
        trail.status = response.status
        return response

    def _record(self, request: web.Request, trail: _Trail) -> None:
        key = request.headers.get(HEADER)
        self.exchanges.append(
            Exchange(
                method=request.method,
                path=request.path,
                query=request.query_string,
                status=trail.status,
                # A header may hold any bytes, but a record has to be text.
                idempotency_key=key and key.encode(errors="replace").decode(),
                request_id=trail.request_id,
                time=self.ctx.clock.now(),
                had_key=_KEY in request.headers or hdrs.AUTHORIZATION in request.headers,
                replayed=trail.replayed,
            )
        )


def _base(request: web.Request) -> str:
    """Where the caller reached us: links lead back the same way, through any port mapping.

    Raises:
        Refusal: 400, for a host that is no text.
    """
    if not request.host.isascii():
        raise Refusal(400, "invalid_parameter", "The Host header is not ASCII.", param="Host")
    return f"{request.scheme}://{request.host}"


def _authorize(request: web.Request, family: Family, tokens: Collection[str]) -> str:
    """The hash of the credential; any will do, but for the storage, where none may be sent.

    Args:
        request: Brings it.
        family: Of what is asked for.
        tokens: Those of streaming sessions, which open nothing else.

    Raises:
        Refusal: 401, or 403 from the storage.
    """
    key = request.headers.get(_KEY, "").strip()
    bearer = request.headers.get(hdrs.AUTHORIZATION, "").strip()
    if family is Family.CONTROL:
        return ""
    if family is Family.STORAGE:
        if key or bearer:
            raise Refusal(403, "AccessDenied", "A presigned address takes no other credential.")
        return ""
    if family is Family.INFERENCE and not bearer.lower().startswith("bearer "):
        raise Refusal(401, "unauthorized", "Authorization: Bearer <key> is needed.")
    token = bearer[len("bearer") :].strip() if bearer.lower().startswith("bearer") else bearer
    elsewhere = not request.path.startswith("/v1/streaming")
    if not key and (not token or (elsewhere and token in tokens)):
        raise Refusal(401, "unauthorized", "Unauthorized", number=400112)
    return hashlib.sha256((key or bearer).encode(errors="surrogateescape")).hexdigest()


def _wrapped(route: Route, reply: Reply, fault: Fault) -> Outgoing:
    data = reply.data
    if fault.reply is not msgspec.UNSET:
        data = fault.reply
    elif fault.status_word is not None:
        data = _reworded(data, fault.status_word)
    beside = reply.beside
    if route.family in _LEGACY:
        beside = beside | {"warning": sunset.warning(route.method, route.path)}
    body = envelopes.success(route.family, data, beside=beside, note=reply.note)
    return Outgoing(reply.status, body)


async def _gone(request: web.Request) -> Outgoing:
    """What a removed endpoint answers: words of the web server, not of HeyGen's application."""
    await _drain(request)
    gone = sunset.gone(request.method, request.path)
    return Outgoing(gone.status, gone.body, gone.content_type)


def _reworded(data: Any, word: str) -> Any:
    """What a job read says, with another status."""
    if _is_list(data):
        return [_reworded(item, word) for item in data]
    return data | {"status": word} if _is_object(data) and "status" in data else data


def _is_list(data: Any) -> TypeGuard[list[Any]]:
    return isinstance(data, list)


def _is_object(data: Any) -> TypeGuard[dict[str, Any]]:
    return isinstance(data, dict)


def _retry_after(value: float | str | None) -> dict[str, str]:
    if value is None:
        return {}
    return {hdrs.RETRY_AFTER: value if isinstance(value, str) else f"{value:g}"}


async def _json_body(request: web.Request) -> bytes:
    try:
        return await request.read()
    except web.HTTPRequestEntityTooLarge:
        words = f"The body is larger than {_MOST_JSON} bytes."
        raise Refusal(413, "payload_too_large", words) from None


async def _drain(request: web.Request) -> None:
    """Takes the rest of the body, so that the connection can serve on."""
    async for _ in request.content.iter_any():
        pass


async def _read_some(request: web.Request, count: int) -> None:
    while count > 0:
        chunk = await request.content.read(min(count, 1 << 16))
        if not chunk:
            return
        count -= len(chunk)
