"""The engine: bounded, lazy, safe to cancel at every moment, and nothing is left behind."""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import aclosing
from typing import Any

import anyio
import pytest

from heygen_async.errors import (
    ConfigError,
    InsufficientCreditError,
    StoppedError,
    UnauthorizedError,
)
from heygen_async.orchestrator import Result, Stage
from heygen_async.orchestrator.pipeline import AHEAD, Pipeline
from heygen_async.transport.clock import SystemClock

Results = list[Result[Any, Any]]


def line(source: Any, chain: Any, **options: Any) -> Pipeline[Any, Any]:
    return Pipeline(source, chain, clock=SystemClock(), **options)


async def read(pipeline: Pipeline[Any, Any]) -> Results:
    return [result async for result in pipeline.results()]


async def double(number: int) -> int:
    await asyncio.sleep(0)
    return 2 * number


async def fussy(number: int) -> int:
    await asyncio.sleep(0)
    if number == 3:
        raise LookupError("three")
    return number


@pytest.fixture(autouse=True)
async def _no_task_is_left() -> AsyncIterator[None]:
    yield
    await asyncio.sleep(0)
    assert [task for task in asyncio.all_tasks() if "orchestrator/pipeline" in repr(task)] == []


async def test_items_go_through_all_stages_and_come_out_with_what_became_of_them() -> None:
    chain = Stage("double", double, at_once=2) | Stage("text", as_text)
    found = await read(line(range(5), chain))
    assert sorted(result.value for result in found) == ["0", "2", "4", "6", "8"]
    assert all(result.ok and result.value == str(2 * result.item) for result in found)
    assert all(result.reached == result.value for result in found)
    assert all(set(result.spans) == {"double", "text"} for result in found)


async def as_text(number: int) -> str:
    return str(number)


async def test_an_item_that_fails_sinks_no_other_and_says_where_it_was() -> None:
    chain = Stage("double", double) | Stage("broken", broken) | Stage("text", as_text)
    found = {result.item: result for result in await read(line(range(4), chain))}
    assert [found[item].ok for item in range(4)] == [True, True, False, True]
    bad = found[2]
    assert isinstance(bad.error, ZeroDivisionError)
    assert (bad.stage, bad.reached, bad.value) == ("broken", 4, None)
    assert set(bad.spans) == {"double", "broken"}


async def broken(number: int) -> int:
    return number if number != 4 else number // 0


async def test_a_memory_stream_is_a_source_and_is_read_to_its_end() -> None:
    send, receive = anyio.create_memory_object_stream[int](0)

    async def produce() -> None:
        async with send:
            for number in range(20):
                await send.send(number)

    producer = asyncio.create_task(produce())
    async with receive:
        found = await read(line(receive, Stage("double", double, at_once=3)))
    await producer
    assert sorted(result.value for result in found) == list(range(0, 40, 2))


async def test_what_only_iterates_asynchronously_is_a_source() -> None:
    class Queue:
        """As many queues are iterated: no generator, nothing to close."""

        def __init__(self) -> None:
            self.left = 5

        def __aiter__(self) -> "Queue":
            return self

        async def __anext__(self) -> int:
            await asyncio.sleep(0)
            self.left -= 1
            if self.left < 0:
                raise StopAsyncIteration
            return self.left

    found = await read(line(Queue(), Stage("double", double, at_once=4)))
    assert sorted(result.item for result in found) == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("ordered", [False, True])
async def test_a_slow_reader_holds_back_the_source(*, ordered: bool) -> None:
    taken = 0

    def endless() -> Iterator[int]:
        nonlocal taken
        while True:
            taken += 1
            yield taken

    chain = Stage("a", double, at_once=2) | Stage("b", double, at_once=3)
    pipeline = line(endless(), chain, ordered=ordered)
    async with aclosing(pipeline.results()) as results:
        for _ in range(3):
            await anext(results)
        for _ in range(1000):
            await asyncio.sleep(0)
        # Five workers with one each, three results that lie ready, three that were read; in order
        # there may be more, but no more than that.
        assert taken <= (3 + AHEAD * 5 if ordered else 11)


