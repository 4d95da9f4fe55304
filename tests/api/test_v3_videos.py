"""Videos and templates, one call at a time: method, address, exact body, decoded reply."""

from typing import Any

import pytest

from heygen_async import HeyGen
from heygen_async.errors import InvalidRequestError, JobFailedError, NotFoundError
from heygen_async.models import (
    AssetId,
    AssetUrl,
    AvatarScene,
    AvatarVideo,
    CinematicVideo,
    CreateVideoBatch,
    GenerateFromTemplate,
    ImageScene,
    ImageVariable,
    SceneAvatar,
    SceneBackground,
    SceneElementType,
    StudioVideo,
    TemplateSubtitles,
    TextVariable,
    VideoScene,
)
from tests.transport.kit import Sent, Wire

CREATED = {"video_id": "v1", "status": "waiting"}


def only(wire: Wire, *, keyed: bool = False) -> Sent:
    (sent,) = wire.sent
    assert (sent.key is not None) is keyed
    return sent


async def test_a_studio_video_says_its_scenes(heygen: HeyGen, wire: Wire) -> None:
    wire.ok("POST", "/v3/videos", CREATED)
    speaker = SceneAvatar(avatar_id="a1", script="Hi.", background=SceneBackground(color="#102030"))
    job = await heygen.videos.create(
        StudioVideo(
            title="T",
            scenes=[
                AvatarScene(input=speaker),
                ImageScene(source="as1", duration=2.5),
                VideoScene(source="https://x/y.mp4"),
            ],
        )
    )
    assert (job.id, job.kind) == ("v1", "video")
    assert only(wire, keyed=True).json == {
        "type": "studio",
        "title": "T",
        "scenes": [
            {
                "type": "avatar_video",
                "input": {
                    "type": "avatar",
                    "avatar_id": "a1",
                    "script": "Hi.",
                    "background": {"type": "color", "color": "#102030"},
                },
            },
            {"type": "image", "source": {"type": "asset_id", "asset_id": "as1"}, "duration": 2.5},
            {"type": "video", "source": {"type": "url", "url": "https://x/y.mp4"}},
        ],
    }


async def test_a_cinematic_video_says_its_references(heygen: HeyGen, wire: Wire) -> None:
    wire.ok("POST", "/v3/videos", CREATED)
    await heygen.videos.create(
        CinematicVideo(prompt="P", avatar_id=["a1"], references=["as1", AssetUrl(url="https://x")])
    )
    assert only(wire, keyed=True).json == {
        "type": "cinematic_avatar",
        "prompt": "P",
        "avatar_id": ["a1"],
        "references": [
            {"type": "asset_id", "asset_id": "as1"},
            {"type": "url", "url": "https://x"},
        ],
    }


async def test_a_batch_is_one_call(heygen: HeyGen, wire: Wire) -> None:
    wire.ok("POST", "/v3/videos/batches", {"batch_id": "b1"}, status=202)
    request = CreateVideoBatch(title="T", videos=[AvatarVideo(avatar_id="a1", script="Hi.")])
    job = await heygen.videos.create_batch(request, idempotency_key="k", extra_body={"new": 1})
    sent = only(wire, keyed=True)
    assert sent.key == "k"
    assert sent.json == {
        "title": "T",
        "videos": [{"type": "avatar", "avatar_id": "a1", "script": "Hi."}],
        "new": 1,
    }
    assert repr(job) == "<Job batch b1>"


def batch(status: str, **counts: int) -> dict[str, Any]:
    return {
        "batch_id": "b1",
        "status": status,
        "total_items": sum(counts.values()),
        "counts_by_status": counts,
        "created_at": 1,
        "items": [{"item_index": 0, "status": "brand_new", "error": {"code": "x", "more": [1]}}],
        "has_more": False,
    }


async def test_a_batch_ends_when_all_of_its_items_have(patient: HeyGen, wire: Wire) -> None:
    # The word for the whole may come before the last item has ended.
    for answer in (
        batch("processing", queued=1),
        batch("completed", completed=1, processing=1),
        batch("completed", completed=1, failed=1),
    ):
        wire.ok("GET", "/v3/videos/batches/b1", answer)
    done = await patient.videos.batch_job("b1").wait()
    assert done.counts_by_status == {"completed": 1, "failed": 1}
    assert not done.items[0].status.is_known
    assert len(wire.sent) == 3
    # What went well is not hidden by what did not.
    wire.ok("GET", "/v3/videos/batches/b1", batch("failed", completed=1, failed=1))
    assert (await patient.videos.batch_job("b1").wait()).status == "failed"
    wire.ok("GET", "/v3/videos/batches/b1", batch("failed", failed=2))
    with pytest.raises(JobFailedError):
        await patient.videos.batch_job("b1").wait()


