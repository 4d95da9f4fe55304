"""Uploads as they leave: the bytes, their headers, and what is refused before a byte is sent."""

import hashlib
import io
from collections.abc import AsyncIterator, Callable
from email.message import Message
from email.parser import BytesParser
from functools import partial
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from heygen_async import HeyGen, errors, events
from heygen_async.errors import InvalidRequestError
from heygen_async.wire import limits
from tests.transport.kit import KEY, UPLOAD, RecordingClock, Sent, Wire, client

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8
MP4 = b"\0\0\0\x20ftypisom\0\0\2\0isomiso2avc1mp41" + bytes(5000)
ASSETS, SLOTS = "/v3/assets", "/v3/assets/direct-uploads"
PUT = "https://s3.example/bucket/as1?X-Amz-Signature=abc%2Fdef"
SLOT = {
    "asset_id": "as1",
    "upload_url": PUT,
    "upload_headers": {"content-type": "video/mp4", "x-amz-checksum": "c="},
}


def part(sent: Sent) -> Message:
    """The one file of a form."""
    options = sent.options
    kind = options["data"].headers["Content-Type"]
    assert sent.body is not None
    form = BytesParser().parsebytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + sent.body)
    (file,) = form.get_payload()
    assert isinstance(file, Message)
    return file


async def test_a_small_file_goes_through_the_api_as_a_form(
    heygen: HeyGen, wire: Wire, tmp_path: Path
) -> None:
    path = tmp_path / "photo.png"
    path.write_bytes(PNG)
    wire.ok("POST", ASSETS, {"asset_id": "as1", "mime_type": "image/png", "size_bytes": len(PNG)})
    asset = await heygen.assets.upload(path)
    (sent,) = wire.sent
    file = part(sent)
    assert file.get_param("name", header="content-disposition") == "file"
    assert file.get_filename() == "photo.png"
    assert file.get_content_type() == "image/png"
    assert file.get_payload(decode=True) == PNG
    assert sent.body is not None
    assert sent.length == len(sent.body)
    assert set(sent.headers) == {"X-Api-Key", "User-Agent", "Idempotency-Key"}
    assert asset.asset_id == "as1"


async def test_every_attempt_of_a_form_is_whole_and_has_the_same_key(
    heygen: HeyGen, wire: Wire
) -> None:
    for failure in (
        {"exception": aiohttp.ServerDisconnectedError()},
        {"status": 502},
        {"status": 429, "headers": {"Retry-After": "1"}},
    ):
        wire.answer("POST", ASSETS, **failure)  # type: ignore[arg-type]
    wire.ok("POST", ASSETS, {"asset_id": "as1"})
    file = io.BytesIO(b"xx" + PNG)
    file.seek(2)
    await heygen.assets.upload(file, filename="a.png")
    assert len(wire.sent) == 4
    assert {part(sent).get_payload(decode=True) for sent in wire.sent} == {PNG}
    assert len({sent.key for sent in wire.sent}) == 1
    assert not file.closed


