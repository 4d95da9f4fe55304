"""Webhooks of v1: tried when they are registered, signed in the old way, and kept secret."""

import asyncio
import hashlib
import hmac
import json
import logging
from collections.abc import AsyncIterator
from io import StringIO

import pytest
from aiohttp import web
from rich.console import Console

from heygen_async import HeyGen
from heygen_async.errors import BadRequestError, InvalidRequestError, NotFoundError
from heygen_async.models import AvatarLook, AvatarVideo, CreateWebhookEndpoint
from heygen_async.models.v2 import LegacyEndpoint
from heygen_async.sandbox import Fault, Sandbox

Inbox = asyncio.Queue[tuple[dict[str, str], bytes]]
FAR = CreateWebhookEndpoint(url="https://example.com/hook", events=["avatar_video.fail"])


@pytest.fixture
def inbox() -> Inbox:
    return asyncio.Queue()


@pytest.fixture
async def address(inbox: Inbox) -> AsyncIterator[str]:
    async def take(request: web.Request) -> web.Response:
        inbox.put_nowait((dict(request.headers), await request.read()))
        return web.Response()

    async def options(_request: web.Request) -> web.Response:
        return web.Response(status=204)

    app = web.Application()
    app.router.add_post("/hook", take)
    app.router.add_options("/hook", options)
    app.router.add_post("/deaf", take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def test_a_delivery_is_signed_in_the_old_way(
    heygen: HeyGen, look: AvatarLook, inbox: Inbox, address: str
) -> None:
    endpoint = await heygen.v2.webhooks.add_endpoint(
        CreateWebhookEndpoint(url=f"{address}/hook", events=[])
    )
    assert endpoint.events is None
    assert endpoint.secret
    job = await heygen.videos.create(AvatarVideo(avatar_id=look.id, script="Hello."))
    await job.wait()
    headers, body = await inbox.get()
    digest = hmac.new(endpoint.secret.encode(), body, hashlib.sha256).hexdigest()
    assert headers["Signature"] == digest
    assert not [name for name in headers if name.lower().startswith("heygen-")]
    assert json.loads(body)["event_data"]["video_id"] == job.id


async def test_an_address_has_to_answer_options(heygen: HeyGen, address: str) -> None:
    with pytest.raises(BadRequestError, match="OPTIONS"):
        await heygen.v2.webhooks.add_endpoint(CreateWebhookEndpoint(url=f"{address}/deaf"))
    with pytest.raises(BadRequestError, match="OPTIONS"):
        await heygen.v2.webhooks.add_endpoint(CreateWebhookEndpoint(url="http://127.0.0.1:9/no"))
    assert await heygen.v2.webhooks.list_endpoints() == []


async def test_endpoints_are_listed_changed_and_deleted(heygen: HeyGen) -> None:
    webhooks = heygen.v2.webhooks
    made = await webhooks.add_endpoint(FAR)
    assert await webhooks.list_endpoints() == [made]
    changed = await webhooks.update_endpoint(made.endpoint_id, events=["personalized_video"])
    assert (changed.url, changed.events) == (made.url, ["personalized_video"])
    assert changed.secret == made.secret
    (newer,) = (await heygen.webhooks.list_endpoints()).items
    assert (newer.endpoint_id, newer.events) == (made.endpoint_id, ["personalized_video"])
    await webhooks.delete_endpoint(made.endpoint_id)
    assert await webhooks.list_endpoints() == []
    with pytest.raises(NotFoundError):
        await webhooks.delete_endpoint(made.endpoint_id)
    with pytest.raises(NotFoundError):
        await webhooks.update_endpoint(made.endpoint_id, url="https://example.com/other")


async def test_a_delete_whose_answer_is_lost_has_worked(heygen: HeyGen, sandbox: Sandbox) -> None:
    made = await heygen.v2.webhooks.add_endpoint(FAR)
    sandbox.fault(Fault(path="/v1/webhook/endpoint.delete", commit_then_drop=True))
    await heygen.v2.webhooks.delete_endpoint(made.endpoint_id)
    assert await heygen.v2.webhooks.list_endpoints() == []


async def test_kinds_of_events_are_named(heygen: HeyGen) -> None:
    names = await heygen.v2.webhooks.list_event_types()
    assert {"avatar_video.success", "personalized_video"} < set(names)
    assert set(names) < {each.event_type for each in await heygen.webhooks.list_event_types()}


async def test_nothing_wrong_is_sent(heygen: HeyGen) -> None:
    with pytest.raises(InvalidRequestError, match="url"):
        await heygen.v2.webhooks.add_endpoint(CreateWebhookEndpoint(url="example.com"))
    with pytest.raises(InvalidRequestError, match="url or events"):
        await heygen.v2.webhooks.update_endpoint("e1")
    with pytest.raises(InvalidRequestError, match="events"):
        await heygen.v2.webhooks.update_endpoint("e1", events=["no.such"])  # type: ignore[list-item]


async def test_nobody_shows_a_secret(heygen: HeyGen, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    endpoint = await heygen.v2.webhooks.add_endpoint(FAR)
    assert isinstance(endpoint, LegacyEndpoint)
    assert endpoint.secret
    page = StringIO()
    Console(file=page, width=300).print(endpoint, await heygen.v2.webhooks.list_endpoints())
    for shown in (repr(endpoint), f"{endpoint}", page.getvalue(), caplog.text):
        assert endpoint.secret not in shown
    assert "secret='…'" in repr(endpoint)
