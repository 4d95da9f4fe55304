"""Videos, templates and prompts of v1 and v2: what is refused, and the odd answers."""

from typing import Any

import pytest

from heygen_async.sandbox.catalogue import VOICES
from tests.sandbox.kit import STOCK, Answer, Api, png, wav

VOICE = next(iter(VOICES))
SPEECH = {"type": "text", "input_text": "Hello there.", "voice_id": VOICE}
SCENE = {"character": {"type": "avatar", "avatar_id": STOCK}, "voice": SPEECH}
HOOK = "https://example.com/hook"
WEBM = {"avatar_pose_id": STOCK, "avatar_style": "normal"}
SPOKEN = {"input_text": "Hello there.", "voice_id": VOICE}


async def key_of(api: Api) -> str:
    more = {"data": png(256, 256), "headers": {"Content-Type": "image/png"}}
    key: str = (await api.post("/v1/asset", **more)).data["image_key"]
    return key


async def started(api: Api, path: str, body: dict[str, Any]) -> str:
    video_id: str = (await api.post(path, body)).data["video_id"]
    return video_id


def shot(api: Api, video_id: str) -> Any:
    return api.sandbox._ctx.world.videos[video_id].shot


def refused_by_code(answer: Answer, status: int) -> None:
    assert (answer.status, answer.json["data"]) == (status, None)
    assert isinstance(answer.json["code"], int)
    assert answer.json["message"]


def refused_by_word(answer: Answer, status: int) -> None:
    assert (answer.status, answer.json["data"]) == (status, None)
    assert set(answer.error) == {"code", "message"}


async def test_every_scene_is_shown(api: Api) -> None:
    picture, sound = await api.asset(png(300, 200)), await api.asset(wav(2.0))
    second = {
        "voice": {"type": "audio", "audio_asset_id": sound},
        "background": {"type": "image", "image_asset_id": picture, "fit": "contain"},
        "text": {"type": "text", "text": "Two", "position": {"x": 0.1, "y": 0.2}},
    }
    third = {
        "character": SCENE["character"] | {"avatar_style": "circle"},
        "voice": {"type": "silence", "duration": 2},
        "background": {"type": "color", "value": "#0066CC"},
    }
    size = {"width": 640, "height": 360}
    body = {"video_inputs": [SCENE, second, third], "dimension": size}
    whole = shot(api, await started(api, "/v2/video/generate", body))
    assert [each.script for each in whole.scenes] == ["Hello there.", "", ""]
    assert [each.audio for each in whole.scenes] == [None, sound, None]
    assert [each.backdrop for each in whole.scenes] == [None, picture, None]
    assert [each.color for each in whole.scenes] == [None, None, "#0066CC"]
    assert [each.circle for each in whole.scenes] == [False, False, True]
    assert {(each.width, each.height) for each in [whole, *whole.scenes]} == {(640, 360)}


@pytest.mark.parametrize(
    ("more", "size"),
    [
        ({}, (1280, 720)),
        ({"aspect_ratio": "9:16"}, (720, 1280)),
        ({"aspect_ratio": "2:1"}, (1440, 720)),
        ({"aspect_ratio": "9:16", "dimension": {"width": 640, "height": 360}}, (640, 360)),
    ],
)
async def test_sizes(api: Api, more: dict[str, Any], size: tuple[int, int]) -> None:
    made = shot(api, await started(api, "/v2/video/generate", {"video_inputs": [SCENE]} | more))
    assert (made.width, made.height) == size


@pytest.mark.parametrize(
    ("more", "file", "burned"),
    [
        ({}, False, False),
        ({"caption": False}, False, False),
        ({"caption": True}, True, False),
        ({"caption": True, "caption_mode": "burn_in"}, True, True),
        ({"caption": {"enabled": True, "style": {"font_size": 32}}}, True, True),
        ({"caption": {"enabled": False}}, False, False),
        ({"subtitles": {"preset_name": "classic"}}, True, True),
        ({"subtitles": {"preset_name": "classic"}, "caption_mode": "file_only"}, True, False),
    ],
)
async def test_captions(api: Api, more: dict[str, Any], *, file: bool, burned: bool) -> None:
    video_id = await started(api, "/v2/video/generate", {"video_inputs": [SCENE]} | more)
    api.advance(600)
    older = (await api.get(f"/v1/video_status.get?video_id={video_id}")).data
    assert (older["caption_url"] is not None, older["video_url_caption"] is not None) == (
        file,
        burned,
    )
    newer = (await api.get(f"/v2/videos/{video_id}")).data
    assert (newer["subtitle_url"] is not None, newer["captioned_video_url"] is not None) == (
        file,
        burned,
    )


