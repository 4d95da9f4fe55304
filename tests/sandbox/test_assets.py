"""Uploads: by multipart, by presigned address, and by the raw body of v1."""

import asyncio
import base64
import hashlib
import io
from collections.abc import AsyncIterator
from typing import Any

import pytest

from heygen_async.sandbox import Sandbox
from heygen_async.sandbox.v3.assets import MULTIPART_LIMIT, SLOT_LIMIT
from tests.sandbox.kit import Api, png, still_clock, until, wav

PICTURE = png(200, 200)


async def slot(api: Api, content: bytes, **more: Any) -> Any:
    body = {"filename": "a.png", "content_type": "image/png", "size_bytes": len(content)} | more
    return (await api.post("/v3/assets/direct-uploads", body)).data


async def put(api: Api, given: Any, content: Any, **more: Any) -> Any:
    headers = given["upload_headers"] | more.pop("headers", {})
    return await api("PUT", given["upload_url"], key=False, data=content, headers=headers, **more)


@pytest.mark.parametrize(
    ("content", "mime"),
    [
        (PICTURE, "image/png"),
        (b"\xff\xd8\xff\xe0 jpeg", "image/jpeg"),
        (wav(0.1), "audio/wav"),
        (b"ID3\x04 mp3", "audio/mpeg"),
        (b"\0\0\0\x18ftypisom", "video/mp4"),
        (b"\x1a\x45\xdf\xa3 webm", "video/webm"),
        (b"%PDF-1.7", "application/pdf"),
        (b"1\n00:00:00,000 --> 00:00:01,000\nHi\n", "application/x-subrip"),
    ],
)
async def test_type_comes_from_the_bytes(api: Api, content: bytes, mime: str) -> None:
    data = (await api.upload(content, "anything.bin")).data
    assert (data["mime_type"], data["size_bytes"]) == (mime, len(content))


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"MZ\x90\0", b"hello"])
async def test_other_files_are_refused(api: Api, content: bytes) -> None:
    answer = await api.upload(content)
    assert (answer.status, answer.error["code"]) == (400, "invalid_parameter")
    assert answer.error["param"] == "file"
    assert not list(api.sandbox._ctx.files.folder.iterdir())


async def test_multipart_needs_the_field_and_the_form(api: Api) -> None:
    assert (await api.post("/v3/assets", {})).error["param"] == "file"
    answer = await api.post("/v3/assets", data={"other": "x"})
    assert (answer.status, answer.error["param"]) == (400, "file")


async def test_too_large_for_multipart(api: Api) -> None:
    answer = await api.upload(io.BytesIO(PICTURE + bytes(MULTIPART_LIMIT)))
    assert (answer.status, answer.error["code"]) == (413, "payload_too_large")


async def test_direct_upload(api: Api) -> None:
    digest = hashlib.sha256(PICTURE).digest()
    given = await slot(api, PICTURE, checksum_sha256=digest.hex())
    assert given["upload_headers"] == {
        "Content-Type": "image/png",
        "x-amz-checksum-sha256": base64.b64encode(digest).decode(),
    }
    assert (given["expires_in_seconds"], given["max_bytes"]) == (900, SLOT_LIMIT)
    path = f"/v3/assets/{given['asset_id']}/complete"
    early = await api.post(path, {})
    assert (early.status, early.error["code"]) == (409, "conflict")
    assert (await put(api, given, PICTURE)).status == 200
    file = {"type": "asset_id", "asset_id": given["asset_id"]}
    avatar = {"type": "photo", "name": "A", "file": file}
    unusable = await api.post("/v3/avatars", avatar)
    assert (unusable.status, unusable.error["code"]) == (404, "asset_not_found")
    for _ in range(2):
        done = (await api.post(path, {})).data
        assert (done["status"], done["size_bytes"]) == ("processing", len(PICTURE))
    assert (await api.post("/v3/avatars", avatar)).status == 200


@pytest.mark.parametrize(
    ("change", "param"),
    [
        ({"size_bytes": 0}, "size_bytes"),
        ({"size_bytes": SLOT_LIMIT + 1}, "size_bytes"),
        ({"content_type": "image/gif"}, "content_type"),
        ({"filename": ""}, "filename"),
        ({"checksum_sha256": "zz"}, "checksum_sha256"),
        ({"extra": 1}, "extra"),
    ],
)
async def test_slots_that_are_refused(api: Api, change: Any, param: str) -> None:
    body = {"filename": "a.png", "content_type": "image/png", "size_bytes": 5} | change
    answer = await api.post("/v3/assets/direct-uploads", body)
    assert (answer.status, answer.error["param"]) == (400, param)


