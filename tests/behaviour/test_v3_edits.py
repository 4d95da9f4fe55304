"""Videos that are worked on, and renders of HTML, over real sockets."""

import io
import zipfile
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from heygen_async import HeyGen, World
from heygen_async.errors import (
    InsufficientCreditError,
    InvalidRequestError,
    JobError,
    JobFailedError,
    NotFoundError,
)
from heygen_async.models import (
    AssetBase64,
    AssetUrl,
    AvatarVideo,
    ClippingOutput,
    ClippingStatus,
    CreateBackgroundRemoval,
    CreateClipping,
    CreateFillerWordRemoval,
    CreateHyperframesRender,
)
from heygen_async.sandbox import Fault, Sandbox
from heygen_async.sandbox.clock import SandboxClock
from heygen_async.testing import SkippingClock

Calls = Callable[[str, str], int]
FAR = AssetUrl(url="https://example.com/talk.mp4")
SCRIPT = "This is a talk of some length, with words enough that something can be cut out of it."


def project(page: str = "<title>Hello there</title>", name: str = "index.html") -> bytes:
    """A zipped project with one page."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as packed:
        packed.writestr(name, page)
    return whole.getvalue()


@pytest.fixture
async def talk(heygen: HeyGen, tmp_path: Path) -> Path:
    """A video on disk."""
    request = AvatarVideo(avatar_id="Ada_public_office_front", script=SCRIPT)
    job = await heygen.videos.create(request)
    return await job.download(tmp_path / "talk.mp4")


async def test_clips_are_cut_and_fetched_one_by_one(
    heygen: HeyGen, sandbox: Sandbox, talk: Path, tmp_path: Path
) -> None:
    settings = ClippingOutput(
        duration_types=["30", "long"], aspect_ratio="square", captions=False, prompt="The joke"
    )
    request = CreateClipping(
        video=talk, output_settings=settings, input_language="de", callback_id="mine"
    )
    job = await heygen.clippings.create(request, idempotency_key="clips-1")
    assert job.created is not None
    assert job.created.status is ClippingStatus.PENDING
    done = await job.wait()
    assert (done.title, done.input_language, done.callback_id) == ("talk", "de", "mine")
    assert (done.progress, len(done.clips)) == (100, 2)
    for clip in done.clips:
        assert (clip.status, clip.aspect_ratio) == ("completed", "square")
        assert 0 < (clip.duration_seconds or 0) < (done.source_duration or 0)
        assert 0 <= (clip.virality_score or -1) <= 100
        assert clip.thumbnail_url
    first = await job.download(tmp_path / "1.mp4")
    second = await job.download(tmp_path / "2.mp4", file="clips.1.video_url")
    assert first.stat().st_size > 1000
    assert second.stat().st_size > 1000
    with pytest.raises(JobError, match=r"no clips\.2\.video_url"):
        await job.download(tmp_path / "3.mp4", file="clips.2.video_url")
    charge = sandbox.charges[-1]
    assert (charge.kind, charge.credits, charge.idempotency_key) == ("ai_clipping", 0.3, "clips-1")
    assert (await heygen.clippings.get(job.id)).id == job.id
    assert (await heygen.clippings.delete(job.id)).id == job.id
    with pytest.raises(NotFoundError):
        await heygen.clippings.get(job.id)


async def test_clips_appear_one_after_the_other(heygen: HeyGen, sandbox: Sandbox) -> None:
    settings = ClippingOutput(duration_types=["30", "60"])
    job = await heygen.clippings.create(CreateClipping(video=FAR, output_settings=settings))
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for _ in range(40):
        sandbox.clock.advance(5)
        read = await job.read()
        seen.add((read.status, tuple(clip.status for clip in read.clips)))
        (listed,) = (await heygen.clippings.list()).items
        assert listed.progress == (100 if read.status == "completed" else 0)
        assert read.progress == 100 or read.status != "completed"
    assert seen == {
        ("pending", ()),
        ("running", ("pending", "pending")),
        ("running", ("completed", "pending")),
        ("completed", ("completed", "completed")),
    }


async def test_a_clipping_that_is_cancelled_has_ended(heygen: HeyGen, sandbox: Sandbox) -> None:
    job = await heygen.clippings.create(CreateClipping(video=FAR))
    sandbox.fault(Fault(path="/v3/ai-clipping/*", status_word="cancelled"))
    with pytest.raises(JobFailedError) as caught:
        await job.wait()
    assert caught.value.status == "cancelled"
    failing = await heygen.clippings.create(CreateClipping(video=FAR, title="[[fail]]"))
    with pytest.raises(JobFailedError, match="nothing to cut"):
        await heygen.clippings.job(failing.id).wait()


async def test_a_video_is_taken_apart(
    heygen: HeyGen, sandbox: Sandbox, talk: Path, tmp_path: Path
) -> None:
    job = await heygen.background_removals.create(CreateBackgroundRemoval(video=talk, title="T"))
    done = await job.wait()
    assert set(done.layers) == {"foreground", "mask", "background"}
    assert done.duration
    assert done.completed_at
    assert (await job.download(tmp_path)).suffix == ".webm"
    path = await job.download(tmp_path / "mask.mp4", file="layers.mask")
    assert path.stat().st_size > 1000
    some = CreateBackgroundRemoval(video=talk.read_bytes(), layers=["mask"])
    assert set((await (await heygen.background_removals.create(some)).wait()).layers) == {"mask"}
    assert [c.credits for c in sandbox.charges if c.kind == "background_removal"] == [0, 0]
    deleted = await heygen.background_removals.delete(job.id)
    assert (deleted.id, deleted.deleted) == (job.id, True)
    with pytest.raises(NotFoundError):
        await heygen.background_removals.get(job.id)


async def test_a_removal_is_made_once_by_its_request_id(
    heygen: HeyGen, sandbox: Sandbox, calls: Calls
) -> None:
    removals, root = heygen.background_removals, "/v3/background-removals"
    sandbox.fault(Fault(method="POST", path=root, commit_then_drop=True, times=2))
    minted = await removals.create(CreateBackgroundRemoval(video=FAR))
    assert calls("POST", root) == 3
    assert [each.id async for each in removals.list()] == [minted.id]
    # The header is not heeded here, and so it is not sent.
    assert not any(r.idempotency_key for r in sandbox.requests if r.path == root)

    other = await removals.create(CreateBackgroundRemoval(video=FAR))
    assert other.id != minted.id
    own = CreateBackgroundRemoval(video=FAR, request_id="mine 1")
    assert (await removals.create(own)).id == (await removals.create(own)).id
    with pytest.raises(ValueError, match="another body"):
        await removals.create(
            CreateBackgroundRemoval(video=FAR, request_id="mine 1", layers=["mask"])
        )
    newer = CreateBackgroundRemoval(video=FAR)
    first = await removals.create(newer, extra_body={"request_id": "x"})
    assert (await removals.create(newer, extra_body={"request_id": "x"})).id == first.id


async def test_removals_fail_and_are_deleted(heygen: HeyGen, sandbox: Sandbox) -> None:
    removals = heygen.background_removals
    job = await removals.create(CreateBackgroundRemoval(video=FAR, title="[[fail]]"))
    with pytest.raises(JobFailedError, match="No subject"):
        await removals.job(job.id).wait()
    sandbox.fault(Fault(path="/v3/background-removals/*", status_word="deleted"))
    with pytest.raises(JobFailedError) as caught:
        await job.wait()
    assert caught.value.status == "deleted"


async def test_filler_words_are_cut(
    heygen: HeyGen, sandbox: Sandbox, talk: Path, tmp_path: Path
) -> None:
    request = CreateFillerWordRemoval(video=talk, callback_id="c")
    job = await heygen.filler_word_removals.create(request, idempotency_key="f-1")
    again = await heygen.filler_word_removals.job(job.id).read()
    assert (again.status, again.video_url, again.num_cuts) == ("pending", None, None)
    done = await job.wait()
    assert (done.title, done.callback_id, done.progress) == ("Filler Removal", "c", 100)
    assert done.original_duration is not None
    assert done.output_duration is not None
    assert 0 < done.output_duration < done.original_duration
    assert (done.num_cuts or 0) > 0
    saved = 100 * (1 - done.output_duration / done.original_duration)
    assert done.reduction_pct == pytest.approx(saved, abs=0.01)
    assert (await job.download(tmp_path)).stat().st_size > 1000
    assert (await heygen.filler_word_removals.get(job.id)).thumbnail_url
    assert sandbox.charges[-1].credits == 0.3


async def test_what_was_not_shortened_is_paid_back(heygen: HeyGen, sandbox: Sandbox) -> None:
    request = CreateFillerWordRemoval(video=FAR, title="[[clean]] talk")
    done = await (await heygen.filler_word_removals.create(request)).wait()
    assert (done.num_cuts, done.reduction_pct) == (0, 0)
    assert done.output_duration == done.original_duration
    assert sandbox.total_charged == 0
    assert len(sandbox.charges) == 2
    failing = CreateFillerWordRemoval(video=FAR, title="[[fail]]")
    with pytest.raises(JobFailedError, match="understood"):
        await (await heygen.filler_word_removals.create(failing)).wait()


@pytest.mark.parametrize("form", ["path", "bytes"])
async def test_a_project_becomes_a_video(
    heygen: HeyGen, sandbox: Sandbox, tmp_path: Path, form: str, calls: Calls
) -> None:
    path = tmp_path / "project.zip"
    path.write_bytes(project())
    request = CreateHyperframesRender(
        project=path if form == "path" else project(),
        fps=60,
        resolution="4k",
        quality="high",
        aspect_ratio="1:1",
        variables={"name": "Ada", "deep": {"list": [1, 2.5, None]}},
        title="My render",
    )
    job = await heygen.hyperframes.create(request, idempotency_key="h-1")
    assert job.created is not None
    assert (job.created.status, job.created.title) == ("queued", "My render")
    # A zip takes the direct way, however small it is.
    assert calls("POST", "/v3/assets/direct-uploads") == 1
    done = await job.wait()
    assert (done.fps, done.resolution, done.quality) == (60, "4k", "high")
    assert done.duration == pytest.approx(3.0)
    assert done.completed_at
    assert (await job.download(tmp_path)).name == f"{job.id}.mp4"
    assert sandbox.charges[-1].credits == pytest.approx(0.30 * 3 / 60)
    assert (await heygen.hyperframes.delete(job.id)).render_id == job.id
    for call in (heygen.hyperframes.get(job.id), heygen.hyperframes.delete(job.id)):
        with pytest.raises(NotFoundError):
            await call


async def test_a_project_is_uploaded_once_and_rendered_often(heygen: HeyGen, calls: Calls) -> None:
    asset = await heygen.assets.upload(project(), filename="project.zip")
    assert asset.mime_type == "application/zip"
    for resolution in ("1080p", "4k"):
        request = CreateHyperframesRender(project=asset.asset_id, resolution=resolution)
        assert (await (await heygen.hyperframes.create(request)).wait()).resolution == resolution
    assert calls("POST", "/v3/assets/direct-uploads") == 1


async def test_another_page_may_be_the_first(heygen: HeyGen) -> None:
    whole = project(name="compositions/intro.html")
    request = CreateHyperframesRender(project=whole, composition="compositions/intro.html")
    done = await (await heygen.hyperframes.create(request)).wait()
    assert done.composition == "compositions/intro.html"
    failing = CreateHyperframesRender(project=project("<title>[[fail]]</title>"))
    with pytest.raises(JobFailedError, match="threw an error"):
        await (await heygen.hyperframes.create(failing)).wait()


async def test_the_first_word_of_a_good_end_may_come_without_a_link(
    heygen: HeyGen, sandbox: Sandbox
) -> None:
    world = sandbox._ctx.world
    jobs: list[tuple[Any, dict[str, Any], Callable[[Any], Any]]] = [
        (
            heygen.hyperframes.create(CreateHyperframesRender(project=project())),
            world.renders,
            lambda read: read.video_url,
        ),
        (
            heygen.filler_word_removals.create(CreateFillerWordRemoval(video=FAR)),
            world.tightenings,
            lambda read: read.video_url,
        ),
        (
            heygen.background_removals.create(CreateBackgroundRemoval(video=FAR)),
            world.removals,
            lambda read: read.layers,
        ),
        (
            heygen.clippings.create(CreateClipping(video=FAR)),
            world.clippings,
            lambda read: read.clips[0].video_url,
        ),
    ]
    for creating, works, link in jobs:
        job = await creating
        sandbox.clock.advance(works[job.id].done + 0.5 - sandbox.clock.now())
        read = await job.read()
        assert (read.status, bool(link(read))) == ("completed", False)
        assert link(await job.wait())


async def test_lists_are_paged(heygen: HeyGen) -> None:
    zipped = project()
    renders = [
        (await heygen.hyperframes.create(CreateHyperframesRender(project=zipped))).id
        for _ in range(3)
    ]
    clips = [(await heygen.clippings.create(CreateClipping(video=FAR))).id for _ in range(3)]
    removal = CreateBackgroundRemoval(video=FAR)
    removals = [(await heygen.background_removals.create(removal)).id for _ in range(3)]
    assert [each.render_id async for each in heygen.hyperframes.list(limit=2)] == renders[::-1]
    assert [each.id async for each in heygen.clippings.list(limit=2)] == clips[::-1]
    assert [each.id async for each in heygen.background_removals.list(limit=1)] == removals[::-1]
    for lister in (heygen.hyperframes.list, heygen.clippings.list, heygen.background_removals.list):
        assert len([each async for each in lister(max_items=2)]) == 2
        with pytest.raises(InvalidRequestError, match="limit"):
            lister(limit=0)


async def test_a_deletion_whose_answer_is_lost_is_done(heygen: HeyGen, sandbox: Sandbox) -> None:
    render = await heygen.hyperframes.create(CreateHyperframesRender(project=project()))
    removal = await heygen.background_removals.create(CreateBackgroundRemoval(video=FAR))
    clipping = await heygen.clippings.create(CreateClipping(video=FAR))
    sandbox.fault(Fault(method="DELETE", path="/v3/*", commit_then_drop=True))
    # Below us a kept connection that was cut is replaced, and the request sent again, unseen.
    sandbox.fault(Fault(method="DELETE", path="/v3/*", drop=True))
    assert (await heygen.hyperframes.delete(render.id)).render_id == render.id
    sandbox.fault(Fault(method="DELETE", path="/v3/*", commit_then_drop=True))
    sandbox.fault(Fault(method="DELETE", path="/v3/*", drop=True))
    assert (await heygen.background_removals.delete(removal.id)).deleted
    sandbox.fault(Fault(method="DELETE", path="/v3/*", commit_then_drop=True))
    sandbox.fault(Fault(method="DELETE", path="/v3/*", drop=True))
    assert (await heygen.clippings.delete(clipping.id)).id == clipping.id
    for lister in (heygen.hyperframes.list, heygen.clippings.list, heygen.background_removals.list):
        assert (await lister()).items == []


async def test_what_heygen_would_refuse_is_refused_here(heygen: HeyGen, sandbox: Sandbox) -> None:
    inline = AssetBase64(media_type="video/mp4", data="AAAA")
    zipped = AssetUrl(url="https://example.com/p.zip")
    for refused in (
        heygen.clippings.create(CreateClipping(video=inline)),  # type: ignore[arg-type]
        heygen.clippings.create(CreateClipping(video=FAR, title="x" * 256)),
        heygen.clippings.create(
            CreateClipping(video=FAR, output_settings=ClippingOutput(duration_types=[]))
        ),
        heygen.filler_word_removals.create(CreateFillerWordRemoval(video=inline)),  # type: ignore[arg-type]
        heygen.background_removals.create(CreateBackgroundRemoval(video=FAR, layers=["hair"])),
        heygen.hyperframes.create(
            CreateHyperframesRender(project=zipped, resolution="4k", format="webm")
        ),
        heygen.hyperframes.create(CreateHyperframesRender(project=zipped, fps=241)),
        heygen.clippings.create(CreateClipping(video="folder/talk.mp4")),
    ):
        with pytest.raises(InvalidRequestError):
            await refused
    assert not sandbox.requests
    for missing in (
        heygen.clippings.get("none"),
        heygen.clippings.delete("none"),
        heygen.background_removals.get("none"),
        heygen.background_removals.delete("none"),
        heygen.filler_word_removals.get("none"),
        heygen.hyperframes.get("none"),
    ):
        with pytest.raises(NotFoundError):
            await missing
    sandbox._ctx.world.balance = 0.0
    with pytest.raises(InsufficientCreditError):
        await heygen.clippings.create(CreateClipping(video=FAR))


@pytest.fixture
async def studio(clock: SkippingClock, world: World) -> AsyncIterator[HeyGen]:
    """A client of a sandbox that truly renders."""
    pytest.importorskip("av")
    pytest.importorskip("PIL")
    shared = SandboxClock(source=clock.monotonic, epoch=clock.time())
    async with (
        Sandbox(media=True, clock=shared) as sandbox,
        HeyGen(api_key="k", base_url=sandbox.url, world=world) as client,
    ):
        clock.watch(lambda: client.in_flight)
        yield client


def look_at(path: Path) -> tuple[int, int, float]:
    """Width, height and seconds of a video's pictures."""
    import av  # noqa: PLC0415

    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        pictures = sum(1 for _ in container.decode(video=0))
        return stream.width, stream.height, pictures / 25


