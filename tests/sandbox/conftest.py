"""A sandbox without real media on a clock that only moves when told, and a client for it."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from heygen_async.sandbox import Sandbox
from tests.sandbox.kit import Api, still_clock


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
