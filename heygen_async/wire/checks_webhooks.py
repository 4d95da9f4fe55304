"""What HeyGen says of webhooks in prose only.

https://developers.heygen.com/reference/create-webhook-endpoint
"""

from collections.abc import Callable
from typing import Any, Final

from heygen_async.errors import InvalidRequestError
from heygen_async.models import CreateWebhookEndpoint, Request, UpdateWebhookEndpoint
from heygen_async.models.v2 import UpdateLegacyEndpoint


def _address(url: str) -> None:
    # Plain http is left to the server: a sandbox takes it from this machine.
    if not url.lower().startswith(("https://", "http://")):
        raise InvalidRequestError("url", url, "must be a public address with https://")


def _create(request: CreateWebhookEndpoint) -> None:
    _address(request.url)


def _update(request: UpdateWebhookEndpoint) -> None:
    if request.url is None and request.events is None:
        raise InvalidRequestError("url or events", None, "at least one of them is needed")
    if request.url is not None:
        _address(request.url)


CHECKS: Final[dict[type[Request], Callable[[Any], None]]] = {
    CreateWebhookEndpoint: _create,
    UpdateWebhookEndpoint: _update,
    UpdateLegacyEndpoint: _update,
}
"""Rules of requests, by their type."""
