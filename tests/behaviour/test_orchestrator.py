"""Fan-out: bounded, lazy, and no row sinks another."""

import asyncio
import itertools
import re
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from heygen_async import HeyGen, Job, Outcome, PhotoAvatarPlan, VideoJob
from heygen_async.api.sharing import SharedUploads
from heygen_async.errors import (
    ConfigError,
    InvalidRequestError,
    JobFailedError,
    NotFoundError,
    OutcomeUnknownError,
    TargetError,
)
from heygen_async.events import State
from heygen_async.models import AssetId, AvatarLook, AvatarVideo, Background, ImageVideo
from heygen_async.models.v2 import GenerateVideo, Scene, Silence
from heygen_async.orchestrator import Orchestrator
from heygen_async.sandbox import Fault, Sandbox
from heygen_async.wire.encode import encode

Calls = Callable[[str, str], int]


def row(look: AvatarLook, number: int, target: Path | None = None) -> VideoJob:
    text = f"Row {number} says hello."
    return VideoJob(request=AvatarVideo(avatar_id=look.id, script=text), target=target)


async def outcomes(studio: Orchestrator, jobs: list[VideoJob]) -> list[Outcome]:
    found = [outcome async for outcome in studio.render(jobs)]
    return sorted(found, key=lambda outcome: outcome.index)


async def test_one_bad_row_of_each_kind_sinks_no_other(
    heygen: HeyGen, sandbox: Sandbox, look: AvatarLook, tmp_path: Path
) -> None:
    taken = tmp_path / "taken.mp4"
    taken.write_bytes(b"mine")
    lost = GenerateVideo(video_inputs=[Scene(voice=Silence(duration=3.0))])
    sandbox.fault(Fault(path="/v2/video/generate", commit_then_drop=True))
    jobs = [
        row(look, 0, tmp_path / "0.mp4"),
        VideoJob(request=AvatarVideo(avatar_id=look.id, script="")),
        VideoJob(request=AvatarVideo(avatar_id=look.id, script="It will [[fail]] now.")),
        VideoJob(request=AvatarVideo(avatar_id="nosuchlook", script="Hello.")),
        VideoJob(request=lost),
        row(look, 5, taken),
        VideoJob(request=lambda assets: 1 / 0),  # type: ignore[arg-type,return-value]
        VideoJob(request=lambda assets: row(look, 7).request, files={"x": "/no/such/file"}),  # type: ignore[arg-type,return-value]
        row(look, 8, tmp_path / "8.mp4"),
    ]
    async with heygen.orchestrator() as studio:
        ended = await outcomes(studio, jobs)
    errors = [type(outcome.error).__name__ for outcome in ended]
    assert errors == [
        "NoneType",
        InvalidRequestError.__name__,
        JobFailedError.__name__,
        NotFoundError.__name__,
        OutcomeUnknownError.__name__,
        TargetError.__name__,
        ZeroDivisionError.__name__,
        InvalidRequestError.__name__,
        "NoneType",
    ]
    assert [outcome.ok for outcome in ended] == [i in (0, 8) for i in range(9)]
    assert ended[4].state is State.NEEDS_REVIEW
    assert ended[5].video_id is None, "a target that cannot be made is found before it costs"
    assert ended[2].video_id
    assert taken.read_bytes() == b"mine"
    assert (tmp_path / "0.mp4").exists()
    assert (tmp_path / "8.mp4").exists()


@pytest.mark.parametrize("status", [400, 401, 402, 403])
async def test_a_refusal_after_a_lost_answer_is_for_review(
    heygen: HeyGen, sandbox: Sandbox, look: AvatarLook, status: int
) -> None:
    sandbox.fault(Fault(method="POST", path="/v3/videos", commit_then_drop=True))
    sandbox.fault(Fault(method="POST", path="/v3/videos", status=status))
    async with heygen.orchestrator() as studio:
        (ended,) = await outcomes(studio, [row(look, 0)])
    assert ended.state is State.NEEDS_REVIEW
    assert ended.idempotency_key


async def test_any_source_of_rows_will_do(heygen: HeyGen, look: AvatarLook) -> None:
    def generated() -> Iterator[VideoJob]:
        yield from (row(look, number) for number in range(3))

    async def streamed() -> AsyncIterator[VideoJob]:
        for number in range(3):
            await asyncio.sleep(0)
            yield row(look, number)

    async with heygen.orchestrator() as studio:
        for source in ([row(look, 0)], generated(), streamed(), [], iter(())):
            ended = [outcome async for outcome in studio.render(source)]
            assert all(outcome.ok for outcome in ended)


async def test_rows_are_taken_only_as_fast_as_the_work_goes_on(
    heygen: HeyGen, look: AvatarLook, tmp_path: Path
) -> None:
    taken = 0

    def endless() -> Iterator[VideoJob]:
        nonlocal taken
        while True:
            taken += 1
            yield row(look, taken, tmp_path / f"{taken}.mp4")

    async with heygen.orchestrator(uploads=1, slots=2, downloads=1) as studio:
        stream = studio.render(endless())
        for _ in range(5):
            assert (await anext(stream)).ok
        await stream.aclose()
    assert taken < 25