async def test_av4(api: Api) -> None:
    key = await key_of(api)
    body = {"image_key": key, "script": "Hello there.", "voice_id": VOICE}
    sizes = {"portrait": (720, 1280), "landscape": (1280, 720), "square": (720, 720)}
    for name, size in sizes.items():
        made = shot(
            api, await started(api, "/v2/video/av4/generate", body | {"video_orientation": name})
        )
        assert (made.width, made.height) == size
    assert {charge.credits for charge in api.sandbox.charges} == {3.0}
    both = body | {"audio_asset_id": await api.asset(wav(2.0))}
    heard = shot(api, await started(api, "/v2/video/av4/generate", both))
    assert (heard.script, heard.audio) == ("", both["audio_asset_id"])
    for wrong in (
        {"image_key": key},
        {"image_key": key, "script": "Hello there."},
        body | {"image_key": key.split("/")[1]},
        body | {"audio_url": "https://example.com/a.mp3", "audio_asset_id": "x"},
        body | {"photo_s3_key": key},
        body | {"fit": "crop"},
    ):
        refused_by_word(await api.post("/v2/video/av4/generate", wrong), 400)


async def test_webm(api: Api) -> None:
    sound = await api.asset(wav(2.0))
    video_id = await started(api, "/v1/video.webm", WEBM | SPOKEN)
    assert shot(api, video_id).alpha
    heard = shot(api, await started(api, "/v1/video.webm", WEBM | {"input_audio": sound}))
    assert heard.audio == sound
    api.advance(600)
    url = (await api.get(f"/v1/video_status.get?video_id={video_id}")).data["video_url"]
    assert url.split("?")[0].endswith("/video.webm")
    twin = (await api.photo_avatar())["id"]
    for wrong, status in (
        (WEBM, 400),
        (WEBM | SPOKEN | {"input_audio": sound}, 400),
        (WEBM | {"input_text": "Hello there."}, 400),
        (WEBM | {"voice_id": VOICE, "input_audio": sound}, 400),
        (WEBM | SPOKEN | {"avatar_style": "circle"}, 400),
        (WEBM | SPOKEN | {"avatar_pose_id": twin}, 404),
        (WEBM | SPOKEN | {"voice_id": "x"}, 404),
        (WEBM | {"input_audio": "x"}, 404),
        (WEBM | {"input_audio": "http://x"}, 400),
    ):
        refused_by_code(await api.post("/v1/video.webm", wrong), status)


async def test_a_digital_twin_cannot_be_had_on_nothing(api: Api) -> None:
    looks = api.sandbox._ctx.world.looks
    looks["twin"] = type(looks[STOCK])(
        **{name: getattr(looks[STOCK], name) for name in looks[STOCK].__struct_fields__}
        | {"id": "twin", "avatar_type": "digital_twin"}
    )
    refused = await api.post("/v1/video.webm", WEBM | SPOKEN | {"avatar_pose_id": "twin"})
    refused_by_code(refused, 400)


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({}, 400),
        ({"avatar_id": STOCK, "image_url": "https://example.com/a.png"}, 400),
        ({"avatar_id": "x"}, 404),
        ({"image_asset_id": "x", "voice_id": VOICE}, 404),
        ({"image_url": "https://example.com/a.png"}, 400),
        ({"avatar_id": STOCK, "callback_id": "x"}, 400),
        ({"avatar_id": STOCK, "audio_url": "https://example.com/a.mp3"}, 400),
        ({"avatar_id": STOCK, "expressiveness": "wild"}, 400),
        ({"avatar_id": STOCK, "folder_id": "x"}, 400),
        (
            {
                "avatar_id": STOCK,
                "output_format": "webm",
                "background": {"type": "color", "value": "#ffffff"},
            },
            400,
        ),
    ],
)
async def test_refusals_of_v2s_own_form(api: Api, more: dict[str, Any], status: int) -> None:
    refused_by_word(await api.post("/v2/videos", {"script": "Hello there."} | more), status)


