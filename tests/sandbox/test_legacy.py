"""v1 and v2: the walk from a photo to a talking photo, and the odd envelopes on the way."""

from typing import Any

import pytest

from heygen_async.sandbox.catalogue import VOICES
from tests.sandbox.kit import STOCK, Api, png, wav

VOICE = next(iter(VOICES))
PHOTO = {
    "name": "Ann",
    "age": "Young Adult",
    "gender": "Woman",
    "ethnicity": "Unspecified",
    "orientation": "square",
    "pose": "half_body",
    "style": "Realistic",
    "appearance": "A friendly person in a blue shirt",
}
LOOK = {
    "prompt": "The avatar on a beach",
    "orientation": "square",
    "pose": "half_body",
    "style": "Realistic",
}
SPEECH = {"type": "text", "input_text": "Hello there.", "voice_id": VOICE}


async def key_of(api: Api, content: bytes | None = None) -> str:
    more = {"data": content or png(256, 256), "headers": {"Content-Type": "image/png"}}
    key: str = (await api.post("/v1/asset", **more)).data["image_key"]
    return key


async def do(api: Api, path: str, body: dict[str, Any]) -> Any:
    answer = await api.post(f"/v2/photo_avatar/{path}", body)
    assert answer.status == 200, answer.body
    assert answer.json["error"] is None
    return answer.json["data"]


async def group_of(api: Api) -> Any:
    made = await do(api, "avatar_group/create", {"name": "Ann", "image_key": await key_of(api)})
    api.advance(10)
    return made


async def trained(api: Api) -> str:
    group_id: str = (await group_of(api))["group_id"]
    assert await do(api, "train", {"group_id": group_id}) is None
    api.advance(300)
    return group_id


async def look_of(api: Api, look_id: str) -> Any:
    return (await api.get(f"/v2/photo_avatar/{look_id}")).data


async def test_from_a_photo_to_a_trained_group(api: Api) -> None:
    made = await do(api, "avatar_group/create", {"name": "Ann", "image_key": await key_of(api)})
    assert made["id"] == made["group_id"]
    assert (made["status"], made["image_url"]) == ("pending", "")
    status = f"/v2/photo_avatar/train/status/{made['id']}"
    assert (await api.get(status)).data["status"] == "empty"
    api.advance(10)
    assert (await look_of(api, made["id"]))["status"] == "completed"

    keys = [await key_of(api) for _ in range(2)]
    body = {"group_id": made["id"], "image_keys": keys, "name": "More"}
    added = (await do(api, "avatar_group/add", body))["photo_avatar_list"]
    assert [look["group_id"] for look in added] == [made["id"]] * 2

    await do(api, "train", {"group_id": made["id"]})
    assert (await api.get(status)).data["status"] == "pending"
    again = await api.post("/v2/photo_avatar/train", {"group_id": made["id"]})
    assert (again.status, again.json["data"]) == (400, None)
    api.advance(100)
    assert (await api.get(status)).data["status"] == "training"
    api.advance(200)
    assert (await api.get(status)).data["status"] == "ready"


async def test_looks_of_a_trained_group_move_and_sound(api: Api) -> None:
    group_id = await trained(api)
    started = await do(api, "look/generate", LOOK | {"group_id": group_id})
    reading = f"/v2/photo_avatar/generation/{started['generation_id']}"
    assert "image_key_list" not in (await api.get(reading)).data
    api.advance(40)
    drawn = (await api.get(reading)).data
    assert (drawn["status"], len(drawn["image_key_list"])) == ("success", 4)
    assert (await api.fetch(drawn["image_url_list"][0])).headers["Content-Type"] == "image/jpeg"
    body = {"group_id": group_id, "image_keys": drawn["image_key_list"], "name": "Beach"}
    missing = await api.post("/v2/photo_avatar/avatar_group/add", body)
    assert (missing.status, "generation_id" in missing.error["message"]) == (400, True)
    beach = await do(api, "avatar_group/add", body | started)
    look_id = beach["photo_avatar_list"][0]["id"]
    api.advance(10)

    moving = (await do(api, "add_motion", {"id": look_id}))["id"]
    assert moving != look_id
    assert (await look_of(api, moving))["status"] == "pending"
    api.advance(120)
    look = await look_of(api, moving)
    assert (look["status"], look["is_motion"]) == ("completed", True)
    assert (await api.fetch(look["motion_preview_url"])).headers["Content-Type"] == "video/mp4"
    sound = (await do(api, "add_sound_effect", {"id": moving}))["sound_effect_id"]
    assert (await look_of(api, moving))["background_sound_effect"] == sound

    kinds = {charge.kind: charge.credits for charge in api.sandbox.charges}
    assert kinds == {
        "photo_avatar_train": 4,
        "look_generate": 1,
        "photo_avatar_add_motion": 1,
        "photo_avatar_add_sound_effect": 0,
    }


