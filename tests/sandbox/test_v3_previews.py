"""Previews as the sandbox holds them: raw bodies, raw streams, and what it refuses."""

import base64
import io
import json
import wave
from typing import Any

import pytest

from heygen_async.sandbox import Fault, Sandbox
from tests.contract.replies import Contract
from tests.contract.samples import CONTRACT
from tests.sandbox.kit import STOCK, Answer, Api, wav

VOICES = "/v3/models/audio/voices"
TTS = "/v3/models/audio/tts"
SESSIONS = "/v3/avatar-realtime"
TEXT = "Hello there, friend. How are you?"


async def recording(api: Api, seconds: float = 1200) -> dict[str, str]:
    return {"type": "asset_id", "asset_id": await api.asset(wav(seconds, rate=100), "long.wav")}


async def new_voice(api: Api, **fields: Any) -> Answer:
    body = {"name": "A", "language": "en", "audio": [await recording(api)]} | fields
    return await api.post(VOICES, body)


async def active_voice(api: Api) -> str:
    voice_id: str = (await new_voice(api)).json["data"]["voice_id"]
    api.advance(3600)
    return voice_id


async def session(api: Api, **fields: Any) -> str:
    look = (await api.photo_avatar())["id"]
    voice = (await api.get("/v3/voices")).data[0]["voice_id"]
    body = {"type": "text_stream", "avatar_id": look, "voice_id": voice, "text": TEXT} | fields
    made = await api.post(SESSIONS, body)
    assert made.status == 201, made.body
    stream_id: str = made.json["data"]["stream_id"]
    return stream_id


def frames(answer: Answer) -> list[tuple[str, Any]]:
    """Name and data of every event, read by other means than the client's."""
    assert answer.headers["Content-Type"] == "text/event-stream"
    found = []
    for block in answer.body.decode().split("\n\n"):
        fields = [line.partition(": ") for line in block.split("\n") if line and line[0] != ":"]
        told = {name: value for name, _, value in fields}
        if told:
            data = told["data"]
            name = told.get("event", "message")
            found.append((name, data if data == "[DONE]" else json.loads(data)))
    return found


@pytest.mark.parametrize("mode", [{}, {"mode": None}, {"mode": "professional"}])
async def test_a_professional_voice_need_not_say_its_mode(api: Api, mode: dict[str, Any]) -> None:
    assert (await new_voice(api, **mode)).status == 202


@pytest.mark.parametrize(
    ("fields", "param"),
    [
        ({"mode": "other"}, "mode"),
        ({"audio": []}, "audio"),
        ({"name": ""}, "name"),
        ({"name": None}, "name"),
        ({"language": "x" * 33}, "language"),
        ({"voice_id": "a b"}, "voice_id"),
        ({"similarity": "high"}, "similarity"),
        ({"extra": 1}, "extra"),
        ({"mode": "instant", "similarity": "low"}, "similarity"),
        ({"mode": "instant", "voice_id": "v"}, "voice_id"),
    ],
)
async def test_a_wrong_voice_is_refused(api: Api, fields: dict[str, Any], param: str) -> None:
    answer = await new_voice(api, **fields)
    assert (answer.status, answer.error["code"]) == (400, "invalid_parameter")
    assert answer.error["param"] == param


async def test_a_voice_needs_twenty_minutes(api: Api) -> None:
    short = await new_voice(api, audio=[await recording(api, 1199)])
    assert (short.status, short.error["param"]) == (400, "audio")
    halves = [await recording(api, 600), await recording(api, 600)]
    assert (await new_voice(api, audio=halves)).status == 202
    remote = {"type": "url", "url": "https://example.com/hour.mp3"}
    assert (await new_voice(api, audio=[remote])).status == 202
    inline = {
        "type": "base64",
        "media_type": "audio/wav",
        "data": base64.b64encode(wav(1200, rate=10)).decode(),
    }
    assert (await new_voice(api, audio=[inline])).status == 202


async def test_trainings_are_counted_by_the_month(api: Api) -> None:
    voice_id = await active_voice(api)
    again = {"voice_id": voice_id, "audio": [await recording(api)]}
    for _ in range(24):
        assert (await api.post(VOICES, again)).status == 202
        api.advance(3600)
    assert (await api.post(VOICES, again)).error["code"] == "resource_limit_reached"
    api.advance(30 * 24 * 3600)
    assert (await api.post(VOICES, again)).status == 202


async def test_a_key_gives_the_same_voice_again(api: Api) -> None:
    body = {"name": "A", "language": "en", "audio": [await recording(api)]}
    headers = {"Idempotency-Key": "k1"}
    first = await api.post(VOICES, body, headers=headers)
    assert (await api.post(VOICES, body, headers=headers)).json == first.json
    assert (await api.post(VOICES, body)).json != first.json


