"""How strict an agent's sessions are, and how they age."""

import base64
from typing import Any

import pytest

from tests.contract.replies import Contract
from tests.contract.samples import CONTRACT
from tests.sandbox.kit import PHOTO, Api, png, wav

ROOT = "/v3/video-agents"
PROMPT = {"prompt": "Why do cats sleep so much?"}
CHAT = PROMPT | {"mode": "chat"}


async def begun(api: Api, **fields: Any) -> str:
    session_id: str = (await api.post(ROOT, PROMPT | fields)).data["session_id"]
    return session_id


async def word(api: Api, session_id: str) -> str:
    status: str = (await api.get(f"{ROOT}/{session_id}")).data["status"]
    return status


@pytest.mark.parametrize(
    ("change", "param"),
    [
        ({"prompt": ""}, "prompt"),
        ({"prompt": "x" * 10_001}, "prompt"),
        ({"prompt": None}, "prompt"),
        ({"mode": "talk"}, "mode"),
        ({"orientation": "square"}, "orientation"),
        ({"incognito_mode": "yes"}, "incognito_mode"),
        ({"brand_glossary_id": ""}, "brand_glossary_id"),
        ({"style_id": "none"}, "style_id"),
        ({"files": [{"type": "asset_id", "asset_id": "x"}] * 21}, "files"),
        ({"files": [{"type": "file", "asset_id": "x"}]}, "files[0].type"),
        ({"files": [{"type": "url", "url": "https://example.com/a.zip"}]}, "files[0]"),
        ({"file": []}, "file"),
    ],
)
async def test_bad_fields_are_named(api: Api, change: dict[str, Any], param: str) -> None:
    answer = await api.post(ROOT, PROMPT | change)
    assert (answer.status, answer.error["code"]) == (400, "invalid_parameter")
    assert answer.error["param"].startswith(param)
    assert not api.sandbox.charges
    assert (await api.get(ROOT)).data == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"avatar_id": "none"}, "avatar_not_found"),
        ({"voice_id": "none"}, "voice_not_found"),
        ({"files": [{"type": "asset_id", "asset_id": "none"}]}, "asset_not_found"),
    ],
)
async def test_what_does_not_exist(api: Api, change: dict[str, Any], code: str) -> None:
    answer = await api.post(ROOT, PROMPT | change)
    assert (answer.status, answer.error["code"]) == (404, code)


async def test_a_session_ages_and_is_forgotten_for_a_while(api: Api) -> None:
    session_id = await begun(api)
    assert await word(api, session_id) == "thinking"
    words: list[str | int] = []
    for _ in range(200):
        api.advance(1)
        answer = await api.get(f"{ROOT}/{session_id}")
        words.append(answer.data["status"] if answer.status == 200 else answer.status)
    assert list(dict.fromkeys(words)) == ["thinking", "generating", 404, "completed"]
    # Its videos are known all the time.
    assert len((await api.get(f"{ROOT}/{session_id}/videos")).data) == 1


async def test_messages_are_the_newest_forty_and_only_for_chats(api: Api) -> None:
    alone = await begun(api)
    answer = await api.post(f"{ROOT}/{alone}", {"message": "Hello"})
    assert (answer.status, answer.error["code"]) == (400, "invalid_parameter")
    chat = await begun(api, mode="chat")
    for number in range(45):
        await api.post(f"{ROOT}/{chat}", {"message": f"message {number}"})
    messages = (await api.get(f"{ROOT}/{chat}")).data["messages"]
    assert len(messages) == 40
    assert messages[0]["content"] == "message 44"
    for body in ({}, {"message": ""}, {"message": "x", "mode": "chat"}, {"message": "x" * 10_001}):
        answer = await api.post(f"{ROOT}/{chat}", body)
        assert (answer.status, answer.error["code"]) == (400, "invalid_parameter"), body


async def test_a_second_thought_is_not_paid_twice(api: Api) -> None:
    chat = await begun(api, mode="chat")
    for message in ("For children.", "Yes."):
        api.advance(41)
        assert await word(api, chat) in {"waiting_for_input", "reviewing"}
        await api.post(f"{ROOT}/{chat}", {"message": message})
    await api.post(f"{ROOT}/{chat}", {"message": "And make it short."})
    charges = [(c.kind, c.credits) for c in api.sandbox.charges]
    assert [kind for kind, _ in charges] == ["video_agent", "video_agent_refund", "video_agent"]
    assert charges[0][1] == -charges[1][1]
    api.advance(300)
    assert len((await api.get(f"{ROOT}/{chat}/videos")).data) == 1


