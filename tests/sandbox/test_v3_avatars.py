"""Avatars as the sandbox holds them: what is refused, and what a page of consent does."""

from typing import Any

import pytest

from tests.sandbox.kit import STOCK, Api, png

TWIN = {"type": "digital_twin", "name": "T"}
DAY = 24 * 3600


async def twin(api: Api, **fields: Any) -> Any:
    asset_id = await api.asset(b"\0\0\0\x18ftypisom footage", "a.mp4")
    file = {"type": "asset_id", "asset_id": asset_id}
    return (await api.post("/v3/avatars", TWIN | {"file": file} | fields)).data


async def ask(api: Api, made: Any, **body: Any) -> Any:
    return (await api.post(f"/v3/avatars/{made['avatar_group']['id']}/consent", body)).data


async def test_lists_have_their_order_and_their_pages(api: Api) -> None:
    first, second = await api.photo_avatar(), await api.photo_avatar()
    answer = await api.get("/v3/avatars/looks?limit=3")
    assert [each["id"] for each in answer.data] == [second["id"], first["id"], STOCK]
    assert answer.json["has_more"] is True
    token = answer.json["next_token"]
    rest = await api.get(f"/v3/avatars/looks?limit=50&token={token}")
    assert (rest.json["has_more"], rest.json["next_token"]) == (False, None)
    assert all("status" not in each for each in rest.data)
    groups = (await api.get("/v3/avatars?ownership=private")).data
    assert [each["id"] for each in groups] == [second["group_id"], first["group_id"]]


@pytest.mark.parametrize(
    ("path", "param"),
    [
        ("/v3/avatars?limit=51", "limit"),
        ("/v3/avatars?ownership=mine", "ownership"),
        ("/v3/avatars?token=x", "token"),
        ("/v3/avatars/looks?limit=0", "limit"),
        ("/v3/avatars/looks?avatar_type=video_avatar", "avatar_type"),
        ("/v3/avatars/looks?ownership=", "ownership"),
    ],
)
async def test_lists_refuse_what_they_do_not_know(api: Api, path: str, param: str) -> None:
    answer = await api.get(path)
    assert (answer.status, answer.error["param"]) == (400, param)


@pytest.mark.parametrize(
    ("body", "param"),
    [({"title": "x"}, "title"), ({"name": "x" * 256}, "name"), ({"name": 3}, "name")],
)
async def test_what_a_look_cannot_be(api: Api, body: Any, param: str) -> None:
    look = await api.photo_avatar()
    answer = await api("PATCH", f"/v3/avatars/looks/{look['id']}", body)
    assert (answer.status, answer.error["param"]) == (400, param)


async def test_a_default_voice_has_to_be_there(api: Api) -> None:
    made = await twin(api)
    path = f"/v3/avatars/{made['avatar_group']['id']}"
    voice_id = (await api.get("/v3/voices?language=French")).data[0]["voice_id"]
    answer = await api("PATCH", path, {"default_voice_id": voice_id})
    assert (answer.status, answer.error["code"]) == (409, "resource_not_ready")
    api.advance(600)
    changed = (await api("PATCH", path, {"default_voice_id": voice_id})).data
    assert changed["default_voice_id"] == voice_id
    assert (await api("PATCH", path, {})).data == changed
    answer = await api("PATCH", path, {"default_voice_id": "none"})
    assert (answer.status, answer.error["code"]) == (403, "voice_not_usable")
    answer = await api("PATCH", path, {"name": "New"})
    assert (answer.status, answer.error["param"]) == (400, "name")
    answer = await api("PATCH", "/v3/avatars/none", {"default_voice_id": voice_id})
    assert (answer.status, answer.error["code"]) == (404, "avatar_not_found")
    # Looks that join later speak with it too.
    file = {"type": "asset_id", "asset_id": await api.asset(png(200, 200))}
    body = {"type": "photo", "name": "B", "file": file, "avatar_group_id": path.rpartition("/")[2]}
    joined = (await api.post("/v3/avatars", body)).data["avatar_item"]
    assert joined["default_voice_id"] == voice_id


async def test_a_deleted_avatar_has_no_files_and_no_videos(api: Api) -> None:
    look = await api.photo_avatar()
    picture = (await api.get(f"/v3/avatars/looks/{look['id']}")).data["preview_image_url"]
    assert (await api.fetch(picture)).status == 200
    assert (await api("DELETE", f"/v3/avatars/{look['group_id']}")).data == {"id": look["group_id"]}
    assert (await api.fetch(picture)).status == 404
    body = {"type": "avatar", "avatar_id": look["id"], "script": "Hello."}
    answer = await api.post("/v3/videos", body)
    assert (answer.status, answer.error["code"]) == (404, "avatar_not_found")


async def test_a_page_of_consent_works_once(api: Api) -> None:
    made = await twin(api)
    asked = await ask(api, made, consent_text='I & "only" I agree.')
    assert asked["avatar_group"]["consent_status"] == "pending"
    page = await api.fetch(asked["url"])
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert b"I &amp; &quot;only&quot; I agree." in page.body
    done = await api("POST", asked["url"], key=False)
    assert done.status == 200
    assert b"<button>" not in done.body
    group = (await api.get(f"/v3/avatars/{asked['avatar_group']['id']}")).data
    assert group["consent_status"] == "approved"
    assert group["status"] == "processing"
    api.advance(600)
    assert (await api.get(f"/v3/avatars/looks/{made['avatar_item']['id']}")).data[
        "status"
    ] == "completed"
    assert (await api("POST", asked["url"], key=False)).status == 409
    again = await api.post(f"/v3/avatars/{group['id']}/consent", {})
    assert (again.status, again.error["code"]) == (400, "invalid_parameter")


