"""Hosts that break off, change their mind, or lie: the file is whole and true, or there is none."""

import asyncio
import gzip
import os
import random
import shutil
import subprocess
import zlib
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping
from pathlib import Path

import pytest

from heygen_async import HeyGen, Timeouts, World
from heygen_async.errors import (
    APIError,
    IntegrityError,
    LinkExpiredError,
    TargetError,
    TransferError,
    TransportError,
)
from heygen_async.events import DownloadProgress, Event, RetryScheduled
from heygen_async.testing import SkippingClock
from heygen_async.transport.downloads import _GET
from heygen_async.transport.hosts import route_to
from tests.behaviour.origin import ETAG, Reply, in_turn, origin, part, whole, without

DATA = random.Random(1).randbytes(300_000)
NEWER = random.Random(2).randbytes(310_000)
CUT = whole(DATA, cut=100_000)
REST = "bytes=100000-"
CHUNKED = {"Transfer-Encoding": "chunked", "ETag": ETAG}


@pytest.fixture
async def plain(clock: SkippingClock, world: World) -> AsyncIterator[HeyGen]:
    """A client that waits on a clock which jumps, and knows no HeyGen."""
    address = "http://127.0.0.1:1"
    async with HeyGen(api_key="k", base_url=address, world=world, max_transfers=64) as heygen:
        clock.watch(lambda: heygen.in_flight)
        yield heygen


async def fetch(heygen: HeyGen, target: Path, *urls: str) -> Path:
    """By one address, or by the first, and then by the next each time that a link is asked for."""
    left = list(urls)

    async def link() -> str:
        return left.pop(0) if len(left) > 1 else left[0]

    return await heygen._tools.downloads.fetch(link, target, identity=target.name)


def progress_of(heygen: HeyGen) -> list[int]:
    """Bytes that lay on disk, each time that it is told."""
    steps: list[int] = []

    def note(event: Event) -> None:
        if isinstance(event, DownloadProgress):
            steps.append(event.received)

    heygen.observe(note)
    return steps


def chunked(data: bytes, *, ended: bool = True) -> bytes:
    return b"%x\r\n%b\r\n" % (len(data), data) + (b"0\r\n\r\n" if ended else b"")


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.mark.parametrize(
    ("answer", "ranges"),
    [
        (whole(DATA), ["", REST]),
        (part(DATA, 100_000), ["", REST]),
        (part(DATA, 100_000, Content_Range="bytes 100000-299999/*"), ["", REST]),
        (without(part(DATA, 100_000), "ETag", "Content-Length"), ["", REST]),
        # What does not belong to it is thrown away, with what there was, and all is asked for.
        (part(DATA, 90_000), ["", REST, ""]),
        (part(DATA, 0), ["", REST, ""]),
        (part(DATA + b"more", 100_000), ["", REST, ""]),
        (
            part(DATA, 100_000, Content_Range=f"bytes 100000-{len(DATA)}/{len(DATA) + 1}"),
            ["", REST, ""],
        ),
        (part(NEWER, 100_000, ETag='"two"'), ["", REST, ""]),
        (part(DATA, 100_000, Content_Encoding="gzip"), ["", REST, ""]),
        (without(part(DATA, 100_000), "Content-Range"), ["", REST, ""]),
        (
            Reply(416, {"Content-Range": f"bytes */{len(DATA)}", "Content-Length": "0"}),
            ["", REST, ""],
        ),
        (Reply(416, {"Content-Length": "0"}), ["", REST, ""]),
    ],
)
async def test_a_range_is_answered(
    plain: HeyGen, tmp_path: Path, answer: Reply, ranges: list[str]
) -> None:
    async with origin(in_turn(CUT, answer, whole(DATA))) as (url, asked):
        path = await fetch(plain, tmp_path / "a.mp4", url)
    assert path.read_bytes() == DATA
    assert asked == ranges
    assert names(tmp_path) == {"a.mp4"}


