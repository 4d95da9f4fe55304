"""The main job, on both roads."""

from pathlib import Path

from heygen_async import HeyGen, PhotoAvatarPlan, VideoJob
from heygen_async.events import Event
from heygen_async.models import AvatarLook, AvatarVideo
from heygen_async.models.v2 import (
    Dimension,
    GeneratePhotos,
    GenerateVideo,
    Scene,
    TalkingPhoto,
    TextVoice,
)
from heygen_async.orchestrator import StepFinished
from heygen_async.sandbox import Sandbox
from heygen_async.testing import SkippingClock

SCRIPT = "A photo in, a talking video out. That is the whole job, and it is done once."


async def test_a_photo_becomes_twelve_videos_on_disk(
    heygen: HeyGen, sandbox: Sandbox, clock: SkippingClock, look: AvatarLook, tmp_path: Path
) -> None:
    jobs = [
        VideoJob(
            request=AvatarVideo(avatar_id=look.id, script=f"{number}. {SCRIPT}"),
            key=f"row-{number}",
            target=tmp_path / f"{number}.mp4",
        )
        for number in range(12)
    ]
    began, looks = clock.monotonic(), heygen.status_calls
    async with heygen.orchestrator(slots=6) as studio:
        outcomes = [outcome async for outcome in studio.render(jobs)]

    assert [o.error for o in outcomes] == [None] * 12
    assert sorted(o.index for o in outcomes) == list(range(12))
    assert all((o.path and o.path.stat().st_size > 1000) for o in outcomes)
    assert {p.name for p in tmp_path.iterdir()} == {f"{n}.mp4" for n in range(12)}
    assert len([c for c in sandbox.charges if c.kind == "video"]) == 12
    # Polling each job alone every 5 s would have cost a call per job and 5 s in flight.
    alone = sum(o.spans["render"].seconds for o in outcomes) / 5
    assert heygen.status_calls - looks < alone / 2
    assert clock.monotonic() - began < 600


async def test_a_photo_becomes_a_trained_group_and_a_moving_look(
    heygen: HeyGen, sandbox: Sandbox, photo: Path, events: list[Event], tmp_path: Path
) -> None:
    plan = PhotoAvatarPlan(
        name="Chelsea",
        photos=[photo] * 6,
        looks=["avatar on a beach", "avatar in a library"],
    )
    async with heygen.orchestrator() as studio:
        made = await studio.photo_avatar(plan)

    steps = [event.step for event in events if isinstance(event, StepFinished)]
    assert steps == ["photos", "group", "train", "looks", "motion", "sound"]
    assert made.look.is_motion
    assert made.look.motion_preview_url
    assert made.look.group_id == made.group_id
    # Six photos, two generated looks and the moving one; four keys a call at most.
    assert len(made.looks) == 9
    assert sum(r.path.endswith("avatar_group/add") for r in sandbox.requests) == 2 + 2
    costs = [c.credits for c in sandbox.charges]
    assert sum(costs) == 4 + 1 + 1 + 1  # train, two looks, motion; sound is free
    assert (await heygen.v2.users.remaining_quota()).credits == 1000 - 7

    scene = Scene(
        character=TalkingPhoto(talking_photo_id=made.look.id),
        voice=TextVoice(input_text=SCRIPT, voice_id=(await heygen.voices.list()).items[0].voice_id),
    )
    job = await heygen.v2.videos.generate(
        GenerateVideo(video_inputs=[scene], dimension=Dimension(width=720, height=1280))
    )
    path = await job.download(tmp_path / "cat.mp4")
    assert path.stat().st_size > 1000


async def test_the_group_can_begin_with_words_instead_of_photos(heygen: HeyGen) -> None:
    describe = GeneratePhotos(
        name="Ada",
        age="Unspecified",
        gender="Woman",
        ethnicity="Unspecified",
        orientation="square",
        pose="half_body",
        style="Realistic",
        appearance="A friendly engineer in a green jacket",
    )
    async with heygen.orchestrator() as studio:
        made = await studio.photo_avatar(
            PhotoAvatarPlan(name="Ada", describe=describe, train=False, motion=False, sound=False)
        )
    assert len(made.looks) == 4
    assert made.look.id == made.group_id


async def test_both_roads_run_in_one_batch(
    heygen: HeyGen, look: AvatarLook, photo: Path, tmp_path: Path
) -> None:
    voice = (await heygen.voices.list()).items[0].voice_id
    async with heygen.orchestrator() as studio:
        plan = PhotoAvatarPlan(name="C", photos=[photo], train=False, motion=False, sound=False)
        legacy = await studio.photo_avatar(plan)
        scene = Scene(
            character=TalkingPhoto(talking_photo_id=legacy.look.id),
            voice=TextVoice(input_text=SCRIPT, voice_id=voice),
        )
        jobs = [
            VideoJob(request=AvatarVideo(avatar_id=look.id, script=SCRIPT), target=tmp_path / "3"),
            VideoJob(request=GenerateVideo(video_inputs=[scene]), target=tmp_path / "2"),
        ]
        outcomes = [outcome async for outcome in studio.render(jobs)]
    assert all(outcome.ok for outcome in outcomes), outcomes
    assert sorted(p.name for p in tmp_path.iterdir()) == ["2", "3"]
