"""Voices as the sandbox holds them: limits, refusals, and what a deletion leaves."""

from typing import Any

import pytest

from heygen_async.sandbox import Sandbox
from tests.sandbox.kit import STOCK, Api, png, still_clock, wav


async def cloned(api: Api, name: str = "Me", **fields: Any) -> str:
    file = {"type": "asset_id", "asset_id": await api.asset(wav(3.0), "me.wav")}
    body = {"audio": file, "voice_name": name} | fields
    voice_id: str = (await api.post("/v3/voices/clone", body)).data["voice_clone_id"]
    return voice_id


async def some_voice(api: Api) -> str:
    voice_id: str = (await api.get("/v3/voices")).data[0]["voice_id"]
    return voice_id


async def test_a_clone_ages(api: Api) -> None:
    voice_id = await cloned(api)
    path = f"/v3/voices/{voice_id}"
    young = (await api.get(path)).data
    assert (young["status"], young["preview_audio_url"]) == ("processing", None)
    speech = {"text": "Hello.", "voice_id": voice_id}
    answer = await api.post("/v3/voices/speech", speech)
    assert (answer.status, answer.error["code"]) == (409, "resource_not_ready")
    api.advance(60)
    assert (await api.get(path)).data["status"] == "complete"
    (listed,) = (await api.get("/v3/voices?type=private&engine=starfish")).data
    assert (listed["voice_id"], listed["type"]) == (voice_id, "private")
    assert (await api.fetch(listed["preview_audio_url"])).body[:4] == b"RIFF"
    assert (await api.get("/v3/voices?type=private&language=French")).data == []
    assert (await api.post("/v3/voices/speech", speech)).status == 200


async def test_clones_have_a_limit(api: Api) -> None:
    ids = [await cloned(api, f"Me {count}") for count in range(10)]
    file = {"type": "asset_id", "asset_id": await api.asset(wav(3.0), "me.wav")}
    body = {"audio": file, "voice_name": "One more"}
    answer = await api.post("/v3/voices/clone", body)
    assert (answer.status, answer.error["code"]) == (400, "resource_limit_reached")
    assert (await api("DELETE", f"/v3/voices/{ids[0]}")).data == {"voice_id": ids[0]}
    assert (await api.post("/v3/voices/clone", body)).status == 200


async def test_a_deleted_clone_is_nobodys_voice(api: Api) -> None:
    look = await api.photo_avatar()
    voice_id = await cloned(api)
    api.advance(60)
    path = f"/v3/avatars/{look['group_id']}"
    await api("PATCH", path, {"default_voice_id": voice_id})
    assert (await api("DELETE", f"/v3/voices/{voice_id}")).status == 200
    assert (await api.get(path)).data["default_voice_id"] == look["default_voice_id"]
    video = {"type": "avatar", "avatar_id": STOCK, "script": "Hello.", "voice_id": voice_id}
    answer = await api.post("/v3/videos", video)
    assert (answer.status, answer.error["code"]) == (404, "voice_not_found")
    answer = await api("DELETE", f"/v3/voices/{voice_id}")
    assert (answer.status, answer.error["code"]) == (404, "voice_not_found")


@pytest.mark.parametrize(
    ("fields", "param"),
    [
        ({"voice_name": ""}, "voice_name"),
        ({"voice_name": "x" * 101}, "voice_name"),
        ({"audio": "a1"}, "audio"),
        ({"remove_background_noise": "yes"}, "remove_background_noise"),
        ({"name": "Me"}, "name"),
    ],
)
async def test_what_cannot_be_cloned(api: Api, fields: Any, param: str) -> None:
    file = {"type": "asset_id", "asset_id": await api.asset(wav(3.0), "me.wav")}
    answer = await api.post("/v3/voices/clone", {"audio": file, "voice_name": "Me"} | fields)
    assert (answer.status, answer.error["param"]) == (400, param)


async def test_a_picture_has_no_voice(api: Api) -> None:
    file = {"type": "asset_id", "asset_id": await api.asset(png(200, 200))}
    answer = await api.post("/v3/voices/clone", {"audio": file, "voice_name": "Me"})
    assert (answer.status, answer.error["param"]) == (400, "audio.asset_id")


