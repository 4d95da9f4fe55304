"""Webhooks: what has happened is recorded, signed, and sent until somebody takes it."""

import asyncio
import hashlib
import hmac
import ipaddress
import logging
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Final
from urllib.parse import urlsplit

import aiohttp
import msgspec

from heygen_async.sandbox.context import Context
from heygen_async.sandbox.faults import Fault, FaultBook
from heygen_async.sandbox.mail import Delivery, Endpoint, Event

logger: Final = logging.getLogger(__name__)

SIGNATURE: Final = "Heygen-Signature"
LEGACY_SIGNATURE: Final = "Signature"
TIMESTAMP: Final = "Heygen-Timestamp"
EVENT_ID: Final = "Heygen-Event-Id"

GIVEN_UP_AFTER: Final = 24 * 3600.0
"""Virtual seconds for which a delivery is tried again."""

FIRST_BACKOFF: Final = 5.0
"""Virtual seconds before the second attempt; twice as many before each further one."""

FAULT_PATH: Final = "webhook:"
"""What the path of a fault begins with that strikes deliveries; the event's kind follows."""

_LONGEST_BACKOFF: Final = 4 * 3600.0
_MOST_EVENTS: Final = 10_000
_AT_ONCE: Final = 32
_POLL: Final = 0.05
_ANSWER_SECONDS: Final = 10.0
_PROBE_SECONDS: Final = 1.0
_OK: Final = range(200, 300)


