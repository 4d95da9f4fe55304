"""One call of v3 at a time: method, address, headers, exact body, decoded reply."""

import re
from typing import Any

import pytest

from heygen_async import HeyGen
from heygen_async.errors import DecodeError, InvalidRequestError
from heygen_async.models import (
    AssetId,
    AssetUrl,
    AvatarIV,
    AvatarVideo,
    Background,
    Caption,
    CreateAssetUpload,
    DigitalTwin,
    ElevenLabsSettings,
    ImageVideo,
    PhotoAvatar,
    PromptAvatar,
    VoiceSettings,
)
from tests.transport.kit import KEY, Sent, Wire

PHOTO = AssetId(asset_id="as1")


def only(wire: Wire, *, keyed: bool, body: bool) -> Sent:
    """The one request, with the headers that its kind has."""
    (sent,) = wire.sent
    names = {"X-Api-Key", "User-Agent"}
    if keyed:
        names.add("Idempotency-Key")
        assert sent.key is not None
        assert re.fullmatch(r"[A-Za-z0-9_:.-]{1,255}", sent.key)
    if body:
        names.add("Content-Type")
        assert sent.headers["Content-Type"] == "application/json"
    else:
        assert sent.body is None
    assert set(sent.headers) == names
    assert sent.headers["X-Api-Key"] == KEY
    assert sent.headers["User-Agent"].startswith("heygen-async/")
    assert sent.options["allow_redirects"] is False
    return sent


async def test_create_an_avatar_video(heygen: HeyGen, wire: Wire) -> None:
    wire.ok("POST", "/v3/videos", {"video_id": "v1", "status": "waiting", "output_format": "mp4"})
    job = await heygen.videos.create(
        AvatarVideo(
            avatar_id="a1",
            engine=AvatarIV(),
            script="Hello.",
            voice_id="vo1",
            voice_settings=VoiceSettings(
                speed=1.1, engine_settings=ElevenLabsSettings(model="eleven_v3", stability=0.5)
            ),
            aspect_ratio="9:16",
            resolution="720p",
            background=Background(type="color", value="#102030"),
            caption=Caption(style="default"),
        )
    )
    assert only(wire, keyed=True, body=True).json == {
        "type": "avatar",
        "avatar_id": "a1",
        "engine": {"type": "avatar_iv"},
        "script": "Hello.",
        "voice_id": "vo1",
        "voice_settings": {
            "speed": 1.1,
            "engine_settings": {
                "engine_type": "elevenlabs",
                "model": "eleven_v3",
                "stability": 0.5,
            },
        },
        "aspect_ratio": "9:16",
        "resolution": "720p",
        "background": {"type": "color", "value": "#102030"},
        "caption": {"style": "default"},
    }
    assert (job.id, job.kind) == ("v1", "video")
    assert job.created is not None
    assert job.created.status == "waiting"
    assert repr(job) == "<Job video v1>"


async def test_create_an_image_video_with_a_key_and_extra_fields(
    heygen: HeyGen, wire: Wire
) -> None:
    wire.ok("POST", "/v3/videos", {"video_id": "v2", "status": "brand_new"}, status=201)
    job = await heygen.videos.create(
        ImageVideo(image=AssetUrl(url="https://x/y.png"), audio_asset_id="au1"),
        idempotency_key="batch-1:row-2",
        extra_body={"brand_new": True},
    )
    sent = only(wire, keyed=True, body=True)
    assert sent.key == "batch-1:row-2"
    assert sent.json == {
        "type": "image",
        "image": {"type": "url", "url": "https://x/y.png"},
        "audio_asset_id": "au1",
        "brand_new": True,
    }
    assert job.created is not None
    assert not job.created.status.is_known


