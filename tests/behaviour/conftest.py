"""A client and a sandbox that share a clock which jumps: hours pass, nobody waits."""

import json
import random
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientResponse

from heygen_async import HeyGen, World
from heygen_async.events import Event
from heygen_async.jobs import StatusBoard
from heygen_async.models import AssetId, AvatarLook, PhotoAvatar
from heygen_async.sandbox import Sandbox
from heygen_async.sandbox.clock import SandboxClock
from heygen_async.testing import SkippingClock
from heygen_async.transport.events import Events
from heygen_async.transport.session import SessionManager
from heygen_async.wire.calls import Route
from heygen_async.wire.envelope import HttpReply
from tests.contract.replies import Contract
from tests.contract.samples import CONTRACT

PHOTO = Path(__file__).parents[2] / "examples" / "media" / "chelsea.jpg"


@pytest.fixture
def photo() -> Path:
    return PHOTO


@pytest.fixture
def clock() -> SkippingClock:
    return SkippingClock()


@pytest.fixture
def world(clock: SkippingClock) -> World:
    chance = random.Random(7)
    numbers = iter(range(1_000_000))
    return World(clock=clock, uniform=chance.random, new_id=lambda: f"id-{next(numbers)}")


@pytest.fixture
def board(world: World) -> StatusBoard:
    return StatusBoard(world, Events(()))


@pytest.fixture
async def sandbox(clock: SkippingClock) -> AsyncIterator[Sandbox]:
    shared = SandboxClock(source=clock.monotonic, epoch=clock.time())
    async with Sandbox(media=False, clock=shared) as sandbox:
        yield sandbox


@pytest.fixture
def events() -> list[Event]:
    return []


@pytest.fixture
async def heygen(
    sandbox: Sandbox, clock: SkippingClock, world: World, events: list[Event]
) -> AsyncIterator[HeyGen]:
    async with HeyGen(
        api_key="test-key", base_url=sandbox.url, world=world, observers=[events.append]
    ) as client:
        clock.watch(lambda: client.in_flight)
        yield client


@pytest.fixture
async def look(heygen: HeyGen, photo: Path) -> AvatarLook:
    """A photo avatar that is ready."""
    asset = await heygen.assets.upload(photo)
    job = await heygen.avatars.create(
        PhotoAvatar(name="Chelsea", file=AssetId(asset_id=asset.asset_id))
    )
    return await job.wait()


@pytest.fixture
def calls(sandbox: Sandbox) -> Callable[[str, str], int]:
    """Counts the requests that the sandbox saw."""

    def count(method: str, path: str) -> int:
        return sum(r.method == method and r.path.startswith(path) for r in sandbox.requests)

    return count


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HEYGEN_API_KEY", "HEYGEN_API_BASE", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


ROUND_TRIPS: set[str] = set()
"""Names of the routes that were answered well, over real sockets, in this run."""


@pytest.fixture(autouse=True)
def _round_trips(monkeypatch: pytest.MonkeyPatch) -> None:
    """Notes which endpoints were called; the last file of this folder looks at it."""
    plain, feed = SessionManager.exchange, SessionManager.stream

    async def exchange(self: SessionManager, route: Route, path: str, **rest: Any) -> HttpReply:
        answer = await plain(self, route, path, **rest)
        if answer.status < 300:
            ROUND_TRIPS.add(route.name)
        return answer

    @asynccontextmanager
    async def stream(
        self: SessionManager, route: Route, path: str, **rest: Any
    ) -> AsyncGenerator[ClientResponse]:
        async with feed(self, route, path, **rest) as response:
            if response.status < 300:
                ROUND_TRIPS.add(route.name)
            yield response

    monkeypatch.setattr(SessionManager, "exchange", exchange)
    monkeypatch.setattr(SessionManager, "stream", stream)


@pytest.fixture(autouse=True)
def replies_fit(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, _round_trips: None
) -> Iterator[None]:
    """Holds every good v3 answer of the sandbox to the vendor's contract, where that is at hand."""
    odd = request.node.get_closest_marker("odd_replies")
    if odd is not None or not CONTRACT.exists():
        yield
        return
    problems: list[str] = []
    contract, plain = Contract(), SessionManager.exchange

    async def exchange(self: SessionManager, route: Route, path: str, **rest: Any) -> HttpReply:
        answer = await plain(self, route, path, **rest)
        # One path of the old family begins with /v3/, and is in no contract.
        of_v3 = route.path.startswith("/v3/") and not route.name.startswith("v2.")
        if of_v3 and answer.status < 300:
            body = json.loads(answer.body)
            found = contract.problems(route.method, route.path, answer.status, body)
            problems.extend(f"{route.name}: {problem}" for problem in found)
        return answer

    monkeypatch.setattr(SessionManager, "exchange", exchange)
    yield
    assert problems == []
