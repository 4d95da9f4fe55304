"""``/v3/webhooks``: endpoints, their secrets, and what happened."""

import hashlib
from datetime import UTC, datetime
from typing import Any, Final, get_args

from heygen_async.models import CreateWebhookEndpoint, UpdateWebhookEndpoint, WebhookEventName
from heygen_async.sandbox.context import Call, Context, Reply, Route
from heygen_async.sandbox.deliveries import is_target, mature
from heygen_async.sandbox.mail import Endpoint, Event
from heygen_async.sandbox.pages import page
from heygen_async.sandbox.refusal import Refusal, invalid, missing
from heygen_async.sandbox.validation import decode, whole_number

_EVENTS: Final = frozenset(get_args(WebhookEventName))
_ENDS: Final = {"success": "has ended well", "fail": "has failed"}


async def list_event_types(_ctx: Context, _call: Call) -> Reply:
    """Lists every kind of event."""
    kinds = [{"event_type": name, "description": _described(name)} for name in sorted(_EVENTS)]
    return Reply(kinds, beside={"has_more": False, "next_token": None})


def _described(name: str) -> str:
    thing, _, end = name.rpartition(".")
    words = (thing or name).replace("_", " ").replace(".", ", ").capitalize()
    return f"{words} {_ENDS.get(end, end.replace('_', ' '))}." if thing else f"{words}."


async def create_endpoint(ctx: Context, call: Call) -> Reply:
    """Registers an address."""
    endpoint = register(ctx, decode(call.body, CreateWebhookEndpoint))
    return Reply(_shown(endpoint) | {"secret": endpoint.secret})


def register(ctx: Context, body: CreateWebhookEndpoint, *, legacy: bool = False) -> Endpoint:
    """A new endpoint.

    Raises:
        Refusal: Events cannot be sent to its address, or it has an endpoint already.
    """
    _check_url(body.url)
    world = ctx.world
    if any(endpoint.url == body.url for endpoint in world.endpoints.values()):
        raise Refusal(409, "conflict", f"The URL {body.url} is already registered.", param="url")
    # What has happened before is not told.
    mature(ctx)
    endpoint_id = ctx.new_id("endpoint")
    endpoint = Endpoint(
        id=endpoint_id,
        url=body.url,
        secret=_new_secret(ctx, endpoint_id),
        created=ctx.clock.now(),
        events=None if body.events is None else [str(name) for name in body.events],
        entity_id=body.entity_id,
        legacy=legacy,
    )
    world.endpoints[endpoint_id] = endpoint
    ctx.bell.set()
    return endpoint


def _check_url(url: str) -> None:
    if not is_target(url):
        raise invalid("url", "url: must be a public https address, or http on this machine")


def _new_secret(ctx: Context, endpoint_id: str) -> str:
    text = f"{endpoint_id}:{ctx.new_id('secret')}"
    return f"whsec_{hashlib.sha256(text.encode()).hexdigest()[:48]}"


def _shown(endpoint: Endpoint) -> dict[str, Any]:
    return {
        "endpoint_id": endpoint.id,
        "url": endpoint.url,
        "events": endpoint.events,
        "status": "enabled",
        "created_at": iso(endpoint.created),
        "secret": None,
    }


def iso(moment: float) -> str:
    """A moment as endpoints and events tell it."""
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="seconds")


async def list_endpoints(ctx: Context, call: Call) -> Reply:
    """Lists the endpoints, without their secrets."""
    limit = whole_number(call.query.get("limit"), "limit", default=10, low=1, high=100)
    endpoints = [_shown(endpoint) for endpoint in ctx.world.endpoints.values()]
    return page(endpoints, limit=limit, token=call.query.get("token"))


def find(ctx: Context, endpoint_id: str) -> Endpoint:
    """The endpoint with an id.

    Raises:
        Refusal: 404, when there is none.
    """
    endpoint = ctx.world.endpoints.get(endpoint_id)
    if endpoint is None:
        raise missing("webhook_not_found", f"Endpoint {endpoint_id} not found.")
    return endpoint


async def update_endpoint(ctx: Context, call: Call) -> Reply:
    """Changes the address or the events."""
    endpoint = find(ctx, call.params["endpoint_id"])
    change(ctx, endpoint, decode(call.body, UpdateWebhookEndpoint))
    return Reply(_shown(endpoint))


def change(ctx: Context, endpoint: Endpoint, body: UpdateWebhookEndpoint) -> None:
    """Gives an endpoint another address, other events, or both.

    Raises:
        Refusal: Nothing changes, or events cannot be sent to the address.
    """
    if body.url is None and body.events is None:
        raise invalid("url", "url: at least one of url and events is needed")
    if body.url is not None:
        _check_url(body.url)
        others = (each for each in ctx.world.endpoints.values() if each is not endpoint)
        if any(each.url == body.url for each in others):
            raise invalid("url", f"url: {body.url} is already registered")
        endpoint.url = body.url
    if body.events is not None:
        endpoint.events = [str(name) for name in body.events]


async def delete_endpoint(ctx: Context, call: Call) -> Reply:
    """Removes an endpoint; what is on its way to it is dropped."""
    endpoint = find(ctx, call.params["endpoint_id"])
    del ctx.world.endpoints[endpoint.id]
    return Reply({})


async def rotate_secret(ctx: Context, call: Call) -> Reply:
    """Replaces a secret at once."""
    endpoint = find(ctx, call.params["endpoint_id"])
    endpoint.secret = _new_secret(ctx, endpoint.id)
    return Reply({"endpoint_id": endpoint.id, "secret": endpoint.secret})


async def list_events(ctx: Context, call: Call) -> Reply:
    """Lists what happened, the newest first."""
    wanted = call.query.get("event_type")
    if wanted is not None and wanted not in _EVENTS:
        raise invalid("event_type", f"event_type: {wanted!r} is not a kind of event")
    entity = call.query.get("entity_id")
    limit = whole_number(call.query.get("limit"), "limit", default=10, low=1, high=100)
    mature(ctx)
    found = [
        event
        for event in reversed(ctx.world.events)
        if wanted in {None, event.type} and entity in {None, event.entity_id}
    ]
    reply = page(found, limit=limit, token=call.query.get("token"))
    reply_events: list[Event] = reply.data
    return Reply([_told(event) for event in reply_events], beside=reply.beside)


def _told(event: Event) -> dict[str, Any]:
    return {
        "event_id": event.id,
        "event_type": event.type,
        "event_data": event.data,
        "created_at": iso(event.at),
    }


_ENDPOINT: Final = "/v3/webhooks/endpoints/{endpoint_id}"

ROUTES: Final = (
    Route(method="GET", path="/v3/webhooks/event-types", handler=list_event_types),
    Route(method="GET", path="/v3/webhooks/endpoints", handler=list_endpoints),
    Route(method="POST", path="/v3/webhooks/endpoints", handler=create_endpoint, keyed=True),
    Route(method="PATCH", path=_ENDPOINT, handler=update_endpoint),
    Route(method="DELETE", path=_ENDPOINT, handler=delete_endpoint),
    Route(method="POST", path=f"{_ENDPOINT}/rotate-secret", handler=rotate_secret, keyed=True),
    Route(method="GET", path="/v3/webhooks/events", handler=list_events),
)
