"""What can be uploaded: a path, bytes, a seekable file, or a stream of chunks.

Every source can be opened again, knows its size, and notices when it changed in between.
"""

import asyncio
import hashlib
import inspect
import io
import os
import stat
import sys
import tempfile
from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator, AsyncIterable, Awaitable, Callable, Generator, Hashable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import IO, Final, TypeAlias, cast

from heygen_async.errors import InvalidRequestError, SourceChangedError
from heygen_async.models.files import SeekableFile, UploadSource
from heygen_async.transport.hops import hop, whole
from heygen_async.transport.spooling import spooled
from heygen_async.wire.media_types import HEAD_BYTES

CHUNK: Final = 256 * 1024
"""Bytes per read and per write: TLS encrypts a write as a whole, and larger ones gain nothing."""

_HASHED: Final = 2 * CHUNK
"""Bytes per read where they are hashed: half the hops to a thread."""
_NO_WAIT: Final[int | None] = getattr(os, "RWF_NOWAIT", None)
"""Not in every Python for Linux: it depends on the C library that one was built with."""
_READ_INTO: Final = frozenset(
    {io.BytesIO, io.BufferedReader, io.FileIO, tempfile.SpooledTemporaryFile}
)


Fill: TypeAlias = Callable[[bytearray], Awaitable[int]]
"""Reads on into a buffer, and says how many bytes came; 0 at the end.

A buffer that is used again costs a third less CPU than new bytes for every read, and a third of the
memory.
"""

Take: TypeAlias = Callable[[memoryview], object]
"""Sees every piece, in the thread that reads it."""


class Source(ABC):
    """Something that can be sent, again and again.

    Attributes:
        name: Name to show, and to send.
        size: Bytes.
        head: The first bytes, to tell what it is.
        digest: SHA-256 in hex, once it was read to its end and hashed.
        mark: The same for two sources only if they are one file that nobody touched; None for what
            is no file on disk.
    """

    def __init__(self, *, name: str, size: int, head: bytes) -> None:
        self.name: str = name
        self.size: int = size
        self.head: bytes = head
        self.digest: str | None = None
        self.mark: Hashable | None = None

    @abstractmethod
    def open(self, take: Take | None = None) -> AbstractAsyncContextManager[Fill]:
        """Opens it at its beginning.

        Args:
            take: Hashes it on the way.

        Raises:
            SourceChangedError: It is not what it was; reading may tell so too.
        """

    def buffer(self, *, hashed: bool = False) -> bytearray:
        """Something to read into, of the size that suits it, or less for what is small."""
        return bytearray(min(_HASHED if hashed else CHUNK, self.size + 1))

    async def sha256(self) -> str:
        """Its digest: as it is known, or else from a reading of its own.

        Raises:
            SourceChangedError: It is not what it was.
        """
        if self.digest is not None:
            return self.digest
        seen, size, buffer = hashlib.sha256(), 0, self.buffer(hashed=True)
        async with self.open(seen.update) as fill:
            while count := await self.read(fill, buffer):
                size += count
        digest = seen.hexdigest()
        self.confirm(size, digest)
        return digest

    async def read(self, fill: Fill, buffer: bytearray) -> int:
        """One filling of a buffer. A disk that fails is no connection that broke: it is named.

        Raises:
            SourceChangedError: It cannot be read any more, or is not what it was.
        """
        try:
            return await fill(buffer)
        except SourceChangedError:
            raise
        except Exception as problem:
            raise SourceChangedError(
                f"{self.name} cannot be read any more ({problem})"
            ) from problem

    def confirm(self, size: int, digest: str | None = None) -> None:
        """Holds what was read, from beginning to end, to what is known; learns its digest.

        Raises:
            SourceChangedError: It is something else.
        """
        if size != self.size:
            raise SourceChangedError(
                f"{self.name} changed while it was uploaded: {self.size:,} bytes were announced"
            )
        if digest is not None and self.digest is not None and digest != self.digest:
            raise SourceChangedError(f"{self.name} changed since it was first read")
        self.digest = digest or self.digest


class BytesSource(Source):
    """Bytes in memory."""

    def __init__(self, data: bytes, *, name: str) -> None:
        super().__init__(name=name, size=len(data), head=data[:HEAD_BYTES])
        self._data = data

    @asynccontextmanager
    async def open(self, take: Take | None = None) -> AsyncGenerator[Fill]:
        """The bytes, by way of a thread only if they are hashed."""
        step = _reading(io.BytesIO(self._data).readinto, take)

        async def fill(buffer: bytearray) -> int:
            return step(buffer) if take is None else await whole(hop(partial(step, buffer)))

        yield fill


