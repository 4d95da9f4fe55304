"""What every test gets: an environment without keys and proxies, and HeyGen's side of the wire."""

import os
from collections.abc import AsyncIterator, Iterator

import pytest
from hypothesis import HealthCheck, settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from heygen_async import HeyGen
from heygen_async.testing import SkippingClock
from tests.transport.kit import Mocked, RecordingClock, Wire, client

# A slow machine is no failure.
settings.register_profile("quiet", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("quiet")


class Together(LoadScopeScheduling):
    """What stays in one process where there are several (``-n``): the tests of a file.

    All of behaviour stays together, for its last file looks at what the others have called. The
    sections of the benchmarks need not: each is long, and takes nothing from the others.
    """

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        match file.split("/")[1]:
            case "behaviour":
                return "behaviour"
            case "benchmarks":
                return nodeid
            case _:
                return file


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Together:
    return Together(config, log)


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test may find the developer's key, or send anything through the developer's proxy."""
    for name in os.environ:
        if name.upper().startswith("HEYGEN_") or name.upper().endswith("_PROXY"):
            monkeypatch.delenv(name)


@pytest.fixture
def clock() -> RecordingClock:
    return RecordingClock()


@pytest.fixture
def wire() -> Iterator[Wire]:
    """No request leaves; each one is noted, and answered as prepared."""
    with Mocked() as mocked:
        yield Wire(mocked)


@pytest.fixture
async def heygen(wire: Wire, clock: RecordingClock) -> AsyncIterator[HeyGen]:
    async with client(clock) as made:
        yield made


@pytest.fixture
async def patient(wire: Wire) -> AsyncIterator[HeyGen]:
    """A client that waits for jobs: its time stands still while a call is out."""
    clock = SkippingClock()
    async with client(clock) as made:
        clock.watch(lambda: made.in_flight)
        yield made
