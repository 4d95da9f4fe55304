"""Lists of v1 and v2 lie anywhere, and what one source calls so another calls otherwise."""

from collections.abc import Callable
from typing import Any

import pytest

from heygen_async import HeyGen
from heygen_async.errors import DecodeError
from heygen_async.models.v2 import (
    IceCandidate,
    NewStreamingSession,
    SdpAnswer,
    UpdateBrandVoice,
)
from tests.transport.kit import Wire

VOICE = {"voice_id": "vo1", "name": "Ada", "gender": "Female", "language": None}
OLDER = VOICE | {"display_name": "Ada", "settings": {"style": None}, "ssml": {"break": True}}


def code(data: Any) -> dict[str, Any]:
    return {"code": 100, "data": data, "msg": None, "message": None}


def error(data: Any) -> dict[str, Any]:
    return {"error": None, "data": data}


@pytest.mark.parametrize("wrap", [code, error])
@pytest.mark.parametrize("name", ["list", "voices", None])
async def test_voices_lie_anywhere(
    heygen: HeyGen, wire: Wire, name: str | None, wrap: Callable[[Any], dict[str, Any]]
) -> None:
    for path, item in (("/v2/voices", VOICE), ("/v1/voice.list", OLDER)):
        wire.answer("GET", path, wrap([item] if name is None else {name: [item]}))
    (newer,) = await heygen.v2.voices.list()
    (older,) = await heygen.v2.voices.list_v1()
    assert (newer.voice_id, newer.name, newer.language) == ("vo1", "Ada", None)
    assert (older.voice_id, older.display_name, older.ssml) == ("vo1", "Ada", {"break": True})


@pytest.mark.parametrize("data", [None, {}, [], {"voices": []}, {"list": None}])
async def test_an_empty_list_is_empty(heygen: HeyGen, wire: Wire, data: Any) -> None:
    wire.answer("GET", "/v2/voices", error(data))
    assert await heygen.v2.voices.list() == []


@pytest.mark.parametrize("data", [{"total": 0}, {"token": None, "voices": None}])
async def test_a_list_that_is_not_there_is_empty(
    heygen: HeyGen, wire: Wire, data: dict[str, Any]
) -> None:
    wire.answer("GET", "/v2/voices", error(data))
    assert await heygen.v2.voices.list() == []


async def test_a_list_by_a_name_that_nobody_knows_is_found(heygen: HeyGen, wire: Wire) -> None:
    beside = {"total": 1, "token": None, "next": None}
    wire.answer("GET", "/v2/voices", error({"all_voices": [VOICE]} | beside))
    (voice,) = await heygen.v2.voices.list()
    assert (voice.voice_id, voice.language) == ("vo1", None)


@pytest.mark.parametrize(
    "data", [{"one": [VOICE], "other": []}, {"page": 1, "found": {"voices": [VOICE]}}]
)
async def test_where_the_list_is_nobody_knows_is_no_empty_list(
    heygen: HeyGen, wire: Wire, data: dict[str, Any]
) -> None:
    wire.answer("GET", "/v2/voices", error(data))
    with pytest.raises(DecodeError, match="no list among"):
        await heygen.v2.voices.list()


async def test_a_list_of_something_else_is_not_taken(heygen: HeyGen, wire: Wire) -> None:
    wire.answer("GET", "/v2/voices", error({"voices": [{"id": "vo1"}]}))
    with pytest.raises(DecodeError, match="voice_id"):
        await heygen.v2.voices.list()


async def test_a_list_of_v1_goes_on_by_a_token_inside_its_data(heygen: HeyGen, wire: Wire) -> None:
    path = "/v1/brand_voice/list?limit=1"
    first = {"id": "b1", "name": "One", "whitelist": [["cloud", "Wolke"]], "vocabulary": []}
    second = {"id": "b2", "name": "Two", "whitelist": ["cloud"], "blacklist": ["HeyGen"]}
    wire.answer("GET", path, code({"list": [first], "total": 2, "token": "t"}))
    wire.answer("GET", f"{path}&token=t", code({"list": [second], "total": 2, "token": ""}))
    one, two = [each async for each in heygen.v2.brand_voices.list(limit=1)]
    assert one.whitelist == [["cloud", "Wolke"]]
    assert (two.whitelist, two.blacklist) == (["cloud"], ["HeyGen"])
    wire.answer("GET", "/v1/brand_voice/list?name_only=true", code({"list": [first]}))
    page = await heygen.v2.brand_voices.list(name_only=True)
    assert (len(page.items), page.next_token) == (1, None)