class PathSource(Source):
    """A file on disk, opened anew for every attempt."""

    def __init__(self, path: Path, *, name: str, seen: os.stat_result, head: bytes) -> None:
        super().__init__(name=name, size=seen.st_size, head=head)
        self._path = path
        self._seen = _marks(seen)
        # Inodes are used again, and tools set the time of what they write: only its last time,
        # which nobody can set, tells two files apart. A chmod sets it too, so that an upload that
        # is under way is not held to it.
        self.mark: Hashable | None = (*self._seen, seen.st_ctime_ns)

    @classmethod
    async def of(cls, path: Path, *, name: str | None = None) -> "PathSource":
        """Looks at the file once.

        Raises:
            InvalidRequestError: It does not exist, is a directory, or cannot be read.
        """
        seen, head = await asyncio.to_thread(_look, path)
        return cls(path, name=_sendable(name or path.name), seen=seen, head=head)

    @asynccontextmanager
    async def open(self, take: Take | None = None) -> AsyncGenerator[Fill]:
        """The file, which is looked at again before it is read and when its last bytes were."""
        try:
            file = await whole(hop(lambda: self._path.open("rb", buffering=0)), _close)
        except FileNotFoundError:
            raise SourceChangedError(f"{self.name} is gone since it was first looked at") from None
        except OSError as problem:
            raise SourceChangedError(
                f"{self.name} cannot be read any more ({problem.strerror})"
            ) from None
        at = 0

        def read(buffer: bytearray) -> int:
            file.seek(at)
            return file.readinto(buffer)

        step = _reading(read, take)

        async def fill(buffer: bytearray) -> int:
            nonlocal at
            count = None if take is not None else _at_hand(file, buffer, at)
            if count is None or (not count and at < self.size):
                count = await whole(hop(partial(step, buffer)))
            at += count
            if at >= self.size:
                self._check(file)
            return count

        try:
            self._check(file)
            yield fill
        finally:
            await whole(_close(file))

    def _check(self, file: IO[bytes]) -> None:
        if _marks(os.fstat(file.fileno())) != self._seen:
            raise SourceChangedError(f"{self.name} changed since it was first looked at")


def _reading(readinto: Callable[[bytearray], int], take: Take | None) -> Callable[[bytearray], int]:
    """One read, hashed in the same step."""
    if take is None:
        return readinto

    def step(buffer: bytearray) -> int:
        count = readinto(buffer)
        take(memoryview(buffer)[:count])
        return count

    return step


def _at_hand(file: IO[bytes], buffer: bytearray, at: int) -> int | None:
    """What can be read without waiting for the disk; None where nobody knows.

    To copy what the system has in memory takes less than to ask a thread for it. Linux 5.9 and 5.10
    may say 0 for what has to be waited for.
    """
    if sys.platform != "linux" or _NO_WAIT is None:
        return None
    try:
        return os.preadv(file.fileno(), (buffer,), at, _NO_WAIT)
    except (OSError, NotImplementedError):
        return None  # it has to be waited for, or the system or the file system cannot tell


def _close(file: IO[bytes]) -> Awaitable[None]:
    return hop(file.close)


class FileSource(Source):
    """A seekable file of the caller's: read from where it stood, never closed, and left there."""

    def __init__(
        self, file: SeekableFile, *, name: str, start: int, size: int, head: bytes
    ) -> None:
        super().__init__(name=name, size=size, head=head)
        self._file = file
        self._start = start
        # An attempt that was broken off may still be reading: the next one waits for its end.
        self._turn = asyncio.Lock()

    @classmethod
    async def of(cls, file: SeekableFile, *, name: str | None = None) -> "FileSource":
        """Measures the file from where it stands.

        Raises:
            InvalidRequestError: It gives text, or cannot be moved in.
        """
        shown = name or Path(str(getattr(file, "name", "file"))).name
        # It moves in the file: whoever is cancelled has it back where it stood.
        start, size, head = await whole(hop(partial(_measure, file, shown)))
        return cls(file, name=shown, start=start, size=size, head=head)

    @asynccontextmanager
    async def open(self, take: Take | None = None) -> AsyncGenerator[Fill]:
        """The file, from where it stood at first."""
        step = _reading(_readinto(self._file), take)
        rewind = partial(self._file.seek, self._start)
        async with self._turn:
            await self.read(lambda _: whole(hop(rewind)), bytearray())
            try:
                yield lambda buffer: whole(hop(partial(step, buffer)))
            finally:
                with suppress(OSError, ValueError):  # whoever has closed it does not mind
                    await whole(hop(rewind))

    async def left(self) -> None:
        """Returns when nothing reads it any more: an attempt that was broken off may, for a bit."""
        async with self._turn:
            pass


def _readinto(file: SeekableFile) -> Callable[[bytearray], int]:
    # Of a class that is not known, only what the protocol has is sure to be its own.
    if type(file) in _READ_INTO:
        return cast("io.RawIOBase", file).readinto

    def readinto(buffer: bytearray) -> int:
        data = file.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    return readinto


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
                mine = await FileSource.of(source, name=shown)
                try:
                    yield mine
                finally:
                    await whole(mine.left())
        case AsyncIterable():
            shown = _sendable(name or "stream")
            async with spooled(source, name=shown) as spool:
                yield await FileSource.of(spool, name=shown)
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


def _marks(seen: os.stat_result) -> tuple[int, int, int, int]:
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
