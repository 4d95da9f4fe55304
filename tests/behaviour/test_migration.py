"""An old request and its translation make the same video: both are sent, and compared."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from heygen_async import HeyGen, to_v3
from heygen_async.errors import NotFoundError
from heygen_async.migration import EngineName
from heygen_async.models import (
    AvatarLook,
    Background,
    Caption,
    CreateSpeech,
    SceneContext,
    Video,
)
from heygen_async.models.v2 import (
    AgentConfig,
    AgentFile,
    AudioVoice,
    AvatarCharacter,
    CaptionOptions,
    ColorBackground,
    CreateAvatarVideo,
    CreateGroup,
    Dimension,
    GenerateAvatarIV,
    GenerateFromPrompt,
    GenerateTemplateVideo,
    GenerateVideo,
    GenerateWebm,
    ImageBackground,
    Scene,
    Silence,
    TalkingPhoto,
    TextProperties,
    TextVoice,
    TranslateVideo,
    VideoBackground,
    template_variables,
)
from heygen_async.sandbox import Sandbox
from tests.sandbox.kit import STOCK, wav

HD = Dimension(width=1280, height=720)
TALL = Dimension(width=1080, height=1920)
PUBLIC = "https://example.com/talk.mp4"


@pytest.fixture
async def voice(heygen: HeyGen) -> str:
    return (await heygen.v2.voices.list())[0].voice_id


def shots(sandbox: Sandbox, video_id: str) -> list[tuple[Any, ...]]:
    """What the sandbox films: size, sound and what lies behind, scene by scene."""
    whole = sandbox._ctx.world.videos[video_id].shot
    return [
        (
            *(each.width, each.height, each.color, each.script, each.audio),
            (each.voice_id, each.speed) if each.script else None,
        )
        for each in whole.scenes or [whole]
    ]


async def compared(heygen: HeyGen, old_id: str, new_id: str) -> tuple[Video, Video]:
    """Both videos when they are done; they are as long, and captions are not missed."""
    old, new = [await heygen.videos.job(each).wait() for each in (old_id, new_id)]
    assert old.duration == new.duration
    assert new.captioned_video_url or not old.captioned_video_url
    assert old.title == new.title
    return old, new


async def both(heygen: HeyGen, old: GenerateVideo, **options: Any) -> tuple[str, str]:
    """The ids of an old video and of the one that it becomes."""
    before = await heygen.v2.videos.generate(old)
    after = await heygen.videos.create(to_v3(old, **options).request)
    return before.id, after.id


@pytest.mark.parametrize("size", [HD, TALL], ids=["720p", "1080p tall"])
@pytest.mark.parametrize(
    "captions",
    [
        {},
        {"caption": True},
        {"caption": CaptionOptions(enabled=True)},
        {"caption_mode": "burn_in"},
        {"caption_mode": "file_only"},
    ],
    ids=str,
)
async def test_one_scene(
    heygen: HeyGen, sandbox: Sandbox, voice: str, size: Dimension, captions: dict[str, Any]
) -> None:
    old = GenerateVideo(
        video_inputs=[
            Scene(
                character=AvatarCharacter(avatar_id=STOCK),
                voice=TextVoice(input_text="Hello there, all of you.", voice_id=voice, speed=1.2),
                background=ColorBackground(value="#102030"),
            )
        ],
        dimension=size,
        title="One",
        **captions,
    )
    ids = await both(heygen, old, strict=True)
    one, other = await compared(heygen, *ids)
    if "caption_mode" in captions:  # else no page says whether v2 burns them in
        assert (one.captioned_video_url is None) == (other.captioned_video_url is None)
    before, after = (shots(sandbox, each) for each in ids)
    assert before == after
    assert before[0][:2] == (size.width, size.height)
    assert before[0][2] == "#102030"


async def test_one_scene_with_a_photo_a_recording_and_a_picture_behind(
    heygen: HeyGen, sandbox: Sandbox, look: AvatarLook, photo: Path
) -> None:
    sound = await heygen.v2.assets.upload(wav(2.5))
    picture = await heygen.v2.assets.upload(photo)
    old = GenerateVideo(
        video_inputs=[
            Scene(
                character=TalkingPhoto(talking_photo_id=look.id),
                voice=AudioVoice(audio_asset_id=sound.id),
                background=ImageBackground(image_asset_id=picture.id),
            )
        ],
        dimension=HD,
    )
    ids = await both(heygen, old, strict=True)
    await compared(heygen, *ids)
    assert shots(sandbox, ids[0]) == shots(sandbox, ids[1])
    backdrops = {sandbox._ctx.world.videos[each].shot.backdrop for each in ids}
    assert backdrops == {picture.id}


async def test_several_scenes(
    heygen: HeyGen, sandbox: Sandbox, look: AvatarLook, photo: Path, voice: str
) -> None:
    sound = await heygen.v2.assets.upload(wav(2.0))
    picture = await heygen.v2.assets.upload(photo)
    words = TextVoice(input_text="This is said here.", voice_id=voice)
    old = GenerateVideo(
        video_inputs=[
            Scene(
                character=AvatarCharacter(avatar_id=STOCK),
                voice=words,
                background=ColorBackground(value="#102030"),
            ),
            Scene(
                character=TalkingPhoto(talking_photo_id=look.id),
                voice=AudioVoice(audio_asset_id=sound.id),
            ),
            Scene(voice=words, background=ImageBackground(image_asset_id=picture.id)),
            Scene(
                voice=words,
                background=VideoBackground(url="https://example.com/a.mp4", play_style="loop"),
            ),
            Scene(voice=Silence(duration=3), background=ColorBackground(value="#0066cc")),
        ],
        dimension=HD,
        caption_mode="burn_in",
        title="Five",
    )
    ids = await both(heygen, old, strict=True)
    await compared(heygen, *ids)
    before, after = (shots(sandbox, each) for each in ids)
    assert before[:4] == after[:4]
    assert before[0][2] == "#102030"
    # The colour of a scene in which nobody is seen is a picture now.
    assert before[4][:2] == after[4][:2]
    videos = [(await heygen.videos.get_scenes(each)) for each in ids]
    assert [len(each.scenes) for each in videos] == [5, 5]
    contexts: list[SceneContext] = [each.video for each in videos]
    assert {each.title for each in contexts} == {"Five"}


async def test_the_engine_decides_what_it_costs(
    heygen: HeyGen, sandbox: Sandbox, voice: str
) -> None:
    old = GenerateVideo(
        video_inputs=[
            Scene(
                character=AvatarCharacter(avatar_id=STOCK),
                voice=TextVoice(input_text="word " * 30, voice_id=voice),
            )
        ],
        dimension=HD,
    )
    paid: list[float] = []
    engines: tuple[EngineName, ...] = ("avatar_iii", "avatar_iv")
    for engine in engines:
        await heygen.videos.create(to_v3(old, engine=engine).request)
        paid.append(sandbox.charges[-1].credits)
    assert paid[1] / paid[0] == pytest.approx(0.0667 / 0.0167, rel=0.01)


async def test_the_id_of_a_group_is_a_trap(heygen: HeyGen, look: AvatarLook, voice: str) -> None:
    assert look.group_id is not None
    old = GenerateVideo(
        video_inputs=[
            Scene(
                character=TalkingPhoto(talking_photo_id=look.group_id),
                voice=TextVoice(input_text="Hi.", voice_id=voice),
            )
        ],
        dimension=HD,
    )
    migration = to_v3(old)
    assert any("never that of a group" in note.reason for note in migration.notes)
    with pytest.raises(NotFoundError, match="avatar group"):
        await heygen.videos.create(migration.request)


async def test_a_picture_that_speaks(
    heygen: HeyGen, sandbox: Sandbox, photo: Path, voice: str
) -> None:
    picture = await heygen.v2.assets.upload(photo)
    assert picture.image_key is not None
    old = GenerateAvatarIV(
        image_key=picture.image_key,
        script="Hello there.",
        voice_id=voice,
        video_title="Photo",
        video_orientation="portrait",
    )
    before = await heygen.v2.videos.generate_av4(old)
    after = await heygen.videos.create(to_v3(old, strict=True).request)
    await compared(heygen, before.id, after.id)
    assert shots(sandbox, before.id) == shots(sandbox, after.id)
    assert sandbox._ctx.world.videos[after.id].shot.photo == picture.id


async def test_a_transparent_video(heygen: HeyGen, sandbox: Sandbox, voice: str) -> None:
    old = GenerateWebm(
        avatar_pose_id=STOCK, avatar_style="normal", input_text="Hello there.", voice_id=voice
    )
    before = await heygen.v2.videos.generate_webm(old)
    after = await heygen.videos.create(to_v3(old, strict=True).request)
    await compared(heygen, before.id, after.id)
    assert shots(sandbox, before.id) == shots(sandbox, after.id)
    assert sandbox._ctx.world.videos[after.id].shot.alpha


async def test_a_video_in_its_own_form(heygen: HeyGen, sandbox: Sandbox) -> None:
    old = CreateAvatarVideo(
        avatar_id=STOCK,
        script="Hello there.",
        resolution="720p",
        aspect_ratio="1:1",
        background=Background(type="color", value="#102030"),
        caption=Caption(style="default"),
    )
    before = await heygen.v2.videos.create(old)
    after = await heygen.videos.create(to_v3(old, strict=True).request)
    await compared(heygen, before.id, after.id)
    assert shots(sandbox, before.id) == shots(sandbox, after.id)


async def test_a_video_from_a_template(heygen: HeyGen) -> None:
    template = await heygen.v2.templates.get("tpl_welcome")
    texts = [name for name, each in template.by_name.items() if each.type == "text"]
    old = GenerateTemplateVideo(
        variables=template_variables({name: TextProperties(content="Ann") for name in texts}),
        title="Filled",
    )
    migration = to_v3(old, template_id="tpl_welcome", strict=True)
    after = await heygen.templates.generate("tpl_welcome", request=migration.request)
    video = await after.wait()
    assert video.title == "Filled"
    assert migration.path == "/v3/templates/tpl_welcome"


async def test_a_prompt(heygen: HeyGen, photo: Path) -> None:
    file = await heygen.v2.assets.upload(photo)
    old = GenerateFromPrompt(
        prompt="A tour of the office.",
        config=AgentConfig(orientation="portrait"),
        files=[AgentFile(asset_id=file.id)],
    )
    migration = to_v3(old, strict=True)
    job = await heygen.video_agents.create(migration.request)
    assert (await job.wait()).video_url


async def test_a_translation(heygen: HeyGen, calls: Callable[[str, str], int]) -> None:
    old = TranslateVideo(video_url=PUBLIC, output_language="German", title="Talk")
    (before,) = await heygen.v2.translations.create(old)
    migration = to_v3(old, strict=True)
    (after,) = await heygen.translations.create(migration.request)
    one, other = await before.wait(), await after.wait()
    assert (one.title, one.output_language) == (other.title, other.output_language)
    assert calls("POST", migration.path) == 1


async def test_a_speech(heygen: HeyGen) -> None:
    voice = (await heygen.v2.audio.list_voices()).items[0].voice_id
    old = CreateSpeech(text="Hello there.", voice_id=voice, speed=1.5)
    before = await heygen.v2.audio.text_to_speech(old)
    after = await heygen.voices.create_speech(to_v3(old, strict=True).request)
    assert before.duration == after.duration


async def test_a_group(heygen: HeyGen, photo: Path) -> None:
    picture = await heygen.v2.assets.upload(photo)
    assert picture.image_key is not None
    migration = to_v3(CreateGroup(name="Chelsea", image_key=picture.image_key), strict=True)
    look = await (await heygen.avatars.create(migration.request)).wait()
    assert look.name == "Chelsea"
