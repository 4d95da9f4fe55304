"""Downloads: to ``name.part`` first, resumed where they stopped, renamed when whole."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

import aiofiles
import aiohttp
import msgspec
from aiofiles.threadpool.binary import AsyncFileIO

from heygen_async.errors import IntegrityError, LinkExpiredError, TargetError, TransferError
from heygen_async.transport.events import DownloadProgress
from heygen_async.transport.hops import whole
from heygen_async.transport.sender import Sender
from heygen_async.wire.calls import Route
from heygen_async.wire.faults import Fault, api_error
from heygen_async.wire.kinds import Kind
from heygen_async.wire.ranges import Answer, read_reply
from heygen_async.wire.redact import url as redacted

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

Progress = Callable[[int, int | None], None]
"""Called with bytes on disk, and the size if it is known."""

Link = Callable[[], Awaitable[str]]
"""Gives a link that works now, by reading the resource again."""

BATCH: Final = 1024 * 1024
"""Bytes per write: one thread hop each."""

_GET: Final = Route("download", "GET", "", Kind.READ)


class _Sidecar(msgspec.Struct, frozen=True):
    """What a ``.part`` file belongs to, written before its first byte."""

    identity: str
    etag: str
    size: int | None


class _Part:
    """A file that is not whole yet, with its sidecar."""

    def __init__(self, target: Path, identity: str) -> None:
        self.path = target.with_name(target.name + ".part")
        self.side = target.with_name(target.name + ".part.json")
        self.identity = identity
        self.etag = ""
        self.size: int | None = None
        self.have = 0

    def load(self) -> None:
        """Looks for what an earlier run left; what belongs to something else is thrown away."""
        try:
            known = msgspec.json.decode(self.side.read_bytes(), type=_Sidecar)
            have = self.path.stat().st_size
        except (OSError, msgspec.DecodeError):
            return
        if known.identity == self.identity and known.etag:
            self.etag, self.size, self.have = known.etag, known.size, have

    def begin(self, etag: str, size: int | None) -> None:
        """Notes what the next bytes belong to."""
        self.etag, self.size = etag, size
        self.side.write_bytes(msgspec.json.encode(_Sidecar(self.identity, etag, size)))

    def forget(self) -> None:
        """Throws away what there is."""
        self.path.unlink(missing_ok=True)
        self.etag, self.size, self.have = "", None, 0

    def finish(self, target: Path, *, overwrite: bool) -> None:
        """The whole file takes its place, durably, in one step."""
        with self.path.open("rb") as file:
            os.fsync(file.fileno())
        if overwrite:
            self.path.replace(target)
        else:
            _rename_new(self.path, target)
        self.side.unlink(missing_ok=True)
        _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    """Makes a rename last; systems that cannot open a folder do without."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _rename_new(source: Path, target: Path) -> None:
    """Renames without ever replacing a file that somebody else put there meanwhile."""
    try:
        os.link(source, target)
    except FileExistsError:
        raise
    except OSError:
        # A file system without hard links: a look before the step is the best there is.
        if target.exists():
            raise FileExistsError(str(target)) from None
        source.replace(target)
    else:
        source.unlink()


