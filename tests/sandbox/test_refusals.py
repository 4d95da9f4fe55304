"""Every way in which v3 says no to a video or an avatar."""

from typing import Any

import pytest

from heygen_async.sandbox import Sandbox
from heygen_async.sandbox.catalogue import VOICES
from tests.sandbox.kit import STOCK, Api, png, still_clock, wav

VOICE = next(iter(VOICES))
AVATAR = {"type": "avatar", "avatar_id": STOCK, "script": "Hello there."}
V3 = {"engine": {"type": "avatar_iii"}}
V5 = {"engine": {"type": "avatar_v"}}
FIVE = {"avatar_id": "Lena_public_sofa_front"}
STABILITY = {
    "voice_settings": {
        "engine_settings": {"engine_type": "elevenlabs", "model": "eleven_v3", "stability": 0.3}
    }
}

BAD_FIELDS: list[tuple[dict[str, Any], str]] = [
    ({"dimension": {}}, "dimension"),
    ({"avatar_id": 3}, "avatar_id"),
    ({"avatar_id": None}, "avatar_id"),
    ({"type": "hologram"}, "type"),
    ({"resolution": "8k"}, "resolution"),
    ({"script": ""}, "script"),
    ({"script": "x" * 5001}, "script"),
    ({"script": None}, "script"),
    ({"audio_url": "https://example.com/a.mp3"}, "audio_url"),
    ({"audio_asset_id": "x", "audio_url": "x"}, "audio_url"),
    ({"voice_settings": {"speed": 3}}, "voice_settings.speed"),
    ({"background": {"type": "color"}}, "background.value"),
    ({"background": {"type": "color", "value": "red"}}, "background.value"),
    ({"background": {"type": "color", "value": "#112233", "url": "x"}}, "background.url"),
    ({"background": {"type": "image"}}, "background.url"),
    ({"background": {"type": "image", "value": "#112233"}}, "background.value"),
    ({"background": {"type": "image", "url": "x", "asset_id": "y"}}, "background.asset_id"),
    ({"background": {"type": "color", "valu": "#112233"}}, "background.valu"),
    ({"background": {"type": "color", "value": "#112233"}, "output_format": "webm"}, "background"),
    ({"callback_id": "7"}, "callback_id"),
    ({"expressiveness": "high"} | V3, "expressiveness"),
    ({"expressiveness": "high"} | V5 | FIVE, "expressiveness"),
    ({"motion_prompt": "wave"} | V3, "motion_prompt"),
    ({"motion_prompt": "wave"}, "motion_prompt"),
    (V5, "engine.type"),
    ({"engine": {"type": "avatar_v", "reference_look_id": "x"}} | FIVE, "engine.reference_look_id"),
    (STABILITY, "voice_settings.engine_settings.stability"),
]


@pytest.mark.parametrize(("change", "param"), BAD_FIELDS)
async def test_bad_fields_are_named(api: Api, change: dict[str, Any], param: str) -> None:
    answer = await api.post("/v3/videos", AVATAR | change)
    assert answer.status == 400
    assert answer.error["code"] == "invalid_parameter"
    assert answer.error["param"] == param
    assert answer.error["doc_url"].endswith("#invalid-parameter")
    assert not api.sandbox.charges


async def test_unknown_field_says_so_in_the_words_of_the_original(api: Api) -> None:
    answer = await api.post("/v3/videos", AVATAR | {"dimension": {}})
    assert "Extra inputs are not permitted" in answer.error["message"]


@pytest.mark.parametrize("body", [b"", b"{", b"[1]", b"\xff", b"null"])
async def test_bodies_that_are_no_objects(api: Api, body: bytes) -> None:
    answer = await api.post("/v3/videos", data=body)
    assert (answer.status, answer.error["code"]) == (400, "invalid_parameter")


@pytest.mark.parametrize("script", ["...", '<break time="1s"/>', " \n"])
async def test_nothing_to_say(api: Api, script: str) -> None:
    answer = await api.post("/v3/videos", AVATAR | {"script": script})
    assert (answer.status, answer.error["code"]) == (400, "script_too_short")


async def test_unknown_things(api: Api) -> None:
    async def code(change: dict[str, Any]) -> tuple[int, str]:
        answer = await api.post("/v3/videos", AVATAR | change)
        return answer.status, answer.error["code"]

    assert await code({"voice_id": "nobody"}) == (404, "voice_not_found")
    assert await code({"avatar_id": "nobody"}) == (404, "avatar_not_found")
    background = {"type": "image", "asset_id": "nothing"}
    assert await code({"background": background}) == (404, "asset_not_found")
    audio = {"script": None, "audio_asset_id": "nothing"}
    assert await code(audio) == (404, "asset_not_found")
    for path, word in [
        ("/v3/videos/x", "video_not_found"),
        ("/v3/avatars/x", "avatar_not_found"),
        ("/v3/avatars/looks/x", "avatar_not_found"),
        ("/v3/nothing/x", "not_found"),
    ]:
        answer = await api.get(path)
        assert (answer.status, answer.error["code"]) == (404, word)


