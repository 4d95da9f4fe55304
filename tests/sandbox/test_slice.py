"""From a photo to a file on disk, over real sockets, with nothing but aiohttp."""

from tests.sandbox.kit import PHOTO, Api


async def test_photo_to_video(api: Api) -> None:
    uploaded = (await api.upload(PHOTO.read_bytes(), "chelsea.jpg")).data
    assert uploaded["mime_type"] == "image/jpeg"
    assert uploaded["size_bytes"] == PHOTO.stat().st_size
    assert (await api.fetch(uploaded["url"])).body == PHOTO.read_bytes()

    file = {"type": "asset_id", "asset_id": uploaded["asset_id"]}
    made = (await api.post("/v3/avatars", {"type": "photo", "name": "Chelsea", "file": file})).data
    look_id = made["avatar_item"]["id"]
    assert made["avatar_item"]["status"] == "processing"
    api.advance(90)
    look = (await api.get(f"/v3/avatars/looks/{look_id}")).data
    assert look["status"] == "completed"
    assert look["image_width"] > 0
    assert (await api.fetch(look["preview_image_url"])).body == PHOTO.read_bytes()
    group = (await api.get(f"/v3/avatars/{look['group_id']}")).data
    assert (group["looks_count"], group["consent_status"]) == (1, None)

    created = await api.post(
        "/v3/videos",
        {"type": "avatar", "avatar_id": look_id, "script": "Hello.", "resolution": "720p"},
    )
    assert created.data["status"] == "waiting"
    video_id = created.data["video_id"]
    path = f"/v3/videos/{video_id}"
    assert (await api.get(path)).data["status"] == "pending"
    api.advance(10)
    assert (await api.get(path)).data["status"] == "processing"
    video = api.sandbox._ctx.world.videos[video_id]
    api.advance(video.done - api.sandbox.clock.now())
    early = (await api.get(path)).data
    assert (early["status"], early["video_url"]) == ("completed", None)
    statuses = (await api.get(f"/v3/videos/statuses?video_ids={video_id},nope")).data
    assert [entry["status"] for entry in statuses] == ["completed", "not_found"]
    api.advance(2)
    ready = (await api.get(path)).data
    clip = await api.fetch(ready["video_url"])
    assert clip.headers["Content-Type"] == "video/mp4"
    assert clip.body[4:8] == b"ftyp"
    assert ready["duration"] > 0
