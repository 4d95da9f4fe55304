"""Shared uploads: the same bytes go up once, wherever they come from."""

import asyncio
import math
from collections.abc import Hashable, MutableMapping
from contextlib import AsyncExitStack
from typing import Final, TypeAlias, TypeVar

import anyio

from heygen_async.models import Asset
from heygen_async.models.files import SeekableFile, UploadSource
from heygen_async.transport.clock import Clock
from heygen_async.transport.sources import Source, open_source
from heygen_async.transport.uploads import Progress, Uploads
from heygen_async.wire.idempotency import digest
from heygen_async.wire.limits import (
    ASSET_TYPES,
    DIRECT_TYPES,
    check_size,
    content_type_of,
    goes_direct,
)

KnownAssets: TypeAlias = MutableMapping[str, Asset]
"""Assets by the SHA-256 of their bytes in hex: a ``dict``, or whatever outlives the process."""

_TRUSTED: Final = 3600.0
"""Seconds for which an asset is taken to be there; afterwards HeyGen is asked."""
_REMEMBERED: Final = 10_000
_SHARED_FAILURES: Final = 2
"""Uploads of others after whose failure one goes up by itself."""

K = TypeVar("K")
V = TypeVar("V")


def way_of(source: Source) -> tuple[str, bool]:
    """A source's content type, and whether it goes to the storage directly.

    Raises:
        InvalidRequestError: HeyGen would not take it.
    """
    direct = goes_direct(source.size, source.head)
    kind = content_type_of(
        source.head,
        name=source.name,
        declared=None,
        allowed=DIRECT_TYPES if direct else ASSET_TYPES,
    )
    check_size(source.size, name=source.name, content_type=kind)
    return kind, direct


class _Flight:
    """One upload that is under way, and how many wait for it."""

    __slots__ = ("source", "task", "waiting")

    def __init__(self, source: Source, task: asyncio.Task[Asset]) -> None:
        self.source = source
        self.task = task
        self.waiting = 0

    def carries(self, source: Source) -> bool:
        """Whether its bytes are known to be those of a source."""
        mine = self.source
        if mine.mark is not None and mine.mark == source.mark:
            return True
        return mine.digest is not None and mine.digest == source.digest


