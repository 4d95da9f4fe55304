"""Slots: halved when HeyGen says that the account is full, and given back slowly."""

import asyncio
from contextlib import AsyncExitStack

import pytest

from heygen_async.errors import ConfigError
from heygen_async.orchestrator.slots import Slots


async def held(slots: Slots, count: int, stack: AsyncExitStack) -> None:
    """Tasks that hold a slot each, until the stack is closed."""
    end = asyncio.Event()

    async def hold() -> None:
        async with slots:
            await end.wait()

    tasks = [asyncio.create_task(hold()) for _ in range(count)]

    async def stop() -> None:
        end.set()
        await asyncio.gather(*tasks)

    stack.push_async_callback(stop)
    while slots.in_use < count:
        await asyncio.sleep(0)


async def test_refusals_that_come_together_halve_once() -> None:
    slots = Slots(16)
    async with AsyncExitStack() as stack:
        await held(slots, 16, stack)
        for moment in (0.0, 0.1, 4.9):
            slots.refused(at=moment, delay=5.0)
        assert slots.allowed == 8
        slots.refused(at=5.1, delay=5.0)
        assert slots.allowed == 4
    assert slots.in_use == 0


async def test_half_of_what_is_held_is_kept_and_one_at_least() -> None:
    slots = Slots(16)
    async with AsyncExitStack() as stack:
        await held(slots, 3, stack)
        slots.refused(at=0.0, delay=5.0)
        assert slots.allowed == 1
        slots.refused(at=100.0, delay=5.0)
        assert slots.allowed == 1


async def test_a_slot_comes_back_for_as_many_jobs_as_there_are_slots() -> None:
    slots = Slots(4)
    async with AsyncExitStack() as stack:
        await held(slots, 4, stack)
        slots.refused(at=0.0, delay=5.0)
    seen = []
    for _ in range(6):
        slots.accepted()
        seen.append(slots.allowed)
    assert seen == [2, 3, 3, 3, 4, 4]


async def test_who_waits_is_admitted_in_turn_and_who_is_cancelled_takes_nothing() -> None:
    slots = Slots(1)
    order: list[int] = []

    async def use(number: int) -> None:
        async with slots:
            order.append(number)
            await asyncio.sleep(0)

    async with slots:
        tasks = [asyncio.create_task(use(number)) for number in range(4)]
        await asyncio.sleep(0)
        tasks[1].cancel()
        await asyncio.sleep(0)
    tasks[0].cancel()  # in the same moment in which it is admitted
    await asyncio.gather(*tasks, return_exceptions=True)
    assert order == [2, 3]
    assert slots.in_use == 0


async def test_who_comes_behind_somebody_that_is_cancelled_is_not_forgotten() -> None:
    slots = Slots(1)
    async with slots:
        gone = asyncio.create_task(slots.__aenter__())
        await asyncio.sleep(0)
        gone.cancel()
        late = asyncio.create_task(slots.__aenter__())
        await asyncio.gather(gone, return_exceptions=True)
    await asyncio.wait_for(late, 5)
    assert slots.in_use == 1


async def test_jobs_that_begin_by_themselves_hold_back_others() -> None:
    slots = Slots(2)
    slots.occupy(3)
    waiting = asyncio.create_task(slots.__aenter__())
    slots.release()
    await asyncio.sleep(0)
    assert not waiting.done()
    slots.release()
    await waiting
    assert slots.in_use == 2


def test_no_slots_are_refused() -> None:
    with pytest.raises(ConfigError, match="slots"):
        Slots(0)
