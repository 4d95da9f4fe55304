"""Templates of v2: the client against the sandbox."""

from pathlib import Path

import pytest

from heygen_async import HeyGen
from heygen_async.errors import BadRequestError, InvalidRequestError, JobFailedError, NotFoundError
from heygen_async.models import AvatarLook, TemplateSubtitles
from heygen_async.models.v2 import (
    AudioProperties,
    CharacterProperties,
    Dimension,
    GenerateTemplateVideo,
    ImageProperties,
    TextProperties,
    VideoProperties,
    VoiceProperties,
    template_variables,
)
from heygen_async.sandbox import Fault, Sandbox
from tests.sandbox.kit import STOCK, wav

WELCOME = "tpl_welcome"
NEWS = "tpl_product_news"
LOGO = ImageProperties(url="https://example.com/logo.png")
HOST = CharacterProperties(character_id=STOCK, type="avatar")


async def test_templates_are_those_of_v3(heygen: HeyGen) -> None:
    found = await heygen.v2.templates.list()
    assert [each.template_id for each in found] == [
        each.id async for each in heygen.templates.list()
    ]
    assert all(each.thumbnail_url == each.thumbnail_image_url for each in found)
    assert all(each.thumbnail_url for each in found)


async def test_a_template_tells_its_gaps(heygen: HeyGen, sandbox: Sandbox) -> None:
    template = await heygen.v2.templates.get(NEWS)
    assert {name: each.type for name, each in template.by_name.items()} == {
        "headline": "text",
        "product": "video",
        "jingle": "audio",
        "host": "character",
        "speaker": "voice",
    }
    assert template.by_name["product"].properties["play_style"] == "loop"
    assert template.by_name["host"].properties["type"] == "avatar"
    whole = await heygen.v2.templates.get_scenes(NEWS)
    assert whole == template
    assert whole.version == "4"
    assert whole.scenes is not None
    used = [{each.name for each in scene.variables} for scene in whole.scenes]
    assert used == [{"headline", "host", "speaker"}, {"product", "jingle"}, {"host", "speaker"}]
    sandbox.fault(Fault(path="/v3/template", status=404))
    older = await heygen.v2.templates.get(NEWS)
    assert (older.by_name, older.scenes) == (template.by_name, None)
    for read in (heygen.v2.templates.get, heygen.v2.templates.get_scenes):
        with pytest.raises(NotFoundError):
            await read("none")


async def test_a_template_is_filled(
    heygen: HeyGen, sandbox: Sandbox, photo: Path, tmp_path: Path
) -> None:
    picture = await heygen.v2.assets.upload(photo)
    filled = GenerateTemplateVideo(
        variables=template_variables(
            {
                "first_name": "Ada",
                "company": TextProperties(content="Analytical Engines"),
                "host": HOST,
                "logo": ImageProperties(asset_id=picture.id, fit="contain"),
            }
        ),
        title="Welcome, Ada",
        caption=True,
        fps=25,
        dimension=Dimension(width=1280, height=720),
    )
    template = await heygen.v2.templates.get(WELCOME)
    job = await heygen.v2.templates.generate(WELCOME, request=filled, template=template)
    video = await job.wait()
    assert video.video_url_caption
    captions = await job.download(tmp_path / "captions.ass", file="caption_url")
    said = captions.read_text("utf-8")
    assert "Ada" in said
    assert "Analytical Engines" in said
    assert (await heygen.v2.videos.get(job.id)).title == "Welcome, Ada"
    assert sandbox.charges[-1].credits == 1.0


async def test_every_kind_of_variable(heygen: HeyGen, look: AvatarLook, sandbox: Sandbox) -> None:
    clip, sound = "https://example.com/a.mp4", await heygen.v2.assets.upload(wav(2.0))
    voice = (await heygen.v2.voices.list())[1]
    filled = GenerateTemplateVideo(
        variables=template_variables(
            {
                "headline": "It is here.",
                "product": VideoProperties(url=clip, play_style="freeze", fit="cover"),
                "jingle": AudioProperties(asset_id=sound.id),
                "host": CharacterProperties(character_id=look.id, type="talking_photo"),
                "speaker": VoiceProperties(voice_id=voice.voice_id),
            }
        ),
        scene_ids=["news_2", "news_1", "news_1"],
        subtitles=TemplateSubtitles(preset_name="classic"),
        test=True,
    )
    template = await heygen.v2.templates.get_scenes(NEWS)
    job = await heygen.v2.templates.generate(NEWS, request=filled, template=template)
    assert (await job.wait()).video_url_caption
    assert len((await heygen.videos.get_scenes(job.id)).scenes) == 3
    assert sandbox.charges[-1].credits == 0


async def test_what_does_not_fit_is_refused_at_once(heygen: HeyGen, sandbox: Sandbox) -> None:
    template = await heygen.v2.templates.get(WELCOME)
    right = {"first_name": "Ada", "company": "X", "host": HOST, "logo": LOGO}
    asked = len(sandbox.requests)
    for wrong, field in (
        ({**right, "logo": "a picture"}, "variables.logo.type"),
        ({name: right[name] for name in ("first_name", "host", "logo")}, "variables.company"),
    ):
        request = GenerateTemplateVideo(variables=template_variables(wrong))
        with pytest.raises(InvalidRequestError, match=field):
            await heygen.v2.templates.generate(WELCOME, request=request, template=template)
    assert len(sandbox.requests) == asked
    # Without the template nobody here knows, so HeyGen has to say it.
    request = GenerateTemplateVideo(variables=template_variables({"logo": "a picture"}))
    with pytest.raises(BadRequestError, match="must be of type image"):
        await heygen.v2.templates.generate(WELCOME, request=request)


async def test_a_filling_may_fail(heygen: HeyGen) -> None:
    request = GenerateTemplateVideo(variables=template_variables({"first_name": "[[fail]]"}))
    job = await heygen.v2.templates.generate(WELCOME, request=request)
    with pytest.raises(JobFailedError):
        await job.wait()
