"""Avatars of v3 from words and from photos, in one call each: looks of one group, and videos."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from heygen_async import (
    AvatarVideoPlan,
    HeyGen,
    Made,
    PhotoGroupPlan,
    PromptAvatarPlan,
    estimate,
)
from heygen_async.errors import (
    BadRequestError,
    HeyGenError,
    InvalidRequestError,
    JobFailedError,
    TargetError,
)
from heygen_async.models import AvatarIII, AvatarV
from heygen_async.sandbox import Fault, Sandbox
from heygen_async.sandbox.catalogue import VOICES
from tests.behaviour.walks import (
    bill,
    broken_off,
    cancelled_everywhere,
    killed_anywhere,
    posts,
    tasks,
)

Calls = Callable[[str, str], int]
HELLO = AvatarVideoPlan(script="Hello there.")
ADA = PromptAvatarPlan(
    name="Ada",
    prompt="A friendly woman in a green jacket",
    looks=["on a beach", "in a library"],
    aspect_ratio="16:9",
    videos=[HELLO, AvatarVideoPlan(script="And goodbye.", look=2, engine=AvatarIII())],
)


def group(photo: Path, *looks: str) -> PhotoGroupPlan:
    return PhotoGroupPlan(name="Chelsea", photos=[photo, photo], looks=looks, videos=[HELLO])


def maker(heygen: HeyGen, photo: Path, kind: str) -> Any:
    """Makes one of the two."""

    async def work(made: Made, keep: Callable[[Made], object] | None = None) -> None:
        async with heygen.orchestrator() as studio:
            if kind == "words":
                await studio.prompt_avatar(ADA, made=made, keep=keep)
            else:
                await studio.photo_group(group(photo, "on a beach"), made=made, keep=keep)

    return work


async def test_words_become_a_group_of_looks_that_speak(
    heygen: HeyGen, sandbox: Sandbox, tmp_path: Path
) -> None:
    async with heygen.orchestrator() as studio:
        made = await studio.prompt_avatar(ADA)
        again = await studio.prompt_avatar(ADA)
    assert again.group_id != made.group_id, "another person: the run has no name"
    assert [look.status for look in made.looks] == ["completed"] * 3
    assert {look.group_id for look in made.looks} == {made.group_id}
    assert len({look.id for look in made.looks}) == 3
    assert [video.path for video in made.videos] == [None, None]
    assert sandbox.total_charged == pytest.approx(2 * estimate(ADA).usd)
    costs = ", ".join(map(str, estimate(ADA).costs))
    assert costs == "look 3 x 1 USD, video 0.04 USD, video 0.0346 USD"


@pytest.mark.parametrize(("engine", "each"), [(None, 0.0667), (AvatarIII(), 0.0433)])
async def test_4k_costs_what_it_was_last_told_to_and_no_less_than_the_rest(
    heygen: HeyGen, sandbox: Sandbox, photo: Path, engine: AvatarIII | None, each: float
) -> None:
    film = AvatarVideoPlan(script="Hello there.", engine=engine, resolution="4k")
    plan = PhotoGroupPlan(name="C", photos=[photo], videos=[film])
    async with heygen.orchestrator() as studio:
        await studio.photo_group(plan)
    _, cost = estimate(plan).costs
    assert cost.usd == pytest.approx(each * (cost.seconds or 0), abs=1e-4)
    assert sandbox.total_charged == pytest.approx(estimate(plan).usd)


async def test_photos_become_a_group_with_looks_drawn_after_them(
    heygen: HeyGen, sandbox: Sandbox, photo: Path
) -> None:
    plan, made = group(photo, "on a beach"), Made()
    async with heygen.orchestrator(run="cats") as studio:
        result = await studio.photo_group(plan, made=made)
        same = await studio.photo_group(plan)
    assert [look.avatar_type for look in result.looks] == ["photo_avatar"] * 3
    assert {look.group_id for look in result.looks} == {result.group_id}
    assert posts(sandbox)["/v3/assets"] == 2, "a photo goes up once in each call"
    assert [look.id for look in same.looks] == [look.id for look in result.looks]
    assert sandbox.total_charged == pytest.approx(estimate(plan).usd)
    assert estimate(plan, made=made).usd == 0


@pytest.mark.parametrize("lost", ["drop", "commit_then_drop"])
@pytest.mark.parametrize("kind", ["words", "photos"])
async def test_wherever_connections_die_nothing_is_paid_twice(
    heygen: HeyGen, sandbox: Sandbox, photo: Path, lost: str, kind: str
) -> None:
    assert await broken_off(sandbox, maker(heygen, photo, kind), **{lost: True}) >= 3


@pytest.mark.parametrize("kind", ["words", "photos"])
async def test_cancelled_anywhere_it_goes_on(
    heygen: HeyGen, sandbox: Sandbox, photo: Path, kind: str
) -> None:
    assert await cancelled_everywhere(sandbox, maker(heygen, photo, kind)) > 10


@pytest.mark.parametrize("kind", ["words", "photos"])
async def test_killed_anywhere_it_goes_on(
    heygen: HeyGen, sandbox: Sandbox, photo: Path, kind: str
) -> None:
    assert await killed_anywhere(sandbox, maker(heygen, photo, kind)) >= 10


async def test_a_key_that_runs_out_while_the_plan_waits_is_not_used(
    heygen: HeyGen, sandbox: Sandbox
) -> None:
    sandbox.fault(Fault(path="/v3/videos", method="POST", commit_then_drop=True, times=99))
    plan = PromptAvatarPlan(name="Ada", prompt="A woman", looks=["a beach"], videos=[HELLO])
    made = Made()
    async with heygen.orchestrator() as studio:
        with pytest.raises(HeyGenError):
            await studio.prompt_avatar(plan, made=made)
        sandbox._running.faults.clear()
        made.unknown["video 0"].time -= 23 * 3600 - 30
        made.failed["look 1"] = [made.ids.pop("look 1")]  # made anew, which takes a minute
        with pytest.raises(InvalidRequestError, match="too long ago") as caught:
            await studio.prompt_avatar(plan, made=made)
    assert caught.value.field == "made.unknown"
    assert posts(sandbox)["/v3/avatars"] == 3
    assert bill(sandbox)["video", 0.04] == 1


async def test_one_look_that_fails_leaves_the_others_made(heygen: HeyGen, sandbox: Sandbox) -> None:
    plan = PromptAvatarPlan(name="Ada", prompt="A woman", looks=["a beach", "[[fail]]", "a wood"])
    made = Made()
    async with heygen.orchestrator() as studio:
        with pytest.raises(JobFailedError) as caught:
            await studio.prompt_avatar(plan, made=made)
        assert "step 'looks' of prompt avatar 'Ada'" in caught.value.__notes__[-1]
        assert tasks() == []
        assert made.failed == {"look 2": [caught.value.job_id]}
        mended = PromptAvatarPlan(name="Ada", prompt="A woman", looks=["a beach", "x", "a wood"])
        result = await studio.prompt_avatar(mended, made=made)
    assert len(result.looks) == 4
    assert bill(sandbox) == {("avatar_create", 1.0): 5}


async def test_a_video_that_fails_is_made_again_alone(
    heygen: HeyGen, sandbox: Sandbox, tmp_path: Path
) -> None:
    target = tmp_path / "one.mp4"
    first = AvatarVideoPlan(script="Hello.", target=target)
    made = Made()

    def plan(script: str) -> PromptAvatarPlan:
        second = AvatarVideoPlan(script=script, target=tmp_path)
        return PromptAvatarPlan(name="Ada", prompt="A woman", videos=[first, second])

    async with heygen.orchestrator() as studio:
        with pytest.raises(JobFailedError):
            await studio.prompt_avatar(plan("It will [[fail]]."), made=made)
        with pytest.raises(JobFailedError) as caught:
            await studio.prompt_avatar(plan("It will [[fail]]."), made=made)
        assert len(made.failed["video 1"]) == 2
        assert caught.value.job_id == made.failed["video 1"][1]
        result = await studio.prompt_avatar(plan("It will not."), made=made)
        assert result.videos[0].path == target
        assert result.videos[1].path == tmp_path / f"{result.videos[1].id}.mp4"
        stamp = target.stat().st_mtime_ns
        await studio.prompt_avatar(plan("It will not."), made=made)
        assert target.stat().st_mtime_ns == stamp, "what is on the disk is not fetched again"
        target.unlink()
        await studio.prompt_avatar(plan("It will not."), made=made)
        assert target.stat().st_size > 1000
    assert posts(sandbox)["/v3/videos"] == 4
    assert studio.slots.in_use == 0


async def test_a_look_without_a_voice_gets_one_of_the_language(
    heygen: HeyGen, sandbox: Sandbox
) -> None:
    plan = PromptAvatarPlan(
        name="Ada", prompt="A woman", videos=[AvatarVideoPlan(script="Hallo.", language="German")]
    )
    made = Made()
    async with heygen.orchestrator() as studio:
        look = (await studio.prompt_avatar(PromptAvatarPlan(name="A", prompt="A woman"))).looks[0]
        mute = {"id": look.id, "name": "A", "group_id": look.group_id, "status": "completed"}
        mute |= {"preview_image_url": "http://x", "gender": "female", "tags": []}
        mute |= {"avatar_type": "photo_avatar", "supported_api_engines": ["avatar_iv"]}
        sandbox.fault(Fault(path="/v3/avatars/looks/", reply=mute, times=99))
        made.ids = {"look 0": look.id, "group": look.group_id or ""}
        klingon = PromptAvatarPlan(
            name="Ada", prompt="", videos=[AvatarVideoPlan(script="nuqneH", language="Klingon")]
        )
        with pytest.raises(InvalidRequestError, match="spoken by nobody"):
            await studio.prompt_avatar(klingon, made=made)
        (video,) = (await studio.prompt_avatar(plan, made=made)).videos
    voice = VOICES[sandbox._ctx.world.videos[video.id].shot.voice_id]
    assert (voice.language, voice.gender) == ("German", "female")


@pytest.mark.parametrize(
    ("plan", "field"),
    [
        (PhotoGroupPlan(name="C", photos=[]), "photos"),
        (PhotoGroupPlan(name="C", photos=[b"no picture"]), "file"),
        (PhotoGroupPlan(name="C", photos=["cat.jpg"]), "file"),
        (PhotoGroupPlan(name="C", photos=[Path("/no/cat.jpg")]), "file"),
        (PhotoGroupPlan(name="C", photos=["an-asset"], looks=["x" * 1001]), "prompt"),
        (PromptAvatarPlan(name="A", prompt=""), "prompt"),
        (PromptAvatarPlan(name="A", prompt="A", reference_images=["a"] * 4), "reference_images"),
        (
            PromptAvatarPlan(
                name="A", prompt="A", videos=[AvatarVideoPlan(script="Hi.", engine=AvatarV())]
            ),
            "videos[0].engine",
        ),
        (PromptAvatarPlan(name="A", prompt="A", videos=[HELLO, AvatarVideoPlan()]), "script"),
        (
            PromptAvatarPlan(name="A", prompt="A", videos=[AvatarVideoPlan(script="H", look=-1)]),
            "videos[0].look",
        ),
    ],
)
async def test_what_would_fail_later_is_refused_at_once(
    heygen: HeyGen, calls: Calls, plan: PhotoGroupPlan | PromptAvatarPlan, field: str
) -> None:
    async with heygen.orchestrator() as studio:
        with pytest.raises(InvalidRequestError) as caught:
            if isinstance(plan, PhotoGroupPlan):
                await studio.photo_group(plan)
            else:
                await studio.prompt_avatar(plan)
    assert field in caught.value.field
    assert calls("GET", "") == calls("POST", "") == 0


async def test_what_heygen_refuses_is_told_with_what_was_made(
    heygen: HeyGen, sandbox: Sandbox, tmp_path: Path
) -> None:
    sandbox.fault(Fault(method="POST", path="/v3/videos", status=400))
    made = Made()
    twice = [AvatarVideoPlan(script="Hi.", target=tmp_path / "a.mp4") for _ in range(2)]
    async with heygen.orchestrator() as studio:
        with pytest.raises(TargetError):
            await studio.prompt_avatar(PromptAvatarPlan(name="A", prompt="A", videos=twice))
        assert not sandbox.charges
        with pytest.raises(BadRequestError) as caught:
            await studio.prompt_avatar(
                PromptAvatarPlan(name="A", prompt="A", videos=[HELLO]), made=made
            )
    (note,) = caught.value.__notes__
    assert note == (
        "in step 'video 0' of prompt avatar 'A'; done: upload, avatar, training;"
        f" made: look 0 {made.ids['look 0']} (1 USD); paid: about 1 USD"
    )
    assert made.unknown == {}


async def test_a_plan_that_waits_for_a_slot_is_cancelled_without_a_trace(
    heygen: HeyGen, sandbox: Sandbox
) -> None:
    plan = PromptAvatarPlan(name="A", prompt="A", videos=[HELLO] * 3)
    made = Made()
    async with heygen.orchestrator(slots=1) as studio:
        task = asyncio.create_task(studio.prompt_avatar(plan, made=made))
        while "video 0" not in made.ids:
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError) as caught:
            await task
        assert "made: look 0 " in str(caught.value.__notes__)
        assert tasks() == []
        assert studio.slots.in_use == 0
    assert posts(sandbox)["/v3/videos"] == 1
    assert made.unknown == {}