@pytest.mark.parametrize(
    ("first", "ranges"),
    [
        # Nothing tells whether the rest would belong to it.
        (whole(DATA, cut=100_000, ETag='W/"one"'), ["", ""]),
        (without(CUT, "ETag"), ["", ""]),
        (whole(gzip.compress(DATA), cut=100_000, Content_Encoding="gzip"), ["", ""]),
        (
            Reply(200, CHUNKED | {"Content-Encoding": "gzip"}, chunked(gzip.compress(DATA)[:-20])),
            ["", ""],
        ),
        # Nothing but the size tells that it ended early.
        (without(part(DATA, 0, cut=100_000), "Content-Length"), ["", REST]),
        (part(DATA, 0, cut=100_000, Content_Length="100000"), ["", REST]),
        (Reply(200, CHUNKED, chunked(DATA[:100_000], ended=False)), ["", REST]),
    ],
)
async def test_a_file_that_ends_early_is_begun_anew_or_continued(
    plain: HeyGen, tmp_path: Path, first: Reply, ranges: list[str]
) -> None:
    second = part(DATA, 100_000) if REST in ranges else whole(DATA)
    async with origin(in_turn(first, second)) as (url, asked):
        path = await fetch(plain, tmp_path / "a.mp4", url)
    assert path.read_bytes() == DATA
    assert asked == ranges


@pytest.mark.parametrize("etag", ["", ETAG])
async def test_a_reset_is_no_end_where_nothing_else_tells_of_it(
    plain: HeyGen, tmp_path: Path, etag: str
) -> None:
    first = Reply(200, {"ETag": etag} if etag else {}, DATA[:1000], reset=True)
    async with origin(in_turn(first, part(DATA, 1000) if etag else whole(DATA))) as (url, asked):
        path = await fetch(plain, tmp_path / "a.mp4", url)
    assert path.read_bytes() == DATA
    assert asked == ["", "bytes=1000-" if etag else ""]


@pytest.mark.parametrize("encoding", ["gzip", "x-gzip", "GZIP", "deflate"])
async def test_what_is_packed_unasked_is_unpacked_in_pieces(
    plain: HeyGen, tmp_path: Path, encoding: str
) -> None:
    data = DATA + bytes(5_000_000)
    packed = zlib.compress(data) if encoding == "deflate" else gzip.compress(data)
    reply = whole(packed + gzip.compress(b"another"), Content_Encoding=encoding)
    async with origin(in_turn(reply)) as (url, _):
        path = await fetch(plain, tmp_path / "a.mp4", url)
    assert path.read_bytes() == data + b"another"


@pytest.mark.parametrize("packed", [b"no gzip at all", b"", gzip.compress(DATA)[:-1]])
async def test_what_does_not_unpack_to_its_end_is_no_file(
    plain: HeyGen, tmp_path: Path, packed: bytes
) -> None:
    async with origin(lambda *_: whole(packed, Content_Encoding="gzip")) as (url, _):
        with pytest.raises(TransportError, match=r"unpacked|before the end"):
            await fetch(plain, tmp_path / "a.mp4", url)
    assert not (tmp_path / "a.mp4").exists()


async def test_what_nobody_can_unpack_is_refused_at_once(plain: HeyGen, tmp_path: Path) -> None:
    async with origin(in_turn(whole(DATA, Content_Encoding="br"))) as (url, asked):
        with pytest.raises(TransferError, match="sends br"):
            await fetch(plain, tmp_path / "a.mp4", url)
    assert asked == [""]
    assert names(tmp_path) == set()


async def test_what_came_before_a_break_is_kept_where_the_bandwidth_is_capped(
    clock: SkippingClock, world: World, tmp_path: Path
) -> None:
    address = "http://127.0.0.1:1"
    async with (
        origin(in_turn(CUT, part(DATA, 100_000))) as (url, asked),
        HeyGen(api_key="k", base_url=address, world=world, max_bandwidth=50_000.0) as heygen,
    ):
        clock.watch(lambda: heygen.in_flight)
        steps = progress_of(heygen)
        path = await fetch(heygen, tmp_path / "a.mp4", url)
    assert path.read_bytes() == DATA
    assert asked == ["", REST]
    assert clock.monotonic() > len(DATA) / 50_000 - 2
    assert len(steps) > 4, "what comes slowly is written all the same"


async def test_a_version_that_changes_in_the_middle_is_taken_as_a_whole(
    plain: HeyGen, tmp_path: Path
) -> None:
    newer = whole(NEWER, cut=200_000, ETag='"two"')
    rest = part(NEWER, 200_000, ETag='"two"')
    async with origin(in_turn(CUT, newer, rest)) as (url, asked):
        path = await fetch(plain, tmp_path / "a.mp4", url)
    assert path.read_bytes() == NEWER
    assert asked == ["", REST, "bytes=200000-"]


