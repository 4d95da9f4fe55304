"""Assets: many at once, lists, searches, statuses and deletion, over real sockets."""

import asyncio
import io
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import av
import pytest
from PIL import Image

from heygen_async import HeyGen, World
from heygen_async.errors import (
    BadRequestError,
    InvalidRequestError,
    JobFailedError,
    JobLostError,
    JobTimeoutError,
    NotFoundError,
    SourceChangedError,
    TransferError,
    UnauthorizedError,
)
from heygen_async.models import (
    AssetId,
    AvatarVideo,
    Background,
    CreateAssetUpload,
    CreateAssetUploadBatch,
    FoundAssetType,
    PhotoAvatar,
)
from heygen_async.sandbox import Fault, Sandbox, SandboxClock
from heygen_async.testing import SkippingClock
from heygen_async.transport.session import SessionManager

Calls = Callable[[str, str], int]
JPEG = b"\xff\xd8\xff\xe0"


def picture(index: int) -> bytes:
    return JPEG + index.to_bytes(4, "big") * 100


async def stored(heygen: HeyGen, asset_id: str) -> bytes:
    url = (await heygen.assets.get(asset_id)).url
    assert url
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        assert response.status == 200
        return await response.read()


async def test_many_files_go_in_batches_and_arrive_whole(heygen: HeyGen, calls: Calls) -> None:
    drawn = 0

    def files() -> Iterator[bytes]:
        nonlocal drawn
        for index in range(230):
            drawn += 1
            yield picture(index)

    results = await heygen.assets.upload_many(files(), title="Many")
    assert drawn == len(results) == 230
    assert [result.error for result in results] == [None] * 230
    ids = [result.asset.asset_id for result in results if result.asset]
    assert len(set(ids)) == 230
    for index in (0, 99, 100, 229):
        assert await stored(heygen, ids[index]) == picture(index)
    assert calls("POST", "/v3/assets/direct-uploads/batches") == 3
    assert calls("POST", "/v3/assets/complete/batches") == 3
    assert calls("PUT", "/_storage/uploads") == 230
    # One look at a batch tells about all of its files.
    assert calls("GET", "/v3/assets/batches") <= 12
    assert {(r.asset.mime_type, r.asset.size_bytes) for r in results if r.asset} == {
        ("image/jpeg", 404)
    }


async def test_no_file_is_no_call(heygen: HeyGen, sandbox: Sandbox) -> None:
    assert await heygen.assets.upload_many([]) == []
    assert not sandbox.requests


async def test_one_bad_file_does_not_sink_the_others(
    heygen: HeyGen, sandbox: Sandbox, photo: Path, tmp_path: Path, calls: Calls
) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        yield JPEG
        yield b"rest"

    sandbox.fault(Fault(method="PUT", path="/_storage", status=400))
    files: list[Any] = [tmp_path / "absent.jpg", b"", b"MZ what", chunks(), str(photo), picture(1)]
    results = await heygen.assets.upload_many(files)
    problems = [type(result.error) for result in results]
    assert problems[:3] == [InvalidRequestError] * 3
    assert problems.count(TransferError) == 1
    good = [result for result in results if result.asset]
    assert len(good) == 2
    assert results[0].name == "absent.jpg"
    assert results[4].name == photo.name
    assert calls("POST", "/v3/assets/direct-uploads/batches") == 1
    for result in good:
        assert result.asset
        assert await stored(heygen, result.asset.asset_id)


async def test_a_stream_that_breaks_does_not_sink_the_others(heygen: HeyGen) -> None:
    broke = OSError("the line broke")

    async def broken() -> AsyncIterator[bytes]:
        yield JPEG
        raise broke

    first, second, third = await heygen.assets.upload_many([picture(1), broken(), picture(2)])
    assert first.asset is not None
    assert third.asset is not None
    assert second.name == "stream"
    assert isinstance(second.error, SourceChangedError)
    assert second.error.__cause__ is broke


