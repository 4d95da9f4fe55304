"""A large direct upload: slot, PUT, complete. By this client, aiohttp, httpx, requests and curl."""

import asyncio
import shutil
import ssl
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple

import aiohttp
import httpx
import requests

from benchmarks.gauges import Reading, children_cpu, gauged
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

HASHED: Final = "heygen_async, hashed on the way"
AHEAD: Final = "heygen_async, hashed before"
REQUESTS: Final = "requests, data=open()"
CURL: Final = "curl -T"

VARIANTS: Final = (OURS, *AIOHTTP, HTTPX, REQUESTS)
MANY: Final = (OURS, OPEN)
OVER_TLS: Final = (OURS, OPEN, HTTPX, REQUESTS, *((CURL,) if shutil.which("curl") else ()))
"""curl only where there is one."""


class Host(NamedTuple):
    """Where an upload goes.

    Attributes:
        url: Its address.
        ca: Certificates to trust, a PEM file; None for plain http.
    """

    url: str
    ca: str | None = None

    def tls(self) -> ssl.SSLContext | None:
        """What trusts it."""
        return None if self.ca is None else ssl.create_default_context(cafile=self.ca)


Upload = Callable[[Host, Path], Awaitable[None]]


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


async def _with_aiohttp(host: Host, path: Path, body: Callable[[BinaryIO], Any]) -> None:
    size = _size_of(path)
    asked = {"filename": path.name, "content_type": _TYPE, "size_bytes": size}
    key = {"X-Api-Key": KEY}
    unbounded = aiohttp.ClientTimeout(total=None)
    connector = aiohttp.TCPConnector(ssl=host.tls() or True)
    async with aiohttp.ClientSession(timeout=unbounded, connector=connector) as session:
        slots = f"{host.url}/v3/assets/direct-uploads"
        async with session.post(slots, json=asked, headers=key) as response:
            response.raise_for_status()
            slot = (await response.json())["data"]
        headers = {**slot["upload_headers"], "Content-Length": str(size)}
        with path.open("rb", buffering=0) as file:
            async with session.put(
                slot["upload_url"], data=body(file), headers=headers
            ) as response:
                response.raise_for_status()
        ended = f"{host.url}/v3/assets/{slot['asset_id']}/complete"
        async with session.post(ended, json={}, headers=key) as response:
            response.raise_for_status()


async def _with_open(host: Host, path: Path) -> None:
    await _with_aiohttp(host, path, lambda file: file)


def _with_generator(size: int, *, threaded: bool) -> Upload:
    async def upload(host: Host, path: Path) -> None:
        await _with_aiohttp(host, path, lambda file: _chunks(file, size, threaded=threaded))

    return upload


async def _with_httpx(host: Host, path: Path) -> None:
    size = _size_of(path)
    asked = {"filename": path.name, "content_type": _TYPE, "size_bytes": size}
    key = {"X-Api-Key": KEY}
    trust = host.tls() or False
    async with httpx.AsyncClient(timeout=None, verify=trust) as session:  # noqa: S113 - as long as bytes move
        slots = f"{host.url}/v3/assets/direct-uploads"
        response = await session.post(slots, json=asked, headers=key)
        slot = response.raise_for_status().json()["data"]
        headers = {**slot["upload_headers"], "Content-Length": str(size)}
        with path.open("rb", buffering=0) as file:
            chunks = _chunks(file, 256 * KIB, threaded=False)
            response = await session.put(slot["upload_url"], content=chunks, headers=headers)
            response.raise_for_status()
        ended = f"{host.url}/v3/assets/{slot['asset_id']}/complete"
        (await session.post(ended, json={}, headers=key)).raise_for_status()


