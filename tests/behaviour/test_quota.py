"""The quota is read before anything is paid, and nothing is sent when it does not do."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from heygen_async import HeyGen, PhotoAvatarMade, PhotoAvatarPlan, VideoJob, VideoPlan, estimate
from heygen_async.errors import BadRequestError, CreditShortageError, InsufficientCreditError
from heygen_async.models.v2 import AvatarCharacter, GenerateVideo, Scene, TextVoice
from heygen_async.sandbox import Fault, Sandbox
from heygen_async.sandbox.clock import SandboxClock
from heygen_async.testing import SkippingClock
from tests.behaviour.walks import VOICE

Calls = Callable[[str, str], int]
EVERYTHING = ""
STOCK = "Ada_public_office_front"


@pytest.fixture
async def sandbox(clock: SkippingClock) -> AsyncIterator[Sandbox]:
    """One whose account has six and a half credits."""
    shared = SandboxClock(source=clock.monotonic, epoch=clock.time())
    async with Sandbox(media=False, clock=shared, balance=6.5) as sandbox:
        yield sandbox


def plan(photo: Path, **more: object) -> PhotoAvatarPlan:
    return PhotoAvatarPlan(name="C", photos=[photo], looks=["a beach"], **more)  # type: ignore[arg-type]


async def test_a_quota_that_is_too_low_sends_nothing(
    heygen: HeyGen, sandbox: Sandbox, calls: Calls, photo: Path
) -> None:
    speech = VideoPlan(script="word " * 150, voice_id=VOICE)
    async with heygen.orchestrator() as studio:
        with pytest.raises(CreditShortageError) as caught:
            await studio.photo_avatar(plan(photo, video=speech))
    assert (caught.value.need, caught.value.have) == (7, 6.5)
    assert str(caught.value) == (
        "photo avatar 'C' needs about 7 credits (train 4, looks 1, motion 1, video 1),"
        " and 6.5 are left"
    )
    assert calls("POST", EVERYTHING) == 0
    assert calls("GET", EVERYTHING) == 1
    assert sandbox.charges == ()


async def test_a_quota_that_nobody_tells_refuses_nothing(
    heygen: HeyGen, sandbox: Sandbox, photo: Path, calls: Calls
) -> None:
    sandbox.fault(Fault(path="/v2/user/remaining_quota", reply={"details": {}}))
    small = PhotoAvatarPlan(name="C", photos=[photo], train=False, sound=False)
    async with heygen.orchestrator() as studio:
        await studio.photo_avatar(small, preflight=True)
    assert calls("GET", "/v2/user/remaining_quota") == 1
    assert sandbox.total_charged == estimate(small).credits > 0


async def test_a_quota_that_just_does_is_enough(
    heygen: HeyGen, sandbox: Sandbox, photo: Path
) -> None:
    whole = plan(photo, video=VideoPlan(script="word " * 70, voice_id=VOICE))
    async with heygen.orchestrator() as studio:
        await studio.photo_avatar(whole)
    assert sandbox.total_charged == estimate(whole).credits == 6.5


async def test_the_quota_is_not_asked_when_it_need_not_be(
    heygen: HeyGen, calls: Calls, photo: Path
) -> None:
    free = PhotoAvatarPlan(name="C", photos=[photo], train=False, motion=False)
    async with heygen.orchestrator() as studio:
        await studio.photo_avatar(free)
        assert calls("GET", "/v2/user/remaining_quota") == 0
        # Too dear, and HeyGen is the one to say so.
        speech = VideoPlan(script="word " * 150, voice_id=VOICE)
        with pytest.raises(InsufficientCreditError):
            await studio.photo_avatar(plan(photo, video=speech), preflight=False)
    assert calls("GET", "/v2/user/remaining_quota") == 0


async def test_what_is_paid_is_not_needed_again(
    heygen: HeyGen, sandbox: Sandbox, photo: Path
) -> None:
    sandbox.fault(Fault(method="POST", path="/v2/video/generate", status=400))
    whole = plan(photo, video=VideoPlan(script="Hello.", voice_id=VOICE))
    made = PhotoAvatarMade()
    async with heygen.orchestrator() as studio:
        with pytest.raises(BadRequestError):
            await studio.photo_avatar(whole, made=made)
        assert (await heygen.v2.users.remaining_quota()).credits == 0.5
        await studio.photo_avatar(whole, made=made)
    assert sandbox.total_charged == 6.5


async def test_a_quota_that_cannot_be_read_stops_the_plan(
    heygen: HeyGen, sandbox: Sandbox, calls: Calls, photo: Path
) -> None:
    sandbox.fault(Fault(path="/v2/user/remaining_quota", status=400))
    async with heygen.orchestrator() as studio:
        with pytest.raises(BadRequestError) as caught:
            await studio.photo_avatar(plan(photo))
    assert "preflight=False" in caught.value.__notes__[-1]
    assert calls("POST", EVERYTHING) == 0


async def test_rows_of_v2_can_be_looked_at_too(
    heygen: HeyGen, sandbox: Sandbox, calls: Calls
) -> None:
    def row(words: int) -> VideoJob:
        voice = TextVoice(input_text="word " * words, voice_id=VOICE)
        person = AvatarCharacter(avatar_id=STOCK)
        return VideoJob(request=GenerateVideo(video_inputs=[Scene(voice=voice, character=person)]))

    async with heygen.orchestrator(slots=1) as studio:
        rows = [row(70), row(900), row(220)]
        ended = [each async for each in studio.render(rows, preflight=True)]
        with pytest.raises(CreditShortageError, match=r"4 credits \(video 3, video 1\)"):
            await studio.check_quota(rows[2].request, rows[0].request)
        assert (await studio.check_quota(rows[0].request)).credits == 1
    errors = {each.index: each.error for each in ended}
    assert errors[0] is None
    assert isinstance(errors[1], CreditShortageError)
    assert str(errors[1]).startswith("row '1' needs about 12 credits (video 12), and 5.5 are left")
    assert errors[2] is None
    assert calls("POST", "/v2/video/generate") == 2
    assert sandbox.total_charged == 4
