"""Looks of the board: one that is stuck or fails holds up nobody, and nothing is left of it."""

import asyncio
from collections.abc import Sequence

import pytest

from heygen_async import Cadence, World
from heygen_async.errors import (
    APIError,
    BadRequestError,
    ClientLoopError,
    DecodeError,
    EndpointRetiredError,
    ForbiddenError,
    JobLostError,
    JobTimeoutError,
    NotFoundError,
    ServerError,
    UnauthorizedError,
)
from heygen_async.jobs import StatusBoard
from heygen_async.models import StatusEntry
from heygen_async.testing import SkippingClock
from heygen_async.transport.events import Events
from tests.behaviour.waits import Read, done, job_on, kind, running, stuck, wait


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


async def test_a_delivery_waits_for_no_stuck_look_at_many(
    board: StatusBoard, clock: SkippingClock
) -> None:
    videos = kind(done, stuck_bulk)
    waits = [asyncio.create_task(wait(board, videos, str(n), 600)) for n in range(1000)]
    await clock.sleep(5)
    for told in ("7", "999"):  # of a look that is stuck, and of the line behind
        board.hint(told, signed=True)
        assert await waits[int(told)] == "completed"
    assert clock.monotonic() < 6
    await board.close()
    await asyncio.gather(*waits, return_exceptions=True)


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


async def test_closing_stops_looks_and_tells_whoever_waits(board: StatusBoard) -> None:
    task = asyncio.create_task(wait(board, kind(stuck), "a", 600))
    for _ in range(3):  # the board's turn, and the look's
        await asyncio.sleep(0)
    assert len(looks()) == 1
    await board.close()
    assert looks() == []
    with pytest.raises(ClientLoopError, match="closed"):
        await task


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


async def test_a_refusal_of_many_is_told_to_each_as_his_own(board: StatusBoard) -> None:
    async def bulk(_: Sequence[str]) -> list[StatusEntry]:
        raise refused(UnauthorizedError, 401)

    waits = (wait(board, kind(done, bulk), name, 600) for name in "ab")
    results = await asyncio.gather(*waits, return_exceptions=True)
    assert [type(each) for each in results] == [UnauthorizedError] * 2
    notes = [getattr(each, "__notes__", None) for each in results]
    assert notes == [["while waiting for video a"], ["while waiting for video b"]]


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


async def test_jobs_lined_up_while_there_were_no_bulk_looks_share_them_again(
    world: World, clock: SkippingClock
) -> None:
    asked: list[int] = []

    async def bulk(ids: Sequence[str]) -> list[StatusEntry]:
        asked.append(len(ids))
        if len(asked) == 3:
            raise EndpointRetiredError("perhaps", status=404, code="not_found")
        return [StatusEntry(video_id=each, status="processing") for each in ids]

    board, videos = StatusBoard(world, Events(()), Cadence(budget=2)), kind(running, bulk)
    waits = [asyncio.create_task(wait(board, videos, str(n), 1e5)) for n in range(500)]
    await clock.sleep(75)
    alone = board.looks - len(asked)
    assert alone > 50
    await clock.sleep(75)
    assert sum(asked) > 3000
    assert board.looks - len(asked) == alone, "nobody waits any more for looks alone"
    await board.close()
    await asyncio.gather(*waits, return_exceptions=True)


async def test_no_more_is_spent_on_bulk_looks_that_do_not_come_back(
    board: StatusBoard, clock: SkippingClock
) -> None:
    asked: list[float] = []

    async def bulk(_: Sequence[str]) -> list[StatusEntry]:
        asked.append(clock.monotonic())
        await clock.sleep(0.2)
        raise EndpointRetiredError("perhaps", status=404, code="not_found")

    videos = kind(running, bulk)
    waits = [asyncio.create_task(wait(board, videos, str(n), 1e5)) for n in range(4000)]
    await clock.sleep(130)
    assert len(asked) <= 8 * 3, "a few at once, and once a minute"
    assert board.looks > 130 * 20 - 100
    await board.close()
    await asyncio.gather(*waits, return_exceptions=True)


async def test_a_job_is_not_lost_because_bulk_looks_do_not_show_it(
    board: StatusBoard, clock: SkippingClock
) -> None:
    async def bulk(ids: Sequence[str]) -> list[StatusEntry]:
        known = [each for each in ids if each != "x"]
        return [StatusEntry(video_id=each, status="processing") for each in known]

    async def read(job_id: str) -> str:
        if job_id == "lost":
            raise refused(NotFoundError, 404)
        return "completed" if clock.monotonic() > 100 else "processing"

    videos = kind(read, bulk)
    other = asyncio.create_task(wait(board, videos, "other", 1e4))
    assert await wait(board, videos, "x", 1e4) == "completed"
    with pytest.raises(JobLostError):
        await wait(board, videos, "lost", 1e4)
    other.cancel()
    await asyncio.gather(other, return_exceptions=True)
