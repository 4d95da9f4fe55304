"""The same bytes go up once, wherever they come from, and nobody suffers from another's upload."""

import asyncio
import io
import os
import re
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import pytest

from heygen_async import HeyGen, Outcome, VideoJob, World
from heygen_async.errors import APIError, SourceChangedError
from heygen_async.models import Asset, ImageVideo
from heygen_async.models.files import UploadSource
from heygen_async.sandbox import Fault, Sandbox
from heygen_async.testing import SkippingClock
from heygen_async.transport.sources import Fill, PathSource
from heygen_async.transport.uploads import Uploads

Calls = Callable[[str, str], int]
Client = Callable[..., HeyGen]
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(200)) * 400
OURS = re.compile(r"heygen_async/(api|transport|orchestrator)|SharedUploads")


@pytest.fixture
def client(sandbox: Sandbox, clock: SkippingClock, world: World) -> Client:
    def make(**more: Any) -> HeyGen:
        made = HeyGen(**{"api_key": "k", "base_url": sandbox.url, "world": world} | more)
        clock.watch(lambda: made.in_flight)
        return made

    return make


@pytest.fixture
async def sharing(client: Client) -> AsyncIterator[HeyGen]:
    async with client(dedupe=True) as made:
        yield made


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the files on disk that were read, once for every reading."""
    names: list[str] = []
    plain = PathSource.open

    def open_(self: PathSource, take: Any = None) -> AbstractAsyncContextManager[Fill]:
        names.append(self.name)
        return plain(self, take)

    monkeypatch.setattr(PathSource, "open", open_)
    return names


def written(folder: Path, name: str, data: bytes = PNG) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


async def stream(data: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(data), 10_000):
        yield data[start : start + 10_000]


def all_forms(folder: Path) -> list[UploadSource]:
    first, other = written(folder, "a.png"), written(folder, "b.png")
    return [first, str(first), other, PNG, bytearray(PNG), io.BytesIO(PNG), stream(PNG)]


def sent(sandbox: Sandbox) -> int:
    return sum(r.path == "/v3/assets" for r in sandbox.requests)


def waiting(heygen: HeyGen) -> list[int]:
    """How many wait for each upload that is under way."""
    shared = heygen._tools.shared
    assert shared is not None
    return [flight.waiting for flights in shared._flights.values() for flight in flights]


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not true():
            await asyncio.sleep(0)


@pytest.mark.parametrize("together", [True, False])
async def test_the_same_bytes_are_one_asset_in_whatever_form(
    sharing: HeyGen, sandbox: Sandbox, tmp_path: Path, *, together: bool
) -> None:
    forms = all_forms(tmp_path)
    if together:
        assets = await asyncio.gather(*map(sharing.assets.upload, forms))
    else:
        assets = [await sharing.assets.upload(form) for form in forms]
    assert len({asset.asset_id for asset in assets}) == 1
    assert sent(sandbox) == 1


async def test_a_client_shares_nothing_unless_asked(
    heygen: HeyGen, sandbox: Sandbox, tmp_path: Path
) -> None:
    path = written(tmp_path, "a.png")
    assets = [await heygen.assets.upload(path) for _ in range(2)]
    assert len({asset.asset_id for asset in assets}) == 2
    assert sent(sandbox) == 2


async def test_a_file_is_read_once_and_one_that_looks_like_it_twice(
    sharing: HeyGen, tmp_path: Path, opened: list[str]
) -> None:
    first, other = written(tmp_path, "a.png"), written(tmp_path, "b.png")
    alike = written(tmp_path, "c.png", PNG[:-1] + b"x")
    for path in (first, first, other, alike, alike):
        await sharing.assets.upload(path)
    assert opened == ["a.png", "b.png", "c.png", "c.png"]


@pytest.mark.parametrize("together", [True, False])
async def test_files_that_only_look_alike_stay_apart(
    sharing: HeyGen, sandbox: Sandbox, tmp_path: Path, *, together: bool
) -> None:
    files = [written(tmp_path, f"{n}.png", PNG + bytes([n])) for n in range(5)] * 2
    if together:
        assets = await asyncio.gather(*map(sharing.assets.upload, files))
    else:
        assets = [await sharing.assets.upload(file) for file in files]
    ids = [asset.asset_id for asset in assets]
    assert ids[:5] == ids[5:]
    assert len(set(ids)) == 5
    assert sent(sandbox) == 5


async def test_a_file_that_is_rewritten_under_its_old_time_is_another(
    sharing: HeyGen, sandbox: Sandbox, tmp_path: Path
) -> None:
    path, ids = tmp_path / "row.png", set[str]()
    for last in (b"a", b"b", b"c"):
        path.write_bytes(PNG + last)  # in place, as tools do that keep the time of what they copy
        os.utime(path, (315532800, 315532800))
        await until_it_is_later(path)
        ids.add((await sharing.assets.upload(path)).asset_id)
    assert len(ids) == sent(sandbox) == 3


async def until_it_is_later(path: Path) -> None:
    """A file system's clock may stand still for some milliseconds."""
    probe = path.with_name("probe")
    while True:
        probe.write_bytes(b"")
        if probe.stat().st_ctime_ns > path.stat().st_ctime_ns:
            return
        await asyncio.sleep(0)