@pytest.mark.parametrize("data", [None, {"id": "b1", "name": "Two"}])
async def test_a_brand_voice_is_changed(heygen: HeyGen, wire: Wire, data: Any) -> None:
    wire.answer("POST", "/v1/brand_voice/b1", code(data))
    request = UpdateBrandVoice(name="Two", vocabulary=[("SaaS", "sass")])
    changed = await heygen.v2.brand_voices.update("b1", request=request, extra_body={"new": 1})
    (sent,) = wire.sent
    assert sent.json == {"name": "Two", "vocabulary": [["SaaS", "sass"]], "new": 1}
    assert (changed and changed.name) == (data and "Two")


@pytest.mark.parametrize("nested", [True, False])
async def test_speakers_come_with_v3s_pages_or_inside(
    heygen: HeyGen, wire: Wire, *, nested: bool
) -> None:
    path = "/v1/audio/voices?gender=female"
    voice = VOICE | {"language": "English"}
    rest = {"has_more": True, "next_token": "t"}
    wire.answer("GET", path, error({"voices": [voice]} if nested else [voice]) | rest)
    wire.answer("GET", f"{path}&token=t", error([voice]))
    voices = [each async for each in heygen.v2.audio.list_voices(gender="female")]
    assert [each.voice_id for each in voices] == ["vo1", "vo1"]


@pytest.mark.parametrize(
    "odd",
    [
        {},
        {"secret": None, "events": None, "username": None, "created_at": None},
        {"secret": "whsec_1", "events": [], "created_at": 1790000000.5, "status": "paused"},
        {"created_at": "2026-11-20T12:00:00", "entity_id": "p1"},
    ],
)
async def test_endpoints_come_as_a_bare_array(
    heygen: HeyGen, wire: Wire, odd: dict[str, Any]
) -> None:
    endpoint = {"endpoint_id": "e1", "url": "https://example.com"} | odd
    wire.answer("GET", "/v1/webhook/endpoint.list", code([endpoint]))
    (listed,) = await heygen.v2.webhooks.list_endpoints()
    assert listed.endpoint_id == "e1"
    assert listed.secret == odd.get("secret")
    assert "whsec_1" not in repr(listed)


@pytest.mark.parametrize("data", [None, {}, {"Deleted": ["e1"]}, True])
async def test_a_delete_may_answer_anything(heygen: HeyGen, wire: Wire, data: Any) -> None:
    wire.answer("DELETE", "/v1/webhook/endpoint.delete?endpoint_id=e1", code(data))
    await heygen.v2.webhooks.delete_endpoint("e1")
    (sent,) = wire.sent
    assert sent.body is None


async def test_an_endpoint_is_changed_by_its_id_in_the_body(heygen: HeyGen, wire: Wire) -> None:
    wire.answer("PATCH", "/v1/webhook/endpoint.update", code({"endpoint_id": "e1"}))
    await heygen.v2.webhooks.update_endpoint("e1", events=("personalized_video",))
    (sent,) = wire.sent
    assert sent.json == {"endpoint_id": "e1", "events": ["personalized_video"]}


async def test_a_contact_is_added_with_whatever_the_project_knows(
    heygen: HeyGen, wire: Wire
) -> None:
    wire.answer("POST", "/v1/personalized_video/add_contact", code({"id": "a1"}))
    contact = {"email": "ada@example.com", "first_name": "Ada", "plan": "gold"}
    job = await heygen.v2.personalized_videos.add_contact("p1", variables_list=[contact])
    (sent,) = wire.sent
    assert sent.json == {"project_id": "p1", "variables_list": [contact]}
    assert job.id == "a1"


@pytest.mark.parametrize(
    ("video", "status"),
    [
        ({"status": "ready", "video_url": "https://x/v.mp4"}, "ready"),
        ({"status": "rendering"}, "rendering"),
        ({"video_url": None, "gif_url": None}, "pending"),
    ],
)
async def test_a_contacts_video_may_be_anywhere(
    heygen: HeyGen, wire: Wire, video: dict[str, Any], status: str
) -> None:
    wire.answer("GET", "/v1/personalized_video/audience/detail?id=a1", code(video))
    found = await heygen.v2.personalized_videos.get("a1")
    assert found.status == status


