"""Nothing is paid twice, whatever the network does."""

import hashlib
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from heygen_async import HeyGen, Outcome, RetryPolicy, VideoJob, World
from heygen_async.errors import (
    InsufficientCreditError,
    InvalidRequestError,
    OutcomeUnknownError,
    QuotaExceededError,
    ServerError,
    TargetError,
)
from heygen_async.events import Event, RetryScheduled, State
from heygen_async.models import AssetId, AvatarLook, AvatarVideo, ImageVideo, PhotoAvatar
from heygen_async.models.v2 import GenerateVideo, Scene, Silence
from heygen_async.sandbox import Fault, Sandbox
from heygen_async.sandbox.clock import SandboxClock
from heygen_async.testing import SkippingClock

Calls = Callable[[str, str], int]


def videos(sandbox: Sandbox) -> int:
    return sum(charge.kind == "video" for charge in sandbox.charges)


def script(look: AvatarLook, text: str = "Hello there.") -> AvatarVideo:
    return AvatarVideo(avatar_id=look.id, script=text)


@pytest.mark.parametrize("times", [1, 3])
async def test_a_create_that_commits_and_loses_its_answer_is_charged_once(
    heygen: HeyGen, sandbox: Sandbox, look: AvatarLook, calls: Calls, times: int
) -> None:
    sandbox.fault(Fault(method="POST", path="/v3/videos", commit_then_drop=True, times=times))
    job = await heygen.videos.create(script(look))
    video = await job.wait()
    assert video.video_url
    assert videos(sandbox) == 1
    assert calls("POST", "/v3/videos") == times + 1
    keys = {r.idempotency_key for r in sandbox.requests if r.path == "/v3/videos"}
    assert len(keys) == 1


@pytest.mark.parametrize("status", [408, 500, 502, 503, 504])
async def test_a_server_error_on_create_is_repeated_with_the_same_key(
    heygen: HeyGen, sandbox: Sandbox, look: AvatarLook, status: int
) -> None:
    sandbox.fault(Fault(method="POST", path="/v3/videos", status=status, body="<html>oops</html>"))
    await heygen.videos.create(script(look))
    assert videos(sandbox) == 1


async def test_an_avatar_that_commits_and_loses_its_answer_is_charged_once(
    heygen: HeyGen, sandbox: Sandbox, photo: Path
) -> None:
    asset = await heygen.assets.upload(photo)
    sandbox.fault(Fault(method="POST", path="/v3/avatars", commit_then_drop=True))
    await heygen.avatars.create(PhotoAvatar(name="C", file=AssetId(asset_id=asset.asset_id)))
    assert [c.credits for c in sandbox.charges] == [1.0]


@pytest.mark.parametrize(
    "fault",
    [
        Fault(path="/v2/video/generate", commit_then_drop=True),
        Fault(path="/v2/video/generate", status=500),
        Fault(path="/v2/video/generate", status=504, body=""),
    ],
    ids=["dropped", "500", "504"],
)
async def test_a_v2_create_without_an_answer_is_never_repeated(
    heygen: HeyGen, sandbox: Sandbox, calls: Calls, fault: Fault
) -> None:
    sandbox.fault(fault)
    with pytest.raises(OutcomeUnknownError, match="nobody can tell") as caught:
        await heygen.v2.videos.generate(
            GenerateVideo(video_inputs=[Scene(voice=Silence(duration=3.0))])
        )
    assert calls("POST", "/v2/video/generate") == 1
    assert caught.value.hint
    assert videos(sandbox) <= 1


async def test_a_v2_create_that_was_refused_unprocessed_is_repeated(
    heygen: HeyGen, sandbox: Sandbox, calls: Calls
) -> None:
    sandbox.fault(Fault(path="/v2/video/generate", status=429, retry_after=2))
    sandbox.fault(Fault(path="/v2/video/generate", status=503, retry_after=3))
    await heygen.v2.videos.generate(
        GenerateVideo(video_inputs=[Scene(voice=Silence(duration=3.0))])
    )
    assert calls("POST", "/v2/video/generate") == 3


