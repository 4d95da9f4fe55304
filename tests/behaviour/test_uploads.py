"""Uploads over real sockets: the same bytes, whatever happens on the way."""

import asyncio
import hashlib
import io
import os
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Literal

import aiohttp
import pytest

from heygen_async import HeyGen, RetryPolicy, Timeouts, World
from heygen_async.errors import ConnectError, LinkExpiredError, SourceChangedError, TransferError
from heygen_async.events import Event, UploadProgress
from heygen_async.models import Asset, AssetUpload
from heygen_async.models.v2 import UploadedAsset
from heygen_async.sandbox import Fault, Sandbox
from heygen_async.testing import SkippingClock
from heygen_async.transport.sources import open_source
from heygen_async.wire import limits
from tests.behaviour.hosts import slow_storage

Calls = Callable[[str, str], int]
ZIP = b"PK\x03\x04"


@pytest.fixture
def big(tmp_path: Path) -> Path:
    path = tmp_path / "big.zip"
    path.write_bytes(ZIP + bytes(range(256)) * 8192)  # 2 MiB: several chunks
    return path


async def stored(asset: Asset | UploadedAsset) -> bytes:
    async with aiohttp.ClientSession() as session, session.get(asset.url) as response:
        assert response.status == 200
        return await response.read()


async def stream(data: bytes, step: int = 1000) -> AsyncIterator[bytes]:
    for start in range(0, len(data), step):
        yield data[start : start + step]


@pytest.mark.parametrize("method", ["multipart", "direct"])
@pytest.mark.parametrize("form", ["path", "str", "bytes", "file", "stream"])
async def test_every_form_of_source_arrives_whole(
    heygen: HeyGen, photo: Path, method: str, form: str
) -> None:
    data = photo.read_bytes()
    sources = {
        "path": lambda: photo,
        "str": lambda: str(photo),
        "bytes": lambda: data,
        "file": lambda: io.BytesIO(data),
        "stream": lambda: stream(data),
    }
    asset = await heygen.assets.upload(sources[form](), method=method)  # type: ignore[arg-type]
    assert asset.size_bytes == len(data)
    assert asset.mime_type == "image/jpeg"
    assert await stored(asset) == data


@pytest.mark.parametrize("form", ["path", "bytes", "file", "stream"])
async def test_v1_takes_every_form_of_source(heygen: HeyGen, photo: Path, form: str) -> None:
    data = photo.read_bytes()
    sources = {
        "path": lambda: photo,
        "bytes": lambda: data,
        "file": lambda: io.BytesIO(data),
        "stream": lambda: stream(data),
    }
    asset = await heygen.v2.assets.upload(sources[form]())
    assert asset.image_key
    assert asset.image_key.startswith("image/")
    assert await stored(asset) == data


async def test_a_file_is_read_from_where_it_stands_and_stays_open(
    heygen: HeyGen, photo: Path
) -> None:
    file = io.BytesIO(b"preface" + photo.read_bytes())
    file.seek(7)
    asset = await heygen.assets.upload(file)
    assert await stored(asset) == photo.read_bytes()
    assert not file.closed


async def test_an_upload_cut_in_the_middle_is_sent_again_with_the_same_bytes(
    heygen: HeyGen, sandbox: Sandbox, big: Path, events: list[Event], calls: Calls
) -> None:
    sandbox.fault(Fault(method="PUT", path="/_storage", drop_after_request_bytes=700_000, times=2))
    asset = await heygen.assets.upload(big, method="direct")
    assert hashlib.sha256(await stored(asset)).digest() == hashlib.sha256(big.read_bytes()).digest()
    sent = [event.sent for event in events if isinstance(event, UploadProgress)]
    assert sent.count(0) >= 3  # the bar falls back each time
    assert sent[-1] == big.stat().st_size
    assert calls("PUT", "/_storage") >= 3
    assert calls("POST", "/v3/assets/direct-uploads") == 1


async def test_a_multipart_upload_cut_in_the_middle_makes_one_asset(
    heygen: HeyGen, sandbox: Sandbox, photo: Path
) -> None:
    sandbox.fault(Fault(method="POST", path="/v3/assets", drop_after_request_bytes=50_000))
    sandbox.fault(Fault(method="POST", path="/v3/assets", commit_then_drop=True))
    asset = await heygen.assets.upload(photo)
    assert await stored(asset) == photo.read_bytes()
    keys = {r.idempotency_key for r in sandbox.requests if r.path == "/v3/assets"}
    assert len(keys) == 1


