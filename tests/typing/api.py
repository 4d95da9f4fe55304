"""Typical use, never run: mypy and pyright have to see every type, and no cast is needed."""

from collections.abc import AsyncGenerator, AsyncIterator, Callable
from pathlib import Path
from typing import assert_type

from heygen_async import (
    AgentVideoPlan,
    AvatarResult,
    AvatarVideoPlan,
    Cadence,
    Call,
    Config,
    Cost,
    DigitalTwinPlan,
    Estimate,
    FinishedVideo,
    HeyGen,
    Job,
    JobOutcome,
    JobUpdate,
    Kind,
    Made,
    Outcome,
    PhotoAvatarMade,
    PhotoAvatarPlan,
    PhotoAvatarResult,
    PhotoGroupPlan,
    PromptAvatarPlan,
    RetryPolicy,
    Route,
    Timeouts,
    TranslationPlan,
    TranslationResults,
    VideoJob,
    VideoPlan,
    VideoResult,
    World,
    errors,
    estimate,
    events,
)
from heygen_async.api.pages import Page, Pager
from heygen_async.models import (
    Asset,
    AssetId,
    AssetUpload,
    AvatarConsent,
    AvatarGroup,
    AvatarIV,
    AvatarLook,
    AvatarScene,
    AvatarVideo,
    Background,
    Batch,
    BatchItem,
    CloneVoice,
    CreateAgentSession,
    CreateAssetUpload,
    CreateSpeech,
    CreateVideo,
    CreateVideoBatch,
    DesignVoice,
    GenerateFromTemplate,
    ImageScene,
    ImageVariable,
    ImageVideo,
    PhotoAvatar,
    PromptAvatar,
    SceneAvatar,
    StatusEntry,
    StudioVideo,
    User,
    Video,
    VideoScenes,
    VideoStatus,
    VideoTranslation,
    Voice,
    VoiceDetail,
    VoiceSettings,
    WordTimestamp,
)
from heygen_async.models.v2 import (
    AvatarV1,
    Dimension,
    Folder,
    GenerateLook,
    GenerateVideo,
    Generation,
    LegacyAsset,
    LegacyAvatar,
    LegacyAvatarGroup,
    LegacyAvatarLook,
    LegacyTwin,
    LegacyVideo,
    PhotoLook,
    Quota,
    Scene,
    SoundEffect,
    TalkingPhoto,
    TalkingPhotoItem,
    TextVoice,
    Training,
    UploadedAsset,
    UploadedTalkingPhoto,
)


async def videos(heygen: HeyGen) -> None:
    job = await heygen.videos.create(
        AvatarVideo(
            avatar_id="a",
            script="Hello.",
            aspect_ratio="9:16",
            resolution="720p",
            output_format="webm",
            expressiveness="high",
            engine=AvatarIV(),
            voice_settings=VoiceSettings(speed=1.1),
        ),
        idempotency_key="row-1",
        extra_body={"new": [1, None]},
    )
    assert_type(job, Job[Video])
    assert_type(job.id, str)
    assert_type(job.created, Video | None)
    video = await job.wait(timeout=60.0)
    assert_type(video, Video)
    assert_type(video.status, VideoStatus)
    assert_type(video.status.is_known, bool)
    assert_type(video.video_url, str | None)
    assert_type(video.duration, float | None)
    assert_type(await job.download("a.mp4", file="captioned_video_url"), Path)
    assert_type(job.updates(), AsyncGenerator[JobUpdate, None])
    async for update in job.updates(timeout=5):
        assert_type(update, JobUpdate)
        assert_type(update.finished, bool)
    async for outcome in heygen.as_completed([job], timeout=60, at_once=10):
        assert_type(outcome, JobOutcome[Video])
        assert_type(outcome.job, Job[Video])
        assert_type(outcome.result, Video | None)
        assert_type(outcome.error, errors.HeyGenError | None)
        assert_type(outcome.unwrap(), Video)
    assert_type(await heygen.videos.get("v"), Video)
    assert_type(await heygen.videos.list_statuses(["a", "b"]), list[StatusEntry])
    assert_type(await heygen.videos.list_statuses(batch_ids=["b"]), list[StatusEntry])
    assert_type(heygen.videos.job("v"), Job[Video])
    assert_type(heygen.videos.batch_job("b"), Job[Batch])
    assert_type(heygen.videos.list_batch_items("b"), Pager[BatchItem])
    assert_type(await heygen.videos.get_scenes("v"), VideoScenes)
    scene = AvatarScene(input=SceneAvatar(avatar_id="a", script="Hi."))
    studio = StudioVideo(scenes=[scene, ImageScene(source=Path("a.png"), duration=2)])
    assert_type(await heygen.videos.create(studio), Job[Video])
    assert_type(await heygen.videos.create_batch(CreateVideoBatch(videos=[studio])), Job[Batch])
    filling = GenerateFromTemplate(variables={"logo": ImageVariable(asset=b"png")})
    assert_type(await heygen.templates.generate("t", request=filling), Job[Video])
    request: CreateVideo = ImageVideo(
        image=AssetId(asset_id="i"),
        script="Hi.",
        voice_id="v",
        background=Background(type="color", value="#000000"),
    )
    assert_type(await heygen.videos.create(request), Job[Video])