async def test_a_talking_photo_talks(api: Api) -> None:
    person = {"type": "talking_photo", "talking_photo_id": await trained(api)}
    scene = {"character": person, "voice": SPEECH}
    accepted = (await api.post("/v2/video/generate", {"video_inputs": [scene]})).data
    api.advance(600)
    video = (await api.get(f"/v1/video_status.get?video_id={accepted['video_id']}")).json
    assert (video["code"], video["message"]) == (100, "Success")
    assert "msg" not in video
    assert video["data"]["status"] == "completed"
    assert (await api.fetch(video["data"]["video_url"])).headers["Content-Type"] == "video/mp4"
    quota = (await api.get("/v2/user/remaining_quota")).data
    assert quota["remaining_quota"] == int((1000 - 4 - 0.5) * 60)


async def test_generated_photos(api: Api) -> None:
    started = await do(api, "photo/generate", PHOTO)
    path = f"/v2/photo_avatar/generation/{started['generation_id']}"
    seen = [(await api.get(path)).data["status"]]
    api.advance(15)
    seen.append((await api.get(path)).data["status"])
    api.advance(30)
    done = (await api.get(path)).data
    assert [*seen, done["status"]] == ["pending", "processing", "success"]
    body = {"name": "Ann", "image_key": done["image_key_list"][0]}
    assert (await do(api, "avatar_group/create", body | started))["business_type"] == "generated"
    api.advance(3700)
    assert (await api.fetch(done["image_url_list"][0])).status == 403


@pytest.mark.parametrize("name", [*PHOTO])
async def test_all_attributes_of_a_photo_are_required(api: Api, name: str) -> None:
    body = {key: value for key, value in PHOTO.items() if key != name}
    answer = await api.post("/v2/photo_avatar/photo/generate", body)
    assert (answer.status, answer.json["data"]) == (400, None)
    assert answer.error["code"] == "invalid_parameter"
    assert name in answer.error["message"]


async def test_refusals_of_photo_avatars(api: Api) -> None:
    group_id = (await group_of(api))["id"]
    key = await key_of(api)
    asset_id = key.split("/")[1]
    more = {"group_id": group_id, "name": "x"}
    for path, body, status in [
        ("avatar_group/create", {"name": "A", "image_key": asset_id}, 400),
        ("avatar_group/create", {"name": "A", "image_key": "image/x/original.jpg"}, 400),
        ("avatar_group/create", {"name": "A"}, 400),
        ("avatar_group/add", more | {"image_keys": [key] * 5}, 400),
        ("avatar_group/add", more | {"image_keys": []}, 400),
        ("avatar_group/add", more | {"image_keys": [key], "group_id": "x"}, 404),
        ("train", {"group_id": "x"}, 404),
        ("train", {"group_id": group_id, "fast": True}, 400),
        ("look/generate", LOOK | {"group_id": group_id}, 400),
        ("look/generate", LOOK | {"group_id": "x"}, 404),
        ("add_motion", {"id": "x"}, 404),
        ("add_motion", {"id": STOCK}, 404),
        ("add_sound_effect", {"id": "x"}, 404),
    ]:
        answer = await api.post(f"/v2/photo_avatar/{path}", body)
        assert (path, answer.status) == (path, status)
        assert answer.error["message"]
    for path in ("x", "generation/x", "train/status/x"):
        assert (await api.get(f"/v2/photo_avatar/{path}")).status == 404
    assert not api.sandbox.charges


async def test_small_photos_fail(api: Api) -> None:
    key = await key_of(api, png(64, 64))
    made = await do(api, "avatar_group/create", {"name": "A", "image_key": key})
    api.advance(10)
    look = await look_of(api, made["id"])
    assert (look["status"], "64x64" in look["moderation_msg"]) == ("failed", True)
    answer = await api.post("/v2/photo_avatar/train", {"group_id": made["id"]})
    assert answer.status == 400


