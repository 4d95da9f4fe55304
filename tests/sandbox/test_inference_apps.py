"""inference.sh: the HeyGen apps run against the sandbox's own HeyGen, and cost what they cost."""

from pathlib import Path
from typing import Any

import aiohttp
import pytest

from heygen_async.sandbox import Sandbox
from heygen_async.sandbox.catalogue import VOICES
from tests.sandbox.kit import KEY, PHOTO, STOCK, Platform, png, problem, still_clock, wav

VOICE = next(iter(VOICES))
OTHER_VOICE = list(VOICES)[5]
CLIP = "https://example.com/clip.mp4"
SOUND = "https://example.com/sound.mp3"
PHOTO_TYPE = "image/jpeg"


@pytest.fixture
async def image(platform: Platform) -> str:
    uri: str = (await platform.file(png(256, 320)))["uri"]
    return uri


def dollars(platform: Platform) -> tuple[str, float]:
    """Kind and price of the last charge."""
    charge = platform.sandbox.charges[-1]
    return charge.kind, charge.credits


async def heygen(platform: Platform, path: str) -> Any:
    """What HeyGen says of what an app made."""
    return (await platform.get(path, headers=KEY)).data


async def test_an_avatar_of_a_photo_is_ready_for_a_video(platform: Platform, image: str) -> None:
    task = await platform.ran("create-avatar", {"type": "photo", "name": "Ann", "file": image})
    avatar, group = task["output"]["avatar"], task["output"]["group"]
    assert (avatar["avatar_type"], avatar["name"]) == ("photo_avatar", "Ann")
    assert avatar["supported_engines"] == ["avatar_iii", "avatar_iv"]
    assert group == {
        "id": avatar["group_id"], "name": "Ann", "consent_status": None, "consent_url": None
    }  # fmt: skip
    assert dollars(platform) == ("inference.create-avatar", 1.0)
    assert platform.sandbox.charges[-1].id == task["id"]
    look = await heygen(platform, f"/v3/avatars/looks/{avatar['id']}")
    assert (look["status"], look["group_id"]) == ("completed", group["id"])
    assert (await platform.fetch(look["preview_image_url"])).status == 200
    video = await platform.ran("avatar-video", {"avatar_id": avatar["id"], "script": "Hello."})
    assert video["status"] == 10
    kind, price = dollars(platform)
    (made,) = await heygen(platform, "/v3/videos")
    assert (kind, price) == ("inference.avatar-video", round(0.05 * made["duration"], 4))


async def test_the_preview_of_a_new_avatar_can_be_seen(platform: Platform, image: str) -> None:
    task_id = (
        await platform.run("create-avatar", {"type": "photo", "name": "Ann", "file": image})
    )["id"]
    platform.advance(100)
    url = (await platform.task(task_id))["output"]["avatar"]["preview_image_url"]
    assert (await platform.fetch(url)).headers["Content-Type"] == "image/png"


async def test_an_avatar_of_words(platform: Platform) -> None:
    given = {"type": "prompt", "name": "Ann", "prompt": "a woman in red"}
    task = await platform.ran("create-avatar", given)
    look = await heygen(platform, f"/v3/avatars/looks/{task['output']['avatar']['id']}")
    assert look["gender"] == "female"