async def test_a_429_storm_delays_and_charges_every_row_once(
    heygen: HeyGen, sandbox: Sandbox, look: AvatarLook, clock: SkippingClock, tmp_path: Path
) -> None:
    storm = Fault(
        method="POST", path="/v3/videos", status=429, retry_after=7, times=40, message="too fast"
    )
    sandbox.fault(storm)
    began = clock.monotonic()
    jobs = [VideoJob(request=script(look, f"Row {n}."), key=str(n)) for n in range(20)]
    async with heygen.orchestrator() as studio:
        outcomes = [outcome async for outcome in studio.render(jobs)]
    assert all(outcome.ok for outcome in outcomes), outcomes
    assert videos(sandbox) == 20
    assert clock.monotonic() - began >= 7


async def test_retry_after_is_never_cut_short(
    heygen: HeyGen, sandbox: Sandbox, look: AvatarLook, clock: SkippingClock
) -> None:
    sandbox.fault(Fault(method="POST", path="/v3/videos", status=429, retry_after=95.5))
    began = clock.monotonic()
    await heygen.videos.create(script(look))
    assert clock.monotonic() - began >= 95.5


async def test_a_full_account_halves_the_slots_and_recovers(
    heygen: HeyGen, sandbox: Sandbox, look: AvatarLook, events: list[Event]
) -> None:
    # Somebody else holds most of the account: HeyGen takes only 10 of the 16 that we try.
    jobs = [VideoJob(request=script(look, f"Row {n}."), key=str(n)) for n in range(30)]
    async with heygen.orchestrator(slots=16) as studio:
        outcomes = [outcome async for outcome in studio.render(jobs)]
        assert studio.slots.limit == 16
    assert all(outcome.ok for outcome in outcomes), outcomes
    assert videos(sandbox) == 30
    assert any(isinstance(e, RetryScheduled) and e.concurrency for e in events)


async def test_a_daily_limit_is_told_from_a_rate_limit(
    heygen: HeyGen, sandbox: Sandbox, look: AvatarLook, calls: Calls
) -> None:
    sandbox.fault(
        Fault(method="POST", path="/v3/videos", status=429, code="trial_video_limit_exceeded")
    )
    with pytest.raises(QuotaExceededError):
        await heygen.videos.create(script(look))
    assert calls("POST", "/v3/videos") == 1


async def test_a_named_run_started_again_gets_the_same_videos_and_pays_nothing(
    heygen: HeyGen, sandbox: Sandbox, look: AvatarLook
) -> None:
    jobs = [VideoJob(request=script(look, f"Row {n}."), key=f"row-{n}") for n in range(5)]
    ids: list[set[str | None]] = []
    for _ in range(2):
        async with heygen.orchestrator(run="batch-7") as studio:
            ids.append({outcome.video_id async for outcome in studio.render(jobs)})
    assert ids[0] == ids[1]
    assert videos(sandbox) == 5

    edited = [VideoJob(request=script(look, "Another text."), key="row-0")]
    async with heygen.orchestrator(run="batch-7") as studio:
        outcomes = [outcome async for outcome in studio.render(edited)]
    assert outcomes[0].video_id not in ids[0]
    assert videos(sandbox) == 6


async def render(heygen: HeyGen, *jobs: VideoJob, run: str | None = "batch-7") -> list[Outcome]:
    async with heygen.orchestrator(run=run) as studio:
        found = [outcome async for outcome in studio.render(list(jobs))]
    return sorted(found, key=lambda outcome: outcome.index)


@pytest.mark.parametrize("where", ["beside", "inside"])
async def test_a_named_run_with_files_started_again_pays_nothing(
    sandbox: Sandbox, clock: SkippingClock, world: World, photo: Path, where: str
) -> None:
    def job(voice: str, text: str) -> VideoJob:
        if where == "inside":
            request = ImageVideo(image=photo, script=text, voice_id=voice)
            return VideoJob(key=text[:1], request=request)
        return VideoJob(
            key=text[:1],
            files={"photo": photo},
            request=lambda assets: ImageVideo(
                image=AssetId(asset_id=assets["photo"].asset_id), script=text, voice_id=voice
            ),
        )

    ids: list[list[str | None]] = []
    for _ in range(2):  # each in a client of its own, as after a restart
        async with HeyGen(api_key="k", base_url=sandbox.url, world=world) as heygen:
            clock.watch(lambda heygen=heygen: heygen.in_flight)  # type: ignore[misc]
            voice = (await heygen.voices.list()).items[0].voice_id
            ended = await render(heygen, job(voice, "A first text."), job(voice, "B, another."))
            assert all(outcome.ok for outcome in ended), ended
            ids.append([outcome.video_id for outcome in ended])
    assert ids[0] == ids[1]
    assert videos(sandbox) == 2
    sent = [r for r in sandbox.requests if (r.method, r.path) == ("POST", "/v3/assets")]
    assert len(sent) == 2, "once a run"
    assert len({r.idempotency_key for r in sent}) == 1
    assert str(sent[0].idempotency_key).startswith("batch-7:file:")


