"""Every way in which v3 says no to studio and cinematic videos, batches, lists and templates."""

from typing import Any

import pytest

from heygen_async.sandbox import Sandbox
from heygen_async.sandbox.catalogue import VOICES
from tests.sandbox.kit import STOCK, Api, png, still_clock

VOICE = next(iter(VOICES))
URL = {"type": "url", "url": "https://example.com/a.png"}
CLIP = {"type": "url", "url": "https://example.com/a.mp4"}
SPEAKER = {"type": "avatar", "avatar_id": STOCK, "script": "Hello there."}
AVATAR = {"type": "avatar_video", "input": SPEAKER}
IMAGE = {"type": "image", "source": URL, "duration": 2}
VIDEO = {"type": "video", "source": CLIP}
SAID = {"script": "Over it.", "voice_id": VOICE}
CINEMATIC = {"type": "cinematic_avatar", "prompt": "A walk.", "avatar_id": [STOCK]}
FAST = {"voice_settings": {"speed": 1.2}}


def studio(*scenes: Any, **more: Any) -> dict[str, Any]:
    return {"type": "studio", "scenes": list(scenes)} | more


def speaker(**more: Any) -> dict[str, Any]:
    return AVATAR | {"input": SPEAKER | more}


BAD: list[tuple[dict[str, Any], str]] = [
    (studio(), "scenes"),
    (studio(*[IMAGE] * 51), "scenes"),
    (studio(AVATAR, output_format="webm"), "output_format"),
    (studio(AVATAR, callback_id="1"), "callback_id"),
    (studio(AVATAR, {"type": "music"}), "scenes[1].type"),
    (studio(speaker(script=None)), "scenes[0].input.script"),
    (studio(speaker(audio_url="https://example.com/a.mp3")), "scenes[0].input.audio_url"),
    (studio(speaker(background={"type": "color"})), "scenes[0].input.background.color"),
    (
        studio(speaker(background={"type": "color", "color": "red"})),
        "scenes[0].input.background.color",
    ),
    (studio(speaker(background={"type": "image"})), "scenes[0].input.background.type"),
    (studio(speaker(title="T")), "scenes[0].input.title"),
    (studio(speaker(engine={"type": "avatar_v"})), "scenes[0].input.engine.type"),
    (
        studio(speaker(engine={"type": "avatar_iii"}, expressiveness="low")),
        "scenes[0].input.expressiveness",
    ),
    (studio(speaker(motion_prompt="wave")), "scenes[0].input.motion_prompt"),
    (studio(IMAGE | {"duration": 0}), "scenes[0].duration"),
    (studio(IMAGE | {"duration": 301}), "scenes[0].duration"),
    (studio(IMAGE | {"duration": None}), "scenes[0].script"),
    (studio(IMAGE | SAID), "scenes[0].duration"),
    (studio(IMAGE | FAST), "scenes[0].voice_settings"),
    (studio(IMAGE | {"duration": None, "script": "Hi."}), "scenes[0].voice_id"),
    (studio(VIDEO | {"playback": {"mode": "loop"}}), "scenes[0].playback.mode"),
    (studio(VIDEO | SAID | {"playback": {"mode": "once"}}), "scenes[0].playback.mode"),
    (studio(VIDEO | {"playback": {"volume": 2}}), "scenes[0].playback.volume"),
    (studio(VIDEO | SAID | {"audio_asset_id": "x"}), "scenes[0].audio_asset_id"),
    (studio(VIDEO | {"script": "Hi."}), "scenes[0].voice_id"),
    (studio(VIDEO | {"duration": 3}), "scenes[0].duration"),
    (CINEMATIC | {"prompt": ""}, "prompt"),
    (CINEMATIC | {"prompt": "x" * 10_001}, "prompt"),
    (CINEMATIC | {"avatar_id": []}, "avatar_id"),
    (CINEMATIC | {"avatar_id": [STOCK] * 4}, "avatar_id"),
    (CINEMATIC | {"duration": 3}, "duration"),
    (CINEMATIC | {"duration": 16}, "duration"),
    (CINEMATIC | {"duration": 5, "auto_duration": True}, "duration"),
    (CINEMATIC | {"aspect_ratio": "4:5"}, "aspect_ratio"),
    (CINEMATIC | {"resolution": "4k"}, "resolution"),
    (CINEMATIC | {"references": [URL] * 9}, "references"),
    (CINEMATIC | {"references": [CLIP] * 4}, "references"),
    (CINEMATIC | {"script": "Hi."}, "script"),
    (CINEMATIC | {"callback_url": "https://example.com"}, "callback_url"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "param"), BAD)
