"""A final error of a keyed call knows the key: with it the same call is made again, unpaid."""

from types import SimpleNamespace
from typing import Any

import aiohttp
import pytest

from heygen_async import HeyGen, RetryPolicy, errors
from heygen_async.models import AvatarVideo
from tests.transport.kit import RecordingClock, Wire, client

SLOT = {"asset_id": "a", "upload_url": "https://s3.example/put", "upload_headers": {}}
PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)
OTHER = AvatarVideo(avatar_id="a", script="Another.")
VIDEOS = "/v3/videos"
HELLO = AvatarVideo(avatar_id="a", script="Hello.")


async def test_a_call_that_was_never_answered_knows_its_key(
    wire: Wire, clock: RecordingClock
) -> None:
    async with client(clock, retry=RetryPolicy(max_retries=1)) as heygen:
        for problem in (aiohttp.ServerDisconnectedError(), TimeoutError()):
            wire.answer("POST", VIDEOS, exception=problem)
        with pytest.raises(errors.ReadTimeoutError) as caught:
            await heygen.videos.create(HELLO, idempotency_key="mine")
    assert caught.value.idempotency_key == "mine"
    assert caught.value.attempts == 2


async def test_an_answer_that_cannot_be_read_knows_its_key(heygen: HeyGen, wire: Wire) -> None:
    wire.answer("POST", VIDEOS, body=b"<html>")
    with pytest.raises(errors.DecodeError) as caught:
        await heygen.videos.create(HELLO)
    assert caught.value.idempotency_key == wire.sent[0].key
    assert caught.value.idempotency_key is not None


async def test_a_call_without_a_key_has_none(heygen: HeyGen, wire: Wire) -> None:
    wire.answer("GET", "/v3/users/me", body=b"<html>")
    with pytest.raises(errors.DecodeError) as caught:
        await heygen.users.get_current()
    assert caught.value.idempotency_key is None


async def test_the_callers_key_of_a_direct_upload_is_held_to_its_very_bytes(
    heygen: HeyGen, wire: Wire
) -> None:
    wire.ok("POST", "/v3/assets/direct-uploads", SLOT, repeat=True)
    wire.answer("PUT", "https://s3.example/put", repeat=True)
    wire.ok("POST", "/v3/assets/a/complete", {"asset_id": "a"}, repeat=True)
    one, other = PNG + b"1", PNG + b"2"
    for _ in range(2):
        await heygen.assets.upload(one, method="direct", idempotency_key="k")
    asked = wire.asked
    with pytest.raises(errors.InvalidRequestError, match="another body"):
        await heygen.assets.upload(other, method="direct", idempotency_key="k")
    assert wire.asked == asked


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 422])
async def test_a_key_whose_request_was_refused_is_free_for_a_corrected_one(
    heygen: HeyGen, wire: Wire, status: int
) -> None:
    wire.answer("POST", VIDEOS, status=429, headers={"Retry-After": "1"})
    wire.answer("POST", VIDEOS, status=status)
    wire.ok("POST", VIDEOS, {"video_id": "v1", "status": "waiting"})
    with pytest.raises(errors.APIError):
        await heygen.videos.create(HELLO, idempotency_key="k")
    assert (await heygen.videos.create(OTHER, idempotency_key="k")).id == "v1"
    with pytest.raises(errors.InvalidRequestError, match="another body"):
        await heygen.videos.create(HELLO, idempotency_key="k")


@pytest.mark.parametrize("first", [500, 409, 408, None])
async def test_a_key_that_may_have_been_taken_stays_bound(
    wire: Wire, clock: RecordingClock, first: int | None
) -> None:
    if first is None:
        wire.answer("POST", VIDEOS, exception=aiohttp.ServerDisconnectedError())
    else:
        wire.answer("POST", VIDEOS, status=first)
    if first != 409:
        wire.answer("POST", VIDEOS, status=400)
    async with client(clock) as heygen:
        with pytest.raises(errors.APIError):
            await heygen.videos.create(HELLO, idempotency_key="k")
        with pytest.raises(errors.InvalidRequestError, match="another body"):
            await heygen.videos.create(OTHER, idempotency_key="k")


async def test_a_refusal_does_not_free_a_key_that_has_a_result(heygen: HeyGen, wire: Wire) -> None:
    wire.ok("POST", VIDEOS, {"video_id": "v1", "status": "waiting"})
    wire.answer("POST", VIDEOS, status=401)
    await heygen.videos.create(HELLO, idempotency_key="k")
    with pytest.raises(errors.UnauthorizedError):
        await heygen.videos.create(HELLO, idempotency_key="k")
    with pytest.raises(errors.InvalidRequestError, match="another body"):
        await heygen.videos.create(OTHER, idempotency_key="k")


async def test_a_key_that_was_never_sent_is_free(heygen: HeyGen, wire: Wire) -> None:
    where: Any = SimpleNamespace(host="api.heygen.com", port=443, ssl=True, is_ssl=True)
    refused = aiohttp.ClientConnectorError(where, OSError(111, "Connection refused"))
    for _ in range(5):
        wire.answer("POST", VIDEOS, exception=refused)
    with pytest.raises(errors.ConnectError):
        await heygen.videos.create(HELLO, idempotency_key="k")
    wire.ok("POST", VIDEOS, {"video_id": "v1", "status": "waiting"})
    await heygen.videos.create(OTHER, idempotency_key="k")
