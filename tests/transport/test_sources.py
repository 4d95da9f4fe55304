"""What can be uploaded, and that it is the same bytes at every attempt."""

import asyncio
import hashlib
import io
import math
import os
import tempfile
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import aiofiles
import pytest
from aiohttp.abc import AbstractStreamWriter
from aiohttp.base_protocol import BaseProtocol
from aiohttp.http import StreamWriter
from hypothesis import given, strategies as st

from heygen_async.errors import HeyGenError, InvalidRequestError, SourceChangedError
from heygen_async.transport import sources
from heygen_async.transport.body import Body, StreamPayload
from heygen_async.transport.sources import CHUNK, Source, open_source
from tests.transport.kit import Sink

DATA = os.urandom(CHUNK * 2 + 77)


async def read(source: Source) -> bytes:
    data, buffer = b"", source.buffer()
    async with source.open() as fill:
        while count := await fill(buffer):
            data += buffer[:count]
    return data


async def send(source: Source, **more: Any) -> Sink:
    sink = Sink()
    payload = StreamPayload(source, content_type="image/png", **({"stall": 5.0} | more))
    await payload.write_with_length(sink, None)
    return sink


async def stream(data: bytes = DATA, step: int = 100_000) -> AsyncIterator[bytes]:
    for start in range(0, len(data), step):
        yield data[start : start + step]
        await asyncio.sleep(0)


def on_disk(folder: Path, data: bytes = DATA) -> Path:
    path = folder / "photo.png"
    path.write_bytes(data)
    return path


def opened(folder: Path) -> io.BufferedReader:
    return on_disk(folder).open("rb")


GIVEN: dict[str, Callable[[Path], Any]] = {
    "path": on_disk,
    "str": lambda folder: str(on_disk(folder)),
    "bytes": lambda _: DATA,
    "bytearray": lambda _: bytearray(DATA),
    "memoryview": lambda _: memoryview(DATA),
    "file": opened,
    "unbuffered file": lambda folder: on_disk(folder).open("rb", buffering=0),
    "BytesIO": lambda _: io.BytesIO(DATA),
    "async iterator": lambda _: stream(),
    "small async iterator": lambda _: stream(step=7919),
}


@pytest.mark.parametrize("make", GIVEN.values(), ids=GIVEN)
async def test_a_source_gives_the_same_bytes_at_every_attempt(
    make: Callable[[Path], Any], tmp_path: Path
) -> None:
    given_ = make(tmp_path)
    try:
        async with open_source(given_) as source:
            assert source.size == len(DATA)
            assert source.head == DATA[: len(source.head)]
            assert len(source.head) >= 12
            for _ in range(3):
                sink = await send(source)
                assert bytes(sink.data) == DATA
                assert max(sink.pieces) <= CHUNK
    finally:
        if isinstance(given_, io.IOBase):
            assert not given_.closed
            given_.close()


@pytest.mark.parametrize("make", GIVEN.values(), ids=GIVEN)
async def test_an_attempt_that_broke_off_leaves_the_next_one_whole(
    make: Callable[[Path], Any], tmp_path: Path
) -> None:
    given_ = make(tmp_path)
    async with open_source(given_) as source:
        async with source.open() as fill:
            first = bytearray(100)
            assert await fill(first) == 100
            assert DATA.startswith(first)
        assert await read(source) == DATA
    if isinstance(given_, io.IOBase):
        given_.close()


async def test_names_come_from_what_was_given(tmp_path: Path) -> None:
    path = on_disk(tmp_path)
    named = io.BytesIO(DATA)
    named.name = "/secret/folder/movie.mp4"
    with path.open("rb") as file:
        for given_, name in [
            (path, "photo.png"),
            (str(path), "photo.png"),
            (file, "photo.png"),
            (named, "movie.mp4"),
            (b"x", "upload"),
            (io.BytesIO(b"x"), "file"),
            (stream(b"x"), "stream"),
        ]:
            async with open_source(given_) as source:  # type: ignore[arg-type]
                assert source.name == name
    async with open_source(b"x", name="mine.png") as source:
        assert source.name == "mine.png"


