"""Deliveries over real sockets: verified, acknowledged, handled once; jobs are woken by them."""

import asyncio
import inspect
import json
import logging
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from typing import Any

import aiohttp
import httpx
import msgspec
import pytest
from aiohttp import web

from heygen_async import Cadence, HeyGen, Inbox, World
from heygen_async.contrib.aiohttp_web import webhook_routes
from heygen_async.contrib.asgi import webhook_app
from heygen_async.errors import ClientLoopError, InvalidRequestError
from heygen_async.jobs.inbox import Answer
from heygen_async.models import (
    AvatarLook,
    AvatarVideo,
    CreateWebhookEndpoint,
    WebhookEndpoint,
    WebhookStatus,
)
from heygen_async.models.deliveries import Delivery, VideoDelivery
from heygen_async.sandbox import Sandbox
from heygen_async.testing import SkippingClock
from heygen_async.wire.redact import Secret
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


def told(inbox: Inbox, clock: SkippingClock, event_id: str) -> Answer:
    """Takes an event of its own."""
    raw = body(video_id=event_id)
    return inbox.accept(raw, signed(raw, clock, event_id))


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
        job = await heygen.videos.create(AvatarVideo(avatar_id=look.id, script="Hello."))
        waiting = asyncio.create_task(job.wait(timeout=1e7))
        await clock.sleep(600)
        assert heygen.status_calls == 0
        raw = body(video_id=job.id)
        async with heygen.inbox(SECRET) as inbox:
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


async def asgi(inbox: Inbox, scope: dict[str, Any], *messages: dict[str, Any]) -> list[Any]:
    """What an application says to a server that sends these messages."""
    coming, said = iter(messages), []

    async def receive() -> dict[str, Any]:
        return next(coming)

    async def send(message: Any) -> None:
        said.append(message)

    await webhook_app(inbox)(scope, receive, send)
    return said


async def test_asgi_knows_a_cut_body_a_start_and_a_socket(inbox: Inbox) -> None:
    http = {"type": "http", "method": "POST", "headers": []}
    part = {"type": "http.request", "body": body(video_id="v"), "more_body": True}
    assert await asgi(inbox, http, part, {"type": "http.disconnect"}) == []
    said = await asgi(inbox, http, part, {"type": "http.request", "body": b""})
    assert said[0]["status"] == 401
    phases = ("lifespan.startup", "lifespan.shutdown")
    said = await asgi(inbox, {"type": "lifespan"}, *({"type": phase} for phase in phases))
    assert [each["type"] for each in said] == [f"{phase}.complete" for phase in phases]
    said = await asgi(inbox, {"type": "websocket"}, {"type": "websocket.connect"})
    assert [each["type"] for each in said] == ["websocket.close"]
    with pytest.raises(ValueError, match="carrier pigeon"):
        await asgi(inbox, {"type": "carrier pigeon"})


def called_with_a_request(endpoint: object) -> bool:
    """What Starlette's routes ask before they take an endpoint for an application."""
    return inspect.isfunction(endpoint) or inspect.ismethod(endpoint)


async def test_a_router_takes_the_application_for_one(inbox: Inbox) -> None:
    assert not called_with_a_request(webhook_app(inbox))


async def test_an_event_is_handled_once_however_often_it_comes(
    inbox: Inbox, clock: SkippingClock
) -> None:
    got: list[str] = []
    inbox.on()(lambda delivery: got.append(delivery.event_id))
    for name, event_id in (("v", "e1"), ("v", "e1"), ("w", "e2"), ("v", "e1")):
        raw = body(video_id=name)
        assert inbox.accept(raw, signed(raw, clock, event_id)) is Answer.TAKEN
    await inbox.idle()
    assert got == ["e1", "e2"]