async def test_designs_come_to_an_end(api: Api) -> None:
    seen: list[str] = []
    for seed in range(20):
        body = {"prompt": "warm", "locale": "en-US", "seed": seed}
        found = (await api.post("/v3/voices", body)).data
        assert found["seed"] == seed
        assert len(found["voices"]) <= 3
        seen += [each["voice_id"] for each in found["voices"]]
    assert sorted(seen) == sorted(
        each["voice_id"] for each in (await api.get("/v3/voices?language=English")).data
    )
    other = await api.post("/v3/voices", {"prompt": "warm", "locale": "xx"})
    assert other.data == {"voices": [], "seed": 0}


@pytest.mark.parametrize(
    ("body", "param"),
    [
        ({}, "prompt"),
        ({"prompt": ""}, "prompt"),
        ({"prompt": "x" * 1001}, "prompt"),
        ({"prompt": "x", "seed": -1}, "seed"),
        ({"prompt": "x", "gender": "both"}, "gender"),
        ({"prompt": "x", "language": "en"}, "language"),
    ],
)
async def test_what_cannot_be_designed(api: Api, body: Any, param: str) -> None:
    answer = await api.post("/v3/voices", body)
    assert (answer.status, answer.error["param"]) == (400, param)


@pytest.mark.parametrize(
    ("fields", "code", "param"),
    [
        ({"text": ""}, "invalid_parameter", "text"),
        ({"text": "x" * 5001}, "invalid_parameter", "text"),
        ({"text": 'a <break time="350ms"/> b'}, "invalid_parameter", "text"),
        ({"text": "..."}, "tts_text_invalid", "text"),
        ({"text": '<break time="1s"/>'}, "tts_text_invalid", "text"),
        ({"speed": 0.4}, "invalid_parameter", "speed"),
        ({"input_type": "html"}, "invalid_parameter", "input_type"),
        ({"volume": 1}, "invalid_parameter", "volume"),
    ],
)
async def test_what_cannot_be_spoken(api: Api, fields: Any, code: str, param: str) -> None:
    body = {"text": "Hello.", "voice_id": await some_voice(api)} | fields
    answer = await api.post("/v3/voices/speech", body)
    assert (answer.status, answer.error["code"]) == (400, code)
    assert answer.error["param"] == param
    assert api.sandbox.charges == ()


async def test_a_speech_needs_a_voice_and_money(http: Any) -> None:
    async with Sandbox(media=False, clock=still_clock(), balance=0.001) as sandbox:
        api = Api(sandbox, http)
        body = {"text": "word " * 50, "voice_id": await some_voice(api)}
        answer = await api.post("/v3/voices/speech", body)
        assert (answer.status, answer.error["code"]) == (402, "insufficient_credit")
        answer = await api.post("/v3/voices/speech", body | {"voice_id": "none"})
        assert (answer.status, answer.error["code"]) == (404, "voice_not_found")


async def test_a_speech_is_marked_at_both_ends_and_signed(api: Api) -> None:
    body = {"text": "Hello there.", "voice_id": await some_voice(api)}
    spoken = (await api.post("/v3/voices/speech", body)).data
    words = spoken["word_timestamps"]
    assert words[0] == {"word": "<start>", "start": 0.0, "end": 0.0}
    assert words[-1]["word"] == "<end>"
    assert words[-1]["end"] == spoken["duration"]
    sound = await api.fetch(spoken["audio_url"])
    assert sound.headers["Content-Type"] == "audio/wav"
    assert (await api.fetch(spoken["audio_url"].partition("?")[0])).status == 403
    api.advance(3601)
    assert (await api.fetch(spoken["audio_url"])).status == 403


async def test_a_voice_without_starfish_speaks_no_texts(api: Api) -> None:
    everyone = (await api.get("/v3/voices?limit=100")).data
    speaking = (await api.get("/v3/voices?limit=100&engine=starfish")).data
    (silent,) = [each for each in everyone if each not in speaking]
    body = {"text": "Hello.", "voice_id": silent["voice_id"]}
    answer = await api.post("/v3/voices/speech", body)
    assert (answer.status, answer.error["param"]) == (400, "voice_id")