async def test_storage_holds_an_upload_to_its_slot(api: Api) -> None:
    given = await slot(api, PICTURE)
    assert (await put(api, given, PICTURE + b"x")).status == 403
    assert (await put(api, given, PICTURE, headers={"Content-Type": "image/jpeg"})).status == 403
    assert (await put(api, given, PICTURE, headers={"X-Api-Key": "k"})).status == 403

    async def chunks() -> AsyncIterator[bytes]:
        yield PICTURE

    chunked = await put(api, given, chunks())
    assert (chunked.status, b"NotImplemented" in chunked.body) == (501, True)
    forged = await put(api, given | {"upload_url": given["upload_url"][:-4] + "0000"}, PICTURE)
    assert (forged.status, b"SignatureDoesNotMatch" in forged.body) == (403, True)
    api.advance(901)
    late = await put(api, given, PICTURE)
    assert (late.status, b"Request has expired" in late.body) == (403, True)
    assert late.headers["Content-Type"] == "application/xml"


async def test_storage_checks_the_checksum(api: Api) -> None:
    given = await slot(api, PICTURE, checksum_sha256="0" * 64)
    answer = await put(api, given, PICTURE)
    assert (answer.status, b"BadDigest" in answer.body) == (400, True)
    assert (await api.post(f"/v3/assets/{given['asset_id']}/complete", {})).status == 409


async def test_complete_looks_at_the_bytes(api: Api) -> None:
    given = await slot(api, wav(0.1))
    await put(api, given, wav(0.1))
    answer = await api.post(f"/v3/assets/{given['asset_id']}/complete", {})
    assert (answer.status, answer.error["param"]) == (400, "content_type")
    assert (await api.post("/v3/assets/nope/complete", {})).error["code"] == "asset_not_found"


async def test_large_uploads_are_streamed(api: Api) -> None:
    content = PICTURE + bytes(40 * 1024 * 1024)
    given = await slot(api, content)
    assert (await put(api, given, io.BytesIO(content))).status == 200
    stored = api.sandbox._ctx.files.path(given["asset_id"])
    assert stored.stat().st_size == len(content)


async def test_a_second_attempt_beside_a_first(api: Api) -> None:
    given = await slot(api, PICTURE)
    go = asyncio.Event()

    async def slow() -> AsyncIterator[bytes]:
        yield PICTURE[:10]
        await go.wait()
        yield PICTURE[10:]

    length = {"Content-Length": str(len(PICTURE))}
    first = asyncio.create_task(put(api, given, slow(), headers=length))
    await until(lambda: [*api.sandbox._ctx.files.folder.glob("*.part")])
    assert (await put(api, given, PICTURE)).status == 200
    go.set()
    assert (await first).status == 200
    stored = api.sandbox._ctx.files.path(given["asset_id"])
    assert stored.read_bytes() == PICTURE


async def test_raw_upload_of_v1(api: Api) -> None:
    answer = await api.post("/v1/asset", data=PICTURE, headers={"Content-Type": "image/png"})
    data = answer.data
    told = answer.json
    assert "/v3/assets" in told.pop("warning")["message"]
    assert told | {"data": 0} == {"code": 100, "data": 0, "msg": None, "message": None}
    assert data["image_key"] == f"image/{data['id']}/original.jpg"
    assert (data["file_type"], data["folder_id"]) == ("image", "")
    sound = await api.post("/v1/asset", data=wav(0.1), headers={"Content-Type": "audio/wav"})
    assert (sound.data["file_type"], sound.data["image_key"]) == ("audio", None)
    assert answer.headers["Deprecation"] == "true"


@pytest.mark.parametrize("mime", ["image/jpeg", "text/plain"])
async def test_raw_upload_must_be_what_it_says(api: Api, mime: str) -> None:
    answer = await api.post("/v1/asset", data=PICTURE, headers={"Content-Type": mime})
    assert answer.status == 400
    assert answer.json["code"] == 400175
    assert answer.json["message"]


async def test_lagging_assets(http: Any) -> None:
    async with Sandbox(media=False, clock=still_clock(), lag=True) as running:
        api = Api(running, http)
        image = {"type": "asset_id", "asset_id": await api.asset(PICTURE)}
        voices = (await api.get("/v3/voices")).data
        body = {"type": "image", "image": image, "script": "Hi", "voice_id": voices[0]["voice_id"]}
        assert (await api.post("/v3/videos", body)).error["code"] == "asset_not_found"
        api.advance(1)
        assert (await api.post("/v3/videos", body)).status == 200
