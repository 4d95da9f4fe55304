"""v1's voices, webhooks, contacts and streaming sessions as they are on the wire."""

from typing import Any

import pytest

from heygen_async.sandbox.catalogue import VOICES
from tests.contract.replies import Contract
from tests.contract.samples import CONTRACT
from tests.sandbox.kit import Api, Receiver, wav

SPEAKER = next(iter(VOICES))
SILENT = next(key for key, voice in VOICES.items() if "starfish" not in voice.engines)
WELCOME = "tpl_welcome"
ADA = {"email": "ada@example.com", "first_name": "Ada"}
HOOK = "https://example.com/hook"


def bearer(token: str) -> dict[str, Any]:
    return {"key": False, "headers": {"Authorization": f"Bearer {token}"}}


@pytest.mark.parametrize(
    ("path", "keys"),
    [
        ("/v2/voices", {"error", "data", "warning"}),
        ("/v2/voices/locales", {"error", "data", "warning"}),
        ("/v1/audio/voices", {"error", "data", "warning", "has_more", "next_token"}),
        ("/v1/voice.list", {"code", "data", "msg", "message", "warning"}),
        ("/v1/brand_voice/list", {"code", "data", "msg", "message", "warning"}),
        ("/v1/user/me", {"code", "data", "msg", "message", "warning"}),
        ("/v1/webhook/webhook.list", {"code", "data", "msg", "message", "warning"}),
        ("/v1/streaming.list", {"code", "data", "msg", "message", "warning"}),
        ("/v1/streaming/avatar.list", {"code", "data", "msg", "message", "warning"}),
    ],
)
async def test_envelopes(api: Api, path: str, keys: set[str]) -> None:
    answer = await api.get(path)
    assert (answer.status, set(answer.json)) == (200, keys)
    refused = await api.get(path, key=False)
    assert (refused.status, refused.json["data"]) == (401, None)


@pytest.mark.skipif(not CONTRACT.exists(), reason="the contract does not lie beside this checkout")
@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/v1/audio/voices", None),
        ("POST", "/v1/audio/text_to_speech", {"voice_id": SPEAKER, "text": "Hello there."}),
        ("GET", "/v1/user/me", None),
    ],
)
async def test_what_has_a_schema_fits_it(api: Api, method: str, path: str, body: Any) -> None:
    answer = (await api(method, path, body)).json
    # The schemas leave out what all envelopes of v1 and v2 hold.
    held = {name: answer[name] for name in answer if name not in {"error", "msg", "warning"}}
    assert Contract().problems(method, path, 200, held) == []


async def test_a_clone_is_listed_once_it_is_ready(api: Api) -> None:
    asset_id = await api.asset(wav(12.0), "me.wav")
    audio = {"type": "asset_id", "asset_id": asset_id}
    made = await api.post("/v3/voices/clone", {"audio": audio, "voice_name": "Me"})
    voice_id = made.data["voice_clone_id"]
    assert voice_id not in str((await api.get("/v2/voices")).data)
    api.advance(60)
    assert (await api.get("/v2/voices")).data["voices"][0]["voice_id"] == voice_id
    older = (await api.get("/v1/voice.list")).data["list"][0]
    assert (older["voice_id"], older["is_customer"]) == (voice_id, True)
    private = (await api.get("/v1/audio/voices?type=private")).data
    assert [each["voice_id"] for each in private] == [voice_id]


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        (f"/v2/voices/{SPEAKER}/preview", {"voice_id": SILENT, "text": "Hi."}, 400),
        (f"/v2/voices/{SPEAKER}/preview", {"text": "Hi."}, 400),
        (f"/v2/voices/{SPEAKER}/preview", {"voice_id": SPEAKER, "text": "Hi.", "x": 1}, 400),
        (f"/v2/voices/{SILENT}/preview", {"voice_id": SILENT, "text": "Hi."}, 400),
        ("/v2/voices/nobody/preview", {"voice_id": "nobody", "text": "Hi."}, 404),
        ("/v1/audio/text_to_speech", {"voice_id": SPEAKER, "text": ""}, 400),
        ("/v1/audio/text_to_speech", {"voice_id": SPEAKER, "text": "Hi.", "speed": 2.1}, 400),
        ("/v1/audio/text_to_speech", {"voice_id": SPEAKER, "text": "Hi.", "emotion": "x"}, 400),
        ("/v1/audio/text_to_speech", {"voice_id": SPEAKER, "text": "x" * 5001}, 400),
        ("/v1/brand_voice/x", {"name": "A"}, 200),
        ("/v1/webhook/endpoint.add", {"url": "http://example.com/hook"}, 400),
        ("/v1/webhook/endpoint.add", {"url": HOOK, "events": ["no.such"]}, 400),
        ("/v1/webhook/endpoint.add", {"url": HOOK, "secret": "mine"}, 400),
        ("/v1/personalized_video/add_contact", {"project_id": WELCOME}, 400),
        (
            "/v1/personalized_video/add_contact",
            {"project_id": WELCOME, "variables_list": [{"email": "a"}]},
            400,
        ),
        (
            "/v1/personalized_video/add_contact",
            {"project_id": "x", "variables_list": [ADA]},
            200,
        ),
        ("/v1/streaming.new", {"quality": "best"}, 400),
        ("/v1/streaming.new", {"voice_id": SILENT}, 400),
        ("/v1/streaming.new", {"voice_id": SPEAKER, "voice": {"rate": 1}}, 400),
        ("/v1/streaming.new", {"avatar_id": "x"}, 200),
        ("/v1/streaming.start", {"session_id": "x"}, 200),
        ("/v1/streaming.task", {"session_id": "x", "text": "Hi.", "task_type": "sing"}, 400),
        ("/v1/streaming.task", {"session_id": "x", "text": ""}, 400),
        ("/v1/streaming.ice", {"session_id": "x", "candidate": {"sdpMid": "0"}}, 400),
        ("/v1/streaming.stop", {}, 400),
    ],
)
async def test_refusals(api: Api, path: str, body: dict[str, Any], status: int) -> None:
    answer = await api.post(path, body)
    assert (answer.status, answer.json["data"]) == (status, None)
    if path.startswith(("/v1/audio", "/v2")):
        assert set(answer.json["error"]) == {"code", "message"}
    else:
        assert answer.json["code"] != 100
        assert answer.json["message"]
    assert not api.sandbox.charges


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/v1/personalized_video/audience/detail", 400),
        ("/v1/personalized_video/audience/detail?id=x", 200),
        ("/v1/personalized_video/project/detail?id=x", 200),
        ("/v1/brand_voice/list?limit=0", 400),
        ("/v1/brand_voice/list?token=x", 400),
        ("/v1/audio/voices?limit=101", 400),
    ],
)
async def test_refusals_of_reads(api: Api, path: str, status: int) -> None:
    answer = await api.get(path)
    assert (answer.status, answer.json["data"]) == (status, None)


