"""How a flow ends: whatever ends it, what is paid has an outcome."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator

import pytest

from heygen_async import HeyGen, Outcome, RetryPolicy, VideoJob, World
from heygen_async.errors import (
    ConcurrencyLimitedError,
    ConfigError,
    InvalidRequestError,
    RateLimitedError,
)
from heygen_async.events import Event, RetryScheduled, State, StateChanged
from heygen_async.models import AvatarLook, AvatarVideo
from heygen_async.orchestrator import Orchestrator
from heygen_async.sandbox import Fault, Sandbox


def row(look: AvatarLook, number: int) -> VideoJob:
    return VideoJob(
        request=AvatarVideo(avatar_id=look.id, script=f"Row {number} says hello."), key=f"k{number}"
    )


def paid(sandbox: Sandbox) -> list[str]:
    return sorted(charge.id for charge in sandbox.charges if charge.kind == "video")


def ids(ended: list[Outcome]) -> list[str]:
    return sorted(outcome.video_id for outcome in ended if outcome.video_id)


@pytest.mark.parametrize("end", [Orchestrator.drain, Orchestrator.stop])
@pytest.mark.parametrize("ordered", [False, True])
@pytest.mark.parametrize("streamed", [False, True])
async def test_a_source_may_end_the_flow_itself(
    heygen: HeyGen,
    sandbox: Sandbox,
    look: AvatarLook,
    end: Callable[[Orchestrator], None],
    *,
    ordered: bool,
    streamed: bool,
) -> None:
    def rows() -> Iterator[VideoJob]:
        for number in range(20):
            if number == 5:
                end(studio)
            yield row(look, number)

    async def stream() -> AsyncIterator[VideoJob]:
        for each in rows():
            yield each

    async with heygen.orchestrator() as studio:
        source = stream() if streamed else rows()
        ended = [outcome async for outcome in studio.render(source, ordered=ordered)]
    assert sorted(outcome.index for outcome in ended) == list(range(5))
    assert ids(ended) == paid(sandbox)


async def test_an_observer_may_stop_the_flow_and_no_id_is_lost(
    heygen: HeyGen, sandbox: Sandbox, look: AvatarLook
) -> None:
    done: list[str] = []

    def told(event: Event) -> None:
        if isinstance(event, StateChanged) and event.state is State.DONE:
            done.append(event.key)
            if len(done) == 6:  # results lie about by then
                studio.stop()

    ended: list[Outcome] = []
    heygen.observe(told)
    async with heygen.orchestrator(slots=8, downloads=1) as studio:
        async for outcome in studio.render(row(look, number) for number in range(30)):
            ended.append(outcome)
            for _ in range(300):
                await asyncio.sleep(0)
    assert ids(ended) == paid(sandbox)
    assert {outcome.key for outcome in ended} >= set(done)


async def test_what_an_observer_begins_is_not_taken_for_the_call_that_is_broken_off(
    heygen: HeyGen, sandbox: Sandbox, look: AvatarLook
) -> None:
    sandbox.fault(Fault(method="POST", path="/v3/videos", status=429, retry_after=1))
    sandbox.fault(Fault(method="POST", path="/v3/videos", stall=0.5))
    begun: list[asyncio.Task[None]] = []

    async def watch() -> None:
        while not paid(sandbox):
            await asyncio.sleep(0)
        await heygen.users.get_current()  # while the video is made, and its id is on the way
        studio.stop()

    def told(event: Event) -> None:
        if isinstance(event, RetryScheduled) and not begun:
            begun.append(asyncio.create_task(watch()))

    heygen.observe(told)
    async with heygen.orchestrator() as studio:
        ended = [outcome async for outcome in studio.render([row(look, 0)])]
    await begun[0]
    assert [outcome.state for outcome in ended] == [State.ACCEPTED]
    assert ids(ended) == paid(sandbox)


@pytest.mark.parametrize("batches", [False, True])
@pytest.mark.parametrize("lost", [False, True])
async def test_rows_that_are_stopped_in_a_cool_down_are_for_review_only_after_a_lost_answer(
    heygen: HeyGen,
    sandbox: Sandbox,
    look: AvatarLook,
    events: list[Event],
    *,
    batches: bool,
    lost: bool,
) -> None:
    path = "/v3/videos/batches" if batches else "/v3/videos"
    if lost:
        sandbox.fault(Fault(method="POST", path=path, commit_then_drop=True))
    sandbox.fault(Fault(method="POST", path=path, status=429, retry_after=300, times=99))

    async def work() -> list[Outcome]:
        jobs = [row(look, number) for number in range(2)]
        return [outcome async for outcome in studio.render(jobs, batches=batches)]

    async with heygen.orchestrator(slots=1) as studio:
        task = asyncio.create_task(work())
        while not any(isinstance(e, RetryScheduled) and e.status == 429 for e in events):
            await asyncio.sleep(0)
        studio.stop()
        ended = await task
    states = {outcome.state for outcome in ended if outcome.idempotency_key}
    assert states == {State.NEEDS_REVIEW if lost else State.PLANNED}
    assert bool(paid(sandbox)) == lost


@pytest.mark.parametrize("batches", [False, True])
async def test_rows_whose_call_a_stranger_cancels_are_for_review(
    heygen: HeyGen, sandbox: Sandbox, look: AvatarLook, *, batches: bool
) -> None:
    sandbox.fault(Fault(method="POST", path="/v3/videos", stall=0.2, times=9))

    async def work() -> list[Outcome]:
        jobs = [row(look, number) for number in range(2)]
        return [outcome async for outcome in studio.render(jobs, batches=batches)]

    async with heygen.orchestrator() as studio:
        task = asyncio.create_task(work())
        while len(paid(sandbox)) < 2:
            await asyncio.sleep(0)
        for each in asyncio.all_tasks():
            if "._submit" in repr(each) or "._create" in repr(each):
                each.cancel()
        ended = await task
    assert {outcome.state for outcome in ended} == {State.NEEDS_REVIEW}
    assert all(outcome.idempotency_key for outcome in ended)


async def test_a_cool_down_beyond_all_patience_is_met_once_and_not_by_every_row(
    heygen: HeyGen, sandbox: Sandbox, look: AvatarLook
) -> None:
    sandbox.fault(Fault(method="POST", path="/v3/videos", status=429, retry_after=5000, times=99))
    async with heygen.orchestrator(slots=2) as studio:
        ended = [outcome async for outcome in studio.render(row(look, n) for n in range(20))]
    assert {type(outcome.error) for outcome in ended} == {RateLimitedError}
    assert sum(each.method == "POST" and each.status == 429 for each in sandbox.requests) <= 2


@pytest.mark.parametrize(("max_retries", "retry_after"), [(0, 60), (4, 5000)])
async def test_slots_are_held_back_also_by_a_refusal_that_is_final(
    sandbox: Sandbox, world: World, look: AvatarLook, max_retries: int, retry_after: int
) -> None:
    sandbox.fault(
        Fault(
            method="POST",
            path="/v3/videos",
            status=429,
            message="Too many concurrent jobs",
            retry_after=retry_after,
        )
    )
    retry = RetryPolicy(max_retries=max_retries)
    async with (
        HeyGen(api_key="k", base_url=sandbox.url, world=world, retry=retry) as heygen,
        heygen.orchestrator(slots=8) as studio,
    ):
        stream = studio.render(row(look, number) for number in range(8))
        assert isinstance((await anext(stream)).error, ConcurrencyLimitedError)
        assert studio.slots.allowed < 8
        await stream.aclose()


async def test_a_named_run_knows_rows_without_keys_by_their_requests(
    heygen: HeyGen, sandbox: Sandbox, look: AvatarLook
) -> None:
    jobs = [VideoJob(request=row(look, number).request) for number in (0, 1, 2, 2)]
    for rows in (jobs, jobs[1:]):
        async with heygen.orchestrator(run="spring") as studio:
            ended = [outcome async for outcome in studio.render(rows)]
        assert all(outcome.ok for outcome in ended)
    assert len(paid(sandbox)) == 3
    async with heygen.orchestrator() as studio:
        _ = [outcome async for outcome in studio.render(jobs)]
    assert len(paid(sandbox)) == 3 + 4, "without a name every row is a video"


@pytest.mark.parametrize("ordered", [False, True])
async def test_what_is_no_job_is_an_outcome_and_sinks_no_other(
    heygen: HeyGen, sandbox: Sandbox, look: AvatarLook, *, ordered: bool
) -> None:
    jobs = [row(look, 0), {"script": "oops"}, None, row(look, 3)]
    async with heygen.orchestrator() as studio:
        stream = studio.render(jobs, ordered=ordered)  # type: ignore[arg-type]
        ended = sorted([outcome async for outcome in stream], key=lambda outcome: outcome.index)
    assert [outcome.ok for outcome in ended] == [True, False, False, True]
    assert isinstance(ended[1].error, InvalidRequestError)
    assert (ended[1].error.field, ended[1].state, ended[1].key) == ("job", State.FAILED, "1")
    assert ended[1].job is jobs[1]
    assert ids(ended) == paid(sandbox)


async def test_what_a_source_raises_that_is_no_exception_comes_out_alone(
    heygen: HeyGen, look: AvatarLook
) -> None:
    class OutOfHand(BaseException):
        pass

    def rows() -> Iterator[VideoJob]:
        yield row(look, 0)
        raise OutOfHand

    async with heygen.orchestrator() as studio:
        with pytest.raises(OutOfHand):
            _ = [outcome async for outcome in studio.render(rows())]
        assert studio.slots.in_use == 0


async def test_an_orchestrator_that_was_left_does_nothing_more(
    heygen: HeyGen, sandbox: Sandbox, look: AvatarLook
) -> None:
    async with heygen.orchestrator() as studio:
        pass
    with pytest.raises(ConfigError, match="was left"):
        await anext(studio.render([row(look, 0)]))
    with pytest.raises(ConfigError, match="once"):
        async with studio:
            pass
    assert paid(sandbox) == []
