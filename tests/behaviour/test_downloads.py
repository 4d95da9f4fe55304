"""Downloads over real sockets: whole or not at all."""

import asyncio
import json
import resource
from collections.abc import Callable, Iterator
from pathlib import Path

import aiohttp
import pytest

from heygen_async import HeyGen, Job
from heygen_async.errors import JobError, LinkExpiredError, TargetError
from heygen_async.events import DownloadProgress, Event
from heygen_async.models import AvatarLook, AvatarVideo, Video
from heygen_async.sandbox import Fault, Sandbox

Calls = Callable[[str, str], int]


@pytest.fixture
async def job(heygen: HeyGen, look: AvatarLook) -> Job[Video]:
    """A video of half a minute: about 500 kB."""
    job = await heygen.videos.create(AvatarVideo(avatar_id=look.id, script="word " * 75))
    await job.wait()
    return job


@pytest.fixture
async def whole(job: Job[Video], tmp_path: Path) -> bytes:
    return (await job.download(tmp_path / "whole.mp4")).read_bytes()


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


async def test_a_download_is_named_by_its_id_in_a_folder(job: Job[Video], tmp_path: Path) -> None:
    path = await job.download(tmp_path)
    assert path == tmp_path / f"{job.id}.mp4"
    assert names(tmp_path) == {path.name}


async def test_a_broken_download_goes_on_where_it_stopped(
    heygen: HeyGen, sandbox: Sandbox, whole: bytes, job: Job[Video], tmp_path: Path
) -> None:
    # Far more breaks than the policy has retries: each attempt gets on, so the count starts over.
    sandbox.fault(Fault(method="GET", path="/_storage", truncate_response_at=50_000, times=11))
    events: list[Event] = []
    heygen.observe(events.append)
    path = await job.download(tmp_path / "video.mp4")
    assert path.read_bytes() == whole
    received = [event.received for event in events if isinstance(event, DownloadProgress)]
    assert received == sorted(received)
    statuses = [r.status for r in sandbox.requests if r.method == "GET" and "_storage" in r.path]
    assert statuses == [200] + [200] + [206] * 11


async def test_a_download_that_was_cancelled_is_resumed_later(
    heygen: HeyGen, sandbox: Sandbox, whole: bytes, job: Job[Video], tmp_path: Path
) -> None:
    target = tmp_path / "later.mp4"
    sandbox.fault(Fault(method="GET", path="/_storage", truncate_response_at=150_000))
    download = asyncio.create_task(job.download(target))

    def cancel(event: Event) -> None:
        if isinstance(event, DownloadProgress) and event.received == 150_000:
            download.cancel()

    stop = heygen.observe(cancel)
    with pytest.raises(asyncio.CancelledError):
        await download
    assert not target.exists()
    assert names(tmp_path) == {"whole.mp4", "later.mp4.part", "later.mp4.part.json"}
    assert (tmp_path / "later.mp4.part").stat().st_size == 150_000
    stop()
    path = await heygen.videos.job(job.id).download(target)
    assert path.read_bytes() == whole
    assert names(tmp_path) == {"whole.mp4", "later.mp4"}


async def test_a_part_of_another_video_is_not_continued(
    whole: bytes, job: Job[Video], tmp_path: Path
) -> None:
    (tmp_path / "v.mp4.part").write_bytes(b"something else")
    (tmp_path / "v.mp4.part.json").write_bytes(
        b'{"identity":"video other video_url","etag":"\\"x\\"","size":9}'
    )
    assert (await job.download(tmp_path / "v.mp4")).read_bytes() == whole


async def test_a_part_of_an_older_rendering_is_thrown_away(
    whole: bytes, job: Job[Video], tmp_path: Path
) -> None:
    (tmp_path / "v.mp4.part").write_bytes(b"an older rendering")
    side = f'{{"identity":"video {job.id} video_url","etag":"\\"old\\"","size":99}}'
    (tmp_path / "v.mp4.part.json").write_text(side)
    assert (await job.download(tmp_path / "v.mp4")).read_bytes() == whole


async def test_an_expired_link_is_replaced_by_reading_the_video_again(
    sandbox: Sandbox, heygen: HeyGen, whole: bytes, job: Job[Video], tmp_path: Path, calls: Calls
) -> None:
    again = heygen.videos.job(job.id)
    await again.wait()
    sandbox.clock.advance(7200)  # the link that the wait saw is old by now
    before = calls("GET", f"/v3/videos/{job.id}")
    path = await again.download(tmp_path / "fresh.mp4")
    assert path.read_bytes() == whole
    assert calls("GET", f"/v3/videos/{job.id}") == before + 1