async def test_pages_of_voices(api: Api) -> None:
    for query in ("limit=0", "limit=101", "limit=x", "token=", "token=x"):
        answer = await api.get(f"{VOICES}?{query}")
        assert (answer.status, answer.error["param"]) == (400, query.partition("=")[0])


@pytest.mark.parametrize(
    ("fields", "param"),
    [
        ({"text": ""}, "text"),
        ({"text": "x" * 5001}, "text"),
        ({"text": "?!"}, "text"),
        ({"language": None}, "language"),
        ({"seed": -1}, "seed"),
        ({"seed": 1 << 32}, "seed"),
        ({"speed": 1.0}, "speed"),
    ],
)
async def test_wrong_speech_is_refused(api: Api, fields: dict[str, Any], param: str) -> None:
    body = {"voice_id": await active_voice(api), "text": TEXT, "language": "en"} | fields
    for path in (TTS, f"{TTS}/stream"):
        answer = await api.post(path, body)
        assert (answer.status, answer.error["param"]) == (400, param)


async def test_speech_is_paid_for_by_the_character(api: Api) -> None:
    body = {"voice_id": await active_voice(api), "text": "ä" * 100, "language": "de"}
    await api.post(TTS, body)
    await api.post(f"{TTS}/stream", body)
    assert [charge.credits for charge in api.sandbox.charges if charge.credits] == [0.0015] * 2


async def test_an_empty_account_does_not_speak(api: Api) -> None:
    voice = await active_voice(api)
    api.sandbox._ctx.world.balance = 0.0001
    for path in (TTS, f"{TTS}/stream"):
        answer = await api.post(path, {"voice_id": voice, "text": TEXT, "language": "en"})
        assert (answer.status, answer.error["code"]) == (402, "insufficient_credit")


async def test_tags_are_not_understood(api: Api) -> None:
    body = {"voice_id": await active_voice(api), "text": "Hello there.", "language": "en"}
    plain = (await api.post(TTS, body)).data["duration"]
    tagged = body | {"text": 'Hello <break time="9s"/> there.'}
    assert (await api.post(TTS, tagged)).data["duration"] == plain


async def test_a_stream_of_speech_as_it_is_on_the_wire(api: Api) -> None:
    body = {"voice_id": await active_voice(api), "text": TEXT, "language": "en"}
    told = frames(await api.post(f"{TTS}/stream", body | {"with_timestamps": True}))
    assert told[-1] == ("message", "[DONE]")
    events = [data for _, data in told[:-1]]
    parts = [each for each in events if each["type"] == "audio"]
    assert [part["part_index"] for part in parts] == [*range(len(parts))]
    with wave.open(io.BytesIO(base64.b64decode(parts[0]["audio"]))) as file:
        assert (file.getframerate(), file.getnframes()) == (44_100, 44_100)
    words = [w for each in events if each["type"] == "alignment" for w in each["word_alignments"]]
    assert " ".join(word["text"] for word in words) == TEXT
    if CONTRACT.exists():
        contract = Contract()
        schema = {"$ref": "#/components/schemas/SpeechStreamEvent"}
        assert [each for event in events for each in contract._walk(schema, event, "$")] == []


async def test_a_speech_that_fails_says_so_at_its_end(api: Api) -> None:
    body = {"voice_id": await active_voice(api), "text": "[[fail]]", "language": "en"}
    told = frames(await api.post(f"{TTS}/stream", body))
    assert [data["type"] for _, data in told] == ["audio", "error"]
    assert api.sandbox.total_charged == 0
    assert (await api.post(TTS, body)).error["param"] == "text"


async def test_a_link_to_speech_is_signed(api: Api) -> None:
    body = {"voice_id": await active_voice(api), "text": TEXT, "language": "en"}
    url = (await api.post(TTS, body)).data["audio_url"]
    assert (await api.fetch(url)).body[:4] == b"RIFF"
    assert (await api.fetch(url.partition("?")[0])).status == 403
    api.advance(3601)
    assert (await api.fetch(url)).status == 403


async def test_words_as_they_are_on_the_wire(api: Api) -> None:
    stream_id = await session(api, text=f"{TEXT} " * 10)
    api.advance(120)
    told = frames(await api.get(f"{SESSIONS}/{stream_id}/words"))
    assert told[-1] == ("end", {"reason": "idle_timeout"})
    batches = [data["words"] for _, data in told[:-1]]
    words = [word for batch in batches for word in batch]
    assert [word["word"] for word in words[:6]] == ["Hello", "there", ",", "friend", ".", "How"]
    assert all(len(batch) <= 10 for batch in batches)
    assert all(batch[-1]["end"] - batch[0]["start"] <= 1 for batch in batches)
    if CONTRACT.exists():
        contract = Contract()
        for name, data in told:
            kind = "WordsEndEvent" if name == "end" else "WordBatch"
            assert [*contract._walk({"$ref": f"#/components/schemas/{kind}"}, data, "$")] == []


