"""Streams that can be read only once: written to a temporary file, and read from there."""

import tempfile
from collections.abc import AsyncGenerator, AsyncIterable
from contextlib import asynccontextmanager
from functools import partial
from typing import Final, cast

from heygen_async.errors import InvalidRequestError
from heygen_async.models.files import SeekableFile
from heygen_async.transport.hops import hop, whole
from heygen_async.wire.limits import StreamLimit

_IN_MEMORY: Final = 1024 * 1024


@asynccontextmanager
async def spooled(stream: AsyncIterable[bytes], *, name: str) -> AsyncGenerator[SeekableFile]:
    """A file of what a stream gives, on disk if it is large; it goes when the context ends.

    Args:
        stream: Read to its end.
        name: For the errors.

    Raises:
        InvalidRequestError: It gives something else than bytes, or more than HeyGen takes.
    """
    spool = tempfile.SpooledTemporaryFile[bytes](_IN_MEMORY)  # nothing is on disk yet
    limit = StreamLimit(name)
    try:
        async for chunk in stream:
            if not isinstance(chunk, bytes | bytearray | memoryview):
                raise InvalidRequestError("file", chunk, "the async iterator must give bytes")
            limit.take(chunk)
            await whole(hop(partial(spool.write, chunk)))
        await whole(hop(partial(spool.seek, 0)))
        yield cast("SeekableFile", spool)
    finally:
        await whole(hop(spool.close))