async def test_v2s_own_form(api: Api) -> None:
    body = {"avatar_id": STOCK, "script": "Hello there.", "resolution": "720p"}
    answer = (await api.post("/v2/videos", body)).json
    assert answer["error"] is None
    assert answer["data"]["status"] == "waiting"
    assert answer["data"]["output_format"] == "mp4"
    api.advance(600)
    video = (await api.get(f"/v2/videos/{answer['data']['video_id']}")).data
    assert (video["status"], "T" in video["created_at"]) == ("completed", True)
    (listed,) = (await api.get("/v2/videos")).data
    assert isinstance(listed["created_at"], int)
    assert api.sandbox.charges[-1].credits == 1.0


async def test_lists(api: Api) -> None:
    for title in ("One", "Two", "Three"):
        await started(api, "/v2/video/generate", {"video_inputs": [SCENE], "title": title})
    first = (await api.get("/v1/video.list?limit=2")).json
    assert (first["code"], first["data"]["total"]) == (100, 3)
    assert [row["video_title"] for row in first["data"]["videos"]] == ["Three", "Two"]
    token = first["data"]["token"]
    rest = (await api.get(f"/v1/video.list?limit=2&token={token}")).data
    assert ([row["video_title"] for row in rest["videos"]], rest["token"]) == (["One"], None)
    assert len((await api.get("/v1/video.list?limit=0")).data["videos"]) == 3
    page = (await api.get("/v2/videos?limit=2")).json
    assert (len(page["data"]), page["has_more"]) == (2, True)
    for path in ("/v1/video.list?limit=101", "/v1/video.list?limit=-1", "/v1/video.list?token=x"):
        refused_by_code(await api.get(path), 400)
    for path in ("/v2/videos?limit=0", "/v2/videos?limit=101", "/v2/videos?title="):
        refused_by_word(await api.get(path), 400)


async def test_what_v1_says_of_deletions_and_pages(api: Api) -> None:
    video_id = await started(api, "/v2/video/generate", {"video_inputs": [SCENE]})
    shared = (await api.post("/v1/video/share", {"video_id": video_id})).json
    assert shared["data"] == f"https://app.heygen.com/share/{video_id}"
    deleted = (await api("DELETE", f"/v1/video.delete?video_id={video_id}")).json
    assert deleted["data"] is None
    again = await api("DELETE", f"/v1/video.delete?video_id={video_id}")
    assert (again.status, again.json["code"]) == (200, 40031)
    refused_by_code(await api("DELETE", "/v1/video.delete"), 400)
    refused_by_code(await api.post("/v1/video/share", {}), 400)
    refused_by_word(await api.get(f"/v2/videos/{video_id}"), 404)
    refused_by_word(await api("DELETE", f"/v2/videos/{video_id}"), 404)


async def test_slots_are_shared_with_v3(api: Api) -> None:
    key = await key_of(api)
    for _ in range(9):
        await api.video()
    await started(api, "/v2/video/generate", {"video_inputs": [SCENE]})
    av4 = {"image_key": key, "script": "Hello there.", "voice_id": VOICE}
    for path, body in (
        ("/v2/video/generate", {"video_inputs": [SCENE]}),
        ("/v2/video/av4/generate", av4),
        ("/v2/videos", {"avatar_id": STOCK, "script": "Hello there."}),
        ("/v2/template/tpl_welcome/generate", {"variables": {}}),
        ("/v1/video_agent/generate", {"prompt": "A video"}),
        ("/v1/video.webm", WEBM | SPOKEN),
    ):
        answer = await api.post(path, body)
        assert (path, answer.status) == (path, 429)
        assert int(answer.headers["Retry-After"]) > 0


async def test_who_cannot_pay_gets_nothing(api: Api) -> None:
    api.sandbox._ctx.world.balance = 0.1
    answer = await api.post("/v2/video/generate", {"video_inputs": [SCENE]})
    refused_by_word(answer, 402)
    refused_by_code(await api.post("/v1/video.webm", WEBM | SPOKEN), 402)
    assert not api.sandbox.charges