async def test_what_heygen_does_not_like_is_told_per_file(heygen: HeyGen, sandbox: Sandbox) -> None:
    # The storage forgets one file.
    sandbox.fault(Fault(method="PUT", path="/_storage", status=200, body=""))
    results = await heygen.assets.upload_many([picture(1), picture(2)])
    (problem,) = [result.error for result in results if result.error]
    assert isinstance(problem, JobFailedError)
    assert (problem.kind, problem.failure_code) == ("asset", "upload_not_found")
    assert problem.failure_message
    results = await heygen.assets.upload_many([picture(1), picture(2)])
    assert all(result.asset for result in results)
    sandbox.fault(Fault(method="PUT", path="/_storage", status=200, body="", times=2))
    results = await heygen.assets.upload_many([picture(1), picture(2)])
    assert [type(result.error) for result in results] == [JobFailedError] * 2


async def test_a_slot_that_lapses_in_the_queue_is_replaced(
    heygen: HeyGen, sandbox: Sandbox, calls: Calls
) -> None:
    sandbox.fault(Fault(method="PUT", path="/_storage", expire_links=True, times=2))
    files = [picture(index) for index in range(5)]
    results = await heygen.assets.upload_many(files)
    for file, result in zip(files, results, strict=True):
        assert result.asset
        assert await stored(heygen, result.asset.asset_id) == file
    assert calls("POST", "/v3/assets/direct-uploads") == 3


async def test_a_refused_batch_is_told_by_each_of_its_files(
    heygen: HeyGen, sandbox: Sandbox
) -> None:
    sandbox.fault(Fault(path="/v3/assets/direct-uploads/batches", status=400))
    results = await heygen.assets.upload_many([picture(index) for index in range(120)])
    assert [type(result.error) for result in results[:100]] == [BadRequestError] * 100
    assert all(result.asset for result in results[100:])


async def test_a_key_that_does_not_work_ends_it(heygen: HeyGen, sandbox: Sandbox) -> None:
    sandbox.fault(Fault(path="/v3/assets/direct-uploads/batches", status=401))
    with pytest.raises(UnauthorizedError):
        await heygen.assets.upload_many([picture(1)])


@pytest.mark.odd_replies
async def test_files_that_take_too_long_are_told_so(heygen: HeyGen, sandbox: Sandbox) -> None:
    slow = {
        "batch_id": "b",
        "status": "processing",
        "total_items": 2,
        "counts_by_status": {"completed": 1, "processing": 1},
        "created_at": 1,
        "items": [
            {"item_index": 0, "status": "completed", "video_id": "a0"},
            {"item_index": 1, "status": "processing", "video_id": "a1"},
        ],
        "has_more": False,
    }
    sandbox.fault(Fault(path="/v3/assets/batches/", reply=slow, times=1000))
    first, second, third = await heygen.assets.upload_many(
        [picture(1), picture(2), picture(3)], timeout=60
    )
    assert first.asset
    assert isinstance(second.error, JobTimeoutError)
    assert isinstance(third.error, JobLostError)


@pytest.mark.parametrize("files", ["photo.jpg", b"bytes"])
async def test_one_file_is_not_many(heygen: HeyGen, files: Any) -> None:
    with pytest.raises(InvalidRequestError, match="several"):
        await heygen.assets.upload_many(files)


