"""All uploads together, and all downloads together, stay below a rate: over skipped time."""

import asyncio
from collections.abc import AsyncIterator
from itertools import pairwise
from pathlib import Path

import pytest

from heygen_async import HeyGen, Timeouts, World
from heygen_async.events import Event, RetryScheduled
from heygen_async.sandbox import Sandbox
from heygen_async.testing import SkippingClock
from heygen_async.transport.bandwidth import Bandwidth
from tests.behaviour.hosts import DATA, FILE, SLOW, media_host

RATE = 100_000.0


@pytest.fixture
async def slow(sandbox: Sandbox, clock: SkippingClock, world: World) -> AsyncIterator[HeyGen]:
    async with HeyGen(api_key="k", base_url=sandbox.url, world=world, max_bandwidth=RATE) as heygen:
        clock.watch(lambda: heygen.in_flight)
        yield heygen


async def test_turns_are_given_in_order_and_not_saved_up(clock: SkippingClock) -> None:
    line = Bandwidth(10.0)
    times: list[float] = []

    async def move(count: int) -> None:
        await line.take(count, clock)
        times.append(clock.monotonic())

    await asyncio.gather(move(10), move(20), move(10))
    assert times == pytest.approx([0.0, 1.0, 3.0])
    await clock.sleep(100)
    await asyncio.gather(move(10), move(10))
    assert times[3:] == pytest.approx([103.0, 104.0])


async def test_who_gives_up_holds_up_nobody_for_longer(clock: SkippingClock) -> None:
    line = Bandwidth(10.0)
    await line.take(10, clock)
    waiting = asyncio.create_task(line.take(10, clock))
    await asyncio.sleep(0)
    waiting.cancel()
    await line.take(1, clock)
    assert clock.monotonic() == pytest.approx(1.0)


async def test_a_turn_is_a_share_so_that_nobody_is_silent_for_long(clock: SkippingClock) -> None:
    line = Bandwidth(100_000.0)
    turns: dict[int, list[float]] = {number: [] for number in range(10)}

    async def move(number: int) -> None:
        left = 200_000
        while left:
            left -= await line.take(left, clock)
            turns[number].append(clock.monotonic())

    await asyncio.gather(*map(move, turns))
    gaps = [later - first for at in turns.values() for first, later in pairwise(at)]
    assert max(gaps) < 3
    assert clock.monotonic() == pytest.approx(20.0, abs=2)


async def test_a_slow_download_is_not_taken_for_a_stalled_one(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    async with (
        HeyGen(
            api_key="k",
            base_url=sandbox.url,
            max_bandwidth=len(DATA) / 2,
            timeouts=Timeouts(stall=0.4),
        ) as heygen,
        media_host() as (host, _),
    ):
        seen: list[Event] = []
        heygen.observe(seen.append)

        async def link() -> str:
            return host + SLOW

        await heygen._tools.downloads.fetch(link, tmp_path / "a", identity="a")
    assert (tmp_path / "a").read_bytes() == DATA
    assert not [event for event in seen if isinstance(event, RetryScheduled)]


async def test_without_a_rate_nobody_waits(clock: SkippingClock) -> None:
    line = Bandwidth(None)
    for _ in range(3):
        await line.take(10**12, clock)
    assert clock.monotonic() == 0.0


async def test_uploads_share_the_rate(slow: HeyGen, clock: SkippingClock, photo: Path) -> None:
    size, before = photo.stat().st_size, clock.monotonic()
    await asyncio.gather(*(slow.assets.upload(photo) for _ in range(4)))
    took = clock.monotonic() - before
    # The last piece goes out when its turn begins, and every upload has a few of them.
    assert 3 * size / RATE <= took <= 4 * size / RATE + 1.0


async def test_downloads_share_the_rate(slow: HeyGen, clock: SkippingClock, tmp_path: Path) -> None:
    async with media_host() as (host, _):

        async def link() -> str:
            return host + FILE

        before = clock.monotonic()
        for name in ("a", "b"):
            target = tmp_path / name
            await slow._tools.downloads.fetch(link, target, identity=name)
            assert target.read_bytes() == DATA
    took = clock.monotonic() - before
    assert 1.5 * len(DATA) / RATE <= took <= 2 * len(DATA) / RATE