@pytest.mark.parametrize(
    ("data", "url", "offered"),
    [
        (
            {"sdp": {"type": "offer", "sdp": "v=0"}, "ice_servers2": [{"urls": "stun:x"}]},
            None,
            True,
        ),
        ({"sdp": {"sdp": "v=0"}, "ice_servers": ["stun:x"], "ice_servers2": None}, None, True),
        ({"url": "wss://x", "access_token": "t", "is_paid": True}, "wss://x", False),
        ({"url": "wss://x", "access_token": "t", "session_duration_limit": 600}, "wss://x", False),
    ],
)
async def test_a_session_comes_with_an_offer_or_with_a_room(
    heygen: HeyGen, wire: Wire, data: dict[str, Any], url: str | None, *, offered: bool
) -> None:
    wire.answer("POST", "/v1/streaming.new", code({"session_id": "s1"} | data))
    session = await heygen.v2.streaming.new_session(
        NewStreamingSession(voice_id="vo1"), extra_body={"avatar_name": "a"}
    )
    (sent,) = wire.sent
    assert sent.json == {"voice_id": "vo1", "avatar_name": "a"}
    assert (session.session_id, session.url, session.sdp is not None) == ("s1", url, offered)


@pytest.mark.parametrize("data", [{"status": "success"}, {"sdp": {"type": "offer", "sdp": "v=0"}}])
async def test_a_session_begins_with_or_without_an_answer(
    heygen: HeyGen, wire: Wire, data: dict[str, Any]
) -> None:
    wire.answer("POST", "/v1/streaming.start", code(data))
    started = await heygen.v2.streaming.start("s1", sdp=SdpAnswer(sdp="v=0"))
    (sent,) = wire.sent
    assert sent.json == {"session_id": "s1", "sdp": {"type": "answer", "sdp": "v=0"}}
    assert (started.status is None) is ("status" not in data)
    wire.answer("POST", "/v1/streaming.start", code(data))
    await heygen.v2.streaming.start("s1")
    assert wire.sent[-1].json == {"session_id": "s1"}


async def test_what_a_session_is_told(heygen: HeyGen, wire: Wire) -> None:
    streaming = heygen.v2.streaming
    wire.answer("POST", "/v1/streaming.ice", code(None))
    candidate = IceCandidate(candidate="c", sdpMid="0", sdpMLineIndex=0, usernameFragment="u")
    await streaming.ice("s1", candidate=candidate)
    assert wire.sent[-1].json == {
        "session_id": "s1",
        "candidate": {
            "candidate": "c",
            "sdpMid": "0",
            "sdpMLineIndex": 0,
            "usernameFragment": "u",
        },
    }
    wire.answer("POST", "/v1/streaming.task", code({"duration_ms": 812.5, "task_id": "t1"}))
    task = await streaming.task("s1", text="Hi.", task_type="talk", task_mode="sync")
    assert wire.sent[-1].json == {
        "session_id": "s1",
        "text": "Hi.",
        "task_type": "talk",
        "task_mode": "sync",
    }
    assert (task.task_id, task.duration_ms) == ("t1", 812.5)
    wire.answer("POST", "/v1/streaming.create_token", error({"token": "t"}))
    assert (await streaming.create_token()).token == "t"
    assert wire.sent[-1].json == {}


async def test_sessions_and_avatars_are_listed(heygen: HeyGen, wire: Wire) -> None:
    session = {"session_id": "s1", "status": "brand_new", "created_at": 1790000000}
    wire.answer("GET", "/v1/streaming.list", code({"sessions": [session]}))
    (found,) = await heygen.v2.streaming.list_sessions()
    assert (found.status, found.status.is_known) == ("brand_new", False)
    wire.answer("GET", "/v1/streaming/avatar.list", code([{"avatar_id": "a", "status": "ACTIVE"}]))
    (avatar,) = await heygen.v2.streaming.list_avatars()
    assert (avatar.avatar_id, avatar.is_public) == ("a", False)


async def test_the_account_may_say_nothing(heygen: HeyGen, wire: Wire) -> None:
    nobody = dict.fromkeys(["email", "first_name", "last_name", "wallet"])
    wire.answer("GET", "/v1/user/me", code(nobody | {"username": "ada"}))
    user = await heygen.v2.users.get_current()
    assert (user.username, user.email, user.wallet) == ("ada", None, None)


async def test_the_quota_may_say_what_is_used(heygen: HeyGen, wire: Wire) -> None:
    wire.answer(
        "GET", "/v2/user/remaining_quota", error({"remaining_quota": 120, "used_quota": 60})
    )
    quota = await heygen.v2.users.remaining_quota()
    assert (quota.credits, quota.used_quota, quota.details) == (2, 60, None)