async def test_a_source_is_closed_when_the_loop_is_left(heygen: HeyGen, look: AvatarLook) -> None:
    closed: list[str] = []

    def generated() -> Iterator[VideoJob]:
        try:
            while True:
                yield row(look, 0)
        finally:
            closed.append("generator")

    async def streamed() -> AsyncIterator[VideoJob]:
        try:
            while True:
                yield row(look, 1)
        finally:
            await asyncio.sleep(0)
            closed.append("async generator")

    # Named, so that nothing but the run closes them.
    sources = [generated(), streamed()]
    async with heygen.orchestrator() as studio:
        for source in sources:
            stream = studio.render(source)
            assert (await anext(stream)).ok
            await stream.aclose()
            assert len(closed) == sources.index(source) + 1
    assert closed == ["generator", "async generator"]


@pytest.mark.parametrize("key", ["two words", "é", "n" * 215])
async def test_a_row_key_that_no_key_may_have_is_named(
    heygen: HeyGen, look: AvatarLook, key: str
) -> None:
    request = AvatarVideo(avatar_id=look.id, script="Hello.")
    async with heygen.orchestrator(run="batch-7") as studio:
        (ended,) = await outcomes(studio, [VideoJob(request=request, key=key)])
        (longest,) = await outcomes(studio, [VideoJob(request=request, key="n" * 214)])
    assert isinstance(ended.error, InvalidRequestError)
    assert ended.error.field == "key"
    assert "214" in ended.error.limit
    assert longest.ok


async def test_what_is_no_request_is_named(heygen: HeyGen) -> None:
    jobs = [
        VideoJob(request=None),  # type: ignore[arg-type]
        VideoJob(request=lambda _: 5),  # type: ignore[arg-type,return-value]
        VideoJob(request={"script": "Hello."}),  # type: ignore[arg-type]
    ]
    async with heygen.orchestrator() as studio:
        ended = await outcomes(studio, jobs)
    assert [getattr(outcome.error, "field", None) for outcome in ended] == ["request"] * 3
    with pytest.raises(InvalidRequestError, match="request: must be a request"):
        encode({"script": "Hello."})  # type: ignore[arg-type]


async def test_a_source_that_fails_is_raised_after_the_rows_before_it(
    heygen: HeyGen, look: AvatarLook
) -> None:
    def broken() -> Iterator[VideoJob]:
        yield row(look, 0)
        yield row(look, 1)
        raise LookupError("row 3 has no script")

    ended: list[Outcome] = []
    async with heygen.orchestrator() as studio:
        with pytest.raises(LookupError, match="row 3"):
            async for outcome in studio.render(broken()):
                ended.append(outcome)  # noqa: PERF401  what came before the error counts
    assert len(ended) == 2


