"""Templates: the client against the sandbox."""

from pathlib import Path

import pytest

from heygen_async import HeyGen
from heygen_async.errors import BadRequestError, InvalidRequestError, JobFailedError, NotFoundError
from heygen_async.models import (
    AudioVariable,
    AvatarLook,
    CharacterVariable,
    GenerateFromTemplate,
    ImageVariable,
    TemplateDimension,
    TemplateSubtitles,
    TextVariable,
    VoiceVariable,
)
from heygen_async.sandbox import Sandbox
from tests.sandbox.kit import wav

WELCOME = "tpl_welcome"
NEWS = "tpl_product_news"


async def test_templates_are_listed_in_pages(heygen: HeyGen) -> None:
    found = [template.id async for template in heygen.templates.list(limit=1)]
    assert found == [WELCOME, NEWS]
    page = await heygen.templates.list(limit=1)
    assert [template.aspect_ratio for template in page.items] == ["16:9"]
    assert page.next_token is not None
    with pytest.raises(InvalidRequestError):
        heygen.templates.list(limit=0)


async def test_a_template_tells_its_gaps(heygen: HeyGen) -> None:
    template = await heygen.templates.get(WELCOME)
    assert {name: value.type for name, value in template.variables.items()} == {
        "first_name": "text",
        "company": "text",
        "host": "character",
        "logo": "image",
    }
    assert [scene.scene_id for scene in template.scenes] == template.scene_ids
    used = [{use.name for use in scene.variables} for scene in template.scenes]
    assert used == [{"first_name", "company", "host"}, {"logo"}, {"host"}]
    with pytest.raises(NotFoundError):
        await heygen.templates.get("none")


async def test_what_a_template_has_can_be_given_back(heygen: HeyGen) -> None:
    template = await heygen.templates.get(NEWS)
    same = {name: value.as_value() for name, value in template.variables.items()}
    assert set(same) == {"headline", "product", "jingle", "host", "speaker"}
    whole = {name: value for name, value in same.items() if value is not None}
    job = await heygen.templates.generate(NEWS, request=GenerateFromTemplate(variables=whole))
    assert (await job.wait()).video_url


async def test_gaps_are_filled(
    heygen: HeyGen, look: AvatarLook, photo: Path, tmp_path: Path
) -> None:
    voice = (await heygen.voices.list(limit=3)).items[2].voice_id
    request = GenerateFromTemplate(
        title="For Ann",
        caption=True,
        fps=30,
        dimension=TemplateDimension(width=1280, height=720),
        callback_id="row-1",
        variables={
            "first_name": TextVariable(content="Ann"),
            "host": CharacterVariable(character_id=look.id, character_type="talking_photo"),
            "logo": ImageVariable(asset=photo, fit="cover"),
        },
    )
    job = await heygen.templates.generate(WELCOME, request=request)
    assert job.kind == "video"
    assert job.created is not None
    assert job.created.title == "For Ann"
    video = await job.wait()
    assert video.captioned_video_url
    assert (await job.download(tmp_path / "out.mp4")).stat().st_size
    first, second, third = (await heygen.videos.get_scenes(job.id)).scenes
    # A text that was left out stays as it is written.
    assert first.script[0].text == "Hello Ann, welcome to {{company}}."
    assert first.elements[0].avatar_id == third.elements[0].avatar_id == look.id
    assert second.background is not None
    assert second.background.type == "image"

    news = GenerateFromTemplate(
        variables={
            "speaker": VoiceVariable(voice_id=voice),
            "jingle": AudioVariable(asset=wav(2.0)),
        },
        scene_ids=["news_3", "news_2", "news_3"],
        subtitles=TemplateSubtitles(preset_name="bold"),
    )
    job = await heygen.templates.generate(NEWS, request=news)
    scenes = (await heygen.videos.get_scenes(job.id)).scenes
    assert [scene.script[0].type for scene in scenes] == ["text", "audio", "text"]
    assert scenes[0].script[0].voice_id == voice


async def test_a_template_is_filled_once_for_a_key(heygen: HeyGen, sandbox: Sandbox) -> None:
    request = GenerateFromTemplate(variables={"company": TextVariable(content="Us")})
    one = await heygen.templates.generate(WELCOME, request=request, idempotency_key="k1")
    await one.wait()
    two = await heygen.templates.generate(WELCOME, request=request, idempotency_key="k1")
    assert one.id == two.id
    # Replayed as it was at creation, whatever it is by now.
    assert two.created is not None
    assert two.created.status == "pending"
    assert len(sandbox.charges) == 1


async def test_a_video_from_a_template_may_fail(heygen: HeyGen) -> None:
    request = GenerateFromTemplate(variables={"first_name": TextVariable(content="[[fail]]")})
    job = await heygen.templates.generate(WELCOME, request=request)
    with pytest.raises(JobFailedError):
        await job.wait()


@pytest.mark.parametrize(
    ("change", "param"),
    [
        ({"variables": {"nobody": TextVariable(content="x")}}, "variables.nobody"),
        ({"variables": {"logo": TextVariable(content="x")}}, "variables.logo"),
        ({"scene_ids": ["welcome_9"]}, "scene_ids"),
        ({"dimension": TemplateDimension(width=720, height=1280)}, "dimension"),
    ],
)
async def test_what_does_not_fit_the_template_is_refused_by_heygen(
    heygen: HeyGen, change: dict[str, object], param: str
) -> None:
    request = GenerateFromTemplate(**{"variables": {}} | change)  # type: ignore[arg-type]
    with pytest.raises(BadRequestError) as caught:
        await heygen.templates.generate(WELCOME, request=request)
    assert caught.value.param == param


async def test_what_fits_no_template_is_refused_here(heygen: HeyGen) -> None:
    for request, field in (
        (GenerateFromTemplate(variables={}, fps=24), "fps"),
        (
            GenerateFromTemplate(variables={"a": TextVariable(content="")}),
            r"variables\.a\.content",
        ),
    ):
        with pytest.raises(InvalidRequestError, match=field):
            await heygen.templates.generate(WELCOME, request=request)