async def test_a_file_whose_mode_changes_under_the_upload_is_the_same(
    sharing: HeyGen, sandbox: Sandbox, tmp_path: Path
) -> None:
    path = written(tmp_path, "a.png")
    first = await sharing.assets.upload(path, progress=lambda *_: path.chmod(0o600))
    again = await sharing.assets.upload(path)
    assert again.asset_id == first.asset_id
    assert sent(sandbox) == 1


async def test_a_file_with_a_name_or_key_of_its_own_goes_up_by_itself(
    sharing: HeyGen, sandbox: Sandbox
) -> None:
    plain = await sharing.assets.upload(PNG)
    for more in ({"filename": "mine.png"}, {"idempotency_key": "mine"}, {"method": "direct"}):
        assert await sharing.assets.upload(PNG, **more) != plain  # type: ignore[arg-type]
    assert sent(sandbox) == 3


async def test_files_within_requests_share_too(
    sharing: HeyGen, sandbox: Sandbox, tmp_path: Path
) -> None:
    voice = (await sharing.voices.list()).items[0].voice_id
    for file in (written(tmp_path, "a.png"), PNG):
        request = ImageVideo(image=file, script="Hello.", voice_id=voice)
        await sharing.videos.create(request)
    assert sent(sandbox) == 1


async def test_a_failure_is_tried_again_by_those_who_waited_together(
    sharing: HeyGen, sandbox: Sandbox
) -> None:
    sandbox.fault(Fault(method="POST", path="/v3/assets", status=400))
    results = await asyncio.gather(
        *(sharing.assets.upload(PNG) for _ in range(20)), return_exceptions=True
    )
    failed = [each for each in results if isinstance(each, BaseException)]
    assert [type(each).__name__ for each in failed] == ["BadRequestError"]
    assert len({each.asset_id for each in results if isinstance(each, Asset)}) == 1
    assert sent(sandbox) == 2


async def test_who_is_refused_in_the_end_is_told_of_an_upload_of_its_own(
    sharing: HeyGen, sandbox: Sandbox
) -> None:
    sandbox.fault(Fault(method="POST", path="/v3/assets", status=400, times=100))
    results = await asyncio.gather(
        *(sharing.assets.upload(PNG) for _ in range(6)), return_exceptions=True
    )
    assert all(isinstance(each, APIError) for each in results)
    assert len(set(map(id, results))) == 6


async def test_a_source_that_changes_is_its_owners_trouble_alone(
    sharing: HeyGen, tmp_path: Path
) -> None:
    path = written(tmp_path, "a.png")

    def rewrite(have: int, _: int) -> None:
        if not have:
            path.write_bytes(b"another file altogether")

    owner = asyncio.create_task(sharing.assets.upload(path, progress=rewrite))
    await until(lambda: waiting(sharing) == [1])
    other = asyncio.create_task(sharing.assets.upload(PNG))
    with pytest.raises(SourceChangedError):
        await owner
    assert (await other).size_bytes == len(PNG)