async def test_a_file_is_read_from_where_it_stands_and_stays_open(tmp_path: Path) -> None:
    with opened(tmp_path) as file:
        file.seek(1000)
        async with open_source(file) as source:
            assert source.size == len(DATA) - 1000
            assert await read(source) == DATA[1000:]
            assert await read(source) == DATA[1000:]
        assert not file.closed


async def test_a_file_that_stands_behind_its_end_is_empty() -> None:
    file = io.BytesIO(b"abc")
    file.seek(100)
    async with open_source(file) as source:
        assert source.size == 0


async def test_a_stream_is_read_once_and_its_file_is_gone_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    data = os.urandom(3 * 1024 * 1024)  # more than is held in memory
    reads = 0

    async def counted() -> AsyncIterator[bytes]:
        nonlocal reads
        async for chunk in stream(data):
            reads += 1
            yield chunk

    async with open_source(counted()) as source:
        spool: Any = source._file  # type: ignore[attr-defined]
        assert spool._rolled
        once = reads
        assert hashlib.sha256(await read(source)).digest() == hashlib.sha256(data).digest()
        assert hashlib.sha256(await read(source)).digest() == hashlib.sha256(data).digest()
        assert reads == once
    assert spool.closed
    assert list(tmp_path.iterdir()) == []


async def test_a_small_stream_makes_no_file(tmp_path: Path) -> None:
    async with open_source(stream(b"x" * 1000)) as source:
        assert not source._file._rolled  # type: ignore[attr-defined]


async def test_a_stream_that_breaks_leaves_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    made: list[Any] = []
    plain = tempfile.SpooledTemporaryFile
    monkeypatch.setattr(
        tempfile,
        "SpooledTemporaryFile",
        _noting(plain, made),
    )

    async def broken() -> AsyncIterator[bytes]:
        yield b"x" * 2_000_000
        raise LookupError("the camera is gone")

    with pytest.raises(LookupError, match="camera"):
        async with open_source(broken()):
            raise AssertionError
    assert [spool.closed for spool in made] == [True]
    assert list(tmp_path.iterdir()) == []


def _noting(plain: Any, made: list[Any]) -> Any:
    class Noting:
        def __class_getitem__(cls, _: Any) -> Any:
            def make(*args: Any) -> Any:
                made.append(plain(*args))
                return made[-1]

            return make

    return Noting


async def test_an_aiofiles_handle_is_a_stream(tmp_path: Path) -> None:
    handle = aiofiles.open(on_disk(tmp_path), "rb")
    async with handle as file, open_source(file) as source:  # type: ignore[arg-type]
        assert source.size == len(DATA)
        assert await read(source) == DATA


async def refused(given_: Any) -> InvalidRequestError:
    with pytest.raises(InvalidRequestError) as caught:
        async with open_source(given_):
            raise AssertionError
    assert caught.value.field == "file"
    return caught.value


async def test_a_file_that_is_not_there_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # a long path is shown shortened
    problem = await refused(Path("gone.png"))
    assert "gone.png" in problem.value
    assert problem.limit == "must exist"


async def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert "not a directory" in (await refused(tmp_path)).limit


async def test_a_pipe_is_refused_rather_than_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert "not a pipe" in (await refused(pipe)).limit


async def test_a_path_that_no_system_knows_is_refused() -> None:
    assert "must be readable" in (await refused("a\0b")).limit


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
async def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path) -> None:
    path = on_disk(tmp_path)
    path.chmod(0)
    assert "Permission denied" in (await refused(path)).limit


async def test_a_file_of_text_is_refused(tmp_path: Path) -> None:
    with on_disk(tmp_path, b"text").open(encoding="utf-8") as file:
        assert "for bytes" in (await refused(file)).limit
    assert "for bytes" in (await refused(io.StringIO("text"))).limit


