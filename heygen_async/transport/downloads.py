"""Downloads: to ``name.part`` first, resumed where they stopped, renamed when whole."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from functools import cache, partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final, cast

import aiofiles
import aiohttp
from aiofiles.threadpool.binary import AsyncBufferedIOBase

from heygen_async.errors import (
    APIError,
    HeyGenError,
    LinkExpiredError,
    TargetError,
    TransferError,
    TransportError,
)
from heygen_async.transport.callbacks import callers_own, carried
from heygen_async.transport.events import DownloadProgress
from heygen_async.transport.hops import hop, whole
from heygen_async.transport.hosts import host_error, passes, passing, refusal, route_to
from heygen_async.transport.incoming import Incoming
from heygen_async.transport.parts import Part, check_target
from heygen_async.transport.sender import Sender
from heygen_async.wire.calls import Route
from heygen_async.wire.kinds import Kind
from heygen_async.wire.ranges import Answer, range_headers, read_reply
from heygen_async.wire.redact import url as redacted

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

Progress = Callable[[int, int | None], None]
"""Called with bytes on disk, and the size if it is known."""

Link = Callable[[], Awaitable[str]]
"""Gives a link that works now, by reading the resource again."""

_BATCH: Final = 2 * 1024 * 1024
"""Bytes per thread hop, at least, where few downloads run. Half as many cost 5 % more CPU."""

_LEAST_BATCH: Final = 256 * 1024
"""The same where many run."""

_ROOM: Final = 16 * 1024 * 1024
"""Bytes that the batches of all downloads take together, while there are fewer than 64."""

_SOON: Final = 0.25
"""Seconds after which what has come is written, however little: so much a killed process loses."""

_PACED: Final = 64 * 1024
"""Bytes per read, at most, where the bandwidth is capped."""

_KEPT: Final = 4 * 1024 * 1024

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
        await hop(partial(check_target, target, overwrite=overwrite))
        part = Part(target, identity)
        try:
            await whole(hop(part.claim))
            yield part
        finally:
            await whole(hop(part.release))
    except TargetError:
        raise
    except FileExistsError as problem:
        raise TargetError(f"{target} exists", hint="Pass overwrite=True.") from problem
    except TimeoutError:
        raise
    except OSError as problem:
        raise TargetError(f"{target} cannot be written: {problem.strerror or problem}") from problem


@cache
def _keep_freed_memory() -> None:
    """Lets the C library keep what one piece of a file has freed for the next.

    glibc gives memory back as soon as twice the largest block is free that was ever mapped by
    itself, so each piece would be mapped anew, page by page: a quarter of all CPU. One larger
    block, never touched, raises that bound. Other libraries do not care.
    """
    bytes(_KEPT)


class Downloads:
    """Fetches links to files."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender
        self._running = 0

    @property
    def _batch(self) -> int:
        """Bytes that each running download gathers before it writes."""
        return max(_LEAST_BATCH, min(_BATCH, _ROOM // self._running))

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
            link: Gives a working link; asked again when one expires, as long as bytes come.
            target: The file to make; missing folders are made.
            identity: What is downloaded, so that a ``.part`` of something else is not continued.
            overwrite: Whether a file that is there may be replaced.
            progress: Told of every batch.

        Returns:
            The target.

        Raises:
            TargetError: The target exists, cannot be written, or the disk is full.
            LinkExpiredError: A fresh link does not work either.
            IntegrityError: More bytes than announced, or others on disk than came.
            TransferError: The host refuses.
            TransportError: The connection breaks again and again.
        """
        _keep_freed_memory()
        report = self._reporter(target.name, progress)
        with callers_own():
            async with _claimed(target, identity, overwrite=overwrite) as part:
                await self._follow(link, part, report)
                await whole(hop(partial(part.finish, overwrite=overwrite)))
        return target

    async def _follow(self, link: Link, part: Part, report: Progress) -> None:
        most = -1
        while True:
            try:
                return await self._download(await link(), part, report)
            except LinkExpiredError:
                if part.have <= most:
                    raise  # the fresh one brought nothing
                most = part.have

    async def _download(self, url: str, part: Part, report: Progress) -> None:
        most = part.have

        def moved() -> bool:
            # What has to be fetched again did not get on.
            nonlocal most
            grown, most = bool(part.etag) and part.have > most, max(most, part.have)
            return grown

        async def attempt(_: float | None) -> None:
            self._running += 1
            try:
                await self._attempt(url, part, report)
            finally:
                self._running -= 1

        sender, route = self._sender, route_to(_GET, url)
        try:
            await sender.retrier.run(
                route,
                attempt,
                deadline=sender.patience(),
                moved=moved,
                transfer=True,
            )
        except APIError as problem:
            # Where it was not asked at all, its host had answered another.
            who = redacted(url) if problem.attempts else route.path
            raise refusal(f"{who} answered HTTP {problem.status}", problem) from problem

    async def _attempt(self, url: str, part: Part, report: Progress) -> None:
        held = part.held
        sessions = self._sender.sessions
        paced = sessions.down.rate is not None
        # What is read ahead has not waited for its turn. Without turns it saves that the socket is
        # turned off and on again for each piece.
        ahead = None if paced else self._batch // 2
        async with sessions.transfer(
            "GET", url, headers=range_headers(held), paced=paced, ahead=ahead
        ) as response:
            reply = read_reply(response.status, response.headers, held)
            match reply.answer:
                case Answer.APPEND | Answer.RESTART:
                    body = Incoming(response, where=redacted(url))
                    anew = reply.answer is Answer.RESTART
                    begin = partial(part.begin, reply.etag, reply.total, anew=anew)
                    await whole(hop(begin))
                    await self._write(body, part, report)
                case Answer.COMPLETE:
                    part.size = reply.total
                    report(part.have, part.size)
                case Answer.STALE:
                    await whole(hop(part.forget))
                case Answer.EXPIRED:
                    raise LinkExpiredError(f"{redacted(url)} answered HTTP {response.status}")
                case Answer.REFUSED:
                    problem = await passing(response, where=redacted(url), stall=sessions.stall)
                    now = self._sender.retrier.world.clock.time()
                    raise problem or _refused(url, response, now)
        if reply.answer is Answer.STALE:
            # Nothing lies on disk any more, so this cannot happen twice.
            await self._attempt(url, part, report)
        elif part.size is not None and part.have < part.size:
            raise TransportError(  # what is missing can be asked for
                f"{redacted(url)} sent {part.have:,} of {part.size:,} bytes"
            )

    async def _write(self, body: Incoming, part: Part, report: Progress) -> None:
        batch: list[bytes] = []
        size = 0
        now = self._sender.retrier.world.clock.monotonic
        due = now() + _SOON
        report(part.have, part.size)
        file = await whole(aiofiles.open(part.path, "ab"), AsyncBufferedIOBase.close)
        try:
            while not body.content.at_eof():
                for piece in body.pieces(await self._read(body.content)):
                    batch.append(piece)
                    size += len(piece)
                    if size >= self._batch or now() >= due:
                        await _append(file, batch, part)
                        report(part.have, part.size)
                        size, due = 0, now() + _SOON
            body.end()
        finally:
            try:
                # What came before a break is kept: the next attempt goes on behind it.
                if batch:
                    await _append(file, batch, part)
                    report(part.have, part.size)
            finally:
                await whole(file.close())

    async def _read(self, content: aiohttp.StreamReader) -> bytes:
        """What has come, as fast as it may."""
        sessions = self._sender.sessions
        line = sessions.down
        most = 0
        try:
            if line.rate is None:
                chunk, _ = await content.readchunk()
                return chunk
            most = await sessions.pace(line, _PACED, self._sender.retrier.world.clock)
            # The socket's own alarm would go off while nothing is read on purpose.
            async with asyncio.timeout(sessions.stall):
                chunk = await content.read(most)
        except (aiohttp.ClientError, OSError):
            chunk = _rest(content)
            if not chunk:
                raise
        line.give_back(most - len(chunk))
        return chunk

    def _reporter(self, name: str, progress: Progress | None) -> Progress:
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


def _rest(content: aiohttp.StreamReader) -> bytes:
    """What had come when the connection broke. aiohttp has it, and tells only of the break."""
    problem = content.exception()
    content.set_exception(cast("BaseException", None))
    try:
        return content.read_nowait()
    finally:
        if problem is not None:
            content.set_exception(problem)


async def _append(file: AsyncBufferedIOBase, batch: list[bytes], part: Part) -> None:
    """Writes a batch and empties it, even when cancelled: it is never written twice."""
    try:
        await whole(file.writelines(batch))
        part.have += sum(map(len, batch))
    finally:
        batch.clear()


def _refused(url: str, response: aiohttp.ClientResponse, now: float) -> HeyGenError:
    problem = host_error(response, now)
    if passes(problem):
        return problem
    return TransferError(f"{redacted(url)} answered HTTP {response.status}")