async def test_bad_fields_are_named(api: Api, body: dict[str, Any], param: str) -> None:
    answer = await api.post("/v3/videos", body)
    assert answer.status == 400
    assert answer.error["code"] == "invalid_parameter"
    assert answer.error["param"] == param
    assert not api.sandbox.charges


async def test_what_is_unknown_is_404(api: Api) -> None:
    asset = {"type": "asset_id", "asset_id": "none"}
    for body, code in (
        (studio(speaker(avatar_id="none")), "avatar_not_found"),
        (studio(speaker(voice_id="none")), "voice_not_found"),
        (studio(IMAGE | {"source": asset}), "asset_not_found"),
        (CINEMATIC | {"avatar_id": ["none"]}, "avatar_not_found"),
        (CINEMATIC | {"references": [asset]}, "asset_not_found"),
    ):
        answer = await api.post("/v3/videos", body)
        assert (answer.status, answer.error["code"]) == (404, code)
    answer = await api.post("/v3/videos", studio(IMAGE | {"source": CLIP}))
    assert (answer.status, answer.error["code"]) == (400, "download_failed")
    assert answer.error["param"] == "scenes[0].source.url"


async def test_a_studio_video_is_paid_by_its_speaking_scenes(api: Api) -> None:
    alone = await api.post("/v3/videos", SPEAKER)
    assert alone.status == 200
    silent = await api.post("/v3/videos", studio(AVATAR, IMAGE))
    assert silent.data["output_format"] == "mp4"
    one, two = api.sandbox.charges
    assert one.credits == two.credits


async def test_parts_of_any_kind_may_be_references(api: Api) -> None:
    asset_id = await api.asset(png(200, 200))
    references = [URL, CLIP, {"type": "url", "url": "https://example.com/a.mp3"}]
    references.append({"type": "asset_id", "asset_id": asset_id})
    answer = await api.post("/v3/videos", CINEMATIC | {"references": references})
    assert answer.status == 200


BAD_BATCHES: list[tuple[dict[str, Any], str]] = [
    ({"videos": []}, "videos"),
    ({}, "videos"),
    ({"videos": [SPEAKER] * 101}, "videos"),
    ({"videos": [SPEAKER], "limit": 1}, "limit"),
    ({"videos": [SPEAKER, SPEAKER | {"folder_id": "f"}]}, "videos[1].folder_id"),
    ({"videos": [SPEAKER | {"folder_id": None}]}, "videos[0].folder_id"),
    ({"videos": [SPEAKER | {"script": None}]}, "videos[0].script"),
    ({"videos": [studio(VIDEO | {"script": "x"})]}, "videos[0].scenes[0].voice_id"),
]


@pytest.mark.parametrize(("body", "param"), BAD_BATCHES)
async def test_bad_batches_make_nothing(api: Api, body: dict[str, Any], param: str) -> None:
    answer = await api.post("/v3/videos/batches", body)
    assert (answer.status, answer.error["param"]) == (400, param)
    assert (await api.get("/v3/videos")).data == []


async def test_a_batch_says_202_and_ages(api: Api) -> None:
    body = {"title": "T", "videos": [SPEAKER, studio(AVATAR, IMAGE), CINEMATIC]}
    answer = await api.post("/v3/videos/batches", body)
    assert answer.status == 202
    path = f"/v3/videos/batches/{answer.json['data']['batch_id']}"
    assert (await api.get(path)).data["counts_by_status"] == {"processing": 3}
    api.advance(3600)
    read = (await api.get(path)).data
    assert (read["status"], read["counts_by_status"]) == ("completed", {"completed": 3})
    assert (read["has_more"], read["next_token"]) == (False, None)
    part = (await api.get(f"{path}?limit=2")).data
    assert [item["item_index"] for item in part["items"]] == [0, 1]
    rest = (await api.get(f"{path}?limit=2&token={part['next_token']}")).data
    assert [item["item_index"] for item in rest["items"]] == [2]
    for query in ("?limit=101", "?limit=0", "?token=x"):
        assert (await api.get(path + query)).status == 400
    assert (await api.get("/v3/videos/batches/none")).error["code"] == "batch_not_found"


