"""Webhooks: registered, signed, listed, and secrets that nobody sees, over real sockets."""

import asyncio
import hashlib
import hmac
import json
import logging
from collections.abc import AsyncIterator
from io import StringIO
from typing import Any

import pytest
from aiohttp import web
from rich.console import Console

from heygen_async import HeyGen
from heygen_async.errors import ConflictError, InvalidRequestError, NotFoundError
from heygen_async.models import (
    AvatarLook,
    AvatarVideo,
    CreateWebhookEndpoint,
    UpdateWebhookEndpoint,
    WebhookEndpoint,
    WebhookStatus,
)
from heygen_async.sandbox import Fault, Sandbox

Inbox = asyncio.Queue[tuple[dict[str, str], bytes]]


@pytest.fixture
def inbox() -> Inbox:
    return asyncio.Queue()


@pytest.fixture
async def address(inbox: Inbox) -> AsyncIterator[str]:
    async def take(request: web.Request) -> web.Response:
        inbox.put_nowait((dict(request.headers), await request.read()))
        return web.Response(status=202)

    app = web.Application()
    app.router.add_post("/hook", take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    await runner.cleanup()


async def test_an_endpoint_is_told_of_a_video(
    heygen: HeyGen, look: AvatarLook, inbox: Inbox, address: str
) -> None:
    endpoint = await heygen.webhooks.create_endpoint(
        CreateWebhookEndpoint(url=address, events=["avatar_video.success"])
    )
    assert endpoint.secret
    assert endpoint.secret.startswith("whsec_")
    job = await heygen.videos.create(AvatarVideo(avatar_id=look.id, script="Hello."))
    video = await job.wait()
    headers, body = await inbox.get()
    digest = hmac.new(endpoint.secret.encode(), body, hashlib.sha256).hexdigest()
    assert headers["Heygen-Signature"] == digest
    event = json.loads(body)
    assert event["event_type"] == "avatar_video.success"
    assert event["event_data"]["video_id"] == video.id
    events = [each async for each in heygen.webhooks.list_events(entity_id=video.id)]
    assert [each.event_id for each in events] == [headers["Heygen-Event-Id"]]
    assert events[0].event_data == event["event_data"]
    only_failed = heygen.webhooks.list_events(event_type="avatar_video.fail")
    assert (await only_failed).items == []


async def test_a_callback_is_told_unsigned(
    heygen: HeyGen, look: AvatarLook, inbox: Inbox, address: str
) -> None:
    request = AvatarVideo(
        avatar_id=look.id, script="[[fail]] it.", callback_url=address, callback_id="row-1"
    )
    job = await heygen.videos.create(request)
    with pytest.raises(Exception, match="moderation"):
        await job.wait()
    headers, body = await inbox.get()
    assert "Heygen-Signature" not in headers
    data = json.loads(body)["event_data"]
    assert (data["video_id"], data["callback_id"]) == (job.id, "row-1")
    assert "moderation" in data["msg"]


async def test_endpoints_are_listed_changed_and_deleted(heygen: HeyGen) -> None:
    webhooks = heygen.webhooks
    request = CreateWebhookEndpoint(url="https://example.com/a", entity_id="v1")
    first = await webhooks.create_endpoint(request, idempotency_key="k")
    assert first == await webhooks.create_endpoint(request, idempotency_key="k")
    with pytest.raises(ConflictError):
        await webhooks.create_endpoint(request)
    await webhooks.create_endpoint(CreateWebhookEndpoint(url="https://example.com/b"))
    listed = [each async for each in webhooks.list_endpoints(limit=1)]
    assert [each.url for each in listed] == ["https://example.com/a", "https://example.com/b"]
    assert [each.secret for each in listed] == [None, None]
    assert listed[0].status is WebhookStatus.ENABLED
    changed = await webhooks.update_endpoint(
        first.endpoint_id, request=UpdateWebhookEndpoint(events=["batch.finished"])
    )
    assert (changed.url, changed.events) == ("https://example.com/a", ["batch.finished"])
    rotated = await webhooks.rotate_secret(first.endpoint_id)
    assert rotated.secret != first.secret
    await webhooks.delete_endpoint(first.endpoint_id)
    with pytest.raises(NotFoundError):
        await webhooks.delete_endpoint(first.endpoint_id)
    with pytest.raises(NotFoundError):
        await webhooks.rotate_secret(first.endpoint_id)
    assert len((await webhooks.list_endpoints()).items) == 1


async def test_event_types_have_descriptions(heygen: HeyGen) -> None:
    kinds = {each.event_type: each.description for each in await heygen.webhooks.list_event_types()}
    assert kinds["avatar_video.success"]
    assert "batch.finished" in kinds


async def test_a_lost_answer_makes_no_second_endpoint(heygen: HeyGen, sandbox: Sandbox) -> None:
    sandbox.fault(Fault(path="/v3/webhooks/endpoints", commit_then_drop=True))
    made = await heygen.webhooks.create_endpoint(CreateWebhookEndpoint(url="https://example.com"))
    assert made.secret
    (listed,) = (await heygen.webhooks.list_endpoints()).items
    assert listed.endpoint_id == made.endpoint_id


async def test_nobody_sees_a_secret(
    heygen: HeyGen, events: list[Any], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with heygen.with_raw_response() as raw:
        endpoint = await heygen.webhooks.create_endpoint(
            CreateWebhookEndpoint(url="https://example.com/a")
        )
        rotated = await heygen.webhooks.rotate_secret(endpoint.endpoint_id)
    out = StringIO()
    Console(file=out, width=500).print(endpoint, rotated)
    shown = "\n".join(
        (repr(endpoint), str(endpoint), f"{rotated!r}", repr([rotated]), out.getvalue(),
         repr(raw.all), repr(events), caplog.text)
    )  # fmt: skip
    assert endpoint.secret
    assert endpoint.secret not in shown
    assert rotated.secret not in shown
    assert "whsec_" not in shown
    assert "secret='…'" in repr(endpoint)
    assert "secret=None" in repr(WebhookEndpoint(endpoint_id="e"))


@pytest.mark.parametrize(
    "request_",
    [
        CreateWebhookEndpoint(url=""),
        CreateWebhookEndpoint(url="example.com"),
        CreateWebhookEndpoint(url="https://example.com", events=["video.done"]),  # type: ignore[list-item]
    ],
)
async def test_a_wrong_endpoint_is_refused_here(
    heygen: HeyGen, sandbox: Sandbox, request_: CreateWebhookEndpoint
) -> None:
    with pytest.raises(InvalidRequestError):
        await heygen.webhooks.create_endpoint(request_)
    with pytest.raises(InvalidRequestError, match="at least one"):
        await heygen.webhooks.update_endpoint("e", request=UpdateWebhookEndpoint())
    assert not sandbox.requests


async def test_a_deletion_whose_answer_is_lost_is_done(heygen: HeyGen, sandbox: Sandbox) -> None:
    made = await heygen.webhooks.create_endpoint(CreateWebhookEndpoint(url="https://example.com"))
    sandbox.fault(Fault(method="DELETE", path="/v3/webhooks", commit_then_drop=True))
    sandbox.fault(Fault(method="DELETE", path="/v3/webhooks", drop=True))
    await heygen.webhooks.delete_endpoint(made.endpoint_id)
    assert (await heygen.webhooks.list_endpoints()).items == []