async def test_get_a_video(heygen: HeyGen, wire: Wire) -> None:
    wire.ok(
        "GET",
        "/v3/videos/v%201",
        {
            "id": "v 1",
            "status": "completed",
            "video_url": "https://files/v.mp4?sig",
            "duration": 12.5,
            "created_at": 1_800_000_000,
            "failure_code": None,
            "brand_new": {"a": 1},
        },
    )
    with pytest.raises(InvalidRequestError):
        await heygen.videos.get("v 1")
    wire.ok("GET", "/v3/videos/v1", {"id": "v1", "status": "completed", "duration": 12.5})
    video = await heygen.videos.get("v1")
    assert only(wire, keyed=False, body=False).method == "GET"
    assert (video.id, video.status, video.duration, video.video_url) == (
        "v1",
        "completed",
        12.5,
        None,
    )


async def test_list_the_statuses_of_videos(heygen: HeyGen, wire: Wire) -> None:
    wire.ok(
        "GET",
        "/v3/videos/statuses?video_ids=a,b,c",
        [
            {"video_id": "a", "status": "completed"},
            {"video_id": "b", "status": "failed", "error": {"code": "x", "message": "m"}},
            {"video_id": "c", "status": "not_found", "batch_id": None, "item_index": 3},
        ],
    )
    entries = await heygen.videos.list_statuses(["a", "b", "c"])
    only(wire, keyed=False, body=False)
    assert [(entry.video_id, entry.status) for entry in entries] == [
        ("a", "completed"),
        ("b", "failed"),
        ("c", "not_found"),
    ]
    assert entries[1].error is not None
    assert bytes(entries[1].error["code"]) == b'"x"'
    assert entries[2].item_index == 3


async def test_one_call_takes_100_ids_and_no_more(heygen: HeyGen, wire: Wire) -> None:
    ids = [f"v{n}" for n in range(101)]
    wire.ok("GET", f"/v3/videos/statuses?video_ids={','.join(ids[:100])}", [])
    assert await heygen.videos.list_statuses(ids[:100]) == []
    for bad in (ids, [], ["a", ""], ["a/b"]):
        with pytest.raises(InvalidRequestError, match="video_ids"):
            await heygen.videos.list_statuses(bad)
    assert wire.asked == 1


@pytest.mark.parametrize(
    ("request_", "body"),
    [
        (
            PhotoAvatar(name="Ada", file=PHOTO),
            {"type": "photo", "name": "Ada", "file": {"type": "asset_id", "asset_id": "as1"}},
        ),
        (
            DigitalTwin(name="Ada", file=AssetUrl(url="https://x/y.mp4"), avatar_group_id="g1"),
            {
                "type": "digital_twin",
                "name": "Ada",
                "file": {"type": "url", "url": "https://x/y.mp4"},
                "avatar_group_id": "g1",
            },
        ),
        (
            PromptAvatar(name="Ada", prompt="a poet", reference_images=[PHOTO], aspect_ratio="1:1"),
            {
                "type": "prompt",
                "name": "Ada",
                "prompt": "a poet",
                "reference_images": [{"type": "asset_id", "asset_id": "as1"}],
                "aspect_ratio": "1:1",
            },
        ),
    ],
)
async def test_create_an_avatar(
    heygen: HeyGen, wire: Wire, request_: Any, body: dict[str, Any]
) -> None:
    look = {"id": "l1", "name": "Ada", "group_id": "g1", "status": "processing"}
    wire.ok("POST", "/v3/avatars", {"avatar_item": look, "avatar_group": {"id": "g1"}})
    job = await heygen.avatars.create(request_)
    assert only(wire, keyed=True, body=True).json == body
    assert (job.id, job.kind) == ("l1", "avatar")
    assert job.created is not None
    assert (job.created.group_id, job.created.status) == ("g1", "processing")


async def test_an_avatar_without_a_look_is_told(heygen: HeyGen, wire: Wire) -> None:
    wire.ok("POST", "/v3/avatars", {"avatar_item": None})
    with pytest.raises(DecodeError, match="without a look"):
        await heygen.avatars.create(PhotoAvatar(name="Ada", file=PHOTO))


async def test_get_a_look(heygen: HeyGen, wire: Wire) -> None:
    data = {
        "id": "l1",
        "avatar_type": "photo_avatar",
        "supported_api_engines": ["avatar_iv"],
        "image_width": 512,
        "status": None,
        "error": None,
    }
    wire.ok("GET", "/v3/avatars/looks/l1", data)
    look = await heygen.avatars.get_look("l1")
    only(wire, keyed=False, body=False)
    assert look.avatar_type == "photo_avatar"
    assert look.supported_api_engines == ["avatar_iv"]
    assert look.status is None