async def test_an_endpoint_of_v1_is_one_of_v3(api: Api, receiver: Receiver) -> None:
    deaf = await api.post("/v1/webhook/endpoint.add", {"url": receiver.url})
    assert (deaf.status, "OPTIONS" in deaf.json["message"]) == (400, True)
    made = (await api.post("/v1/webhook/endpoint.add", {"url": HOOK})).data
    assert (made["events"], made["status"]) == (None, "enabled")
    assert (await api.get("/v1/webhook/endpoint.list")).data == [made]
    again = await api.post("/v1/webhook/endpoint.add", {"url": HOOK})
    assert again.status == 409
    nothing = {"endpoint_id": made["endpoint_id"]}
    assert (await api("PATCH", "/v1/webhook/endpoint.update", nothing)).status == 400
    path = "/v1/webhook/endpoint.delete"
    assert (await api("DELETE", path)).status == 400
    gone = await api("DELETE", f"{path}?endpoint_id={made['endpoint_id']}")
    assert (gone.status, gone.json["code"], gone.json["data"]) == (200, 100, None)
    unknown = await api("DELETE", f"{path}?endpoint_id={made['endpoint_id']}")
    assert (unknown.status, unknown.json["code"]) == (404, 400175)


async def test_a_token_opens_streaming_and_nothing_makes_another(api: Api) -> None:
    token = (await api.post("/v1/streaming.create_token", {})).data["token"]
    made = await api.post("/v1/streaming.new", {"version": "v2"}, **bearer(token))
    session = {"session_id": made.data["session_id"]}
    assert (await api.post("/v1/streaming.start", session, **bearer(token))).status == 200
    assert (await api.post("/v1/streaming.stop", session, **bearer("guessed"))).status == 401
    assert (await api.post("/v1/streaming.create_token", {}, **bearer(token))).status == 401
    assert (await api.get("/v1/streaming.list", **bearer(token))).data["sessions"][0]["status"]


async def test_a_session_that_nobody_started_is_free(api: Api) -> None:
    session = {"session_id": (await api.post("/v1/streaming.new", {})).data["session_id"]}
    api.advance(130)
    late = await api.post("/v1/streaming.start", session)
    assert (late.status, late.json["code"]) == (400, 10005)
    assert [charge.credits for charge in api.sandbox.charges] == [0]


async def test_a_long_speech_keeps_a_session(api: Api) -> None:
    session = {"session_id": (await api.post("/v1/streaming.new", {})).data["session_id"]}
    await api.post("/v1/streaming.start", session)
    api.advance(3)
    task = session | {"text": "word " * 400, "task_type": "repeat"}
    said = (await api.post("/v1/streaming.task", task)).data["duration_ms"] / 1000
    assert said > 60
    api.advance(said + 119)
    assert (await api.post("/v1/streaming.interrupt", session)).status == 200
    api.advance(121)
    assert (await api.post("/v1/streaming.keep_alive", session)).json["code"] == 10004


async def test_a_session_token_opens_streaming_only(api: Api) -> None:
    token = (await api.post("/v1/streaming.create_token", {})).data["token"]
    assert (await api.get("/v1/streaming.list", **bearer(token))).status == 200
    for path in ("/v2/avatars", "/v1/user/me", "/v3/users/me"):
        refused = await api.get(path, **bearer(token))
        assert refused.status == 401