def is_target(url: str) -> bool:
    """Whether events may be sent to an address: https anywhere, or this machine."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    if not host or any(ch.isspace() for ch in url):
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(host))


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


async def answers(url: str) -> bool:
    """Whether an address takes OPTIONS within a second, as v1 wants it; far ones are believed."""
    if not _is_loopback(urlsplit(url).hostname or ""):
        return True
    timeout = aiohttp.ClientTimeout(total=_PROBE_SECONDS)
    try:
        async with aiohttp.ClientSession(timeout=timeout) as http, http.options(url) as answer:
            return answer.status in _OK
    except (aiohttp.ClientError, OSError, TimeoutError):
        return False


def sign(secret: str, body: bytes) -> str:
    """The signature of a raw body: HMAC-SHA256 with the whole secret, in hex."""
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def mature(ctx: Context) -> None:
    """Records the events whose time has come, and puts them on their way."""
    world, now = ctx.world, ctx.clock.now()
    due = [event for event in world.coming if event.at <= now]
    if not due:
        return
    world.coming = [event for event in world.coming if event.at > now]
    for event in sorted(due, key=lambda each: each.at):
        if not event.bare:
            world.events.append(event)
        _address(ctx, event)
    del world.events[:-_MOST_EVENTS]


def _address(ctx: Context, event: Event) -> None:
    said = event.data if event.bare else {"event_type": event.type, "event_data": event.data}
    body = msgspec.json.encode(said).decode()
    targets: list[tuple[str, str | None]] = [
        (endpoint.url, endpoint.id)
        for endpoint in ctx.world.endpoints.values()
        if _wants(endpoint, event)
    ]
    if event.callback_url is not None:
        targets.append((event.callback_url, None))
    for url, endpoint_id in targets:
        if not is_target(url):
            logger.warning("events go to https or to this machine only, not to %s", url)
            continue
        for _ in range(2 if ctx.settings.duplicates else 1):
            delivery = Delivery(
                id=ctx.new_id("delivery"),
                event_id=event.id,
                event_type=event.type,
                url=url,
                body=body,
                endpoint_id=endpoint_id,
                since=event.at,
                due=event.at,
            )
            ctx.world.deliveries[delivery.id] = delivery


def _wants(endpoint: Endpoint, event: Event) -> bool:
    if event.bare or endpoint.entity_id not in {None, event.entity_id}:
        return False
    return endpoint.events is None or event.type in endpoint.events


class Courier:
    """Looks at what has ended, and carries the news, while anybody wants it.

    Args:
        ctx: The sandbox.
        faults: Struck by a fault with the path ``webhook:<kind of event>``, a delivery is refused
            (``status``), lost (``drop``), late (``stall``), or taken and not acknowledged
            (``commit_then_drop``), so that it comes twice.
        errand: What is done before every look; it tells whether more of it is to come.
    """

    def __init__(
        self,
        ctx: Context,
        faults: FaultBook,
        *,
        errand: Callable[[Context], Awaitable[bool]],
    ) -> None:
        self._ctx = ctx
        self._faults = faults
        self._errand = errand
        self._task: asyncio.Task[None] | None = None
        self._sending: dict[str, asyncio.Task[None]] = {}
        self._http: aiohttp.ClientSession | None = None
        self.looks: int = 0
        """How often it looked so far."""

    def start(self) -> None:
        """Begins to look."""
        self._ctx.bell.set()
        self._task = asyncio.get_running_loop().create_task(self._run(), name="courier")

    async def aclose(self) -> None:
        """Stops looking and sending. What was not delivered stays where it is. Idempotent."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        tasks = tuple(self._sending.values())
        self.forget()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._http is not None:
            await self._http.close()
            self._http = None

    def forget(self) -> None:
        """Breaks off what is being sent."""
        for task in self._sending.values():
            task.cancel()

    async def _run(self) -> None:
        while True:
            await self._ctx.bell.wait()
            more = False
            try:
                more = await self._errand(self._ctx)
                self._look()
            except Exception:
                logger.exception("the courier stumbled")
            self.looks += 1
            if not more and not self._is_needed():
                # The bell rings for a new event, endpoint or callback.
                self._ctx.bell.clear()
            await asyncio.sleep(_POLL)

    def _is_needed(self) -> bool:
        world = self._ctx.world
        if world.deliveries:
            return True
        return any(world.endpoints or event.callback_url for event in world.coming)

    def _look(self) -> None:
        mature(self._ctx)
        now = self._ctx.clock.now()
        for delivery in self._ctx.world.deliveries.values():
            if delivery.due <= now and delivery.id not in self._sending:
                if len(self._sending) >= _AT_ONCE:
                    return
                task = asyncio.get_running_loop().create_task(self._carry(delivery))
                self._sending[delivery.id] = task

    async def _carry(self, delivery: Delivery) -> None:
        try:
            taken = await self._attempt(delivery)
        finally:
            self._sending.pop(delivery.id, None)
        now = self._ctx.clock.now()
        delivery.attempts += 1
        delivery.due = now + min(_LONGEST_BACKOFF, FIRST_BACKOFF * 2 ** (delivery.attempts - 1))
        if taken or delivery.due > delivery.since + GIVEN_UP_AFTER:
            self._ctx.world.deliveries.pop(delivery.id, None)

    async def _attempt(self, delivery: Delivery) -> bool:
        """Sends it once; whether it was taken."""
        headers = self._headers(delivery)
        if headers is None:
            return True  # the endpoint is gone: nobody is left to tell
        fault = self._faults.take("POST", FAULT_PATH + delivery.event_type)
        if fault is not None and await self._is_struck(fault):
            return False
        try:
            status = await self._post(delivery, headers)
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as problem:
            logger.info("%s was not delivered: %s", delivery.event_type, problem)
            return False
        return status in _OK and not (fault is not None and fault.commit_then_drop)

    async def _is_struck(self, fault: Fault) -> bool:
        if fault.stall:
            await asyncio.sleep(fault.stall)
        return fault.drop or fault.status is not None

    def _headers(self, delivery: Delivery) -> dict[str, str] | None:
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "HeyGen-Sandbox",
        }
        if delivery.endpoint_id is None:
            return headers
        endpoint = self._ctx.world.endpoints.get(delivery.endpoint_id)
        if endpoint is None:
            return None
        # Signed at every attempt anew: a secret that was rotated meanwhile is dead.
        signature = sign(endpoint.secret, delivery.body.encode())
        if endpoint.legacy:
            return headers | {LEGACY_SIGNATURE: signature}
        return headers | {
            SIGNATURE: signature,
            # Of real time, like the clock of whoever verifies it, however fast ours runs.
            TIMESTAMP: str(int(time.time())),
            EVENT_ID: delivery.event_id,
        }

    async def _post(self, delivery: Delivery, headers: dict[str, str]) -> int:
        if self._http is None:
            timeout = aiohttp.ClientTimeout(total=_ANSWER_SECONDS)
            self._http = aiohttp.ClientSession(timeout=timeout)
        async with self._http.post(
            delivery.url, data=delivery.body.encode(), headers=headers, allow_redirects=False
        ) as answer:
            return answer.status
