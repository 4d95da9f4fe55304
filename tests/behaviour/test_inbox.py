"""Deliveries over real sockets: verified, acknowledged, handled once; jobs are woken by them."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable
from typing import Any

import aiohttp
import httpx
import pytest
from aiohttp import web

from heygen_async import Cadence, HeyGen, Inbox, World
from heygen_async.contrib.aiohttp_web import webhook_routes
from heygen_async.contrib.asgi import webhook_app
from heygen_async.errors import InvalidRequestError
from heygen_async.jobs.inbox import Answer
from heygen_async.models import AvatarLook, AvatarVideo, CreateWebhookEndpoint
from heygen_async.models.deliveries import Delivery, VideoDelivery
from heygen_async.sandbox import Sandbox
from heygen_async.testing import SkippingClock
from heygen_async.wire.signatures import sign

SECRET = "whsec_test"
NEVER = Cadence(first=1e6, shortest=1e6, longest=1e6)
ANY_TIME = 1e9
"""Seconds: the sandbox signs with the time of the real clock, and the client's jumps."""


def body(event_type: str = "avatar_video.success", **data: Any) -> bytes:
    return json.dumps({"event_type": event_type, "event_data": data}).encode()


def signed(raw: bytes, clock: SkippingClock, event_id: str = "e1") -> dict[str, str]:
    return {
        "Heygen-Signature": sign(SECRET, raw),
        "Heygen-Timestamp": str(int(clock.time())),
        "Heygen-Event-Id": event_id,
    }


@pytest.fixture
async def inbox(heygen: HeyGen) -> AsyncIterator[Inbox]:
    async with heygen.inbox(SECRET) as inbox:
        yield inbox


@pytest.fixture
async def served(heygen: HeyGen) -> AsyncIterator[tuple[Inbox, str]]:
    """An inbox behind a real server, which takes unsigned deliveries."""
    app = web.Application()
    runner = web.AppRunner(app)
    inbox = heygen.inbox(unsigned=True, tolerance=ANY_TIME)
    app.add_routes(webhook_routes(inbox, "/hook"))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with inbox:
        yield inbox, f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    await runner.cleanup()


async def test_a_delivery_wakes_who_waits(
    sandbox: Sandbox, clock: SkippingClock, world: World, look: AvatarLook
) -> None:
    async with HeyGen(api_key="k", base_url=sandbox.url, world=world, cadence=NEVER) as heygen:
        clock.watch(lambda: heygen.in_flight)
        inbox = heygen.inbox(SECRET)
        job = await heygen.videos.create(AvatarVideo(avatar_id=look.id, script="Hello."))
        waiting = asyncio.create_task(job.wait(timeout=1e7))
        await clock.sleep(600)
        assert heygen.status_calls == 0
        raw = body(video_id=job.id)
        assert inbox.accept(raw, signed(raw, clock)) is Answer.TAKEN
        before = clock.monotonic()
        assert (await waiting).id == job.id
        assert clock.monotonic() - before < 60
        assert heygen.status_calls == 1


async def test_news_that_come_before_anybody_waits_are_kept(
    sandbox: Sandbox, clock: SkippingClock, world: World, look: AvatarLook
) -> None:
    async with HeyGen(api_key="k", base_url=sandbox.url, world=world, cadence=NEVER) as heygen:
        clock.watch(lambda: heygen.in_flight)
        job = await heygen.videos.create(AvatarVideo(avatar_id=look.id, script="Hello."))
        await clock.sleep(600)
        raw = body(video_id=job.id)
        heygen.inbox(SECRET).accept(raw, signed(raw, clock))
        before = clock.monotonic()
        await job.wait(timeout=1e7)
        assert clock.monotonic() - before < 60


async def test_a_lie_ends_no_wait(
    heygen: HeyGen, clock: SkippingClock, look: AvatarLook, inbox: Inbox
) -> None:
    job = await heygen.videos.create(AvatarVideo(avatar_id=look.id, script="Hello."))
    waiting = asyncio.create_task(job.wait())
    await asyncio.sleep(0)
    raw = body(video_id=job.id, url="https://example.com/other.mp4")
    inbox.accept(raw, signed(raw, clock))
    video = await waiting
    assert video.video_url
    assert "example.com" not in video.video_url