async def test_every_stage_keeps_its_bound_and_uses_it() -> None:
    now: Counter[str] = Counter()
    most: Counter[str] = Counter()

    def stage(name: str, at_once: int, rounds: int) -> Stage[int, int]:
        async def work(number: int) -> int:
            now[name] += 1
            most[name] = max(most[name], now[name])
            for _ in range(rounds):
                await asyncio.sleep(0)
            now[name] -= 1
            return number

        return Stage(name, work, at_once=at_once)

    chain = stage("a", 3, 1) | stage("b", 7, 20) | stage("c", 2, 3)
    found = await read(line(range(100), chain))
    assert len(found) == 100
    assert most == {"a": 3, "b": 7, "c": 2}


async def test_in_order_results_wait_for_those_before_them_within_a_bound() -> None:
    first = asyncio.Event()
    taken = 0

    def numbers() -> Iterator[int]:
        nonlocal taken
        for number in range(1000):
            taken = number
            yield number

    async def work(number: int) -> int:
        if number == 0:
            await first.wait()
        return number

    pipeline = line(numbers(), Stage("a", work, at_once=2), ordered=True)
    reader = asyncio.create_task(read(pipeline))
    for _ in range(2000):
        await asyncio.sleep(0)
    assert not reader.done()
    assert taken == AHEAD * 2 - 1, "the window is used, and memory stays flat"
    first.set()
    found = await reader
    assert [result.index for result in found] == list(range(1000))


async def test_results_come_as_they_finish_when_they_need_no_order() -> None:
    first = asyncio.Event()

    async def work(number: int) -> int:
        if number == 0:
            await first.wait()
        return number

    async with aclosing(line(range(3), Stage("a", work, at_once=2)).results()) as results:
        assert (await anext(results)).index == 1
        first.set()
        assert {(await anext(results)).index for _ in range(2)} == {0, 2}


async def test_fail_fast_breaks_off_what_is_under_way_and_tells_of_all_of_it() -> None:
    ended: list[int] = []

    async def work(number: int) -> int:
        if number == 3:
            await asyncio.sleep(0)
            raise LookupError("three")
        try:
            await asyncio.Event().wait()
        finally:
            ended.append(number)
        return number

    found: Results = []
    pipeline = line(range(100), Stage("a", work, at_once=5), fail_fast=True)
    with pytest.raises(LookupError, match="three"):
        async for result in pipeline.results():
            found.append(result)
    assert sorted(result.index for result in found) == [0, 1, 2, 3, 4]
    assert sorted(ended) == [0, 1, 2, 4]
    errors = [type(result.error) for result in sorted(found, key=lambda each: each.index)]
    assert errors == [StoppedError] * 3 + [LookupError] + [StoppedError]


async def test_fail_fast_raises_nothing_when_there_is_nothing_more() -> None:
    found = await read(line(range(4), Stage("a", fussy, at_once=9), fail_fast=True))
    assert len(found) == 4
    assert sum(isinstance(result.error, LookupError) for result in found) == 1


@pytest.mark.parametrize("kind", [InsufficientCreditError, UnauthorizedError])
async def test_what_every_item_would_meet_stops_the_taking_and_nothing_else(kind: Any) -> None:
    async def work(number: int) -> int:
        await asyncio.sleep(0)
        if number == 3:
            raise kind("no", status=402, code="no")
        for _ in range(9):
            await asyncio.sleep(0)
        return number

    found: Results = []
    with pytest.raises(kind):
        async for result in line(range(1000), Stage("a", work, at_once=5)).results():
            found.append(result)
    assert sorted(result.index for result in found) == list(range(len(found)))
    assert len(found) < 20
    assert [result.index for result in found if not result.ok] == [3]


async def test_draining_finishes_what_is_under_way_and_ends_the_loop() -> None:
    found: Results = []
    pipeline = line(range(1000), Stage("a", double, at_once=3) | Stage("b", double, at_once=2))
    async for result in pipeline.results():
        if not found:
            pipeline.drain()
        found.append(result)
    assert sorted(result.index for result in found) == list(range(len(found)))
    assert all(result.ok for result in found)
    assert len(found) < 12


async def test_draining_does_not_wait_for_a_source_that_has_nothing_now() -> None:
    closed: list[str] = []

    async def never() -> AsyncGenerator[int]:
        try:
            yield 0
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            closed.append("source")

    pipeline = line(never(), Stage("a", double, at_once=3))
    async with aclosing(pipeline.results()) as results:
        assert (await anext(results)).ok
        asyncio.get_running_loop().call_soon(pipeline.drain)
        with pytest.raises(StopAsyncIteration):
            await anext(results)
    assert closed == ["source"]


