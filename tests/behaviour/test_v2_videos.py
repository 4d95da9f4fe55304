"""Videos of v1 and v2: the client against the sandbox."""

from collections.abc import Callable
from pathlib import Path

import pytest

from heygen_async import HeyGen
from heygen_async.errors import (
    BadRequestError,
    InvalidRequestError,
    JobFailedError,
    NotFoundError,
)
from heygen_async.models import AvatarLook, Background, Caption
from heygen_async.models.v2 import (
    AgentConfig,
    AgentFile,
    AudioVoice,
    AvatarCharacter,
    CaptionOptions,
    ColorBackground,
    CreateAvatarVideo,
    Dimension,
    GenerateAvatarIV,
    GenerateFromPrompt,
    GenerateVideo,
    GenerateWebm,
    ImageBackground,
    Scene,
    SceneText,
    Silence,
    TalkingPhoto,
    TextVoice,
)
from heygen_async.sandbox import Fault, Sandbox
from tests.sandbox.kit import STOCK, wav

Calls = Callable[[str, str], int]


@pytest.fixture
async def voice(heygen: HeyGen) -> str:
    return (await heygen.v2.voices.list())[0].voice_id


def scene(voice: str, words: str = "Hello there.") -> Scene:
    return Scene(
        character=AvatarCharacter(avatar_id=STOCK),
        voice=TextVoice(input_text=words, voice_id=voice),
    )


async def test_scenes_follow_one_another(
    heygen: HeyGen, sandbox: Sandbox, look: AvatarLook, photo: Path, voice: str, tmp_path: Path
) -> None:
    sound = await heygen.v2.assets.upload(wav(2.0))
    picture = await heygen.v2.assets.upload(photo)
    job = await heygen.v2.videos.generate(
        GenerateVideo(
            video_inputs=[
                scene(voice),
                Scene(
                    character=TalkingPhoto(talking_photo_id=look.id, talking_photo_style="circle"),
                    voice=AudioVoice(audio_asset_id=sound.id),
                    background=ImageBackground(image_asset_id=picture.id, fit="cover"),
                    text=SceneText(text="Two", font_size=32, color="#ffffff"),
                ),
                Scene(voice=Silence(duration=3), background=ColorBackground(value="#0066CC")),
            ],
            dimension=Dimension(width=640, height=360),
            caption=True,
            title="Three",
        )
    )
    video = await job.wait()
    assert video.id == job.id == video.video_id
    assert video.duration is not None
    assert video.duration > 5
    path = await job.download(tmp_path)
    assert path == tmp_path / f"{job.id}.mp4"
    captions = await job.download(tmp_path / "captions.ass", file="caption_url")
    assert "Dialogue:" in captions.read_text("utf-8")
    assert video.video_url_caption is None
    scenes = (await heygen.videos.get_scenes(job.id)).scenes
    assert len(scenes) == 3
    # 2 credits a minute for the avatar, in steps of half a minute.
    assert [charge.credits for charge in sandbox.charges][-1] == 1.0


async def test_captions_with_a_style_are_burned_in(heygen: HeyGen, voice: str) -> None:
    styled = GenerateVideo(
        video_inputs=[scene(voice)], caption=CaptionOptions(enabled=True), aspect_ratio="9:16"
    )
    video = await (await heygen.v2.videos.generate(styled)).wait()
    assert video.video_url_caption
    detail = await heygen.v2.videos.get(video.id)
    assert detail.captioned_video_url
    assert detail.subtitle_url


async def test_a_test_is_free(heygen: HeyGen, sandbox: Sandbox, voice: str) -> None:
    before = len(sandbox.charges)
    await heygen.v2.videos.generate(GenerateVideo(video_inputs=[scene(voice)], test=True))
    assert [charge.credits for charge in sandbox.charges[before:]] == [0]


async def test_a_picture_speaks(
    heygen: HeyGen, sandbox: Sandbox, photo: Path, voice: str, tmp_path: Path
) -> None:
    picture = await heygen.v2.assets.upload(photo)
    assert picture.image_key is not None
    job = await heygen.v2.videos.generate_av4(
        GenerateAvatarIV(
            image_key=picture.image_key,
            script="Hello there.",
            voice_id=voice,
            video_orientation="portrait",
            custom_motion_prompt="waves",
        )
    )
    assert (await job.wait()).video_url
    assert (await job.download(tmp_path)).suffix == ".mp4"
    assert (await heygen.v2.videos.get(job.id)).title == "Untitled"
    assert sandbox.charges[-1].credits == 3.0
    wrong = GenerateAvatarIV(image_key=picture.id, script="Hello.", voice_id=voice)
    with pytest.raises(BadRequestError, match="image_key"):
        await heygen.v2.videos.generate_av4(wrong)


async def test_an_avatar_on_nothing(
    heygen: HeyGen, look: AvatarLook, voice: str, tmp_path: Path
) -> None:
    asked = GenerateWebm(
        avatar_pose_id=STOCK, avatar_style="normal", input_text="Hello there.", voice_id=voice
    )
    job = await heygen.v2.videos.generate_webm(asked)
    path = await job.download(tmp_path)
    assert path.suffix == ".webm"
    found = heygen.v2.videos.job(job.id)
    assert await found.download(tmp_path, overwrite=True) == path, "an id alone is as good"
    sound = await heygen.v2.assets.upload(wav(2.0))
    for audio in (sound.id, sound.url, "https://example.com/hello.mp3"):
        heard = GenerateWebm(avatar_pose_id=STOCK, avatar_style="closeUp", input_audio=audio)
        await heygen.v2.videos.generate_webm(heard)
    with pytest.raises(NotFoundError):
        await heygen.v2.videos.generate_webm(
            GenerateWebm(avatar_pose_id=look.id, avatar_style="normal", input_audio=sound.id)
        )