async def test_a_group_is_no_look(api: Api) -> None:
    look = await api.photo_avatar()
    answer = await api.post("/v3/videos", AVATAR | {"avatar_id": look["group_id"]})
    assert (answer.status, answer.error["code"]) == (404, "avatar_not_found")
    assert "group" in answer.error["message"]


async def test_avatar_in_training(api: Api) -> None:
    file = {"type": "asset_id", "asset_id": await api.asset(png(200, 200))}
    made = await api.post("/v3/avatars", {"type": "photo", "name": "Ann", "file": file})
    body = AVATAR | {"avatar_id": made.data["avatar_item"]["id"]}
    answer = await api.post("/v3/videos", body)
    assert (answer.status, answer.error["code"]) == (404, "avatar_not_found")
    assert "training" in answer.error["message"]
    api.advance(90)
    assert (await api.post("/v3/videos", body)).status == 200


async def test_twins_need_consent(api: Api) -> None:
    footage = await api.asset(b"\0\0\0\x18ftypisom footage", "a.mp4")
    file = {"type": "asset_id", "asset_id": footage}
    made = (await api.post("/v3/avatars", {"type": "digital_twin", "name": "T", "file": file})).data
    assert made["avatar_group"]["consent_status"] == "pending"
    api.advance(600)
    look = (await api.get(f"/v3/avatars/looks/{made['avatar_item']['id']}")).data
    assert look["status"] == "pending_consent"
    answer = await api.post("/v3/videos", AVATAR | {"avatar_id": look["id"]})
    assert answer.error["code"] == "avatar_consent_required"


@pytest.mark.parametrize(
    ("content", "code"),
    [(png(100, 300), "IMAGE_TOO_SMALL"), (b"\x89PNG\r\n\x1a\n broken", "INVALID_IMAGE")],
)
async def test_bad_photos_fail_later(api: Api, content: bytes, code: str) -> None:
    item = await api.photo_avatar(content)
    look = (await api.get(f"/v3/avatars/looks/{item['id']}")).data
    assert (look["status"], look["error"]["code"]) == ("failed", code)
    answer = await api.post("/v3/videos", AVATAR | {"avatar_id": look["id"]})
    assert answer.error["code"] == "avatar_not_usable"


async def test_wrong_kind_of_file(api: Api) -> None:
    file = {"type": "asset_id", "asset_id": await api.asset(wav(0.1))}
    for body in (
        {"type": "photo", "name": "A", "file": file},
        {"type": "digital_twin", "name": "A", "file": file},
    ):
        answer = await api.post("/v3/avatars", body)
        assert (answer.status, answer.error["param"]) == (400, "file.asset_id")


async def test_images_need_a_voice(api: Api) -> None:
    image = {"type": "asset_id", "asset_id": await api.asset(png(200, 200))}
    body = {"type": "image", "image": image, "script": "Hi"}
    assert (await api.post("/v3/videos", body)).error["param"] == "voice_id"
    assert (await api.post("/v3/videos", body | {"voice_id": VOICE})).status == 200
    iii = await api.post("/v3/videos", body | {"voice_id": VOICE} | V3)
    assert iii.error["param"] == "engine"


async def test_voice_settings_need_a_script(api: Api) -> None:
    audio = {"audio_asset_id": await api.asset(wav(1.0)), "script": None}
    answer = await api.post("/v3/videos", AVATAR | audio | {"voice_settings": {"speed": 1}})
    assert answer.error["param"] == "voice_settings"
    assert (await api.post("/v3/videos", AVATAR | audio)).status == 200


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("https://example.com/me.jpg", 200),
        ("https://example.com/me", 200),
        ("https://example.com/me.mp4", 400),
        ("http://example.com/me.jpg", 400),
        ("https://localhost/me.jpg", 400),
        ("https://10.0.0.1/me.jpg", 400),
        ("ftp://example.com/me.jpg", 400),
        ("nonsense", 400),
        ("http://[", 400),
    ],
)
async def test_addresses(api: Api, url: str, status: int) -> None:
    body = {"type": "photo", "name": "A", "file": {"type": "url", "url": url}}
    answer = await api.post("/v3/avatars", body)
    assert answer.status == status
    if status != 200:
        assert answer.error["code"] == "download_failed"
        assert answer.error["param"] == "file.url"


async def test_own_addresses_are_read(api: Api) -> None:
    uploaded = (await api.upload(png(200, 300))).data
    body = {"type": "photo", "name": "A", "file": {"type": "url", "url": uploaded["url"]}}
    look_id = (await api.post("/v3/avatars", body)).data["avatar_item"]["id"]
    api.advance(90)
    look = (await api.get(f"/v3/avatars/looks/{look_id}")).data
    assert (look["image_width"], look["image_height"]) == (200, 300)
    gone = {"type": "url", "url": f"{api.sandbox.url}/_storage/assets/none/x.png"}
    assert (await api.post("/v3/avatars", body | {"file": gone})).error["code"] == "download_failed"