async def test_the_items_of_a_batch_are_paged_from_within_its_answer(
    heygen: HeyGen, wire: Wire
) -> None:
    more = {"has_more": True, "next_token": "t 2"}
    wire.ok("GET", "/v3/videos/batches/b1?limit=1", batch("processing", queued=2) | more)
    wire.ok("GET", "/v3/videos/batches/b1?limit=1&token=t%202", batch("processing", queued=2))
    items = [item async for item in heygen.videos.list_batch_items("b1", limit=1)]
    assert len(items) == 2
    for limit, most in ((0, None), (101, None), (1, -1)):
        with pytest.raises(InvalidRequestError):
            heygen.videos.list_batch_items("b1", limit=limit, max_items=most)


async def test_lists_and_statuses_send_their_filters(heygen: HeyGen, wire: Wire) -> None:
    wire.ok("GET", "/v3/videos?folder_id=f1&title=a%20b&limit=5", [{"id": "v1", "status": "odd"}])
    found = await heygen.videos.list(folder_id="f1", title="a b", limit=5)
    assert [each.id for each in found.items] == ["v1"]
    wire.ok("GET", "/v3/videos/statuses?batch_ids=b1,b2", [])
    assert await heygen.videos.list_statuses(batch_ids=["b1", "b2"]) == []
    wire.ok("DELETE", "/v3/videos/v1", {"id": "v1"})
    assert (await heygen.videos.delete("v1")).deleted
    assert all(sent.body is None and sent.key is None for sent in wire.sent)


async def test_scenes_keep_what_is_newer_than_the_library(heygen: HeyGen, wire: Wire) -> None:
    mask = {"id": "e2", "type": "mask", "children": [{"id": "e3", "type": "hologram", "glow": 1}]}
    scene = {"id": "s1", "elements": [{"id": "e1", "type": "image"}, mask], "script": [{"id": "x"}]}
    wire.ok("GET", "/v3/videos/v1/scenes", {"video_id": "v1", "video": {}, "scenes": [scene]})
    (only_scene,) = (await heygen.videos.get_scenes("v1")).scenes
    image, masked = only_scene.elements
    assert image.type is SceneElementType.IMAGE
    (child,) = masked.children
    assert child.type is not None
    assert (str(child.type), child.type.is_known) == ("hologram", False)


async def test_a_template_is_filled_by_one_call(heygen: HeyGen, wire: Wire) -> None:
    wire.ok("POST", "/v3/templates/t1", {"id": "v1", "status": "pending", "title": "T"})
    request = GenerateFromTemplate(
        variables={
            "name": TextVariable(content="Ann"),
            "logo": ImageVariable(asset=AssetId(asset_id="as1"), fit="crop"),
        },
        subtitles=TemplateSubtitles(preset_name="bold"),
        fps=30,
        enable_sharing=False,
    )
    job = await heygen.templates.generate("t1", request=request, idempotency_key="k")
    sent = only(wire, keyed=True)
    assert sent.key == "k"
    assert sent.json == {
        "variables": {
            "name": {"type": "text", "content": "Ann"},
            "logo": {
                "type": "image",
                "asset": {"type": "asset_id", "asset_id": "as1"},
                "fit": "crop",
            },
        },
        "subtitles": {"preset_name": "bold"},
        "fps": 30,
        "enable_sharing": False,
    }
    assert job.created is not None
    assert (job.id, job.created.title) == ("v1", "T")


async def test_a_template_may_have_gaps_of_a_new_kind(heygen: HeyGen, wire: Wire) -> None:
    gaps = {
        "old": {"type": "text", "content": ""},
        "new": {"type": "hologram", "depth": 3},
        "odd": {"type": "voice", "voice_id": ""},
    }
    wire.ok("GET", "/v3/templates/t1", {"id": "t1", "name": "T", "variables": gaps})
    template = await heygen.templates.get("t1")
    assert template.variables["old"].as_value() == TextVariable(content="")
    assert template.variables["new"].as_value() is None
    assert template.variables["odd"].as_value() is None
    wire.ok("GET", "/v3/templates?limit=1", [{"id": "t1", "name": "T"}])
    assert (await heygen.templates.list(limit=1)).items[0].name == "T"


async def test_a_repeated_deletion_that_finds_nothing_was_carried_out(
    heygen: HeyGen, wire: Wire
) -> None:
    gone = {"error": {"code": "video_not_found", "message": "no"}}
    wire.answer("DELETE", "/v3/videos/v1", {}, status=503)
    wire.answer("DELETE", "/v3/videos/v1", gone, status=404)
    assert (await heygen.videos.delete("v1")).id == "v1"
    wire.answer("DELETE", "/v3/videos/v1", gone, status=404)
    with pytest.raises(NotFoundError):
        await heygen.videos.delete("v1")
