"""Files of many rows: the same path goes up once."""

import asyncio
import inspect
import os
from collections.abc import AsyncIterable
from pathlib import Path
from typing import TypeAlias, TypeGuard

from heygen_async.api.resources import Resources
from heygen_async.errors import InvalidRequestError
from heygen_async.models import Asset
from heygen_async.models.files import SeekableFile, UploadSource
from heygen_async.transport.sources import open_source
from heygen_async.wire.idempotency import digest

_Identity: TypeAlias = tuple[str, int, int]


class SharedUploads:
    """Uploads for one run: whoever needs a file that is on its way waits for that upload.

    In a named run every upload has a key made of the name and the bytes. HeyGen gives the same
    asset for it when the run is started again, and so the request that holds its id is the same.

    Args:
        heygen: Sends the files.
        run: The run's name, if it was given one.
    """

    def __init__(self, heygen: Resources, *, run: str | None = None) -> None:
        self._heygen = heygen
        self._run = run
        self._known: dict[_Identity, asyncio.Task[Asset]] = {}

    async def asset(self, file: UploadSource, *, unprotected: bool = False) -> Asset:
        """The asset of a file; a path is looked at, and uploaded again when it has changed.

        Args:
            file: What to upload.
            unprotected: Whether a stream is taken in a named run, where it has no key.

        Raises:
            InvalidRequestError: A stream in a named run: nobody can read it twice.
            HeyGenError: As every upload.
        """
        identity = await asyncio.to_thread(_identity, file)
        if identity is None:
            return await self._upload(file, unprotected=unprotected)
        task = self._known.get(identity)
        if task is None or (task.done() and (task.cancelled() or task.exception() is not None)):
            task = asyncio.ensure_future(self._upload(file))
            self._known[identity] = task
        # Shielded: one row that gives up must not take the file from the others.
        return await asyncio.shield(task)

    async def close(self) -> None:
        """Cancels what nobody waits for any more."""
        pending = [task for task in self._known.values() if not task.done()]
        for task in pending:
            task.cancel()
        await asyncio.gather(*self._known.values(), return_exceptions=True)

    async def _upload(self, file: UploadSource, *, unprotected: bool = False) -> Asset:
        key: str | None = None
        if self._run is not None:
            if _seekable(file) or not isinstance(file, AsyncIterable):
                key = await self._key(file, self._run)
            elif not unprotected:
                raise InvalidRequestError(
                    "files",
                    file,
                    "a stream cannot be told again when a named run is repeated",
                    hint="Give a path or bytes, or pass unprotected=True.",
                )
        return await self._heygen.assets.upload(file, idempotency_key=key)

    async def _key(self, file: UploadSource, run: str) -> str:
        start = await asyncio.to_thread(file.tell) if _seekable(file) else 0
        async with open_source(file) as source:
            # Another name is another asset.
            seen = digest(f"{source.name}\n{await source.sha256()}".encode())
        if _seekable(file):
            await asyncio.to_thread(file.seek, start)
        return f"{run}:file:{seen[:32]}"


def _seekable(file: UploadSource) -> TypeGuard[SeekableFile]:
    # An aiofiles handle looks like one, and is a stream.
    return isinstance(file, SeekableFile) and not inspect.iscoroutinefunction(file.read)


def _identity(file: UploadSource) -> _Identity | None:
    """What tells a file on disk from others; None for what is not one."""
    if not isinstance(file, str | os.PathLike):
        return None
    try:
        seen = Path(file).stat()
    except OSError:
        return None  # the upload itself says what is wrong
    return os.path.realpath(file), seen.st_size, seen.st_mtime_ns