async def test_transfers_take_turns(
    sandbox: Sandbox, clock: SkippingClock, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    active, most, plain = 0, 0, SessionManager.transfer

    @asynccontextmanager
    async def transfer(self: SessionManager, *args: Any, **rest: Any) -> AsyncIterator[Any]:
        nonlocal active, most
        active += 1
        most = max(most, active)
        try:
            async with plain(self, *args, **rest) as response:
                yield response
        finally:
            active -= 1

    monkeypatch.setattr(SessionManager, "transfer", transfer)
    async with HeyGen(api_key="k", base_url=sandbox.url, world=world, max_transfers=3) as heygen:
        clock.watch(lambda: heygen.in_flight)
        results = await heygen.assets.upload_many([picture(index) for index in range(40)])
    assert all(result.asset for result in results)
    assert most == 3


async def test_a_cancelled_upload_leaves_nothing_running(heygen: HeyGen, sandbox: Sandbox) -> None:
    sandbox.fault(Fault(method="PUT", path="/_storage", stall=30, times=100))
    before = asyncio.all_tasks()
    task = asyncio.create_task(heygen.assets.upload_many([picture(i) for i in range(20)]))
    while heygen.in_flight < 10:
        await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert heygen.in_flight == 0
    names = [repr(each.get_coro()) for each in asyncio.all_tasks() - before]
    assert not [name for name in names if "put" in name]


async def test_a_batch_by_hand(heygen: HeyGen, photo: Path) -> None:
    size = photo.stat().st_size
    slot = CreateAssetUpload(filename="a.jpg", content_type="image/jpeg", size_bytes=size)
    given = await heygen.assets.create_upload_batch(
        CreateAssetUploadBatch(files=[slot, slot], title="Two"), idempotency_key="mine"
    )
    async with aiohttp.ClientSession() as session:
        first = given.items[0]
        async with session.put(
            first.upload_url, data=photo.read_bytes(), headers=first.upload_headers
        ) as response:
            assert response.status == 200
    job = await heygen.assets.complete_upload_batch(given.batch_id)
    batch = await job.wait()
    assert (batch.title, batch.counts_by_status) == ("Two", {"completed": 1, "failed": 1})
    assert (await heygen.assets.batch_job(given.batch_id).wait()).status == "completed"
    items = [item async for item in heygen.assets.list_batch_items(given.batch_id, limit=1)]
    assert [item.status for item in items] == ["completed", "failed"]
    assert [item.video_id for item in items] == [slot.asset_id for slot in given.items]
    lines = await heygen.assets.list_statuses([first.asset_id, "none"], batch_ids=[given.batch_id])
    assert [line.status for line in lines] == ["completed", "not_found", "completed", "failed"]


async def test_an_asset_is_waited_for(heygen: HeyGen, photo: Path, calls: Calls) -> None:
    asset = await heygen.assets.upload(photo, method="direct")
    assert asset.status == "processing"
    entry = await heygen.assets.job(asset.asset_id).wait()
    assert (entry.video_id, entry.status) == (asset.asset_id, "completed")
    others = [await heygen.assets.upload(picture(i), method="direct") for i in range(20)]
    before = calls("GET", "/v3/assets/statuses")
    await asyncio.gather(*(heygen.assets.job(each.asset_id).wait() for each in others))
    assert calls("GET", "/v3/assets/statuses") - before <= 30


async def test_an_asset_that_is_not_there_is_lost(heygen: HeyGen) -> None:
    with pytest.raises(JobLostError):
        await heygen.assets.job("none").wait()


async def test_an_asset_that_is_no_good_fails(heygen: HeyGen) -> None:
    slot = CreateAssetUpload(filename="a.jpg", content_type="image/jpeg", size_bytes=5)
    given = await heygen.assets.create_upload_batch(CreateAssetUploadBatch(files=[slot]))
    with pytest.raises(JobFailedError):
        await (await heygen.assets.complete_upload_batch(given.batch_id)).wait()
    with pytest.raises(JobFailedError) as caught:
        await heygen.assets.job(given.items[0].asset_id).wait()
    assert caught.value.failure_code == "upload_not_found"


async def test_assets_are_listed_read_and_deleted(heygen: HeyGen, photo: Path) -> None:
    ids = [(await heygen.assets.upload(photo, filename=f"{i}.jpg")).asset_id for i in range(5)]
    me = await heygen.users.get_current()
    assert me.username
    pager = heygen.assets.list(username=me.username, limit=2)
    assert [asset.id async for asset in pager] == ids[::-1]
    assert len((await heygen.assets.list(username=me.username, folder_id="", limit=2)).items) == 2
    assert [a async for a in heygen.assets.list(username=me.username, folder_id="x")] == []
    assert len([a async for a in heygen.assets.list(username=me.username, max_items=3)]) == 3
    detail = await heygen.assets.get(ids[0])
    assert (detail.name, detail.type, detail.owner) == ("0.jpg", "image", me.username)
    assert await stored(heygen, ids[0]) == photo.read_bytes()
    await heygen.assets.delete(ids[0])
    with pytest.raises(NotFoundError):
        await heygen.assets.get(ids[0])
    with pytest.raises(NotFoundError):
        await heygen.assets.delete(ids[0])
    with pytest.raises(NotFoundError):
        file = AssetId(asset_id=ids[0])
        await heygen.avatars.create(PhotoAvatar(name="Gone", file=file))


async def test_pictures_are_found_and_shown(heygen: HeyGen, sandbox: Sandbox) -> None:
    found = await heygen.assets.search("green forest", type="image", limit=3)
    best = found.items[0]
    assert best.type is FoundAssetType.IMAGE
    assert best.orientation == "landscape"
    every = [icon async for icon in heygen.assets.search("star", type="icon", limit=5)]
    assert len(every) == 12
    assert all(icon.is_transparent for icon in every)
    assert [p async for p in heygen.assets.search("x", type="image", scope="personal")] == []
    video = AvatarVideo(
        avatar_id="Ada_public_office_front",
        script="Hello.",
        background=Background(type="image", url=best.url),
    )
    await (await heygen.videos.create(video)).wait()


async def test_wrong_arguments_are_refused_here(heygen: HeyGen, sandbox: Sandbox) -> None:
    assets = heygen.assets
    with pytest.raises(InvalidRequestError, match="query"):
        assets.search("", type="icon")
    with pytest.raises(InvalidRequestError, match="query"):
        assets.search("x" * 1001, type="icon")
    with pytest.raises(InvalidRequestError, match="limit"):
        assets.search("x", type="icon", limit=51)
    with pytest.raises(InvalidRequestError, match="username"):
        assets.list(username="")
    with pytest.raises(InvalidRequestError, match="1 to 100"):
        await assets.list_statuses([])
    with pytest.raises(InvalidRequestError, match="files"):
        await assets.create_upload_batch(CreateAssetUploadBatch(files=[]))
    assert not sandbox.requests


async def test_what_is_found_is_real(clock: SkippingClock, world: World) -> None:
    shared = SandboxClock(source=clock.monotonic, epoch=clock.time())
    async with (
        Sandbox(media=True, clock=shared) as sandbox,
        HeyGen(api_key="k", base_url=sandbox.url, world=world) as heygen,
        aiohttp.ClientSession() as session,
    ):
        clock.watch(lambda: heygen.in_flight)
        picture = (await heygen.assets.search("runner", type="image", limit=1)).items[0]
        icon = (await heygen.assets.search("rocket", type="icon", limit=1)).items[0]
        sound = (await heygen.audio.search_sounds("piano")).items[0]
        for found in (picture, icon):
            async with session.get(found.url) as response:
                image = Image.open(io.BytesIO(await response.read()))
            assert image.size == (found.width, found.height)
            assert (image.mode == "RGBA") == found.is_transparent
            assert len(set(image.convert("RGBA").resize((16, 16)).tobytes())) > 4
        async with session.get(sound.audio_url) as response:
            heard = av.open(io.BytesIO(await response.read()))
        frames = sum(frame.samples for frame in heard.decode(audio=0))
        assert frames / 22050 == pytest.approx(sound.duration, abs=0.1)
        heard.close()


async def test_a_deletion_whose_answer_is_lost_is_done(
    heygen: HeyGen, sandbox: Sandbox, photo: Path, calls: Calls
) -> None:
    asset = await heygen.assets.upload(photo)
    sandbox.fault(Fault(method="DELETE", path="/v3/assets", commit_then_drop=True))
    sandbox.fault(Fault(method="DELETE", path="/v3/assets", drop=True))
    await heygen.assets.delete(asset.asset_id)
    assert calls("DELETE", "/v3/assets") == 3
    with pytest.raises(NotFoundError):
        await heygen.assets.delete(asset.asset_id)
