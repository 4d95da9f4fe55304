"""Webhooks: strict endpoints, real and signed deliveries, retries, duplicates, history."""

import asyncio
import hashlib
import hmac
import json
import time
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from heygen_async.sandbox import Fault, Sandbox
from heygen_async.sandbox.deliveries import GIVEN_UP_AFTER, is_target
from tests.sandbox.kit import Api, Receiver, still_clock, until

ENDPOINTS = "/v3/webhooks/endpoints"


def deliver(api: Api, **more: Any) -> None:
    event = {"event_type": "avatar_video.success", "entity_id": "v1", "data": {"video_id": "v1"}}
    api.sandbox._ctx.deliver(**(event | more))


async def endpoint(api: Api, receiver: Receiver, **more: Any) -> Any:
    return (await api.post(ENDPOINTS, {"url": receiver.url} | more)).data


async def looked(api: Api) -> None:
    """The courier has looked around, and nothing is on its way any more."""
    courier = api.sandbox._courier
    assert courier
    for wanted in (courier.looks + 1, courier.looks + 2):
        api.sandbox._ctx.bell.set()
        await until(lambda: courier.looks >= wanted and not courier._sending)  # noqa: B023


def is_signed(headers: dict[str, str], body: bytes, secret: str) -> bool:
    digest = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return headers.get("Heygen-Signature") == digest


async def test_a_video_that_ends_is_told_signed(api: Api, receiver: Receiver) -> None:
    made = await endpoint(api, receiver)
    video_id = await api.video(callback_id="mine", callback_url="https://127.0.0.1:1/none")
    await looked(api)
    assert receiver.got == []
    api.advance(3600)
    await until(lambda: receiver.got)
    headers, body = receiver.got[0]
    assert made["secret"].startswith("whsec_")
    assert is_signed(headers, body, made["secret"])
    assert abs(int(headers["Heygen-Timestamp"]) - time.time()) < 60
    event = json.loads(body)
    assert event["event_type"] == "avatar_video.success"
    assert event["event_data"]["video_id"] == video_id
    assert event["event_data"]["callback_id"] == "mine"
    (told,) = (await api.get("/v3/webhooks/events")).data
    assert told["event_id"] == headers["Heygen-Event-Id"]
    assert told["event_data"] == event["event_data"]


async def test_the_link_in_an_event_works(api: Api, receiver: Receiver) -> None:
    await endpoint(api, receiver)
    video = api.sandbox._ctx.world.videos[await api.video()]
    api.advance(video.done - api.sandbox.clock.now() + 2)
    await until(lambda: receiver.got)
    clip = await api.fetch(receiver.bodies[0]["event_data"]["url"])
    assert clip.headers["Content-Type"] == "video/mp4"


async def test_a_video_that_fails_says_why(api: Api, receiver: Receiver) -> None:
    await endpoint(api, receiver, events=["avatar_video.fail"])
    await api.video()
    failing = await api.video(script="[[fail]] now")
    api.advance(3600)
    await until(lambda: receiver.got)
    await looked(api)
    (event,) = receiver.bodies
    assert event["event_type"] == "avatar_video.fail"
    assert event["event_data"]["video_id"] == failing
    assert event["event_data"]["msg"]


async def test_a_callback_is_not_signed(api: Api, receiver: Receiver) -> None:
    await api.video(callback_url=receiver.url, callback_id="row-7")
    api.advance(3600)
    await until(lambda: receiver.got)
    headers, body = receiver.got[0]
    assert not [name for name in headers if name.lower().startswith("heygen-")]
    assert json.loads(body)["event_data"]["callback_id"] == "row-7"


async def test_an_old_video_is_told_too(api: Api, receiver: Receiver) -> None:
    scene = {
        "character": {"type": "avatar", "avatar_id": "Ada_public_office_front"},
        "voice": {"type": "silence", "duration": 1.0},
    }
    body = {"video_inputs": [scene], "callback_url": receiver.url, "callback_id": "old"}
    made = await api.post("/v2/video/generate", body)
    assert made.status == 200, made.body
    api.advance(3600)
    await until(lambda: receiver.got)
    assert receiver.bodies[0]["event_data"]["callback_id"] == "old"