async def test_who_is_cancelled_takes_the_upload_from_nobody(
    sharing: HeyGen, sandbox: Sandbox, tmp_path: Path
) -> None:
    sandbox.fault(Fault(method="POST", path="/v3/assets", stall=0.2))
    forms = (written(tmp_path, "a.png"), written(tmp_path, "b.png"), tmp_path / "a.png")
    tasks = [asyncio.create_task(sharing.assets.upload(forms[0]))]
    await until(lambda: waiting(sharing) == [1])
    tasks += [asyncio.create_task(sharing.assets.upload(form)) for form in forms[1:]]
    await until(lambda: waiting(sharing) == [3])
    tasks[0].cancel()
    owner, other, third = await asyncio.gather(*tasks, return_exceptions=True)
    assert isinstance(owner, asyncio.CancelledError)
    assert isinstance(other, Asset)
    assert other == third
    assert sent(sandbox) == 1


async def test_who_is_cancelled_has_an_open_file_back(sharing: HeyGen, sandbox: Sandbox) -> None:
    sandbox.fault(Fault(method="POST", path="/v3/assets", stall=0.2))
    file = io.BytesIO(PNG)
    owner = asyncio.create_task(sharing.assets.upload(file))
    await until(lambda: waiting(sharing) == [1])
    other = asyncio.create_task(sharing.assets.upload(PNG))
    await until(lambda: waiting(sharing) == [2])
    owner.cancel()
    await asyncio.wait([owner])
    assert file.tell() == 0
    assert await sharing.assets.upload(file) == await other


async def test_a_cancellation_that_ones_progress_raises_is_nobody_elses(
    sharing: HeyGen, tmp_path: Path
) -> None:
    path = written(tmp_path, "a.png")

    def stop(have: int, _: int) -> None:
        if have:
            raise asyncio.CancelledError

    owner = asyncio.create_task(sharing.assets.upload(path, progress=stop))
    await until(lambda: waiting(sharing) == [1])
    other = asyncio.create_task(sharing.assets.upload(path))
    found = await asyncio.gather(owner, other, return_exceptions=True)
    assert [type(each) for each in found] == [asyncio.CancelledError, Asset]


@pytest.mark.parametrize("rounds", range(0, 60, 6))
async def test_what_nobody_waits_for_any_more_ends(
    sharing: HeyGen, sandbox: Sandbox, rounds: int
) -> None:
    before = asyncio.all_tasks()
    sandbox.fault(Fault(method="POST", path="/v3/assets", stall=0.3))
    file = io.BytesIO(PNG)
    waiting = [asyncio.create_task(sharing.assets.upload(form)) for form in (file, PNG, PNG)]
    for _ in range(rounds):
        await asyncio.sleep(0)
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    assert [t for t in asyncio.all_tasks() - before if OURS.search(repr(t))] == []
    assert sharing.in_flight == 0
    sandbox.reset()
    file.seek(0)
    assert (await sharing.assets.upload(file)).size_bytes == len(PNG)


async def test_an_asset_that_was_deleted_is_given_to_nobody(
    sharing: HeyGen, heygen: HeyGen, clock: SkippingClock
) -> None:
    first = await sharing.assets.upload(PNG)
    await sharing.assets.delete(first.asset_id)
    second = await sharing.assets.upload(PNG)
    assert second != first
    await heygen.assets.delete(second.asset_id)  # by somebody else
    await clock.sleep(4000)
    third = await sharing.assets.upload(PNG)
    assert third != second
    await clock.sleep(4000)
    assert await sharing.assets.upload(PNG) == third