async def test_a_replay_under_an_invented_id_is_not_handled_again(
    inbox: Inbox, clock: SkippingClock
) -> None:
    got: list[str] = []
    inbox.on()(lambda delivery: got.append(delivery.event_id))
    raw = body(video_id="v")
    for headers in (
        signed(raw, clock, "e1"),
        signed(raw, clock, "new"),
        {"Signature": sign(SECRET, raw)},
    ):
        assert inbox.accept(raw, headers) is Answer.TAKEN
    await inbox.idle()
    assert got == ["e1"]


async def test_what_may_end_again_is_told_by_heygens_id(inbox: Inbox, clock: SkippingClock) -> None:
    got: list[str] = []
    inbox.on()(lambda delivery: got.append(delivery.event_id))
    raw = body("photo_avatar_train.success", group_id="g")
    unnamed = {"Signature": sign(SECRET, raw)}
    first, second = signed(raw, clock, "train-1"), signed(raw, clock, "train-2")
    for headers in (unnamed, unnamed, first, second, unnamed):
        inbox.accept(raw, headers)
    await inbox.idle()
    assert len(got) == 2
    assert got[1] == "train-2"


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
    got: list[str] = []
    async with heygen.inbox(SECRET, most=1) as inbox:
        inbox.on()(lambda delivery: got.append(delivery.event_id))
        second = body(video_id="w")
        assert told(inbox, clock, "e1") is Answer.TAKEN
        assert inbox.accept(second, signed(second, clock, "e2")) is Answer.BUSY
        await inbox.idle()
        assert inbox.accept(second, signed(second, clock, "e2")) is Answer.TAKEN
        await inbox.idle()
    assert got == ["e1", "e2"]


async def test_the_line_is_bounded_in_bytes_too(inbox: Inbox, clock: SkippingClock) -> None:
    answers = []
    for number in range(6):
        raw = body(video_id=str(number), filler="x" * 1_000_000)
        answers.append(inbox.accept(raw, signed(raw, clock, f"e{number}")))
    assert answers == [Answer.TAKEN] * 4 + [Answer.BUSY] * 2
    await inbox.idle()
    assert told(inbox, clock, "e9") is Answer.TAKEN


async def test_a_full_line_does_not_keep_the_news_from_who_waits(
    sandbox: Sandbox, clock: SkippingClock, world: World, look: AvatarLook
) -> None:
    async with HeyGen(api_key="k", base_url=sandbox.url, world=world, cadence=NEVER) as heygen:
        clock.watch(lambda: heygen.in_flight)
        job = await heygen.videos.create(AvatarVideo(avatar_id=look.id, script="Hello."))
        await clock.sleep(600)
        async with heygen.inbox(SECRET, most=1) as inbox:
            told(inbox, clock, "e1")
            raw = body(id=job.id)  # as v1 spells it
            assert inbox.accept(raw, signed(raw, clock, "e2")) is Answer.BUSY
        before = clock.monotonic()
        await job.wait(timeout=1e7)
        assert clock.monotonic() - before < 60


async def test_whoever_is_not_open_takes_nothing(heygen: HeyGen, clock: SkippingClock) -> None:
    inbox, got = heygen.inbox(SECRET), []
    inbox.on()(lambda delivery: got.append(delivery.event_id))
    assert told(inbox, clock, "before") is Answer.BUSY
    with pytest.raises(ClientLoopError, match="not open"):
        await inbox.reconcile()
    async with inbox:
        with pytest.raises(ClientLoopError, match="open already"):
            await inbox.__aenter__()
        assert told(inbox, clock, "within") is Answer.TAKEN
    assert told(inbox, clock, "after") is Answer.BUSY
    async with inbox:
        assert told(inbox, clock, "after") is Answer.TAKEN
    assert got == ["within", "after"]


async def test_what_was_acknowledged_is_handled_before_it_closes(
    heygen: HeyGen, clock: SkippingClock
) -> None:
    got: list[str] = []
    async with heygen.inbox(SECRET, drain=10) as inbox:

        @inbox.on()
        async def slow(delivery: Delivery) -> None:
            await clock.sleep(2)
            got.append(delivery.event_id)

        for number in range(4):
            told(inbox, clock, f"e{number}")
    assert got == ["e0", "e1", "e2", "e3"]


