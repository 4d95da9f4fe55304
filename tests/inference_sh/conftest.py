import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from heygen_async import World
from heygen_async.events import Event
from heygen_async.inference_sh import Inference
from heygen_async.testing import SkippingClock
from tests.inference_sh.kit import KEY, Cloud, serving

PHOTO = Path(__file__).parents[2] / "examples" / "media" / "chelsea.jpg"


@pytest.fixture
def photo() -> Path:
    return PHOTO


@pytest.fixture
def clock() -> SkippingClock:
    return SkippingClock()


@pytest.fixture
def world(clock: SkippingClock) -> World:
    return World(clock=clock, uniform=random.Random(7).random)


@pytest.fixture
def events() -> list[Event]:
    return []


@pytest.fixture
async def cloud(clock: SkippingClock) -> AsyncIterator[Cloud]:
    async with serving(clock) as cloud:
        yield cloud


@pytest.fixture
async def inference(
    cloud: Cloud, clock: SkippingClock, world: World, events: list[Event]
) -> AsyncIterator[Inference]:
    async with Inference(
        api_key=KEY, base_url=cloud.url, world=world, observers=[events.append]
    ) as client:
        clock.watch(lambda: client.in_flight)
        yield client


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("INFERENCE_API_KEY", "INFERENCE_API_BASE", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
