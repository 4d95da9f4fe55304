"""Uploads: a record, then the bytes to a host that never sees the key."""

import io
import itertools
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from heygen_async.errors import (
    DecodeError,
    InvalidRequestError,
    LinkExpiredError,
    NotFoundError,
    TransferError,
)
from heygen_async.inference_sh import Inference, LocalFile, apps
from heygen_async.models import AssetUpload
from tests.inference_sh.kit import AVATAR, KEY, Cloud, refuses, says, slim, wrapped

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 90
SECRET = "X-Amz-Signature=5ecret"


class Storage:
    """Gives records whose bytes go to this very server, by addresses that are secret."""

    def __init__(self, cloud: Cloud) -> None:
        self.cloud = cloud
        self.numbers = itertools.count(1)
        self.lapsed = 0
        cloud.on("POST", "/files", self.record)

    async def record(self, request: web.Request) -> web.Response:
        asked = self.cloud.seen[-1].json["files"][0]
        name = f"f{next(self.numbers)}"
        self.cloud.on(
            "PUT",
            f"/bucket/{name}",
            refuses("expired", 403) if self.lapsed > 0 else says(""),
        )
        self.lapsed -= 1
        shown = {
            "id": name,
            "uri": f"https://cloud.inference.sh/{name}",
            "upload_url": f"{self.cloud.url}/bucket/{name}?{SECRET}",
            **{field: asked[field] for field in ("filename", "content_type", "size")},
        }
        return web.json_response(wrapped([shown]))

    @property
    def puts(self) -> list[Any]:
        return [each for each in self.cloud.seen if each.method == "PUT"]


@pytest.fixture
def storage(cloud: Cloud) -> Storage:
    return Storage(cloud)


async def chunks() -> AsyncIterator[bytes]:
    yield PNG[:50]
    yield PNG[50:]


@pytest.mark.parametrize(
    ("source", "name"),
    [
        (PNG, "upload"),
        (io.BytesIO(PNG), "file"),
        (chunks, "stream"),
        ("path", "face.png"),
    ],
)
async def test_an_upload(
    inference: Inference, storage: Storage, tmp_path: Path, source: Any, name: str
) -> None:
    if source == "path":
        source = tmp_path / "face.png"
        source.write_bytes(PNG)
    told: list[tuple[int, int]] = []
    stored = await inference.files.upload(
        source() if callable(source) else source, progress=lambda *step: told.append(step)
    )
    assert (stored.id, stored.uri) == ("f1", "https://cloud.inference.sh/f1")
    record, put = storage.cloud.seen
    assert record.json == {
        "files": [{"uri": "", "filename": name, "content_type": "image/png", "size": len(PNG)}]
    }
    assert record.headers["Authorization"] == f"Bearer {KEY}"
    assert put.body == PNG
    assert put.headers["Content-Type"] == "image/png"
    assert put.headers["Content-Length"] == str(len(PNG))
    assert "Transfer-Encoding" not in put.headers
    assert KEY not in str(put.headers)
    assert told[-1] == (len(PNG), len(PNG))
    assert SECRET not in repr(stored)


@pytest.mark.parametrize(
    ("data", "options", "kind"),
    [
        (PNG, {"content_type": "image/x-png"}, "image/x-png"),
        (PNG, {"filename": "a.mp3"}, "image/png"),
        (b"plain", {"filename": "a.txt"}, "text/plain"),
        (b"plain", {}, "application/octet-stream"),
    ],
)
async def test_the_type_of_a_file(
    inference: Inference, storage: Storage, data: bytes, options: Any, kind: str
) -> None:
    await inference.files.upload(data, category="inputs", **options)
    asked = storage.cloud.seen[0].json
    assert asked["category"] == "inputs"
    assert asked["files"][0]["content_type"] == storage.puts[0].headers["Content-Type"] == kind


async def test_a_large_file_goes_up_as_a_stream(
    inference: Inference, storage: Storage, tmp_path: Path
) -> None:
    path = tmp_path / "large.bin"
    path.write_bytes(bytes(5 * 1024 * 1024))
    await inference.files.upload(path)
    assert len(storage.puts[0].body) == 5 * 1024 * 1024


async def test_an_address_that_lapsed_is_asked_for_anew(
    inference: Inference, storage: Storage
) -> None:
    storage.lapsed = 1
    assert (await inference.files.upload(PNG)).id == "f2"
    assert [each.path for each in storage.puts] == ["/bucket/f1", "/bucket/f2"]


async def test_addresses_that_never_work(inference: Inference, storage: Storage) -> None:
    storage.lapsed = 9
    with pytest.raises(LinkExpiredError) as caught:
        await inference.files.upload(PNG)
    assert SECRET not in str(caught.value)
    assert len(storage.puts) == 2


