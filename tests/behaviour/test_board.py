"""The board: whoever waits has a look in turn, in time, and leaves nothing behind."""

import asyncio
import threading
from collections.abc import Sequence

import pytest

from heygen_async import Cadence, World
from heygen_async.api.job import JobKind
from heygen_async.errors import ClientLoopError, JobTimeoutError
from heygen_async.jobs import StatusBoard
from heygen_async.models import StatusEntry
from heygen_async.testing import SkippingClock
from heygen_async.transport.events import Events
from tests.behaviour.waits import done, job_on, kind, running, state, stuck, wait


async def test_a_wait_without_time_is_one_look(board: StatusBoard, clock: SkippingClock) -> None:
    assert await wait(board, kind(done), "a", 0) == "completed"
    with pytest.raises(JobTimeoutError) as caught:
        await wait(board, kind(running), "b", 0)
    assert caught.value.status == "processing"
    assert clock.monotonic() < 5
    assert board.looks == 2
    with pytest.raises(JobTimeoutError):
        await wait(board, kind(stuck), "c", 0)


async def test_waiting_in_another_loop_is_refused(board: StatusBoard) -> None:
    task = asyncio.create_task(wait(board, kind(running), "a", 600))
    await asyncio.sleep(0)
    problems: list[Exception] = []

    def elsewhere() -> None:
        try:
            asyncio.run(wait(board, kind(done), "a", 600))
        except ClientLoopError as problem:
            problems.append(problem)

    thread = threading.Thread(target=elsewhere)
    thread.start()
    await asyncio.to_thread(thread.join)
    assert len(problems) == 1
    await board.close()
    await asyncio.gather(task, return_exceptions=True)


class Tally:
    """A kind of job, read alone, whose ids end when they should, and when each was read."""

    def __init__(self, world: World, *, lasts: float = 0.0, name: str = "lipsync") -> None:
        self.clock = world.clock
        self.ends: dict[str, float] = {}
        self.reads: list[str] = []
        self._lasts = lasts
        self.kind: JobKind[str] = JobKind(
            name, read=self.read, state=state, expected=60.0, timeout=1e6
        )

    async def read(self, job_id: str) -> str:
        self.reads.append(job_id)
        if self._lasts:
            await self.clock.sleep(self._lasts)
        return "completed" if self.clock.monotonic() >= self.ends.get(job_id, 1e9) else "going"


async def test_a_forger_keeps_no_result_from_anybody(world: World, clock: SkippingClock) -> None:
    board, tally = StatusBoard(world, Events(()), Cadence(budget=5)), Tally(world)
    tally.ends = {str(number): 100.0 for number in range(19)}
    waits = [asyncio.create_task(wait(board, tally.kind, name, 1e5)) for name in tally.ends]
    waits.append(asyncio.create_task(wait(board, tally.kind, "long", 1e5)))
    for _ in range(4000):
        board.hint("long", signed=False)
        await clock.sleep(0.05)
    assert [each.done() for each in waits] == [True] * 19 + [False]
    assert tally.reads.count("long") < 200 / 3 + 40, "one per shortest pause, beside its looks"
    await board.close()
    await asyncio.gather(*waits, return_exceptions=True)


async def test_deliveries_are_followed_in_the_order_in_which_they_came(
    world: World, clock: SkippingClock
) -> None:
    board, tally = StatusBoard(world, Events(()), Cadence(budget=1)), Tally(world)
    waits = [asyncio.create_task(wait(board, tally.kind, str(n), 1e5)) for n in range(200)]
    await clock.sleep(2)
    told = [str(number) for number in range(100, 110)]
    for name in told:
        tally.ends[name] = 0.0
        board.hint(name, signed=True)
    await clock.sleep(12)
    assert [name for name in tally.reads if name in told] == told
    await board.close()
    await asyncio.gather(*waits, return_exceptions=True)


