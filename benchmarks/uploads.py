"""A large direct upload: slot, PUT, complete. By this client, plain aiohttp and httpx."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any, BinaryIO, Final

import aiohttp
import httpx

from benchmarks.gauges import Reading, gauged
from benchmarks.plan import GIB, KIB, MIB
from heygen_async import HeyGen

KEY: Final = "benchmark-key"
OURS: Final = "heygen_async"
OPEN: Final = "aiohttp, data=open()"
HTTPX: Final = "httpx, generator 256 KiB"

_TYPE: Final = "application/zip"
_MAGIC: Final = b"PK\x03\x04"
_PLAIN: Final = {
    "aiohttp, generator 256 KiB": (256 * KIB, False),
    "aiohttp, generator 1 MiB": (MIB, False),
    "aiohttp, generator 256 KiB in a thread": (256 * KIB, True),
    "aiohttp, generator 1 MiB in a thread": (MIB, True),
}
AIOHTTP: Final = (OPEN, *_PLAIN)
FREE: Final = (OPEN, *(name for name, (_, threaded) in _PLAIN.items() if threaded))
"""Those of them that read in a thread, so that the loop is free for other work."""

VARIANTS: Final = (OURS, *AIOHTTP, HTTPX)
MANY: Final = (OURS, OPEN)
Upload = Callable[[str, Path], Awaitable[None]]


def make_file(path: Path, size: int) -> None:
    """A file that begins like an archive, which has no limit of its family, and is sparse.

    It is read once, for else whoever reads it first would pay for its way into the system's cache.
    """
    with path.open("wb") as file:
        file.write(_MAGIC)
        file.truncate(size)
    with path.open("rb", buffering=0) as file:
        while file.read(MIB):
            pass


def _size_of(path: Path) -> int:
    return path.stat().st_size


async def _chunks(file: BinaryIO, size: int, *, threaded: bool) -> AsyncIterator[bytes]:
    loop = asyncio.get_running_loop()
    while True:
        if threaded:
            chunk = await loop.run_in_executor(None, file.read, size)
        else:
            chunk = file.read(size)
        if not chunk:
            return
        yield chunk


async def _with_aiohttp(url: str, path: Path, body: Callable[[BinaryIO], Any]) -> None:
    size = _size_of(path)
    asked = {"filename": path.name, "content_type": _TYPE, "size_bytes": size}
    key = {"X-Api-Key": KEY}
    unbounded = aiohttp.ClientTimeout(total=None)
    async with aiohttp.ClientSession(timeout=unbounded) as session:
        slots = f"{url}/v3/assets/direct-uploads"
        async with session.post(slots, json=asked, headers=key) as response:
            response.raise_for_status()
            slot = (await response.json())["data"]
        headers = {**slot["upload_headers"], "Content-Length": str(size)}
        with path.open("rb", buffering=0) as file:
            async with session.put(
                slot["upload_url"], data=body(file), headers=headers
            ) as response:
                response.raise_for_status()
        ended = f"{url}/v3/assets/{slot['asset_id']}/complete"
        async with session.post(ended, json={}, headers=key) as response:
            response.raise_for_status()


async def _with_open(url: str, path: Path) -> None:
    await _with_aiohttp(url, path, lambda file: file)


def _with_generator(size: int, *, threaded: bool) -> Upload:
    async def upload(url: str, path: Path) -> None:
        await _with_aiohttp(url, path, lambda file: _chunks(file, size, threaded=threaded))

    return upload


async def _with_httpx(url: str, path: Path) -> None:
    size = _size_of(path)
    asked = {"filename": path.name, "content_type": _TYPE, "size_bytes": size}
    key = {"X-Api-Key": KEY}
    async with httpx.AsyncClient(timeout=None) as session:  # noqa: S113 - as long as bytes move
        slots = f"{url}/v3/assets/direct-uploads"
        response = await session.post(slots, json=asked, headers=key)
        slot = response.raise_for_status().json()["data"]
        headers = {**slot["upload_headers"], "Content-Length": str(size)}
        with path.open("rb", buffering=0) as file:
            chunks = _chunks(file, 256 * KIB, threaded=False)
            response = await session.put(slot["upload_url"], content=chunks, headers=headers)
            response.raise_for_status()
        ended = f"{url}/v3/assets/{slot['asset_id']}/complete"
        (await session.post(ended, json={}, headers=key)).raise_for_status()


async def _with_ours(url: str, path: Path) -> None:
    async with HeyGen(api_key=KEY, base_url=url) as heygen:
        await heygen.assets.upload(path, method="direct")


_UPLOADS: Final[dict[str, Upload]] = {
    OURS: _with_ours,
    OPEN: _with_open,
    HTTPX: _with_httpx,
    **{name: _with_generator(size, threaded=threaded) for name, (size, threaded) in _PLAIN.items()},
}


async def measure_one(*, variant: str, url: str, path: str, small: str) -> dict[str, float]:
    """One upload, from the request for a slot to the asset, by a client that has uploaded before.

    The small file goes first, so that what is imported and allocated once is not taken for memory
    that grows with the file.
    """
    upload = _UPLOADS[variant]
    await upload(url, Path(small))
    async with gauged() as reading:
        await upload(url, Path(path))
    return _figures(reading, _size_of(Path(path)))


async def measure_many(
    *, variant: str, url: str, path: str, small: str, count: int
) -> dict[str, float]:
    """So many uploads of one file at once; ours by one client, as it is meant to be used."""
    await _UPLOADS[variant](url, Path(small))
    if variant == OURS:
        async with HeyGen(api_key=KEY, base_url=url) as heygen, gauged(ticking=True) as reading:
            await asyncio.gather(
                *(heygen.assets.upload(path, method="direct") for _ in range(count))
            )
    else:
        async with gauged(ticking=True) as reading:
            await asyncio.gather(*(_UPLOADS[variant](url, Path(path)) for _ in range(count)))
    return _figures(reading, count * _size_of(Path(path)))


def _figures(reading: Reading, sent: int) -> dict[str, float]:
    return {
        "MiB/s": sent / MIB / reading.seconds,
        "CPU-s/GiB": reading.cpu / (sent / GIB),
        "MiB grown": reading.grown,
        "ms stalled": reading.stall * 1000,
    }