async def test_a_closed_file_is_refused() -> None:
    file = io.BytesIO(b"x")
    file.close()
    assert "closed" in (await refused(file)).limit


async def test_a_file_that_cannot_be_moved_in_is_refused() -> None:
    read_end, write_end = os.pipe()
    os.close(write_end)
    with os.fdopen(read_end, "rb") as file:
        assert "must be seekable" in (await refused(file)).limit


@pytest.mark.parametrize("given_", [None, 7, ["a"], iter([b"a"]), object()])
async def test_anything_else_is_refused(given_: Any) -> None:
    assert "path, bytes, a seekable file or an async iterator" in (await refused(given_)).limit


async def test_an_async_iterator_of_text_is_refused() -> None:
    async def text() -> AsyncIterator[Any]:
        yield "text"

    assert "must give bytes" in (await refused(text())).limit


def _replace(path: Path) -> None:
    seen = path.stat()
    other = path.with_suffix(".new")
    other.write_bytes(DATA)
    os.utime(other, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    other.replace(path)


CHANGES: dict[str, Callable[[Path], object]] = {
    "longer": lambda path: path.write_bytes(DATA + b"x"),
    "shorter": lambda path: path.write_bytes(DATA[:-1]),
    "touched": lambda path: os.utime(path, ns=(1, 1)),
    "replaced": _replace,
    "gone": lambda path: path.unlink(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
async def test_a_file_that_changed_between_two_attempts_is_not_sent(
    change: Callable[[Path], object], tmp_path: Path
) -> None:
    path = on_disk(tmp_path)
    async with open_source(path) as source:
        assert bytes((await send(source)).data) == DATA
        change(path)
        with pytest.raises(SourceChangedError, match=r"photo\.png"):
            await send(source)


async def test_a_file_that_is_rewritten_while_it_is_read_never_leaves_whole(
    tmp_path: Path,
) -> None:
    path = on_disk(tmp_path)

    class Rewriting(Sink):
        async def write(self, chunk: Any) -> None:
            await super().write(chunk)
            path.write_bytes(DATA[::-1])

    sink = Rewriting()
    async with open_source(path) as source:
        with pytest.raises(SourceChangedError, match=r"photo\.png"):
            await StreamPayload(source, content_type="image/png", stall=5.0).write(sink)
    assert len(sink.data) < len(DATA)


@pytest.mark.parametrize("make", GIVEN.values(), ids=GIVEN)
async def test_a_digest_is_learned_on_the_way_and_costs_no_second_reading(
    make: Callable[[Path], Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given_ = make(tmp_path)
    async with open_source(given_) as source:
        await send(source)
        assert source.digest is None, "nobody asked"
        await send(source, hashed=True)
        assert source.digest == hashlib.sha256(DATA).hexdigest()
        monkeypatch.setattr(source, "open", None)
        assert await source.sha256() == source.digest
    if isinstance(given_, io.IOBase):
        given_.close()


async def test_what_was_promised_by_its_digest_is_not_sent_otherwise() -> None:
    file = io.BytesIO(DATA)
    async with open_source(file) as source:
        await source.sha256()
        file.getbuffer()[CHUNK] ^= 1  # neither its size nor its place tells
        sink = Sink()
        payload = StreamPayload(source, content_type="image/png", stall=5.0, hashed=True)
        with pytest.raises(SourceChangedError, match="since it was first read"):
            await payload.write(sink)
    assert len(sink.data) < len(DATA)


def _no_system_call(*_: object) -> int:
    raise NotImplementedError


@pytest.mark.skipif(not hasattr(os, "preadv"), reason="nothing is read without waiting here")
@pytest.mark.parametrize(
    ("owner", "name", "instead"),
    [
        (os, "preadv", _no_system_call),
        (os, "preadv", lambda *_: 0),  # as Linux 5.9 and 5.10 for what is not in memory
        (sources, "_NO_WAIT", None),
    ],
)
async def test_a_system_that_cannot_read_without_waiting_is_waited_for(
    owner: object, name: str, instead: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(owner, name, instead)
    async with open_source(on_disk(tmp_path)) as source:
        assert bytes((await send(source)).data) == DATA


async def test_a_file_that_was_closed_between_two_attempts_is_named() -> None:
    file = io.BytesIO(DATA)
    async with open_source(file) as source:
        await send(source)
        file.close()
        with pytest.raises(SourceChangedError, match="closed"):
            await send(source)


class _Failing(io.BytesIO):
    def __init__(self, gives: object) -> None:
        super().__init__(DATA)
        self._gives = gives

    def read(self, size: int | None = -1, /) -> Any:
        if not self.tell():
            return super().read(size)
        if isinstance(self._gives, Exception):
            raise self._gives
        return self._gives


@pytest.mark.parametrize(
    "gives", [OSError(5, "Input/output error"), TimeoutError("disk"), EOFError("gone"), None]
)
@pytest.mark.parametrize("hashed", [True, False])
async def test_a_file_that_fails_while_it_is_read_is_named(gives: object, *, hashed: bool) -> None:
    async with open_source(_Failing(gives), name="photo.png") as source:
        with pytest.raises(
            SourceChangedError, match=r"photo\.png cannot be read any more"
        ) as caught:
            await (source.sha256() if hashed else send(source))
    assert isinstance(caught.value.__cause__, type(gives) if gives else TypeError)


async def test_a_disk_that_fails_under_a_path_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_source(on_disk(tmp_path)) as source:
        monkeypatch.setattr(sources, "_at_hand", fails)
        with pytest.raises(SourceChangedError, match=r"photo\.png .*Input/output error"):
            await send(source)


def fails(*_: object) -> int:
    raise OSError(5, "Input/output error")


@pytest.mark.parametrize("change", [b"x", None])
async def test_a_file_that_grows_or_shrinks_under_the_upload_is_noticed(
    change: bytes | None, tmp_path: Path
) -> None:
    path = on_disk(tmp_path)
    with path.open("r+b") as file:
        async with open_source(file) as source:
            if change is None:
                os.truncate(path, 1000)
            else:
                with path.open("ab") as more:
                    more.write(change)
            with pytest.raises(SourceChangedError, match="announced"):
                await send(source)


async def test_no_byte_more_than_announced_is_sent(tmp_path: Path) -> None:
    path = on_disk(tmp_path)
    sink = Sink()
    with path.open("rb") as file:
        async with open_source(file) as source:
            with path.open("ab") as more:
                more.write(DATA)
            payload = StreamPayload(source, content_type="image/png", stall=5.0)
            with pytest.raises(SourceChangedError):
                await payload.write(sink)
    assert len(sink.data) <= len(DATA)
    assert isinstance(payload.problem, SourceChangedError)


@pytest.mark.parametrize(
    ("crowd", "between"), [(1, {4, 8}), (2, {2, 4, 6, 8}), (9, set(range(1, 9)))]
)
@pytest.mark.parametrize("name", ["path", "bytes"])
async def test_a_connection_that_takes_all_at_once_does_not_keep_the_loop(
    name: str, crowd: int, between: set[int], tmp_path: Path
) -> None:
    turns: list[int] = []
    sink, data = Sink(), bytes(CHUNK) * 9

    async def other() -> None:
        while True:
            turns.append(len(sink.data) // CHUNK)
            await asyncio.sleep(0)

    async with open_source(on_disk(tmp_path, data) if name == "path" else data) as source:
        task = asyncio.create_task(other())
        payload = StreamPayload(source, content_type="image/png", stall=5.0, crowd=lambda: crowd)
        await payload.write(sink)
        task.cancel()
    assert set(turns) >= between, "once a MiB of all who upload"


class Keeping(StreamWriter):
    """Keeps views of what it was given for a while, as transports do from Python 3.12 on."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(BaseProtocol(loop), loop)
        self.views: list[memoryview] = []
        self.data = bytearray()

    @property
    def transport(self) -> Any:
        return self

    def set_write_buffer_limits(self, **_: Any) -> None:
        pass

    def get_write_buffer_size(self) -> int:
        return sum(map(len, self.views))

    async def write(self, chunk: Any, **_: Any) -> None:
        self.views.append(chunk)
        if len(self.views) == 3:
            self.flush()

    def flush(self) -> None:
        self.data += b"".join(self.views)
        self.views.clear()


async def test_a_buffer_that_the_transport_still_looks_into_is_not_used_again(
    tmp_path: Path,
) -> None:
    async with open_source(on_disk(tmp_path)) as source:
        writer = Keeping(asyncio.get_running_loop())
        await StreamPayload(source, content_type="image/png", stall=5.0).write(writer)
    writer.flush()
    assert bytes(writer.data) == DATA


async def test_progress_starts_at_nothing_and_ends_at_the_size() -> None:
    seen: list[int] = []
    async with open_source(DATA) as source:
        await send(source, progress=seen.append)
        await send(source, progress=seen.append)
    once = [0, CHUNK, 2 * CHUNK, len(DATA)]
    assert seen == once + once


class Stuck(Sink):
    async def write(self, chunk: Any) -> None:
        await asyncio.Event().wait()


class Full(Keeping):
    async def drain(self) -> None:
        await asyncio.Event().wait()


@pytest.mark.parametrize("make", [lambda _: Stuck(), Full])
async def test_a_connection_that_takes_nothing_is_given_up(
    make: Callable[[asyncio.AbstractEventLoop], AbstractStreamWriter],
) -> None:
    async with open_source(DATA) as source:
        payload = StreamPayload(source, content_type="image/png", stall=0.0)
        with pytest.raises(HeyGenError, match="no byte could be sent"):
            await payload.write(make(asyncio.get_running_loop()))
    assert payload.problem is not None
    assert isinstance(payload.problem, TimeoutError)


async def test_a_line_that_is_slow_is_not_taken_for_one_that_takes_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    loop = asyncio.get_running_loop()
    plain, passed, rate = loop.time, 0.0, math.inf
    monkeypatch.setattr(loop, "time", lambda: plain() + passed)

    class Line(Sink):
        async def write(self, chunk: Any) -> None:
            nonlocal passed
            for _ in range(0, len(chunk), 1024):
                passed += 1024 / rate
                await asyncio.sleep(0)  # where the alarm goes off
            await super().write(chunk)

    async with open_source(DATA) as source:
        quick, slow = (
            StreamPayload(source, content_type="image/png", stall=60.0) for _ in range(2)
        )
        await quick.write(fast := Line())
        rate = 1000.0  # a chunk takes four minutes
        await slow.write(line := Line())
    assert line.data == fast.data == DATA
    assert passed > len(DATA) / rate
    assert max(fast.pieces) == CHUNK


async def test_a_body_has_a_length_and_a_type_and_no_text() -> None:
    async with open_source(DATA) as source:
        payload = StreamPayload(source, content_type="image/png", stall=5.0)
    assert payload.size == len(DATA)
    assert payload.headers["Content-Type"] == "image/png"
    with pytest.raises(TypeError):
        payload.decode()


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40))
async def test_a_form_of_any_file_name_has_the_length_that_it_announces(name: str) -> None:
    async with open_source(b"\x89PNG", name=name) as source:
        payload = StreamPayload(source, content_type="image/png", stall=5.0)
        body = Body.form(payload, name="file", filename=source.name)
        sink = Sink()
        await body.data.write(sink)
    assert body.data.size == len(sink.data)
    head, _, rest = bytes(sink.data).partition(b"\r\n\r\n")
    assert rest.startswith(b"\x89PNG\r\n--")
    assert head.count(b"\n") == head.count(b"\r") == 2
    assert b'form-data; name="file"' in head