@pytest.mark.parametrize("size", [0, 40_000_000])
async def test_a_named_run_gets_over_assets_that_others_delete(
    client: Client, heygen: HeyGen, clock: SkippingClock, size: int
) -> None:
    data = PNG if not size else b"\0\0\0\x20ftypisom" + bytes(size)
    known: dict[str, Asset] = {}
    ids: list[str] = []
    for _ in range(3):  # within a day, for which HeyGen gives the same answer to the same key
        async with client(dedupe=known) as other:
            asset = await other.shared_uploads(run="batch").asset(data)
            ids.append(asset.asset_id)
            assert await heygen.assets.get(asset.asset_id)
            await heygen.assets.delete(asset.asset_id)
    assert len(set(ids)) == 3


async def test_a_large_file_of_a_named_run_is_sent_again_when_its_asset_was_deleted(
    client: Client, heygen: HeyGen
) -> None:
    for _ in range(2):  # the second knows nothing of the first
        async with client() as other:
            large = b"\0\0\0\x20ftypisom" + bytes(40_000_000)
            asset = await other.shared_uploads(run="batch").asset(large)
        assert await heygen.assets.get(asset.asset_id)
        await heygen.assets.delete(asset.asset_id)


async def test_a_named_run_is_given_no_asset_that_it_deleted(client: Client) -> None:
    async with client() as heygen:
        run = heygen.shared_uploads(run="batch")
        first = await run.asset(PNG)
        await heygen.assets.delete(first.asset_id)
        run.forget(first.asset_id)
        assert await heygen.assets.get((await run.asset(PNG)).asset_id)


async def test_who_finds_an_asset_gone_too_late_takes_nobody_the_new_one(
    sharing: HeyGen,
    heygen: HeyGen,
    sandbox: Sandbox,
    clock: SkippingClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plain, slow, heard = Uploads.has, [True], asyncio.Event()

    async def has(self: Uploads, asset_id: str) -> bool:
        found = await plain(self, asset_id)
        if slow:
            slow.clear()
            await heard.wait()
        return found

    monkeypatch.setattr(Uploads, "has", has)
    old = await sharing.assets.upload(PNG)
    await heygen.assets.delete(old.asset_id)
    await clock.sleep(4000)
    late = asyncio.create_task(sharing.assets.upload(PNG))
    await until(lambda: not slow)
    new = await sharing.assets.upload(PNG)
    heard.set()
    assert await late == new == await sharing.assets.upload(PNG)
    assert sent(sandbox) == 2


async def test_what_is_passed_in_outlives_the_client(
    client: Client, sandbox: Sandbox, tmp_path: Path
) -> None:
    known: dict[str, Asset] = {}
    found = set()
    for form in (written(tmp_path, "a.png"), written(tmp_path, "b.png"), PNG):
        async with client(dedupe=known) as heygen:
            found.add((await heygen.assets.upload(form)).asset_id)
            found.add((await heygen.shared_uploads(run="batch").asset(form)).asset_id)
    assert len(found) == 1
    assert len(known) == 1
    assert sent(sandbox) == 1


async def test_names_play_no_part_in_a_named_run(
    client: Client, sandbox: Sandbox, tmp_path: Path
) -> None:
    files = [written(tmp_path, "a.png"), written(tmp_path, "b.png"), PNG]
    ids: list[set[str | None]] = []
    for order in (files, files[::-1]):  # whichever comes first
        async with client() as heygen, heygen.orchestrator(run="batch-9") as studio:
            voice = (await heygen.voices.list()).items[0].voice_id
            jobs = [
                VideoJob(
                    key=str(files.index(file)),
                    request=ImageVideo(image=file, script="Hello.", voice_id=voice),
                )
                for file in order
            ]
            ended: list[Outcome] = [outcome async for outcome in studio.render(jobs)]
            assert all(outcome.ok for outcome in ended), ended
            ids.append({outcome.video_id for outcome in ended})
    assert ids[0] == ids[1]
    assert sent(sandbox) == 2
    assert len({r.idempotency_key for r in sandbox.requests if r.path == "/v3/assets"}) == 1