async def test_what_is_cut_has_the_length_that_was_told(studio: HeyGen, tmp_path: Path) -> None:
    request = AvatarVideo(
        avatar_id="Ada_public_office_front", script=SCRIPT, resolution="720p", aspect_ratio="1:1"
    )
    talk = await (await studio.videos.create(request)).download(tmp_path / "talk.mp4")

    clips = await studio.clippings.create(CreateClipping(video=talk))
    clip = (await clips.wait()).clips[0]
    seen = look_at(await clips.download(tmp_path / "clip.mp4"))
    assert seen[:2] == (720, 1280)
    assert seen[2] == pytest.approx(clip.duration_seconds)

    shorter = await studio.filler_word_removals.create(CreateFillerWordRemoval(video=talk))
    told = await shorter.wait()
    assert told.original_duration == pytest.approx(look_at(talk)[2], abs=0.05)
    seen = look_at(await shorter.download(tmp_path / "shorter.mp4"))
    assert seen[2] == pytest.approx(told.output_duration)

    apart = await studio.background_removals.create(CreateBackgroundRemoval(video=talk))
    seconds = (await apart.wait()).duration
    background = await apart.download(tmp_path / "background.mp4", file="layers.background")
    assert look_at(background)[2] == pytest.approx(seconds)
    await apart.download(tmp_path / "foreground.webm")
    import av  # noqa: PLC0415

    with av.open(str(tmp_path / "foreground.webm")) as container:
        tags = container.streams.video[0].metadata
        assert {name.lower(): value for name, value in tags.items()}["alpha_mode"] == "1"

    mask = await apart.download(tmp_path / "mask.mp4", file="layers.mask")
    assert look_at(mask)[2] == pytest.approx(seconds)
    with av.open(str(mask)) as container:
        plane = bytes(next(container.decode(video=0)).planes[0])
    assert min(plane) < 20  # nobody there
    assert max(plane) > 230  # somebody there

    render = await studio.hyperframes.create(
        CreateHyperframesRender(project=project(), aspect_ratio="9:16")
    )
    seconds = (await render.wait()).duration
    seen = look_at(await render.download(tmp_path / "render.mp4"))
    assert seen[:2] == (1080, 1920)
    assert seen[2] == pytest.approx(seconds)