async def test_a_slot_that_lapsed_is_asked_anew_once(
    heygen: HeyGen, sandbox: Sandbox, photo: Path, calls: Calls
) -> None:
    sandbox.fault(Fault(method="PUT", path="/_storage", expire_links=True))
    asset = await heygen.assets.upload(photo, method="direct")
    assert await stored(asset) == photo.read_bytes()
    assert calls("POST", "/v3/assets/direct-uploads") == 2

    sandbox.fault(Fault(method="PUT", path="/_storage", expire_links=True, times=2))
    with pytest.raises(LinkExpiredError):
        await heygen.assets.upload(photo, method="direct")


async def test_complete_waits_until_the_storage_shows_the_bytes(
    heygen: HeyGen, sandbox: Sandbox, photo: Path
) -> None:
    sandbox.fault(
        Fault(method="POST", path="/v3/assets/*/complete", status=409, code="conflict", times=2)
    )
    assert (await heygen.assets.upload(photo, method="direct")).asset_id


async def test_a_storage_that_refuses_ends_the_upload(
    heygen: HeyGen, sandbox: Sandbox, photo: Path
) -> None:
    sandbox.fault(Fault(method="PUT", path="/_storage", status=400, body="<Error/>"))
    with pytest.raises(TransferError, match="HTTP 400"):
        await heygen.assets.upload(photo, method="direct")


async def test_the_key_never_reaches_the_storage_and_the_length_is_announced(
    heygen: HeyGen, sandbox: Sandbox, photo: Path
) -> None:
    # The sandbox refuses a key with 403 and a chunked body with 501, as S3 does.
    await heygen.assets.upload(photo, method="direct")
    puts = [r for r in sandbox.requests if r.method == "PUT"]
    assert [r.status for r in puts] == [200]


async def test_a_file_that_changes_between_attempts_is_not_mixed(
    heygen: HeyGen, sandbox: Sandbox, big: Path
) -> None:
    def rewrite(event: Event) -> None:
        if isinstance(event, UploadProgress) and event.sent > 500_000:
            big.write_bytes(ZIP + b"another file altogether")

    heygen.observe(rewrite)
    sandbox.fault(Fault(method="PUT", path="/_storage", drop_after_request_bytes=700_000))
    with pytest.raises(SourceChangedError):
        await heygen.assets.upload(big, method="direct")


@pytest.mark.parametrize("method", ["multipart", "direct"])
async def test_a_cancellation_that_the_callers_progress_raises_is_no_broken_connection(
    heygen: HeyGen, photo: Path, method: Literal["multipart", "direct"]
) -> None:
    told: list[int] = []

    def progress(sent: int, _: int) -> None:
        told.append(sent)
        raise asyncio.CancelledError("mine")

    with pytest.raises(asyncio.CancelledError, match="mine"):
        await heygen.assets.upload(photo, method=method, progress=progress)
    assert told == [0]


async def test_many_uploads_at_once_arrive_each_with_its_own_bytes(heygen: HeyGen) -> None:
    contents = [ZIP + bytes([number]) * 300_000 for number in range(24)]
    assets = await asyncio.gather(
        *(heygen.assets.upload(data, method="direct", filename="a.zip") for data in contents)
    )
    assert [await stored(asset) for asset in assets] == contents


async def test_a_callers_key_gives_the_same_asset_and_refuses_other_bytes(
    heygen: HeyGen, photo: Path
) -> None:
    first = await heygen.assets.upload(photo, idempotency_key="photo-1")
    again = await heygen.assets.upload(photo, idempotency_key="photo-1")
    assert first.asset_id == again.asset_id
    changed = photo.read_bytes()[:-1] + b"\x00"
    with pytest.raises(ValueError, match="another body"):
        await heygen.assets.upload(changed, filename=photo.name, idempotency_key="photo-1")


@pytest.mark.odd_replies  # the contract knows no completion of what is ready
async def test_a_callers_key_gives_the_same_asset_after_its_slot_has_lapsed(
    heygen: HeyGen, photo: Path, clock: SkippingClock, calls: Calls
) -> None:
    found: list[str] = []
    for _ in range(3):
        asset = await heygen.assets.upload(photo, method="direct", idempotency_key="photo-1")
        found.append(asset.asset_id)
        await clock.sleep(3600)
    assert len(set(found)) == 1
    assert calls("POST", "/v3/assets/direct-uploads") == 3


