"""Files of many rows: the same path goes up once."""

import asyncio
import os
from pathlib import Path
from typing import TypeAlias

from heygen_async.api.resources import Resources
from heygen_async.models import Asset
from heygen_async.models.files import UploadSource

_Identity: TypeAlias = tuple[str, int, int]


class SharedUploads:
    """Uploads for one run: whoever needs a file that is on its way waits for that upload."""

    def __init__(self, heygen: Resources) -> None:
        self._heygen = heygen
        self._known: dict[_Identity, asyncio.Task[Asset]] = {}

    async def asset(self, file: UploadSource) -> Asset:
        """The asset of a file; a path is looked at, and uploaded again when it has changed."""
        identity = await asyncio.to_thread(_identity, file)
        if identity is None:
            return await self._heygen.assets.upload(file)
        task = self._known.get(identity)
        if task is None or (task.done() and (task.cancelled() or task.exception() is not None)):
            task = asyncio.ensure_future(self._heygen.assets.upload(file))
            self._known[identity] = task
        # Shielded: one row that gives up must not take the file from the others.
        return await asyncio.shield(task)

    async def close(self) -> None:
        """Cancels what nobody waits for any more."""
        pending = [task for task in self._known.values() if not task.done()]
        for task in pending:
            task.cancel()
        await asyncio.gather(*self._known.values(), return_exceptions=True)


def _identity(file: UploadSource) -> _Identity | None:
    """What tells a file on disk from others; None for what is not one."""
    if not isinstance(file, str | os.PathLike):
        return None
    try:
        seen = Path(file).stat()
    except OSError:
        return None  # the upload itself says what is wrong
    return os.path.realpath(file), seen.st_size, seen.st_mtime_ns