async def test_a_refusal_is_tried_again_later_and_later(api: Api, receiver: Receiver) -> None:
    await endpoint(api, receiver)
    receiver.answers = [500, 302, 404, 200]
    deliver(api)
    for attempt in range(4):
        await until(lambda: len(receiver.got) == attempt + 1)  # noqa: B023
        await looked(api)
        assert len(receiver.got) == attempt + 1
        api.advance(5.0 * 2**attempt - 0.5)
        await looked(api)
        assert len(receiver.got) == attempt + 1
        api.advance(0.6)
    await until(lambda: not api.sandbox._ctx.world.deliveries)
    assert len(receiver.got) == 4
    assert len({headers["Heygen-Event-Id"] for headers, _ in receiver.got}) == 1
    assert len({body for _, body in receiver.got}) == 1


async def test_after_a_day_nobody_tries_any_more(api: Api, receiver: Receiver) -> None:
    await endpoint(api, receiver)
    receiver.answers = [500] * 99
    deliver(api)
    await until(lambda: receiver.got)
    api.advance(GIVEN_UP_AFTER)
    await until(lambda: not api.sandbox._ctx.world.deliveries)
    assert len(receiver.got) == 2


async def test_nobody_listening_is_tried_again(api: Api, receiver: Receiver) -> None:
    url = receiver.url
    await api.post(ENDPOINTS, {"url": "http://127.0.0.1:9/closed"})
    deliver(api)
    deliveries = api.sandbox._ctx.world.deliveries
    await until(lambda: [each for each in deliveries.values() if each.attempts])
    (delivery,) = deliveries.values()
    delivery.url = url
    api.advance(5)
    await until(lambda: receiver.got)
    assert receiver.bodies == [json.loads(delivery.body)]


@pytest.mark.parametrize(
    ("fault", "count"),
    [
        (Fault(path="webhook:", commit_then_drop=True), 2),
        (Fault(path="webhook:avatar_video.success", drop=True), 1),
        (Fault(path="webhook:avatar_video.success", status=503), 1),
        (Fault(path="webhook:", stall=0.05), 1),
        (Fault(path="webhook:video_agent.", drop=True), 1),
        (Fault(path="/v3", drop=True), 1),
    ],
)
async def test_faults_strike_deliveries(
    api: Api, receiver: Receiver, fault: Fault, count: int
) -> None:
    await endpoint(api, receiver)
    api.sandbox.fault(fault)
    deliver(api)
    for _ in range(3):
        await looked(api)
        api.advance(20)
    await until(lambda: not api.sandbox._ctx.world.deliveries)
    assert len(receiver.got) == count


async def test_every_event_comes_twice_if_asked(
    receiver: Receiver, http: aiohttp.ClientSession
) -> None:
    async with Sandbox(media=False, clock=still_clock(), duplicates=True) as sandbox:
        api = Api(sandbox, http)
        await endpoint(api, receiver)
        deliver(api)
        await until(lambda: len(receiver.got) == 2)
        first, second = receiver.got
        assert first[0]["Heygen-Event-Id"] == second[0]["Heygen-Event-Id"]
        assert len((await api.get("/v3/webhooks/events")).data) == 1


async def test_a_rotated_secret_signs_at_once(api: Api, receiver: Receiver) -> None:
    made = await endpoint(api, receiver)
    receiver.answers = [500]
    deliver(api)
    await until(lambda: receiver.got)
    path = f"{ENDPOINTS}/{made['endpoint_id']}/rotate-secret"
    key = {"headers": {"Idempotency-Key": "once"}}
    rotated = (await api.post(path, **key)).data
    assert rotated == (await api.post(path, **key)).data
    assert rotated["secret"] != made["secret"]
    api.advance(5)
    await until(lambda: len(receiver.got) == 2)
    (before, after) = receiver.got
    assert is_signed(*before, made["secret"])
    assert is_signed(*after, rotated["secret"])
    assert not is_signed(*after, made["secret"])


