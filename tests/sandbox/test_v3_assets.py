"""Assets beyond their upload: lists, searches, batches, statuses, deletion."""

from typing import Any

import pytest

from tests.sandbox.kit import STOCK, Api, png, wav

PICTURE = png(200, 200)
SLOTS = "/v3/assets/direct-uploads/batches"
COMPLETE = "/v3/assets/complete/batches"


def file(content: bytes = PICTURE, **more: Any) -> dict[str, Any]:
    plain = {"filename": "a.png", "content_type": "image/png", "size_bytes": len(content)}
    return plain | more


async def batch(api: Api, *files: Any, **more: Any) -> Any:
    return (await api.post(SLOTS, {"files": list(files)} | more)).data


async def put(api: Api, slot: Any, content: bytes) -> None:
    headers = slot["upload_headers"]
    answer = await api("PUT", slot["upload_url"], key=False, data=content, headers=headers)
    assert answer.status == 200, answer.body


async def words(api: Api, batch_id: str) -> tuple[str, list[str]]:
    data = (await api.get(f"/v3/assets/batches/{batch_id}")).data
    return data["status"], [item["status"] for item in data["items"]]


async def test_a_batch_is_completed_file_by_file(api: Api) -> None:
    given = await batch(api, file(), file(), file(content_type="image/jpeg"), title="Mine")
    good, absent, other = given["items"]
    batch_id = given["batch_id"]
    assert await words(api, batch_id) == ("processing", ["queued"] * 3)
    await put(api, good, PICTURE)
    await put(api, other, PICTURE)
    ended = await api.post(COMPLETE, {"batch_id": batch_id})
    assert (ended.status, ended.json["data"]) == (202, {"batch_id": batch_id})
    assert await words(api, batch_id) == ("processing", ["processing"] * 3)
    api.advance(2)
    assert await words(api, batch_id) == ("completed", ["completed", "failed", "failed"])
    data = (await api.get(f"/v3/assets/batches/{batch_id}?limit=2")).data
    assert (data["title"], data["total_items"], data["has_more"]) == ("Mine", 3, True)
    assert [item["video_id"] for item in data["items"]] == [good["asset_id"], absent["asset_id"]]
    assert data["items"][1]["error"]["code"] == "upload_not_found"
    token = data["next_token"]
    (last,) = (await api.get(f"/v3/assets/batches/{batch_id}?limit=2&token={token}")).data["items"]
    assert last["error"]["code"] == "content_type_mismatch"
    assert (await api.get(f"/v3/assets/{good['asset_id']}")).data["type"] == "image"
    assert (await api.get(f"/v3/assets/{absent['asset_id']}")).status == 404

    await put(api, absent, PICTURE)
    await api.post(COMPLETE, {"batch_id": batch_id})
    api.advance(2)
    assert (await words(api, batch_id))[1] == ["completed", "completed", "failed"]


async def test_a_batch_of_which_nothing_is_good_fails(api: Api) -> None:
    given = await batch(api, file())
    await api.post(COMPLETE, {"batch_id": given["batch_id"]})
    api.advance(2)
    assert await words(api, given["batch_id"]) == ("failed", ["failed"])


@pytest.mark.parametrize(
    ("body", "param"),
    [
        ({}, "files"),
        ({"files": []}, "files"),
        ({"files": [file()] * 101}, "files"),
        ({"files": [file(), file(content_type="text/html")]}, "files[1].content_type"),
        ({"files": [file(size_bytes=3 * 1024**3)]}, "files[0].size_bytes"),
        ({"files": [{"filename": "a.png"}]}, "files[0].content_type"),
        ({"files": [file()], "name": "x"}, "name"),
    ],
)
async def test_a_batch_is_refused_as_a_whole(api: Api, body: Any, param: str) -> None:
    answer = await api.post(SLOTS, body)
    assert (answer.status, answer.error["param"]) == (400, param)
    assert not api.sandbox._ctx.world.assets


async def test_a_key_brings_back_the_same_batch(api: Api) -> None:
    key = {"headers": {"Idempotency-Key": "k"}}
    first = await api.post(SLOTS, {"files": [file()]}, **key)
    assert first.body == (await api.post(SLOTS, {"files": [file()]}, **key)).body
    assert len(api.sandbox._ctx.world.assets) == 1


async def test_unknown_batches(api: Api) -> None:
    for answer in (
        await api.post(COMPLETE, {"batch_id": "none"}),
        await api.get("/v3/assets/batches/none"),
    ):
        assert (answer.status, answer.error["code"]) == (404, "batch_not_found")
    assert (await api.post(COMPLETE, {})).error["param"] == "batch_id"


async def test_statuses(api: Api) -> None:
    ready = await api.asset(PICTURE)
    given = await batch(api, file())
    (slot,) = given["items"]
    path = f"/v3/assets/statuses?asset_ids={ready},none&batch_ids={given['batch_id']},nope"

    async def seen() -> list[tuple[Any, ...]]:
        lines = (await api.get(path)).data
        return [(line["video_id"], line["status"], line.get("batch_id")) for line in lines]

    lines = [
        (ready, "completed", None),
        ("none", "not_found", None),
        (slot["asset_id"], "queued", given["batch_id"]),
        (None, "not_found", "nope"),
    ]
    assert await seen() == lines
    await put(api, slot, PICTURE)
    complete = f"/v3/assets/{slot['asset_id']}/complete"
    assert (await api.post(complete, {})).data["status"] == "processing"
    assert (await seen())[2][1] == "processing"
    api.advance(2)
    assert (await seen())[2][1] == "completed"
    assert (await api.post(complete, {})).data["status"] == "completed"


