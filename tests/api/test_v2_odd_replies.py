"""Lists of v1 and v2 lie anywhere, and what one source calls so another calls otherwise."""

from collections.abc import Callable
from typing import Any

import pytest

from heygen_async import HeyGen
from heygen_async.errors import DecodeError
from heygen_async.models.v2 import UpdateBrandVoice
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
