"""The one retry loop, on a clock that only notes who sleeps."""

import asyncio
import re
from types import SimpleNamespace
from typing import Any

import aiohttp
import pytest

from heygen_async import Call, HeyGen, Host, Kind, RetryPolicy, Route, errors, events
from heygen_async.models import AvatarVideo
from heygen_async.models.v2 import GenerateVideo, Scene, Silence
from heygen_async.wire import routes
from tests.transport.kit import UPLOAD, RecordingClock, Wire, client

SPREAD = 0.25  # the clock's chance is a half, of the policy's base of half a second
VIDEOS = "/v3/videos"
HELLO = AvatarVideo(avatar_id="a", script="Hello.")
SCENE = GenerateVideo(video_inputs=[Scene(voice=Silence(duration=1))])
GENERATE = "/v2/video/generate"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)


def refuse(wire: Wire, url: str, status: int, code: str = "", **more: Any) -> None:
    method = "GET" if url == "/v3/users/me" else "POST"
    error = {"code": code, "message": "m"} if code else None
    wire.answer(method, url, {"error": error, "data": None}, status=status, **more)


def create_ok(wire: Wire) -> None:
    wire.ok("POST", VIDEOS, {"video_id": "v1", "status": "waiting"})


async def test_a_keyed_call_is_repeated_with_the_same_key_and_the_same_body(
    heygen: HeyGen, wire: Wire, clock: RecordingClock
) -> None:
    refuse(wire, VIDEOS, 503)
    wire.answer("POST", VIDEOS, exception=aiohttp.ServerDisconnectedError())
    wire.answer("POST", VIDEOS, exception=TimeoutError())
    refuse(wire, VIDEOS, 500, "internal_error")
    create_ok(wire)
    job = await heygen.videos.create(HELLO)
    assert job.id == "v1"
    assert len(wire.sent) == 5
    assert len({(sent.key, sent.body) for sent in wire.sent}) == 1
    assert wire.sent[0].key is not None
    assert re.fullmatch(r"id1:[0-9a-f]{32}", wire.sent[0].key)
    assert clock.slept == [0.5, 1.0, 2.0, 4.0]


async def test_every_call_has_its_own_key(heygen: HeyGen, wire: Wire) -> None:
    for _ in range(2):
        create_ok(wire)
        await heygen.videos.create(HELLO)
    first, second = (sent.key for sent in wire.sent)
    assert first is not None
    assert second is not None
    assert first != second
    assert first.partition(":")[2] == second.partition(":")[2]


async def test_the_retries_run_out_and_the_error_knows_of_all(
    heygen: HeyGen, wire: Wire, clock: RecordingClock
) -> None:
    for number in range(5):
        refuse(wire, VIDEOS, 500, "internal_error", headers={"X-Request-Id": f"r{number}"})
    with pytest.raises(errors.ServerError) as caught:
        await heygen.videos.create(HELLO)
    problem = caught.value
    assert len(wire.sent) == 5
    assert len(clock.slept) == 4
    assert problem.attempts == 5
    assert problem.request_id == "r4"
    assert problem.idempotency_key == wire.sent[0].key
    assert problem.__notes__ == [
        f"attempt {n + 1}: internal_error (HTTP 500): m request r{n}" for n in range(4)
    ]


async def test_without_retries_the_first_failure_is_the_last(
    wire: Wire, clock: RecordingClock
) -> None:
    async with client(clock, retry=RetryPolicy(max_retries=0)) as heygen:
        for status in (500, 429, 409):
            code = "request_in_progress" if status == 409 else ""
            refuse(wire, VIDEOS, status, code, headers={"Retry-After": "1"})
            with pytest.raises(errors.APIError) as caught:
                await heygen.videos.create(HELLO)
            assert caught.value.attempts == 1
            assert caught.value.retry_after == 1.0
    assert len(wire.sent) == 3
    assert clock.slept == []


