"""A client and a sandbox that share a clock which jumps: hours pass, nobody waits."""

import random
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from heygen_async import HeyGen, World
from heygen_async.events import Event
from heygen_async.models import AssetId, AvatarLook, PhotoAvatar
from heygen_async.sandbox import Sandbox
from heygen_async.sandbox.clock import SandboxClock
from heygen_async.testing import SkippingClock

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
