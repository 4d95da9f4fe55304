"""Webhooks: https://developers.heygen.com/reference/create-webhook-endpoint."""

from collections.abc import Sequence
from typing import Any, Final

import msgspec

from heygen_async.api.pages import Pager
from heygen_async.api.resource import Resource
from heygen_async.errors import ConflictError, InvalidRequestError
from heygen_async.models import (
    CreateWebhookEndpoint,
    RotatedSecret,
    UpdateWebhookEndpoint,
    WebhookEndpoint,
    WebhookEvent,
    WebhookEventName,
    WebhookEventType,
    WebhookStatus,
)
from heygen_async.wire.calls import Call
from heygen_async.wire.limits import check_id
from heygen_async.wire.redact import Secret
from heygen_async.wire.routes import webhooks as routes

_PAGE_MAX: Final = 100


class Webhooks(Resource):
    """``heygen.webhooks``: be told instead of asking."""

    async def create_endpoint(
        self,
        request: CreateWebhookEndpoint,
        *,
        idempotency_key: str | None = None,
        extra_body: dict[str, Any] | None = None,
    ) -> WebhookEndpoint:
        """Registers an address. Free.

        Deliveries carry ``Heygen-Signature``, the hex HMAC-SHA256 of the raw body with the whole
        secret. What is not answered with 2xx within 10 seconds comes again, for up to 24 hours.

        Args:
            request: The address, and what it wants to be told of.
            idempotency_key: Your own key; the same key and body give the same endpoint for 24 h.
            extra_body: Fields that are newer than this library.

        Returns:
            The endpoint, with its ``secret``: this once.

        Raises:
            InvalidRequestError: It is no address. Nothing was sent.
            ConflictError: The address is registered already.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/create-webhook-endpoint
        """
        return await self._post(
            routes.WEBHOOKS_CREATE_ENDPOINT,
            WebhookEndpoint,
            request,
            idempotency_key=idempotency_key,
            extra_body=extra_body,
        )

    async def ensure(
        self,
        url: str,
        *,
        events: Sequence[WebhookEventName] | None = None,
        secret: str | Secret | None = None,
        rotate: bool = False,
    ) -> WebhookEndpoint:
        """Registers an address unless it is, and gives the endpoint with its secret. Free.

        Call it when an app starts. HeyGen shows a secret once, so keep it, and pass it along when
        the app starts again.

        Args:
            url: A public https address that takes POSTs.
            events: Kinds of events to be told of; an endpoint that is told of others is changed.
                When left out, a new endpoint is told of all, and one that is there of what it was
                told of before: look at its ``events``.
            secret: The secret, if the address was registered before.
            rotate: Whether to ask for a new secret where the address is registered already and
                its secret is not given. The old one is dead at once, for every process.

        Returns:
            The endpoint, with its ``secret``, which is no part of its ``repr``.

        Raises:
            InvalidRequestError: It is no address, no events, or an empty secret; or the address is
                registered already, and neither its secret nor the permission to rotate it was
                given, or HeyGen has disabled it.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/create-webhook-endpoint
        """
        wanted = None if events is None else list(dict.fromkeys(events))
        known = secret.reveal() if isinstance(secret, Secret) else secret
        if wanted == []:
            raise InvalidRequestError("events", [], "must be 1 or more, or left out for all")
        if known == "":
            raise InvalidRequestError("secret", "", "must not be empty; None if it is not known")
        found = await self._with_url(url)
        if found is None:
            try:
                return await self.create_endpoint(CreateWebhookEndpoint(url=url, events=wanted))
            except ConflictError:  # another process was faster
                found = await self._with_url(url)
                if found is None:
                    raise
        _check_usable(found, with_secret=known is not None or rotate)
        if wanted is not None and set(found.events or ()) != set(wanted):
            change = UpdateWebhookEndpoint(events=wanted)
            found = await self.update_endpoint(found.endpoint_id, request=change)
        if known is None:
            known = (await self.rotate_secret(found.endpoint_id)).secret
        return msgspec.structs.replace(found, secret=known)

    async def _with_url(self, url: str) -> WebhookEndpoint | None:
        async for endpoint in self.list_endpoints():
            if endpoint.url == url:
                return endpoint
        return None

    def list_endpoints(
        self, *, limit: int | None = None, max_items: int | None = None
    ) -> Pager[WebhookEndpoint]:
        """The registered addresses, without their secrets.

        Args:
            limit: Endpoints per page, 1 to 100; 10 when left out.
            max_items: Stops an iteration after so many.

        Raises:
            InvalidRequestError: ``limit`` is out of bounds.
            HeyGenError: As every call, when a page is read.

        https://developers.heygen.com/reference/list-webhook-endpoints
        """
        return self._list(
            routes.WEBHOOKS_LIST_ENDPOINTS,
            WebhookEndpoint,
            limit=limit,
            most=_PAGE_MAX,
            max_items=max_items,
        )

    async def update_endpoint(
        self,
        endpoint_id: str,
        *,
        request: UpdateWebhookEndpoint,
        extra_body: dict[str, Any] | None = None,
    ) -> WebhookEndpoint:
        """Changes the address, the kinds of events, or both. The secret stays.

        Args:
            endpoint_id: The endpoint.
            request: What changes; ``events`` takes the place of the whole list before.
            extra_body: Fields that are newer than this library.

        Raises:
            InvalidRequestError: Nothing changes. Nothing was sent.
            NotFoundError: There is no such endpoint.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/update-webhook-endpoint
        """
        return await self._post(
            routes.WEBHOOKS_UPDATE_ENDPOINT,
            WebhookEndpoint,
            request,
            ids={"endpoint_id": check_id("endpoint_id", endpoint_id)},
            extra_body=extra_body,
        )

    async def delete_endpoint(self, endpoint_id: str) -> None:
        """Removes an address for good: nothing is delivered to it any more.

        Args:
            endpoint_id: The endpoint.

        Raises:
            NotFoundError: There is no such endpoint.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/delete-webhook-endpoint
        """
        reply: Any = dict[str, Any] | None
        ids = {"endpoint_id": check_id("endpoint_id", endpoint_id)}
        await self._remove(routes.WEBHOOKS_DELETE_ENDPOINT, reply, ids=ids, done=None)

    async def rotate_secret(
        self, endpoint_id: str, *, idempotency_key: str | None = None
    ) -> RotatedSecret:
        """Makes a new secret. The one before is dead at once: expect failing checks for a moment.

        Args:
            endpoint_id: The endpoint.
            idempotency_key: Your own key; the same key gives the same secret for 24 h.

        Returns:
            The new secret: this once.

        Raises:
            NotFoundError: There is no such endpoint.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/rotate-webhook-secret
        """
        call = Call(
            routes.WEBHOOKS_ROTATE_SECRET,
            RotatedSecret,
            ids={"endpoint_id": check_id("endpoint_id", endpoint_id)},
            idempotency_key=idempotency_key,
        )
        return await self._tools.sender.send(call)

    async def list_event_types(self) -> list[WebhookEventType]:
        """Every kind of event that HeyGen knows, with a word about when it happens.

        Raises:
            HeyGenError: As every call.

        https://developers.heygen.com/reference/list-webhook-event-types
        """
        return await self._read(routes.WEBHOOKS_LIST_EVENT_TYPES, list[WebhookEventType])

    def list_events(
        self,
        *,
        event_type: WebhookEventName | None = None,
        entity_id: str | None = None,
        limit: int | None = None,
        max_items: int | None = None,
    ) -> Pager[WebhookEvent]:
        """What happened and was told, the newest first: what to read after a time out of reach.

        Args:
            event_type: Only events of this kind.
            entity_id: Only events of this one thing, such as a video.
            limit: Events per page, 1 to 100; 10 when left out.
            max_items: Stops an iteration after so many.

        Raises:
            InvalidRequestError: ``limit`` is out of bounds.
            HeyGenError: As every call, when a page is read.

        https://developers.heygen.com/reference/list-webhook-events
        """
        return self._list(
            routes.WEBHOOKS_LIST_EVENTS,
            WebhookEvent,
            limit=limit,
            most=_PAGE_MAX,
            max_items=max_items,
            query={"event_type": event_type, "entity_id": entity_id},
        )


def _check_usable(found: WebhookEndpoint, *, with_secret: bool) -> None:
    """Refuses an endpoint that was there before, and can be of no use.

    Raises:
        InvalidRequestError: Nobody knows its secret, or HeyGen has disabled it.
    """
    if not with_secret:
        raise InvalidRequestError(
            "secret",
            None,
            f"must be given, or rotate=True, since {found.url} is registered already",
            hint="HeyGen shows a secret only when it is made.",
        )
    if found.status == WebhookStatus.DISABLED:
        raise InvalidRequestError(
            "url",
            found.url,
            "is registered, but disabled at HeyGen, and so told of nothing",
            hint=f"delete_endpoint({found.endpoint_id!r}), and ensure it again.",
        )
