"""Webhooks of v1.

Nothing of v1 and v2 is protected by a key.
"""

from typing import Final

from heygen_async.wire.calls import Route
from heygen_async.wire.kinds import Kind


def _route(name: str, method: str, path: str, kind: Kind, successor: str) -> Route:
    return Route(
        f"v2.webhooks.{name}",
        method,
        f"/v1/webhook/{path}",
        kind,
        successor=f"heygen.webhooks.{successor}",
    )


# https://docs.heygen.com/reference/add-a-webhook-endpoint and the pages beside it
V2_WEBHOOKS_LIST_EVENT_TYPES: Final = _route(
    "list_event_types", "GET", "webhook.list", Kind.READ, "list_event_types"
)
V2_WEBHOOKS_ADD: Final = _route(
    "add_endpoint", "POST", "endpoint.add", Kind.ONCE, "create_endpoint"
)
V2_WEBHOOKS_LIST: Final = _route(
    "list_endpoints", "GET", "endpoint.list", Kind.READ, "list_endpoints"
)
V2_WEBHOOKS_UPDATE: Final = _route(
    "update_endpoint", "PATCH", "endpoint.update", Kind.IDEMPOTENT, "update_endpoint"
)
V2_WEBHOOKS_DELETE: Final = _route(
    "delete_endpoint", "DELETE", "endpoint.delete", Kind.IDEMPOTENT, "delete_endpoint"
)