async def test_a_video_of_v2s_own_form(
    heygen: HeyGen, sandbox: Sandbox, look: AvatarLook, photo: Path, voice: str, tmp_path: Path
) -> None:
    job = await heygen.v2.videos.create(
        CreateAvatarVideo(
            avatar_id=look.id,
            script="Hello there.",
            title="Own form",
            background=Background(type="color", value="#ffffff"),
            caption=Caption(style="default"),
        )
    )
    assert job.created is not None
    assert job.created.status == "waiting"
    video = await job.wait()
    assert (video.title, video.status) == ("Own form", "completed")
    assert isinstance(video.created_at, str)
    assert video.created is not None
    assert video.completed is not None
    assert video.completed > video.created
    assert video.captioned_video_url
    assert sandbox.charges[-1].credits == 0.5
    picture = await heygen.v2.assets.upload(photo)
    clear = await heygen.v2.videos.create(
        CreateAvatarVideo(
            image_asset_id=picture.id, script="Hello.", voice_id=voice, output_format="webm"
        )
    )
    assert (await clear.download(tmp_path)).suffix == ".webm"
    away = CreateAvatarVideo(
        image_url="https://example.com/a.png", audio_url="https://example.com/a.mp3"
    )
    assert (await heygen.v2.videos.detail_job((await heygen.v2.videos.create(away)).id).wait()).id


async def test_v1_and_v2_list_what_v3_lists(heygen: HeyGen, voice: str) -> None:
    for title in ("One", "Two", "Three"):
        await heygen.v2.videos.generate(GenerateVideo(video_inputs=[scene(voice)], title=title))
    newest = ["Three", "Two", "One"]
    assert [each.title async for each in heygen.videos.list()] == newest
    shown = [each async for each in heygen.v2.videos.list(limit=2)]
    assert [each.title for each in shown] == newest
    assert all(each.created == each.created_at for each in shown)
    rows = [each async for each in heygen.v2.videos.list_v1(limit=2)]
    assert [(each.video_title, each.type) for each in rows] == [
        (title, "GENERATED") for title in newest
    ]
    assert [each.video_title async for each in heygen.v2.videos.list_v1(title="two")] == ["Two"]
    assert [each.title async for each in heygen.v2.videos.list(title="two")] == ["Two"]
    with pytest.raises(InvalidRequestError):
        heygen.v2.videos.list_v1(limit=101)


async def test_a_video_is_shared_and_deleted(heygen: HeyGen, voice: str) -> None:
    asked = GenerateVideo(video_inputs=[scene(voice)])
    one, two = [await heygen.v2.videos.generate(asked) for _ in range(2)]
    assert (await heygen.v2.videos.share(one.id)).endswith(one.id)
    assert (await heygen.v2.videos.delete_v1(one.id)).deleted == [one.id]
    assert (await heygen.v2.videos.delete(two.id)).id == two.id
    for gone in (heygen.v2.videos.get_status, heygen.v2.videos.delete_v1, heygen.v2.videos.share):
        with pytest.raises(NotFoundError, match=r"40031 \(HTTP 200\)"):
            await gone(one.id)
    for missing in (heygen.v2.videos.get, heygen.v2.videos.delete):
        with pytest.raises(NotFoundError):
            await missing(two.id)


@pytest.mark.parametrize("path", ["/v1/video.delete", "/v2/videos/"])
async def test_a_deletion_that_was_not_answered_is_repeated(
    heygen: HeyGen, sandbox: Sandbox, calls: Calls, voice: str, path: str
) -> None:
    job = await heygen.v2.videos.generate(GenerateVideo(video_inputs=[scene(voice)]))
    sandbox.fault(Fault(method="DELETE", path=path, commit_then_drop=True))
    if path.startswith("/v1"):
        assert (await heygen.v2.videos.delete_v1(job.id)).deleted == [job.id]
    else:
        assert (await heygen.v2.videos.delete(job.id)).deleted
    assert calls("DELETE", path) == 2


async def test_a_failed_video_says_why(heygen: HeyGen, voice: str) -> None:
    asked = GenerateVideo(video_inputs=[scene(voice, "Please [[fail]]")])
    job = await heygen.v2.videos.generate(asked)
    with pytest.raises(JobFailedError, match="moderation policy"):
        await job.wait()
    with pytest.raises(JobFailedError, match="MODERATION_POLICY_VIOLATED"):
        await heygen.v2.videos.detail_job(job.id).wait()


async def test_a_prompt_becomes_a_video(
    heygen: HeyGen, sandbox: Sandbox, photo: Path, tmp_path: Path
) -> None:
    picture = await heygen.v2.assets.upload(photo)
    job = await heygen.v2.video_agent.generate(
        GenerateFromPrompt(
            prompt="A short welcome",
            duration_sec=20,
            files=[AgentFile(asset_id=picture.id)],
            config=AgentConfig(orientation="portrait"),
            callback_url="https://example.com/hook",
            callback_id="mine",
        )
    )
    video = await job.wait()
    assert video.duration is not None
    assert video.duration >= 20
    assert (await job.download(tmp_path)).stat().st_size > 0
    assert sandbox.charges[-1].kind == "video_agent"


async def test_a_prompt_may_fail(heygen: HeyGen) -> None:
    job = await heygen.v2.video_agent.generate(GenerateFromPrompt(prompt="Please [[fail]]"))
    with pytest.raises(JobFailedError, match="moderation policy"):
        await job.wait()