@pytest.mark.parametrize(("timeout", "lasts"), [(30.0, 0.0), (0.0, 0.3)])
async def test_nobody_of_many_gives_up_without_a_look(
    board: StatusBoard, world: World, timeout: float, lasts: float
) -> None:
    tally = Tally(world, lasts=lasts)
    tally.ends = {str(number): 0.0 for number in range(1000)}
    results = await asyncio.gather(*(wait(board, tally.kind, n, timeout) for n in tally.ends))
    assert results == ["completed"] * 1000
    assert board.looks == 1000


async def test_a_short_wait_is_looked_at_in_time_behind_a_long_line(
    world: World, clock: SkippingClock
) -> None:
    board = StatusBoard(world, Events(()), Cadence(budget=5))
    tallies = [Tally(world, name=f"kind{number}") for number in range(6)]
    waits = [
        asyncio.create_task(wait(board, tally.kind, str(number), 1e5))
        for tally in tallies
        for number in range(100)
    ]
    await clock.sleep(300)
    read = sum(len(tally.reads) for tally in tallies)
    assert read <= 5 * 300 + 5
    for tally in tallies:
        tally.ends["new"] = 0.0
        assert await wait(board, tally.kind, "new", 60) == "completed"
    await board.close()
    await asyncio.gather(*waits, return_exceptions=True)


async def test_many_that_are_looked_at_alone_delay_no_bulk_looks(
    world: World, clock: SkippingClock
) -> None:
    board, tally = StatusBoard(world, Events(()), Cadence(budget=5)), Tally(world)

    async def bulk(ids: Sequence[str]) -> list[StatusEntry]:
        ended = (clock.monotonic() >= tally.ends[each] for each in ids)
        return [
            StatusEntry(video_id=each, status="completed" if has_ended else "processing")
            for each, has_ended in zip(ids, ended, strict=True)
        ]

    waits = [asyncio.create_task(wait(board, tally.kind, str(n), 1e5)) for n in range(600)]
    videos, lags = kind(tally.read, bulk), list[float]()

    async def video(name: str, seconds: float) -> None:
        tally.ends[name] = end = clock.monotonic() + seconds
        await job_on(board, videos, name, fresh=True).wait()
        lags.append(clock.monotonic() - end)

    await asyncio.gather(*(video(f"video{n}", 20.0 + 3 * n) for n in range(30)))
    assert sum(lags) / len(lags) < 8, "though a round of the others takes two minutes"
    assert len(tally.reads) <= 5 * clock.monotonic() + 5
    await board.close()
    await asyncio.gather(*waits, return_exceptions=True)


async def test_a_wait_without_time_for_a_job_in_the_line_is_one_look(
    world: World, clock: SkippingClock
) -> None:
    board, tally = StatusBoard(world, Events(()), Cadence(budget=1)), Tally(world)
    waits = [asyncio.create_task(wait(board, tally.kind, str(n), 1e5)) for n in range(200)]
    await clock.sleep(2)
    tally.ends["150"] = 0.0
    began = clock.monotonic()
    assert await wait(board, tally.kind, "150", 0) == "completed"
    assert clock.monotonic() - began < 1
    await board.close()
    await asyncio.gather(*waits, return_exceptions=True)


async def test_a_wait_without_time_does_not_rest_where_deliveries_are_counted_on(
    world: World, clock: SkippingClock
) -> None:
    tally = Tally(world)

    async def bulk(ids: Sequence[str]) -> list[StatusEntry]:
        return [StatusEntry(video_id=each, status="processing") for each in ids]

    board, videos = StatusBoard(world, Events(())), kind(tally.read, bulk)
    for number in range(30):
        waiting = job_on(board, videos, str(number), fresh=True).wait()
        task = asyncio.create_task(waiting)
        await clock.sleep(5)
        tally.ends[str(number)] = 0.0
        board.hint(str(number), signed=True)
        await task
    long = asyncio.create_task(job_on(board, videos, "x", fresh=True).wait())
    await clock.sleep(60)
    tally.ends["x"] = began = clock.monotonic()
    assert await wait(board, videos, "x", 0) == "completed"
    assert clock.monotonic() - began < 1
    assert await long == "completed"


