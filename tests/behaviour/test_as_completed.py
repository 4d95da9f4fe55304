"""Many jobs, each as it ends, without a task for each."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import aclosing
from pathlib import Path
from typing import Any

import pytest

from heygen_async import HeyGen, Job, JobOutcome
from heygen_async.api.job import JobKind
from heygen_async.errors import (
    ClientLoopError,
    InvalidRequestError,
    JobError,
    JobFailedError,
    JobLostError,
    JobTimeoutError,
)
from heygen_async.models import AvatarLook, AvatarVideo, Video
from heygen_async.sandbox import Sandbox
from heygen_async.testing import SkippingClock
from tests.behaviour.waits import job_on, state

Calls = Callable[[str, str], int]


async def create(heygen: HeyGen, look: AvatarLook, text: str = "Hello there.") -> Job[Video]:
    return await heygen.videos.create(AvatarVideo(avatar_id=look.id, script=text))


async def test_jobs_come_as_they_end_with_their_results(heygen: HeyGen, look: AvatarLook) -> None:
    slow = await create(heygen, look, "word " * 300)
    fast = await create(heygen, look)
    seen = [outcome async for outcome in heygen.as_completed([slow, fast])]
    assert [outcome.job for outcome in seen] == [fast, slow]
    assert all(outcome.unwrap().video_url for outcome in seen)
    assert [outcome.error for outcome in seen] == [None, None]
    assert len(heygen._board) == 0


async def test_what_fails_is_an_outcome_and_the_others_go_on(
    heygen: HeyGen, look: AvatarLook
) -> None:
    jobs = [
        await create(heygen, look, "word " * 300),
        await create(heygen, look, "This one will [[fail]] for sure."),
        heygen.videos.job("nosuchvideo"),
        await create(heygen, look),
    ]
    seen = {outcome.job.id: outcome async for outcome in heygen.as_completed(jobs, timeout=120)}
    late, bad, lost, good = (seen[job.id] for job in jobs)
    assert isinstance(late.error, JobTimeoutError)
    assert isinstance(bad.error, JobFailedError)
    assert isinstance(lost.error, JobLostError)
    assert good.error is None
    assert [each.result for each in (late, bad, lost)] == [None] * 3
    with pytest.raises(JobFailedError):
        bad.unwrap()


async def test_a_download_after_it_needs_no_other_look(
    heygen: HeyGen, look: AvatarLook, calls: Calls, tmp_path: Path
) -> None:
    job = await create(heygen, look)
    async for outcome in heygen.as_completed([job]):
        before = calls("GET", "/v3/videos")
        assert (await outcome.job.download(tmp_path)).exists()
        assert calls("GET", "/v3/videos") == before


async def test_a_source_is_read_while_others_are_waited_for_and_no_further_than_asked(
    heygen: HeyGen, look: AvatarLook
) -> None:
    made: list[Job[Video]] = []
    handed_out = 0

    async def source() -> AsyncIterator[Job[Video]]:
        for number in range(12):
            assert len(made) - handed_out < 3
            made.append(await create(heygen, look, f"{number}" + " word" * (number % 3)))
            yield made[-1]

    async for outcome in heygen.as_completed(source(), at_once=3):
        assert outcome.result is not None
        handed_out += 1
    assert handed_out == 12


async def test_a_generator_may_have_no_end(heygen: HeyGen, look: AvatarLook) -> None:
    job = await create(heygen, look)
    closed = False

    def source() -> Iterator[Job[Video]]:
        nonlocal closed
        try:
            while True:
                yield heygen.videos.job(job.id)
        finally:
            closed = True

    count = 0
    async with aclosing(heygen.as_completed(source(), at_once=5)) as outcomes:
        async for outcome in outcomes:
            count += outcome.result is not None
            if count == 20:
                break
    assert closed
    assert len(heygen._board) == 0


async def test_leaving_early_leaves_no_trace(heygen: HeyGen, look: AvatarLook) -> None:
    jobs = [await create(heygen, look, "word " * n) for n in (1, 200, 300)]
    async with aclosing(heygen.as_completed(jobs)) as outcomes:
        assert (await anext(outcomes)).job is jobs[0]
        assert len(heygen._board) == 2
    assert len(heygen._board) == 0
    assert [task for task in asyncio.all_tasks() if "_Crowd" in repr(task)] == []
    assert all([await job.wait() for job in jobs]), "and cancels no job"


async def test_a_cancelled_iteration_leaves_no_trace(heygen: HeyGen, look: AvatarLook) -> None:
    jobs = [await create(heygen, look, "word " * 200) for _ in range(3)]

    async def iterate() -> None:
        async for _ in heygen.as_completed(jobs):
            raise AssertionError

    task = asyncio.create_task(iterate())
    while len(heygen._board) < 3:
        await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    for _ in range(3):  # the loop closes what was iterated over
        await asyncio.sleep(0)
    assert len(heygen._board) == 0


async def test_a_source_that_fails_loses_none_that_was_taken(
    heygen: HeyGen, look: AvatarLook
) -> None:
    async def source() -> AsyncIterator[Job[Video]]:
        for _ in range(3):
            yield await create(heygen, look)
        raise LookupError("no more rows")

    seen: list[JobOutcome[Video]] = []
    with pytest.raises(LookupError, match="no more rows"):
        async for outcome in heygen.as_completed(source()):
            seen += [outcome]
    assert [each.error for each in seen] == [None] * 3


async def test_a_job_that_is_given_twice_is_handed_out_twice(
    heygen: HeyGen, look: AvatarLook
) -> None:
    job = await create(heygen, look)
    seen = [outcome.job async for outcome in heygen.as_completed([job, job])]
    assert seen == [job, job]
    assert [outcome async for outcome in heygen.as_completed([])] == []


async def test_there_is_one_task_for_all(heygen: HeyGen, look: AvatarLook) -> None:
    jobs = [heygen.videos.job(f"unknown{n}") for n in range(500)]
    before = len(asyncio.all_tasks())
    async with aclosing(heygen.as_completed(jobs)) as outcomes:
        waiting = asyncio.create_task(anext(outcomes))
        while len(heygen._board) < 500:
            await asyncio.sleep(0)
        assert len(asyncio.all_tasks()) - before < 30
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)


async def test_a_closed_client_ends_all_of_them(heygen: HeyGen, look: AvatarLook) -> None:
    jobs = [await create(heygen, look, "word " * 200) for _ in range(3)]
    waiting = asyncio.create_task(anext(heygen.as_completed(jobs)))
    while len(heygen._board) < 3:
        await asyncio.sleep(0)
    await heygen.close()
    assert isinstance((await waiting).error, ClientLoopError)


@pytest.mark.parametrize("at_once", [0, -1, 1.5, True])
async def test_a_bound_that_makes_no_sense_is_refused(heygen: HeyGen, at_once: int) -> None:
    with pytest.raises(InvalidRequestError, match="at_once"):
        heygen.as_completed([], at_once=at_once)


async def test_jobs_of_several_kinds_and_clients_are_waited_for_together(
    heygen: HeyGen, sandbox: Sandbox, look: AvatarLook, clock: SkippingClock
) -> None:
    video = await create(heygen, look)
    async with HeyGen(api_key="test-key", base_url=sandbox.url, world=heygen._world) as other:
        clock.watch(lambda: other.in_flight)
        jobs: list[Job[Any]] = [video, other.videos.job(video.id), heygen.avatars.job(look.id)]
        seen = [outcome async for outcome in heygen.as_completed(jobs)]
    assert {outcome.job for outcome in seen} == set(jobs)
    assert [outcome.error for outcome in seen] == [None] * 3


async def test_a_source_is_closed_when_the_iteration_is(heygen: HeyGen, look: AvatarLook) -> None:
    job = await create(heygen, look)
    closed = False

    async def source() -> AsyncIterator[Job[Video]]:
        nonlocal closed
        try:
            while True:
                yield job
        finally:
            await asyncio.sleep(0.01)
            closed = True

    outcomes = heygen.as_completed(source(), at_once=5)
    await anext(outcomes)
    await outcomes.aclose()
    assert closed


async def test_a_source_that_never_suspends_gives_others_their_turns(heygen: HeyGen) -> None:
    turns = 0

    async def source() -> AsyncIterator[Job[Video]]:
        for number in range(5000):
            yield heygen.videos.job(f"unknown{number}")

    async with aclosing(heygen.as_completed(source())) as outcomes:
        waiting = asyncio.create_task(anext(outcomes))
        while len(heygen._board) < 5000:
            turns += 1
            await asyncio.sleep(0)
        assert turns > 25
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)


async def test_a_bug_in_a_look_is_an_outcome_of_that_job_alone(
    heygen: HeyGen, look: AvatarLook
) -> None:
    async def read(job_id: str) -> str:
        raise LookupError(job_id)

    odd_kind = JobKind("odd", read=read, state=state, expected=60.0, timeout=600.0)
    odd: Job[Any] = job_on(heygen._board, odd_kind, "odd")
    jobs: list[Job[Any]] = [odd, *[await create(heygen, look) for _ in range(3)]]
    seen = {outcome.job: outcome.error async for outcome in heygen.as_completed(jobs)}
    problem = seen.pop(odd)
    assert isinstance(problem, JobError)
    assert problem.job_id == "odd"
    assert isinstance(problem.__cause__, LookupError)
    assert list(seen.values()) == [None] * 3