def scenes(**scene: Any) -> dict[str, Any]:
    person = {"type": "avatar", "avatar_id": STOCK}
    return {"video_inputs": [{"character": person, "voice": SPEECH} | scene]}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"video_inputs": []}, 400),
        (scenes() | {"dimension": {"width": 1281, "height": 720}}, 400),
        (scenes() | {"dimension": {"width": 64, "height": 720}}, 400),
        (scenes() | {"dimensions": {"width": 1280, "height": 720}}, 400),
        (scenes() | {"callback_id": "x"}, 400),
        (scenes(voice=SPEECH | {"voice_id": "x"}), 404),
        (scenes(voice=SPEECH | {"input_text": "..."}), 400),
        (scenes(voice={"type": "audio"}), 400),
        (scenes(voice={"type": "audio", "audio_url": "http://x"}), 400),
        (scenes(voice={"type": "audio", "audio_asset_id": "x"}), 404),
        (scenes(voice={"type": "song"}), 400),
        (scenes(background={"type": "image"}), 400),
        (scenes(background={"type": "video", "video_asset_id": "x"}), 404),
        (scenes(background={"type": "color"}), 400),
        (scenes(character={"type": "talking_photo", "talking_photo_id": "x"}), 404),
        (scenes(character={"type": "talking_photo", "talking_photo_id": STOCK}), 404),
        (scenes(character={"type": "avatar", "avatar_id": "x"}), 404),
    ],
)
async def test_refusals_of_videos(api: Api, body: dict[str, Any], status: int) -> None:
    answer = await api.post("/v2/video/generate", body)
    assert (answer.status, answer.json["data"]) == (status, None)
    assert set(answer.error) == {"code", "message"}


async def test_scenes_of_every_kind(api: Api) -> None:
    picture, sound = await api.asset(png(300, 200)), await api.asset(wav(2.0))
    body = scenes() | {"dimension": {"width": 640, "height": 360}, "caption": True, "fps": 25}
    person = body["video_inputs"][0]["character"]
    image = {"type": "image", "image_asset_id": picture}
    body["video_inputs"] += [
        {"voice": {"type": "audio", "audio_asset_id": sound}, "background": image},
        {"voice": {"type": "silence", "duration": 2}, "character": person},
    ]
    video_id = (await api.post("/v2/video/generate", body)).data["video_id"]
    api.advance(600)
    video = (await api.get(f"/v1/video_status.get?video_id={video_id}")).data
    assert video["video_url_caption"] is None
    assert b"Dialogue:" in (await api.fetch(video["caption_url"])).body
    recording = scenes(voice={"type": "audio", "audio_asset_id": sound})
    spoken = (await api.post("/v2/video/generate", recording)).data["video_id"]
    assert api.sandbox._ctx.world.videos[spoken].duration >= 2


async def test_test_videos_are_free_and_long_ones_cost_by_half_minutes(api: Api) -> None:
    await api.post("/v2/video/generate", scenes() | {"test": True})
    await api.post("/v2/video/generate", scenes())
    await api.post("/v2/video/generate", scenes(voice=SPEECH | {"input_text": "word " * 100}))
    await api.post("/v2/video/generate", scenes(character=None))
    # A video avatar costs twice what a photo, or nobody, does.
    assert [charge.credits for charge in api.sandbox.charges] == [0, 1.0, 2.0, 0.5]


async def test_errors_of_v1(api: Api) -> None:
    unknown = await api.get("/v1/video_status.get?video_id=x")
    assert (unknown.status, unknown.json["code"], unknown.json["data"]) == (200, 40031, None)
    without = await api.get("/v1/video_status.get")
    assert (without.status, without.json["code"]) == (400, 40012)
    voice = SPEECH | {"input_text": "Please [[fail]]"}
    video_id = (await api.post("/v2/video/generate", scenes(voice=voice))).data["video_id"]
    api.advance(600)
    video = (await api.get(f"/v1/video_status.get?video_id={video_id}")).data
    assert video["status"] == "failed"
    assert video["error"]["code"] == 400105
    retired = await api.get("/v1/template.get")
    assert (retired.status, "message" in retired.json) == (404, True)