class Downloads:
    """Fetches links to files."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender
        self._busy: set[str] = set()

    async def fetch(
        self,
        link: Link,
        target: Path,
        *,
        identity: str,
        overwrite: bool = False,
        progress: Progress | None = None,
    ) -> Path:
        """A link's bytes as a file.

        Args:
            link: Gives a working link; asked again once when one has expired.
            target: The file to make; missing folders are made.
            identity: What is downloaded, so that a ``.part`` of something else is not continued.
            overwrite: Whether a file that is there may be replaced.
            progress: Told of every batch.

        Returns:
            The target.

        Raises:
            TargetError: The target exists, cannot be written, or the disk is full.
            LinkExpiredError: A fresh link does not work either.
            IntegrityError: Fewer or more bytes than announced.
            TransferError: The host refuses.
        """
        async with self._claimed(target, overwrite=overwrite):
            part = _Part(target, identity)
            await asyncio.to_thread(part.load)
            report = self._reporter(target.name, progress)
            try:
                await self._download(await link(), part, report)
            except LinkExpiredError:
                await self._download(await link(), part, report)
            await asyncio.to_thread(part.finish, target, overwrite=overwrite)
        return target

    @asynccontextmanager
    async def _claimed(self, target: Path, *, overwrite: bool) -> "AsyncGenerator[None]":
        """Holds the target against others of this client, and names its troubles."""
        place = str(target.absolute())  # noqa: ASYNC240  asks nothing of the disk
        if place in self._busy:
            raise TargetError(f"{target} is being downloaded already")
        self._busy.add(place)
        try:
            await asyncio.to_thread(_check_target, target, overwrite=overwrite)
            yield
        except TargetError:
            raise
        except FileExistsError as problem:
            raise TargetError(f"{target} exists", hint="Pass overwrite=True.") from problem
        except TimeoutError:
            raise
        except OSError as problem:
            raise TargetError(
                f"{target} cannot be written: {problem.strerror or problem}"
            ) from problem
        finally:
            self._busy.discard(place)

    async def _download(
        self, url: str, part: _Part, report: Callable[[int, int | None], None]
    ) -> None:
        before = part.have

        def moved() -> bool:
            nonlocal before
            grown, before = part.have > before, part.have
            return grown

        sender = self._sender
        await sender.retrier.run(
            _GET,
            lambda _: self._attempt(url, part, report),
            deadline=sender.unbounded(),
            moved=moved,
            transfer=True,
        )

    async def _attempt(
        self, url: str, part: _Part, report: Callable[[int, int | None], None]
    ) -> None:
        headers = {"Accept-Encoding": "identity"}
        if part.have:
            headers |= {"Range": f"bytes={part.have}-", "If-Range": part.etag}
        async with self._sender.sessions.transfer("GET", url, headers=headers) as response:
            fields = response.headers
            reply = read_reply(
                response.status,
                fields.get("Content-Range"),
                fields.get("Content-Length"),
                part.have,
            )
            match reply.answer:
                case Answer.APPEND | Answer.RESTART:
                    if reply.answer is Answer.RESTART:
                        await asyncio.to_thread(part.forget)
                    await asyncio.to_thread(part.begin, fields.get("ETag", ""), reply.total)
                    await self._write(response, part, report)
                case Answer.COMPLETE:
                    part.size = reply.total
                case Answer.STALE:
                    await asyncio.to_thread(part.forget)
                case Answer.EXPIRED:
                    raise LinkExpiredError(f"{redacted(url)} answered HTTP {response.status}")
                case Answer.REFUSED:
                    raise _refused(url, response.status)
        if reply.answer is Answer.STALE:
            # Nothing lies on disk any more, so this cannot happen twice.
            await self._attempt(url, part, report)
        if part.size is not None and part.have != part.size:
            raise IntegrityError(
                f"{part.path.name}: {part.size:,} bytes were announced, {part.have:,} came"
            )

    async def _write(
        self,
        response: aiohttp.ClientResponse,
        part: _Part,
        report: Callable[[int, int | None], None],
    ) -> None:
        batch = bytearray()
        report(part.have, part.size)
        file = await whole(aiofiles.open(part.path, "ab", buffering=0), AsyncFileIO.close)
        try:
            async for chunk in response.content.iter_any():
                batch += chunk
                if len(batch) >= BATCH:
                    full, batch = batch, bytearray()
                    await _write_all(file, full, part)
                    report(part.have, part.size)
        finally:
            try:
                # What came before a break is kept: the next attempt goes on behind it.
                if batch:
                    await _write_all(file, batch, part)
                    report(part.have, part.size)
            finally:
                await whole(file.close())

    def _reporter(self, name: str, progress: Progress | None) -> Callable[[int, int | None], None]:
        events = self._sender.retrier.events
        clock = self._sender.retrier.world.clock

        def report(received: int, total: int | None) -> None:
            if progress is not None:
                progress(received, total)
            if events.observed:
                events.emit(
                    DownloadProgress(
                        at=clock.monotonic(), name=name, received=received, total=total
                    )
                )

        return report


async def _write_all(file: AsyncFileIO, batch: bytearray, part: _Part) -> None:
    view = memoryview(batch)
    while view:
        written = await whole(file.write(view))
        part.have += written
        view = view[written:]


def _refused(url: str, status: int) -> Exception:
    if status < _SERVER:
        return TransferError(f"{redacted(url)} answered HTTP {status}")
    return api_error(Fault(), status=status, request_id=None, retry_after=None)


_SERVER: Final = 500


def _check_target(target: Path, *, overwrite: bool) -> None:
    if target.is_dir():
        raise TargetError(f"{target} is a folder", hint="Name the file to write.")
    if target.exists() and not overwrite:
        raise TargetError(f"{target} exists", hint="Pass overwrite=True.")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise TargetError(f"{target} cannot be written: {target.parent} is a file") from None
