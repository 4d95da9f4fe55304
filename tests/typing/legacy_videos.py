"""Typical use of the videos, templates and prompts of v1 and v2, never run: types are seen."""

from typing import assert_type

from heygen_async import HeyGen, Job
from heygen_async.api.pages import Pager
from heygen_async.models import Background, DeletedVideo, TemplateSubtitles
from heygen_async.models.v2 import (
    AvatarCharacter,
    CaptionOptions,
    CaptionStyle,
    CreateAvatarVideo,
    DeletedVideos,
    Dimension,
    ElevenLabsTuning,
    GenerateAvatarIV,
    GenerateFromPrompt,
    GenerateTemplateVideo,
    GenerateVideo,
    GenerateWebm,
    ImageProperties,
    LegacyTemplate,
    LegacyTemplateSummary,
    LegacyTemplateVariable,
    LegacyTextVariable,
    LegacyVariable,
    LegacyVideo,
    LegacyVideoDetail,
    LegacyVideoItem,
    Scene,
    SceneText,
    TextProperties,
    TextVoice,
    VideoBackground,
    template_variables,
)


async def scenes(heygen: HeyGen) -> None:
    scene = Scene(
        voice=TextVoice(
            input_text="Hi.",
            voice_id="v",
            elevenlabs_settings=ElevenLabsTuning(model="eleven_v3", stability=0.5),
        ),
        character=AvatarCharacter(avatar_id="a", use_avatar_iv_model=True, prompt="waves"),
        background=VideoBackground(video_asset_id="b", play_style="full_video", fit="crop"),
        text=SceneText(text="Hi.", font_weight="bold", text_align="center"),
    )
    styled = CaptionOptions(enabled=True, style=CaptionStyle(position="top"))
    request = GenerateVideo(
        video_inputs=[scene],
        dimension=Dimension(width=1280, height=720),
        caption=styled,
        subtitles=TemplateSubtitles(preset_name="classic"),
        enable_watermark=False,
    )
    job = await heygen.v2.videos.generate(request, extra_body={"new": 1})
    assert_type(job, Job[LegacyVideo])
    assert_type(await job.wait(), LegacyVideo)


async def others(heygen: HeyGen) -> None:
    api = heygen.v2.videos
    picture = GenerateAvatarIV(image_key="k", script="Hi.", voice_id="v", fit="cover")
    assert_type(await api.generate_av4(picture), Job[LegacyVideo])
    clear = GenerateWebm(avatar_pose_id="a", avatar_style="normal", input_audio="s")
    assert_type(await api.generate_webm(clear), Job[LegacyVideo])
    own = CreateAvatarVideo(avatar_id="a", script="Hi.", background=Background(type="color"))
    assert_type(await api.create(own), Job[LegacyVideoDetail])
    prompt = GenerateFromPrompt(prompt="A video", orientation="portrait")
    assert_type(await heygen.v2.video_agent.generate(prompt), Job[LegacyVideoDetail])


async def reads(heygen: HeyGen) -> None:
    api = heygen.v2.videos
    assert_type(await api.get_status("v"), LegacyVideo)
    detail = await api.get("v")
    assert_type(detail, LegacyVideoDetail)
    assert_type(detail.created, float | None)
    assert_type(api.list(limit=10), Pager[LegacyVideoDetail])
    assert_type(api.list_v1(folder_id="f"), Pager[LegacyVideoItem])
    assert_type(await api.delete("v"), DeletedVideo)
    assert_type(await api.delete_v1("v"), DeletedVideos)
    assert_type(await api.share("v"), str)
    assert_type(api.job("v"), Job[LegacyVideo])
    assert_type(api.detail_job("v"), Job[LegacyVideoDetail])


async def templates(heygen: HeyGen) -> None:
    api = heygen.v2.templates
    assert_type(await api.list(), list[LegacyTemplateSummary])
    template = await api.get("t")
    assert_type(template, LegacyTemplate)
    assert_type(template.by_name, dict[str, LegacyTemplateVariable])
    assert_type(await api.get_scenes("t"), LegacyTemplate)
    filled = template_variables({"who": "Ada", "logo": ImageProperties(asset_id="a")})
    assert_type(filled, dict[str, LegacyVariable])
    filled["more"] = LegacyTextVariable(name="more", properties=TextProperties(content="x"))
    request = GenerateTemplateVideo(variables=filled, fps=30)
    assert_type(await api.generate("t", request=request, template=template), Job[LegacyVideo])
