"""inference.sh: records of files, and the storage behind them."""

import asyncio
from typing import Any

import aiohttp
import pytest
from yarl import URL

from heygen_async.sandbox import Sandbox
from heygen_async.sandbox.v3.users import USERNAME
from tests.sandbox.kit import BEARER, EPOCH, KEY, Platform, png, problem, still_clock

PNG = png(256, 320)
TYPE = {"Content-Type": "image/png"}


async def record(platform: Platform, **changed: Any) -> Any:
    said = {"uri": "", "filename": "photo.png", "content_type": "image/png", "size": len(PNG)}
    (file,) = (await platform.post("/files", {"files": [said | changed]})).data
    return file


async def test_a_file_is_declared_and_then_sent(platform: Platform) -> None:
    file = await record(platform, path="my/photo.png", public=True)
    assert set(file) == {
        "id", "created_at", "uri", "upload_url", "filename", "content_type", "size", "path",
        "remote_path", "category", "rating", "metadata",
    }  # fmt: skip
    assert (file["category"], file["path"], file["metadata"]) == ("uploads", "my/photo.png", None)
    assert "Signature" not in file["uri"]
    assert (await platform.fetch(file["uri"])).status == 404
    put = await platform.put(file["upload_url"], PNG, TYPE)
    assert (put.status, put.body) == (200, b"")
    got = await platform.fetch(file["uri"])
    assert (got.body, got.headers["Content-Type"]) == (PNG, "image/png")
    known = (await platform.get(f"/files/{file['id']}")).data
    assert known["metadata"] == {"type": "image", "width": 256, "height": 320}
    assert "upload_url" not in known
    assert known["uri"] == file["uri"]


async def test_many_files_at_once_keep_their_order(platform: Platform) -> None:
    names = ["a.png", "b c.png", "ä/ö.png", None]
    files = [{"uri": "", "filename": name} for name in names]
    made = (await platform.post("/files", {"files": files, "category": "inputs"})).data
    assert [file["filename"] for file in made] == names
    assert {file["category"] for file in made} == {"inputs"}
    assert len({file["uri"] for file in made}) == 4
    for file in made:
        assert (await platform.put(file["upload_url"], PNG, TYPE)).status == 200
        assert (await platform.fetch(file["uri"])).body == PNG


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"files": []},
        {"files": [{"filename": "a.png"}]},
        {"files": [{"uri": "x"}]},
        {"files": [{"uri": "", "size": -1}]},
        {"files": [{"uri": "", "name": "a"}]},
        {"files": [{"uri": ""}], "category": "other"},
        {"files": [{"uri": ""}], "more": 1},
    ],
)
async def test_a_bad_record_is_refused(platform: Platform, body: dict[str, Any]) -> None:
    assert problem(await platform.post("/files", body))[:2] == (400, "validation_error")


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({}, 403, "SignatureDoesNotMatch"),
        ({"Content-Type": "image/jpeg"}, 403, "SignatureDoesNotMatch"),
        ({"Content-Type": "image/png; charset=x"}, 403, "SignatureDoesNotMatch"),
        (TYPE | BEARER, 403, "AccessDenied"),
        (TYPE | KEY, 403, "AccessDenied"),
    ],
)
async def test_bytes_come_as_declared_and_without_a_key(
    platform: Platform, headers: dict[str, str], status: int, code: str
) -> None:
    file = await record(platform)
    answer = await platform.put(file["upload_url"], PNG, headers)
    assert answer.status == status
    assert f"<Code>{code}</Code>".encode() in answer.body
    assert (await platform.fetch(file["uri"])).status == 404


async def test_bytes_come_with_their_length(platform: Platform) -> None:
    async def chunks() -> Any:
        yield PNG

    file = await record(platform)
    answer = await platform.put(file["upload_url"], chunks(), TYPE)
    assert answer.status == 501
    assert b"<Code>NotImplemented</Code>" in answer.body


async def test_a_length_has_to_be_told(platform: Platform) -> None:
    url = URL((await record(platform))["upload_url"])
    reader, writer = await asyncio.open_connection(url.host, url.port)
    lines = (f"PUT {url.raw_path_qs} HTTP/1.1", f"Host: {url.host}:{url.port}",
             "Content-Type: image/png", "Connection: close", "", "")  # fmt: skip
    writer.write("\r\n".join(lines).encode())
    answer = await reader.read()
    writer.close()
    await writer.wait_closed()
    assert answer.startswith(b"HTTP/1.1 411 ")
    assert b"<Code>MissingContentLength</Code>" in answer


async def test_an_upload_address_is_for_uploads_and_for_a_while(platform: Platform) -> None:
    file = await record(platform)
    url = file["upload_url"]
    assert (await platform.put(file["uri"], PNG, TYPE)).status == 403
    assert (await platform.put(url.replace("Signature=", "Signature=0"), PNG, TYPE)).status == 403
    platform.advance(890)
    assert (await platform.put(url, PNG, TYPE)).status == 200
    assert (await platform.put(url, PNG, TYPE)).status == 200
    platform.advance(20)
    late = await platform.put(url, PNG, TYPE)
    assert late.status == 403
    assert b"Request has expired" in late.body
    platform.advance(1e7)
    assert (await platform.fetch(file["uri"])).body == PNG