async def test_a_prompt(api: Api) -> None:
    picture = await api.asset(png(64, 64))
    body = {
        "prompt": "A welcome",
        "config": {"duration_sec": 30, "orientation": "portrait", "avatar_id": STOCK},
        "files": [{"asset_id": picture}],
        "callback_url": HOOK,
        "callback_id": "mine",
    }
    answer = (await api.post("/v1/video_agent/generate", body)).json
    assert answer["error"] is None
    made = shot(api, answer["data"]["video_id"])
    assert made.duration == 30
    assert made.height > made.width
    session = await api.get(f"/v3/video-agents/{answer['data']['session_id']}")
    assert session.data["status"] == "thinking"
    assert (await api.get(f"/v2/videos/{answer['data']['video_id']}")).data["status"] == "pending"


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"callback_id": "x"}, 400),
        ({"prompt": ""}, 400),
        ({"duration_sec": 4}, 400),
        ({"config": {"mood": "good"}}, 400),
        ({"style_id": "x"}, 400),
        ({"files": [{"asset_id": "x"}]}, 404),
        ({"files": [{"type": "url", "url": "https://example.com/a.png"}]}, 400),
        ({"avatar_id": "x"}, 404),
    ],
)
async def test_refusals_of_prompts(api: Api, more: dict[str, Any], status: int) -> None:
    refused_by_word(await api.post("/v1/video_agent/generate", {"prompt": "A"} | more), status)


async def test_a_prompt_that_fails_still_has_a_video(api: Api) -> None:
    body = {"prompt": "[[fail]]", "callback_url": HOOK}
    video_id = await started(api, "/v1/video_agent/generate", body)
    (event,) = [each for each in api.sandbox._ctx.world.coming if each.entity_id == video_id]
    assert (event.type, "url" in event.data) == ("video_agent.fail", False)
    api.advance(1000)
    video = (await api.get(f"/v2/videos/{video_id}")).data
    assert (video["status"], video["failure_code"]) == ("failed", "MODERATION_POLICY_VIOLATED")


def text(name: str, content: str) -> dict[str, Any]:
    return {"name": name, "type": "text", "properties": {"content": content}}


async def test_templates(api: Api) -> None:
    (welcome, _) = (await api.get("/v2/templates")).data["templates"]
    assert (await api.fetch(welcome["thumbnail_image_url"])).status == 200
    told = (await api.get("/v2/template/tpl_welcome")).data["variables"]
    assert told["logo"]["properties"]["fit"] == "contain"
    assert told["company"] == text("company", "our company")
    # What it has can be given back, but for the text that is empty.
    given = told | {"first_name": text("first_name", "Ada")}
    del given["logo"]["properties"]["asset_id"]
    body = {"variables": given}
    await started(api, "/v2/template/tpl_welcome/generate", body)
    refused_by_word(await api.get("/v2/template/x"), 404)
    later = await api.get("/v3/template/x")
    assert (later.status, later.error["code"]) == (404, "template_not_found")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"variables": {"first_name": "Ada"}}, 400),
        ({"variables": {"x": text("x", "Ada")}}, 400),
        ({"variables": {"logo": text("logo", "Ada")}}, 400),
        ({"variables": {"logo": {"name": "logo", "type": "image", "properties": {}}}}, 400),
        (
            {
                "variables": {
                    "logo": {"name": "logo", "type": "image", "properties": {"asset_id": "x"}}
                }
            },
            404,
        ),
        ({"variables": {}, "fps": 24}, 400),
        ({"variables": {}, "scene_ids": ["x"]}, 400),
        ({"variables": {}, "scene_ids": []}, 400),
        ({"variables": {}, "dimension": {"width": 720, "height": 1280}}, 400),
        ({"variables": {}, "brand_glossary_id": "x"}, 400),
    ],
)
async def test_refusals_of_templates(api: Api, body: dict[str, Any], status: int) -> None:
    refused_by_word(await api.post("/v2/template/tpl_welcome/generate", body), status)