async def test_a_twin_has_a_page_to_consent_on(platform: Platform) -> None:
    given = {"type": "digital_twin", "name": "Ann", "file": CLIP}
    output = (await platform.ran("create-avatar", given))["output"]
    avatar, group = output["avatar"], output["group"]
    assert avatar["avatar_type"] == "digital_twin"
    assert "avatar_v" in avatar["supported_engines"]
    assert group["consent_status"] == "pending"
    wish = {"avatar_id": avatar["id"], "script": "Hello."}
    early = await platform.ran("avatar-video", wish)
    assert early["error"].startswith("HeyGen API error (400): ")
    assert (await platform.fetch(group["consent_url"])).status == 200
    assert (await platform("POST", group["consent_url"], key=False)).status == 200
    assert (await platform.ran("avatar-video", wish | {"engine": "avatar_v"}))["status"] == 10
    more = {"avatar_group_id": group["id"], "name": "More"}
    again = (await platform.ran("create-avatar", given | more))["output"]["group"]
    assert again == group | {"consent_status": "approved", "consent_url": None}


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"type": "photo"}, "file is required for type 'photo'"),
        ({"type": "digital_twin", "file": None}, "file is required for type 'digital_twin'"),
        ({"type": "prompt", "file": CLIP}, "prompt is required for type 'prompt'"),
        ({"type": "photo", "file": CLIP}, "HeyGen API error (400): Could not download"),
        ({"type": "photo", "file": "photo.png"}, "HeyGen API error (400): Could not download"),
        ({"type": "prompt", "prompt": "x", "name": ""}, "HeyGen API error (400): name: "),
        (
            {"type": "prompt", "prompt": "x", "avatar_group_id": "no"},
            "HeyGen API error (404): Avatar group no not found.",
        ),
    ],
)
async def test_what_is_missing_shows_when_the_app_runs(
    platform: Platform, given: dict[str, Any], error: str
) -> None:
    task = await platform.ran("create-avatar", {"name": "Ann"} | given)
    assert task["status"] == 11
    assert task["error"].startswith(error)
    assert platform.sandbox.charges == ()


async def test_a_photo_that_is_too_small_fails_after_the_charge(platform: Platform) -> None:
    file = (await platform.file(png(64, 64)))["uri"]
    task = await platform.ran("create-avatar", {"type": "photo", "name": "Ann", "file": file})
    assert task["error"].startswith("Avatar generation failed [IMAGE_TOO_SMALL]: ")
    assert len(platform.sandbox.charges) == 1


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"avatar_id": "none"}, "HeyGen API error (404): Avatar look none not found."),
        ({"engine": "avatar_v"}, f"Avatar {STOCK} does not support engine avatar_v"),
        ({"voice_id": "none"}, "HeyGen API error (404): Voice none not found."),
        ({"script": "..."}, "HeyGen API error (400): The script contains nothing"),
        ({"motion_prompt": "wave"}, "HeyGen API error (400): motion_prompt: "),
    ],
)
async def test_a_video_that_heygen_refuses(
    platform: Platform, given: dict[str, Any], error: str
) -> None:
    wish = {"avatar_id": STOCK, "script": "Hello."} | given
    task = await platform.ran("avatar-video", wish)
    assert task["error"].startswith(error)
    assert platform.sandbox.charges == ()


async def test_avatar_v_ignores_what_it_does_not_know(platform: Platform) -> None:
    wish = {"avatar_id": "Lena_public_sofa_front", "script": "Hello.", "engine": "avatar_v"}
    task = await platform.ran("avatar-video", wish | {"expressiveness": "high"})
    assert task["status"] == 10


@pytest.mark.parametrize(
    ("more", "suffix", "mime"),
    [({}, ".mp4", "video/mp4"), ({"output_format": "webm"}, ".webm", "video/webm")],
)
async def test_a_video_is_an_address_that_needs_no_key(
    platform: Platform, more: dict[str, Any], suffix: str, mime: str
) -> None:
    wish = {"avatar_id": STOCK, "script": "Hello."} | more
    url = (await platform.ran("avatar-video", wish))["output"]["video"]
    assert url.endswith(suffix)
    assert (await platform.fetch(url)).headers["Content-Type"] == mime
    part = await platform.fetch(url, headers={"Range": "bytes=0-3"})
    assert (part.status, len(part.body)) == (206, 4)
    assert (await platform("HEAD", url, key=False)).status == 200
    assert (await platform.get(url)).status == 403