async def people(heygen: HeyGen) -> None:
    photo = PhotoAvatar(name="Ada", file=AssetId(asset_id="a"))
    job = await heygen.avatars.create(photo)
    assert_type(job, Job[AvatarLook])
    assert_type((await job.wait(for_person=True)).supported_api_engines, list[str])
    words = PromptAvatar(name="Ada", prompt="a poet", aspect_ratio="1:1")
    assert_type(await heygen.avatars.create(words), Job[AvatarLook])
    assert_type(await heygen.avatars.get_look("l"), AvatarLook)
    assert_type(await heygen.avatars.get_group("g"), AvatarGroup)
    voices = heygen.voices.list(type="private", gender="female", limit=100)
    assert_type(voices, Pager[Voice])
    page = await voices
    assert_type(page, Page[Voice])
    assert_type(page.items, list[Voice])
    async for voice in voices:
        assert_type(voice, Voice)
    async for following in voices.pages():
        assert_type(following, Page[Voice])
    assert_type(await heygen.users.get_current(), User)


async def chunks() -> AsyncIterator[bytes]:
    yield b""


async def files(heygen: HeyGen) -> None:
    def progress(sent: int, total: int) -> None:
        assert_type((sent, total), tuple[int, int])

    assert_type(await heygen.assets.upload("a.png", progress=progress), Asset)
    assert_type(await heygen.assets.upload(Path("a.png"), method="direct"), Asset)
    assert_type(await heygen.assets.upload(b"", method="multipart", filename="a"), Asset)
    assert_type(await heygen.assets.upload(chunks(), content_type="image/png"), Asset)
    with Path("a.png").open("rb") as file:  # noqa: ASYNC230
        assert_type(await heygen.assets.upload(file), Asset)
    slot = await heygen.assets.create_upload(
        CreateAssetUpload(filename="a", content_type="image/png", size_bytes=1)
    )
    assert_type(slot, AssetUpload)
    assert_type(slot.upload_headers, dict[str, str])
    assert_type(await heygen.assets.complete_upload(slot.asset_id), Asset)
    assert_type(await heygen.v2.assets.upload("a.png"), UploadedAsset)


async def consents_and_voices(heygen: HeyGen) -> None:
    avatars = heygen.avatars
    assert_type(avatars.list_groups(ownership="private"), Pager[AvatarGroup])
    assert_type(avatars.list_looks(avatar_type="digital_twin"), Pager[AvatarLook])
    assert_type(await avatars.update_look("l", name="n"), AvatarLook)
    assert_type(await avatars.update_group("g", default_voice_id="v"), AvatarGroup)
    consent = await avatars.create_consent("g", consent_video=Path("yes.mp4"))
    assert_type(consent, Job[AvatarConsent])
    assert_type(avatars.consent_job("g"), Job[AvatarConsent])
    voices = heygen.voices
    assert_type((await voices.design(DesignVoice(prompt="warm"))).voices, list[Voice])
    clone = await voices.clone(CloneVoice(audio=Path("me.wav"), voice_name="Me"))
    assert_type(clone, Job[VoiceDetail])
    speech = await voices.create_speech(CreateSpeech(text="Hi.", voice_id="v"))
    assert_type(speech.words, list[WordTimestamp])
    assert_type(await voices.download_speech(speech, path="hi.wav"), Path)


async def legacy(heygen: HeyGen) -> None:
    photos = heygen.v2.photo_avatars
    group = await photos.create_group(name="Ada", image_key="k")
    assert_type(group, Job[PhotoLook])
    assert_type(await photos.add_looks("g", image_keys=("a", "b"), name="n"), list[Job[PhotoLook]])
    assert_type(await photos.train("g"), Job[Training])
    look = GenerateLook(
        group_id="g", prompt="p", orientation="vertical", pose="close_up", style="Noir"
    )
    assert_type(await photos.generate_look(look), Job[Generation])
    assert_type(await photos.add_motion("l"), Job[PhotoLook])
    assert_type(await photos.add_sound_effect("l"), SoundEffect)
    assert_type(await photos.upscale("l"), Job[PhotoLook])
    assert_type((await heygen.v2.users.remaining_quota()).credits, float | None)
    assert_type(await heygen.v2.users.remaining_quota(), Quota)
    scene = Scene(
        character=TalkingPhoto(talking_photo_id="l", talking_style="expressive"),
        voice=TextVoice(input_text="Hi.", voice_id="v", emotion="Friendly"),
    )
    request = GenerateVideo(video_inputs=[scene], dimension=Dimension(width=1280, height=720))
    assert_type(await heygen.v2.videos.generate(request), Job[LegacyVideo])
    assert_type(await heygen.v2.videos.get_status("v"), LegacyVideo)


