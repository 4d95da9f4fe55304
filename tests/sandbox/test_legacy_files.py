"""Files, folders and talking photos of v1, and avatars of v2, as they are on the wire."""

from tests.sandbox.kit import STOCK, Api, png

PNG = {"Content-Type": "image/png"}


async def test_files_of_v1(api: Api) -> None:
    uploaded = (await api.post("/v1/asset", data=png(256, 256), headers=PNG)).data
    listed = (await api.get("/v1/asset/list?limit=1")).json
    assert (listed["code"], listed["msg"], listed["data"]["total"]) == (100, None, 1)
    (item,) = listed["data"]["assets"]
    assert item == {k: v for k, v in uploaded.items() if k not in {"image_key", "meta"}}
    assert listed["data"]["token"] is None
    for query, code in (("file_type=text", 400175), ("limit=101", 400175), ("token=x", 400175)):
        answer = await api.get(f"/v1/asset/list?{query}")
        assert (answer.status, answer.json["code"]) == (400, code)
    deleted = await api.post(f"/v1/asset/{item['id']}/delete")
    assert (deleted.json["code"], deleted.json["data"]) == (100, None)
    again = await api.post(f"/v1/asset/{item['id']}/delete")
    assert (again.status, again.json["code"], again.json["data"]) == (200, 400175, None)


async def test_folders_answer_with_the_keys_of_v1_and_of_v2(api: Api) -> None:
    made = (await api.post("/v1/folders/create", {"name": "Autumn"})).json
    assert (made["code"], made["error"], made["data"]["parent_id"]) == (100, None, None)
    listed = (await api.get("/v1/folders?is_trash=false")).json["data"]
    assert (listed["total"], listed["folders"]) == (1, [made["data"]])
    for path, body, status in (
        ("create", {}, 400),
        ("create", {"name": "x", "project_type": "films"}, 400),
        ("create", {"name": "x", "parent_id": "nowhere"}, 200),
        ("nowhere", {"name": "x"}, 200),
        (made["data"]["id"], {"name": "x", "parent_id": "y"}, 400),
        ("nowhere/trash", None, 200),
        ("nowhere/restore", None, 200),
    ):
        answer = await api.post(f"/v1/folders/{path}", body)
        assert (path, answer.status, answer.json["code"]) == (path, status, 400175)
    assert (await api.get("/v1/folders?is_trash=True")).status == 400


async def test_talking_photos_are_a_bare_list(api: Api) -> None:
    made = (await api.post("/v1/talking_photo", data=png(256, 256), headers=PNG)).data
    (only,) = (await api.get("/v1/talking_photo.list")).data
    assert set(only) == {"id", "image_url", "circle_image"}
    assert only["id"] == made["talking_photo_id"]
    assert (await api.fetch(only["image_url"])).headers["Content-Type"] == "image/png"
    wrong = await api.post(
        "/v1/talking_photo", data=b"GIF89a", headers={"Content-Type": "image/gif"}
    )
    assert (wrong.status, wrong.json["code"]) == (400, 400175)
    assert (await api("DELETE", f"/v2/talking_photo/{STOCK}")).status == 404
    deleted = await api("DELETE", f"/v2/talking_photo/{only['id']}")
    assert (deleted.json["error"], deleted.json["data"]) == (None, None)


async def test_avatars_of_v1_and_v2(api: Api) -> None:
    first = (await api.get("/v1/avatar.list")).json
    assert first["code"] == 100
    assert first["data"]["avatars"][0]["gender"] == "Female"
    everybody = (await api.get("/v2/avatars")).json
    assert everybody["error"] is None
    assert (await api.fetch(everybody["data"]["avatars"][0]["preview_image_url"])).status == 200
    assert (await api.get("/v2/avatar_group.list?include_public=True")).status == 400
    groups = (await api.get("/v2/avatar_group.list?include_public=true")).data
    assert groups["total_count"] == len(groups["avatar_group_list"])
    group_id = groups["avatar_group_list"][0]["id"]
    assert (await api.get(f"/v2/avatar/{group_id}/details")).status == 404
    assert (await api.get("/v2/avatar_group/x/avatars")).status == 404


async def test_digital_twins_need_two_films(api: Api) -> None:
    film = "https://example.com/film.mp4"
    good = {"training_footage_url": film, "video_consent_url": film, "avatar_name": "Ann"}
    for change, status in (
        ({"training_footage_url": "https://example.com/photo.png"}, 400),
        ({"video_consent_url": "http://localhost/film.mp4"}, 400),
        ({"avatar_name": ""}, 400),
        ({"avatar_group_id": "x"}, 404),
        ({"footage": film}, 400),
    ):
        answer = await api.post("/v2/video_avatar", good | change)
        assert (change, answer.status) == (change, status)
    made = (await api.post("/v2/video_avatar", good)).data
    twin = (await api.get(f"/v2/video_avatar/{made['avatar_id']}")).data
    assert (twin["status"], twin["error"]) == ("in_progress", None)
    assert (await api.get(f"/v2/video_avatar/{STOCK}")).status == 404
    events = api.sandbox._ctx.world.coming
    assert [event.type for event in events] == ["instant_avatar.success"]
