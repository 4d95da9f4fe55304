"""Alarms: work that takes too long ends as if it had a timer of its own."""

import asyncio
from collections.abc import Awaitable
from contextlib import suppress
from typing import TypeVar

import pytest
from aiohttp import web

from heygen_async import Timeouts
from heygen_async.errors import ReadTimeoutError
from heygen_async.transport.alarms import Alarms
from tests.transport.kit import serving

SOON = 0.01
NEVER = 3600.0
T = TypeVar("T")


async def bound(alarms: Alarms, work: Awaitable[T]) -> T:
    with alarms.alarm():
        return await work


async def test_work_in_time_gives_its_result_and_leaves_nothing() -> None:
    alarms = Alarms(NEVER)

    async def work() -> str:
        await asyncio.sleep(0)
        return "done"

    assert await bound(alarms, work()) == "done"
    assert alarms._due == {}
    alarms.close()
    assert alarms._timer is None


async def test_work_that_takes_too_long_is_cancelled_and_timed_out() -> None:
    alarms = Alarms(SOON)
    ended: list[BaseException] = []

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        except BaseException as problem:
            ended.append(problem)
            raise

    with pytest.raises(TimeoutError):
        await bound(alarms, work())
    assert [type(problem) for problem in ended] == [asyncio.CancelledError]
    task = asyncio.current_task()
    assert task is not None
    assert task.cancelling() == 0, "the task goes on as if it had never been cancelled"
    await asyncio.sleep(0)


async def test_work_that_minds_no_alarm_leaves_its_task_as_it_was() -> None:
    alarms = Alarms(SOON)

    async def stubborn() -> str:
        with suppress(asyncio.CancelledError):
            await asyncio.Event().wait()
        return "late"

    assert await bound(alarms, stubborn()) == "late"
    task = asyncio.current_task()
    assert task is not None
    assert task.cancelling() == 0


async def test_one_timer_ends_many_and_is_set_anew_while_there_is_work() -> None:
    alarms = Alarms(SOON)

    async def one() -> None:
        await bound(alarms, asyncio.Event().wait())

    async def later() -> None:
        await asyncio.gather(one(), return_exceptions=True)
        await one()

    found = await asyncio.gather(*(one() for _ in range(5)), later(), return_exceptions=True)
    assert [type(problem) for problem in found] == [TimeoutError] * 6
    assert (alarms._due, alarms._timer) == ({}, None)


async def test_the_timer_of_work_that_is_over_rings_for_nobody() -> None:
    alarms = Alarms(SOON)
    await bound(alarms, asyncio.sleep(0))
    while alarms._timer is not None:
        await asyncio.sleep(SOON / 2)
    assert await bound(alarms, asyncio.sleep(0, "again")) == "again"
    alarms.close()


async def test_a_cancellation_from_outside_stays_one() -> None:
    alarms = Alarms(NEVER)
    task = asyncio.create_task(bound(alarms, asyncio.Event().wait()))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert alarms._due == {}
    alarms.close()


async def test_who_cancels_at_the_same_moment_gets_their_way() -> None:
    alarms = Alarms(NEVER)
    task = asyncio.create_task(bound(alarms, asyncio.Event().wait()))
    await asyncio.sleep(0)
    next(iter(alarms._due)).due = 0.0
    alarms._ring(asyncio.get_running_loop())
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_an_error_of_the_work_is_its_own() -> None:
    alarms = Alarms(NEVER)

    async def work() -> None:
        raise LookupError

    with pytest.raises(LookupError):
        await bound(alarms, work())
    assert alarms._due == {}
    alarms.close()


async def test_what_is_under_way_when_they_are_closed_stays_bounded() -> None:
    alarms = Alarms(SOON)
    task = asyncio.create_task(bound(alarms, asyncio.Event().wait()))
    await asyncio.sleep(0)
    alarms.close()
    async with asyncio.timeout(10):
        with pytest.raises(TimeoutError):
            await task
    assert alarms._timer is None


async def test_work_within_work_of_one_task_is_bounded_each_by_itself() -> None:
    alarms = Alarms(SOON)

    async def outer() -> None:
        await bound(alarms, asyncio.sleep(0))
        await asyncio.Event().wait()

    async with asyncio.timeout(5) as too_late:
        with pytest.raises(TimeoutError):
            await bound(alarms, outer())
    assert not too_late.expired()
    task = asyncio.current_task()
    assert task is not None
    assert task.cancelling() == 0


@pytest.mark.parametrize("sent", [b"", b"{"])
async def test_a_read_without_a_whole_answer_ends_in_its_time(sent: bytes) -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": "9"})
        if sent:
            await response.prepare(request)
            await response.write(sent)
        await asyncio.Event().wait()
        return response

    async with serving(answer, timeouts=Timeouts(read=0.05)) as heygen:
        with pytest.raises(ReadTimeoutError, match="no answer in time"):
            await heygen.users.get_current()
        assert heygen.in_flight == 0