async def test_what_is_left_is_said_and_new_again(
    heygen: HeyGen, clock: SkippingClock, caplog: pytest.LogCaptureFixture
) -> None:
    started: list[str] = []
    inbox = heygen.inbox(SECRET, drain=3)

    @inbox.on()
    async def slow(delivery: Delivery) -> None:
        started.append(delivery.event_id)
        try:
            await clock.sleep(2)
        except asyncio.CancelledError:
            raise ValueError("a handler that does not take a no") from None

    async with inbox:
        for number in range(3):
            told(inbox, clock, f"e{number}")
    assert started == ["e0", "e1"]
    (said,) = [each for each in caplog.records if "closed" in each.message]
    assert said.__dict__["event_ids"] == ["e1", "e2"]
    async with inbox:
        assert [told(inbox, clock, f"e{number}") for number in range(3)] == [Answer.TAKEN] * 3
    assert started == ["e0", "e1", "e1", "e2"]


async def test_what_is_left_is_new_again_under_every_id_that_it_came_with(
    heygen: HeyGen, clock: SkippingClock
) -> None:
    inbox, started = heygen.inbox(SECRET, drain=0), list[str]()

    @inbox.on()
    async def slow(delivery: Delivery) -> None:
        started.append(delivery.data["video_id"])
        await clock.sleep(1)

    raws = [body(video_id=name) for name in "ab"]
    async with inbox:
        for event_id in ("", "e1", "e2"):  # repeated, and from two endpoints
            for raw in raws:
                assert inbox.accept(raw, signed(raw, clock, event_id)) is Answer.TAKEN
    before = len(started)
    async with inbox:
        assert inbox.accept(raws[1], signed(raws[1], clock, "e2")) is Answer.TAKEN
        await inbox.idle()
    assert started[before:] == ["b"]


async def test_a_handler_that_waits_for_what_was_cancelled_stops_nobody(
    inbox: Inbox, clock: SkippingClock, caplog: pytest.LogCaptureFixture
) -> None:
    got: list[str] = []

    @inbox.on()
    async def careless(delivery: Delivery) -> None:
        got.append(delivery.event_id)
        gone = asyncio.create_task(asyncio.sleep(0))
        gone.cancel()
        await gone

    for event_id in ("e1", "e2"):
        assert told(inbox, clock, event_id) is Answer.TAKEN
        await inbox.idle()
    assert got == ["e1", "e2"]
    assert caplog.text.count("a handler failed") == 2


async def test_nobody_takes_for_a_task_that_has_died(heygen: HeyGen, clock: SkippingClock) -> None:
    inbox = heygen.inbox(SECRET, drain=0)
    async with inbox:
        assert inbox._task is not None
        await asyncio.sleep(0)
        inbox._task.cancel()
        await asyncio.wait({inbox._task})
        assert told(inbox, clock, "e1") is Answer.BUSY


async def test_another_thread_is_told(inbox: Inbox, clock: SkippingClock) -> None:
    with pytest.raises(ClientLoopError, match="another thread"):
        await asyncio.to_thread(told, inbox, clock, "e1")


async def test_the_brackets_of_on_are_asked_for(inbox: Inbox) -> None:
    def handler(_: Delivery) -> None: ...

    with pytest.raises(InvalidRequestError, match="write @inbox"):
        inbox.on(handler)  # type: ignore[arg-type]  # as it is easily written


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