async def test_resources_can_be_listed(platform: Platform, image: str) -> None:
    photo = {"type": "photo", "name": "Ann", "file": image}
    own = (await platform.ran("create-avatar", photo))["output"]["avatar"]
    before = platform.sandbox.total_charged
    both = (await platform.ran("avatar-video:list_resources", {"limit": 3}))["output"]
    assert both["avatars"][0] == {
        "id": own["id"],
        "name": "Ann",
        "avatar_type": "photo_avatar",
        "supported_engines": own["supported_engines"],
    }
    assert [len(both["avatars"]), len(both["voices"])] == [3, 3]
    assert both["voices"][0]["avatar_type"] == "English"
    one = {"resource_type": "voices"}
    voices = (await platform.ran("avatar-video", one, function="list_resources"))["output"]
    assert voices["avatars"] == []
    assert len(voices["voices"]) == 10
    assert platform.sandbox.total_charged == before


@pytest.mark.parametrize(("resolution", "rate"), [("1080p", 0.05), ("4k", 0.067)])
async def test_a_photo_speaks(platform: Platform, image: str, resolution: str, rate: float) -> None:
    wish = {"image": image, "script": "Hello there.", "voice_id": VOICE, "resolution": resolution}
    task = await platform.ran("photo-video", wish)
    assert task["status"] == 10
    (made,) = await heygen(platform, "/v3/videos")
    assert dollars(platform)[0] == "inference.photo-video"
    assert dollars(platform)[1] == pytest.approx(rate * made["duration"], abs=1e-4)


@pytest.mark.parametrize(
    "given",
    [{}, {"script": "Hello."}, {"script": "Hello.", "voice_id": VOICE, "audio_url": SOUND}],
)
async def test_a_photo_needs_one_thing_to_say(
    platform: Platform, image: str, given: dict[str, Any]
) -> None:
    task = await platform.ran("photo-video", {"image": image} | given)
    assert task["error"].startswith("HeyGen API error (400): ")


async def test_an_agent_makes_a_video(platform: Platform) -> None:
    task = await platform.ran("video-agent", {"prompt": "A word on tea", "orientation": "portrait"})
    assert (await platform.fetch(task["output"]["video"])).status == 200
    (made,) = await heygen(platform, "/v3/videos")
    assert dollars(platform)[0] == "inference.video-agent"
    assert dollars(platform)[1] == pytest.approx(0.033 * made["duration"], abs=1e-4)


async def test_an_agent_that_gives_up_makes_none(platform: Platform) -> None:
    task = await platform.ran("video-agent", {"prompt": "[[fail]] tea"})
    assert task["error"] == "Video agent session returned no video_id"


@pytest.mark.parametrize(
    ("more", "price"),
    [
        ({}, 0.33),
        ({"mode": "precision"}, 0.67),
        ({"mode": "precision", "translate_audio_only": True}, 0.33),
        ({"start_time": 2.0, "end_time": 4, "speaker_num": 2, "title": "T"}, 0.33),
    ],
)
async def test_a_video_is_translated(
    platform: Platform, more: dict[str, Any], price: float
) -> None:
    wish = {"video": CLIP, "output_language": "Spanish (Spain)"} | more
    task = await platform.ran("video-translate", wish)
    assert (await platform.fetch(task["output"]["video"])).status == 200
    assert dollars(platform) == ("inference.video-translate", price)
    (made,) = await heygen(platform, "/v3/video-translations")
    assert made["output_language"] == "Spanish (Spain)"


async def test_a_language_that_there_is_not(platform: Platform) -> None:
    task = await platform.ran("video-translate", {"video": CLIP, "output_language": "Klingon"})
    assert "'Klingon' is not a supported language" in task["error"]


@pytest.mark.parametrize(("mode", "price"), [("speed", 0.33), ("precision", 0.67)])
async def test_lips_follow_another_recording(platform: Platform, mode: str, price: float) -> None:
    audio = (await platform.file(wav(2), "a.wav", "audio/wav"))["uri"]
    task = await platform.ran("lipsync", {"video": CLIP, "audio": audio, "mode": mode})
    assert (await platform.fetch(task["output"]["video"])).status == 200
    assert dollars(platform) == ("inference.lipsync", price)