@pytest.mark.parametrize(
    "failure",
    [
        {"status": 500},
        {"status": 502, "body": b"<html>"},
        {"status": 503},
        {"status": 504, "headers": {"Retry-After": "1"}},
        {"status": 408},
        {"exception": aiohttp.ServerDisconnectedError()},
        {"exception": aiohttp.ClientOSError(104, "reset")},
        {"exception": aiohttp.ClientPayloadError("cut")},
        {"exception": TimeoutError()},
        {"exception": aiohttp.SocketTimeoutError()},
    ],
)
async def test_an_unprotected_call_is_never_sent_twice(
    heygen: HeyGen, wire: Wire, clock: RecordingClock, failure: dict[str, Any]
) -> None:
    wire.answer("POST", GENERATE, **failure)
    with pytest.raises(errors.OutcomeUnknownError) as caught:
        await heygen.v2.videos.generate(SCENE)
    assert wire.asked == 1
    assert clock.slept == []
    assert caught.value.attempts == 1
    assert "v2.videos.generate" in str(caught.value)
    assert caught.value.hint is not None
    assert caught.value.__cause__ is not None
    assert wire.sent[0].key is None


async def test_an_unprotected_call_is_repeated_when_it_was_not_taken(
    heygen: HeyGen, wire: Wire, clock: RecordingClock
) -> None:
    refuse(wire, GENERATE, 503, headers={"Retry-After": "3"})
    refuse(wire, GENERATE, 429, headers={"Retry-After": "5"})
    wire.answer("POST", GENERATE, exception=_refused())
    wire.answer("POST", GENERATE, {"error": None, "data": {"video_id": "v"}})
    job = await heygen.v2.videos.generate(SCENE)
    assert job.id == "v"
    assert len(wire.sent) == 4
    assert clock.slept[0] == 3.5
    assert clock.slept[1] == 5.5


async def test_a_failure_after_a_retry_of_an_unprotected_call_is_still_unknown(
    heygen: HeyGen, wire: Wire
) -> None:
    wire.answer("POST", GENERATE, exception=_refused())
    refuse(wire, GENERATE, 500)
    with pytest.raises(errors.OutcomeUnknownError) as caught:
        await heygen.v2.videos.generate(SCENE)
    assert caught.value.attempts == 2
    assert isinstance(caught.value.__cause__, errors.ServerError)
    assert any("could not connect" in note for note in caught.value.__cause__.__notes__)


async def test_a_connection_that_was_never_made_is_retried_and_told_as_such(
    heygen: HeyGen, wire: Wire
) -> None:
    wire.answer("POST", GENERATE, exception=_refused(), repeat=True)
    with pytest.raises(errors.ConnectError) as caught:
        await heygen.v2.videos.generate(SCENE)
    assert caught.value.attempts == 5
    assert not caught.value.sent


async def test_a_429_is_waited_out_without_counting_as_a_retry(
    heygen: HeyGen, wire: Wire, clock: RecordingClock
) -> None:
    for _ in range(20):
        refuse(wire, VIDEOS, 429, "rate_limit_exceeded", headers={"Retry-After": "10"})
    create_ok(wire)
    await heygen.videos.create(HELLO)
    assert len(wire.sent) == 21
    assert clock.slept == [10.5] * 20
    assert len({sent.key for sent in wire.sent}) == 1


async def test_a_429_storm_ends_at_the_deadline_and_not_later(
    heygen: HeyGen, wire: Wire, clock: RecordingClock
) -> None:
    headers = {"Retry-After": "100"}
    wire.answer("POST", VIDEOS, {"error": {"code": "x"}}, status=429, headers=headers, repeat=True)
    with pytest.raises(errors.RateLimitedError) as caught:
        await heygen.videos.create(HELLO)
    assert clock.now <= 600.0
    assert caught.value.attempts == 6
    assert caught.value.retry_after == 100.0


@pytest.mark.parametrize("seconds", ["601", "86400", "1e9"])
async def test_a_retry_after_beyond_the_deadline_raises_at_once(
    heygen: HeyGen, wire: Wire, clock: RecordingClock, seconds: str
) -> None:
    refuse(wire, VIDEOS, 429, headers={"Retry-After": seconds})
    with pytest.raises(errors.RateLimitedError) as caught:
        await heygen.videos.create(HELLO)
    assert clock.slept == []
    assert caught.value.retry_after == min(float(seconds), 30 * 86400.0)


