"""Webhooks as v1 knows them."""

from heygen_async.models.assets import Filled
from heygen_async.models.base import KeepsSecrets
from heygen_async.models.webhooks import UpdateWebhookEndpoint, WebhookStatus


class UpdateLegacyEndpoint(UpdateWebhookEndpoint, kw_only=True):
    """Another address or other events; at least one of them.

    Attributes:
        endpoint_id: The endpoint.
    """

    endpoint_id: Filled


class LegacyEndpoint(KeepsSecrets):
    """A registered address. Its secret is not part of its ``repr``.

    Attributes:
        endpoint_id: The endpoint's id.
        url: Where events are POSTed.
        events: Kinds of events that it is told of; None, or none at all, for all of them.
        status: Whether it is told of anything.
        secret: What deliveries are signed with. Keep the one that ``add_endpoint`` gives: a list
            may leave it out.
        username: Whose endpoint it is.
        created_at: When it was registered, as HeyGen writes it.
    """

    endpoint_id: str
    url: str = ""
    events: list[str] | None = None
    status: WebhookStatus = WebhookStatus.ENABLED
    secret: str | None = None
    username: str | None = None
    created_at: str | float | None = None