async def test_an_endpoint_hears_only_what_it_wants(api: Api, receiver: Receiver) -> None:
    await endpoint(api, receiver, events=["batch.finished"], entity_id="b1")
    deliver(api)
    deliver(api, event_type="batch.finished", entity_id="b2")
    deliver(api, event_type="batch.finished", entity_id="b1", data={"batch_id": "b1"})
    await until(lambda: receiver.got)
    await looked(api)
    assert receiver.bodies == [{"event_type": "batch.finished", "event_data": {"batch_id": "b1"}}]
    assert len((await api.get("/v3/webhooks/events")).data) == 3


async def test_what_happened_before_is_not_told(api: Api, receiver: Receiver) -> None:
    deliver(api)
    await endpoint(api, receiver)
    deliver(api, entity_id="v2")
    await until(lambda: receiver.got)
    await looked(api)
    assert len(receiver.got) == 1


async def test_a_deleted_endpoint_hears_nothing(api: Api, receiver: Receiver) -> None:
    made = await endpoint(api, receiver)
    receiver.answers = [500]
    deliver(api)
    await until(lambda: receiver.got)
    assert (await api("DELETE", f"{ENDPOINTS}/{made['endpoint_id']}")).data == {}
    api.advance(60)
    await until(lambda: not api.sandbox._ctx.world.deliveries)
    assert len(receiver.got) == 1
    assert (await api("DELETE", f"{ENDPOINTS}/{made['endpoint_id']}")).status == 404


async def test_what_is_withdrawn_does_not_happen(api: Api) -> None:
    deliver(api, at=api.sandbox.clock.now() + 10)
    api.sandbox._ctx.withdraw("v1")
    api.advance(20)
    assert (await api.get("/v3/webhooks/events")).data == []


async def test_nothing_runs_when_nobody_listens(api: Api) -> None:
    await api.video()
    ctx = api.sandbox._ctx
    courier = api.sandbox._courier
    assert courier
    await until(lambda: not ctx.bell.is_set())
    looks = courier.looks
    await api.get("/v3/users/me")
    assert courier.looks == looks
    assert not ctx.bell.is_set()
    api.advance(3600)
    assert len((await api.get("/v3/webhooks/events")).data) == 1


