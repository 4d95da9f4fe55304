"""``/v1/webhook``: the endpoints of v3, tried at once, and signed in an older way."""

from typing import Any, Final, get_args

from heygen_async.models import CreateWebhookEndpoint, WebhookEventName
from heygen_async.models.v2 import UpdateLegacyEndpoint
from heygen_async.sandbox.context import Call, Context, Handler, Reply, Route
from heygen_async.sandbox.deliveries import answers, is_target
from heygen_async.sandbox.envelopes import Family
from heygen_async.sandbox.mail import Endpoint
from heygen_async.sandbox.refusal import refuse
from heygen_async.sandbox.v3.users import USERNAME
from heygen_async.sandbox.v3.webhooks import change, find, iso, register
from heygen_async.sandbox.validation import decode

_NEWER: Final = (
    "ai_clipping.",
    "batch.",
    "filler_word_removal.",
    "hyperframes_video.",
    "podcast.",
    "video_translate.preflight.",
)
"""What v1 does not tell of."""


async def list_event_types(_ctx: Context, _call: Call) -> Reply:
    """Lists the names of all kinds of event, as a bare array."""
    names: tuple[str, ...] = get_args(WebhookEventName)
    return Reply([name for name in names if not name.startswith(_NEWER)])


async def add_endpoint(ctx: Context, call: Call) -> Reply:
    """Registers an address that takes OPTIONS."""
    body: CreateWebhookEndpoint = decode(call.body, CreateWebhookEndpoint)
    if is_target(body.url) and not await answers(body.url):
        refuse("url", f"url: {body.url} did not answer OPTIONS with 2xx within 1 second")
    endpoint = register(ctx, body, legacy=True)
    endpoint.events = endpoint.events or None
    return Reply(_shown(endpoint))


def _shown(endpoint: Endpoint) -> dict[str, Any]:
    return {
        "endpoint_id": endpoint.id,
        "url": endpoint.url,
        "secret": endpoint.secret,
        "status": "enabled",
        "events": endpoint.events,
        "username": USERNAME,
        "created_at": iso(endpoint.created),
    }


async def list_endpoints(ctx: Context, _call: Call) -> Reply:
    """Lists the endpoints with their secrets, as a bare array."""
    return Reply([_shown(endpoint) for endpoint in ctx.world.endpoints.values()])


async def update_endpoint(ctx: Context, call: Call) -> Reply:
    """Changes the address or the events."""
    body: UpdateLegacyEndpoint = decode(call.body, UpdateLegacyEndpoint)
    endpoint = find(ctx, body.endpoint_id)
    change(ctx, endpoint, body)
    return Reply(_shown(endpoint))


async def delete_endpoint(ctx: Context, call: Call) -> Reply:
    """Removes an endpoint; what is on its way to it is dropped."""
    endpoint_id = call.query.get("endpoint_id")
    if not endpoint_id:
        refuse("endpoint_id", "endpoint_id: Field required")
    del ctx.world.endpoints[find(ctx, endpoint_id).id]
    return Reply(None)


def _route(method: str, path: str, handler: Handler) -> Route:
    return Route(method=method, path=f"/v1/webhook/{path}", handler=handler, family=Family.CODE)


ROUTES: Final = (
    _route("GET", "webhook.list", list_event_types),
    _route("POST", "endpoint.add", add_endpoint),
    _route("GET", "endpoint.list", list_endpoints),
    _route("PATCH", "endpoint.update", update_endpoint),
    _route("DELETE", "endpoint.delete", delete_endpoint),
)
