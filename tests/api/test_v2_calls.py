"""One call of v1 or v2 at a time: method, address, headers, exact body, decoded reply."""

from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from heygen_async import HeyGen
from heygen_async.errors import InvalidRequestError, NotFoundError
from heygen_async.models.v2 import (
    AudioVoice,
    AvatarCharacter,
    ColorBackground,
    Dimension,
    GenerateLook,
    GeneratePhotos,
    GenerateVideo,
    ImageBackground,
    Offset,
    Scene,
    TalkingPhoto,
    TextVoice,
)
from tests.transport.kit import KEY, UPLOAD, Sent, Wire

PHOTO = "/v2/photo_avatar"
PERSON = GeneratePhotos(
    name="Ada",
    age="Young Adult",
    gender="Woman",
    ethnicity="White",
    orientation="square",
    pose="half_body",
    style="Realistic",
    appearance="a poet",
)
LOOK = GenerateLook(
    group_id="g1", prompt="an avatar at sea", orientation="vertical", pose="close_up", style="Noir"
)
Use = Callable[[HeyGen], Coroutine[Any, Any, Any]]


def only(wire: Wire, *, body: bool = True) -> Sent:
    (sent,) = wire.sent
    names = {"X-Api-Key", "User-Agent"} | ({"Content-Type"} if body else set())
    assert set(sent.headers) == names
    assert sent.headers["X-Api-Key"] == KEY
    assert sent.options["allow_redirects"] is False
    return sent


async def test_generate_a_video(heygen: HeyGen, wire: Wire) -> None:
    wire.answer("POST", "/v2/video/generate", {"error": None, "data": {"video_id": "v1"}})
    job = await heygen.v2.videos.generate(
        GenerateVideo(
            video_inputs=[
                Scene(
                    character=TalkingPhoto(
                        talking_photo_id="l1", scale=1.5, offset=Offset(x=0.1, y=-0.2)
                    ),
                    voice=TextVoice(input_text="Hello.", voice_id="vo1", emotion="Friendly"),
                    background=ColorBackground(value="#ffffff"),
                ),
                Scene(
                    character=AvatarCharacter(avatar_id="a1", avatar_style="closeUp"),
                    voice=AudioVoice(audio_asset_id="au1"),
                    background=ImageBackground(url="https://x/y.png", fit="cover"),
                ),
            ],
            dimension=Dimension(width=1280, height=720),
            test=True,
        ),
        extra_body={"new": 1},
    )
    assert only(wire).json == {
        "video_inputs": [
            {
                "character": {
                    "type": "talking_photo",
                    "talking_photo_id": "l1",
                    "scale": 1.5,
                    "offset": {"x": 0.1, "y": -0.2},
                },
                "voice": {
                    "type": "text",
                    "input_text": "Hello.",
                    "voice_id": "vo1",
                    "emotion": "Friendly",
                },
                "background": {"type": "color", "value": "#ffffff"},
            },
            {
                "character": {"type": "avatar", "avatar_id": "a1", "avatar_style": "closeUp"},
                "voice": {"type": "audio", "audio_asset_id": "au1"},
                "background": {"type": "image", "url": "https://x/y.png", "fit": "cover"},
            },
        ],
        "dimension": {"width": 1280, "height": 720},
        "test": True,
        "new": 1,
    }
    assert (job.id, job.kind, job.created) == ("v1", "video", None)


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (None, None),
        ({"code": 40119, "message": "Video is too long", "detail": "3601 s"}, "Video is too long"),
        ({"code": "MODERATION", "message": "refused", "details": "x"}, "refused"),
        ("only a sentence", "only a sentence"),
    ],
)
async def test_get_the_status_of_a_video(
    heygen: HeyGen, wire: Wire, error: Any, message: str | None
) -> None:
    wire.answer(
        "GET",
        "/v1/video_status.get?video_id=v1",
        {
            "code": 100,
            "data": {"id": "v1", "status": "failed", "error": error, "created_at": 1.8e9},
            "message": "Success",
        },
    )
    video = await heygen.v2.videos.get_status("v1")
    only(wire, body=False)
    assert video.status == "failed"
    said = video.error if isinstance(video.error, str | None) else video.error.message
    assert said == message
    state = heygen.v2.videos.kind.state(video)
    assert state.failure_message == message


