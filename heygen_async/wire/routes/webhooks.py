"""Webhooks."""

from typing import Final

from heygen_async.wire.calls import Route
from heygen_async.wire.kinds import Kind

# https://developers.heygen.com/reference/create-webhook-endpoint and the pages beside it
WEBHOOKS_LIST_EVENT_TYPES: Final = Route(
    "webhooks.list_event_types", "GET", "/v3/webhooks/event-types", Kind.READ
)
WEBHOOKS_LIST_ENDPOINTS: Final = Route(
    "webhooks.list_endpoints", "GET", "/v3/webhooks/endpoints", Kind.READ
)
WEBHOOKS_CREATE_ENDPOINT: Final = Route(
    "webhooks.create_endpoint", "POST", "/v3/webhooks/endpoints", Kind.KEYED
)
WEBHOOKS_UPDATE_ENDPOINT: Final = Route(
    "webhooks.update_endpoint", "PATCH", "/v3/webhooks/endpoints/{endpoint_id}", Kind.IDEMPOTENT
)
WEBHOOKS_DELETE_ENDPOINT: Final = Route(
    "webhooks.delete_endpoint", "DELETE", "/v3/webhooks/endpoints/{endpoint_id}", Kind.IDEMPOTENT
)
WEBHOOKS_ROTATE_SECRET: Final = Route(
    "webhooks.rotate_secret",
    "POST",
    "/v3/webhooks/endpoints/{endpoint_id}/rotate-secret",
    Kind.KEYED,
)
WEBHOOKS_LIST_EVENTS: Final = Route("webhooks.list_events", "GET", "/v3/webhooks/events", Kind.READ)