@pytest.mark.parametrize("refusal", [500, 503])
async def test_a_storage_that_stumbles(
    inference: Inference, storage: Storage, refusal: int
) -> None:
    record = storage.record

    async def stumbling(request: web.Request) -> web.Response:
        answer = await record(request)
        storage.cloud.on("PUT", "/bucket/f1", refuses("busy", refusal), says(""))
        return answer

    storage.cloud.on("POST", "/files", stumbling)
    await inference.files.upload(PNG)
    assert [each.body for each in storage.puts] == [PNG, PNG]
    assert storage.cloud.count("POST", "/files") == 1


@pytest.mark.parametrize("made", [[], [{"id": "f", "uri": "https://a"}],
                                  [{"id": "f", "uri": "https://a", "upload_url": None}],
                                  [{"id": "f", "uri": "https://a", "upload_url": ""}],
                                  [{"id": "f", "uri": "", "upload_url": "https://a"}]]
)  # fmt: skip
async def test_a_record_without_an_address(inference: Inference, cloud: Cloud, made: Any) -> None:
    cloud.on("POST", "/files", says(wrapped(made)))
    with pytest.raises(TransferError, match="no address"):
        await inference.files.upload(PNG)


async def test_a_record_that_is_none(inference: Inference, cloud: Cloud) -> None:
    for answer in (
        [{"upload_url": f"https://x/y?{SECRET}"}],
        {"upload_url": f"https://x?{SECRET}"},
    ):
        cloud.on("POST", "/files", says(wrapped(answer)))
        with pytest.raises(DecodeError) as caught:
            await inference.files.upload(PNG)
        assert SECRET not in repr(vars(caught.value))


@pytest.mark.parametrize("kind", ["image/png\r\nX-Evil: 1", "image/é", "png", ""])
async def test_a_type_that_is_none(inference: Inference, cloud: Cloud, kind: str) -> None:
    file = LocalFile(source=PNG, content_type=kind)
    for call in (
        inference.files.upload(PNG, content_type=kind),
        inference.run(apps.PhotoAvatar(name="A", file=file), wait=False),
        inference.run(
            apps.PhotoAvatar(name="A", file=LocalFile(source=chunks(), content_type=kind))
        ),
    ):
        with pytest.raises(InvalidRequestError) as caught:
            await call
        assert caught.value.field == "content_type"
    assert cloud.seen == []


class AsyncFile(io.BytesIO):
    """As the file of an asynchronous library: it looks like one that can be moved in."""

    async def read(self, size: int = -1) -> bytes:  # type: ignore[override]
        return super().read(size)

    def __aiter__(self) -> AsyncIterator[bytes]:
        async def lines() -> AsyncIterator[bytes]:
            while chunk := await self.read(9):
                yield chunk

        return lines()


async def test_a_file_that_is_read_once_is_not_read_to_look_at_it(
    inference: Inference, storage: Storage
) -> None:
    storage.cloud.run()
    await inference.run(apps.PhotoAvatar(name="A", file=AsyncFile(PNG)), wait=False)
    assert storage.puts[0].body == PNG


def test_the_address_for_the_bytes_is_not_shown() -> None:
    slot = AssetUpload(asset_id="f1", upload_url=f"https://x/y?{SECRET}")
    assert SECRET not in repr(slot)


async def test_what_cannot_be_uploaded_is_refused(
    inference: Inference, cloud: Cloud, tmp_path: Path
) -> None:
    for file in (b"", tmp_path, tmp_path / "nowhere"):
        with pytest.raises(InvalidRequestError):
            await inference.files.upload(file)
    assert cloud.seen == []


async def test_the_other_calls(inference: Inference, cloud: Cloud) -> None:
    file = {"id": "f1", "uri": {"uri": "https://a/b"}, "metadata": {"width": 3}}
    cloud.on("GET", "/files/f1", says(wrapped(file)))
    cloud.on("DELETE", "/files/f1", says("", 204))
    page = {"items": [file], "next_cursor": "c2", "has_next": True}
    cloud.on("POST", "/files/list", says(wrapped(page)), says({"items": [{"id": "f2"}]}))
    stored = await inference.files.get("f1")
    assert (stored.uri, stored.metadata) == ("https://a/b", {"width": 3})
    await inference.files.delete("f1")
    found = [each.id async for each in inference.files.list(limit=1, search="face")]
    assert found == ["f1", "f2"]
    assert [each.json for each in cloud.seen if each.path == "/files/list"] == [
        {"limit": 1, "search": "face"},
        {"cursor": "c2", "limit": 1, "search": "face"},
    ]
    with pytest.raises(NotFoundError):
        await inference.files.delete("f9")


# On the way of a run


async def test_the_files_of_a_typed_input(
    inference: Inference, storage: Storage, photo: Path
) -> None:
    storage.cloud.run(slim(10, output=AVATAR))
    await inference.run(apps.PhotoAvatar(name="Chelsea", file=photo))
    record, put, run = storage.cloud.seen
    assert record.json["files"][0]["filename"] == "chelsea.jpg"
    assert put.body == photo.read_bytes()
    assert run.json["input"] == {
        "type": "photo",
        "name": "Chelsea",
        "file": "https://cloud.inference.sh/f1",
    }