async def test_the_list_is_read_in_order_typed_and_from_where_it_is_told(
    heygen: HeyGen, look: AvatarLook, clock: SkippingClock
) -> None:
    made: list[str] = []
    times: list[float] = []
    for _ in range(3):
        times.append(clock.time())
        job = await heygen.videos.create(AvatarVideo(avatar_id=look.id, script="Hello."))
        await clock.sleep(600)
        made.append(job.id)
    events = [e async for e in heygen.webhooks.list_events(event_type="avatar_video.success")]

    async def missed(since: Any) -> list[str]:
        got: list[str] = []
        async with heygen.inbox(SECRET) as inbox:

            @inbox.on("avatar_video.success")
            def typed(delivery: Delivery) -> None:
                assert isinstance(delivery, VideoDelivery)
                got.append(delivery.video_id)

            await inbox.reconcile(since=since)
        return got

    assert await missed(None) == made
    assert await missed(times[1]) == made[1:]
    assert await missed(datetime.fromtimestamp(times[2], UTC)) == made[2:]
    assert await missed(events[1].event_id) == made[2:]
    assert await missed(clock.time()) == []
    for wrong in (float("nan"), datetime.fromtimestamp(0, UTC).replace(tzinfo=None)):
        with pytest.raises(InvalidRequestError, match="since"):
            await missed(wrong)


async def test_the_list_is_known_by_a_delivery_that_came_without_an_id(
    heygen: HeyGen, look: AvatarLook, inbox: Inbox, clock: SkippingClock
) -> None:
    await heygen.videos.create(AvatarVideo(avatar_id=look.id, script="Hello."))
    await clock.sleep(600)
    events = [event async for event in heygen.webhooks.list_events()]
    for event in events:
        raw = body(event.event_type, **event.event_data)
        assert inbox.accept(raw, {"Signature": sign(SECRET, raw)}) is Answer.TAKEN
    assert events
    assert await inbox.reconcile() == 0


async def test_a_handler_may_reconcile_beyond_the_line(
    heygen: HeyGen, look: AvatarLook, clock: SkippingClock
) -> None:
    for _ in range(3):
        await heygen.videos.create(AvatarVideo(avatar_id=look.id, script="Hello."))
    await clock.sleep(600)
    new: list[int] = []
    async with heygen.inbox(SECRET, most=1) as inbox:

        @inbox.on()
        async def again(_: Delivery) -> None:
            new.append(await inbox.reconcile())

        told(inbox, clock, "e1")
        await inbox.idle()
    assert new[0] >= 3
    assert new == [new[0]] + [0] * new[0]


async def test_beside_secrets_a_wrong_signature_is_none_the_less_wrong(
    heygen: HeyGen, clock: SkippingClock
) -> None:
    got: list[tuple[str, bool]] = []
    raw, forged = body(video_id="v"), body(video_id="v", url="https://example.com/evil")
    async with heygen.inbox(SECRET, unsigned=True) as inbox:
        inbox.on()(lambda delivery: got.append((delivery.data.get("url", ""), delivery.signed)))
        right = signed(raw, clock)
        for wrong in (
            right | {"Heygen-Signature": "0" * 64},
            right | {"Heygen-Timestamp": "1"},
            {"Heygen-Signature": right["Heygen-Signature"]},
            {"signature": sign("whsec_rotated", raw)},
        ):
            assert inbox.accept(raw, wrong) is Answer.REFUSED
        assert inbox.accept(forged, {"Heygen-Event-Id": "e1"}) is Answer.TAKEN
        assert inbox.accept(raw, {"Heygen-Event-Id": "e1"}) is Answer.TAKEN
        assert inbox.accept(raw, {"Heygen-Event-Id": "e2"}) is Answer.TAKEN
        assert inbox.accept(raw, right) is Answer.TAKEN
        await inbox.idle()
    assert got == [("", True), ("https://example.com/evil", False), ("", False)]


async def test_a_flood_of_forgeries_displaces_nothing(heygen: HeyGen, clock: SkippingClock) -> None:
    got: list[str] = []
    async with heygen.inbox(SECRET, unsigned=True, most=100) as inbox:
        inbox.on("avatar_video.success")(lambda delivery: got.append(delivery.event_id))
        told(inbox, clock, "e1")
        await inbox.idle()
        for start in range(0, 12_000, 100):
            await inbox.idle()
            for number in range(start, start + 101):
                answer = inbox.accept(body("x", number=number), {})
            assert answer is Answer.BUSY
        told(inbox, clock, "e1")
        assert told(inbox, clock, "e2") is Answer.TAKEN
    assert got == ["e1", "e2"]