async def test_the_same_name_may_hold_other_bytes_the_next_time(
    heygen: HeyGen, photo: Path, tmp_path: Path
) -> None:
    voice = (await heygen.voices.list()).items[0].voice_id
    picture = tmp_path / "face.jpg"
    ids: set[str | None] = set()
    for end in (b"", b"\0"):
        picture.write_bytes(photo.read_bytes() + end)
        request = ImageVideo(image=picture, script="Hello.", voice_id=voice)
        (ended,) = await render(heygen, VideoJob(request=request))
        assert ended.ok, ended
        ids.add(ended.video_id)
    assert len(ids) == 2


async def test_files_of_every_kind_are_keyed_by_their_bytes_alone(
    heygen: HeyGen, sandbox: Sandbox, photo: Path
) -> None:
    voice = (await heygen.voices.list()).items[0].voice_id
    data = photo.read_bytes()

    async def stream() -> AsyncIterator[bytes]:
        yield data

    keys: set[str | None] = set()
    with photo.open("rb") as handle:
        for file in (photo, data, handle, stream()):
            request = ImageVideo(image=file, script="Hello.", voice_id=voice)
            (ended,) = await render(heygen, VideoJob(request=request))
            assert ended.ok, ended
            keys.add(ended.video_id)
    assert len(keys) == 1
    sent = [r for r in sandbox.requests if (r.method, r.path) == ("POST", "/v3/assets")]
    assert len(sent) == 4, "once a run, and these were four"
    assert {r.idempotency_key for r in sent} == {
        f"batch-7:file:{hashlib.sha256(data).hexdigest()[:32]}"
    }


async def test_a_v2_row_of_a_named_run_has_to_say_that_it_may_be_paid_again(
    heygen: HeyGen, sandbox: Sandbox
) -> None:
    request = GenerateVideo(video_inputs=[Scene(voice=Silence(duration=3.0))])
    (refused,) = await render(heygen, VideoJob(request=request))
    assert isinstance(refused.error, InvalidRequestError)
    assert "unprotected" in (refused.error.hint or "")
    assert refused.state is State.FAILED
    assert not sandbox.charges
    (named,) = await render(heygen, VideoJob(request=request, unprotected=True))
    (nameless,) = await render(heygen, VideoJob(request=request), run=None)
    assert named.ok
    assert nameless.ok
    assert named.idempotency_key is None


@pytest.mark.parametrize(
    "fault",
    [
        Fault(method="POST", path="/v3/videos", commit_then_drop=True, times=5),
        Fault(method="POST", path="/v3/videos", status=502, body="<html>", times=5),
        Fault(method="POST", path="/v3/videos", status=408, times=5),
        Fault(method="POST", path="/v3/videos", status=200, body="<html>proxy</html>"),
    ],
    ids=["dropped", "502", "408", "garbage"],
)
@pytest.mark.odd_replies
async def test_a_row_that_may_be_paid_is_for_review_and_keeps_its_key(
    heygen: HeyGen, sandbox: Sandbox, look: AvatarLook, fault: Fault
) -> None:
    sandbox.fault(fault)
    (ended,) = await render(heygen, VideoJob(request=script(look)))
    assert ended.state is State.NEEDS_REVIEW, ended.error
    assert ended.idempotency_key == f"batch-7:{(ended.digest or '')[:32]}"
    again = await heygen.videos.create(script(look), idempotency_key=ended.idempotency_key)
    assert again.id
    assert videos(sandbox) == 1


async def test_a_v2_row_whose_answer_is_garbage_is_for_review(
    heygen: HeyGen, sandbox: Sandbox
) -> None:
    sandbox.fault(Fault(path="/v2/video/generate", status=200, body="<html>proxy</html>"))
    request = GenerateVideo(video_inputs=[Scene(voice=Silence(duration=3.0))])
    (ended,) = await render(heygen, VideoJob(request=request), run=None)
    assert ended.state is State.NEEDS_REVIEW
    assert ended.idempotency_key is None