async def test_a_server_that_dies_in_mid_upload_is_a_typed_error(
    clock: SkippingClock, world: World, tmp_path: Path
) -> None:
    sandbox = Sandbox(media=False)
    await sandbox.start()
    big = tmp_path / "big.zip"
    big.write_bytes(ZIP + bytes(8 * 1024 * 1024))
    async with HeyGen(api_key="k", base_url=sandbox.url, world=world) as heygen:
        clock.watch(lambda: heygen.in_flight)
        dying: list[asyncio.Task[None]] = []

        def kill(event: Event) -> None:
            if isinstance(event, UploadProgress) and event.sent > 1_000_000 and not dying:
                dying.append(asyncio.ensure_future(sandbox.stop()))

        heygen.observe(kill)
        with pytest.raises(ConnectError):
            await heygen.assets.upload(big, method="direct")
        await asyncio.gather(*dying)


@pytest.mark.parametrize("silent_at", [None, 300_000])
async def test_a_slow_storage_gets_every_byte_and_a_silent_one_is_left_after_the_stall(
    tmp_path: Path, silent_at: int | None
) -> None:
    path = tmp_path / "big.zip"
    path.write_bytes(ZIP + os.urandom(8_000_000))  # more than the sockets hold
    sent: list[int] = []
    async with (
        slow_storage(silent_at=silent_at) as (url, bodies),
        HeyGen(
            api_key="k",
            base_url="http://127.0.0.1:1",
            timeouts=Timeouts(stall=0.5 if silent_at else 30.0),
            retry=RetryPolicy(base=0.01),
        ) as heygen,
        open_source(path) as source,
    ):
        await heygen._tools.uploads.put(
            source,
            AssetUpload(asset_id="a", upload_url=url),
            content_type="application/zip",
            progress=lambda count, _: sent.append(count),
        )
    assert bytes(bodies[-1]) == path.read_bytes()
    assert len(bodies) == sent.count(0)
    assert (len(bodies) > 1) == (silent_at is not None)


def files_held(folder: Path) -> list[str]:
    held = [each.readlink() for each in Path("/proc/self/fd").iterdir() if each.is_symlink()]
    return [str(name) for name in held if name.is_relative_to(folder)]


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs /proc")
@pytest.mark.parametrize("dedupe", [True, False])
async def test_64_at_once_with_faults_are_each_an_asset_once_and_leave_nothing(
    sandbox: Sandbox,
    clock: SkippingClock,
    world: World,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    dedupe: bool,
) -> None:
    monkeypatch.setattr(limits, "MULTIPART_MAX", 200_000)  # half of them go to the storage
    files = [tmp_path / f"{number}.png" for number in range(64)]
    for number, path in enumerate(files):
        path.write_bytes(b"\x89PNG\r\n\x1a\n" + os.urandom(150_000 if number % 2 else 600_000))
    for method, path in (("POST", "/v3/assets"), ("PUT", "/_storage")):
        for skip, action in enumerate(
            (
                {"drop_after_request_bytes": 70_000},
                {"status": 503},
                {"commit_then_drop": True},
                {"drop": True},
            )
        ):
            sandbox.fault(Fault(method=method, path=path, skip=5 * skip, times=5, **action))  # type: ignore[arg-type]
    sandbox.fault(Fault(method="PUT", path="/_storage", skip=9, expire_links=True))
    retry = RetryPolicy(max_retries=12)
    tasks = asyncio.all_tasks()
    async with HeyGen(
        api_key="k",
        base_url=sandbox.url,
        world=world,
        retry=retry,
        max_transfers=64,
        dedupe=dedupe,
    ) as heygen:
        clock.watch(lambda: heygen.in_flight)
        assets = await asyncio.gather(*map(heygen.assets.upload, files))
        for path, asset in zip(files, assets, strict=True):
            assert await stored(asset) == path.read_bytes()
        assert heygen.in_flight == 0
    assert len({asset.asset_id for asset in assets}) == 64
    assert len(sandbox.describe()["assets"]) == 64 + 1, "and the slot that lapsed"
    left = [task for task in asyncio.all_tasks() - tasks if "/heygen_async/t" in repr(task)]
    assert left == []
    assert files_held(tmp_path) == []
