"""How long a transfer waits: for ever while bytes move, and no longer than a call otherwise."""

from pathlib import Path
from typing import Any

import aiohttp
import pytest

from heygen_async import HeyGen, RetryPolicy, Timeouts, errors
from heygen_async.transport.clock import Patience
from tests.transport.kit import EPOCH, RecordingClock, Wire, client

LINK = "https://files.example/a.mp4?X-Amz-Signature=canary"
PUT = "https://s3.example/put?X-Amz-Signature=canary"
SLOT = {"asset_id": "a", "upload_url": PUT, "upload_headers": {}}
SLOTS = "/v3/assets/direct-uploads"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)


async def fetch(heygen: HeyGen, target: Path) -> Path:
    async def link() -> str:
        return LINK

    return await heygen._tools.downloads.fetch(link, target, identity="video v1")


async def upload(heygen: HeyGen, wire: Wire) -> Any:
    wire.ok("POST", SLOTS, SLOT)
    wire.ok("POST", "/v3/assets/a/complete", {"asset_id": "a"})
    return await heygen.assets.upload(PNG, method="direct")


async def test_the_storages_wait_is_obeyed(
    heygen: HeyGen, wire: Wire, clock: RecordingClock
) -> None:
    wire.answer("PUT", PUT, status=503, headers={"Retry-After": "20"})
    wire.answer("PUT", PUT, status=429, headers={"Retry-After": "30"})
    wire.answer("PUT", PUT)
    await upload(heygen, wire)
    assert clock.slept == [20.5, 30.5]


async def test_the_media_hosts_wait_is_obeyed(
    heygen: HeyGen, wire: Wire, clock: RecordingClock, tmp_path: Path
) -> None:
    wire.answer("GET", LINK, status=429, headers={"Retry-After": "20"})
    date = "Fri, 15 Jan 2027 08:01:00 GMT"  # a minute after the clock's beginning
    assert EPOCH == 1_800_000_000.0
    wire.answer("GET", LINK, status=503, headers={"Retry-After": date})
    wire.answer("GET", LINK, body=b"bytes")
    assert (await fetch(heygen, tmp_path / "a")).read_bytes() == b"bytes"
    assert clock.slept[0] == 20.5
    assert clock.now == 60.5


async def test_a_wait_that_is_too_long_is_told_at_once(
    heygen: HeyGen, wire: Wire, clock: RecordingClock, tmp_path: Path
) -> None:
    day = {"Retry-After": "86400"}
    wire.answer("PUT", PUT, status=429, headers=day)
    wire.answer("GET", LINK, status=503, headers=day)
    wire.answer("POST", "/v3/assets", status=429, headers=day)
    with pytest.raises(errors.TransferError, match="HTTP 429") as put:
        await upload(heygen, wire)
    with pytest.raises(errors.TransferError, match="HTTP 503") as get:
        await fetch(heygen, tmp_path / "a")
    with pytest.raises(errors.RateLimitedError) as form:
        await heygen.assets.upload(PNG)
    assert clock.slept == []
    assert put.value.retry_after == get.value.retry_after == form.value.retry_after == 86400
    assert put.value.hint == "The host asks to wait 86400 s."


async def test_a_storm_of_refusals_ends(wire: Wire, clock: RecordingClock, tmp_path: Path) -> None:
    wire.answer("PUT", PUT, status=429, headers={"Retry-After": "10"}, repeat=True)
    wire.answer("GET", LINK, status=429, headers={"Retry-After": "0"}, repeat=True)
    wire.answer("POST", "/v3/assets", status=429, repeat=True)
    async with client(clock, retry=RetryPolicy(max_elapsed=60, base=0)) as heygen:
        with pytest.raises(errors.TransferError) as caught:
            await upload(heygen, wire)
        assert clock.slept == [10.0] * 6
        assert len(caught.value.__notes__) == 6
        for attempt in (lambda: fetch(heygen, tmp_path / "a"), lambda: heygen.assets.upload(PNG)):
            asked = wire.asked
            with pytest.raises(errors.HeyGenError, match="429"):
                await attempt()
            assert wire.asked - asked == 62, "a wait of nothing counts for a second"


def test_patience_counts_anew_when_bytes_have_moved(clock: RecordingClock) -> None:
    patience = Patience(clock, 10)
    clock.now += 1000
    assert patience.remaining() is None
    assert patience.allows(10)
    patience.spend(4)
    assert not patience.allows(7)
    patience.renew()
    assert patience.allows(10)


async def test_a_stall_is_what_was_asked_for(
    wire: Wire, clock: RecordingClock, tmp_path: Path
) -> None:
    async with client(clock, timeouts=Timeouts(stall=5, write=77)) as heygen:
        wire.answer("PUT", PUT)
        await upload(heygen, wire)
        session = heygen._sessions._transfer_session()
        assert session.timeout.sock_read == 5
        assert session.timeout.total is None
        # A file through the API: HeyGen may think about it as long as about any other write.
        wire.ok("POST", "/v3/assets", {"asset_id": "a"})
        await heygen.assets.upload(PNG)
        limits = wire.sent[-1].options["timeout"]
        assert limits.sock_read == 77
        assert limits.total is None


async def test_no_status_is_raised_by_a_session_that_was_handed_in(
    wire: Wire, clock: RecordingClock
) -> None:
    async with aiohttp.ClientSession(raise_for_status=True) as session:
        heygen = client(clock, session=session)
        wire.answer("GET", "/v3/users/me", {"error": {"code": "unauthorized"}}, status=401)
        with pytest.raises(errors.UnauthorizedError):
            await heygen.users.get_current()
        assert wire.sent[0].options["raise_for_status"] is False
        await heygen.close()