async def test_an_unknown_video_within_http_200_is_an_error(heygen: HeyGen, wire: Wire) -> None:
    wire.answer(
        "GET",
        "/v1/video_status.get?video_id=v1",
        {"code": 40031, "data": None, "message": "Invalid video id"},
    )
    with pytest.raises(NotFoundError, match=r"40031 \(HTTP 200\): Invalid video id"):
        await heygen.v2.videos.get_status("v1")


async def test_generate_photos(heygen: HeyGen, wire: Wire) -> None:
    wire.answer("POST", f"{PHOTO}/photo/generate", {"error": None, "data": {"generation_id": "n1"}})
    job = await heygen.v2.photo_avatars.generate_photos(PERSON)
    assert only(wire).json == {
        "name": "Ada",
        "age": "Young Adult",
        "gender": "Woman",
        "ethnicity": "White",
        "orientation": "square",
        "pose": "half_body",
        "style": "Realistic",
        "appearance": "a poet",
    }
    assert (job.id, job.kind) == ("n1", "photo generation")


@pytest.mark.parametrize("status", ["pending", "success", "completed", "brand_new"])
async def test_get_a_generation(heygen: HeyGen, wire: Wire, status: str) -> None:
    data = {"id": "n1", "status": status, "msg": None, "image_key_list": ["k1", "k2"]}
    wire.answer("GET", f"{PHOTO}/generation/n1", {"error": None, "data": data})
    generation = await heygen.v2.photo_avatars.get_generation("n1")
    only(wire, body=False)
    assert generation.status == status
    assert generation.image_key_list == ["k1", "k2"]
    assert generation.image_url_list is None


async def test_create_a_group(heygen: HeyGen, wire: Wire) -> None:
    look = {"id": "g1", "group_id": "g1", "name": "Ada", "status": "pending", "image_url": ""}
    wire.answer("POST", f"{PHOTO}/avatar_group/create", {"error": None, "data": look})
    job = await heygen.v2.photo_avatars.create_group(name="Ada", image_key="k1")
    assert only(wire).json == {"name": "Ada", "image_key": "k1"}
    assert (job.id, job.kind) == ("g1", "photo look")
    assert job.created is not None
    assert job.created.group_id == "g1"


async def test_create_a_group_of_a_generated_photo(heygen: HeyGen, wire: Wire) -> None:
    wire.answer("POST", f"{PHOTO}/avatar_group/create", {"error": None, "data": {"id": "g1"}})
    await heygen.v2.photo_avatars.create_group(name="Ada", image_key="k1", generation_id="n1")
    assert only(wire).json == {"name": "Ada", "image_key": "k1", "generation_id": "n1"}


async def test_add_looks(heygen: HeyGen, wire: Wire) -> None:
    data = {"photo_avatar_list": [{"id": "l1", "status": "pending"}, {"id": "l2"}]}
    wire.answer("POST", f"{PHOTO}/avatar_group/add", {"error": None, "data": data})
    jobs = await heygen.v2.photo_avatars.add_looks("g1", image_keys=("k1", "k2"), name="Ada")
    assert only(wire).json == {"group_id": "g1", "image_keys": ["k1", "k2"], "name": "Ada"}
    assert [job.id for job in jobs] == ["l1", "l2"]


@pytest.mark.parametrize("keys", [[], ["k", ""], [*"abcd", ""]])
async def test_every_look_needs_a_key(heygen: HeyGen, wire: Wire, keys: list[str]) -> None:
    with pytest.raises(InvalidRequestError, match="image_keys"):
        await heygen.v2.photo_avatars.add_looks("g1", image_keys=keys, name="Ada")
    assert wire.asked == 0


@pytest.mark.parametrize("data", [None, {"flow_id": "f1"}, {}, "done"])
async def test_train(heygen: HeyGen, wire: Wire, data: Any) -> None:
    wire.answer("POST", f"{PHOTO}/train", {"error": None, "data": data})
    job = await heygen.v2.photo_avatars.train("g1")
    assert only(wire).json == {"group_id": "g1"}
    assert (job.id, job.kind) == ("g1", "training")


@pytest.mark.parametrize("status", ["empty", "pending", "training", "ready", "brand_new"])
async def test_get_a_training(heygen: HeyGen, wire: Wire, status: str) -> None:
    data = {"status": status, "error_msg": None, "created_at": None, "updated_at": 1.8e9}
    wire.answer("GET", f"{PHOTO}/train/status/g1", {"error": None, "data": data})
    training = await heygen.v2.photo_avatars.get_training("g1")
    only(wire, body=False)
    assert training.status == status