@pytest.mark.parametrize(
    ("status", "code"),
    [(429, "trial_video_limit_exceeded"), (429, "quota_exceeded"), (402, "insufficient_credit")],
)
async def test_a_limit_per_day_or_per_balance_is_not_waited_for(
    heygen: HeyGen, wire: Wire, clock: RecordingClock, status: int, code: str
) -> None:
    refuse(wire, VIDEOS, status, code, headers={"Retry-After": "1"})
    with pytest.raises(errors.APIError) as caught:
        await heygen.videos.create(HELLO)
    assert caught.value.code == code
    assert (wire.asked, clock.slept) == (1, [])


async def test_a_key_in_flight_is_waited_for_with_the_same_key(heygen: HeyGen, wire: Wire) -> None:
    for _ in range(6):
        refuse(wire, VIDEOS, 409, "request_in_progress")
    create_ok(wire)
    await heygen.videos.create(HELLO, idempotency_key="row-7")
    assert {sent.key for sent in wire.sent} == {"row-7"}


async def test_completing_an_upload_is_repeated_until_the_storage_shows_it(
    heygen: HeyGen, wire: Wire
) -> None:
    path = "/v3/assets/a1/complete"
    refuse(wire, path, 409, "conflict")
    refuse(wire, path, 409, "conflict")
    wire.ok("POST", path, {"asset_id": "a1"})
    asset = await heygen.assets.complete_upload("a1")
    assert asset.asset_id == "a1"
    assert len(wire.sent) == 3
    assert wire.sent[0].key is None


async def test_a_conflict_elsewhere_is_final(heygen: HeyGen, wire: Wire) -> None:
    refuse(wire, VIDEOS, 409, "conflict")
    with pytest.raises(errors.ConflictError):
        await heygen.videos.create(HELLO)
    assert wire.asked == 1


async def test_a_pause_outlives_the_cancelled_task_that_met_it(
    heygen: HeyGen, wire: Wire, clock: RecordingClock
) -> None:
    refuse(wire, VIDEOS, 429, headers={"Retry-After": "30"})
    asleep = asyncio.Event()

    async def sleep_for_ever(seconds: float) -> None:
        clock.slept.append(seconds)
        asleep.set()
        await asyncio.Event().wait()

    plain = clock.sleep
    clock.sleep = sleep_for_ever  # type: ignore[method-assign]
    first = asyncio.create_task(heygen.videos.create(HELLO))
    await asleep.wait()
    first.cancel()
    await asyncio.gather(first, return_exceptions=True)
    clock.sleep = plain  # type: ignore[method-assign]
    clock.slept.clear()

    clock.now += 12
    create_ok(wire)
    await heygen.videos.create(HELLO)
    assert clock.slept == [18.0 + SPREAD]
    create_ok(wire)
    await heygen.videos.create(HELLO)
    assert clock.slept == [18.0 + SPREAD]


async def test_a_pause_holds_back_its_own_endpoint_only(
    heygen: HeyGen, wire: Wire, clock: RecordingClock
) -> None:
    heygen._sender.retrier.pauses.extend(_route("VIDEOS_CREATE"), 30.0, _limited())
    wire.ok("GET", "/v3/users/me", {"username": "ada"})
    await heygen.users.get_current()
    assert clock.slept == []


async def test_a_pause_that_ends_after_the_deadline_raises_at_once(
    heygen: HeyGen, wire: Wire, clock: RecordingClock
) -> None:
    heygen._sender.retrier.pauses.extend(_route("VIDEOS_CREATE"), 900.0, _limited())
    seen: list[events.Event] = []
    heygen.observe(seen.append)
    with pytest.raises(errors.ConcurrencyLimitedError) as caught:
        await heygen.videos.create(HELLO)
    assert caught.value.retry_after == 900.0
    assert caught.value.attempts == 0
    assert (wire.asked, clock.slept) == (0, [])
    assert [type(event) for event in seen] == [events.CallFinished]


