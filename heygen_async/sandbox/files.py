"""Bytes on disk: received in pieces, never held as a whole."""

import asyncio
import hashlib
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from heygen_async.sandbox.refusal import Refusal

PIECE: Final = 1 << 18
"""Bytes per write: one hop to a thread each."""


@dataclass(frozen=True, slots=True)
class Received:
    """What was written.

    Attributes:
        size: Bytes.
        head: The first of them, enough to tell the type.
        sha256: In hex; empty unless it was asked for.
    """

    size: int
    head: bytes
    sha256: str


class FileStore:
    """A folder with one file per asset.

    Args:
        root: Where the files lie; made when missing.
        era: How often everything was forgotten. Each era has a folder of its own, because renders
            are cached by the paths of their files, and ids begin anew.
    """

    def __init__(self, root: Path, era: int) -> None:
        self._root = root
        self.folder = root / str(era)
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
        digest: bool = False,
        sha256: str | None = None,
    ) -> Received:
        """Writes a stream; only a whole one appears under its name.

        Args:
            name: Id of the asset.
            chunks: The bytes.
            limit: Most bytes that are taken.
            digest: Whether to compute the SHA-256.
            sha256: The SHA-256 that the bytes must have, in hex.

        Raises:
            Refusal: 413 over the limit, 400 for another checksum.
        """
        target = self.path(name)
        part = target.with_name(f"{name}.part")
        loop = asyncio.get_running_loop()
        file = await asyncio.to_thread(part.open, "wb")
        sink = _Sink(file, limit=limit, digest=digest or sha256 is not None)
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
            file.close()
            sink.check(sha256)
            part.replace(target)
        except BaseException:
            if writing is not None:
                await asyncio.wait((writing,))
            file.close()
            part.unlink(missing_ok=True)
            raise
        return Received(sink.size, sink.head, sink.sha256)

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

    def __init__(self, file: BinaryIO, *, limit: int | None, digest: bool) -> None:
        self._file = file
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
        if sha256 is not None and self.sha256 != sha256:
            raise Refusal(
                400, "BadDigest", "The SHA256 you specified did not match what we received."
            )

    @property
    def sha256(self) -> str:
        """Hex digest of what was written, or nothing."""
        return self._hash.hexdigest() if self._hash is not None else ""