class SharedUploads:
    """Uploads for which the bytes alone count: whoever brings some that are known gets their asset.

    What is on its way is waited for; when that fails, those who waited try again, together at first
    and then each for itself. An upload that nobody waits for any more ends. Most files are read
    once, and hashed while they go up; only what looks like another is hashed before.

    The name plays no part: a request refers to a file by its id, and which of several names came
    first would be chance. The content type plays none either, since the bytes decide it.

    An asset may be deleted at HeyGen by others. One that was not used for an hour is looked at
    before it is given out, and goes up again if it is gone.
    """

    def __init__(
        self,
        uploads: Uploads,
        clock: Clock,
        *,
        known: KnownAssets | None = None,
        run: str | None = None,
    ) -> None:
        """Knows what ``known`` holds.

        Args:
            uploads: Sends the bytes.
            clock: Tells how long ago an asset was used.
            known: Assets of earlier uploads, to which those of this one are added. Kept in memory,
                10,000 at most, when left out.
            run: Name of the work, if it has one. Every upload is then keyed by it and the bytes, so
                that HeyGen gives the same asset when the work is done again.
        """
        self._uploads = uploads
        self._now = clock.monotonic
        self._run = run
        self.lasting: KnownAssets | None = known
        """What was passed in, and may outlive this."""
        self._known: KnownAssets = {} if known is None else known
        # Their digest has to be known before anything is sent.
        self._ahead = run is not None or known is not None
        self._flights: dict[Hashable, list[_Flight]] = {}
        self._looks: dict[Hashable, None] = {}
        self._digests: dict[Hashable, str] = {}
        self._seen_at: dict[str, float] = {}
        self._gone: dict[str, str] = {}

    async def digest(self, file: UploadSource) -> str:
        """SHA-256 of a file's bytes, in hex: read once for as long as it does not change.

        Args:
            file: As for ``asset``; what can be read once only is used up.

        Raises:
            InvalidRequestError: It cannot be read.
        """
        async with open_source(file) as source:
            source.digest = self._digests.get(source.mark)
            known = await source.sha256()
            if source.mark is not None:
                _note(self._digests, source.mark, known)
            return known

    async def asset(self, file: UploadSource, *, progress: Progress | None = None) -> Asset:
        """The asset of a file's bytes, uploaded unless it is there.

        Args:
            file: As for ``heygen.assets.upload``.
            progress: Called with bytes sent in this attempt, and the size; not at all when nothing
                is sent for this call.

        Raises:
            InvalidRequestError: HeyGen would not take it. Nothing was sent.
            HeyGenError: As every upload.
        """
        async with AsyncExitStack() as stack:
            source = await stack.enter_async_context(open_source(file))
            way_of(source)
            source.digest = self._digests.get(source.mark)
            if source.digest is None and self._looks_known(source):
                await source.sha256()
            failures = 0
            while True:
                known = await self._remembered(source)
                if known is not None:
                    return known
                flight = self._flight_for(source) if failures < _SHARED_FAILURES else None
                if flight is None:
                    flight = self._start(source, stack.pop_all(), progress)
                    return await self._wait(flight, ends=isinstance(file, SeekableFile))
                try:
                    asset = await self._wait(flight)
                except asyncio.CancelledError:
                    if _cancelled():
                        raise
                    failures += 1  # it ended, or its progress has raised that
                except Exception:  # noqa: BLE001  it may be the other's alone
                    failures += 1
                else:
                    if flight.carries(source):
                        return asset

    def forget(self, asset_id: str) -> None:
        """Gives an asset to nobody any more.

        Args:
            asset_id: Of what was deleted.
        """
        for sha256, asset in list(self._known.items()):
            if asset.asset_id == asset_id:
                self._lose(sha256, asset)

    def _looks_known(self, source: Source) -> bool:
        """Whether it may be what was uploaded before, as far as a glance tells."""
        flights = self._flights.get(_look(source), ())
        return _look(source) in self._looks and not any(each.carries(source) for each in flights)

    def _flight_for(self, source: Source) -> _Flight | None:
        """An upload of the same bytes, or one of which it is not known yet whether they are."""
        flights = self._flights.get(_look(source), ())
        for flight in flights:
            if flight.carries(source):
                return flight
        return next((each for each in flights if each.source.digest is None), None)

    async def _remembered(self, source: Source) -> Asset | None:
        sha256 = source.digest
        asset = None if sha256 is None else self._known.get(sha256)
        if sha256 is None or asset is None:
            return None
        stale = self._now() - self._seen_at.get(sha256, -math.inf) > _TRUSTED
        if stale and not await self._uploads.has(asset.asset_id):
            self._lose(sha256, asset)
            return await self._remembered(source)  # others may have sent it anew meanwhile
        _note(self._seen_at, sha256, self._now())
        return asset

    def _lose(self, sha256: str, asset: Asset) -> None:
        """Forgets one that is gone, and none that came after it."""
        if self._known.get(sha256) == asset:
            del self._known[sha256]
            _note(self._gone, sha256, asset.asset_id)

    def _key(self, sha256: str) -> str:
        """The key of a named run: another one after an asset is gone, which it would bring back."""
        gone = self._gone.get(sha256)
        named = sha256 if gone is None else digest(f"{sha256} {gone}".encode())
        return f"{self._run}:file:{named[:32]}"

    def _start(self, source: Source, held: AsyncExitStack, progress: Progress | None) -> _Flight:
        look = _look(source)
        flight = _Flight(source, asyncio.ensure_future(self._fly(source, held, progress)))
        self._flights.setdefault(look, []).append(flight)
        _note(self._looks, look, None)
        flight.task.add_done_callback(lambda _: self._land(flight))
        return flight

    async def _fly(self, source: Source, held: AsyncExitStack, progress: Progress | None) -> Asset:
        async with held:
            if self._ahead and source.digest is None:
                await source.sha256()
                known = await self._remembered(source)
                if known is not None:
                    return known
            kind, direct = way_of(source)
            send = self._uploads.direct if direct else self._uploads.multipart
            key = self._key(await source.sha256()) if self._run else None
            return await send(
                source, content_type=kind, progress=progress, idempotency_key=key, hashed=True
            )

    def _land(self, flight: _Flight) -> None:
        self._drop(flight)
        source, task = flight.source, flight.task
        if task.cancelled() or task.exception() is not None or source.digest is None:
            return
        _note(self._seen_at, source.digest, self._now())
        if source.mark is not None:
            _note(self._digests, source.mark, source.digest)
        if self.lasting is None:
            _note(self._known, source.digest, task.result())
        else:
            self.lasting[source.digest] = task.result()

    def _drop(self, flight: _Flight) -> None:
        look = _look(flight.source)
        flights = self._flights.get(look, [])
        if flight in flights:
            flights.remove(flight)
        if not flights:
            self._flights.pop(look, None)

    async def _wait(self, flight: _Flight, *, ends: bool = False) -> Asset:
        """Its asset. Who gives up takes it from nobody else; the last one ends it.

        So does whose open file it reads: they have it back, and the others send their own.
        """
        flight.waiting += 1
        try:
            return await asyncio.shield(flight.task)
        finally:
            flight.waiting -= 1
            if (ends or not flight.waiting) and not flight.task.done():
                self._drop(flight)
                await _end(flight.task)


def _cancelled() -> bool:
    """Whether it is whoever runs this that is to stop."""
    task = asyncio.current_task()
    return task is None or task.cancelling() > 0


async def _end(task: asyncio.Task[Asset]) -> None:
    """Cancels an upload and waits for its end, in a group that is cancelled itself too."""
    with anyio.CancelScope(shield=True):
        try:
            await asyncio.sleep(0)  # once it has begun, it closes its source
        finally:
            task.cancel()
        await asyncio.wait((task,))


def _look(source: Source) -> Hashable:
    return source.size, source.head


def _note(memory: MutableMapping[K, V], key: K, value: V) -> None:
    """Remembers something, and forgets the oldest when there is much."""
    memory[key] = value
    if len(memory) > _REMEMBERED:
        del memory[next(iter(memory))]