async def test_a_longer_pause_is_not_shortened_by_a_later_one(
    heygen: HeyGen, wire: Wire, clock: RecordingClock
) -> None:
    pauses = heygen._sender.retrier.pauses
    for seconds in (20.0, 5.0):
        pauses.extend(_route("VIDEOS_CREATE"), seconds, _limited())
    create_ok(wire)
    await heygen.videos.create(HELLO)
    assert clock.slept == [20.0 + SPREAD]


async def test_no_more_calls_are_on_the_wire_than_allowed_and_reads_do_not_queue_behind(
    wire: Wire, clock: RecordingClock
) -> None:
    async with client(clock, max_requests=2) as heygen:
        create_ok(wire)
        wire.ok("GET", "/v3/users/me", {"username": "ada"})
        turns = heygen._sender.retrier._writes
        async with turns:
            async with turns:
                waiting = asyncio.create_task(heygen.videos.create(HELLO))
                assert (await heygen.users.get_current()).username == "ada"
                assert [sent.method for sent in wire.sent] == ["GET"]
            await waiting
        assert [sent.method for sent in wire.sent] == ["GET", "POST"]


async def test_an_attempt_has_no_more_time_than_the_deadline(
    wire: Wire, clock: RecordingClock
) -> None:
    async with client(clock, retry=RetryPolicy(max_elapsed=12.0)) as heygen:
        refuse(wire, VIDEOS, 429, headers={"Retry-After": "7"})
        create_ok(wire)
        await heygen.videos.create(HELLO)
    first, second = (sent.options["timeout"].total for sent in wire.sent)
    assert (first, second) == (12.0, 4.5)


async def test_reads_and_writes_have_their_own_time(heygen: HeyGen, wire: Wire) -> None:
    wire.ok("GET", "/v3/users/me", {"username": "ada"})
    create_ok(wire)
    await heygen.users.get_current()
    await heygen.videos.create(HELLO)
    assert heygen._sessions._reads.seconds == 30.0
    assert [sent.options["timeout"].total for sent in wire.sent] == [None, 120.0]
    assert {sent.options["timeout"].sock_connect for sent in wire.sent} == {10.0}


async def test_an_upload_has_no_total_time_but_a_time_without_a_byte(
    heygen: HeyGen, wire: Wire
) -> None:
    wire.ok("POST", "/v3/assets", {"asset_id": "a"})
    await heygen.assets.upload(PNG)
    timeout = wire.sent[0].options["timeout"]
    assert timeout.total is None
    assert timeout.sock_read == 120.0


async def test_observers_see_the_retry_and_the_end(heygen: HeyGen, wire: Wire) -> None:
    seen: list[events.Event] = []
    stop = heygen.observe(seen.append)
    refuse(wire, VIDEOS, 429, "x", body=b"", headers={"Retry-After": "2"})
    create_ok(wire)
    await heygen.videos.create(HELLO)
    retry, end = seen
    assert isinstance(retry, events.RetryScheduled)
    assert (retry.call, retry.attempt, retry.delay, retry.status) == ("videos.create", 1, 2.5, 429)
    assert not retry.concurrency
    assert isinstance(end, events.CallFinished)
    assert (end.attempts, end.seconds, end.error) == (2, 2.5, None)
    stop()
    create_ok(wire)
    await heygen.videos.create(HELLO)
    assert len(seen) == 2


async def test_observers_see_which_error_was_raised(heygen: HeyGen, wire: Wire) -> None:
    seen: list[events.Event] = []
    heygen.observe(seen.append)
    refuse(wire, GENERATE, 500)
    with pytest.raises(errors.OutcomeUnknownError):
        await heygen.v2.videos.generate(SCENE)
    refuse(wire, VIDEOS, 400, "invalid_parameter", headers={"X-Request-Id": "r9"})
    with pytest.raises(errors.BadRequestError):
        await heygen.videos.create(HELLO)
    unknown, refused = seen
    assert isinstance(unknown, events.CallFinished)
    assert isinstance(refused, events.CallFinished)
    assert unknown.error == "OutcomeUnknownError"
    assert (refused.error, refused.request_id) == ("BadRequestError", "r9")