async def _with_requests(host: Host, path: Path) -> None:
    asked = {"filename": path.name, "content_type": _TYPE, "size_bytes": _size_of(path)}
    with requests.Session() as session:
        session.trust_env = False
        session.verify = host.ca
        session.headers["X-Api-Key"] = KEY
        response = session.post(f"{host.url}/v3/assets/direct-uploads", json=asked)
        response.raise_for_status()
        slot = response.json()["data"]
        with path.open("rb") as file:
            headers = {**slot["upload_headers"], "X-Api-Key": None}
            session.put(slot["upload_url"], data=file, headers=headers).raise_for_status()
        ended = f"{host.url}/v3/assets/{slot['asset_id']}/complete"
        session.post(ended, json={}).raise_for_status()


async def _with_curl(host: Host, path: Path) -> None:
    """The PUT alone: the calls before and after it cost next to nothing."""
    trust = () if host.ca is None else ("--cacert", host.ca)
    url = f"{host.url}/_storage/uploads/asset"
    # Without the question whether to go on, which the sink would not answer.
    command = ("curl", "-sSf", "-o", "/dev/null", "-H", "Expect:", *trust, "-T", str(path), url)
    subprocess.run(command, check=True)  # noqa: ASYNC221 - nothing else is to be done


async def _start_curl() -> None:
    command = ("curl", "--version")
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: ASYNC221 - as above


async def _with_ours(host: Host, path: Path) -> None:
    async with HeyGen(api_key=KEY, base_url=host.url, ssl_context=host.tls()) as heygen:
        await heygen.assets.upload(path, method="direct")


async def _hashed(host: Host, path: Path) -> None:
    async with HeyGen(api_key=KEY, base_url=host.url, dedupe=True) as heygen:
        await heygen.assets.upload(path)


async def _hashed_before(host: Host, path: Path) -> None:
    """As it has to be for a key of the caller's, which is held to the bytes."""
    async with HeyGen(api_key=KEY, base_url=host.url) as heygen:
        await heygen.assets.upload(path, method="direct", idempotency_key=path.name)


_UPLOADS: Final[dict[str, Upload]] = {
    OURS: _with_ours,
    HASHED: _hashed,
    AHEAD: _hashed_before,
    OPEN: _with_open,
    HTTPX: _with_httpx,
    REQUESTS: _with_requests,
    CURL: _with_curl,
    **{name: _with_generator(size, threaded=threaded) for name, (size, threaded) in _PLAIN.items()},
}


async def measure_one(
    *, variant: str, url: str, path: str, small: str, ca: str | None = None
) -> dict[str, float]:
    """One upload, from the request for a slot to the asset, by a client that has uploaded before.

    The small file goes first, so that what is imported and allocated once is not taken for memory
    that grows with the file. What a process of its own costs to start, curl's, is taken off; what
    it takes to shake hands is not.
    """
    upload, host = _UPLOADS[variant], Host(url, ca)
    await upload(host, Path(small))
    before = children_cpu()
    async with gauged() as reading:
        await upload(host, Path(path))
    if variant == CURL:
        after = children_cpu()
        await _start_curl()
        reading.cpu = max(after - before - (children_cpu() - after), 1e-4)
    return _figures(reading, _size_of(Path(path)))


async def measure_many(
    *, variant: str, url: str, path: str, small: str, count: int
) -> dict[str, float]:
    """So many uploads of one file at once; ours by one client, as it is meant to be used."""
    upload, host = _UPLOADS[variant], Host(url)
    await upload(host, Path(small))
    if variant == OURS:
        async with (
            HeyGen(api_key=KEY, base_url=url, max_transfers=count) as heygen,
            gauged(ticking=True) as reading,
        ):
            await asyncio.gather(
                *(heygen.assets.upload(path, method="direct") for _ in range(count))
            )
    else:
        async with gauged(ticking=True) as reading:
            await asyncio.gather(*(upload(host, Path(path)) for _ in range(count)))
    return _figures(reading, count * _size_of(Path(path)))


def _figures(reading: Reading, sent: int) -> dict[str, float]:
    return {
        "MiB/s": sent / MIB / reading.seconds,
        "CPU-s/GiB": reading.cpu / (sent / GIB),
        "MiB grown": reading.grown,
        "ms stalled": reading.stall * 1000,
    }
