"""Typical use of assets, brands, sounds and webhooks, never run: every type has to be seen."""

from pathlib import Path
from typing import Any, assert_type

from heygen_async import HeyGen, Job
from heygen_async.api.pages import Page, Pager
from heygen_async.errors import HeyGenError
from heygen_async.models import (
    Asset,
    AssetDetail,
    AssetUploadBatch,
    Batch,
    BatchItem,
    BrandGlossary,
    BrandGlossaryItem,
    BrandKit,
    BrandKitItem,
    CreateAssetUpload,
    CreateAssetUploadBatch,
    CreateBrandGlossary,
    CreateBrandKit,
    CreateWebhookEndpoint,
    FileUpload,
    FoundAsset,
    GlossaryTerm,
    RotatedSecret,
    Sound,
    StatusEntry,
    UpdateBrandGlossary,
    UpdateBrandKit,
    UpdateBrandKitColorRoles,
    UpdateWebhookEndpoint,
    WebhookEndpoint,
    WebhookEvent,
    WebhookEventType,
)


async def files(heygen: HeyGen) -> None:
    results = await heygen.assets.upload_many([Path("a.png"), b"bytes", "b.mp4"])
    assert_type(results, list[FileUpload])
    assert_type(results[0].asset, Asset | None)
    assert_type(results[0].error, HeyGenError | None)
    slot = CreateAssetUpload(filename="a.png", content_type="image/png", size_bytes=1)
    given = await heygen.assets.create_upload_batch(CreateAssetUploadBatch(files=[slot]))
    assert_type(given, AssetUploadBatch)
    job = await heygen.assets.complete_upload_batch(given.batch_id)
    assert_type(job, Job[Batch])
    assert_type(heygen.assets.batch_job("b"), Job[Batch])
    assert_type(await heygen.assets.get_batch("b"), Batch)
    assert_type(heygen.assets.list_batch_items("b"), Pager[BatchItem])
    assert_type(await heygen.assets.list_statuses(["a"], batch_ids=["b"]), list[StatusEntry])
    assert_type(await heygen.assets.job("a").wait(), StatusEntry)
    assert_type(await heygen.assets.get("a"), AssetDetail)
    assert_type(await heygen.assets.list(username="me"), Page[AssetDetail])
    async for found in heygen.assets.search("a forest", type="image", max_items=3):
        assert_type(found, FoundAsset)
    await heygen.assets.delete("a")


async def brands(heygen: HeyGen) -> None:
    job = await heygen.brand_kits.create(CreateBrandKit(url="https://example.com"))
    assert_type(job, Job[BrandKit])
    change = UpdateBrandKit(name="New", color_roles=UpdateBrandKitColorRoles(primary="#102030"))
    assert_type(await heygen.brand_kits.update(job.id, request=change), BrandKit)
    assert_type(heygen.brand_kits.list(), Pager[BrandKitItem])
    assert_type(heygen.brand_kits.job("k"), Job[BrandKit])
    term = GlossaryTerm(term="HeyGen", pronunciation="hey-jen")
    made = await heygen.brand_glossaries.create(CreateBrandGlossary(name="Ours", terms=[term]))
    assert_type(made, BrandGlossary)
    empty = UpdateBrandGlossary(terms=[])
    assert_type(await heygen.brand_glossaries.update("g", request=empty), BrandGlossary)
    assert_type(heygen.brand_glossaries.list(), Pager[BrandGlossaryItem])
    async for sound in heygen.audio.search_sounds("rain", type="sound_effects"):
        assert_type(sound, Sound)


async def told(heygen: HeyGen) -> None:
    request = CreateWebhookEndpoint(url="https://example.com", events=["avatar_video.success"])
    endpoint = await heygen.webhooks.create_endpoint(request)
    assert_type(endpoint, WebhookEndpoint)
    assert_type(endpoint.secret, str | None)
    assert_type(await heygen.webhooks.rotate_secret(endpoint.endpoint_id), RotatedSecret)
    change = UpdateWebhookEndpoint(events=["batch.finished"])
    assert_type(await heygen.webhooks.update_endpoint("e", request=change), WebhookEndpoint)
    assert_type(await heygen.webhooks.list_event_types(), list[WebhookEventType])
    async for event in heygen.webhooks.list_events(event_type="video_agent.success"):
        assert_type(event, WebhookEvent)
        assert_type(event.event_data, dict[str, Any])


def wrong() -> None:
    """What has to be refused."""
    CreateWebhookEndpoint(url="u", events=["video.done"])  # type: ignore[list-item]  # pyright: ignore[reportArgumentType]
    UpdateBrandKit(name=None)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