@pytest.mark.parametrize(
    "body",
    [
        {"error": None, "data": {"generation_id": "n2"}},
        {"generation_id": "n2", "message": "started"},
    ],
)
async def test_generate_a_look(heygen: HeyGen, wire: Wire, body: dict[str, Any]) -> None:
    wire.answer("POST", f"{PHOTO}/look/generate", body)
    job = await heygen.v2.photo_avatars.generate_look(LOOK)
    assert only(wire).json == {
        "group_id": "g1",
        "prompt": "an avatar at sea",
        "orientation": "vertical",
        "pose": "close_up",
        "style": "Noir",
    }
    assert (job.id, job.kind) == ("n2", "photo generation")


async def test_add_motion(heygen: HeyGen, wire: Wire) -> None:
    wire.answer("POST", f"{PHOTO}/add_motion", {"error": None, "data": {"id": "l9"}})
    job = await heygen.v2.photo_avatars.add_motion("l1")
    assert only(wire).json == {"id": "l1"}
    assert (job.id, job.kind) == ("l9", "photo look")


@pytest.mark.parametrize(
    ("data", "effect"), [({"sound_effect_id": "s1"}, "s1"), ({}, None), (None, None)]
)
async def test_add_a_sound_effect(
    heygen: HeyGen, wire: Wire, data: Any, effect: str | None
) -> None:
    wire.answer("POST", f"{PHOTO}/add_sound_effect", {"error": None, "data": data})
    assert (await heygen.v2.photo_avatars.add_sound_effect("l1")).sound_effect_id == effect
    assert only(wire).json == {"id": "l1"}


async def test_get_a_look(heygen: HeyGen, wire: Wire) -> None:
    data = {
        "id": "l1",
        "status": "completed",
        "is_motion": True,
        "motion_preview_url": None,
        "upscale_availability": {"available": True, "reason": None},
        "moderation_msg": None,
    }
    wire.answer("GET", f"{PHOTO}/l1", {"error": None, "data": data})
    look = await heygen.v2.photo_avatars.get("l1")
    only(wire, body=False)
    assert look.is_motion
    assert look.upscale_availability is not None
    assert look.upscale_availability.available


@pytest.mark.parametrize("details", [{}, None, {"plan_credit": 360, "api": None}])
async def test_get_the_remaining_quota(heygen: HeyGen, wire: Wire, details: Any) -> None:
    data = {"remaining_quota": 630, "details": details}
    wire.answer("GET", "/v2/user/remaining_quota", {"error": None, "data": data})
    quota = await heygen.v2.users.remaining_quota()
    only(wire, body=False)
    assert quota.credits == 10.5
    assert quota.details == details


async def test_upload_an_asset(heygen: HeyGen, wire: Wire) -> None:
    photo = b"\x89PNG\r\n\x1a\n" + bytes(1000)
    wire.answer(
        "POST",
        f"{UPLOAD}/v1/asset",
        {
            "code": 100,
            "data": {"id": "as1", "name": "as1", "file_type": "image", "image_key": "image/as1/o"},
            "msg": None,
            "message": None,
        },
    )
    asset = await heygen.v2.assets.upload(photo)
    sent = only(wire, body=False)
    assert sent.body == photo
    assert sent.length == len(photo)
    assert (asset.id, asset.image_key) == ("as1", "image/as1/o")


REQUESTS: dict[str, Use] = {
    "generate_photos": lambda h: h.v2.photo_avatars.generate_photos(PERSON),
    "create_group": lambda h: h.v2.photo_avatars.create_group(name="A", image_key="k"),
    "train": lambda h: h.v2.photo_avatars.train("g"),
    "add_motion": lambda h: h.v2.photo_avatars.add_motion("l"),
    "generate_look": lambda h: h.v2.photo_avatars.generate_look(LOOK),
}
PATHS = {
    "generate_photos": "photo/generate",
    "create_group": "avatar_group/create",
    "train": "train",
    "add_motion": "add_motion",
    "generate_look": "look/generate",
}


@pytest.mark.parametrize("name", REQUESTS)
async def test_a_refusal_of_v2_is_told_in_its_own_words(
    heygen: HeyGen, wire: Wire, name: str
) -> None:
    body = {"error": {"code": "resource_not_found", "message": "no such thing"}, "data": None}
    wire.answer("POST", f"{PHOTO}/{PATHS[name]}", body, status=404)
    with pytest.raises(NotFoundError, match="no such thing"):
        await REQUESTS[name](heygen)
    assert wire.asked == 1
