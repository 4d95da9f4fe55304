"""What can be uploaded: a path, bytes, a seekable file, or a stream of chunks.

Every source can be opened again, knows its size, and notices when it changed in between.
"""

import asyncio
import inspect
import os
import stat
import tempfile
from collections.abc import (
    AsyncGenerator,
    AsyncIterable,
    AsyncIterator,
    Awaitable,
    Callable,
    Generator,
)
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from pathlib import Path
from typing import IO, Final, Protocol, TypeVar, cast

from heygen_async.errors import InvalidRequestError, SourceChangedError
from heygen_async.models.files import SeekableFile, UploadSource
from heygen_async.transport.hops import hop, whole
from heygen_async.wire.limits import StreamLimit
from heygen_async.wire.media_types import HEAD_BYTES

T = TypeVar("T")

CHUNK: Final = 512 * 1024
"""Bytes per read, one thread hop each. The socket's own buffer bridges the time that it takes."""

_SPOOLED_IN_MEMORY: Final = 1024 * 1024


class Source(Protocol):
    """Something that can be sent, again and again."""

    @property
    def name(self) -> str:
        """Name to show, and to send."""
        ...

    @property
    def size(self) -> int:
        """Bytes."""
        ...

    @property
    def head(self) -> bytes:
        """The first bytes, to tell what it is."""
        ...

    def open(self) -> AbstractAsyncContextManager[AsyncIterator[bytes]]:
        """Its chunks, from the beginning."""
        ...


class BytesSource:
    """Bytes in memory."""

    def __init__(self, data: bytes, *, name: str) -> None:
        self._data = data
        self.name = name
        self.size: int = len(data)
        self.head: bytes = data[:HEAD_BYTES]

    @asynccontextmanager
    async def open(self) -> AsyncGenerator[AsyncIterator[bytes]]:
        """The bytes, in chunks."""
        yield self._chunks()

    async def _chunks(self) -> AsyncGenerator[bytes]:
        for start in range(0, self.size, CHUNK):
            yield self._data[start : start + CHUNK]


class PathSource:
    """A file on disk, opened at the first read of every attempt."""

    def __init__(self, path: Path, *, name: str, seen: os.stat_result, head: bytes) -> None:
        self._path = path
        self._seen = _fingerprint(seen)
        self.name = name
        self.size: int = seen.st_size
        self.head = head

    @classmethod
    async def of(cls, path: Path, *, name: str | None = None) -> "PathSource":
        """Looks at the file once.

        Raises:
            InvalidRequestError: It does not exist, is a directory, or cannot be read.
        """
        seen, head = await asyncio.to_thread(_look, path)
        return cls(path, name=_sendable(name or path.name), seen=seen, head=head)

    @asynccontextmanager
    async def open(self) -> AsyncGenerator[AsyncIterator[bytes]]:
        """The file's chunks.

        Raises:
            SourceChangedError: It is not the file that was looked at.
        """
        try:
            file = await whole(hop(lambda: self._path.open("rb", buffering=0)), _close)
        except FileNotFoundError:
            raise SourceChangedError(f"{self.name} is gone since it was first looked at") from None
        except OSError as problem:
            raise SourceChangedError(
                f"{self.name} cannot be read any more ({problem.strerror})"
            ) from None
        try:
            if _fingerprint(os.fstat(file.fileno())) != self._seen:
                raise SourceChangedError(f"{self.name} changed since it was first looked at")
            yield _chunks_of(file)
        finally:
            await whole(_close(file))


async def _chunks_of(file: IO[bytes]) -> AsyncGenerator[bytes]:
    while chunk := await whole(hop(lambda: file.read(CHUNK))):
        yield chunk


def _close(file: IO[bytes]) -> Awaitable[None]:
    return hop(file.close)


class FileSource:
    """A seekable file of the caller's: read from where it stood, never closed."""

    def __init__(
        self, file: SeekableFile, *, name: str, start: int, size: int, head: bytes
    ) -> None:
        self._file = file
        self._start = start
        # An attempt that was broken off may still be reading: the next one waits for its end.
        self._turn = asyncio.Lock()
        self.name = name
        self.size = size
        self.head = head

    @classmethod
    async def of(cls, file: SeekableFile, *, name: str | None = None) -> "FileSource":
        """Measures the file from where it stands.

        Raises:
            InvalidRequestError: It gives text, or cannot be moved in.
        """
        shown = name or Path(str(getattr(file, "name", "file"))).name
        start, size, head = await asyncio.to_thread(_measure, file, shown)
        return cls(file, name=shown, start=start, size=size, head=head)

    @asynccontextmanager
    async def open(self) -> AsyncGenerator[AsyncIterator[bytes]]:
        """The file's chunks, from where it stood at first."""
        async with self._turn:
            await self._hop(self._file.seek, self._start)
            yield self._chunks()

    async def _chunks(self) -> AsyncGenerator[bytes]:
        while chunk := await self._hop(self._file.read, CHUNK):
            yield chunk

    async def _hop(self, step: Callable[[int], T], number: int) -> T:
        try:
            return await whole(asyncio.to_thread(step, number))
        except (OSError, ValueError) as problem:
            raise SourceChangedError(f"{self.name} cannot be read any more ({problem})") from None