async def test_a_large_file_goes_to_the_storage(
    heygen: HeyGen, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("heygen_async.wire.limits.MULTIPART_MAX", len(MP4) - 1)
    wire.ok("POST", SLOTS, SLOT)
    wire.answer("PUT", PUT)
    wire.ok("POST", "/v3/assets/as1/complete", {"asset_id": "as1", "status": "completed"})
    asset = await heygen.assets.upload(MP4, filename="a.mp4")
    slot, put, complete = wire.sent
    assert slot.json == {
        "filename": "a.mp4",
        "content_type": "video/mp4",
        "size_bytes": len(MP4),
    }
    assert slot.key is not None
    assert put.body == MP4
    assert put.length == len(MP4)
    assert dict(put.headers) == SLOT["upload_headers"]
    assert put.options["allow_redirects"] is False
    assert complete.json == {}
    assert complete.key is None
    assert complete.headers["X-Api-Key"] == KEY
    assert asset.status == "completed"


async def test_a_put_is_repeated_whole_and_a_completion_until_it_is_seen(
    heygen: HeyGen, wire: Wire
) -> None:
    wire.ok("POST", SLOTS, SLOT)
    wire.answer("PUT", PUT, status=503)
    wire.answer("PUT", PUT, status=400, body=b"<Error><Code>RequestTimeout</Code></Error>")
    wire.answer("PUT", PUT, exception=aiohttp.ClientOSError(104, "reset"))
    wire.answer("PUT", PUT)
    wire.answer("POST", "/v3/assets/as1/complete", {"error": {"code": "conflict"}}, status=409)
    wire.ok("POST", "/v3/assets/as1/complete", {"asset_id": "as1"})
    await heygen.assets.upload(MP4, method="direct")
    puts = [sent.body for sent in wire.sent if sent.method == "PUT"]
    assert puts == [MP4] * 4


EXPIRED = b"<?xml version='1.0'?><Error><Code>ExpiredToken</Code></Error>"


@pytest.mark.parametrize(("status", "body"), [(401, b""), (403, b""), (404, b""), (400, EXPIRED)])
async def test_a_lapsed_slot_is_asked_for_anew_once(
    heygen: HeyGen, wire: Wire, status: int, body: bytes
) -> None:
    wire.ok("POST", SLOTS, SLOT)
    wire.answer("PUT", PUT, status=status, body=body)
    wire.answer("GET", "/v3/assets/as1", {"error": {"code": "asset_not_found"}}, status=404)
    wire.ok("POST", SLOTS, SLOT | {"asset_id": "as2", "upload_url": PUT + "2"})
    wire.answer("PUT", PUT + "2")
    wire.ok("POST", "/v3/assets/as2/complete", {"asset_id": "as2"})
    asset = await heygen.assets.upload(MP4, method="direct", idempotency_key="mine")
    assert asset.asset_id == "as2"
    first, second = (sent.key for sent in wire.sent if sent.url.endswith(SLOTS))
    assert first == "mine"
    assert second not in {"mine", None}


async def test_a_slot_that_lapses_twice_is_told_without_its_signature(
    heygen: HeyGen, wire: Wire
) -> None:
    wire.ok("POST", SLOTS, SLOT, repeat=True)
    wire.answer("PUT", PUT, status=403, repeat=True)
    with pytest.raises(errors.LinkExpiredError) as caught:
        await heygen.assets.upload(MP4, method="direct")
    assert wire.asked == 4
    assert "Signature" not in str(caught.value)


async def test_a_storage_that_refuses_the_bytes_is_told(heygen: HeyGen, wire: Wire) -> None:
    wire.ok("POST", SLOTS, SLOT)
    wire.answer("PUT", PUT, status=400, body=b"<Error><Code>BadDigest</Code></Error>")
    with pytest.raises(errors.TransferError, match=r"refused a\.mp4 with HTTP 400"):
        await heygen.assets.upload(MP4, method="direct", filename="a.mp4")
    assert wire.asked == 2


async def test_a_redirect_of_the_storage_is_not_followed_with_the_bytes(
    heygen: HeyGen, wire: Wire
) -> None:
    wire.ok("POST", SLOTS, SLOT)
    wire.answer("PUT", PUT, status=307, headers={"Location": "https://evil.example/"})
    with pytest.raises(errors.TransferError):
        await heygen.assets.upload(MP4, method="direct")
    assert wire.asked == 2


async def test_an_upload_of_v1_is_the_raw_bytes_and_sent_once(heygen: HeyGen, wire: Wire) -> None:
    wire.answer("POST", f"{UPLOAD}/v1/asset", exception=aiohttp.ServerDisconnectedError())
    with pytest.raises(errors.OutcomeUnknownError):
        await heygen.v2.assets.upload(MP4)
    (sent,) = wire.sent
    assert sent.body == MP4
    assert sent.options["data"].content_type == "video/mp4"
    assert sent.key is None


async def test_progress_falls_back_to_nothing_when_an_attempt_starts_over(
    heygen: HeyGen, wire: Wire
) -> None:
    seen: list[tuple[int, int]] = []
    observed: list[events.Event] = []
    heygen.observe(observed.append)
    wire.answer("POST", ASSETS, status=502)
    wire.ok("POST", ASSETS, {"asset_id": "as1"})
    await heygen.assets.upload(PNG, progress=lambda sent, total: seen.append((sent, total)))
    size = len(PNG)
    assert seen == [(0, size), (size, size)] * 2
    told = [event for event in observed if isinstance(event, events.UploadProgress)]
    assert [(event.sent, event.total) for event in told] == seen


async def test_a_stream_is_spooled_and_sent_with_its_length(heygen: HeyGen, wire: Wire) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        yield PNG[:10]
        yield PNG[10:]

    wire.answer("POST", ASSETS, status=503)
    wire.ok("POST", ASSETS, {"asset_id": "as1"})
    await heygen.assets.upload(chunks(), filename="live.png")
    assert [part(sent).get_payload(decode=True) for sent in wire.sent] == [PNG, PNG]
    assert part(wire.sent[0]).get_filename() == "live.png"


async def test_a_file_that_changes_between_two_attempts_is_not_sent_again(
    heygen: HeyGen, wire: Wire, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "photo.png"
    path.write_bytes(PNG)
    wire.answer("POST", ASSETS, status=502)
    wire.ok("POST", ASSETS, {"asset_id": "as1"})
    sleep = heygen._world.clock.sleep

    async def change(seconds: float) -> None:
        path.write_bytes(PNG + b"more")
        await sleep(seconds)

    monkeypatch.setattr(heygen._world.clock, "sleep", change)
    with pytest.raises(errors.SourceChangedError, match=r"photo\.png"):
        await heygen.assets.upload(path)
    assert len(wire.sent) == 1


class Huge(io.BytesIO):
    """Claims a size without having it."""

    def __init__(self, head: bytes, size: int) -> None:
        super().__init__(head)
        self._size = size

    def seek(self, offset: int, whence: int = 0, /) -> int:
        return self._size if whence == 2 else super().seek(offset, whence)


BAD: dict[str, tuple[Callable[[Path], Any], str]] = {
    "missing": (lambda folder: folder / "gone.png", "must exist"),
    "folder": (lambda folder: folder, "not a directory"),
    "empty": (lambda folder: _written(folder, b""), "must not be empty"),
    "text": (lambda folder: _written(folder, b"just words"), "unknown type"),
    "gif": (lambda folder: _written(folder, b"GIF89a" + bytes(50)), "image/gif"),
    "heic": (lambda _: b"\0\0\0\x24ftypheic" + bytes(50), "image/heic"),
    "open as text": (lambda _: io.StringIO("words"), "open for bytes"),
    "nothing": (lambda _: None, "must be a path"),
}


def _written(folder: Path, data: bytes) -> Path:
    path = folder / "photo.png"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("name", BAD)
async def test_a_bad_file_is_refused_before_a_byte_is_sent(
    heygen: HeyGen, wire: Wire, tmp_path: Path, name: str
) -> None:
    make, words = BAD[name]
    for use in (
        heygen.assets.upload,
        lambda file: heygen.assets.upload(file, method="direct"),
        heygen.v2.assets.upload,
    ):
        with pytest.raises(InvalidRequestError, match=words) as caught:
            await use(make(tmp_path))
        assert caught.value.field == "file"
    assert wire.asked == 0


@pytest.mark.parametrize(
    ("head", "size", "limit", "method"),
    [
        (PNG, limits.IMAGE_MAX + 1, "52,428,800", "direct"),
        (PNG, limits.IMAGE_MAX + 1, "52,428,800", "auto"),
        (MP4, limits.VIDEO_MAX + 1, "104,857,600", "auto"),
        (b"ID3" + bytes(60), limits.AUDIO_MAX + 1, "52,428,800", "auto"),
        (PNG, limits.MULTIPART_MAX + 1, "33,554,432", "multipart"),
    ],
)
async def test_a_file_over_the_limit_is_refused_before_a_byte_is_sent(
    heygen: HeyGen, wire: Wire, head: bytes, size: int, limit: str, method: Any
) -> None:
    with pytest.raises(InvalidRequestError) as caught:
        await heygen.assets.upload(Huge(head, size), filename="big.bin", method=method)
    assert limit in caught.value.limit
    assert f"{size:,}" in caught.value.value
    assert "big.bin" in caught.value.value
    assert wire.asked == 0


async def test_a_wrong_declared_type_is_refused_before_a_byte_is_sent(
    heygen: HeyGen, wire: Wire
) -> None:
    with pytest.raises(InvalidRequestError) as caught:
        await heygen.assets.upload(PNG, content_type="image/jpeg")
    assert caught.value.field == "content_type"
    assert wire.asked == 0


async def test_a_zip_goes_to_the_storage_only(heygen: HeyGen, wire: Wire) -> None:
    archive = b"PK\x03\x04" + bytes(60)
    with pytest.raises(InvalidRequestError, match="application/zip"):
        await heygen.assets.upload(archive, method="multipart")
    assert wire.asked == 0
    wire.ok("POST", SLOTS, SLOT)
    wire.answer("PUT", PUT)
    wire.ok("POST", "/v3/assets/as1/complete", {"asset_id": "as1"})
    await heygen.assets.upload(archive, filename="a.zip")
    assert wire.sent[0].json["content_type"] == "application/zip"


async def test_a_type_without_a_reliable_beginning_may_be_declared(
    heygen: HeyGen, wire: Wire
) -> None:
    wire.ok("POST", ASSETS, {"asset_id": "as1"})
    await heygen.assets.upload(b"\0\0 odd", content_type="audio/mpeg")
    assert part(wire.sent[0]).get_content_type() == "audio/mpeg"


@pytest.mark.parametrize("method", ["multipart", "direct"])
async def test_a_key_is_held_to_the_very_bytes_and_not_to_their_name(
    heygen: HeyGen, wire: Wire, method: Any
) -> None:
    wire.ok("POST", ASSETS, {"asset_id": "as1"}, repeat=True)
    wire.ok("POST", SLOTS, SLOT, repeat=True)
    wire.answer("PUT", PUT, repeat=True)
    wire.ok("POST", "/v3/assets/as1/complete", {"asset_id": "as1"}, repeat=True)
    upload = partial(heygen.assets.upload, method=method, idempotency_key="mine")
    await upload(PNG, filename="a.png")
    await upload(PNG, filename="b.png")
    other = PNG[:-1] + b"x"  # of the same size and beginning
    with pytest.raises(InvalidRequestError, match="another body"):
        await upload(other, filename="a.png")


async def test_a_digest_that_is_known_before_is_told_with_the_slot(
    heygen: HeyGen, wire: Wire
) -> None:
    wire.ok("POST", SLOTS, SLOT)
    wire.answer("PUT", PUT)
    wire.ok("POST", "/v3/assets/as1/complete", {"asset_id": "as1"})
    await heygen.assets.upload(MP4, method="direct", idempotency_key="mine")
    slot, _, complete = wire.sent
    assert slot.json["checksum_sha256"] == hashlib.sha256(MP4).hexdigest()
    assert complete.json == {}


async def test_a_digest_that_is_learned_on_the_way_is_told_with_the_completion(
    wire: Wire, clock: RecordingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("heygen_async.wire.limits.MULTIPART_MAX", len(MP4) - 1)
    wire.ok("POST", SLOTS, SLOT)
    wire.answer("PUT", PUT)
    wire.ok("POST", "/v3/assets/as1/complete", {"asset_id": "as1"})
    async with client(clock, dedupe=True) as heygen:
        await heygen.assets.upload(MP4)
    slot, _, complete = wire.sent
    assert "checksum_sha256" not in slot.json
    assert complete.json == {"checksum_sha256": hashlib.sha256(MP4).hexdigest()}
