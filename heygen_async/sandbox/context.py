"""What a handler gets, what it gives back, and the table it is entered in."""

import asyncio
import hashlib
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import web

from heygen_async.sandbox.clock import SandboxClock
from heygen_async.sandbox.envelopes import Family
from heygen_async.sandbox.files import FileStore
from heygen_async.sandbox.ids import between, stable_id
from heygen_async.sandbox.links import Links, storage_path
from heygen_async.sandbox.mail import Event
from heygen_async.sandbox.records import Charge
from heygen_async.sandbox.refusal import Refusal
from heygen_async.sandbox.studio import Studio
from heygen_async.sandbox.world import World


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """What a sandbox was started with.

    Attributes:
        seed: Decides ids, durations and portraits.
        slots: Renders in flight at once.
        balance: What the account has at first.
        link_seconds: Life of a download link, virtual.
        slot_seconds: Life of an upload slot, virtual.
        lag: Whether a new asset is unknown to ``POST /v3/videos`` for a moment.
        duplicates: Whether every webhook is delivered twice.
        rejects: Whether inference.sh takes runs that cannot be paid, as rejected tasks.
        former_numbers: Whether its webhooks number their ends as before January 2026.
    """

    seed: int
    slots: int
    balance: float
    link_seconds: float
    slot_seconds: float
    lag: bool
    duplicates: bool = False
    rejects: bool = False
    former_numbers: bool = False


@dataclass(slots=True)
class Context:
    """Everything the handlers share."""

    settings: Settings
    clock: SandboxClock
    world: World
    files: FileStore
    links: Links
    studio: Studio
    retired: bool = False
    bell: asyncio.Event = field(default_factory=asyncio.Event)

    def new_id(self, kind: str) -> str:
        """An unused id, 32 hex digits, decided by the seed and what was made before."""
        count = self.world.made.get(kind, 0) + 1
        self.world.made[kind] = count
        return stable_id(self.settings.seed, kind, count)

    def span(self, bounds: tuple[float, float], job_id: str) -> float:
        """How many virtual seconds a job takes."""
        return between(*bounds, self.settings.seed, job_id)

    def afford(self, credits_: float) -> None:
        """Refuses what the balance does not cover.

        Raises:
            Refusal: 402 ``insufficient_credit``.
        """
        if credits_ > self.world.balance + 1e-9:
            raise Refusal(
                402,
                "insufficient_credit",
                f"Insufficient credit: {credits_:.4f} needed, {self.world.balance:.4f} left.",
                number=400118,
            )

    def charge(self, call: "Call", kind: str, thing: str, credits_: float) -> None:
        """Takes money for a thing and writes it down; ``afford`` must have passed."""
        self.bill(
            Charge(
                id=thing,
                kind=kind,
                credits=credits_,
                idempotency_key=call.idempotency_key,
                request_digest=hashlib.sha256(call.body).hexdigest(),
                time=self.clock.now(),
            )
        )

    def bill(self, charge: Charge) -> None:
        """Takes the money of a charge."""
        self.world.balance = round(self.world.balance - charge.credits, 6)
        self.world.charges.append(charge)

    def deliver(
        self,
        event_type: str,
        entity_id: str,
        data: dict[str, Any],
        *,
        at: float | None = None,
        callback_url: str | None = None,
        callback_id: str | None = None,
        bare: bool = False,
    ) -> None:
        """Makes an event: it is recorded, and sent to whoever wants it, when its time has come.

        Args:
            event_type: Such as ``avatar_video.success``.
            entity_id: The job that it is about.
            data: What it says, beside the ``callback_id``.
            at: Virtual Unix time; now, when left out.
            callback_url: Where it is sent besides, unsigned.
            callback_id: As it was given with ``callback_url``.
            bare: Whether only ``callback_url`` gets it, as ``data`` is.
        """
        said = data if callback_id is None else data | {"callback_id": callback_id}
        self.world.coming.append(
            Event(
                id=self.new_id("event"),
                at=self.clock.now() if at is None else at,
                type=event_type,
                entity_id=entity_id,
                data=said,
                callback_url=callback_url,
                bare=bare,
            )
        )
        self.bell.set()

    def withdraw(self, entity_id: str) -> None:
        """Takes back what was to happen to a job, which is deleted or cancelled."""
        self.world.coming = [each for each in self.world.coming if each.entity_id != entity_id]

    def link(self, call: "Call", *parts: str) -> str:
        """A signed download address that lives for ``link_seconds``."""
        expires = self.clock.now() + self.settings.link_seconds
        return self.links.signed(call.base, storage_path(*parts), expires=expires)


@dataclass(slots=True)
class Call:
    """One request, as handlers see it.

    Attributes:
        request: The request below; only handlers that stream touch it.
        base: Address under which the caller reached us.
        params: Path parameters.
        query: Query parameters.
        body: Raw body; empty for routes that stream.
        idempotency_key: As sent, on routes that heed it.
    """

    request: web.Request
    base: str
    params: Mapping[str, str]
    query: Mapping[str, str]
    body: bytes = b""
    idempotency_key: str | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """A good answer, not yet wrapped.

    Attributes:
        data: What goes under ``data``.
        beside: What lies beside ``data``.
        note: ``message`` in v1's envelope.
        status: HTTP status.
    """

    data: Any
    beside: dict[str, Any] = field(default_factory=dict[str, Any])
    note: str | None = None
    status: int = 200


@dataclass(frozen=True, slots=True)
class FileReply:
    """A file to send, whole or in part.

    Attributes:
        path: Where it lies.
        content_type: What it is.
    """

    path: Path
    content_type: str


@dataclass(frozen=True, slots=True)
class RawReply:
    """Bytes to send as they are, such as a page or an empty answer of the storage."""

    body: bytes = b""
    content_type: str = "text/html"
    headers: dict[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class StreamReply:
    """An answer that is sent while it comes about.

    Attributes:
        chunks: Its bytes. What waits for something gives empty ones meanwhile, so that it can be
            left when the caller has gone or the sandbox stops.
        content_type: What they are.
    """

    chunks: AsyncGenerator[bytes]
    content_type: str


Answer = Reply | FileReply | RawReply | StreamReply
Handler = Callable[[Context, Call], Awaitable[Answer]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Route:
    """One line of the table of endpoints.

    Attributes:
        method: HTTP verb.
        path: Path with ``{names}``.
        handler: What answers.
        family: Which envelope it answers in.
        keyed: Whether ``Idempotency-Key`` is heeded.
        streams: Whether the handler reads the body itself.
    """

    method: str
    path: str
    handler: Handler
    family: Family = Family.V3
    keyed: bool = False
    streams: bool = False
