"""Stages of one's own around ours, and what ends a run before its rows do."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing
from pathlib import Path

import pytest

from heygen_async import HeyGen, Outcome, PhotoAvatarPlan, VideoJob
from heygen_async.errors import (
    ConfigError,
    InsufficientCreditError,
    JobFailedError,
    StoppedError,
    UnauthorizedError,
)
from heygen_async.events import State
from heygen_async.models import AvatarLook, AvatarVideo, CreateAgentSession
from heygen_async.orchestrator import Orchestrator, Stage
from heygen_async.sandbox import Fault, Sandbox
from heygen_async.testing import SkippingClock

VIDEOS = "/v3/videos"


def row(look: AvatarLook, number: int, *, script: str = "", target: Path | None = None) -> VideoJob:
    request = AvatarVideo(avatar_id=look.id, script=script or f"Row {number} says hello.")
    return VideoJob(key=f"row-{number}", request=request, target=target)


def rows(look: AvatarLook, count: int) -> Iterator[VideoJob]:
    yield from (row(look, number) for number in range(count))


async def collected(outcomes: AsyncIterator[Outcome], into: list[Outcome]) -> None:
    async for outcome in outcomes:
        into.append(outcome)  # noqa: PERF401  what came before an error counts


async def test_stages_of_ones_own_stand_before_and_behind_a_video(
    heygen: HeyGen, look: AvatarLook, tmp_path: Path
) -> None:
    async def write(topic: str) -> VideoJob:
        await asyncio.sleep(0)
        if topic == "rain":
            raise LookupError("nothing to say about rain")
        script = "[[fail]]" if topic == "fog" else f"Today: {topic}."
        return VideoJob(
            key=topic,
            request=AvatarVideo(avatar_id=look.id, script=script),
            target=tmp_path / f"{topic}.mp4",
        )

    async def publish(outcome: Outcome) -> str:
        await asyncio.sleep(0)
        if outcome.key == "snow":
            raise PermissionError("not today")
        return f"https://example.com/{outcome.key}"

    topics = ["sun", "rain", "snow", "fog"]
    async with heygen.orchestrator() as studio:
        chain = Stage("write", write, at_once=2) | studio.videos() | Stage("publish", publish)
        found = [result async for result in studio.flow(topics, chain, ordered=True)]
    assert [result.item for result in found] == topics
    sun, rain, snow, fog = found
    assert sun.value == "https://example.com/sun"
    assert list(sun.spans) == ["write", "plan", "upload", "render", "download", "publish"]
    assert sun.spans["render"].seconds > 10
    assert (rain.stage, rain.reached) == ("write", "rain")
    assert isinstance(rain.error, LookupError)
    # What is paid for is known, in whichever stage it ends.
    assert snow.stage == "publish"
    assert isinstance(snow.reached, Outcome)
    assert snow.reached.ok
    assert snow.reached.path == tmp_path / "snow.mp4"
    assert fog.stage == "render"
    assert isinstance(fog.error, JobFailedError)
    assert isinstance(fog.reached, Outcome)
    assert fog.reached.video_id
    assert fog.reached.state is State.FAILED


async def test_outcomes_come_in_order_when_that_is_asked_for(
    heygen: HeyGen, look: AvatarLook
) -> None:
    scripts = ["A long story. " * 40, "Short.", "Middling. " * 9] * 3
    jobs = [row(look, number, script=script) for number, script in enumerate(scripts)]
    async with heygen.orchestrator() as studio:
        ordered = [outcome.index async for outcome in studio.render(jobs, ordered=True)]
        as_they_end = [outcome.index async for outcome in studio.render(jobs)]
    assert ordered == list(range(9))
    assert as_they_end != ordered


async def test_no_credit_stops_the_taking_of_rows_and_loses_none_that_is_paid(
    heygen: HeyGen, sandbox: Sandbox, look: AvatarLook
) -> None:
    sandbox.fault(Fault(method="POST", path=VIDEOS, status=402, skip=5, times=1000))
    ended: list[Outcome] = []
    async with heygen.orchestrator(slots=4) as studio:
        with pytest.raises(InsufficientCreditError):
            await collected(studio.render(rows(look, 1000)), ended)
    paid = [outcome for outcome in ended if outcome.ok]
    refused = [each for each in ended if isinstance(each.error, InsufficientCreditError)]
    unsent = [each for each in ended if isinstance(each.error, StoppedError)]
    assert len(paid) == 5
    assert 1 <= len(refused) <= 4, "only those that were on their way with the first"
    assert {each.state for each in unsent} == {State.PLANNED}
    assert len(ended) == len(paid) + len(refused) + len(unsent) < 40
    sent = [r for r in sandbox.requests if r.method == "POST" and r.path == VIDEOS]
    assert len(sent) == len(paid) + len(refused)


async def test_a_key_that_does_not_work_is_not_tried_a_thousand_times(
    heygen: HeyGen, sandbox: Sandbox, look: AvatarLook
) -> None:
    sandbox.fault(Fault(method="POST", path=VIDEOS, status=401, times=1000))
    async with heygen.orchestrator(slots=3) as studio:
        with pytest.raises(UnauthorizedError):
            await collected(studio.render(rows(look, 1000)), [])
    assert sum(r.status == 401 for r in sandbox.requests) <= 3


async def test_a_list_that_ends_with_a_refusal_is_told_in_outcomes_alone(
    heygen: HeyGen, sandbox: Sandbox, look: AvatarLook
) -> None:
    sandbox.fault(Fault(method="POST", path=VIDEOS, status=402, times=1000))
    async with heygen.orchestrator() as studio:
        ended = [outcome async for outcome in studio.render(rows(look, 3))]
    assert len(ended) == 3
    assert not any(outcome.ok for outcome in ended)


async def test_fail_fast_tells_the_id_of_everything_that_is_paid(
    heygen: HeyGen, sandbox: Sandbox, look: AvatarLook
) -> None:
    def jobs() -> Iterator[VideoJob]:
        yield row(look, 0, script="It will [[fail]].")
        yield from (row(look, number, script="So long. " * 99) for number in range(1, 1000))

    ended: list[Outcome] = []
    async with heygen.orchestrator(slots=4) as studio:
        with pytest.raises(JobFailedError):
            await collected(studio.render(jobs(), fail_fast=True), ended)
    assert isinstance(ended[0].error, JobFailedError)
    states = {outcome.state for outcome in ended[1:]}
    assert states == {State.PLANNED, State.ACCEPTED}
    told = {outcome.video_id for outcome in ended if outcome.video_id}
    assert told == {charge.id for charge in sandbox.charges if charge.kind == "video"}
    assert all(isinstance(outcome.error, StoppedError) for outcome in ended[1:])
    for outcome in ended[1:]:
        if outcome.video_id:  # it goes on, and anybody can wait for it
            assert (await heygen.videos.job(outcome.video_id).wait()).video_url


async def test_stopping_waits_for_the_answer_to_what_is_on_the_wire(
    heygen: HeyGen, sandbox: Sandbox, look: AvatarLook
) -> None:
    sandbox.fault(Fault(method="POST", path=VIDEOS, stall=0.1, times=2))
    ended: list[Outcome] = []
    async with heygen.orchestrator(slots=2) as studio:
        loop = asyncio.create_task(collected(studio.render(rows(look, 1000)), ended))
        while heygen.in_flight < 2:
            await asyncio.sleep(0.01)
        studio.stop()
        await loop
    told = {outcome.video_id for outcome in ended if outcome.video_id}
    assert len(told) == 2
    assert {outcome.state for outcome in ended} == {State.ACCEPTED, State.PLANNED}
    assert told == {charge.id for charge in sandbox.charges if charge.kind == "video"}


async def test_draining_finishes_what_is_under_way(heygen: HeyGen, look: AvatarLook) -> None:
    ended: list[Outcome] = []
    async with heygen.orchestrator(slots=3) as studio:
        async with aclosing(studio.render(rows(look, 1000))) as outcomes:
            async for outcome in outcomes:
                ended.append(outcome)
                studio.drain()
        assert [outcome async for outcome in studio.render(rows(look, 3))] == []
    assert len(ended) < 20
    assert all(outcome.ok for outcome in ended)


async def test_a_target_is_free_again_when_a_loop_is_left(
    heygen: HeyGen, look: AvatarLook, tmp_path: Path
) -> None:
    jobs = [
        VideoJob(request=row(look, n).request, target=tmp_path / f"{n}.mp4", overwrite=True)
        for n in range(9)
    ]
    async with heygen.orchestrator(slots=2) as studio:
        async with aclosing(studio.render(jobs)) as outcomes:
            first = await anext(outcomes)
        rest = [job for job in jobs if job is not first.job]
        assert all([outcome.ok async for outcome in studio.render(rest)])


async def test_a_plan_is_a_stage(heygen: HeyGen, photo: Path) -> None:
    plans = [PhotoAvatarPlan(name=f"C{number}", photos=[photo]) for number in range(3)]
    async with heygen.orchestrator() as studio:
        chain = Stage("avatar", studio.photo_avatar, at_once=2)
        found = [result async for result in studio.flow(plans, chain)]
    assert all(result.ok for result in found), found
    assert len({result.value.group_id for result in found if result.value}) == 3


async def test_a_flow_needs_an_orchestrator_that_is_entered(heygen: HeyGen) -> None:
    async def same(item: int) -> int:
        return item

    with pytest.raises(ConfigError, match="async with"):
        await anext(heygen.orchestrator().flow([1], Stage("same", same)))


async def test_slots_hear_of_a_refusal_when_nobody_observes(
    sandbox: Sandbox, heygen: HeyGen, look: AvatarLook
) -> None:
    heygen._events._observers.clear()
    message = "Concurrency limit reached"
    sandbox.fault(
        Fault(method="POST", path=VIDEOS, status=429, message=message, retry_after=7, times=1)
    )
    async with heygen.orchestrator(slots=8) as studio:
        assert all([outcome.ok async for outcome in studio.render(rows(look, 8))])
        assert studio.slots.allowed < 8


async def test_a_cool_down_outlives_the_task_that_met_it_and_holds_back_its_like_only(
    heygen: HeyGen, sandbox: Sandbox, look: AvatarLook, photo: Path, clock: SkippingClock
) -> None:
    message = "Concurrency limit reached"
    sandbox.fault(
        Fault(method="POST", path=VIDEOS, status=429, message=message, retry_after=500, times=1)
    )
    request = AvatarVideo(avatar_id=look.id, script="Hello.")
    met = asyncio.create_task(heygen.videos.create(request))
    while not any(r.status == 429 for r in sandbox.requests):
        await asyncio.sleep(0)
    while heygen.in_flight:
        await asyncio.sleep(0)
    met.cancel()
    began = clock.monotonic()
    # A read, an upload and a list are not behind it.
    await heygen.avatars.get_look(look.id)
    await heygen.assets.upload(photo.read_bytes() + b"x")
    assert clock.monotonic() - began < 1
    # Another create that shares the cap is, and goes on by itself.
    impatient = heygen.with_options(max_retries=0)
    session = await impatient.video_agents.create(CreateAgentSession(prompt="A short film."))
    assert session.id
    assert clock.monotonic() - began >= 500
    with pytest.raises(asyncio.CancelledError):
        await met


async def test_stopping_a_studio_that_is_idle_is_nothing(heygen: HeyGen) -> None:
    async with heygen.orchestrator() as studio:
        assert isinstance(studio, Orchestrator)
        studio.stop()
        studio.drain()


async def test_a_long_run_leaves_no_task_connection_or_file_open(
    heygen: HeyGen, sandbox: Sandbox, look: AvatarLook, tmp_path: Path
) -> None:
    count = 400
    descriptors = Path("/proc/self/fd")
    opened = set(map(_what, descriptors.iterdir())) if descriptors.exists() else set()
    tasks = asyncio.all_tasks()

    def jobs() -> Iterator[VideoJob]:
        for number in range(count):
            script = "It will [[fail]]." if number % 50 == 7 else ""
            target = tmp_path / f"{number}.mp4" if number % 5 == 0 else None
            yield row(look, number, script=script, target=target)

    async with heygen.orchestrator(slots=10) as studio:
        ended = [outcome async for outcome in studio.render(jobs())]
        assert (studio.slots.in_use, studio.slots.allowed) == (0, 10)
    assert {outcome.index for outcome in ended} == set(range(count))
    assert sum(not outcome.ok for outcome in ended) == count // 50
    assert len({outcome.video_id for outcome in ended}) == count
    assert sum(charge.kind == "video" for charge in sandbox.charges) == count
    assert len(list(tmp_path.iterdir())) == count // 5, "no half of a file lies about"
    assert heygen.in_flight == len(heygen._board) == 0
    while left := [task for task in asyncio.all_tasks() - tasks if _ours(task)]:
        await asyncio.wait(left, timeout=5)
    now = set(map(_what, descriptors.iterdir())) if descriptors.exists() else set()
    assert not [what for what in now - opened if str(tmp_path) in what]
    # The client's own connections are kept alive, a few for all.
    assert sum(what.startswith("socket") for what in now - opened) <= 2 * 64


def _what(descriptor: Path) -> str:
    try:
        return str(descriptor.readlink())
    except OSError:  # of the listing itself
        return ""


def _ours(task: "asyncio.Task[object]") -> bool:
    return any(f"heygen_async/{part}/" in repr(task) for part in ("orchestrator", "jobs", "api"))