async def test_slots_live_as_long_as_they_are_told(http: aiohttp.ClientSession) -> None:
    async with Sandbox(media=False, clock=still_clock(), slot_seconds=5) as sandbox:
        platform = Platform(sandbox, http)
        file = await record(platform)
        assert f"Expires={EPOCH + 5:.0f}" in file["upload_url"]
        platform.advance(10)
        assert (await platform.put(file["upload_url"], PNG, TYPE)).status == 403


async def test_nothing_has_to_be_declared(platform: Platform) -> None:
    file = await record(platform, filename=None, content_type=None, size=None)
    assert (await platform.put(file["upload_url"], b"words", {})).status == 200
    known = (await platform.get(f"/files/{file['id']}")).data
    assert (known["size"], known["filename"], known["content_type"]) == (5, None, None)
    assert known["metadata"] == {"type": "application"}


async def test_a_file_can_be_deleted(platform: Platform) -> None:
    file = await platform.file(PNG)
    assert (await platform("DELETE", f"/files/{file['id']}")).data is None
    assert (await platform.fetch(file["uri"])).status == 404
    assert (await platform.get(f"/files/{file['id']}")).status == 404
    assert (await platform.put(file["upload_url"], PNG, TYPE)).status == 404
    photo = {"type": "photo", "name": "Ann", "file": file["uri"]}
    assert "Could not download" in (await platform.ran("create-avatar", photo))["error"]


async def test_files_are_listed(platform: Platform) -> None:
    files = [await record(platform, filename=f"{index}.png") for index in range(3)]
    page = (await platform.post("/files/list", {"limit": 2})).data
    assert [each["id"] for each in page["items"]] == [files[2]["id"], files[1]["id"]]
    found = (await platform.post("/files/list", {"search": "0.PNG"})).data["items"]
    assert [each["id"] for each in found] == [files[0]["id"]]


async def test_heygen_does_not_list_them(platform: Platform) -> None:
    await platform.file(PNG)
    assets = await platform.get("/v3/assets", params={"username": USERNAME}, headers=KEY)
    assert assets.data == []


async def test_a_task_knows_its_files(platform: Platform) -> None:
    photo = await platform.file(PNG)
    given = {"image": photo["uri"], "audio_url": "https://example.com/a.mp3"}
    task = await platform.run("photo-video", given)
    path = f"/tasks/{task['id']}/files"
    (only,) = (await platform.get(path)).data
    assert (only["id"], only["role"], only["size"]) == (photo["id"], "input", len(PNG))
    early = (await platform("DELETE", path)).data
    assert early["deleted"] == []
    assert early["skipped"] == [{"id": photo["id"], "reason": "task_not_finished"}]
    platform.advance(3600)
    (made,) = (await platform.get(path, params={"role": "output"})).data
    assert set(made) == {"id", "created_at", "role", "uri", "filename", "content_type", "size"}
    got = await platform.fetch(made["uri"])
    assert (len(got.body), got.headers["Content-Type"]) == (made["size"], made["content_type"])
    wrong = await platform.get(path, params={"role": "none"})
    assert problem(wrong)[:2] == (400, "validation_error")
    gone = (await platform("DELETE", path, params={"role": "output"})).data
    assert gone == {"deleted": [made["id"]], "skipped": []}
    assert (await platform.fetch(made["uri"])).status == 404
    assert [each["id"] for each in (await platform.get(path)).data] == [photo["id"]]


@pytest.mark.parametrize(("query", "status"), [({}, 200), ({"files": "true"}, 404)])
async def test_a_task_may_take_its_files_with_it(
    platform: Platform, query: dict[str, str], status: int
) -> None:
    photo = await platform.file(PNG)
    given = {"type": "photo", "name": "Ann", "file": photo["uri"]}
    task = await platform.ran("create-avatar", given)
    await platform("DELETE", f"/tasks/{task['id']}", params=query)
    assert (await platform.fetch(photo["uri"])).status == status
    look = task["output"]["avatar"]["preview_image_url"]
    shown = await platform.get(f"/v3/avatars/looks/{task['output']['avatar']['id']}", headers=KEY)
    assert look.partition("?")[0] == shown.data["preview_image_url"].partition("?")[0]
    assert (await platform.fetch(shown.data["preview_image_url"])).body == PNG


async def test_a_result_goes_with_the_video_that_it_is(platform: Platform) -> None:
    given = {"avatar_id": "Ada_public_office_front", "script": "Hello."}
    url = (await platform.ran("avatar-video", given))["output"]["video"]
    (video,) = (await platform.get("/v3/videos", headers=KEY)).data
    await platform("DELETE", f"/v3/videos/{video['id']}", headers=KEY)
    assert (await platform.fetch(url)).status == 404