async def test_a_link_that_never_works_is_an_error_and_leaves_nothing(
    sandbox: Sandbox, job: Job[Video], tmp_path: Path
) -> None:
    sandbox.fault(Fault(method="GET", path="/_storage", expire_links=True, times=9))
    with pytest.raises(LinkExpiredError) as caught:
        await job.download(tmp_path / "never.mp4")
    assert "?…" in str(caught.value), "a presigned query is a secret"
    assert "signature" not in str(caught.value).lower()
    assert names(tmp_path) == set()


async def test_a_file_that_is_there_is_kept_unless_asked(
    job: Job[Video], tmp_path: Path, calls: Calls
) -> None:
    target = tmp_path / "mine.mp4"
    target.write_bytes(b"precious")
    with pytest.raises(TargetError, match="exists"):
        await job.download(target)
    assert target.read_bytes() == b"precious"
    assert calls("GET", "/_storage") == 0
    await job.download(target, overwrite=True)
    assert target.read_bytes() != b"precious"


async def test_a_file_that_appears_meanwhile_is_kept(
    heygen: HeyGen, job: Job[Video], tmp_path: Path
) -> None:
    target = tmp_path / "race.mp4"

    def race(event: Event) -> None:
        if isinstance(event, DownloadProgress):
            target.write_bytes(b"theirs")

    heygen.observe(race)
    with pytest.raises(TargetError, match="exists"):
        await job.download(target)
    assert target.read_bytes() == b"theirs"


async def test_missing_folders_are_made_and_impossible_ones_named(
    job: Job[Video], tmp_path: Path
) -> None:
    assert (await job.download(tmp_path / "a" / "b" / "c.mp4")).exists()
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(TargetError, match="cannot be written"):
        await job.download(tmp_path / "file" / "c.mp4")


@pytest.fixture
def little_disk() -> Iterator[None]:
    """The system itself refuses files above 200 kB, as a full disk would."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


async def test_a_disk_that_is_full_leaves_only_the_part(
    job: Job[Video], tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    await asyncio.sleep(0)  # the sandbox has its own file of it by now
    await job.download(tmp_path / "first.mp4")
    request.getfixturevalue("little_disk")
    with pytest.raises(TargetError, match="cannot be written"):
        await job.download(tmp_path / "full.mp4")
    assert names(tmp_path) == {"first.mp4", "full.mp4.part", "full.mp4.part.json"}


async def test_two_downloads_to_one_target_do_not_mix(
    whole: bytes, job: Job[Video], tmp_path: Path
) -> None:
    target = tmp_path / "one.mp4"
    results = await asyncio.gather(
        job.download(target), job.download(target), return_exceptions=True
    )
    assert sorted(type(r).__name__ for r in results) == ["PosixPath", "TargetError"]
    assert target.read_bytes() == whole


async def test_another_file_of_the_result_can_be_fetched(
    heygen: HeyGen, job: Job[Video], tmp_path: Path
) -> None:
    path = await job.download(tmp_path / "v.srt", file="subtitle_url")
    assert "-->" in path.read_text()
    with pytest.raises(JobError, match="no captioned_video_url"):
        await job.download(tmp_path / "c.mp4", file="captioned_video_url")


async def test_the_key_is_not_sent_to_the_media_host(
    sandbox: Sandbox, job: Job[Video], tmp_path: Path
) -> None:
    # The storage of the sandbox answers 403 to a request that carries a key.
    await job.download(tmp_path / "v.mp4")
    gets = [r.status for r in sandbox.requests if r.method == "GET" and "_storage" in r.path]
    assert gets == [200]


async def test_a_part_that_is_whole_already_is_only_renamed(
    sandbox: Sandbox, whole: bytes, job: Job[Video], tmp_path: Path
) -> None:
    first = await job.download(tmp_path / "first.mp4")
    etag = next(iter(await _etags(sandbox, job)))
    (tmp_path / "v.mp4.part").write_bytes(first.read_bytes())
    side = {"identity": f"video {job.id} video_url", "etag": etag, "size": len(whole)}
    (tmp_path / "v.mp4.part.json").write_text(json.dumps(side))
    before = len(sandbox.requests)
    assert (await job.download(tmp_path / "v.mp4")).read_bytes() == whole
    statuses = [r.status for r in sandbox.requests[before:] if "_storage" in r.path]
    assert statuses == [416]


async def _etags(sandbox: Sandbox, job: Job[Video]) -> set[str]:
    video = await job.read()
    assert video.video_url
    async with aiohttp.ClientSession() as session, session.head(video.video_url) as response:
        return {response.headers["ETag"]}