async def test_two_files_with_names_of_their_own(inference: Inference, storage: Storage) -> None:
    storage.cloud.run(slim(10, output={"video": "https://a/b"}))
    audio = LocalFile(source=b"ID3" + b"\0" * 9, filename="a.mp3", content_type="audio/x")
    await inference.run(apps.Lipsync(video=b"\x1a\x45\xdf\xa3" + b"\0" * 9, audio=audio))
    assert [each.headers["Content-Type"] for each in storage.puts] == ["video/webm", "audio/x"]
    assert storage.cloud.seen[-1].json["input"] == {
        "video": "https://cloud.inference.sh/f1",
        "audio": "https://cloud.inference.sh/f2",
    }


async def test_a_known_app_is_not_asked_what_it_takes(
    inference: Inference, storage: Storage
) -> None:
    storage.cloud.run(slim(10, output=AVATAR))
    given = {"type": "photo", "name": "A", "file": "data:image/png;base64,aGVsbG8="}
    await inference.run("heygen/create-avatar@1807js5w", given)
    assert [each.path for each in storage.cloud.seen] == ["/files", "/bucket/f1", "/apps/run"]
    assert storage.puts[0].body == b"hello"
    assert given["file"].startswith("data:")


APP = {
    "name": "voice-clone",
    "namespace": "heygen",
    "status": "active",
    "version": {
        "default_function": "clone",
        "functions": {
            "clone": {
                "kind": "run",
                "input_schema": {
                    "properties": {
                        "recording": {"type": "string", "format": "file"},
                        "text": {"type": "string"},
                    }
                },
            },
            "speak": {"input_schema": {"properties": {"text": {"type": "string"}}}},
        },
    },
}


async def test_an_unknown_app_is_asked_once(inference: Inference, storage: Storage) -> None:
    cloud = storage.cloud
    cloud.run(slim(10, output={}))
    cloud.on("GET", "/apps/heygen/voice-clone", says(wrapped(APP)))
    for _ in range(2):
        await inference.run("heygen/voice-clone", {"recording": PNG, "text": "Hello"}, wait=False)
    assert cloud.count("GET", "/apps/heygen/voice-clone") == 1
    assert len(storage.puts) == 2
    assert cloud.seen[-1].json["input"]["recording"] == "https://cloud.inference.sh/f2"


@pytest.mark.parametrize(
    ("app", "function", "field"),
    [
        (APP, None, "text"),
        (APP, "speak", "recording"),
        (APP, "nothing", "recording"),
        ({"version": None}, None, "recording"),
        ({"version": {"input_schema": {}}}, None, "recording"),
    ],
)
async def test_a_file_in_a_field_for_something_else(
    inference: Inference, storage: Storage, app: Any, function: str | None, field: str
) -> None:
    storage.cloud.on("GET", "/apps/heygen/voice-clone", says(wrapped(app)))
    with pytest.raises(InvalidRequestError) as caught:
        await inference.run("heygen/voice-clone", {field: PNG}, function=function)
    assert caught.value.field == field
    assert [each.path for each in storage.cloud.seen] == ["/apps/heygen/voice-clone"]


async def test_what_was_not_told_is_asked_for_again(inference: Inference, storage: Storage) -> None:
    untold = says(wrapped({"version": None}))
    storage.cloud.on("GET", "/apps/heygen/voice-clone", untold, says(wrapped(APP)))
    storage.cloud.run()
    with pytest.raises(InvalidRequestError):
        await inference.run("heygen/voice-clone", {"recording": PNG}, wait=False)
    await inference.run("heygen/voice-clone", {"recording": PNG}, wait=False)
    assert len(storage.puts) == 1


async def test_an_app_of_one_function(inference: Inference, storage: Storage) -> None:
    storage.cloud.run(slim(10, output={}))
    schema = {"properties": {"recording": {"format": "file"}}}
    storage.cloud.on(
        "GET", "/apps/heygen/voice-clone", says(wrapped({"version": {"input_schema": schema}}))
    )
    await inference.run("heygen/voice-clone", {"recording": PNG})
    assert len(storage.puts) == 1


async def test_nothing_goes_up_before_everything_was_looked_at(
    inference: Inference, storage: Storage, tmp_path: Path
) -> None:
    with pytest.raises(InvalidRequestError):
        await inference.run(apps.Lipsync(video=PNG, audio=tmp_path / "nowhere.mp3"))
    with pytest.raises(InvalidRequestError):
        await inference.run(apps.Lipsync(video=PNG, audio=PNG, end_time=-1.0))
    with pytest.raises(InvalidRequestError):
        await inference.run(apps.Lipsync(video=PNG, audio=PNG), webhook="nowhere")
    assert storage.cloud.seen == []