@pytest.mark.parametrize("status", [400, 402, 404])
async def test_a_row_that_was_refused_failed_and_is_not_for_review(
    heygen: HeyGen, sandbox: Sandbox, look: AvatarLook, status: int
) -> None:
    sandbox.fault(Fault(method="POST", path="/v3/videos", status=status))
    (ended,) = await render(heygen, VideoJob(request=script(look)))
    assert ended.state is State.FAILED


async def test_a_target_that_cannot_be_made_is_refused_before_it_costs(
    heygen: HeyGen, sandbox: Sandbox, look: AvatarLook, tmp_path: Path
) -> None:
    taken = tmp_path / "taken.mp4"
    taken.write_bytes(b"mine")
    ended = await render(
        heygen,
        VideoJob(request=script(look), target=taken),
        VideoJob(request=script(look), target=taken / "x.mp4"),
        VideoJob(request=script(look), target=taken / "x" / "y.mp4"),
        VideoJob(request=script(look, "Mine."), target=taken, overwrite=True),
        VideoJob(request=script(look), target=tmp_path / "." / "taken.mp4", overwrite=True),
        VideoJob(request=script(look, "Yours."), target=tmp_path),
    )
    refused = [isinstance(outcome.error, TargetError) for outcome in ended]
    assert refused[:3] == [True] * 3
    assert sorted(refused[3:5]) == [False, True], "two rows that want the same file"
    assert not refused[5], "a folder takes any number"
    assert videos(sandbox) == 2
    assert ended[5].path == tmp_path / f"{ended[5].video_id}.mp4"
    assert taken.read_bytes() != b"mine"


async def test_rows_with_the_same_key_and_request_are_one_video(
    heygen: HeyGen, sandbox: Sandbox, look: AvatarLook
) -> None:
    ended = await render(heygen, *(VideoJob(request=script(look), key="k") for _ in range(3)))
    assert len({outcome.video_id for outcome in ended}) == 1
    assert videos(sandbox) == 1


async def test_no_credit_is_an_error_and_no_charge(
    clock: SkippingClock, world: World, photo: Path
) -> None:
    shared = SandboxClock(source=clock.monotonic, epoch=clock.time())
    async with (
        Sandbox(media=False, clock=shared, balance=0.0) as sandbox,
        HeyGen(api_key="k", base_url=sandbox.url, world=world) as heygen,
    ):
        clock.watch(lambda: heygen.in_flight)
        asset = await heygen.assets.upload(photo)
        request = PhotoAvatar(name="C", file=AssetId(asset_id=asset.asset_id))
        with pytest.raises(InsufficientCreditError):
            await heygen.avatars.create(request)
        assert not sandbox.charges


async def test_patience_ends_with_the_servers_own_error(
    sandbox: Sandbox, clock: SkippingClock, world: World
) -> None:
    sandbox.fault(Fault(path="/v3/users/me", status=500, times=100))
    policy = RetryPolicy(max_retries=3)
    async with HeyGen(api_key="k", base_url=sandbox.url, world=world, retry=policy) as heygen:
        clock.watch(lambda: heygen.in_flight)
        with pytest.raises(ServerError) as caught:
            await heygen.users.get_current()
    assert caught.value.attempts == 4
    assert caught.value.request_id
    assert len(caught.value.__notes__) == 3


@pytest.mark.parametrize("form", ["path", "bytes", "stream"])
async def test_a_callers_key_covers_the_files_within_its_request(
    heygen: HeyGen, sandbox: Sandbox, photo: Path, form: str
) -> None:
    data = photo.read_bytes()

    async def stream() -> AsyncIterator[bytes]:
        yield data

    ids = set()
    for _ in range(2):
        file = {"path": photo, "bytes": data, "stream": stream()}[form]
        request = PhotoAvatar(name="C", file=file)  # type: ignore[arg-type]
        ids.add((await heygen.avatars.create(request, idempotency_key="avatar-1")).id)
    assert len(ids) == 1
    assert len(sandbox.charges) == 1

    other = PhotoAvatar(name="C", file=data + b"\x00")
    with pytest.raises(ValueError, match="another body"):
        await heygen.avatars.create(other, idempotency_key="avatar-1")