async def test_a_page_of_consent_expires(api: Api) -> None:
    asked = await ask(api, await twin(api))
    api.advance(DAY + 1)
    assert b"expired" in (await api.fetch(asked["url"])).body
    assert (await api("POST", asked["url"], key=False)).status == 410
    group = (await api.get(f"/v3/avatars/{asked['avatar_group']['id']}")).data
    assert (group["status"], group["consent_status"]) == ("pending_consent", "pending")


async def test_a_page_of_a_deleted_group_is_useless(api: Api) -> None:
    asked = await ask(api, await twin(api))
    await api("DELETE", f"/v3/avatars/{asked['avatar_group']['id']}")
    assert (await api("POST", asked["url"], key=False)).status == 410
    assert (await api.fetch(asked["url"] + "0")).status == 404


async def test_a_recorded_consent_is_reviewed(api: Api) -> None:
    made = await twin(api)
    asset_id = await api.asset(b"\0\0\0\x18ftypisom yes", "yes.mp4")
    asked = await ask(api, made, consent_video={"type": "asset_id", "asset_id": asset_id})
    assert "url" not in asked
    assert asked["avatar_group"]["consent_status"] == "pending"
    api.advance(300)
    group = (await api.get(f"/v3/avatars/{asked['avatar_group']['id']}")).data
    assert group["consent_status"] == "approved"


@pytest.mark.parametrize(
    ("body", "param"),
    [
        ({"consent_text": "a > b"}, "consent_text"),
        ({"reroute_url": "javascript:alert(1)"}, "reroute_url"),
        ({"text": "x"}, "text"),
        (
            {"consent_video": {"type": "asset_id", "asset_id": "a"}, "consent_text": "x"},
            "consent_text",
        ),
        ({"consent_video": {"type": "base64", "data": "eA=="}}, "consent_video.media_type"),
    ],
)
async def test_what_cannot_be_asked(api: Api, body: Any, param: str) -> None:
    made = await twin(api)
    answer = await api.post(f"/v3/avatars/{made['avatar_group']['id']}/consent", body)
    assert (answer.status, answer.error["param"]) == (400, param)


async def test_only_twins_are_asked_for_consent(api: Api) -> None:
    look = await api.photo_avatar()
    stock = api.sandbox._ctx.world.looks[STOCK].group_id
    for group_id in (look["group_id"], stock):
        answer = await api.post(f"/v3/avatars/{group_id}/consent", {})
        assert (answer.status, answer.error["code"]) == (400, "invalid_parameter")
    answer = await api.post("/v3/avatars/none/consent", {})
    assert (answer.status, answer.error["code"]) == (404, "avatar_not_found")


async def test_a_new_avatar_is_an_event(api: Api) -> None:
    async def told(look_id: str) -> list[str]:
        events = (await api.get(f"/v3/webhooks/events?entity_id={look_id}")).data
        return [each["event_type"] for each in events]

    look, gone = await api.photo_avatar(), await twin(api)
    bad = await api.photo_avatar(png(100, 100))
    made = await twin(api)
    await api("DELETE", f"/v3/avatars/looks/{gone['avatar_item']['id']}")
    assert await told(made["avatar_item"]["id"]) == []
    api.advance(600)
    assert await told(look["id"]) == ["photo_avatar_generation.success"]
    assert await told(bad["id"]) == ["photo_avatar_generation.fail"]
    assert await told(made["avatar_item"]["id"]) == ["instant_avatar.success"]
    assert await told(gone["avatar_item"]["id"]) == []


async def test_a_look_drawn_after_another_joins_its_group(api: Api) -> None:
    async def draw(**fields: str) -> Any:
        body = {"type": "prompt", "name": "B", "prompt": "A woman at sea"} | fields
        return await api.post("/v3/avatars", body)

    look = await api.photo_avatar()
    joined = (await draw(avatar_id=look["id"])).data
    assert joined["avatar_group"]["id"] == look["group_id"]
    assert joined["avatar_group"]["looks_count"] == 2
    after_stock = (await draw(avatar_id=STOCK)).data
    assert after_stock["avatar_group"]["looks_count"] == 1
    answer = await draw(avatar_id=after_stock["avatar_item"]["id"])
    assert (answer.status, answer.error["code"]) == (404, "avatar_not_found")
    answer = await draw(avatar_id=STOCK, avatar_group_id=look["group_id"])
    assert (answer.status, answer.error["param"]) == (400, "avatar_id")


@pytest.mark.parametrize("fields", [{"prompt": "[[fail]] her"}, {"name": "[[fail]]"}])
async def test_an_avatar_can_fail(api: Api, fields: dict[str, str]) -> None:
    body = {"type": "prompt", "name": "B", "prompt": "A woman"} | fields
    made = (await api.post("/v3/avatars", body)).data
    api.advance(180)
    look = (await api.get(f"/v3/avatars/looks/{made['avatar_item']['id']}")).data
    assert look["status"] == "failed"
    assert look["error"]["code"] == "MODERATION_POLICY_VIOLATED"
    group = (await api.get(f"/v3/avatars/{look['group_id']}")).data
    assert (group["status"], group["error"]) == ("failed", look["error"])