async def test_a_video_of_the_sandbox_arrives_signed(
    heygen: HeyGen, look: AvatarLook, sandbox: Sandbox, unused_address: tuple[dict[str, Inbox], str]
) -> None:
    later, address = unused_address
    endpoint = await heygen.webhooks.create_endpoint(CreateWebhookEndpoint(url=address))
    assert endpoint.secret
    got: asyncio.Queue[Delivery] = asyncio.Queue()
    async with heygen.inbox(endpoint.secret, tolerance=ANY_TIME) as inbox:
        later["inbox"] = inbox
        inbox.on("avatar_video.success")(got.put)
        job = await heygen.videos.create(AvatarVideo(avatar_id=look.id, script="Hello."))
        await job.wait()
        delivery = await got.get()
    assert isinstance(delivery, VideoDelivery)
    assert (delivery.video_id, delivery.signed) == (job.id, True)
    assert delivery.url
    assert sandbox.url in delivery.url


@pytest.fixture
async def unused_address() -> AsyncIterator[tuple[dict[str, Inbox], str]]:
    """A server whose inbox is put in later, when the secret is known."""
    later: dict[str, Inbox] = {}

    async def take(request: web.Request) -> web.Response:
        return web.Response(status=later["inbox"].accept(await request.read(), request.headers))

    app = web.Application()
    app.router.add_post("/hook", take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield later, f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    await runner.cleanup()


async def test_a_callback_is_taken_where_unsigned_ones_are(
    heygen: HeyGen, look: AvatarLook, served: tuple[Inbox, str]
) -> None:
    inbox, address = served
    got: asyncio.Queue[Delivery] = asyncio.Queue()
    inbox.on()(got.put)
    request = AvatarVideo(
        avatar_id=look.id, script="Hello.", callback_url=address, callback_id="row-1"
    )
    job = await heygen.videos.create(request)
    await job.wait()
    delivery = await got.get()
    assert isinstance(delivery, VideoDelivery)
    assert (delivery.callback_id, delivery.signed) == ("row-1", False)


async def test_what_the_server_answers(served: tuple[Inbox, str]) -> None:
    _, address = served
    async with aiohttp.ClientSession() as http:
        async with http.options(address) as answer:
            assert answer.status == 200
        async with http.post(address, data=b"nonsense") as answer:
            assert answer.status == 400
        async with http.post(address, data=body(video_id="v")) as answer:
            assert answer.status == 200
        async with http.get(address) as answer:
            assert answer.status == 405


async def test_the_same_answers_in_asgi(inbox: Inbox, clock: SkippingClock) -> None:
    transport = httpx.ASGITransport(app=webhook_app(inbox, largest=500))
    async with httpx.AsyncClient(transport=transport, base_url="http://app") as http:
        raw = body(video_id="v")
        assert (await http.options("/")).status_code == 200
        assert (await http.post("/", content=raw)).status_code == 401
        assert (await http.post("/", content=raw, headers=signed(raw, clock))).status_code == 200
        nonsense = b"nonsense"
        answer = await http.post("/", content=nonsense, headers=signed(nonsense, clock))
        assert answer.status_code == 400
        assert (await http.post("/", content=b"x" * 501)).status_code == 413
        assert (await http.get("/")).status_code == 405


async def test_an_event_is_handled_once_however_often_it_comes(
    inbox: Inbox, clock: SkippingClock
) -> None:
    got: list[str] = []
    inbox.on()(lambda delivery: got.append(delivery.event_id))
    raw = body(video_id="v")
    for event_id in ("e1", "e1", "e2", "e1"):
        assert inbox.accept(raw, signed(raw, clock, event_id)) is Answer.TAKEN
    await inbox.idle()
    assert got == ["e1", "e2"]


async def test_the_most_special_handler_comes_first_and_a_bug_stops_nobody(
    inbox: Inbox, clock: SkippingClock, caplog: pytest.LogCaptureFixture
) -> None:
    got: list[str] = []

    @inbox.on()
    async def every(_: Delivery) -> None:
        got.append("every")

    @inbox.on("avatar_video.*")
    def subject(_: Delivery) -> None:
        got.append("subject")
        raise ValueError("a bug")

    @inbox.on("avatar_video.fail")
    async def exact(_: Delivery) -> None:
        got.append("exact")

    raw = body("avatar_video.fail", video_id="v")
    with caplog.at_level(logging.ERROR):
        inbox.accept(raw, signed(raw, clock))
        await inbox.idle()
    assert got == ["exact", "subject", "every"]
    assert "a handler failed" in caplog.text


async def test_a_full_line_is_said_and_not_remembered(heygen: HeyGen, clock: SkippingClock) -> None:
    inbox = heygen.inbox(SECRET, most=1)  # nobody handles anything yet
    got: list[str] = []
    inbox.on()(lambda delivery: got.append(delivery.event_id))
    raw = body(video_id="v")
    assert inbox.accept(raw, signed(raw, clock, "e1")) is Answer.TAKEN
    assert inbox.accept(raw, signed(raw, clock, "e2")) is Answer.BUSY
    async with inbox:
        await inbox.idle()
        assert inbox.accept(raw, signed(raw, clock, "e2")) is Answer.TAKEN
        await inbox.idle()
    assert got == ["e1", "e2"]


async def test_what_was_missed_is_read_from_the_list(
    heygen: HeyGen, look: AvatarLook, inbox: Inbox, clock: SkippingClock
) -> None:
    got: list[Delivery] = []
    inbox.on("avatar_video.*")(got.append)
    made = [
        await heygen.videos.create(AvatarVideo(avatar_id=look.id, script="Hello."))
        for _ in range(2)
    ]
    for job in made:
        await job.wait()
    await clock.sleep(60)
    events = [each async for each in heygen.webhooks.list_events(entity_id=made[0].id)]
    raw = body(video_id=made[0].id)
    inbox.accept(raw, signed(raw, clock, events[0].event_id))
    assert await inbox.reconcile() > 0
    assert await inbox.reconcile() == 0
    await inbox.idle()
    assert sorted(each.data["video_id"] for each in got) == sorted(job.id for job in made)
    assert all(each.signed for each in got)


async def test_an_inbox_that_could_believe_nobody_is_refused(heygen: HeyGen) -> None:
    with pytest.raises(InvalidRequestError, match="secrets"):
        heygen.inbox()
    with pytest.raises(InvalidRequestError, match="most"):
        heygen.inbox(SECRET, most=0)


async def test_the_secret_is_shown_by_nobody(
    inbox: Inbox, clock: SkippingClock, caplog: pytest.LogCaptureFixture
) -> None:
    raw = body(video_id="v")
    with caplog.at_level(logging.DEBUG):
        inbox.accept(raw, signed(raw, clock) | {"Heygen-Signature": "0" * 64})
    assert caplog.records
    assert SECRET not in caplog.text + repr(inbox) + repr(vars(inbox))


HOOK = "https://example.com/hook"


async def test_an_address_is_registered_once(heygen: HeyGen) -> None:
    webhooks = heygen.webhooks
    made = await webhooks.ensure(HOOK, events=["avatar_video.success"])
    assert made.secret
    again = await webhooks.ensure(HOOK, events=["avatar_video.success"], secret=made.secret)
    assert (again.endpoint_id, again.secret) == (made.endpoint_id, made.secret)
    assert made.secret not in repr(again)
    other = await webhooks.ensure(HOOK, events=["batch.finished"], secret=made.secret)
    assert other.events == ["batch.finished"]
    assert len((await webhooks.list_endpoints()).items) == 1


async def test_a_lost_secret_is_rotated_only_when_told(
    heygen: HeyGen, calls: Callable[[str, str], int]
) -> None:
    made = await heygen.webhooks.ensure(HOOK)
    with pytest.raises(InvalidRequestError, match="rotate=True"):
        await heygen.webhooks.ensure(HOOK)
    assert calls("POST", "/v3/webhooks/endpoints/") == 0
    rotated = await heygen.webhooks.ensure(HOOK, rotate=True)
    assert rotated.endpoint_id == made.endpoint_id
    assert rotated.secret
    assert rotated.secret != made.secret


async def test_two_that_register_at_once_get_one_endpoint(heygen: HeyGen) -> None:
    made = await asyncio.gather(
        heygen.webhooks.ensure(HOOK, rotate=True), heygen.webhooks.ensure(HOOK, rotate=True)
    )
    assert len({each.endpoint_id for each in made}) == 1
    assert len((await heygen.webhooks.list_endpoints()).items) == 1