async def test_apps_take_what_apps_made(platform: Platform) -> None:
    said = (await platform.ran("text-to-speech", {"text": "Hello.", "voice_id": VOICE}))["output"]
    video = (await platform.ran("avatar-video", {"avatar_id": STOCK, "script": "Hello."}))["output"]
    task = await platform.ran("lipsync", {"video": video["video"], "audio": said["audio"]})
    assert task["status"] == 10
    files = (await platform.get(f"/tasks/{task['id']}/files")).data
    assert [each["role"] for each in files] == ["input", "input", "output"]
    photo = {"image": video["video"], "audio_url": said["audio"]}
    assert "expected a file of type image" in (await platform.ran("photo-video", photo))["error"]


async def test_a_text_is_spoken(platform: Platform) -> None:
    wish = {"text": "Hello there, friend.", "voice_id": VOICE, "speed": 0.5, "language": "en"}
    task = await platform.ran("text-to-speech", wish)
    sound = await platform.fetch(task["output"]["audio"])
    assert sound.headers["Content-Type"] == "audio/mpeg"
    assert sound.body[:3] == b"ID3" or sound.body[0] == 0xFF
    kind, price = dollars(platform)
    spoken = await platform.post(
        "/v3/voices/speech",
        {"text": wish["text"], "voice_id": VOICE, "speed": 0.5},
        headers=KEY,
    )
    assert kind == "inference.text-to-speech"
    assert price == pytest.approx(0.0007 * spoken.data["duration"], abs=1e-5)


async def test_a_voice_that_speaks_no_texts(platform: Platform) -> None:
    task = await platform.ran("text-to-speech", {"text": "Hello.", "voice_id": OTHER_VOICE})
    assert "starfish" in task["error"]


@pytest.mark.parametrize(
    ("app", "given", "field"),
    [
        ("avatar-video", {"avatar_id": STOCK}, "input.script"),
        ("avatar-video", {"avatar_id": STOCK, "script": "x", "engine": "avatar_iii"},
         "input.engine"),
        ("avatar-video", {"avatar_id": STOCK, "script": "x", "aspect_ratio": "1:1"},
         "input.aspect_ratio"),
        ("avatar-video:list_resources", {"limit": 101}, "input.limit"),
        ("photo-video", {}, "input.image"),
        ("photo-video", {"image": ["a"]}, "input.image"),
        ("video-agent", {"prompt": ""}, "input.prompt"),
        ("video-agent", {"prompt": "x" * 10_001}, "input.prompt"),
        ("video-translate", {"video": CLIP}, "input.output_language"),
        ("video-translate", {"video": CLIP, "output_language": "x", "speaker_num": 1.5},
         "input.speaker_num"),
        ("lipsync", {"video": CLIP, "audio": SOUND, "mode": "fast"}, "input.mode"),
        ("text-to-speech", {"text": "", "voice_id": VOICE}, "input.text"),
        ("text-to-speech", {"text": "x" * 5001, "voice_id": VOICE}, "input.text"),
        ("text-to-speech", {"text": "x", "voice_id": VOICE, "speed": 2.1}, "input.speed"),
    ],
)  # fmt: skip
async def test_an_input_has_to_fit_the_schema(
    platform: Platform, app: str, given: dict[str, Any], field: str
) -> None:
    answer = await platform.post("/apps/run", {"app": f"heygen/{app}", "input": given})
    assert problem(answer)[:2] == (400, "validation_error")
    assert answer.json["meta"]["field"] == field