async def test_get_a_group(heygen: HeyGen, wire: Wire) -> None:
    wire.ok("GET", "/v3/avatars/g1", {"id": "g1", "looks_count": 3, "created_at": 1.8e9})
    group = await heygen.avatars.get_group("g1")
    only(wire, keyed=False, body=False)
    assert (group.id, group.looks_count) == ("g1", 3)


async def test_get_the_account(heygen: HeyGen, wire: Wire) -> None:
    wire.ok(
        "GET",
        "/v3/users/me",
        {
            "username": "ada",
            "billing_type": "wallet",
            "wallet": {
                "currency": "usd",
                "remaining_balance": 12.5,
                "auto_reload": {"enabled": True, "threshold_usd": None},
            },
            "subscription": None,
        },
    )
    user = await heygen.users.get_current()
    only(wire, keyed=False, body=False)
    assert user.billing_type == "wallet"
    assert user.wallet is not None
    assert user.wallet.remaining_balance == 12.5
    assert user.wallet.auto_reload is not None
    assert user.wallet.auto_reload.enabled


async def test_ask_for_an_upload_slot(heygen: HeyGen, wire: Wire) -> None:
    wire.ok(
        "POST",
        "/v3/assets/direct-uploads",
        {
            "asset_id": "as1",
            "upload_url": "https://s3.example/x?sig",
            "upload_headers": {"x-amz-meta": "1"},
            "expires_in_seconds": 3600,
            "max_bytes": 10,
            "status": "pending_upload",
        },
    )
    digest = "ab" * 32
    slot = await heygen.assets.create_upload(
        CreateAssetUpload(
            filename="a.png", content_type="image/png", size_bytes=10, checksum_sha256=digest
        ),
        idempotency_key="mine",
    )
    sent = only(wire, keyed=True, body=True)
    assert sent.key == "mine"
    assert sent.json == {
        "filename": "a.png",
        "content_type": "image/png",
        "size_bytes": 10,
        "checksum_sha256": digest,
    }
    assert slot.upload_headers == {"x-amz-meta": "1"}
    assert slot.expires_in_seconds == 3600


@pytest.mark.parametrize(
    ("digest", "body"), [(None, {}), ("cd" * 32, {"checksum_sha256": "cd" * 32})]
)
async def test_complete_an_upload(
    heygen: HeyGen, wire: Wire, digest: str | None, body: dict[str, str]
) -> None:
    wire.ok("POST", "/v3/assets/as1/complete", {"asset_id": "as1", "size_bytes": 10})
    asset = await heygen.assets.complete_upload("as1", checksum_sha256=digest)
    assert only(wire, keyed=False, body=True).json == body
    assert asset.size_bytes == 10


def voices(*names: str, more: str | None = None) -> dict[str, Any]:
    return {
        "data": [{"voice_id": name} for name in names],
        "has_more": more is not None,
        "next_token": more,
    }


async def test_voices_awaited_are_the_first_page(heygen: HeyGen, wire: Wire) -> None:
    url = "/v3/voices?type=private&engine=starfish&language=English&gender=female&limit=2"
    wire.answer("GET", url, voices("a", "b", more="t 1"))
    page = await heygen.voices.list(
        type="private", engine="starfish", language="English", gender="female", limit=2
    )
    only(wire, keyed=False, body=False)
    assert [voice.voice_id for voice in page.items] == ["a", "b"]
    assert page.next_token == "t 1"


async def test_voices_iterated_are_all_of_them_page_by_page(heygen: HeyGen, wire: Wire) -> None:
    wire.answer("GET", "/v3/voices", voices("a", "b", more="t/1"))
    wire.answer("GET", "/v3/voices?token=t/1", voices("c", more="t2"))
    wire.answer("GET", "/v3/voices?token=t2", voices())
    seen = [voice.voice_id async for voice in heygen.voices.list()]
    assert seen == ["a", "b", "c"]
    assert wire.asked == 3


