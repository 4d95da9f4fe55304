"""Looks of photo avatars of v2 as they are on the wire: upscales, deletes, events, warnings."""

from typing import Any

import pytest

from tests.sandbox.kit import STOCK, Api, png
from tests.sandbox.test_legacy import PHOTO, do, group_of, key_of, look_of, trained


async def test_an_upscale_is_a_new_look(api: Api) -> None:
    look = await group_of(api)
    assert look["upscale_availability"] == {"available": False, "reason": "The look is pending."}
    assert (await look_of(api, look["id"]))["upscale_availability"]["available"]
    large = (await do(api, "upscale", {"id": look["id"]}))["id"]
    early = await api.post("/v2/photo_avatar/upscale", {"id": large})
    assert (early.status, "pending" in early.error["message"]) == (400, True)
    api.advance(60)
    shown = await look_of(api, large)
    assert (shown["upscaled"], shown["upscale_availability"]["available"]) == (True, False)
    again = await api.post("/v2/photo_avatar/upscale", {"id": large})
    assert (again.status, "before" in again.error["message"]) == (400, True)
    moving = (await do(api, "add_motion", {"id": look["id"]}))["id"]
    api.advance(120)
    refused = await api.post("/v2/photo_avatar/upscale", {"id": moving})
    assert (refused.status, "moves" in refused.error["message"]) == (400, True)


async def test_refusals_of_looks(api: Api) -> None:
    look_id = (await group_of(api))["id"]
    stock = (await api.get("/v2/avatar_group.list?include_public=true")).data
    public = stock["avatar_group_list"][-1]["id"]
    cases: list[tuple[str, str, Any, int]] = [
        ("POST", "photo_avatar/add_motion", {"id": look_id, "motion_type": "avatar_iv"}, 400),
        ("POST", "photo_avatar/add_motion", {"id": look_id, "motion": "veo2"}, 400),
        ("POST", "photo_avatar/upscale", {"id": STOCK}, 404),
        ("POST", "photo_avatar/upscale", {"photo_avatar_id": look_id}, 400),
        ("POST", "photo_avatar/train", {"group_id": public}, 404),
        ("GET", f"photo_avatar/train/status/{public}", None, 404),
        ("GET", "photo_avatar/train", None, 404),
        ("DELETE", f"photo_avatar/{STOCK}", None, 404),
        ("DELETE", f"photo_avatar_group/{public}", None, 404),
        ("DELETE", "photo_avatar_group/x", None, 404),
    ]
    for method, path, body, status in cases:
        answer = await api(method, f"/v2/{path}", body)
        assert (path, answer.status) == (path, status)
        assert answer.json["data"] is None
    assert not api.sandbox.charges


async def test_deletes_answer_null(api: Api) -> None:
    group_id = (await group_of(api))["id"]
    body = {"group_id": group_id, "image_keys": [await key_of(api)], "name": "More"}
    (more,) = (await do(api, "avatar_group/add", body))["photo_avatar_list"]
    deleted = (await api("DELETE", f"/v2/photo_avatar/{group_id}")).json
    assert (deleted["error"], deleted["data"]) == (None, None)
    assert (await look_of(api, more["id"]))["group_id"] == group_id
    deleted = (await api("DELETE", f"/v2/photo_avatar_group/{group_id}")).json
    assert (deleted["error"], deleted["data"]) == (None, None)
    assert (await api.get(f"/v2/photo_avatar/{more['id']}")).status == 404


async def test_a_photo_whose_file_is_deleted_makes_no_look(api: Api) -> None:
    uploaded = (
        await api.post("/v1/asset", data=png(256, 256), headers={"Content-Type": "image/png"})
    ).data
    await api.post(f"/v1/asset/{uploaded['id']}/delete")
    body = {"name": "Ann", "image_key": uploaded["image_key"]}
    assert (await api.post("/v2/photo_avatar/avatar_group/create", body)).status == 400


async def test_events_tell_how_it_will_have_ended(api: Api) -> None:
    told = {"callback_url": "https://example.com/told", "callback_id": "mine"}
    generation = await do(api, "photo/generate", PHOTO | told)
    group_id = await trained(api)
    moving = await do(api, "add_motion", {"id": group_id, "prompt": "[[fail]]"})
    api.advance(600)
    world = api.sandbox._ctx.world
    events = {event.type: event for event in [*world.coming, *world.events]}
    assert set(events) == {
        "photo_avatar_generation.success",
        "photo_avatar_train.success",
        "photo_avatar_add_motion.fail",
    }
    made = events["photo_avatar_generation.success"]
    assert made.data == {"generation_id": generation["generation_id"], "callback_id": "mine"}
    assert made.callback_url == told["callback_url"]
    assert events["photo_avatar_train.success"].data == {"group_id": group_id}
    assert events["photo_avatar_add_motion.fail"].entity_id == moving["id"]


async def test_nobody_is_told_of_a_group_that_is_deleted(api: Api) -> None:
    group_id = (await group_of(api))["id"]
    await do(api, "train", {"group_id": group_id})
    await api("DELETE", f"/v2/photo_avatar_group/{group_id}")
    assert not api.sandbox._ctx.world.coming


@pytest.mark.parametrize(
    ("path", "counterpart"),
    [("avatar_group/create", "/v3/avatars"), ("upscale", None), ("train", None)],
)
async def test_the_warning_names_the_counterpart(
    api: Api, path: str, counterpart: str | None
) -> None:
    group_id = (await group_of(api))["id"]
    bodies = {
        "avatar_group/create": {"name": "Ann", "image_key": await key_of(api)},
        "upscale": {"id": group_id},
        "train": {"group_id": group_id},
    }
    answer = (await api.post(f"/v2/photo_avatar/{path}", bodies[path])).json
    words = f"use {counterpart} instead" if counterpart else "v3 has no counterpart"
    assert words in answer["warning"]["message"]
