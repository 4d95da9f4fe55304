"""Turns: bounded, in order, and lost by nobody's cancellation."""

import asyncio

import pytest

from heygen_async.transport.turns import Turns


class Visits:
    """Takes turns, and notes who has one."""

    def __init__(self, count: int) -> None:
        self.turns = Turns(count)
        self.inside: list[int] = []
        self.leave = asyncio.Event()

    async def visit(self, number: int) -> None:
        async with self.turns:
            self.inside.append(number)
            await self.leave.wait()

    async def start(self, number: int) -> asyncio.Task[None]:
        task = asyncio.create_task(self.visit(number))
        await asyncio.sleep(0)
        return task

    async def come(self, *numbers: int) -> list[asyncio.Task[None]]:
        return [await self.start(number) for number in numbers]


async def test_there_are_no_more_at_a_time_and_they_come_in_order() -> None:
    visits = Visits(2)
    tasks = await visits.come(1, 2, 3, 4, 5)
    assert visits.inside == [1, 2]
    visits.leave.set()
    await asyncio.gather(*tasks)
    assert visits.inside == [1, 2, 3, 4, 5]
    assert (visits.turns._left, len(visits.turns._waiting)) == (2, 0)


async def test_nobody_comes_in_before_who_waits() -> None:
    turns = Turns(1)
    order: list[str] = []

    async def take(name: str) -> None:
        async with turns:
            order.append(name)

    async with turns:
        waiting = asyncio.create_task(take("first"))
        await asyncio.sleep(0)
    await take("second")  # the turn is free again, and is another's already
    await waiting
    assert order == ["first", "second"]


async def test_who_gives_up_waiting_is_passed_over() -> None:
    visits = Visits(1)
    one, two, three = await visits.come(1, 2, 3)
    two.cancel()
    await asyncio.gather(two, return_exceptions=True)
    visits.leave.set()
    await asyncio.gather(one, three)
    assert visits.inside == [1, 3]
    assert visits.turns._left == 1


async def test_a_turn_given_to_who_is_cancelled_at_that_moment_goes_on() -> None:
    visits = Visits(1)
    visits.leave.set()
    async with visits.turns:
        one, two = await visits.come(1, 2)
    one.cancel()  # it has been given the turn, and does not know it yet
    await asyncio.gather(one, two, return_exceptions=True)
    assert one.cancelled()
    assert visits.inside == [2]
    assert visits.turns._left == 1


async def test_a_failure_gives_the_turn_back() -> None:
    turns = Turns(1)
    for _ in range(3):
        with pytest.raises(LookupError):
            async with turns:
                raise LookupError
    assert turns._left == 1