async def test_a_message_that_is_refused_changes_nothing(api: Api) -> None:
    chat = await begun(api, mode="chat")
    for _ in range(2):
        api.advance(41)
        await word(api, chat)
        await api.post(f"{ROOT}/{chat}", {"message": "Go on."})
    api.advance(300)
    assert await word(api, chat) == "completed"
    api.sandbox._ctx.world.balance = 0
    script = api.sandbox._ctx.world.agents[chat].script
    answer = await api.post(f"{ROOT}/{chat}", {"message": "Once more."})
    assert (answer.status, answer.error["code"]) == (402, "insufficient_credit")
    assert api.sandbox._ctx.world.agents[chat].script == script
    assert await word(api, chat) == "completed"


async def test_a_refused_second_thought_leaves_the_first(api: Api) -> None:
    chat = await begun(api, mode="chat")
    for _ in range(2):
        api.advance(41)
        await word(api, chat)
        await api.post(f"{ROOT}/{chat}", {"message": "Go on."})
    api.sandbox._ctx.world.balance = 0
    answer = await api.post(f"{ROOT}/{chat}", {"message": "And make it much longer. " * 20})
    assert answer.status == 402
    assert await word(api, chat) == "thinking"
    assert [charge.kind for charge in api.sandbox.charges] == ["video_agent"]
    api.advance(300)
    assert await word(api, chat) == "completed"


async def test_sessions_take_slots_like_videos(api: Api) -> None:
    for _ in range(9):
        await begun(api)
    await api.video()
    answer = await api.post(ROOT, PROMPT)
    assert (answer.status, answer.error["code"]) == (429, "rate_limit_exceeded")
    assert int(answer.headers["Retry-After"]) >= 1
    # Only to ask takes none.
    assert (await api.post(ROOT, CHAT)).status == 200


async def test_every_kind_of_file(api: Api) -> None:
    inline = base64.b64encode(png(20, 20)).decode()
    session_id = await begun(
        api,
        mode="chat",
        files=[
            {"type": "asset_id", "asset_id": await api.asset(wav(1.0), "a.wav")},
            {"type": "asset_id", "asset_id": await api.asset(PHOTO.read_bytes())},
            {"type": "base64", "media_type": "image/png", "data": inline},
            {"type": "url", "url": "https://example.com/b.mp4?x=1"},
        ],
    )
    (message,) = (await api.get(f"{ROOT}/{session_id}")).data["messages"]
    kinds: list[str] = []
    for resource_id in message["resource_ids"]:
        found = (await api.get(f"{ROOT}/{session_id}/resources/{resource_id}")).data
        kinds.append(found["resource_type"])
        assert (found["source_type"], bool(found["url"])) == ("user_uploaded", True)
        assert (await api.fetch(found["url"])).status == 200
    assert kinds == ["audio", "image", "image", "video"]
    subtitles = await api.asset(b"1\n00:00:00,000 --> 00:00:01,000\nHi\n", "a.srt")
    body = PROMPT | {"files": [{"type": "asset_id", "asset_id": subtitles}]}
    answer = await api.post(ROOT, body)
    assert (answer.status, answer.error["param"]) == (400, "files[0]")


async def test_styles_can_be_looked_at(api: Api) -> None:
    styles = (await api.get(f"{ROOT}/styles?tag=cinematic")).data
    assert len(styles) == 2
    for name in ("thumbnail_url", "preview_video_url"):
        assert (await api.fetch(styles[0][name])).status == 200
    assert (await api.get(f"{ROOT}/styles?limit=101")).status == 400
    assert (await api.get(f"{ROOT}/styles?tag=none")).data == []
    gone = styles[0]["thumbnail_url"].replace(styles[0]["style_id"], "none")
    assert (await api.fetch(gone)).status == 404


@pytest.mark.skipif(not CONTRACT.exists(), reason="the contract does not lie beside the checkout")
async def test_refusals_fit_the_contract(api: Api) -> None:
    contract = Contract()
    session = f"{ROOT}/{{session_id}}"
    for method, path, body in (
        ("GET", session, None),
        ("POST", session, {"message": "x"}),
        ("GET", f"{session}/resources/{{resource_id}}", None),
        ("GET", f"{session}/videos", None),
        ("POST", f"{session}/stop", {}),
    ):
        answer = await api(method, path.format(session_id="none", resource_id="none"), body)
        assert answer.status == 404
        assert contract.problems(method, path, answer.status, answer.json) == []
    stop = await api.post(f"{ROOT}/{await begun(api)}/stop", {"now": True})
    assert (stop.status, stop.error["param"]) == (400, "now")
