"""Videos and templates of v1 and v2, in all the words that HeyGen's sources have for them."""

from typing import Any

import pytest

from heygen_async import HeyGen
from heygen_async.errors import APIError, DecodeError, InvalidRequestError
from heygen_async.models.v2 import (
    CreateAvatarVideo,
    GenerateAvatarIV,
    GenerateFromPrompt,
    GenerateTemplateVideo,
    GenerateWebm,
    TextProperties,
    template_variables,
)
from tests.transport.kit import Wire


def code(data: Any) -> dict[str, Any]:
    return {"code": 100, "data": data, "msg": None, "message": None}


def error(data: Any) -> dict[str, Any]:
    return {"error": None, "data": data}


@pytest.mark.parametrize("name", ["id", "video_id"])
async def test_a_status_calls_its_id_by_either_name(heygen: HeyGen, wire: Wire, name: str) -> None:
    wire.answer("GET", "/v1/video_status.get?video_id=v1", code({name: "v1", "status": "waiting"}))
    video = await heygen.v2.videos.get_status("v1")
    assert (video.id, video.video_id, video.status) == ("v1", "v1", "waiting")


@pytest.mark.parametrize("name", ["detail", "details"])
async def test_an_error_tells_more_by_either_name(heygen: HeyGen, wire: Wire, name: str) -> None:
    failed = {"id": "v1", "status": "failed", "error": {"code": 40119, name: "3601 s"}}
    wire.answer("GET", "/v1/video_status.get?video_id=v1", code(failed))
    state = heygen.v2.videos.kind.state(await heygen.v2.videos.get_status("v1"))
    assert (state.failure_code, state.failure_message) == ("40119", "3601 s")


@pytest.mark.parametrize(
    ("written", "unix"),
    [
        (1711929600, 1711929600),
        ("2024-04-01T00:00:00Z", 1711929600),
        ("2024-04-01T02:00:00+02:00", 1711929600),
        ("2024-04-01T00:00:00", 1711929600),
        ("yesterday", None),
        (None, None),
    ],
)
async def test_times_are_written_in_either_way(
    heygen: HeyGen, wire: Wire, written: Any, unix: float | None
) -> None:
    shown = {"id": "v1", "status": "completed", "created_at": written, "completed_at": written}
    wire.answer("GET", "/v2/videos/v1", error(shown))
    video = await heygen.v2.videos.get("v1")
    assert (video.created_at, video.created, video.completed) == (written, unix, unix)


async def test_a_video_without_its_link_is_not_done(heygen: HeyGen, wire: Wire) -> None:
    wire.answer("GET", "/v2/videos/v1", error({"id": "v1", "status": "completed"}))
    state = heygen.v2.videos.detail_kind.state(await heygen.v2.videos.get("v1"))
    assert state.verdict.value == "running"


@pytest.mark.parametrize(
    ("data", "deleted", "failed"),
    [
        (None, ["v1"], []),
        ({"Deleted": ["v1"], "Failed": []}, ["v1"], []),
        ({"Deleted": ["v1"], "Failed": [{"id": "x"}]}, ["v1"], [{"id": "x"}]),
    ],
)
async def test_a_deletion_says_nothing_or_what_it_did(
    heygen: HeyGen, wire: Wire, data: Any, deleted: list[str], failed: list[Any]
) -> None:
    wire.answer("DELETE", "/v1/video.delete?video_id=v1", code(data))
    answer = await heygen.v2.videos.delete_v1("v1")
    assert (answer.deleted, answer.failed) == (deleted, failed)


async def test_a_deletion_that_failed_is_no_deletion(heygen: HeyGen, wire: Wire) -> None:
    answer = code({"Deleted": [], "Failed": ["v1"]})
    wire.answer("DELETE", "/v1/video.delete?video_id=v1", answer)
    with pytest.raises(APIError, match="did not delete v1"):
        await heygen.v2.videos.delete_v1("v1")


@pytest.mark.parametrize("data", [{}, {"languages": ["English"]}, {"id": "", "status": "pending"}])
async def test_a_job_of_which_nothing_came_is_none(heygen: HeyGen, wire: Wire, data: Any) -> None:
    wire.answer("GET", "/v2/video_translate/t1", error(data))
    wire.answer("GET", "/v1/video_status.get?video_id=v1", code(data))
    with pytest.raises(DecodeError, match="LegacyTranslation"):
        await heygen.v2.translations.get("t1")
    with pytest.raises(DecodeError, match="LegacyVideo"):
        await heygen.v2.videos.get_status("v1")


@pytest.mark.parametrize("word", ["caption", "proofread", "target_languages"])
async def test_another_endpoint_is_no_translation(heygen: HeyGen, wire: Wire, word: str) -> None:
    for call in (heygen.v2.translations.get, heygen.v2.translations.get_caption):
        with pytest.raises(InvalidRequestError, match="name of an endpoint"):
            await call(word)
    with pytest.raises(InvalidRequestError, match="name of an endpoint"):
        heygen.v2.translations.job(word)
    assert not wire.sent


async def test_an_older_generation_has_one_picture(heygen: HeyGen, wire: Wire) -> None:
    data = {"id": "g1", "status": "completed", "image_url": "https://x/1.jpg", "image_key": "k1"}
    wire.answer("GET", "/v2/photo_avatar/generation/g1", error(data))
    found = await heygen.v2.photo_avatars.get_generation("g1")
    assert (found.image_url_list, found.image_key_list) == (["https://x/1.jpg"], ["k1"])


