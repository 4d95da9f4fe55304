"""What the sandbox remembers of webhooks. Plain data, part of the world."""

from typing import Any

import msgspec


class Endpoint(msgspec.Struct, kw_only=True):
    """A registered webhook endpoint.

    Attributes:
        id: Its id.
        url: Where events are sent.
        secret: What they are signed with.
        created: Virtual Unix time.
        events: Kinds of events that it wants; None for all.
        entity_id: The one thing that it wants events of; None for all.
        legacy: Whether it was registered through v1, which signs otherwise.
    """

    id: str
    url: str
    secret: str
    created: float
    events: list[str] | None = None
    entity_id: str | None = None
    legacy: bool = False


class Event(msgspec.Struct, kw_only=True):
    """Something that happens to a job, or will have happened at a time.

    Attributes:
        id: Its id, the same for every delivery.
        at: Virtual Unix time.
        type: Its kind, such as ``avatar_video.success``.
        entity_id: The job that it is about.
        data: What it says.
        callback_url: Where it is sent besides, unsigned.
        bare: Whether it is none of HeyGen's: only the ``callback_url`` gets it, as ``data`` is.
    """

    id: str
    at: float
    type: str
    entity_id: str
    data: dict[str, Any]
    callback_url: str | None = None
    bare: bool = False


class Delivery(msgspec.Struct, kw_only=True):
    """An event on its way to one address.

    Attributes:
        id: Its id.
        event_id: The event.
        event_type: Its kind.
        url: Where it goes.
        body: What is sent, the same at every attempt.
        endpoint_id: The endpoint whose secret signs it; None for an unsigned callback.
        since: Virtual Unix time of the first attempt.
        due: Virtual Unix time of the next attempt.
        attempts: How many were made.
    """

    id: str
    event_id: str
    event_type: str
    url: str
    body: str
    endpoint_id: str | None
    since: float
    due: float
    attempts: int = 0