async def test_every_stage_keeps_its_bound(
    heygen: HeyGen,
    look: AvatarLook,
    photo: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now: Counter[str] = Counter()
    most: Counter[str] = Counter()

    def watch(owner: Any, name: str) -> None:
        plain = getattr(owner, name)

        async def watched(*args: Any, **rest: Any) -> Any:
            now[name] += 1
            most[name] = max(most[name], now[name])
            try:
                return await plain(*args, **rest)
            finally:
                now[name] -= 1

        monkeypatch.setattr(owner, name, watched)

    watch(SharedUploads, "asset")
    watch(Job, "wait")
    watch(Job, "download")

    def jobs() -> Iterator[VideoJob]:
        for number in range(30):
            yield VideoJob(
                request=lambda assets, number=number: AvatarVideo(  # type: ignore[misc]
                    avatar_id=look.id,
                    script=f"Row {number}.",
                    background=Background(type="image", asset_id=assets["back"].asset_id),
                ),
                files={"back": photo.read_bytes() + bytes([number])},
                target=tmp_path / f"{number}.mp4",
            )

    async with (
        heygen.orchestrator(uploads=2, slots=5, downloads=3) as studio,
        # Two loops: the bounds are the orchestrator's, not each loop's.
        asyncio.TaskGroup() as group,
    ):
        group.create_task(all_well(studio, itertools.islice(jobs(), 15)))
        group.create_task(all_well(studio, itertools.islice(jobs(), 15, None)))
    assert most == {"asset": 2, "wait": 5, "download": 3}


async def all_well(studio: Orchestrator, jobs: Iterable[VideoJob]) -> None:
    assert all([outcome.ok async for outcome in studio.render(jobs)])


async def test_jobs_in_flight_never_exceed_the_slots(
    heygen: HeyGen, look: AvatarLook, sandbox: Sandbox, calls: Calls
) -> None:
    async with heygen.orchestrator(slots=10) as studio:
        ended = await outcomes(studio, [row(look, number) for number in range(40)])
    assert all(outcome.ok for outcome in ended)
    # The sandbox takes ten at once: an eleventh would have been refused.
    refused = [r for r in sandbox.requests if r.path == "/v3/videos" and r.status == 429]
    assert refused == []


async def test_the_same_file_of_many_rows_goes_up_once(
    heygen: HeyGen, photo: Path, calls: Calls
) -> None:
    voice = (await heygen.voices.list()).items[0].voice_id
    jobs = [
        VideoJob(
            request=lambda assets, number=number: ImageVideo(  # type: ignore[misc]
                image=AssetId(asset_id=assets["photo"].asset_id),
                script=f"Row {number}.",
                voice_id=voice,
            ),
            files={"photo": photo},
        )
        for number in range(12)
    ]
    async with heygen.orchestrator() as studio:
        ended = await outcomes(studio, jobs)
    assert all(outcome.ok for outcome in ended), ended
    assert calls("POST", "/v3/assets") == 1


async def test_cancelling_leaves_nothing_half_written_and_nothing_running(
    heygen: HeyGen, sandbox: Sandbox, look: AvatarLook, tmp_path: Path
) -> None:
    sandbox.fault(Fault(method="GET", path="/_storage", stall=30, skip=2, times=99))
    before = asyncio.all_tasks()

    async def work() -> None:
        async with heygen.orchestrator() as studio:
            jobs = [row(look, number, tmp_path / f"{number}.mp4") for number in range(8)]
            async for outcome in studio.render(jobs):
                assert outcome.ok

    task = asyncio.create_task(work())
    while not list(tmp_path.glob("*.mp4")):
        await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    whole = [path for path in tmp_path.iterdir() if path.suffix == ".mp4"]
    assert whole
    assert all(path.stat().st_size > 1000 for path in whole)
    await asyncio.sleep(0.05)
    ours = re.compile(r"heygen_async/(api|jobs|orchestrator|transport)/")
    left = [t for t in asyncio.all_tasks() - before if ours.search(repr(t))]
    assert left == [], "a cancelled run leaves no task"
    assert len(heygen._board) == 0


async def test_leaving_the_loop_early_stops_the_work(heygen: HeyGen, look: AvatarLook) -> None:
    async with heygen.orchestrator(slots=2) as studio:
        async for outcome in studio.render([row(look, number) for number in range(50)]):
            assert outcome.ok
            break
    assert len(heygen._board) == 0


async def test_an_error_in_the_callers_own_loop_comes_out_as_it_is(
    heygen: HeyGen, look: AvatarLook
) -> None:
    with pytest.raises(KeyError, match="mine"):
        async with heygen.orchestrator() as studio:
            async for _ in studio.render([row(look, number) for number in range(5)]):
                raise KeyError("mine")


async def test_spans_tell_where_the_time_went(
    heygen: HeyGen, look: AvatarLook, tmp_path: Path
) -> None:
    async with heygen.orchestrator() as studio:
        (ended,) = await outcomes(studio, [row(look, 0, tmp_path / "0.mp4")])
    assert set(ended.spans) == {"render", "download"}
    assert ended.spans["render"].seconds > 10
    assert ended.digest


@pytest.mark.parametrize("bound", ["uploads", "slots", "downloads"])
async def test_a_bound_of_nothing_is_refused(heygen: HeyGen, bound: str) -> None:
    with pytest.raises(ConfigError, match=bound):
        heygen.orchestrator(**{bound: 0})  # type: ignore[arg-type]


async def test_a_run_name_that_no_key_may_have_is_refused(heygen: HeyGen) -> None:
    with pytest.raises(ConfigError, match="run"):
        heygen.orchestrator(run="two words")


async def test_an_orchestrator_has_to_be_entered(heygen: HeyGen, look: AvatarLook) -> None:
    studio = heygen.orchestrator()
    with pytest.raises(ConfigError, match="async with"):
        await anext(studio.render([row(look, 0)]))


async def test_a_plan_needs_photos_or_words(heygen: HeyGen, photo: Path) -> None:
    async with heygen.orchestrator() as studio:
        with pytest.raises(InvalidRequestError, match="exactly one"):
            await studio.photo_avatar(PhotoAvatarPlan(name="C"))
        with pytest.raises(InvalidRequestError, match="train"):
            await studio.photo_avatar(
                PhotoAvatarPlan(name="C", photos=[photo], train=False, looks=["avatar"])
            )


async def test_a_plan_names_the_step_that_failed(
    heygen: HeyGen, sandbox: Sandbox, photo: Path
) -> None:
    sandbox.fault(Fault(path="/v2/photo_avatar/train", method="POST", status=400, message="no"))
    async with heygen.orchestrator() as studio:
        with pytest.raises(Exception, match="no") as caught:
            await studio.photo_avatar(PhotoAvatarPlan(name="C", photos=[photo]))
    assert "step 'train'" in caught.value.__notes__[-1]
