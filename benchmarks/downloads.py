"""A large download to a file. By this client, curl, httpx, requests and bare aiohttp."""

import asyncio
import os
import resource
import shutil
import ssl
import subprocess
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Final

import aiofiles
import aiohttp
import httpx
import requests

from benchmarks.gauges import Reading, gauged
from benchmarks.plan import GIB, MIB
from heygen_async import HeyGen

KEY: Final = "benchmark-key"
OURS: Final = "heygen_async"
CURL: Final = "curl"
HTTPX: Final = "httpx, aiter_bytes, write()"
REQUESTS: Final = "requests, iter_content 1 MiB, write()"
BLOCKING: Final = "aiohttp, iter_chunked 1 MiB, write()"
AIOFILES: Final = "aiohttp, iter_chunked 1 MiB, aiofiles"

ASYNC: Final = (OURS, BLOCKING, AIOFILES, HTTPX)
"""Those that a loop can run beside other work."""

PYTHON: Final = (*ASYNC, REQUESTS)
IDLE: Final = "nothing: a loop that waits"
Download = Callable[[str, Path, str | None], Awaitable[None]]
"""From an origin, to a file whose name is its size, trusting a certificate if there is one."""


def without_curl() -> str | None:
    """Why curl cannot be measured here; None if it can."""
    return None if shutil.which("curl") else "there is no curl on this machine"


def _tls(certificate: str | None) -> ssl.SSLContext | bool:
    return True if certificate is None else ssl.create_default_context(cafile=certificate)


def _address(url: str, target: Path) -> str:
    return f"{url}/files/{target.name.partition('.')[0]}"


async def _with_ours(url: str, target: Path, certificate: str | None) -> None:
    context = None if certificate is None else ssl.create_default_context(cafile=certificate)
    async with HeyGen(api_key=KEY, base_url=url, ssl_context=context) as heygen:
        await _ours(heygen, target)


async def _ours(heygen: HeyGen, target: Path) -> None:
    await heygen.videos.job(target.name.partition(".")[0]).download(target)


async def _with_aiohttp(url: str, target: Path, certificate: str | None, *, threaded: bool) -> None:
    unbounded = aiohttp.ClientTimeout(total=None)
    async with (
        aiohttp.ClientSession(timeout=unbounded) as session,
        session.get(_address(url, target), ssl=_tls(certificate)) as response,
    ):
        response.raise_for_status()
        if threaded:
            async with aiofiles.open(target, "wb") as file:
                async for chunk in response.content.iter_chunked(MIB):
                    await file.write(chunk)
        else:
            with target.open("wb") as plain:
                async for chunk in response.content.iter_chunked(MIB):
                    plain.write(chunk)


async def _with_httpx(url: str, target: Path, certificate: str | None) -> None:
    async with (
        httpx.AsyncClient(timeout=None, verify=_tls(certificate)) as client,  # noqa: S113
        client.stream("GET", _address(url, target)) as response,
    ):
        response.raise_for_status()
        with target.open("wb") as file:
            async for chunk in response.aiter_bytes():
                file.write(chunk)


async def _with_requests(url: str, target: Path, certificate: str | None) -> None:
    """Nothing else runs meanwhile."""
    address = _address(url, target)
    with (
        requests.Session() as session,
        session.get(address, stream=True, timeout=60, verify=certificate or True) as response,
        target.open("wb") as file,
    ):
        response.raise_for_status()
        for chunk in response.iter_content(MIB):
            file.write(chunk)


_DOWNLOADS: Final[dict[str, Download]] = {
    OURS: _with_ours,
    BLOCKING: partial(_with_aiohttp, threaded=False),
    AIOFILES: partial(_with_aiohttp, threaded=True),
    HTTPX: _with_httpx,
    REQUESTS: _with_requests,
}


async def measure_one(
    *, variant: str, url: str, size: int, folder: str, certificate: str | None = None
) -> dict[str, float]:
    """One download by a client that has downloaded before: what it imports is not counted."""
    target = Path(folder) / f"{size}.mp4"
    with _gone_after(target):
        if variant == CURL:
            return _speed(_of_curl(_address(url, target), target, certificate), size)
        await _warm_up(variant, url, folder, certificate)
        async with gauged() as reading:
            await _DOWNLOADS[variant](url, target, certificate)
        return _speed(reading, _checked(target, size))


async def measure_beside(
    *, variant: str, url: str, size: int, folder: str, count: int = 1
) -> dict[str, float]:
    """So many at once, ours by one client, beside a task that wants to run all the time."""
    targets = [Path(folder) / f"{size}.{number}.mp4" for number in range(count)]
    with _gone_after(*targets):
        await _warm_up(variant, url, folder, None)
        if variant == OURS:
            async with HeyGen(api_key=KEY, base_url=url) as heygen, gauged(ticking=True) as reading:
                await asyncio.gather(*(_ours(heygen, target) for target in targets))
        else:
            one = _DOWNLOADS[variant]
            async with gauged(ticking=True) as reading:
                await asyncio.gather(*(one(url, target, None) for target in targets))
        got = sum(_checked(target, size) for target in targets)
    found = {"MiB grown": reading.grown, "ms stalled": reading.stall * 1000}
    return found if count == 1 else {**found, **_speed(reading, got)}


async def measure_idle(*, seconds: float) -> dict[str, float]:
    """What the machine itself does to a task that wants to run all the time."""
    async with gauged(ticking=True) as reading:
        await asyncio.sleep(seconds)
    return {"MiB grown": reading.grown, "ms stalled": reading.stall * 1000}


async def _warm_up(variant: str, url: str, folder: str, certificate: str | None) -> None:
    """A small file goes first, so that what is imported once is not taken for work or memory."""
    small = Path(folder) / f"{MIB}.mp4"
    with _gone_after(small):
        await _DOWNLOADS[variant](url, small, certificate)


def _of_curl(address: str, target: Path, certificate: str | None) -> Reading:
    """The whole program: the system says what a child has used once it has ended."""
    command = ["curl", "--silent", "--fail", "--noproxy", "*", "--output", str(target), address]
    if certificate is not None:
        command += ["--cacert", certificate]
    started = time.perf_counter()
    process = subprocess.Popen(command)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"curl gave up with {process.returncode}")
    return Reading(seconds=time.perf_counter() - started, cpu=_cpu(used))


def _cpu(used: resource.struct_rusage) -> float:
    return used.ru_utime + used.ru_stime


def _checked(target: Path, size: int) -> int:
    found = target.stat().st_size
    if found != size:
        raise RuntimeError(f"{found:,} bytes came instead of {size:,}")
    return found


@contextmanager
def _gone_after(*targets: Path) -> Iterator[None]:
    try:
        yield
    finally:
        for target in targets:
            target.unlink(missing_ok=True)


def _speed(reading: Reading, got: int) -> dict[str, float]:
    return {
        "MiB/s": got / MIB / reading.seconds,
        "CPU-s/GiB": reading.cpu / (got / GIB),
    }