async def test_there_is_a_look_just_before_somebody_gives_up(
    world: World,
) -> None:
    board, tally = StatusBoard(world, Events(()), Cadence(shortest=40, longest=40)), Tally(world)
    tally.ends["x"] = 50.0
    assert await wait(board, tally.kind, "x", 59) == "completed"


async def test_a_process_that_stood_still_looks_before_it_gives_up(
    board: StatusBoard, world: World, clock: SkippingClock
) -> None:
    tally = Tally(world)
    tally.ends["x"] = 700.0
    waiting = asyncio.create_task(wait(board, tally.kind, "x", 1000))
    await clock.sleep(100)
    clock.advance(3600)
    assert await waiting == "completed"


async def test_a_job_in_the_line_has_no_turns_until_it_is_time(
    world: World, clock: SkippingClock
) -> None:
    board, tally = StatusBoard(world, Events(()), Cadence(budget=0.1)), Tally(world)
    waits = [asyncio.create_task(wait(board, tally.kind, str(n), 1000)) for n in range(50)]
    await clock.sleep(1)
    (group,) = board._table.groups()
    assert sum(entry.at == 999.0 for entry in group) == 49
    await board.close()
    await asyncio.gather(*waits, return_exceptions=True)


async def test_waits_behind_stuck_looks_leave_nothing_in_the_line(
    board: StatusBoard, clock: SkippingClock
) -> None:
    videos = kind(stuck)
    slow = [asyncio.create_task(wait(board, videos, f"s{n}", 1000)) for n in range(9)]
    await clock.sleep(1)
    short = (wait(board, videos, str(n), 2) for n in range(500))
    results = await asyncio.gather(*short, return_exceptions=True)
    assert {type(each) for each in results} == {JobTimeoutError}
    assert clock.monotonic() < 20, "they do not wait for a line that stands still"
    assert len(board) == 9
    assert sum(len(line) for lane in board._looks._lanes.values() for line in lane._lines) == 1
    await board.close()
    await asyncio.gather(*slow, return_exceptions=True)


async def test_many_that_wait_for_one_job_come_and_go_each_by_itself(
    board: StatusBoard, clock: SkippingClock
) -> None:
    tally = kind(running)
    waits = [asyncio.create_task(wait(board, tally, "x", 100 + n % 7)) for n in range(2000)]
    await clock.sleep(1)
    (entry,) = board._table
    for each in waits[::2]:
        each.cancel()
    await asyncio.sleep(0)
    assert len(entry.listeners) == 1000
    results = await asyncio.gather(*waits[1::2], return_exceptions=True)
    assert {type(each) for each in results} == {JobTimeoutError}
    assert len(board) == 0
    assert clock.monotonic() == pytest.approx(106)


async def test_everybody_who_waits_has_an_age_of_his_own(
    board: StatusBoard, clock: SkippingClock
) -> None:
    videos = kind(running)
    first = asyncio.create_task(wait(board, videos, "x", 1e4))
    await clock.sleep(3600)
    updates = job_on(board, videos, "x").updates(timeout=5)
    assert (await anext(updates)).age == 0.0
    await updates.aclose()
    with pytest.raises(JobTimeoutError) as caught:
        await wait(board, videos, "x", 5)
    assert caught.value.age == pytest.approx(5)
    await board.close()
    await asyncio.gather(first, return_exceptions=True)


async def test_a_board_whose_task_is_cancelled_by_a_stranger_leaves_nobody_waiting(
    board: StatusBoard,
) -> None:
    waiting = asyncio.create_task(wait(board, kind(running), "x", 1e5))
    await asyncio.sleep(0)
    assert board._task is not None
    board._task.cancel()
    with pytest.raises(ClientLoopError, match="cancelled"):
        await waiting
    assert await wait(board, kind(done), "x", 5) == "completed", "the next one begins anew"


async def test_a_closed_board_is_not_waited_on(board: StatusBoard) -> None:
    await board.close()
    with pytest.raises(ClientLoopError, match="closed"):
        await wait(board, kind(done), "x", 5)
    assert (len(board), board.looks) == (0, 0)
