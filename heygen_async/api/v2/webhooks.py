"""Webhooks of v1: https://docs.heygen.com/reference/add-a-webhook-endpoint."""

from collections.abc import Sequence
from typing import Any

from heygen_async.api.v2.paging import LegacyResource
from heygen_async.models import CreateWebhookEndpoint, WebhookEventName
from heygen_async.models.v2 import LegacyEndpoint, UpdateLegacyEndpoint
from heygen_async.wire.arguments import must_be
from heygen_async.wire.limits import check_id
from heygen_async.wire.routes.v2 import webhooks as routes


class LegacyWebhooks(LegacyResource):
    """``heygen.v2.webhooks``: be told instead of asking."""

    async def list_event_types(self) -> list[str]:
        """The name of every kind of event, such as ``avatar_video.success``.

        Raises:
            HeyGenError: As every call.

        Deprecated: use ``heygen.webhooks.list_event_types``.

        https://docs.heygen.com/reference/list-available-webhook-events
        """
        return await self._all(routes.V2_WEBHOOKS_LIST_EVENT_TYPES, str)

    async def add_endpoint(
        self, request: CreateWebhookEndpoint, *, extra_body: dict[str, Any] | None = None
    ) -> LegacyEndpoint:
        """Registers an address. HeyGen tries it at once: it has to answer OPTIONS within a second.

        Deliveries carry ``Signature``, the hex HMAC-SHA256 of the raw body with the whole secret,
        and nothing that tells when they were sent. They may come twice.

        Args:
            request: The address, and what it wants to be told of; all, when it names nothing.
            extra_body: Fields that are newer than this library.

        Returns:
            The endpoint, with the ``secret`` that HeyGen made.

        Raises:
            InvalidRequestError: It is no address. Nothing was sent.
            OutcomeUnknownError: It was sent and not answered: look at ``list_endpoints``.
            HeyGenError: As every call.

        Deprecated: use ``heygen.webhooks.create_endpoint``.

        https://docs.heygen.com/reference/add-a-webhook-endpoint
        """
        must_be(request, CreateWebhookEndpoint)
        return await self._post(
            routes.V2_WEBHOOKS_ADD, LegacyEndpoint, request, extra_body=extra_body
        )

    async def list_endpoints(self) -> list[LegacyEndpoint]:
        """The registered addresses.

        Raises:
            HeyGenError: As every call.

        Deprecated: use ``heygen.webhooks.list_endpoints``.

        https://docs.heygen.com/reference/list-webhook-endpoints
        """
        return await self._all(routes.V2_WEBHOOKS_LIST, LegacyEndpoint)

    async def update_endpoint(
        self,
        endpoint_id: str,
        *,
        url: str | None = None,
        events: Sequence[WebhookEventName] | None = None,
    ) -> LegacyEndpoint:
        """Changes the address, the kinds of events, or both. The secret stays.

        Args:
            endpoint_id: The endpoint.
            url: A public https address; as it was when left out.
            events: All kinds of events to be told of, in the place of those before; as they were
                when left out.

        Raises:
            InvalidRequestError: Nothing changes. Nothing was sent.
            NotFoundError: There is no such endpoint.
            HeyGenError: As every call.

        Deprecated: use ``heygen.webhooks.update_endpoint``.

        https://docs.heygen.com/reference/update-a-webhook-endpoint
        """
        request = UpdateLegacyEndpoint(
            endpoint_id=check_id("endpoint_id", endpoint_id),
            url=url,
            events=None if events is None else [*events],
        )
        return await self._post(routes.V2_WEBHOOKS_UPDATE, LegacyEndpoint, request)

    async def delete_endpoint(self, endpoint_id: str) -> None:
        """Removes an address for good: nothing is delivered to it any more.

        Args:
            endpoint_id: The endpoint.

        Raises:
            NotFoundError: There is no such endpoint.
            HeyGenError: As every call.

        Deprecated: use ``heygen.webhooks.delete_endpoint``.

        https://docs.heygen.com/reference/delete-a-webhook-endpoint
        """
        query = {"endpoint_id": check_id("endpoint_id", endpoint_id)}
        await self._remove(routes.V2_WEBHOOKS_DELETE, object, query=query, done=None)