async def test_items_queue_in_the_order_they_came(api: Api) -> None:
    bodies = [SPEAKER | {"title": str(index)} for index in range(25)]
    await api.post("/v3/videos/batches", {"videos": bodies})
    listed = (await api.get("/v3/videos?limit=100")).data
    assert sorted(int(video["title"]) for video in listed) == list(range(10))
    assert (await api.post("/v3/videos", SPEAKER)).status == 429
    api.advance(3600)
    listed = (await api.get("/v3/videos?limit=100")).data
    assert [int(video["title"]) for video in listed][-10:] != []
    assert len(listed) == 25
    starts = [video["created_at"] for video in listed]
    assert starts == sorted(starts, reverse=True)


async def test_statuses_count_the_videos_of_batches(api: Api) -> None:
    ids: list[str] = []
    for _ in range(2):
        made = await api.post("/v3/videos/batches", {"videos": [SPEAKER] * 60})
        ids.append(made.json["data"]["batch_id"])
    assert len((await api.get(f"/v3/videos/statuses?batch_ids={ids[0]}")).data) == 60
    answer = await api.get(f"/v3/videos/statuses?batch_ids={','.join(ids)}")
    assert answer.status == 400
    (line,) = (await api.get("/v3/videos/statuses?batch_ids=none")).data
    assert (line["status"], line["video_id"]) == ("not_found", None)


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "title=", "token=x", "limit=a"])
async def test_lists_refuse_what_they_do_not_take(api: Api, query: str) -> None:
    answer = await api.get(f"/v3/videos?{query}")
    assert (answer.status, answer.error["param"]) == (400, query.partition("=")[0])


async def test_a_deleted_video_frees_its_slot(http: Any) -> None:
    async with Sandbox(media=False, clock=still_clock(), slots=1) as sandbox:
        api = Api(sandbox, http)
        video_id = await api.video()
        assert (await api.post("/v3/videos", SPEAKER)).status == 429
        gone = (await api("DELETE", f"/v3/videos/{video_id}")).data
        assert gone == {"id": video_id, "deleted": True}
        assert (await api("DELETE", f"/v3/videos/{video_id}")).status == 404
        assert (await api.get(f"/v3/videos/{video_id}/scenes")).status == 404
        assert (await api.post("/v3/videos", SPEAKER)).status == 200


BAD_FILLINGS: list[tuple[dict[str, Any], str]] = [
    ({}, "variables"),
    ({"variables": {}, "music": 1}, "music"),
    ({"variables": {"first_name": {"type": "text"}}}, "variables[...].content"),
    ({"variables": {"first_name": {"type": "text", "content": ""}}},
     "variables.first_name.content"),
    ({"variables": {"first_name": {"type": "voice", "voice_id": VOICE}}}, "variables.first_name"),
    ({"variables": {"nobody": {"type": "text", "content": "x"}}}, "variables.nobody"),
    ({"variables": {}, "fps": 24}, "fps"),
    ({"variables": {}, "dimension": {"width": 127, "height": 72}}, "dimension.width"),
    ({"variables": {}, "dimension": {"width": 720, "height": 720}}, "dimension"),
    ({"variables": {}, "scene_ids": ["none"]}, "scene_ids"),
    ({"variables": {}, "scene_ids": []}, "scene_ids"),
    ({"variables": {}, "subtitles": {}}, "subtitles.preset_name"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "param"), BAD_FILLINGS)
async def test_bad_fillings_are_named(api: Api, body: dict[str, Any], param: str) -> None:
    answer = await api.post("/v3/templates/tpl_welcome", body)
    assert (answer.status, answer.error["param"]) == (400, param)
    assert not api.sandbox.charges


async def test_templates_that_are_not_there(api: Api) -> None:
    for method in ("GET", "POST"):
        body: Any = {"variables": {}} if method == "POST" else None
        answer = await api(method, "/v3/templates/none", body)
        assert (answer.status, answer.error["code"]) == (404, "template_not_found")
    host = {"type": "character", "character_id": "none"}
    answer = await api.post("/v3/templates/tpl_welcome", {"variables": {"host": host}})
    assert (answer.status, answer.error["code"]) == (404, "avatar_not_found")
