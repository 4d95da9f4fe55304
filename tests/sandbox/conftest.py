"""A sandbox without real media on a clock that only moves when told, and a client for it."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web

from heygen_async.sandbox import Sandbox
from tests.sandbox.kit import Api, Platform, Receiver, still_clock


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(media=False, clock=still_clock()) as running:
        yield running


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    timeout = aiohttp.ClientTimeout(total=20)
    async with aiohttp.ClientSession(auto_decompress=False, timeout=timeout) as session:
        # aiohttp would silently send a GET or PUT again when a kept connection was cut.
        session._retry_connection = False
        yield session


@pytest.fixture
async def api(sandbox: Sandbox, http: aiohttp.ClientSession) -> Api:
    return Api(sandbox, http)


@pytest.fixture
async def platform(sandbox: Sandbox, http: aiohttp.ClientSession) -> Platform:
    return Platform(sandbox, http)


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/{name}", receiver.take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield receiver
    await runner.cleanup()
