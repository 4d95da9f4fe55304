"""Rows that go to HeyGen together: fewer calls, the same outcomes, and nothing paid twice."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from heygen_async import HeyGen, Outcome, VideoJob, World
from heygen_async.api import batch_items
from heygen_async.errors import (
    ConfigError,
    InsufficientCreditError,
    InvalidRequestError,
    JobFailedError,
    JobLostError,
    JobTimeoutError,
    StoppedError,
)
from heygen_async.events import Event, State, StateChanged
from heygen_async.models import AvatarLook, AvatarVideo, CreateVideoBatch
from heygen_async.models.v2 import GenerateVideo, Scene, Silence
from heygen_async.sandbox import Fault, Sandbox
from heygen_async.sandbox.clock import SandboxClock
from heygen_async.testing import SkippingClock

Calls = Callable[[str, str], int]
BATCHES = "/v3/videos/batches"
ADA = "Ada_public_office_front"


def request(look: AvatarLook, number: int, *, script: str = "") -> AvatarVideo:
    return AvatarVideo(avatar_id=look.id, script=script or f"Row {number} says hello.")


def rows(look: AvatarLook, count: int, folder: Path | None = None) -> Iterator[VideoJob]:
    for number in range(count):
        target = None if folder is None else folder / f"{number}.mp4"
        yield VideoJob(request=request(look, number), target=target)


async def made(heygen: HeyGen, jobs: Iterator[VideoJob] | list[VideoJob]) -> list[Outcome]:
    async with heygen.orchestrator() as studio:
        found = [outcome async for outcome in studio.render(jobs, batches=True)]
        assert studio.slots.in_use == 0
    return sorted(found, key=lambda outcome: outcome.index)


def paid(sandbox: Sandbox) -> list[str]:
    return [charge.id for charge in sandbox.charges if charge.kind == "video"]


async def test_many_rows_are_few_calls(
    heygen: HeyGen, sandbox: Sandbox, look: AvatarLook, calls: Calls, tmp_path: Path
) -> None:
    ended = await made(heygen, rows(look, 230, tmp_path))
    assert all(outcome.ok for outcome in ended), [each.error for each in ended if not each.ok][:3]
    sent = Counter(r.path for r in sandbox.requests if r.method == "POST")
    # How many come at once is up to the threads that look at their targets: one may go by itself.
    assert sent[BATCHES] >= 3
    assert sent[BATCHES] + sent["/v3/videos"] <= 5
    assert sorted(outcome.video_id or "" for outcome in ended) == sorted(paid(sandbox))
    assert len(list(tmp_path.iterdir())) == 230
    assert {outcome.item_index for outcome in ended} - {None} == set(range(100))
    assert not [r for r in sandbox.requests if r.status == 429]
    assert len(heygen._board) == 0


async def test_an_item_fails_alone_and_keeps_its_id(
    heygen: HeyGen, sandbox: Sandbox, look: AvatarLook
) -> None:
    jobs = [
        *rows(look, 2),
        VideoJob(request=request(look, 2, script="It will [[fail]].")),
        VideoJob(request=AvatarVideo(avatar_id="nosuchlook", script="Hello.")),
        VideoJob(request=request(look, 4, script="")),
        VideoJob(request=AvatarVideo(avatar_id=look.id, script=" ")),
    ]
    ended = await made(heygen, jobs)
    assert [outcome.ok for outcome in ended] == [True, True, False, False, True, False]
    bad, unmade, invalid = ended[2], ended[3], ended[5]
    assert isinstance(bad.error, JobFailedError)
    assert bad.video_id in paid(sandbox)
    assert isinstance(unmade.error, JobFailedError)
    assert "nosuchlook" in str(unmade.error)
    assert (unmade.video_id, unmade.state) == (None, State.FAILED)
    assert unmade.batch_id
    assert isinstance(invalid.error, InvalidRequestError)


async def test_a_batch_that_is_refused_goes_row_by_row(
    heygen: HeyGen, sandbox: Sandbox, look: AvatarLook
) -> None:
    sandbox.fault(Fault(method="POST", path=BATCHES, status=400, message="videos[1] is odd"))
    ended = await made(heygen, rows(look, 5))
    assert all(outcome.ok for outcome in ended)
    assert all(outcome.batch_id is None and outcome.idempotency_key for outcome in ended)
    assert len(paid(sandbox)) == 5


async def test_what_a_batch_does_not_take_goes_by_itself(
    heygen: HeyGen, sandbox: Sandbox, look: AvatarLook
) -> None:
    old = GenerateVideo(video_inputs=[Scene(voice=Silence(duration=3.0))])
    ended = await made(heygen, [*rows(look, 2), VideoJob(request=old)])
    assert all(outcome.ok for outcome in ended)
    assert [bool(outcome.batch_id) for outcome in ended] == [True, True, False]


async def test_a_row_that_stays_alone_is_no_batch(
    heygen: HeyGen, sandbox: Sandbox, look: AvatarLook
) -> None:
    (ended,) = await made(heygen, rows(look, 1))
    assert ended.ok
    assert ended.batch_id is None
    assert not [r for r in sandbox.requests if r.path == BATCHES]


async def test_a_batch_without_an_answer_is_sent_again_and_paid_once(
    heygen: HeyGen, sandbox: Sandbox, look: AvatarLook
) -> None:
    sandbox.fault(Fault(method="POST", path=BATCHES, commit_then_drop=True))
    ended = await made(heygen, rows(look, 7))
    assert all(outcome.ok for outcome in ended)
    assert len(paid(sandbox)) == 7


async def test_a_batch_that_may_be_accepted_is_for_review(
    heygen: HeyGen, sandbox: Sandbox, look: AvatarLook
) -> None:
    sandbox.fault(Fault(method="POST", path=BATCHES, commit_then_drop=True, times=9))
    ended = await made(heygen, rows(look, 3))
    assert {outcome.state for outcome in ended} == {State.NEEDS_REVIEW}
    # What finds it again: the key of the whole batch, and each row's place.
    assert len({outcome.idempotency_key for outcome in ended} - {None}) == 1
    assert [outcome.item_index for outcome in ended] == [0, 1, 2]


async def test_observers_learn_the_batch_of_a_run_that_is_cancelled(
    heygen: HeyGen, sandbox: Sandbox, look: AvatarLook, events: list[Event]
) -> None:
    async def work() -> None:
        async for _ in studio.render(rows(look, 5), batches=True):
            pass

    async with heygen.orchestrator() as studio:
        task = asyncio.create_task(work())
        while not (told := [e for e in events if isinstance(e, StateChanged) and e.batch_id]):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    assert len(paid(sandbox)) == 5
    assert sorted(event.item_index for event in told) == list(range(5))  # type: ignore[type-var]
    assert {event.state for event in told} == {State.ACCEPTED}


@pytest.mark.parametrize("status", [400, 403, 404, 413])
async def test_a_refusal_after_a_lost_answer_is_for_review_and_paid_once(
    heygen: HeyGen, sandbox: Sandbox, look: AvatarLook, status: int
) -> None:
    sandbox.fault(Fault(method="POST", path=BATCHES, commit_then_drop=True))
    sandbox.fault(Fault(method="POST", path=BATCHES, status=status))
    ended = await made(heygen, rows(look, 4))
    assert {outcome.state for outcome in ended} == {State.NEEDS_REVIEW}
    assert len(paid(sandbox)) == 4


async def test_no_credit_for_a_batch_stops_the_taking_of_rows(
    heygen: HeyGen, sandbox: Sandbox, look: AvatarLook
) -> None:
    sandbox.fault(Fault(method="POST", path=BATCHES, status=402, times=99))
    ended: list[Outcome] = []
    async with heygen.orchestrator() as studio:
        with pytest.raises(InsufficientCreditError):
            async for outcome in studio.render(rows(look, 5000), batches=True):
                ended.append(outcome)  # noqa: PERF401  what came before the error counts
        assert studio.slots.in_use == 0
    assert len(ended) < 400
    assert sum(r.path == BATCHES for r in sandbox.requests) <= 2
    assert {type(outcome.error) for outcome in ended} <= {InsufficientCreditError, StoppedError}
    assert paid(sandbox) == []


async def test_stopping_waits_for_the_answer_for_all_rows_of_a_batch(
    heygen: HeyGen, sandbox: Sandbox, look: AvatarLook
) -> None:
    sandbox.fault(Fault(method="POST", path=BATCHES, stall=0.1))
    ended: list[Outcome] = []

    async def work() -> None:
        async for outcome in studio.render(rows(look, 20), batches=True):
            ended.append(outcome)  # noqa: PERF401  counted when it is over

    async with heygen.orchestrator() as studio:
        task = asyncio.create_task(work())
        while not heygen.in_flight:
            await asyncio.sleep(0)
        studio.stop()
        await task
        assert studio.slots.in_use == 0
    assert {outcome.state for outcome in ended} == {State.ACCEPTED}
    assert {outcome.item_index for outcome in ended} == set(range(20))
    (batch_id,) = {outcome.batch_id for outcome in ended}
    assert batch_id
    # Anybody can go on with each of them.
    first = heygen.videos.item_job(batch_id, item_index=0)
    assert (await first.wait()).id == first.video_id
    assert first.video_id in paid(sandbox)


async def test_rows_that_are_stopped_as_their_batch_is_accepted_give_its_slots_back(
    heygen: HeyGen, sandbox: Sandbox, look: AvatarLook, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with heygen.orchestrator(slots=4) as studio:
        monkeypatch.setattr(studio.slots, "accepted", studio.stop)
        ended = [each async for each in studio.render(rows(look, 10), batches=True)]
        assert studio.slots.in_use == 0
    assert {outcome.state for outcome in ended} == {State.ACCEPTED}
    assert {outcome.item_index for outcome in ended} == set(range(10))
    assert len(paid(sandbox)) == 10


async def test_a_row_keeps_its_id_however_many_are_done_before_it_is_fetched(
    heygen: HeyGen,
    sandbox: Sandbox,
    look: AvatarLook,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(batch_items, "_KNOWN", 3)
    ended = await made(heygen, rows(look, 20, tmp_path))
    assert sorted(outcome.video_id or "" for outcome in ended) == sorted(paid(sandbox))


@pytest.mark.parametrize("in_time", [True, False])
async def test_rows_of_a_batch_wait_for_those_before_them(
    clock: SkippingClock, world: World, monkeypatch: pytest.MonkeyPatch, *, in_time: bool
) -> None:
    if not in_time:
        monkeypatch.setattr(batch_items, "ITEMS_TIMEOUT", 6 * 3600.0)
    shared = SandboxClock(source=clock.monotonic, epoch=clock.time())
    async with (
        Sandbox(media=False, clock=shared, slots=1) as sandbox,
        HeyGen(api_key="k", base_url=sandbox.url, world=world) as heygen,
    ):
        clock.watch(lambda: heygen.in_flight)
        jobs = [
            VideoJob(request=AvatarVideo(avatar_id=ADA, script=f"{number} {'word ' * 900}"))
            for number in range(18)
        ]
        ended = await made(heygen, jobs)
    assert clock.monotonic() > 6 * 3600
    if in_time:
        assert all(outcome.ok for outcome in ended)
    else:
        assert {outcome.state for outcome in ended} == {State.DONE, State.ACCEPTED}
        late = [outcome.error for outcome in ended if outcome.state is State.ACCEPTED]
        assert {type(error) for error in late} == {JobTimeoutError}
        assert all(outcome.batch_id for outcome in ended)


async def test_a_batch_counts_for_as_many_slots_as_it_takes(
    heygen: HeyGen, look: AvatarLook
) -> None:
    most = 0
    async with heygen.orchestrator(slots=4) as studio:
        async for _ in studio.render(rows(look, 12), batches=True):
            most = max(most, studio.slots.in_use)
    assert most == 4


@pytest.mark.parametrize("leaves", ["first", "second"])
async def test_flows_may_share_a_chain_and_no_lot(
    heygen: HeyGen, sandbox: Sandbox, look: AvatarLook, leaves: str
) -> None:
    async def flow(name: str, numbers: range) -> None:
        jobs = [VideoJob(request=request(look, number), key=f"k{number}") for number in numbers]
        found[name] = [each.reached async for each in studio.flow(jobs, line)]

    found: dict[str, list[object]] = {}
    async with heygen.orchestrator(slots=2) as studio:
        line = studio.videos(batches=True)
        # Both collect rows, and wait for a slot.
        await studio.slots.acquire()
        await studio.slots.acquire()
        tasks = {
            "first": asyncio.create_task(flow("first", range(2))),
            "second": asyncio.create_task(flow("second", range(2, 5))),
        }
        for _ in range(50):
            await asyncio.sleep(0)
        tasks.pop(leaves).cancel()
        studio.slots.release()
        studio.slots.release()
        await asyncio.gather(*tasks.values())
        assert studio.slots.in_use == 0
    ((_, ended),) = found.items()
    known = [each.video_id for each in ended if isinstance(each, Outcome) and each.ok]
    assert len(known) == len(ended)
    assert sorted(known, key=str) == sorted(paid(sandbox))


async def test_a_refusal_ends_its_flow_and_not_the_next_one_of_a_chain(
    heygen: HeyGen, sandbox: Sandbox, look: AvatarLook
) -> None:
    async with heygen.orchestrator() as studio:
        line = studio.videos()
        sandbox.fault(Fault(method="POST", path="/v3/videos", status=402))
        first = [each async for each in studio.flow(rows(look, 1), line)]
        second = [each async for each in studio.flow(rows(look, 2), line)]
    assert [each.ok for each in first + second] == [False, True, True]


async def test_a_named_run_takes_no_batches(heygen: HeyGen, look: AvatarLook) -> None:
    async with heygen.orchestrator(run="spring") as studio:
        with pytest.raises(ConfigError, match="takes no batches"):
            await anext(studio.render(rows(look, 3), batches=True))


async def test_an_item_is_waited_for_and_fetched_by_its_place(
    heygen: HeyGen, look: AvatarLook, tmp_path: Path
) -> None:
    batch = await heygen.videos.create_batch(
        CreateVideoBatch(videos=[request(look, number) for number in range(3)])
    )
    job = heygen.videos.item_job(batch.id, item_index=1)
    assert (job.batch_id, job.item_index, job.video_id) == (batch.id, 1, None)
    path = await job.download(tmp_path)
    assert path == tmp_path / f"{job.video_id}.mp4"
    with pytest.raises(JobLostError):
        await heygen.videos.item_job(batch.id, item_index=7).wait()
    with pytest.raises(InvalidRequestError, match="item_index"):
        heygen.videos.item_job(batch.id, item_index=100)