@pytest.mark.parametrize("query", ["", "asset_ids=", f"asset_ids={','.join(['a'] * 101)}"])
async def test_statuses_are_refused(api: Api, query: str) -> None:
    answer = await api.get(f"/v3/assets/statuses?{query}")
    assert (answer.status, answer.error["param"]) == (400, "asset_ids")


async def test_a_batch_counts_with_its_files(api: Api) -> None:
    given = await batch(api, *[file()] * 100)
    path = f"/v3/assets/statuses?batch_ids={given['batch_id']}"
    assert len((await api.get(path)).data) == 100
    assert (await api.get(f"{path}&asset_ids=one")).status == 400


async def test_assets_are_listed_newest_first(api: Api) -> None:
    first = await api.asset(PICTURE, "first.png")
    api.advance(1)
    second = await api.asset(wav(0.1), "second.wav")
    await batch(api, file())
    image = {"type": "url", "url": "https://example.com/a.png"}
    await api.post("/v3/avatars", {"type": "photo", "name": "A", "file": image})
    path = "/v3/assets?username=sandbox"
    listed = (await api.get(path)).data
    assert [(each["id"], each["type"]) for each in listed] == [(second, "audio"), (first, "image")]
    assert listed[1] == (await api.get(f"/v3/assets/{first}")).data
    assert (await api.fetch(listed[1]["url"])).body == PICTURE
    part = (await api.get(f"{path}&limit=1")).json
    assert part["has_more"]
    rest = (await api.get(f"{path}&limit=1&token={part['next_token']}")).json
    assert [each["id"] for each in rest["data"]] == [first]
    assert (await api.get(f"{path}&folder_id=")).data == listed
    assert (await api.get(f"{path}&folder_id=none")).data == []
    assert (await api.get("/v3/assets?username=somebody")).data == []
    for query in ("", "?username=", "?username=sandbox&limit=0"):
        assert (await api.get(f"/v3/assets{query}")).status == 400


async def test_a_deleted_asset_is_gone(api: Api) -> None:
    asset_id = await api.asset(wav(1.0), "a.wav")
    url = (await api.get(f"/v3/assets/{asset_id}")).data["url"]
    video_id = await api.video(script=None, audio_asset_id=asset_id)
    path = f"/v3/assets/{asset_id}"
    assert (await api("DELETE", path)).data == {"id": asset_id}
    for answer in (
        await api.get(path),
        await api("DELETE", path),
        await api.post("/v3/videos", {
            "type": "avatar", "avatar_id": STOCK, "audio_asset_id": asset_id,
        }),
    ):  # fmt: skip
        assert (answer.status, answer.error["code"]) == (404, "asset_not_found")
    assert (await api.fetch(url)).status == 404
    assert (await api.get("/v3/assets?username=sandbox")).data == []
    (line,) = (await api.get(f"/v3/assets/statuses?asset_ids={asset_id}")).data
    assert line["status"] == "not_found"
    api.advance(3600)
    video = (await api.get(f"/v3/videos/{video_id}")).data
    assert video["duration"] == pytest.approx(1.0, abs=0.1)
    assert (await api.fetch(video["video_url"])).status == 200


async def test_pictures_are_found_and_used(api: Api) -> None:
    found = (await api.get("/v3/assets/search?query=forest+path&type=image")).json
    best = found["data"][0]
    assert (best["type"], best["orientation"], best["is_transparent"]) == (
        "image", "landscape", False
    )  # fmt: skip
    drawn = await api.fetch(best["url"])
    assert drawn.headers["Content-Type"] == "image/jpeg"
    background = {"type": "image", "url": best["url"]}
    await api.video(background=background)


async def test_icons_are_found(api: Api) -> None:
    first = (await api.get("/v3/assets/search?query=rocket&type=icon&limit=5")).json
    assert first["has_more"]
    assert first["data"][0]["is_transparent"]
    icon = await api.fetch(first["data"][0]["url"])
    assert icon.body[:4] == b"\x89PNG"
    token = first["next_token"]
    more = await api.get(f"/v3/assets/search?query=rocket&type=icon&limit=50&token={token}")
    assert len({each["id"] for each in first["data"] + more.data}) == 12


async def test_own_pictures_are_found(api: Api) -> None:
    cat = await api.asset(PICTURE, "my_cat.png")
    await api.asset(PICTURE, "house.png")
    path = "/v3/assets/search?query=cat&scope=personal&type="
    assert (await api.get(f"{path}image")).data[0]["id"] == cat
    assert (await api.get(f"{path}icon")).data == []


@pytest.mark.parametrize(
    "query",
    ["type=image", "query=&type=image", f"query={'x' * 1001}&type=image", "query=a",
     "query=a&type=video", "query=a&type=icon&scope=all", "query=a&type=icon&limit=51"],
)  # fmt: skip
async def test_a_search_is_refused(api: Api, query: str) -> None:
    answer = await api.get(f"/v3/assets/search?{query}")
    assert (answer.status, answer.error["code"]) == (400, "invalid_parameter")