def reads_once(source: object) -> bool:
    """Whether a source is gone when it was read: a stream, or a file of an asynchronous library."""
    if isinstance(source, SeekableFile):
        return inspect.iscoroutinefunction(source.read)
    return isinstance(source, AsyncIterable)


@asynccontextmanager
async def open_source(source: UploadSource, *, name: str | None = None) -> AsyncGenerator[Source]:
    """The source behind whatever was given, for as long as the context is open.

    A stream is written to a temporary file once, since it can be read only once; the file goes
    when the context ends.

    Args:
        source: What to send.
        name: Instead of the name that it has.

    Raises:
        InvalidRequestError: It cannot be read.
    """
    match source:
        case bytes() | bytearray() | memoryview():
            yield BytesSource(bytes(source), name=_sendable(name or "upload"))
        case str() | os.PathLike():
            yield await PathSource.of(Path(source), name=name)
        case SeekableFile() if not reads_once(source):
            shown = _sendable(name or Path(str(getattr(source, "name", "file"))).name)
            with _alone(source, shown):
                yield await FileSource.of(source, name=shown)
        case AsyncIterable():
            async with _spooled(source, _sendable(name or "stream")) as spool:
                yield await FileSource.of(spool, name=_sendable(name or "stream"))
        case _:
            raise InvalidRequestError(
                "file", source, "must be a path, bytes, a seekable file or an async iterator"
            )


_IN_USE: Final[set[int]] = set()


@contextmanager
def _alone(file: SeekableFile, name: str) -> Generator[None]:
    """Keeps a second upload off a file that has one position only."""
    if id(file) in _IN_USE:
        raise InvalidRequestError(
            "file", name, "must not be in another upload", hint="Open it once for each upload."
        )
    _IN_USE.add(id(file))
    try:
        yield
    finally:
        _IN_USE.discard(id(file))


def _sendable(name: str) -> str:
    """A name that can be encoded: bytes on disk that are no UTF-8 come as surrogates."""
    return name.encode(errors="replace").decode()


@asynccontextmanager
async def _spooled(stream: AsyncIterable[bytes], name: str) -> AsyncGenerator[SeekableFile]:
    spool = await asyncio.to_thread(tempfile.SpooledTemporaryFile[bytes], _SPOOLED_IN_MEMORY)
    limit = StreamLimit(name)
    try:
        async for chunk in stream:
            if not isinstance(chunk, bytes | bytearray | memoryview):
                raise InvalidRequestError("file", chunk, "the async iterator must give bytes")
            limit.take(chunk)
            await whole(asyncio.to_thread(spool.write, chunk))
        await asyncio.to_thread(spool.seek, 0)
        yield cast("SeekableFile", spool)
    finally:
        await whole(asyncio.to_thread(spool.close))


def _fingerprint(seen: os.stat_result) -> tuple[int, int, int, int]:
    return seen.st_dev, seen.st_ino, seen.st_size, seen.st_mtime_ns


def _look(path: Path) -> tuple[os.stat_result, bytes]:
    try:
        seen = path.stat()
        if stat.S_ISREG(seen.st_mode):  # to open a pipe is to wait for its other end
            with path.open("rb", buffering=0) as file:
                return os.fstat(file.fileno()), file.read(HEAD_BYTES)
    except FileNotFoundError:
        raise InvalidRequestError("file", str(path), "must exist") from None
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or problem
        raise InvalidRequestError("file", str(path), f"must be readable ({reason})") from problem
    odd = "a directory" if stat.S_ISDIR(seen.st_mode) else "a pipe or a device"
    raise InvalidRequestError("file", str(path), f"must be a file, not {odd}")


def _measure(file: SeekableFile, name: str) -> tuple[int, int, bytes]:
    try:
        start = file.tell()
        size = max(0, file.seek(0, os.SEEK_END) - start)
        file.seek(start)
        head = file.read(HEAD_BYTES)
        file.seek(start)
    except (OSError, ValueError) as problem:
        raise InvalidRequestError("file", name, f"must be seekable ({problem})") from problem
    if not isinstance(head, bytes):
        raise InvalidRequestError("file", name, "must be open for bytes, not for text")
    return start, size, head