async def test_draining_loses_nothing_of_a_queue() -> None:
    queue: asyncio.Queue[int] = asyncio.Queue()

    class Drawn:
        def __aiter__(self) -> "Drawn":
            return self

        async def __anext__(self) -> int:
            return await queue.get()

    pipeline = line(Drawn(), Stage("a", double, at_once=2))
    reader = asyncio.create_task(read(pipeline))
    await asyncio.sleep(0.001)
    queue.put_nowait(1)
    pipeline.drain()  # in the moment in which the item is there
    found = await asyncio.wait_for(reader, 5)
    assert len(found) + queue.qsize() == 1


async def test_stopping_tells_of_everything_that_was_under_way() -> None:
    async def work(number: int) -> int:
        await asyncio.Event().wait()
        return number

    pipeline = line(range(100), Stage("a", double, at_once=2) | Stage("b", work, at_once=3))
    reader = asyncio.create_task(read(pipeline))
    for _ in range(50):
        await asyncio.sleep(0)
    pipeline.stop()
    pipeline.stop()
    found = await asyncio.wait_for(reader, 5)
    assert sorted(result.index for result in found) == [0, 1, 2, 3, 4]
    assert all(isinstance(result.error, StoppedError) for result in found)
    assert {result.stage for result in found} == {"b"}


async def test_a_stage_that_cancels_itself_fails_its_item_and_no_worker_dies() -> None:
    async def work(number: int) -> int:
        if number % 2:
            raise asyncio.CancelledError
        return number

    found = await asyncio.wait_for(read(line(range(20), Stage("a", work, at_once=2))), 5)
    assert sum(isinstance(result.error, RuntimeError) for result in found) == 10


async def test_whoever_is_cancelled_leaves_no_task_and_a_closed_source() -> None:
    for moment in range(60):
        closed: list[str] = []

        async def source(closed: list[str] = closed) -> AsyncGenerator[int]:
            try:
                for number in range(50):
                    await asyncio.sleep(0)
                    yield number
            finally:
                closed.append("source")

        async def work(moment: int = moment, source: Any = source) -> None:
            chain = Stage("a", double, at_once=2) | Stage("b", double, at_once=2)
            async with aclosing(line(source(), chain, ordered=moment % 2).results()) as results:
                async for _ in results:
                    await asyncio.sleep(0)

        before = asyncio.all_tasks()
        task = asyncio.create_task(work())
        for _ in range(moment):
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert asyncio.all_tasks() == before
        assert closed in ([], ["source"])


async def test_a_scope_of_anyio_that_is_cancelled_waits_for_all_of_it() -> None:
    ended: list[int] = []

    async def work(number: int) -> int:
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            ended.append(number)
        return number

    with anyio.CancelScope() as scope:
        async with aclosing(line(range(9), Stage("a", work, at_once=3)).results()) as results:
            asyncio.get_running_loop().call_later(0, scope.cancel)
            await anext(results)
    assert scope.cancelled_caught
    assert sorted(ended) == [0, 1, 2]


async def test_a_source_that_breaks_is_raised_after_the_results_before_it() -> None:
    def source() -> Iterator[int]:
        yield 1
        yield 2
        raise LookupError("line 3")

    found: Results = []
    with pytest.raises(LookupError, match="line 3"):
        async for result in line(source(), Stage("a", double)).results():
            found.append(result)
    assert [result.value for result in found] == [2, 4]


async def test_an_iterable_that_cannot_be_iterated_is_raised() -> None:
    with pytest.raises(TypeError):
        await read(line(5, Stage("a", double)))


def test_stages_that_cannot_be_are_refused() -> None:
    with pytest.raises(ConfigError, match="at_once"):
        Stage("a", double, at_once=0)
    with pytest.raises(ConfigError, match="same name: a"):
        Stage("a", double) | Stage("b", double) | Stage("a", double)


def test_a_chain_shows_itself() -> None:
    assert repr(Stage("a", double, at_once=2) | Stage("b", as_text)) == "a x 2 | b x 1"