async def test_nothing_is_read_ahead(heygen: HeyGen, wire: Wire) -> None:
    wire.answer("GET", "/v3/voices", voices("a", "b", more="t1"))
    pager = heygen.voices.list()
    assert wire.asked == 0
    items = aiter(pager)
    assert (await anext(items)).voice_id == "a"
    assert (await anext(items)).voice_id == "b"
    assert wire.asked == 1
    await items.aclose()  # type: ignore[attr-defined]


@pytest.mark.parametrize(("wanted", "pages"), [(0, 1), (1, 1), (2, 1), (3, 2)])
async def test_an_iteration_stops_after_so_many_and_reads_no_page_more(
    heygen: HeyGen, wire: Wire, wanted: int, pages: int
) -> None:
    wire.answer("GET", "/v3/voices", voices("a", "b", more="t1"))
    wire.answer("GET", "/v3/voices?token=t1", voices("c", "d", more="t2"))
    seen = [voice.voice_id async for voice in heygen.voices.list(max_items=wanted)]
    assert seen == ["a", "b", "c", "d"][:wanted]
    assert wire.asked <= pages


async def test_a_token_that_comes_back_ends_the_list(heygen: HeyGen, wire: Wire) -> None:
    wire.answer("GET", "/v3/voices", voices("a", more="t1"))
    wire.answer("GET", "/v3/voices?token=t1", voices("b", more="t2"))
    wire.answer("GET", "/v3/voices?token=t2", voices("c", more="t1"), repeat=True)
    pages = [page async for page in heygen.voices.list().pages()]
    assert [voice.voice_id for page in pages for voice in page.items] == ["a", "b", "c"]


async def test_a_list_may_be_read_twice(heygen: HeyGen, wire: Wire) -> None:
    wire.answer("GET", "/v3/voices", voices("a"), repeat=True)
    pager = heygen.voices.list()
    for _ in range(2):
        assert [voice.voice_id async for voice in pager] == ["a"]


@pytest.mark.parametrize("limit", [0, 101, -1])
async def test_a_limit_out_of_bounds_is_refused_before_anything_is_sent(
    heygen: HeyGen, wire: Wire, limit: int
) -> None:
    with pytest.raises(InvalidRequestError, match="limit"):
        heygen.voices.list(limit=limit)
    assert wire.asked == 0


@pytest.mark.parametrize("bad", ["", "a b", "a/b", "..", None, 7])
async def test_a_bad_id_is_refused_before_anything_is_sent(
    heygen: HeyGen, wire: Wire, bad: Any
) -> None:
    for use in (
        heygen.videos.get,
        heygen.avatars.get_look,
        heygen.avatars.get_group,
        heygen.assets.complete_upload,
        heygen.v2.videos.get_status,
        heygen.v2.photo_avatars.get,
        heygen.v2.photo_avatars.get_training,
        heygen.v2.photo_avatars.get_generation,
    ):
        with pytest.raises(InvalidRequestError, match="_id"):
            await use(bad)
    for make in (
        heygen.videos.job,
        heygen.avatars.job,
        heygen.v2.videos.job,
        heygen.v2.photo_avatars.job,
        heygen.v2.photo_avatars.training_job,
        heygen.v2.photo_avatars.generation_job,
    ):
        with pytest.raises(InvalidRequestError, match="_id"):
            make(bad)
    assert wire.asked == 0


async def test_ids_are_quoted_into_the_path(heygen: HeyGen, wire: Wire) -> None:
    wire.ok("GET", "/v3/videos/a%3Fb%23c%25d", {"id": "x", "status": "failed"})
    assert (await heygen.videos.get("a?b#c%d")).id == "x"
    assert wire.sent[0].url.endswith("/v3/videos/a%3Fb%23c%25d")


async def test_a_handle_is_made_from_an_id_without_a_call(heygen: HeyGen, wire: Wire) -> None:
    job = heygen.videos.job("v1")
    assert (job.id, job.created) == ("v1", None)
    assert wire.asked == 0
    wire.ok("GET", "/v3/videos/v1", {"id": "v1", "status": "processing"})
    assert (await job.read()).status == "processing"