async def test_files_inside_the_request(api: Api) -> None:
    import base64  # noqa: PLC0415

    data = base64.b64encode(png(200, 200)).decode()
    inline = {"type": "base64", "media_type": "image/png", "data": data}
    body = {"type": "photo", "name": "A", "file": inline}
    assert (await api.post("/v3/avatars", body)).status == 200
    wrong = await api.post("/v3/avatars", body | {"file": inline | {"media_type": "image/jpeg"}})
    assert wrong.error["param"] == "file.media_type"
    broken = await api.post("/v3/avatars", body | {"file": inline | {"data": "%%%"}})
    assert broken.error["param"] == "file.data"


async def test_prompt_avatars(api: Api) -> None:
    body: dict[str, Any] = {
        "type": "prompt",
        "name": "P",
        "prompt": "A woman",
        "aspect_ratio": "9:16",
    }
    made = (await api.post("/v3/avatars", body)).data
    assert made["avatar_item"]["gender"] == "female"
    api.advance(180)
    look = (await api.get(f"/v3/avatars/looks/{made['avatar_item']['id']}")).data
    assert look["preferred_orientation"] == "portrait"
    again = await api.post("/v3/avatars", body | {"avatar_group_id": look["group_id"]})
    assert again.data["avatar_group"]["looks_count"] == 2
    for change, status in [
        ({"prompt": "x" * 1001}, 400),
        ({"avatar_id": "none"}, 404),
        ({"avatar_id": STOCK, "avatar_group_id": look["group_id"]}, 400),
        ({"avatar_group_id": "none"}, 404),
        ({"reference_images": [{"type": "asset_id", "asset_id": "none"}]}, 404),
    ]:
        assert (await api.post("/v3/avatars", body | change)).status == status


@pytest.mark.parametrize("path", ["/v3/videos/x", "/v1/video_status.get", "/v2/photo_avatar/x"])
async def test_a_key_is_needed(api: Api, path: str) -> None:
    answer = await api.get(path, key=False)
    assert answer.status == 401
    if path.startswith("/v3"):
        assert answer.error["code"] == "unauthorized"
    elif path.startswith("/v1"):
        assert answer.json["code"] == 400112
    else:
        assert (answer.json["data"], answer.error["code"]) == (None, "unauthorized")
    bearer = await api.get(path, key=False, headers={"Authorization": "Bearer token"})
    assert bearer.status != 401


async def test_no_money(http: Any) -> None:
    async with Sandbox(media=False, clock=still_clock(), balance=0.5) as running:
        api = Api(running, http)
        file = {"type": "asset_id", "asset_id": await api.asset(png(200, 200))}
        answer = await api.post("/v3/avatars", {"type": "photo", "name": "A", "file": file})
        assert (answer.status, answer.error["code"]) == (402, "insufficient_credit")
        assert "0.5" in answer.error["message"]
        words = AVATAR | {"script": "word " * 900}
        assert (await api.post("/v3/videos", words)).status == 402
        assert not running.charges


async def test_bulk_statuses(api: Api) -> None:
    video_id = await api.video()
    path = "/v3/videos/statuses?video_ids="
    hundred = ",".join([video_id] * 100)
    assert len((await api.get(path + hundred)).data) == 100
    assert (await api.get(path + hundred + ",x")).error["param"] == "video_ids"
    assert (await api.get("/v3/videos/statuses")).status == 400
    batch = (await api.get("/v3/videos/statuses?batch_ids=b")).data
    assert batch[0]["status"] == "not_found"


async def test_voices(api: Api) -> None:
    first = (await api.get("/v3/voices?limit=30")).json
    second = (await api.get(f"/v3/voices?limit=30&token={first['next_token']}")).json
    assert (first["has_more"], second["has_more"]) == (True, False)
    ids = [voice["voice_id"] for voice in first["data"] + second["data"]]
    assert len(set(ids)) == len(VOICES) > 40 > len(first["data"])
    german = (await api.get("/v3/voices?language=german&gender=Female&limit=100")).data
    assert german
    assert {(v["language"], v["gender"].lower()) for v in german} == {("German", "female")}
    assert (await api.get("/v3/voices?type=private")).data == []
    assert len((await api.get("/v3/voices?engine=fish&limit=100")).data) < len(VOICES)
    for query in ("limit=0", "limit=101", "limit=x", "token=x", "type=mine"):
        answer = await api.get(f"/v3/voices?{query}")
        assert (answer.status, answer.error["param"]) == (400, query.partition("=")[0])
    sample = await api.fetch(ids and first["data"][0]["preview_audio_url"])
    assert sample.body[:4] == b"RIFF"


async def test_the_wallet(api: Api) -> None:
    await api.photo_avatar()
    me = (await api.get("/v3/users/me")).data
    assert (me["billing_type"], me["wallet"]["remaining_balance"]) == ("wallet", 999.0)
