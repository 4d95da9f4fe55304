"""Deliveries make looks rare, forged ones do not, and looks are dense again when they stop."""

import asyncio
import math
import random
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, strategies as st

from heygen_async import Cadence, World
from heygen_async.api.job import JobKind
from heygen_async.jobs import StatusBoard
from heygen_async.jobs.hints import Hints
from heygen_async.models import StatusEntry
from heygen_async.testing import SkippingClock
from heygen_async.transport.events import Events
from tests.behaviour.waits import job_on, state

DELAY = 1.0


class House:
    """Twenty jobs at a time, one after the other, whose ends are told a second later."""

    def __init__(self, world: World, *, told: Callable[[], bool], signed: bool = True) -> None:
        self.clock = world.clock
        self.board = StatusBoard(world, Events(()))
        self.told, self.signed = told, signed
        self.ends: dict[str, float] = {}
        self.lags: list[float] = []
        self.polls = 0
        self.kind: JobKind[str] = JobKind(
            "video", read=self.read, state=state, bulk=self.read_many, expected=60.0, timeout=1e6
        )

    def word(self, job_id: str) -> str:
        return "completed" if self.clock.monotonic() >= self.ends[job_id] else "processing"

    async def read(self, job_id: str) -> str:
        word = self.word(job_id)
        self.polls += word != "completed"
        return word

    async def read_many(self, ids: Sequence[str]) -> list[StatusEntry]:
        self.polls += 1
        return [StatusEntry(video_id=each, status=self.word(each)) for each in ids]

    async def tell(self, job_id: str, seconds: float) -> None:
        await self.clock.sleep(seconds + DELAY)
        self.board.hint(job_id, signed=self.signed)

    async def run(self, count: int) -> float:
        """Requests per job."""
        chance, numbers, before = random.Random(4), iter(range(count)), self.polls

        async def slot() -> None:
            for _ in numbers:
                job_id = f"job{len(self.ends)}"
                seconds = chance.lognormvariate(math.log(180), 0.73)
                self.ends[job_id] = self.clock.monotonic() + seconds
                telling = asyncio.create_task(self.tell(job_id, seconds)) if self.told() else None
                await job_on(self.board, self.kind, job_id, fresh=True).wait()
                self.lags.append(self.clock.monotonic() - self.ends[job_id])
                if telling is not None:
                    await telling

        await asyncio.gather(*(slot() for _ in range(20)))
        return (self.polls - before) / count


async def test_where_ends_are_told_looks_are_rare(world: World) -> None:
    house = House(world, told=lambda: True)
    await house.run(60)
    assert await house.run(200) < 0.3, "first looks wait for the next one"
    assert max(house.lags[-150:]) == pytest.approx(DELAY)


async def test_what_nobody_tells_of_is_found_by_the_looks_that_remain(world: World) -> None:
    chance = random.Random(1)
    house = House(world, told=lambda: chance.random() > 0.05)
    await house.run(60)
    assert await house.run(300) < 1.0
    assert max(house.lags) < 75
    assert sum(house.lags) / len(house.lags) < 4


async def test_what_is_not_signed_makes_no_look_rarer(world: World) -> None:
    forged = await House(world, told=lambda: True, signed=False).run(200)
    plain = await House(world, told=lambda: False).run(200)
    assert forged > 0.8 * plain


async def test_looks_are_dense_again_when_nobody_tells_any_more(world: World) -> None:
    alive = True
    house = House(world, told=lambda: alive)
    await house.run(100)
    alive = False
    house.lags.clear()
    await house.run(200)
    assert max(house.lags) < 80
    assert sum(sorted(house.lags)[:-40]) / len(house.lags) < 3


async def test_one_read_confirms_a_delivery_and_nothing_else_is_asked(
    world: World, clock: SkippingClock
) -> None:
    house = House(world, told=lambda: False)
    house.ends["x"] = 5.0
    waiting = asyncio.create_task(job_on(house.board, house.kind, "x", fresh=True).wait())
    await clock.sleep(5.5)
    house.board.hint("x", signed=True)
    await waiting
    assert clock.monotonic() < 6
    assert (house.board.looks, house.polls) == (1, 0)


async def test_a_false_delivery_ends_nothing(world: World, clock: SkippingClock) -> None:
    house = House(world, told=lambda: False)
    house.ends["x"] = 100.0
    waiting = asyncio.create_task(job_on(house.board, house.kind, "x", fresh=True).wait())
    await clock.sleep(1)
    for _ in range(50):
        house.board.hint("x", signed=False)
    await clock.sleep(1)
    assert not waiting.done()
    assert house.board.looks <= 3, "however often it is said"
    assert await waiting == "completed"


@pytest.mark.parametrize("signed", [True, False])
async def test_news_that_are_faster_than_the_id_are_kept(
    world: World, clock: SkippingClock, *, signed: bool
) -> None:
    house = House(world, told=lambda: False)
    house.ends["x"] = 0.0
    house.board.hint("x", signed=signed)
    await job_on(house.board, house.kind, "x", fresh=True).wait()
    assert clock.monotonic() < 1


async def test_a_flood_of_unsigned_news_displaces_no_signed_one(
    world: World, clock: SkippingClock
) -> None:
    house = House(world, told=lambda: False)
    house.ends["x"] = 0.0
    house.board.hint("x", signed=True)
    for number in range(20_000):
        house.board.hint(f"forged{number}", signed=False)
    await job_on(house.board, house.kind, "x", fresh=True).wait()
    assert clock.monotonic() < 1
    assert sum(map(len, house.board._early.values())) <= 20_000


def test_a_delivery_that_comes_just_after_the_look_has_told() -> None:
    hints = Hints()
    for number in range(20):
        hints.ended(str(number), told=False, now=100.0)
        assert hints.came(str(number), 101.0)
    assert hints.untold(1000.0) < 0.05
    hints.ended("late", told=False, now=1000.0)
    assert not hints.came("late", 1060.0), "to have waited for it would have been too long"
    assert not hints.came("never seen", 1060.0)


def test_two_ends_in_a_row_without_delivery_are_enough() -> None:
    hints = Hints()
    for number in range(50):
        hints.ended(str(number), told=True, now=0.0)
    hints.ended("a", told=False, now=10.0)
    assert hints.untold(11.0) < 0.02, "it may be on its way"
    assert hints.untold(60.0) < 0.05, "one is lost at times"
    hints.ended("b", told=False, now=20.0)
    assert hints.untold(60.0) == 1.0
    hints.ended("c", told=True, now=60.0)
    assert hints.untold(60.0) < 0.1


@given(st.lists(st.tuples(st.booleans(), st.floats(0, 30)), max_size=120))
def test_the_share_that_is_not_told_is_a_share(ends: list[tuple[bool, float]]) -> None:
    hints, now = Hints(), 0.0
    assert hints.untold(now) == 1.0
    for number, (told, pause) in enumerate(ends):
        now += pause
        hints.ended(str(number), told=told, now=now)
        assert 0 < hints.untold(now) <= 1


@given(st.floats(0.001, 1), st.integers(1, 500))
def test_no_look_is_rarer_than_is_safe(untold: float, looks: int) -> None:
    cadence = Cadence(jitter=0.0)
    pause = cadence.pause(untold=untold, looks=looks)
    assert 3.0 / looks <= pause <= 70.0 / looks + 1e-9
