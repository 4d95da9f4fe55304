"""Bytes on disk: received in pieces, never held as a whole."""

import asyncio
import hashlib
import itertools
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from heygen_async.sandbox.refusal import Refusal

PIECE: Final = 1 << 18
"""Bytes per write: one hop to a thread each."""


@dataclass(frozen=True, slots=True)
class Received:
    """What was written.

    Attributes:
        size: Bytes.
        head: The first of them, enough to tell the type.
    """

    size: int
    head: bytes


class FileStore:
    """A folder with one file per asset.

    Args:
        root: Where the files lie; made when missing.
        era: How often everything was forgotten. Each era has a folder of its own, because renders
            are cached by the paths of their files, and ids begin anew.
    """

    def __init__(self, root: Path, era: int) -> None:
        self._root = root
        self._attempts = itertools.count()
        self.folder: Path = root / str(era)
        self.folder.mkdir(parents=True, exist_ok=True)

    def path(self, name: str) -> Path:
        """Where the bytes of an asset lie."""
        return self.folder / name

    def clear(self, era: int) -> None:
        """Deletes all files and begins another era."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder = self._root / str(era)
        self.folder.mkdir(parents=True, exist_ok=True)

    async def receive(
        self,
        name: str,
        chunks: AsyncIterator[bytes],
        *,
        limit: int | None = None,
        sha256: str | None = None,
    ) -> Received:
        """Writes a stream; only a whole one appears under its name.

        Args:
            name: Id of the asset.
            chunks: The bytes.
            limit: Most bytes that are taken.
            sha256: The SHA-256 that the bytes must have, in hex.

        Raises:
            Refusal: 413 over the limit, 400 for another checksum.
        """
        target = self.path(name)
        # A part of its own: a second attempt may begin before the first is known to be dead.
        part = target.with_name(f"{name}.{next(self._attempts)}.part")
        loop = asyncio.get_running_loop()
        sink = _Sink(part, limit=limit, digest=sha256 is not None)
        writing: asyncio.Future[None] | None = None
        try:
            async for chunk in chunks:
                sink.take(chunk)
                if sink.waiting >= PIECE:
                    # One piece is written while the next one comes in.
                    if writing is not None:
                        await writing
                    writing = loop.run_in_executor(None, sink.write, sink.drawn())
            if writing is not None:
                await writing
            await loop.run_in_executor(None, sink.write, sink.drawn())
            sink.close()
            sink.check(sha256)
            part.replace(target)
        except BaseException:
            if writing is not None:
                await asyncio.wait((writing,))
            sink.close()
            part.unlink(missing_ok=True)
            raise
        return Received(sink.size, sink.head)

    async def head(self, name: str, size: int = 1 << 18) -> bytes:
        """The first bytes of an asset; empty when there is none."""

        def read() -> bytes:
            try:
                with self.path(name).open("rb") as file:
                    return file.read(size)
            except FileNotFoundError:
                return b""

        return await asyncio.to_thread(read)


class _Sink:
    """Gathers chunks, and writes and hashes them in large pieces in a thread."""

    def __init__(self, path: Path, *, limit: int | None, digest: bool) -> None:
        # Opened here and now: an open file on its way from a thread could be lost to a cancel.
        self._file = path.open("wb")
        self._limit = limit
        self._hash = hashlib.sha256() if digest else None
        self._chunks: list[bytes] = []
        self.waiting = 0
        self.size = 0
        self.head = b""

    def take(self, chunk: bytes) -> None:
        """Keeps a chunk until the next ``flush``."""
        if len(self.head) < 1 << 10:
            self.head += chunk[: 1 << 10]
        self.size += len(chunk)
        self.waiting += len(chunk)
        if self._limit is not None and self.size > self._limit:
            raise Refusal(
                413,
                "payload_too_large",
                f"The file is larger than {self._limit} bytes.",
                param="file",
            )
        self._chunks.append(chunk)

    def drawn(self) -> list[bytes]:
        """Hands over what waits."""
        chunks, self._chunks, self.waiting = self._chunks, [], 0
        return chunks

    def write(self, chunks: list[bytes]) -> None:
        """Writes and hashes; called in a thread, one call at a time."""
        for chunk in chunks:
            self._file.write(chunk)
            if self._hash is not None:
                self._hash.update(chunk)

    def check(self, sha256: str | None) -> None:
        """Refuses bytes with another SHA-256, if one was announced."""
        if self._hash is not None and self._hash.hexdigest() != sha256:
            raise Refusal(
                400, "BadDigest", "The SHA256 you specified did not match what we received."
            )

    def close(self) -> None:
        """Closes the file; what was not written is lost."""
        self._file.close()