async def test_stopping_breaks_off_a_delivery_that_hangs(http: aiohttp.ClientSession) -> None:
    held = asyncio.Event()

    async def hang(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        held.set()
        await reader.read()
        writer.close()

    server = await asyncio.start_server(hang, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with Sandbox(media=False, clock=still_clock()) as sandbox:
        api = Api(sandbox, http)
        await api.post(ENDPOINTS, {"url": f"http://localhost:{port}/"})
        deliver(api)
        await held.wait()
        began = time.monotonic()
    assert time.monotonic() - began < 3
    server.close()
    names = {task.get_name() for task in asyncio.all_tasks()}
    assert not [name for name in names if "courier" in name]


async def test_deliveries_outlive_a_restart(
    tmp_path: Path, receiver: Receiver, http: aiohttp.ClientSession
) -> None:
    clock = still_clock()
    async with Sandbox(media=False, clock=clock, state=tmp_path) as sandbox:
        api = Api(sandbox, http)
        made = await endpoint(api, receiver)
        deliver(api, at=clock.now() + 100)
    clock.advance(200)
    async with Sandbox(media=False, clock=clock, state=tmp_path) as sandbox:
        await until(lambda: receiver.got)
        assert is_signed(*receiver.got[0], made["secret"])


async def test_a_reset_forgets_endpoints_and_events(api: Api, receiver: Receiver) -> None:
    await endpoint(api, receiver)
    deliver(api)
    await until(lambda: receiver.got)
    api.sandbox.reset()
    assert (await api.get(ENDPOINTS)).data == []
    assert (await api.get("/v3/webhooks/events")).data == []
    await endpoint(api, receiver)
    deliver(api)
    await until(lambda: len(receiver.got) == 2)


@pytest.mark.parametrize(
    ("body", "param"),
    [
        ({}, "url"),
        ({"url": ""}, "url"),
        ({"url": "http://example.com/hook"}, "url"),
        ({"url": "http://10.0.0.1/hook"}, "url"),
        ({"url": "ftp://example.com"}, "url"),
        ({"url": "https://"}, "url"),
        ({"url": "https://a b.com"}, "url"),
        ({"url": "http://[::1"}, "url"),
        ({"url": "https://example.com:x"}, "url"),
        ({"url": "https://example.com", "events": ["video.done"]}, "events[0]"),
        ({"url": "https://example.com", "events": "all"}, "events"),
        ({"url": "https://example.com", "name": "mine"}, "name"),
    ],
)
async def test_an_endpoint_is_refused(api: Api, body: Any, param: str) -> None:
    answer = await api.post(ENDPOINTS, body)
    assert (answer.status, answer.error["code"]) == (400, "invalid_parameter")
    assert answer.error["param"] == param


def test_what_may_be_told() -> None:
    assert is_target("https://example.com/x")
    assert is_target("http://localhost:8000/x")
    assert is_target("http://127.0.0.2/x")
    assert is_target("http://[::1]:80/x")
    assert not is_target("http://localhost.example.com/")
    assert not is_target("http://169.254.169.254/")


async def test_a_callback_elsewhere_is_not_called(api: Api) -> None:
    deliver(api, callback_url="http://169.254.169.254/latest")
    assert len((await api.get("/v3/webhooks/events")).data) == 1
    assert not api.sandbox._ctx.world.deliveries


async def test_endpoints_are_kept_listed_and_changed(api: Api) -> None:
    first = (await api.post(ENDPOINTS, {"url": "https://example.com/1"})).data
    again = await api.post(ENDPOINTS, {"url": "https://example.com/1"})
    assert (again.status, again.error["code"]) == (409, "conflict")
    second = (await api.post(ENDPOINTS, {"url": "https://example.com/2"})).data
    listed = (await api.get(f"{ENDPOINTS}?limit=1")).json
    assert listed["data"] == [first | {"secret": None}]
    token = listed["next_token"]
    rest = (await api.get(f"{ENDPOINTS}?limit=1&token={token}")).json
    assert rest["data"] == [second | {"secret": None}]
    assert not rest["has_more"]
    path = f"{ENDPOINTS}/{first['endpoint_id']}"
    for body in ({}, {"url": None, "events": None}, {"url": "https://example.com/2"}):
        answer = await api("PATCH", path, body)
        assert (answer.status, answer.error["param"]) == (400, "url")
    changed = (await api("PATCH", path, {"events": ["batch.finished"]})).data
    assert changed == first | {"events": ["batch.finished"], "secret": None}
    moved = (await api("PATCH", path, {"url": "https://example.com/3"})).data
    assert (moved["url"], moved["events"]) == ("https://example.com/3", ["batch.finished"])
    assert (await api("PATCH", f"{ENDPOINTS}/none", {"events": []})).status == 404
    assert (await api.post(f"{ENDPOINTS}/none/rotate-secret")).status == 404


async def test_events_are_filtered_and_paged(api: Api) -> None:
    for index in range(12):
        kind = "avatar_video.fail" if index % 3 else "avatar_video.success"
        deliver(api, event_type=kind, entity_id=f"v{index % 2}", data={"n": index})
    listed = (await api.get("/v3/webhooks/events")).json
    assert [each["event_data"]["n"] for each in listed["data"]] == [*range(11, 1, -1)]
    assert listed["has_more"]
    failed = (await api.get("/v3/webhooks/events?event_type=avatar_video.fail&limit=100")).data
    assert len(failed) == 8
    mine = (await api.get("/v3/webhooks/events?entity_id=v1&limit=100")).data
    assert {each["event_data"]["n"] % 2 for each in mine} == {1}
    for query in ("event_type=none", "limit=0", "limit=101", "token=x"):
        answer = await api.get(f"/v3/webhooks/events?{query}")
        assert (answer.status, answer.error["param"]) == (400, query.partition("=")[0])


async def test_event_types_are_described(api: Api) -> None:
    listed = (await api.get("/v3/webhooks/event-types")).json
    assert len(listed["data"]) == 34
    assert listed["has_more"] is False
    assert all(each["description"].endswith(".") for each in listed["data"])