async def legacy_lists(heygen: HeyGen) -> None:
    avatars = heygen.v2.avatars
    assert_type((await avatars.list()).avatars, list[LegacyAvatar])
    assert_type(await avatars.list_v1(), list[AvatarV1])
    assert_type((await avatars.get("a")).default_voice_id, str | None)
    assert_type(await avatars.list_groups(include_public=True), list[LegacyAvatarGroup])
    assert_type(await avatars.list_looks("g"), list[LegacyAvatarLook])
    assert_type(avatars.digital_twin_job("a"), Job[LegacyTwin])
    assert_type(heygen.v2.assets.list(file_type="image"), Pager[LegacyAsset])
    assert_type(heygen.v2.folders.list(is_trash=False), Pager[Folder])
    assert_type(await heygen.v2.folders.create("n", project_type="video"), Folder)
    assert_type(await heygen.v2.folders.trash("f"), Folder | None)
    assert_type(await heygen.v2.talking_photos.list(), list[TalkingPhotoItem])
    assert_type(await heygen.v2.talking_photos.upload("a.png"), UploadedTalkingPhoto)


async def own_call(heygen: HeyGen) -> None:
    route = Route("new.get", "GET", "/v3/new/{id}", Kind.READ)
    assert_type(await heygen.send(Call(route, Video, ids={"id": "v"})), Video)
    reply = await heygen.send(Call(route, list[StatusEntry], ids={"id": "v"}, query={"a": 1}))
    assert_type(reply, list[StatusEntry])


async def studio(heygen: HeyGen) -> None:
    async with heygen.orchestrator(run="batch-7", slots=3) as many:
        request = AvatarVideo(avatar_id="a", script="Hi.")
        async for outcome in many.render([VideoJob(key="row-1", request=request)]):
            assert_type(outcome, Outcome)
        plan = PhotoAvatarPlan(name="Ada", photos=["a.png"])
        made = PhotoAvatarMade(group_id="g")
        assert_type(await many.photo_avatar(plan, made=made, preflight=False), PhotoAvatarResult)
        assert_type(await many.avatar_video("a", VideoPlan(script="Hi.")), VideoResult)
        assert_type(await many.check_quota(plan), Estimate)
        spoken = AvatarVideoPlan(script="Hi.", target="a.mp4")
        twin = DigitalTwinPlan(name="Ada", footage=b"", on_consent=print, videos=[spoken])
        known = Made(ids={"group": "g"})
        made_of = await many.digital_twin(twin, made=known, keep=print)
        assert_type(made_of, AvatarResult)
        assert_type(made_of.videos, list[FinishedVideo[Video]])
        words = PromptAvatarPlan(name="Ada", prompt="a woman")
        assert_type(await many.prompt_avatar(words, preflight=False), AvatarResult)
        photos = PhotoGroupPlan(name="Ada", photos=[b""])
        assert_type(await many.photo_group(photos), AvatarResult)
        dubs = TranslationPlan(video_id="v", output_languages=["German"])
        assert_type(await many.translate(dubs), TranslationResults[FinishedVideo[VideoTranslation]])
        agent = AgentVideoPlan(
            request=CreateAgentSession(prompt="x"), on_question=lambda session: session.session_id
        )
        assert_type(await many.agent_video(agent), FinishedVideo[Video])
        assert_type(estimate(dubs, agent, words, made=known).usd, float)
        assert_type(estimate(plan, made=made).costs, tuple[Cost, ...])


def observe(event: events.Event) -> None:
    if isinstance(event, events.RetryScheduled):
        assert_type(event.delay, float)


def set_up() -> HeyGen:
    heygen = HeyGen(
        api_key="k",
        base_url="http://127.0.0.1:8700",
        timeouts=Timeouts(read=5),
        retry=RetryPolicy(max_retries=0),
        observers=[observe],
        cadence=Cadence(),
        world=World(uniform=lambda: 0.5),
    )
    assert_type(heygen.config, Config)
    assert_type(heygen.observe(observe), Callable[[], None])
    return heygen


async def failures(heygen: HeyGen) -> None:
    try:
        await heygen.videos.get("v")
    except errors.InvalidRequestError as problem:
        assert_type((problem.field, problem.value, problem.limit), tuple[str, str, str])
    except errors.JobFailedError as problem:
        assert_type(problem.failure_code, str | None)
    except errors.APIError as problem:
        assert_type(problem.code, str)
        assert_type(problem.retry_after, float | None)
        assert_type(problem.request_id, str | None)
    except errors.HeyGenError as problem:
        assert_type(problem.hint, str | None)


async def main() -> None:
    async with HeyGen() as heygen:
        assert_type(heygen, HeyGen)


def wrong() -> None:
    """What has to be refused: mypy's warn_unused_ignores fails when one of them is accepted."""
    AvatarVideo(avatar_id="a", aspect_ratio="3:2")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    AvatarVideo(script="no avatar")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    AvatarVideo("positional", script="x")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    Background(type="video")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    VoiceSettings(sped=1.0)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
