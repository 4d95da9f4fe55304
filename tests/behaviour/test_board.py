"""The board: a look that is stuck holds up nobody, and nothing is left of it."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Sequence

import pytest

from heygen_async import Cadence, World
from heygen_async.api.job import JobKind, JobState
from heygen_async.errors import (
    APIError,
    BadRequestError,
    ClientLoopError,
    DecodeError,
    EndpointRetiredError,
    ForbiddenError,
    JobTimeoutError,
    NotFoundError,
    ServerError,
)
from heygen_async.jobs import StatusBoard
from heygen_async.models import StatusEntry
from heygen_async.testing import SkippingClock
from heygen_async.transport.events import Events
from heygen_async.wire.statuses import Verdict
from tests.behaviour.waits import job_on

Read = Callable[[str], Awaitable[str]]


@pytest.fixture
def board(world: World) -> StatusBoard:
    return StatusBoard(world, Events(()))


def kind(
    read: Read, bulk: Callable[[Sequence[str]], Awaitable[list[StatusEntry]]] | None = None
) -> JobKind[str]:
    def state(word: str) -> JobState:
        return JobState(
            status=word, verdict=Verdict.DONE if word == "completed" else Verdict.RUNNING
        )

    return JobKind("video", read=read, state=state, bulk=bulk, expected=10.0, timeout=3600.0)


async def wait(board: StatusBoard, of: JobKind[str], job_id: str, timeout: float) -> str:
    return await job_on(board, of, job_id).wait(timeout=timeout)


async def done(_: str) -> str:
    return "completed"


async def running(_: str) -> str:
    return "processing"


async def stuck(_: object) -> str:
    await asyncio.Event().wait()
    raise AssertionError


async def stuck_bulk(_: Sequence[str]) -> list[StatusEntry]:
    await asyncio.Event().wait()
    raise AssertionError


def looks() -> list["asyncio.Task[object]"]:
    return [task for task in asyncio.all_tasks() if "_Lane" in repr(task)]


async def test_a_wait_is_bounded_by_its_timeout_while_a_look_is_stuck(
    board: StatusBoard, clock: SkippingClock
) -> None:
    with pytest.raises(JobTimeoutError):
        await wait(board, kind(stuck), "a", 7)
    assert clock.monotonic() == pytest.approx(7)
    await asyncio.sleep(0)
    assert looks() == [], "a look for nobody is given up"
    assert len(board) == 0


async def test_a_stuck_look_holds_up_no_other_kind_of_job(
    board: StatusBoard, clock: SkippingClock
) -> None:
    slow = asyncio.create_task(wait(board, kind(stuck, stuck_bulk), "a", 500))
    await asyncio.sleep(0)
    assert await wait(board, kind(done), "b", 5) == "completed"
    assert clock.monotonic() < 5
    with pytest.raises(JobTimeoutError):
        await slow


async def test_a_stuck_bulk_look_holds_up_no_job_that_joins_later(
    board: StatusBoard, clock: SkippingClock
) -> None:
    asked: list[Sequence[str]] = []

    async def bulk(ids: Sequence[str]) -> list[StatusEntry]:
        asked.append(ids)
        if len(asked) == 1:
            return await stuck_bulk(ids)
        return [StatusEntry(video_id=each, status="completed") for each in ids]

    videos = kind(done, bulk)
    first = [asyncio.create_task(wait(board, videos, name, 600)) for name in "ab"]
    await clock.sleep(1)
    later = [asyncio.create_task(wait(board, videos, name, 600)) for name in "cd"]
    assert await asyncio.gather(*later) == ["completed"] * 2
    assert clock.monotonic() < 5
    assert asked == [["a", "b"], ["c", "d"]], "what is being looked at is not looked at again"
    results = await asyncio.gather(*first, return_exceptions=True)
    assert [type(each) for each in results] == [JobTimeoutError] * 2


async def test_a_stuck_look_goes_on_while_anybody_waits_for_one_of_its_jobs(
    board: StatusBoard, clock: SkippingClock
) -> None:
    async def slow(ids: Sequence[str]) -> list[StatusEntry]:
        await clock.sleep(100)
        return [StatusEntry(video_id=each, status="completed") for each in ids]

    videos = kind(done, slow)
    results = await asyncio.gather(
        wait(board, videos, "a", 20), wait(board, videos, "b", 600), return_exceptions=True
    )
    assert isinstance(results[0], JobTimeoutError)
    assert results[1] == "completed"


async def test_there_are_few_looks_at_once_however_many_jobs_wait(
    board: StatusBoard, clock: SkippingClock
) -> None:
    now = most = 0

    async def read(_: str) -> str:
        nonlocal now, most
        now += 1
        most = max(most, now)
        await clock.sleep(1)
        now -= 1
        return "completed"

    alone = kind(read)
    results = await asyncio.gather(*(wait(board, alone, str(n), 600) for n in range(100)))
    assert results == ["completed"] * 100
    assert most == 8
    assert board.looks == 100


async def test_a_wait_without_time_is_one_look(board: StatusBoard, clock: SkippingClock) -> None:
    assert await wait(board, kind(done), "a", 0) == "completed"
    with pytest.raises(JobTimeoutError) as caught:
        await wait(board, kind(running), "b", 0)
    assert caught.value.status == "processing"
    assert clock.monotonic() < 5
    assert board.looks == 2
    with pytest.raises(JobTimeoutError):
        await wait(board, kind(stuck), "c", 0)


async def test_closing_stops_looks_and_tells_whoever_waits(board: StatusBoard) -> None:
    task = asyncio.create_task(wait(board, kind(stuck), "a", 600))
    for _ in range(3):  # the board's turn, and the look's
        await asyncio.sleep(0)
    assert len(looks()) == 1
    await board.close()
    assert looks() == []
    with pytest.raises(ClientLoopError, match="closed"):
        await task


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


async def test_a_bug_in_a_look_is_told_to_whoever_waits(board: StatusBoard) -> None:
    async def broken(_: str) -> str:
        raise LookupError("a bug")

    with pytest.raises(LookupError, match="a bug"):
        await wait(board, kind(broken), "a", 600)


def moody(problems: list[Exception], word: str = "completed") -> Read:
    """A read that fails first, with these."""

    async def read(_: str) -> str:
        if problems:
            raise problems.pop(0)
        return word

    return read


def refused(kind: type[APIError], status: int) -> APIError:
    return kind("no", status=status, code="no")


ODD = DecodeError("odd", path="$", model="Video", raw=b"<html>")


@pytest.mark.parametrize(
    "problem", [ODD, refused(ForbiddenError, 403), refused(BadRequestError, 400)]
)
async def test_one_odd_look_ends_no_wait_and_a_lasting_trouble_does(
    board: StatusBoard, clock: SkippingClock, problem: Exception
) -> None:
    assert await wait(board, kind(moody([problem])), "a", 600) == "completed"
    began = clock.monotonic()
    with pytest.raises(type(problem)):
        await wait(board, kind(moody([problem] * 1000)), "b", 3600)
    assert 60 <= clock.monotonic() - began < 200


async def test_a_trouble_that_comes_and_goes_ends_no_wait(board: StatusBoard) -> None:
    troubles: list[Exception] = [ODD, refused(ServerError, 500)] * 50
    assert await wait(board, kind(moody(troubles)), "a", 1e6) == "completed"


async def test_a_wait_without_time_for_an_unknown_id_says_why(board: StatusBoard) -> None:
    with pytest.raises(JobTimeoutError) as caught:
        await wait(board, kind(moody([refused(NotFoundError, 404)])), "a", 0)
    assert "no (HTTP 404)" in str(caught.value.__notes__)


async def test_a_wait_in_vain_says_why_the_last_look_failed(board: StatusBoard) -> None:
    with pytest.raises(JobTimeoutError) as caught:
        await wait(board, kind(moody([refused(ServerError, 503)] * 1000)), "a", 30)
    assert "no (HTTP 503)" in str(caught.value.__notes__)


@pytest.mark.parametrize(("status", "code"), [(410, "x"), (405, "x"), (404, "endpoint_sunset")])
async def test_an_endpoint_that_is_gone_for_sure_is_not_waited_for(
    board: StatusBoard, clock: SkippingClock, status: int, code: str
) -> None:
    gone = EndpointRetiredError("gone", status=status, code=code)
    with pytest.raises(EndpointRetiredError):
        await wait(board, kind(moody([gone] * 100)), "a", 3600)
    assert clock.monotonic() < 5


async def test_an_endpoint_that_may_be_gone_has_its_grace(board: StatusBoard) -> None:
    perhaps = EndpointRetiredError("perhaps", status=404, code="not_found")
    assert await wait(board, kind(moody([perhaps])), "a", 3600) == "completed"
    with pytest.raises(EndpointRetiredError, match="perhaps"):
        await wait(board, kind(moody([perhaps] * 100)), "b", 3600)


async def test_jobs_that_came_before_a_bulk_endpoint_was_gone_end_as_those_after(
    board: StatusBoard, clock: SkippingClock
) -> None:
    async def gone(_: Sequence[str]) -> list[StatusEntry]:
        raise EndpointRetiredError("gone", status=404, code="not_found")

    async def read(_: str) -> str:
        return "completed" if clock.monotonic() > 60 else "processing"

    videos = kind(read, gone)
    waits = [job_on(board, videos, name, fresh=True).wait() for name in "abc"]
    first = asyncio.gather(*waits)
    await clock.sleep(30)
    later = asyncio.gather(*(job_on(board, videos, name, fresh=True).wait() for name in "def"))
    assert await first == await later == ["completed"] * 3
    assert len(board) == 0


async def test_many_that_join_one_after_the_other_share_looks(
    world: World, clock: SkippingClock
) -> None:
    sizes: list[int] = []

    async def bulk(ids: Sequence[str]) -> list[StatusEntry]:
        sizes.append(len(ids))
        return [StatusEntry(video_id=each, status="processing") for each in ids]

    board, videos = StatusBoard(world, Events(())), kind(running, bulk)
    waits = []
    for number in range(3000):
        waits.append(asyncio.create_task(wait(board, videos, str(number), 3600)))
        await asyncio.sleep(0)
    while len(sizes) < 30:
        await clock.sleep(0.1)
    assert board.looks < 60
    await board.close()
    results = await asyncio.gather(*waits, return_exceptions=True)
    assert {type(each) for each in results} == {ClientLoopError}


async def test_one_odd_id_spoils_no_look_at_the_others(
    board: StatusBoard, clock: SkippingClock
) -> None:
    spoilt = 0

    async def bulk(ids: Sequence[str]) -> list[StatusEntry]:
        nonlocal spoilt
        if "odd" in ids:
            spoilt += 1
            raise refused(BadRequestError, 400)
        return [StatusEntry(video_id=each, status=await read(each)) for each in ids]

    async def read(job_id: str) -> str:
        if job_id == "odd":
            raise refused(BadRequestError, 400)
        return "completed" if clock.monotonic() > 400 else "processing"

    videos = kind(read, bulk)
    waits = [wait(board, videos, name, 600) for name in ("odd", *map(str, range(99)))]
    first, *others = await asyncio.gather(*waits, return_exceptions=True)
    assert isinstance(first, BadRequestError)
    assert others == ["completed"] * 99
    assert spoilt == 1, "it is looked at alone from then on"
    assert board.looks < 400


class Tally:
    """A kind of job, read alone, whose ids end when they should, and when each was read."""

    def __init__(self, world: World, *, lasts: float = 0.0, name: str = "lipsync") -> None:
        self.clock = world.clock
        self.ends: dict[str, float] = {}
        self.reads: list[str] = []
        self._lasts = lasts
        self.kind: JobKind[str] = JobKind(
            name, read=self.read, state=kind(done).state, expected=60.0, timeout=1e6
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


@pytest.mark.parametrize(
    ("problem", "comes_back"),
    [
        (EndpointRetiredError("perhaps", status=404, code="not_found"), True),
        (ODD, True),
        (EndpointRetiredError("gone", status=410, code="gone"), False),
    ],
)
async def test_only_a_certain_end_of_bulk_looks_is_for_good(
    board: StatusBoard, clock: SkippingClock, problem: Exception, *, comes_back: bool
) -> None:
    asked: list[float] = []

    async def bulk(ids: Sequence[str]) -> list[StatusEntry]:
        asked.append(clock.monotonic())
        if len(asked) == 1:
            raise problem
        return [StatusEntry(video_id=each, status="processing") for each in ids]

    videos = kind(running, bulk)
    waits = [asyncio.create_task(wait(board, videos, str(n), 1e4)) for n in range(50)]
    await clock.sleep(600)
    assert asked[1:2] == [moment for moment in asked if moment > 60][:1]
    assert (len(asked) > 10) is comes_back
    await board.close()
    await asyncio.gather(*waits, return_exceptions=True)