@pytest.mark.parametrize(
    "answer",
    [
        Reply(416, {"Content-Range": "bytes */300000", "Content-Length": "0"}),
        Reply(416, {"Content-Length": "0"}),
        part(DATA, 100_000),
        without(part(DATA, 0), "Content-Range"),
    ],
)
async def test_a_range_that_nobody_asked_for_is_refused_at_once(
    plain: HeyGen, tmp_path: Path, answer: Reply
) -> None:
    async with origin(in_turn(answer)) as (url, asked):
        with pytest.raises(TransferError, match=f"HTTP {answer.status}"):
            await fetch(plain, tmp_path / "a.mp4", url)
    assert asked == [""]
    assert names(tmp_path) == set()


async def test_more_bytes_than_announced_are_no_file(plain: HeyGen, tmp_path: Path) -> None:
    extra = without(part(DATA, 100_000), "Content-Length")
    extra = extra._replace(body=extra.body + b"more")
    async with origin(in_turn(CUT, extra)) as (url, _):
        with pytest.raises(IntegrityError, match="300,004 bytes lie on disk instead of 300,000"):
            await fetch(plain, tmp_path / "a.mp4", url)
    assert "a.mp4" not in names(tmp_path)
    assert "a.mp4.part" not in names(tmp_path)


EXPIRED = b"<?xml version='1.0'?><Error><Code>ExpiredToken</Code></Error>"


@pytest.mark.parametrize(("status", "body"), [(403, b""), (400, EXPIRED)])
async def test_links_may_expire_as_often_as_bytes_come(
    plain: HeyGen, tmp_path: Path, status: int, body: bytes
) -> None:
    expired = Reply(status, {"Content-Length": str(len(body))}, body)
    replies = (CUT, expired, part(DATA, 100_000, cut=200_000), expired, part(DATA, 200_000))
    async with origin(in_turn(*replies)) as (url, asked):
        path = await fetch(plain, tmp_path / "a.mp4", f"{url}/1", f"{url}/2", f"{url}/3")
    assert path.read_bytes() == DATA
    assert asked == ["", REST, REST, "bytes=200000-", "bytes=200000-"]


async def test_a_fresh_link_that_brings_no_byte_is_final_and_the_part_is_kept(
    plain: HeyGen, tmp_path: Path
) -> None:
    expired = Reply(403, {"Content-Length": "0"})
    async with origin(in_turn(CUT, expired, expired, part(DATA, 100_000))) as (url, asked):
        with pytest.raises(LinkExpiredError):
            await fetch(plain, tmp_path / "a.mp4", url)
        assert asked == ["", REST, REST]
        assert names(tmp_path) == {"a.mp4.part", "a.mp4.part.json"}
        path = await fetch(plain, tmp_path / "a.mp4", url)
    assert path.read_bytes() == DATA


async def test_a_host_that_falls_silent_in_the_middle_is_asked_for_the_rest(tmp_path: Path) -> None:
    times = Timeouts(stall=0.2)
    silent = whole(DATA, cut=100_000, silent=True)
    async with (
        origin(in_turn(silent, part(DATA, 100_000))) as (url, asked),
        HeyGen(api_key="k", base_url="http://127.0.0.1:1", timeouts=times) as heygen,
    ):
        path = await fetch(heygen, tmp_path / "a.mp4", url)
    assert path.read_bytes() == DATA
    assert asked == ["", REST]


async def test_a_host_that_asks_for_a_pause_holds_back_no_other(tmp_path: Path) -> None:
    busy = Reply(503, {"Retry-After": "300", "Content-Length": "0"})
    waits = asyncio.Event()
    async with (
        origin(in_turn(busy)) as (paused, asked),
        origin(in_turn(whole(DATA))) as (other, _),
        HeyGen(api_key="k", base_url="http://127.0.0.1:1") as heygen,
    ):
        heygen.observe(lambda event: waits.set() if isinstance(event, RetryScheduled) else None)
        held = [asyncio.create_task(fetch(heygen, tmp_path / "a.mp4", f"{paused}/1"))]
        await waits.wait()
        held.append(asyncio.create_task(fetch(heygen, tmp_path / "b.mp4", f"{paused}/2")))
        async with asyncio.timeout(30):
            await fetch(heygen, tmp_path / "c.mp4", other)
        assert asked == [""]
        for task in held:
            task.cancel()
        await asyncio.gather(*held, return_exceptions=True)


