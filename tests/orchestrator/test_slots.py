"""Slots: halved when HeyGen says that the account is full, and given back slowly."""

import asyncio
from contextlib import AsyncExitStack

import pytest

from heygen_async.errors import ConfigError
from heygen_async.events import CallFinished, RetryScheduled
from heygen_async.orchestrator.slots import Slots


def refused(at: float, *, delay: float = 5.0, concurrency: bool = True) -> RetryScheduled:
    return RetryScheduled(
        at=at, call="videos.create", attempt=1, delay=delay, reason="x", concurrency=concurrency
    )


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
            slots.observe(refused(moment))
        assert slots.allowed == 8
        slots.observe(refused(5.1))
        assert slots.allowed == 4
    assert slots.in_use == 0


async def test_half_of_what_is_held_is_kept_and_one_at_least() -> None:
    slots = Slots(16)
    async with AsyncExitStack() as stack:
        await held(slots, 3, stack)
        slots.observe(refused(0.0))
        assert slots.allowed == 1
        slots.observe(refused(100.0))
        assert slots.allowed == 1


async def test_a_slot_comes_back_for_as_many_jobs_as_there_are_slots() -> None:
    slots = Slots(4)
    async with AsyncExitStack() as stack:
        await held(slots, 4, stack)
        slots.observe(refused(0.0))
    seen = []
    for _ in range(6):
        slots.accepted()
        seen.append(slots.allowed)
    assert seen == [2, 3, 3, 3, 4, 4]


async def test_other_events_change_nothing() -> None:
    slots = Slots(4)
    slots.observe(refused(0.0, concurrency=False))
    slots.observe(CallFinished(at=0.0, call="x", attempts=1, seconds=1.0))
    assert slots.allowed == 4


def test_no_slots_are_refused() -> None:
    with pytest.raises(ConfigError, match="slots"):
        Slots(0)