async def test_an_observer_that_fails_disturbs_nothing(
    heygen: HeyGen, wire: Wire, caplog: pytest.LogCaptureFixture
) -> None:
    seen: list[events.Event] = []

    def broken(_: events.Event) -> None:
        raise RuntimeError("observer")

    heygen.observe(broken)
    heygen.observe(seen.append)
    create_ok(wire)
    await heygen.videos.create(HELLO)
    assert len(seen) == 1
    assert "an observer failed" in caplog.text


async def test_a_call_of_the_users_own_goes_the_same_way(
    heygen: HeyGen, wire: Wire, clock: RecordingClock
) -> None:
    route = Route("new.thing", "POST", "/v3/new/{thing_id}", Kind.KEYED, Host.UPLOAD)
    wire.answer("POST", f"{UPLOAD}/v3/new/a%20b", status=503)
    wire.answer("POST", f"{UPLOAD}/v3/new/a%20b", {"data": {"ok": 1}})
    call = Call(route, dict[str, int], ids={"thing_id": "a b"}, body=b"{}", idempotency_key="mine")
    assert await heygen.send(call) == {"ok": 1}
    assert [sent.key for sent in wire.sent] == ["mine", "mine"]
    assert len(clock.slept) == 1


async def test_the_callers_key_is_refused_for_another_body_before_anything_is_sent(
    heygen: HeyGen, wire: Wire, clock: RecordingClock
) -> None:
    create_ok(wire)
    await heygen.videos.create(HELLO, idempotency_key="row-1")
    other = AvatarVideo(avatar_id="a", script="Another text.")
    with pytest.raises(errors.InvalidRequestError, match="another body"):
        await heygen.videos.create(other, idempotency_key="row-1")
    assert wire.asked == 1
    create_ok(wire)
    await heygen.videos.create(HELLO, idempotency_key="row-1")
    clock.now += 24 * 3600.0
    create_ok(wire)
    await heygen.videos.create(other, idempotency_key="row-1")
    assert [sent.key for sent in wire.sent] == ["row-1"] * 3


@pytest.mark.parametrize("key", ["", "a b", "k" * 256, "ä"])
async def test_a_bad_key_is_refused_before_anything_is_sent(
    heygen: HeyGen, wire: Wire, key: str
) -> None:
    with pytest.raises(errors.InvalidRequestError, match="idempotency_key"):
        await heygen.videos.create(HELLO, idempotency_key=key)
    assert wire.asked == 0


async def test_the_callers_key_of_an_upload_is_held_to_its_very_bytes(
    heygen: HeyGen, wire: Wire
) -> None:
    one, other = PNG + b"1", PNG + b"2"
    wire.ok("POST", "/v3/assets", {"asset_id": "a"}, repeat=True)
    await heygen.assets.upload(one, idempotency_key="k")
    await heygen.assets.upload(one, idempotency_key="k")
    with pytest.raises(errors.InvalidRequestError, match="another body"):
        await heygen.assets.upload(other, idempotency_key="k")
    assert wire.asked == 2


def _route(name: str) -> Any:
    return routes.ALL[name]


def _limited() -> errors.APIError:
    return errors.ConcurrencyLimitedError(
        "too many concurrent jobs", status=429, code="rate_limit_exceeded", retry_after=1.0
    )


def _refused() -> aiohttp.ClientConnectorError:
    where: Any = SimpleNamespace(host="api.heygen.com", port=443, ssl=True, is_ssl=True)
    return aiohttp.ClientConnectorError(where, OSError(111, "Connection refused"))


async def test_a_file_on_its_way_keeps_no_call_from_being_made(
    wire: Wire, clock: RecordingClock
) -> None:
    async with client(clock, max_requests=1, max_transfers=1) as heygen:
        wire.ok("GET", "/v3/users/me", {"username": "ada"})
        async with heygen._sender.retrier._transfers:
            upload = asyncio.create_task(heygen.assets.upload(b"\x89PNG\r\n\x1a\n...."))
            assert (await heygen.users.get_current()).username == "ada"
            assert not upload.done(), "the one turn for files is taken"
            upload.cancel()
            await asyncio.gather(upload, return_exceptions=True)