async def test_who_is_held_back_too_long_is_told_which_host_asked_for_it(
    plain: HeyGen, clock: SkippingClock, tmp_path: Path
) -> None:
    pauses = plain._sender.retrier.pauses
    async with origin(in_turn()) as (url, asked):
        busy = APIError("busy", status=503, code=None, retry_after=900.0)
        pauses.extend(route_to(_GET, f"{url}/x?signature"), 900.0, busy)
        with pytest.raises(TransferError) as caught:
            await fetch(plain, tmp_path / "a.mp4", f"{url}/y")
    assert asked == []
    assert str(caught.value).startswith(f"{url} answered HTTP 503")
    await clock.sleep(1000)
    pauses.extend(route_to(_GET, "https://elsewhere/x"), 1.0, busy)
    assert len(pauses._until) == 1, "hosts that are met once are not kept"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 256 KiB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    program = shutil.which("mount")
    if program is None or os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    command = [program, "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(folder)]
    if subprocess.run(command, check=False, capture_output=True).returncode:  # noqa: S603
        pytest.skip("a small disk cannot be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)  # noqa: S603, S607


async def test_a_file_that_has_no_room_is_refused_before_its_first_byte(
    plain: HeyGen, small_disk: Path
) -> None:
    steps = progress_of(plain)
    async with origin(in_turn(whole(DATA))) as (url, asked):
        with pytest.raises(TargetError, match=r"300,000 bytes are missing, [\d,]+ are free"):
            await fetch(plain, small_disk / "a.mp4", url)
    assert asked == [""], "it is not tried again"
    assert steps == []
    assert names(small_disk) == set()


async def test_a_disk_that_fills_up_keeps_what_it_took(
    plain: HeyGen, small_disk: Path, tmp_path: Path
) -> None:
    size = Reply(200, CHUNKED, chunked(DATA))  # nobody knows that it has no room
    async with origin(in_turn(size, part(DATA, 100_000))) as (url, asked):
        with pytest.raises(TargetError, match="No space left"):
            await fetch(plain, small_disk / "a.mp4", url)
        assert asked == [""]
        assert names(small_disk) == {"a.mp4.part", "a.mp4.part.json"}
        took = (small_disk / "a.mp4.part").read_bytes()
    assert took
    assert DATA.startswith(took)


async def test_64_at_once_over_lines_that_drop_are_whole_and_leave_nothing_open(
    clock: SkippingClock, world: World, tmp_path: Path
) -> None:
    chance = random.Random(3)
    files = {f"/{number}": chance.randbytes(200_000 + 997 * number) for number in range(64)}
    attempts: Counter[str] = Counter()

    def dropping(path: str, headers: Mapping[str, str]) -> Reply:
        data = files[path]
        attempts[path] += 1
        start = int(headers.get("Range", "bytes=0-").removeprefix("bytes=").rstrip("-"))
        cut = None if attempts[path] > 5 else chance.randrange(start + 1, len(data) + 1)
        return part(data, start, cut=cut) if start else whole(data, cut=cut)

    tasks, handles = asyncio.all_tasks(), open_files()
    async with origin(dropping) as (url, _):
        address = "http://127.0.0.1:1"
        async with HeyGen(api_key="k", base_url=address, world=world, max_transfers=64) as heygen:
            clock.watch(lambda: heygen.in_flight)
            await asyncio.gather(
                *(fetch(heygen, tmp_path / path[1:], url + path) for path in files)
            )
            assert heygen.in_flight == 0
    assert {f"/{path.name}": path.read_bytes() for path in tmp_path.iterdir()} == files
    assert max(attempts.values()) > 1
    while open_files() > handles:
        await asyncio.sleep(0)  # closed sockets go when the loop comes round
    assert asyncio.all_tasks() <= tasks


async def test_the_more_there_are_the_less_each_of_them_holds(
    plain: HeyGen, tmp_path: Path
) -> None:
    large = bytes(4_000_000)
    steps = progress_of(plain)
    async with origin(lambda *_: whole(large)) as (url, _):
        await fetch(plain, tmp_path / "alone", url)
        alone = steps.copy()
        steps.clear()
        await asyncio.gather(*(fetch(plain, tmp_path / f"{n}", url) for n in range(32)))
    assert max(alone[:-1]) >= 2 << 20
    assert min(step for step in steps if step) < 1 << 20


def open_files() -> int:
    return len(list(Path("/dev/fd").iterdir()))
