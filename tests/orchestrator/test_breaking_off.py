"""Stopping and leaving, with stages that do not make it easy."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

import pytest

from heygen_async.errors import StoppedError
from heygen_async.orchestrator import Result, Stage
from heygen_async.orchestrator.pipeline import Pipeline
from heygen_async.transport.clock import SystemClock

Results = list[Result[Any, Any]]


def line(chain: Any, source: Any = range(50), *, ordered: bool = False) -> Pipeline[Any, Any]:
    return Pipeline(source, chain, clock=SystemClock(), ordered=ordered)


async def rounds(count: int = 300) -> None:
    for _ in range(count):
        await asyncio.sleep(0)


async def careless(number: int) -> int:
    """As people write it: whatever happens, go on."""
    with suppress(BaseException):
        await asyncio.Event().wait()
    return number


@pytest.mark.parametrize("ordered", [False, True])
async def test_a_stage_that_will_not_be_broken_off_is_the_last_one(*, ordered: bool) -> None:
    paid: list[int] = []

    async def pay(number: int) -> None:
        paid.append(number)

    async def read() -> Results:
        return [result async for result in pipeline.results()]

    pipeline = line(Stage("write", careless, at_once=3) | Stage("pay", pay), ordered=ordered)
    reading = asyncio.create_task(read())
    await rounds()
    pipeline.stop()
    found = await reading
    assert paid == []
    assert sorted(result.item for result in found) == [0, 1, 2, 3]
    assert {type(result.error) for result in found} == {StoppedError}
    assert {result.reached for result in found} == {0, 1, 2, 3}


@pytest.mark.parametrize("ordered", [False, True])
async def test_leaving_ends_also_when_a_stage_will_not_be_broken_off(*, ordered: bool) -> None:
    begun: list[int] = []

    async def write(number: int) -> int:
        begun.append(number)
        return number if number == 0 else await careless(number)

    async def leave() -> None:
        async for _ in pipeline.results():
            await asyncio.Event().wait()

    pipeline = line(Stage("write", write, at_once=20), ordered=ordered)
    reading = asyncio.create_task(leave())
    await rounds()
    before = len(begun)
    reading.cancel()
    await rounds()
    ended = reading.done()
    for _ in range(100):  # or a failure would never end
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
        await asyncio.sleep(0)
    assert ended
    assert len(begun) == before


@pytest.mark.parametrize("fails", [False, True])
@pytest.mark.parametrize("ordered", [False, True])
async def test_a_stage_that_stops_the_flow_loses_no_result(*, ordered: bool, fails: bool) -> None:
    finished: list[int] = []

    async def publish(number: int) -> int:
        finished.append(number)
        if number == 5:
            pipeline.stop()
            if fails:
                raise LookupError(number)
        return number

    async def read() -> Results:
        found: Results = []
        async for result in pipeline.results():
            found.append(result)
            await rounds(20)
        return found

    pipeline = line(Stage("make", pause, at_once=4) | Stage("publish", publish), ordered=ordered)
    told = {result.item for result in await read()}
    assert told >= set(finished)


async def pause(number: int) -> int:
    await asyncio.sleep(0)
    return number


async def test_a_stage_that_stops_the_flow_and_goes_on_is_broken_off() -> None:
    async def stop(_: int) -> None:
        pipeline.stop()
        await asyncio.Event().wait()

    pipeline = line(Stage("stop", stop))
    (result,) = [result async for result in pipeline.results()]
    assert isinstance(result.error, StoppedError)


@pytest.mark.parametrize("ordered", [False, True])
async def test_a_source_that_waits_for_what_was_cancelled_is_not_taken_for_one_that_is_read(
    *, ordered: bool
) -> None:
    async def source() -> AsyncIterator[int]:
        yield 0
        lost = asyncio.get_running_loop().create_future()
        lost.cancel()
        yield await lost

    found: Results = []
    pipeline = line(Stage("pause", pause, at_once=2), source(), ordered=ordered)
    with pytest.raises(RuntimeError, match="source cancelled itself") as caught:
        async for result in pipeline.results():
            found.append(result)
    assert [result.value for result in found] == [0]
    assert isinstance(caught.value.__cause__, asyncio.CancelledError)
