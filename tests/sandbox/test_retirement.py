"""The day on which v1 and v2 go, rehearsed: what answers then, what goes on, and the way back."""

from typing import Any

import aiohttp
import pytest

from heygen_async.sandbox import Sandbox
from heygen_async.sandbox.routes import ROUTES
from tests.sandbox.kit import STOCK, Api, png, still_clock

LEGACY = [each for each in ROUTES if each.path.startswith(("/v1/", "/v2/"))]
STREAMING = "/v1/streaming"
SUNSET = "Sat, 31 Oct 2026 00:00:00 GMT"


def path_of(route: Any) -> str:
    return str(route.path).replace("{", "").replace("}", "")


@pytest.mark.parametrize("route", LEGACY, ids=lambda each: f"{each.method} {each.path}")
async def test_every_endpoint_of_v1_and_v2_goes(api: Api, route: Any) -> None:
    api.sandbox.retire()
    answer = await api(route.method, path_of(route), {} if route.method == "POST" else None)
    if route.path.startswith(STREAMING):
        assert (answer.status, answer.json["code"]) == (410, "endpoint_sunset")
    else:
        assert answer.status == (404 if route.method == "GET" else 405)
        assert answer.headers["Content-Type"].startswith("text/plain")
    assert {"Deprecation", "Sunset"}.isdisjoint(answer.headers)


async def test_before_they_go_they_are_marked(api: Api) -> None:
    answer = await api.get("/v2/user/remaining_quota")
    assert (answer.headers["Deprecation"], answer.headers["Sunset"]) == ("true", SUNSET)
    assert "/v3/users/me" in answer.json["warning"]["message"]
    refused = await api.get("/v2/photo_avatar/nobody")
    assert (refused.status, refused.headers["Sunset"]) == (404, SUNSET)


async def test_v3_is_neither_marked_nor_removed(api: Api) -> None:
    for retired in (False, True):
        api.sandbox.retire(legacy=retired)
        answer = await api.get("/v3/users/me")
        assert answer.status == 200
        assert "warning" not in answer.json
        assert {"Deprecation", "Sunset"}.isdisjoint(answer.headers)


async def test_a_sandbox_may_begin_without_them(http: aiohttp.ClientSession) -> None:
    async with Sandbox(media=False, clock=still_clock(), retired=True) as sandbox:
        api = Api(sandbox, http)
        assert (await api.get("/v2/user/remaining_quota")).status == 404
        assert sandbox.describe()["retired"] is True
        sandbox.retire(legacy=False)
        assert (await api.get("/v2/user/remaining_quota")).status == 200
        assert sandbox.describe()["retired"] is False


async def test_the_control_plane_turns_it(api: Api) -> None:
    quota = "/v2/user/remaining_quota"
    for retired, status in ((True, 404), (False, 200)):
        told = await api.post("/_sandbox/retire", {"legacy": retired}, key=False)
        assert told.json == {"retired": retired}
        assert (await api.get(quota)).status == status
        assert (await api.get("/_sandbox/state", key=False)).json["retired"] is retired


@pytest.mark.parametrize("body", [{}, {"legacy": "yes"}, {"legacy": True, "v3": True}, []])
async def test_the_control_plane_takes_nothing_else(api: Api, body: Any) -> None:
    assert (await api.post("/_sandbox/retire", body, key=False)).status == 400
    assert (await api.get("/v2/user/remaining_quota")).status == 200


async def test_what_was_made_is_there_when_they_come_back(api: Api) -> None:
    headers = {"Content-Type": "image/png"}
    key = (await api.post("/v1/asset", data=png(256, 256), headers=headers)).data["image_key"]
    made = await api.post("/v2/photo_avatar/avatar_group/create", {"name": "Ann", "image_key": key})
    group_id = made.data["id"]
    api.sandbox.retire()
    assert (await api.get(f"/v2/photo_avatar/{group_id}")).status == 404
    api.advance(60)
    # v3 shows it meanwhile, and the clock goes on.
    assert (await api.get(f"/v3/avatars/looks/{group_id}")).data["status"] == "completed"
    api.sandbox.retire(legacy=False)
    assert (await api.get(f"/v2/photo_avatar/{group_id}")).data["status"] == "completed"


async def test_nothing_is_made_or_charged_by_what_is_gone(api: Api) -> None:
    api.sandbox.retire()
    body = {
        "video_inputs": [
            {
                "character": {"type": "avatar", "avatar_id": STOCK},
                "voice": {"type": "silence", "duration": 1},
            }
        ]
    }
    assert (await api.post("/v2/video/generate", body)).status == 405
    assert api.sandbox.charges == ()
    assert [(each.path, each.status) for each in api.sandbox.requests] == [
        ("/v2/video/generate", 405)
    ]


async def test_even_a_caller_without_a_key_learns_that_they_are_gone(api: Api) -> None:
    api.sandbox.retire()
    assert (await api.get("/v2/user/remaining_quota", key=False)).status == 404


async def test_forgetting_everything_does_not_bring_them_back(api: Api) -> None:
    api.sandbox.retire()
    api.sandbox.reset()
    assert (await api.get("/v2/user/remaining_quota")).status == 404