async def test_schemas_can_be_read(platform: Platform) -> None:
    app = (await platform.get("/apps/heygen/create-avatar")).data
    assert (app["namespace"], app["name"], app["status"]) == ("heygen", "create-avatar", "active")
    version = app["version"]
    assert version["default_function"] == "run"
    given = version["functions"]["run"]["input_schema"]
    assert given == version["input_schema"]
    assert given["required"] == ["type", "name"]
    file = {"type": "string", "format": "file"}
    assert given["properties"]["file"]["anyOf"] == [file, {"type": "null"}]
    assert given["properties"]["type"]["enum"] == ["digital_twin", "photo", "prompt"]
    gives = version["output_schema"]
    assert gives["properties"]["avatar"] == {"$ref": "#/$defs/Avatar"}
    assert set(gives["$defs"]) == {"Avatar", "Group"}
    video = (await platform.get("/apps/heygen/avatar-video")).data["version"]
    assert set(video["functions"]) == {"run", "list_resources"}
    assert video["functions"]["run"]["output_schema"]["properties"]["video"] == file
    assert {each["kind"] for each in video["functions"].values()} == {"run"}


@pytest.mark.parametrize(
    "name",
    ["create-avatar", "avatar-video", "photo-video", "video-agent", "video-translate", "lipsync",
     "text-to-speech"],
)  # fmt: skip
async def test_every_app_can_be_pinned(platform: Platform, name: str) -> None:
    version = (await platform.get(f"/apps/heygen/{name}")).data["version"]["short_id"]
    body = {"app": f"heygen/{name}@{version}", "input": {}}
    assert problem(await platform.post("/apps/run", body))[:2] == (400, "validation_error")


async def test_everything_outlives_a_restart(http: aiohttp.ClientSession, tmp_path: Path) -> None:
    clock = still_clock()
    async with Sandbox(media=False, clock=clock, state=tmp_path) as sandbox:
        platform = Platform(sandbox, http)
        file = await platform.file(png(256, 320))
        done = await platform.ran("avatar-video", {"avatar_id": STOCK, "script": "Hello."})
        photo = {"type": "photo", "name": "Ann", "file": file["uri"]}
        running = await platform.run("create-avatar", photo, session="new")
        later = await platform.run("create-avatar", photo, run_at="2030-01-01T00:00:00Z")
    async with Sandbox(media=False, clock=clock, state=tmp_path) as sandbox:
        platform = Platform(sandbox, http)
        moved = (await platform.task(done["id"]))["output"]["video"]
        assert moved.startswith(sandbox.url)
        assert (await platform.fetch(moved)).status == 200
        uri = (await platform.get(f"/files/{file['id']}")).data["uri"]
        assert (await platform.fetch(uri)).body == png(256, 320)
        platform.advance(3600)
        assert (await platform.task(running["id"]))["status"] == 10
        assert (await platform.task(later["id"]))["status"] == 2
        session = (await platform.get(f"/sessions/{running['session_id']}")).data
        assert session["task_id"] == running["id"]
        again = await platform.ran("create-avatar", photo | {"file": uri})
        assert again["status"] == 10


async def test_real_media(http: aiohttp.ClientSession, tmp_path: Path) -> None:
    av: Any = pytest.importorskip("av")
    pytest.importorskip("PIL")
    async with Sandbox(clock=still_clock(), media=True) as sandbox:
        platform = Platform(sandbox, http)
        file = await platform.file(PHOTO.read_bytes(), "chelsea.jpg", PHOTO_TYPE)
        given = {"type": "photo", "name": "Chelsea", "file": file["uri"]}
        avatar = (await platform.ran("create-avatar", given))["output"]["avatar"]
        wish = {"avatar_id": avatar["id"], "script": "Hello there.", "resolution": "720p"}
        task = await platform.ran("avatar-video", wish)
        clip = tmp_path / "clip.mp4"
        clip.write_bytes((await platform.fetch(task["output"]["video"])).body)
        (made,) = (await platform.get(f"/tasks/{task['id']}/files")).data
    assert made["size"] == clip.stat().st_size
    assert made["content_type"] == "video/mp4"
    with av.open(str(clip)) as container:
        picture = container.streams.video[0]
        assert (picture.width, picture.height) == (1280, 720)
        assert container.streams.audio
        assert len(list(container.decode(video=0))) > 10
