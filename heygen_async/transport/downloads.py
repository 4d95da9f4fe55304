"""Downloads: to ``name.part`` first, resumed where they stopped, renamed when whole."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

import aiofiles
import aiohttp
from aiofiles.threadpool.binary import AsyncFileIO

from heygen_async.errors import (
    APIError,
    HeyGenError,
    IntegrityError,
    LinkExpiredError,
    TargetError,
    TransferError,
)
from heygen_async.transport.callbacks import callers_own, carried
from heygen_async.transport.events import DownloadProgress
from heygen_async.transport.hops import whole
from heygen_async.transport.hosts import host_error, passes, refusal
from heygen_async.transport.parts import Part, check_target
from heygen_async.transport.sender import Sender
from heygen_async.wire.calls import Route
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

_PACED: Final = 64 * 1024
"""Bytes per read, at most, where the bandwidth is capped."""

_GET: Final = Route("download", "GET", "", Kind.READ)


def target_in(path: str | os.PathLike[str], name: str, suffix: str) -> Path:
    """The file to make: the path itself, or a file in it when it is a folder that exists.

    Args:
        path: As the caller gave it.
        name: Of the file in a folder; what a file name may not have is replaced.
        suffix: Of the file in a folder, with its dot.
    """
    target = Path(path)
    if not target.is_dir():
        return target
    safe = "".join(ch if ch.isalnum() or ch in "-_." else "_" for ch in name)
    return target / f"{safe.lstrip('.') or 'job'}{suffix}"


_SUFFIXES: Final = frozenset(
    {
        ".ass", ".gif", ".jpeg", ".jpg", ".m4a", ".mov", ".mp3", ".mp4", ".png", ".srt", ".vtt",
        ".wav", ".webm", ".webp", ".zip",
    }
)  # fmt: skip


def suffix_of(link: str, expected: str) -> str:
    """The suffix of what a link leads to, with its dot.

    Args:
        link: Its path tells what comes, such as WebM.
        expected: What to take where it does not.
    """
    path, _, _ = link.partition("?")
    found = PurePosixPath(path).suffix.lower()
    return found if found in _SUFFIXES else expected


@asynccontextmanager
async def _claimed(target: Path, identity: str, *, overwrite: bool) -> "AsyncGenerator[Part]":
    """A part of the target that nobody else writes; the disk's troubles are named."""
    try:
        await asyncio.to_thread(check_target, target, overwrite=overwrite)
        part = Part(target, identity)
        try:
            await whole(asyncio.to_thread(part.claim))
            yield part
        finally:
            await whole(asyncio.to_thread(part.release))
    except TargetError:
        raise
    except FileExistsError as problem:
        raise TargetError(f"{target} exists", hint="Pass overwrite=True.") from problem
    except TimeoutError:
        raise
    except OSError as problem:
        raise TargetError(f"{target} cannot be written: {problem.strerror or problem}") from problem


class Downloads:
    """Fetches links to files."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender

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
        report = self._reporter(target.name, progress)
        with callers_own():
            async with _claimed(target, identity, overwrite=overwrite) as part:
                try:
                    await self._download(await link(), part, report)
                except LinkExpiredError:
                    await self._download(await link(), part, report)
                await whole(asyncio.to_thread(part.finish, overwrite=overwrite))
        return target

    async def _download(
        self, url: str, part: Part, report: Callable[[int, int | None], None]
    ) -> None:
        most = part.have

        def moved() -> bool:
            # What has to be fetched again did not get on.
            nonlocal most
            grown, most = bool(part.etag) and part.have > most, max(most, part.have)
            return grown

        sender = self._sender
        try:
            await sender.retrier.run(
                _GET,
                lambda _: self._attempt(url, part, report),
                deadline=sender.patience(),
                moved=moved,
                transfer=True,
            )
        except APIError as problem:
            raise refusal(f"{redacted(url)} answered HTTP {problem.status}", problem) from problem

    async def _attempt(
        self, url: str, part: Part, report: Callable[[int, int | None], None]
    ) -> None:
        headers = {"Accept-Encoding": "identity"}
        if part.have and part.etag:
            headers |= {"Range": f"bytes={part.have}-", "If-Range": part.etag}
        sessions = self._sender.sessions
        paced = sessions.down.rate is not None
        async with sessions.transfer("GET", url, headers=headers, paced=paced) as response:
            fields = response.headers
            # Asked not to, some compress all the same: then nobody knows the length, and the
            # bytes cannot be continued.
            encoded = fields.get("Content-Encoding", "identity") != "identity"
            reply = read_reply(
                response.status,
                fields.get("Content-Range"),
                fields.get("Content-Length"),
                part.have,
                encoded=encoded,
            )
            match reply.answer:
                case Answer.APPEND | Answer.RESTART:
                    if reply.answer is Answer.RESTART:
                        await asyncio.to_thread(part.forget)
                    etag = "" if encoded else fields.get("ETag", "")
                    await asyncio.to_thread(part.begin, etag, reply.total)
                    await self._write(response, part, report)
                case Answer.COMPLETE:
                    part.size = reply.total
                case Answer.STALE:
                    await asyncio.to_thread(part.forget)
                case Answer.EXPIRED:
                    raise LinkExpiredError(f"{redacted(url)} answered HTTP {response.status}")
                case Answer.REFUSED:
                    raise _refused(url, response, self._sender.retrier.world.clock.time())
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
        part: Part,
        report: Callable[[int, int | None], None],
    ) -> None:
        batch = bytearray()
        report(part.have, part.size)
        file = await whole(aiofiles.open(part.path, "ab", buffering=0), AsyncFileIO.close)
        try:
            async for chunk in self._chunks(response.content):
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

    async def _chunks(self, content: aiohttp.StreamReader) -> "AsyncGenerator[bytes]":
        """What comes, as fast as it may."""
        sessions, clock = self._sender.sessions, self._sender.retrier.world.clock
        if sessions.down.rate is None:
            async for chunk in content.iter_any():
                yield chunk
            return
        while not content.at_eof():
            most = await sessions.pace(sessions.down, _PACED, clock)
            # The socket's own alarm would go off while nothing is read on purpose.
            async with asyncio.timeout(sessions.stall):
                chunk = await content.read(most)
            sessions.down.give_back(most - len(chunk))
            yield chunk

    def _reporter(self, name: str, progress: Progress | None) -> Callable[[int, int | None], None]:
        events = self._sender.retrier.events
        clock = self._sender.retrier.world.clock

        def report(received: int, total: int | None) -> None:
            if progress is not None:
                with carried():
                    progress(received, total)
            if events.observed:
                events.emit(
                    DownloadProgress(
                        at=clock.monotonic(), name=name, received=received, total=total
                    )
                )

        return report


async def _write_all(file: AsyncFileIO, batch: bytearray, part: Part) -> None:
    view = memoryview(batch)
    while view:
        written = await whole(file.write(view))
        part.have += written
        view = view[written:]


def _refused(url: str, response: aiohttp.ClientResponse, now: float) -> HeyGenError:
    problem = host_error(response, now)
    if passes(problem):
        return problem
    return TransferError(f"{redacted(url)} answered HTTP {response.status}")
