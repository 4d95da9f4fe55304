"""Videos of every kind, batches of them, lists and scenes: the client against the sandbox."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from heygen_async import HeyGen, World
from heygen_async.errors import (
    ConcurrencyLimitedError,
    InsufficientCreditError,
    InvalidRequestError,
    JobFailedError,
    NotFoundError,
)
from heygen_async.models import (
    AvatarIII,
    AvatarLook,
    AvatarScene,
    AvatarV,
    AvatarVideo,
    Caption,
    CinematicVideo,
    CreateVideo,
    CreateVideoBatch,
    ImageScene,
    ImageVideo,
    SceneAvatar,
    SceneBackground,
    ScenePlayback,
    StudioVideo,
    VideoScene,
)
from heygen_async.orchestrator import VideoJob
from heygen_async.sandbox import Sandbox
from heygen_async.sandbox.clock import SandboxClock
from heygen_async.testing import SkippingClock
from tests.sandbox.kit import wav

Calls = Callable[[str, str], int]
STOCK = "Ada_public_office_front"


async def voice_of(heygen: HeyGen) -> str:
    return (await heygen.voices.list(limit=1)).items[0].voice_id


def avatar(script: str = "Hello there.", **more: object) -> AvatarVideo:
    return AvatarVideo(avatar_id=STOCK, script=script, **more)  # type: ignore[arg-type]


def scene(script: str, **more: object) -> AvatarScene:
    speaker = SceneAvatar(avatar_id=STOCK, script=script, **more)  # type: ignore[arg-type]
    return AvatarScene(input=speaker)


async def test_a_studio_video_is_as_long_as_its_scenes(
    heygen: HeyGen, look: AvatarLook, photo: Path, tmp_path: Path
) -> None:
    clip = await (await heygen.videos.create(avatar("word " * 10))).download(tmp_path / "in.mp4")
    voice_id = await voice_of(heygen)
    request = StudioVideo(
        title="Three scenes",
        aspect_ratio="1:1",
        resolution="720p",
        caption=Caption(style="default"),
        scenes=[
            scene("Welcome to the show.", background=SceneBackground(color="#102030")),
            ImageScene(source=photo, duration=4.0),
            VideoScene(
                source=clip,
                script="And this is said over a clip.",
                voice_id=voice_id,
                playback=ScenePlayback(mode="loop", mute=True),
            ),
            VideoScene(source=clip),
        ],
    )
    job = await heygen.videos.create(request)
    video = await job.wait()
    alone = await (await heygen.videos.create(avatar("Welcome to the show."))).wait()
    assert video.duration is not None
    assert alone.duration is not None
    assert video.duration > alone.duration + 4.0 + 2.0
    assert video.captioned_video_url
    assert (await job.download(tmp_path / "out.mp4")).stat().st_size > 10_000
    assert (await job.download(tmp_path / "out.srt", file="subtitle_url")).read_text("utf-8")

    told = await heygen.videos.get_scenes(job.id)
    assert (told.video_id, told.video.title) == (job.id, "Three scenes")
    assert (told.video.aspect_ratio, told.video.resolution) == ("1:1", "720p")
    assert told.video.caption is not None
    assert told.video.caption.enabled
    first, second, third, fourth = told.scenes
    assert [(each.type, each.avatar_id, each.engine) for each in first.elements] == [
        ("avatar", STOCK, "avatar_iv")
    ]
    assert [(each.type, each.text) for each in first.script] == [("text", "Welcome to the show.")]
    assert first.background is not None
    assert (first.background.type, first.background.color) == ("color", "#102030")
    assert second.background is not None
    assert second.background.type == "image"
    assert [(each.type, each.duration) for each in second.script] == [("silence", 4.0)]
    assert third.background is not None
    assert (third.background.playback, third.background.volume) == ("loop", 0.0)
    assert third.script[0].voice_id == voice_id
    assert fourth.background is not None
    assert fourth.background.playback == "full_video"
    assert len({each.id for each in told.scenes}) == 4


async def test_the_scenes_of_other_videos(heygen: HeyGen, photo: Path) -> None:
    voice_id = await voice_of(heygen)
    spoken = await heygen.videos.create(
        ImageVideo(image=photo, script="Hi there.", voice_id=voice_id)
    )
    (only,) = (await heygen.videos.get_scenes(spoken.id)).scenes
    assert [each.type for each in only.elements] == ["image"]
    assert only.elements[0].url
    sound = await heygen.assets.upload(wav(2.0))
    heard = await heygen.videos.create(
        AvatarVideo(avatar_id=STOCK, audio_asset_id=sound.asset_id, engine=AvatarIII())
    )
    (only,) = (await heygen.videos.get_scenes(heard.id)).scenes
    assert only.elements[0].engine == "avatar_iii"
    assert only.script[0].type == "audio"
    assert only.script[0].audio_url
    with pytest.raises(NotFoundError):
        await heygen.videos.get_scenes("none")


async def test_a_cinematic_video_is_paid_at_once(
    heygen: HeyGen, look: AvatarLook, photo: Path, sandbox: Sandbox
) -> None:
    before = len(sandbox.charges)
    job = await heygen.videos.create(
        CinematicVideo(
            prompt="She walks along the beach.",
            avatar_id=[look.id],
            references=[photo, wav(1.0)],
            duration=6,
        )
    )
    assert (await job.wait()).duration == 6
    assert [charge.credits for charge in sandbox.charges[before:]] == [7.0]
    (only,) = (await heygen.videos.get_scenes(job.id)).scenes
    assert only.elements[0].motion_prompt == "She walks along the beach."
    chosen = CinematicVideo(prompt="[[fail]] it", avatar_id=[look.id], auto_duration=True)
    with pytest.raises(JobFailedError):
        await (await heygen.videos.create(chosen)).wait()


async def test_a_scene_whose_engine_the_look_lacks_is_refused_before_it_costs(
    heygen: HeyGen, look: AvatarLook, calls: Calls
) -> None:
    speaker = SceneAvatar(avatar_id=look.id, script="Hi.", engine=AvatarV())
    request = StudioVideo(scenes=[AvatarScene(input=speaker)])
    with pytest.raises(InvalidRequestError, match="avatar_iii, avatar_iv only"):
        await heygen.videos.create(request)
    with pytest.raises(InvalidRequestError, match="avatar_iii, avatar_iv only"):
        await heygen.videos.create_batch(CreateVideoBatch(videos=[request]))
    assert not calls("POST", "/v3/videos")


async def test_lists_are_filtered_and_paged(heygen: HeyGen) -> None:
    titles = ["One red", "Two blue", "Three red"]
    for title in titles:
        await heygen.videos.create(avatar(title=title, folder_id="f1" if "One" in title else None))
    assert [video.title async for video in heygen.videos.list(limit=2)] == titles[::-1]
    page = await heygen.videos.list(limit=2)
    assert (len(page.items), page.next_token is None) == (2, False)
    reds = [video.title async for video in heygen.videos.list(title="red")]
    assert reds == ["Three red", "One red"]
    assert [video.title async for video in heygen.videos.list(folder_id="f1")] == ["One red"]
    assert len([video async for video in heygen.videos.list(limit=1, max_items=2)]) == 2
    with pytest.raises(InvalidRequestError):
        heygen.videos.list(limit=101)


async def test_a_deleted_video_is_gone(heygen: HeyGen) -> None:
    job = await heygen.videos.create(avatar())
    await job.wait()
    gone = await heygen.videos.delete(job.id)
    assert (gone.id, gone.deleted) == (job.id, True)
    with pytest.raises(NotFoundError):
        await heygen.videos.get(job.id)
    (entry,) = await heygen.videos.list_statuses([job.id])
    assert entry.status == "not_found"
    with pytest.raises(NotFoundError):
        await heygen.videos.delete(job.id)


async def test_a_batch_waits_for_slots_and_ends_with_its_items(heygen: HeyGen) -> None:
    videos: list[CreateVideo] = [avatar(f"Number {index}.") for index in range(12)]
    videos += [avatar("[[fail]] now."), AvatarVideo(avatar_id="nobody", script="Hello.")]
    job = await heygen.videos.create_batch(CreateVideoBatch(title="Many", videos=videos))
    early = await job.read()
    assert (early.batch_id, early.title, early.status) == (job.id, "Many", "processing")
    assert early.total_items == 14
    # Ten slots: the others wait, rather than to be refused, and have no id yet.
    assert early.counts_by_status["queued"] == 4
    assert [item.video_id is None for item in early.items] == [False] * 10 + [True] * 4
    with pytest.raises(ConcurrencyLimitedError):
        await heygen.with_options(max_retries=0).videos.create(avatar())

    done = await job.wait()
    assert done.status == "completed"
    assert done.counts_by_status == {"completed": 12, "failed": 2}
    assert [item.item_index for item in done.items] == list(range(14))
    assert done.items[12].status == "failed"
    assert done.items[12].video_id
    assert done.items[13].video_id is None
    assert done.items[13].error is not None
    assert b"avatar_not_found" in bytes(done.items[13].error["code"])
    first = done.items[0].video_id
    assert first is not None
    assert (await heygen.videos.job(first).wait()).video_url
    # Nobody was made while ten others were.
    spans = [
        (video.created_at or 0, video.completed_at or 0)
        async for video in heygen.videos.list()
        if video.completed_at
    ]
    assert max(sum(a <= start < b for a, b in spans) for start, _ in spans) <= 10


async def test_the_items_of_a_batch_are_paged(heygen: HeyGen) -> None:
    videos: list[CreateVideo] = [avatar(f"Number {index}.") for index in range(5)]
    job = await heygen.videos.create_batch(CreateVideoBatch(videos=videos))
    page = await heygen.videos.list_batch_items(job.id, limit=2)
    assert (len(page.items), page.next_token is None) == (2, False)
    indexes = [item.item_index async for item in heygen.videos.list_batch_items(job.id, limit=2)]
    assert indexes == [0, 1, 2, 3, 4]
    few = [item async for item in heygen.videos.list_batch_items(job.id, max_items=3)]
    assert len(few) == 3
    with pytest.raises(InvalidRequestError):
        heygen.videos.list_batch_items(job.id, limit=101)
    with pytest.raises(NotFoundError):
        await heygen.videos.list_batch_items("none")


async def test_a_batch_of_failures_fails(heygen: HeyGen) -> None:
    videos: list[CreateVideo] = [avatar("[[fail]] one."), avatar("[[fail]] two.")]
    job = await heygen.videos.create_batch(CreateVideoBatch(videos=videos))
    with pytest.raises(JobFailedError, match="items say why"):
        await heygen.videos.batch_job(job.id).wait()


async def test_a_batch_is_replayed_by_its_key(heygen: HeyGen, sandbox: Sandbox) -> None:
    request = CreateVideoBatch(videos=[avatar()])
    one = await heygen.videos.create_batch(request, idempotency_key="mine")
    two = await heygen.videos.create_batch(request, idempotency_key="mine")
    assert one.id == two.id
    assert len(sandbox.charges) == 1


async def test_statuses_of_a_batch_are_those_of_its_videos(heygen: HeyGen) -> None:
    videos: list[CreateVideo] = [avatar(f"Number {index}.") for index in range(11)]
    batch = await heygen.videos.create_batch(CreateVideoBatch(videos=videos))
    entries = await heygen.videos.list_statuses(["none"], batch_ids=[batch.id, "nothing"])
    assert [entry.status for entry in entries] == [
        "not_found", *["processing"] * 10, "queued", "not_found"
    ]  # fmt: skip
    assert [entry.item_index for entry in entries[1:12]] == list(range(11))
    assert {entry.batch_id for entry in entries[1:12]} == {batch.id}
    with pytest.raises(InvalidRequestError):
        await heygen.videos.list_statuses()


@pytest.fixture
async def poor() -> AsyncIterator[HeyGen]:
    async with (
        Sandbox(media=False, balance=0.3) as sandbox,
        HeyGen(api_key="k", base_url=sandbox.url) as client,
    ):
        yield client


async def test_a_batch_that_cannot_be_paid_makes_nothing(poor: HeyGen) -> None:
    videos: list[CreateVideo] = [avatar("word " * 8) for _ in range(3)]
    with pytest.raises(InsufficientCreditError):
        await poor.videos.create_batch(CreateVideoBatch(videos=videos))
    assert [video async for video in poor.videos.list()] == []
    assert (await poor.videos.create(avatar("Hi."))).id


async def test_the_orchestrator_takes_every_kind(
    heygen: HeyGen, look: AvatarLook, photo: Path, tmp_path: Path
) -> None:
    jobs = [
        VideoJob(
            request=StudioVideo(scenes=[scene("Hello."), ImageScene(source=photo, duration=1)]),
            target=tmp_path / "studio.mp4",
        ),
        VideoJob(
            request=CinematicVideo(prompt="A walk.", avatar_id=[look.id]),
            target=tmp_path / "cinematic.mp4",
        ),
    ]
    async with heygen.orchestrator() as studio:
        outcomes = [outcome async for outcome in studio.render(jobs)]
    assert [outcome.error for outcome in outcomes] == [None, None]
    assert all(path.stat().st_size for path in tmp_path.iterdir())


async def test_real_scenes_are_cut(
    clock: SkippingClock, world: World, photo: Path, tmp_path: Path
) -> None:
    av = pytest.importorskip("av")
    shared = SandboxClock(source=clock.monotonic, epoch=clock.time())
    async with (
        Sandbox(media=True, clock=shared) as sandbox,
        HeyGen(api_key="k", base_url=sandbox.url, world=world) as heygen,
    ):
        clock.watch(lambda: heygen.in_flight)
        request = StudioVideo(
            resolution="720p",
            scenes=[
                scene("One.", background=SceneBackground(color="#ff0000")),
                ImageScene(source=photo, duration=1.0),
                scene("Two.", background=SceneBackground(color="#0000ff")),
            ],
        )
        job = await heygen.videos.create(request)
        video = await job.wait()
        path = await job.download(tmp_path / "cut.mp4")
    seconds = video.duration or 0.0

    def corners() -> list[tuple[int, ...]]:
        with av.open(str(path)) as file:
            assert file.duration / 1e6 == pytest.approx(seconds, abs=0.1)
            frames = [frame.to_image() for frame in file.decode(video=0)]
        assert len(frames) == round(seconds * 25)
        return [frame.getpixel((4, 4)) for frame in (frames[3], frames[-3])]

    first, last = await asyncio.to_thread(corners)
    assert first[0] > 200 > first[2]
    assert last[2] > 200 > last[0]
