"""Sources that need care: endless streams, names of any bytes, files that two attempts want."""

import asyncio
import io
import os
import threading
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from heygen_async import HeyGen, errors
from heygen_async.transport.sources import FileSource, Source, open_source
from heygen_async.wire import limits
from heygen_async.wire.limits import MIB, StreamLimit
from tests.transport.kit import Wire

PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)
DATA = PNG + bytes(range(256)) * 8192


@pytest.mark.parametrize(
    ("head", "most"),
    [
        (PNG, limits.IMAGE_MAX),
        (b"\x00\x00\x00\x18ftypmp42" + bytes(50), limits.VIDEO_MAX),
        (b"PK\x03\x04" + bytes(50), limits.STREAM_MAX),
        (b"no type at all" * 10, limits.AUDIO_MAX),
    ],
)
def test_a_stream_may_be_as_long_as_its_type(head: bytes, most: int) -> None:
    limit = StreamLimit("stream")
    limit.take(head[:3])
    limit.take(bytearray(head[3:]))
    piece = bytes(MIB)
    whole, rest = divmod(most - len(head), MIB)
    for _ in range(whole):
        limit.take(memoryview(piece))
    limit.take(bytes(rest))
    with pytest.raises(errors.InvalidRequestError, match=f"at most {most:,} bytes"):
        limit.take(b"x")


async def test_a_stream_without_an_end_is_refused_and_nothing_is_sent(
    heygen: HeyGen, wire: Wire
) -> None:
    given = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal given
        yield PNG
        while True:
            given += 1
            yield bytes(MIB)

    with pytest.raises(errors.InvalidRequestError, match="image/png must be at most"):
        await heygen.assets.upload(endless())
    assert given == 50
    assert wire.asked == 0


async def test_a_name_of_other_bytes_is_sent_readably(
    heygen: HeyGen, wire: Wire, tmp_path: Path
) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.png"))
    path.write_bytes(PNG)
    wire.ok("POST", "/v3/assets", {"asset_id": "a"}, repeat=True)
    await heygen.assets.upload(path)
    with path.open("rb") as file:  # noqa: ASYNC230
        await heygen.assets.upload(file)
    await heygen.assets.upload(PNG, filename="\ud800.png")
    async with open_source(path) as source:
        assert source.name == "caf?.png"
    assert wire.asked == 3


class Slow(io.BytesIO):
    """Takes its time, as a disk does, and is whole only to one reader."""

    def read(self, size: int | None = -1, /) -> bytes:
        time.sleep(0.03)  # it runs in a thread
        return super().read(size)


async def test_an_attempt_waits_until_the_one_before_it_has_stopped_reading() -> None:
    source = await FileSource.of(Slow(DATA))

    async def attempt() -> bytes:
        data, buffer = b"", source.buffer()
        async with source.open() as fill:
            while count := await fill(buffer):
                data += buffer[:count]
        return data

    for pause in (0.0, 0.01, 0.04, 0.07):
        broken = asyncio.create_task(attempt())
        await asyncio.sleep(pause)
        broken.cancel()
        assert await attempt() == DATA


class Held(io.BytesIO):
    """A read of it ends when it may."""

    def __init__(self) -> None:
        super().__init__(DATA)
        self.begun = threading.Event()
        self.may = threading.Event()

    def read(self, size: int | None = -1, /) -> bytes:
        if not self.may.is_set():
            self.begun.set()
            self.may.wait(10)
        return super().read(size)


async def _left_at_once(file: Held, task: asyncio.Task[None]) -> bool:
    """Whether a task that is cancelled in a read of a file does not wait for its end."""
    while not file.begun.is_set():
        await asyncio.sleep(0)
    task.cancel()
    for _ in range(20):
        await asyncio.sleep(0)
    at_once = task.done()
    file.may.set()
    await asyncio.gather(task, return_exceptions=True)
    return at_once


async def test_who_is_cancelled_has_the_file_back_when_nobody_reads_it_any_more() -> None:
    file = Held()
    file.may.set()
    file.seek(3)

    async def attempt(source: Source) -> None:
        async with source.open() as fill:
            await fill(source.buffer())

    async def use() -> None:
        async with open_source(file, name="a") as source:
            file.may.clear()
            reader = asyncio.create_task(attempt(source))  # as aiohttp has one for each body
            try:
                await asyncio.wait((reader,))
            finally:
                reader.cancel()

    assert not await _left_at_once(file, asyncio.create_task(use()))
    assert file.tell() == 3


async def test_who_is_cancelled_at_the_first_look_has_the_file_back_where_it_stood() -> None:
    file = Held()
    file.seek(3)

    async def use() -> None:
        async with open_source(file, name="a"):
            raise AssertionError

    assert not await _left_at_once(file, asyncio.create_task(use()))
    assert file.tell() == 3


async def test_a_cancelled_stream_is_not_closed_under_the_thread_that_writes_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[str] = []

    class Spool(io.BytesIO):
        def write(self, data: Any, /) -> int:
            seen.append("begun")
            time.sleep(0.1)
            seen.append("written")
            return super().write(data)

        def close(self) -> None:
            if not self.closed:
                seen.append("closed")
            super().close()

    monkeypatch.setattr(
        "heygen_async.transport.spooling.tempfile.SpooledTemporaryFile", {bytes: lambda _: Spool()}
    )

    async def one() -> AsyncIterator[bytes]:
        yield PNG

    async def use() -> None:
        async with open_source(one()):
            raise AssertionError

    task = asyncio.create_task(use())
    while not seen:
        await asyncio.sleep(0.005)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert seen == ["begun", "written", "closed"]


async def test_one_open_file_is_in_one_upload_at_a_time(heygen: HeyGen, wire: Wire) -> None:
    wire.ok("POST", "/v3/assets", {"asset_id": "a"}, repeat=True)
    file = io.BytesIO(PNG)
    results = await asyncio.gather(
        heygen.assets.upload(file), heygen.assets.upload(file), return_exceptions=True
    )
    refused = [r for r in results if isinstance(r, errors.InvalidRequestError)]
    assert len(refused) == 1
    assert refused[0].hint == "Open it once for each upload."
    file.seek(0)
    await heygen.assets.upload(file)
    assert wire.asked == 2


@pytest.mark.parametrize("method", ["multipart", "direct"])
@pytest.mark.parametrize("kind", [OSError, TimeoutError, ValueError, errors.TransportError])
async def test_what_the_callers_progress_raises_comes_out_as_it_is(
    heygen: HeyGen, wire: Wire, method: str, kind: type[Exception]
) -> None:
    slot = {"asset_id": "a", "upload_url": "https://s3.example/put", "upload_headers": {}}
    wire.ok("POST", "/v3/assets/direct-uploads", slot, repeat=True)
    wire.answer("PUT", "https://s3.example/put", repeat=True)
    wire.ok("POST", "/v3/assets", {"asset_id": "a"}, repeat=True)
    mine = kind("mine")
    told: list[int] = []

    def progress(sent: int, _: int) -> None:
        told.append(sent)
        raise mine

    with pytest.raises(kind) as caught:
        await heygen.assets.upload(PNG, method=method, progress=progress)  # type: ignore[arg-type]
    assert caught.value is mine
    assert told == [0], "it is not tried again"