@pytest.mark.parametrize(
    ("fields", "param"),
    [
        ({"type": "other"}, "type"),
        ({"text": ""}, "text"),
        ({"avatar_id": STOCK}, "avatar_id"),
        ({"voice_id": "nobody"}, "voice_id"),
        ({"audio": {"type": "url", "url": "https://example.com/a.mp3"}}, "audio"),
        ({"resolution": "720p"}, "resolution"),
    ],
)
async def test_a_wrong_session_is_refused(api: Api, fields: dict[str, Any], param: str) -> None:
    look = (await api.photo_avatar())["id"]
    voice = (await api.get("/v3/voices")).data[0]["voice_id"]
    body = {"type": "tts", "avatar_id": look, "voice_id": voice, "text": TEXT} | fields
    answer = await api.post(SESSIONS, body)
    assert (answer.status, answer.error["param"]) == (400, param)


async def test_text_is_counted_in_bytes_and_paid_by_the_second(api: Api) -> None:
    stream_id = await session(api, text="Grüße.")
    before = api.sandbox.total_charged
    path = f"{SESSIONS}/{stream_id}/text"
    answer = await api.post(path, {"delta": "Ä und Ö."})
    assert (answer.status, answer.json["data"]) == (202, {"ok": True, "buffered_bytes": 18})
    assert api.sandbox.total_charged > before
    for body, param in (({"delta": ""}, "delta"), ({}, "delta"), ({"delta": "x", "a": 1}, "a")):
        assert (await api.post(path, body)).error["param"] == param
    assert (await api.post(path, {"delta": "", "final": True})).status == 202
    assert (await api.post(path, {"delta": "x"})).status == 410
    assert (await api.post(path, {"delta": "x"})).error["code"] == "gone"


async def test_a_session_lasts_an_hour_at_most(api: Api) -> None:
    stream_id = await session(api)
    path = f"{SESSIONS}/{stream_id}"
    for _ in range(140):
        api.advance(29)
        assert (await api.post(f"{path}/text", {"delta": " "})).status in {202, 410}
    assert (await api.get(path)).data["status"] == "completed"


async def test_files_of_a_session_are_there_while_it_can_be_watched(api: Api) -> None:
    stream_id = await session(api)
    folder = f"{api.sandbox.url}/_storage/realtime/{stream_id}"
    assert (await api.fetch(f"{folder}/index.m3u8")).status == 404
    api.advance(6)
    young = (await api.fetch(f"{folder}/index.m3u8")).body
    assert b"#EXT-X-ENDLIST" not in young
    assert (await api.fetch(f"{folder}/piece-0.mp3")).headers["Content-Type"] == "audio/mpeg"
    for name in ("piece-1.mp3", "piece-x.mp3", "other"):
        assert (await api.fetch(f"{folder}/{name}")).status == 404
    api.advance(60)
    assert (await api.fetch(f"{folder}/index.m3u8")).body.endswith(b"#EXT-X-ENDLIST\n")


async def test_a_stream_needs_a_key_and_obeys_faults(api: Api, sandbox: Sandbox) -> None:
    path = f"{SESSIONS}/{await session(api)}/words"
    assert (await api.get(path, key=False)).status == 401
    sandbox.fault(Fault(path=path, status=429, retry_after=5))
    assert (await api.get(path)).headers["Retry-After"] == "5"
    api.advance(90)
    whole = (await api.get(path)).body
    sandbox.fault(Fault(path=path, truncate_response_at=40))
    async with api.http.get(sandbox.url + path, headers={"X-Api-Key": "k"}) as reply:
        got = b""
        with pytest.raises(Exception, match="ayload"):
            async for chunk in reply.content.iter_any():
                got += chunk
    assert got == whole[:40]


async def test_previews_outlive_a_restart(tmp_path: Any) -> None:
    import aiohttp  # noqa: PLC0415

    async with aiohttp.ClientSession() as http:
        async with Sandbox(media=False, state=tmp_path) as sandbox:
            api = Api(sandbox, http)
            voice = await active_voice(api)
            stream_id = await session(api)
        async with Sandbox(media=False, state=tmp_path) as sandbox:
            api = Api(sandbox, http)
            assert (await api.get(f"{VOICES}/{voice}")).data["status"] == "ACTIVE"
            assert (await api.get(f"{SESSIONS}/{stream_id}")).data["stream_id"] == stream_id