async def test_a_page_is_a_bare_string(heygen: HeyGen, wire: Wire) -> None:
    wire.answer("POST", "/v1/video/share", code("https://app.heygen.com/share/v1"))
    assert await heygen.v2.videos.share("v1") == "https://app.heygen.com/share/v1"
    assert wire.sent[0].json == {"video_id": "v1"}


async def test_drafts_are_listed_too(heygen: HeyGen, wire: Wire) -> None:
    row = {"video_id": "v1", "status": "draft", "type": "GENERATED", "created_at": 1711929600}
    wire.answer("GET", "/v1/video.list?limit=1&title=a", code({"videos": [row], "token": None}))
    (item,) = (await heygen.v2.videos.list_v1(limit=1, title="a")).items
    assert (item.status, item.video_title) == ("draft", None)


@pytest.mark.parametrize("title", [None, "Mine"])
async def test_a_picture_that_speaks_always_has_a_title(
    heygen: HeyGen, wire: Wire, title: str | None
) -> None:
    wire.answer("POST", "/v2/video/av4/generate", error({"video_id": "v1"}))
    request = GenerateAvatarIV(image_key="k", script="Hi.", voice_id="vo1", video_title=title)
    job = await heygen.v2.videos.generate_av4(request, extra_body={"new": 1})
    assert wire.sent[0].json == {
        "image_key": "k",
        "script": "Hi.",
        "voice_id": "vo1",
        "video_title": title or "Untitled",
        "new": 1,
    }
    assert (job.id, job.kind) == ("v1", "video")


async def test_a_webm_is_asked_for(heygen: HeyGen, wire: Wire) -> None:
    wire.answer("POST", "/v1/video.webm", code({"video_id": "v1"}))
    request = GenerateWebm(avatar_pose_id="a1", avatar_style="closeUp", input_audio="as1")
    assert (await heygen.v2.videos.generate_webm(request)).id == "v1"
    assert wire.sent[0].json == {
        "avatar_pose_id": "a1",
        "avatar_style": "closeUp",
        "input_audio": "as1",
    }


async def test_a_new_video_may_leave_out_its_format(heygen: HeyGen, wire: Wire) -> None:
    wire.answer("POST", "/v2/videos", {"data": {"video_id": "v1", "status": "brand_new"}})
    job = await heygen.v2.videos.create(CreateAvatarVideo(avatar_id="a1", script="Hi."))
    assert job.created is not None
    assert (job.id, job.created.status) == ("v1", "brand_new")


async def test_an_older_agent_tells_no_session(heygen: HeyGen, wire: Wire) -> None:
    wire.answer("POST", "/v1/video_agent/generate", error({"video_id": "v1"}))
    job = await heygen.v2.video_agent.generate(GenerateFromPrompt(prompt="A video"))
    assert (job.id, wire.sent[0].json) == ("v1", {"prompt": "A video"})


@pytest.mark.parametrize("name", ["thumbnail_url", "thumbnail_image_url"])
@pytest.mark.parametrize("wrapped", [True, False])
async def test_templates_lie_anywhere(
    heygen: HeyGen, wire: Wire, name: str, *, wrapped: bool
) -> None:
    item = {"template_id": "t1", "name": "One", name: "https://x/y.jpg", "variables": {}}
    wire.answer("GET", "/v2/templates", error({"templates": [item]} if wrapped else [item]))
    (template,) = await heygen.v2.templates.list()
    assert (template.thumbnail_url, template.thumbnail_image_url) == ("https://x/y.jpg",) * 2


VARIABLE = {"name": "who", "type": "text", "properties": {"content": "", "max_length": 20}}


@pytest.mark.parametrize("variables", [{"who": VARIABLE}, [VARIABLE]])
async def test_variables_come_by_name_or_in_a_list(
    heygen: HeyGen, wire: Wire, variables: Any
) -> None:
    wire.answer("GET", "/v3/template/t1", error({"variables": variables}))
    template = await heygen.v2.templates.get("t1")
    assert list(template.by_name) == ["who"]
    assert template.by_name["who"].properties["max_length"] == 20


async def test_scenes_of_an_old_template_are_null(heygen: HeyGen, wire: Wire) -> None:
    told = {"version": "3", "variables": {}, "scenes": None}
    wire.answer("GET", "/v3/template/t1", {"data": told})
    template = await heygen.v2.templates.get_scenes("t1")
    assert (template.version, template.scenes) == ("3", None)


async def test_variables_go_out_with_all_their_wrapping(heygen: HeyGen, wire: Wire) -> None:
    wire.answer("POST", "/v2/template/t1/generate", error({"video_id": "v1"}))
    values = {"who": "Ada", "what": TextProperties(content="Notes", voice_id="vo1")}
    request = GenerateTemplateVideo(
        variables=template_variables(values), include_gif=True, brand_voice_id="b1"
    )
    job = await heygen.v2.templates.generate("t1", request=request)
    assert job.id == "v1"
    assert wire.sent[0].json == {
        "variables": {
            "who": {"type": "text", "name": "who", "properties": {"content": "Ada"}},
            "what": {
                "type": "text",
                "name": "what",
                "properties": {"content": "Notes", "voice_id": "vo1"},
            },
        },
        "include_gif": True,
        "brand_voice_id": "b1",
    }
