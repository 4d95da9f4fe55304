"""A final error of a keyed call knows the key: with it the same call is made again, unpaid."""

import aiohttp
import pytest

from heygen_async import HeyGen, RetryPolicy, errors
from heygen_async.models import AvatarVideo
from tests.transport.kit import RecordingClock, Wire, client

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