async def test_what_nobody_can_read_is_answered(heygen: HeyGen) -> None:
    async with heygen.inbox(unsigned=True) as inbox:
        assert inbox.accept(b"[" * 200_000, {}) is Answer.UNREADABLE
        assert inbox.accept(b'{"event_type": "webhook.test"}', {}) is Answer.TAKEN


@pytest.mark.parametrize(
    ("field", "arguments"),
    [
        ("secrets", {}),
        ("secrets", {"secrets": ""}),
        ("secrets", {"secrets": [SECRET, ""]}),
        ("secrets", {"secrets": "", "unsigned": True}),
        ("tolerance", {"secrets": SECRET, "tolerance": -1}),
        ("tolerance", {"secrets": SECRET, "tolerance": float("nan")}),
        ("drain", {"secrets": SECRET, "drain": float("nan")}),
        ("most", {"secrets": SECRET, "most": 0}),
    ],
)
async def test_an_inbox_that_could_believe_nobody_is_refused(
    heygen: HeyGen, field: str, arguments: dict[str, Any]
) -> None:
    with pytest.raises(InvalidRequestError) as caught:
        heygen.inbox(**arguments)
    assert caught.value.field == field
    assert SECRET not in str(caught.value)


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


@pytest.mark.parametrize(
    ("field", "arguments"),
    [("secret", {"secret": ""}), ("secret", {"secret": Secret("")}), ("events", {"events": []})],
)
async def test_what_ensures_nothing_is_refused(
    heygen: HeyGen, sandbox: Sandbox, field: str, arguments: dict[str, Any]
) -> None:
    before = len(sandbox.requests)
    with pytest.raises(InvalidRequestError) as caught:
        await heygen.webhooks.ensure(HOOK, **arguments)
    assert caught.value.field == field
    assert len(sandbox.requests) == before


async def test_the_same_events_twice_change_nothing(
    heygen: HeyGen, calls: Callable[[str, str], int]
) -> None:
    made = await heygen.webhooks.ensure(HOOK, events=["batch.finished", "batch.finished"])
    assert made.events == ["batch.finished"]
    again = await heygen.webhooks.ensure(
        HOOK, events=["batch.finished", "batch.finished"], secret=made.secret
    )
    assert calls("PATCH", "/v3/webhooks/") == 0
    left_out = await heygen.webhooks.ensure(HOOK, secret=made.secret)
    assert again.events == left_out.events == ["batch.finished"]


async def test_an_endpoint_that_heygen_has_disabled_is_none(
    heygen: HeyGen, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = await heygen.webhooks.ensure(HOOK)
    disabled = msgspec.structs.replace(made, status=WebhookStatus.DISABLED)

    async def found(_: object, __: str) -> WebhookEndpoint:
        return disabled

    monkeypatch.setattr(type(heygen.webhooks), "_with_url", found)
    with pytest.raises(InvalidRequestError, match="disabled") as caught:
        await heygen.webhooks.ensure(HOOK, rotate=True)
    assert made.endpoint_id in str(caught.value.hint)


async def test_two_that_register_at_once_get_one_endpoint(heygen: HeyGen) -> None:
    made = await asyncio.gather(
        heygen.webhooks.ensure(HOOK, rotate=True), heygen.webhooks.ensure(HOOK, rotate=True)
    )
    assert len({each.endpoint_id for each in made}) == 1
    assert len((await heygen.webhooks.list_endpoints()).items) == 1


async def test_a_repeat_without_an_id_hides_no_later_event(
    inbox: Inbox, clock: SkippingClock
) -> None:
    got: list[str] = []
    inbox.on()(lambda delivery: got.append(delivery.event_id))
    raw = body("photo_avatar_train.success", group_id="g")
    for event_id in ("e1", "", "e2"):
        assert inbox.accept(raw, signed(raw, clock, event_id)) is Answer.TAKEN
    await inbox.idle()
    assert got == ["e1", "e2"]
