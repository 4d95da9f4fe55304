"""Lipsyncs and their batches, from the call to the file."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from heygen_async import HeyGen
from heygen_async.errors import InvalidRequestError, JobFailedError, NotFoundError
from heygen_async.models import AssetId, AssetUrl, CreateLipsync, CreateLipsyncBatch
from heygen_async.sandbox import Fault, Sandbox
from tests.sandbox.kit import wav

FAR = AssetUrl(url="https://example.com/talk.mp4")
SOUND = AssetUrl(url="https://example.com/words.mp3")


def talk(**fields: Any) -> CreateLipsync:
    return CreateLipsync(**{"video": FAR, "audio": SOUND} | fields)


async def test_a_lipsync_is_asked_for_waited_for_and_fetched(
    heygen: HeyGen, sandbox: Sandbox, tmp_path: Path
) -> None:
    job = await heygen.lipsyncs.create(talk(audio=wav(2.0), title="Talk", mode="precision"))
    assert job.kind == "lipsync"
    assert job.created is not None
    assert job.created.status == "pending"
    done = await job.wait()
    assert (done.id, done.status, done.title, done.duration) == (job.id, "completed", "Talk", 10.0)
    path = await job.download(tmp_path)
    assert path.read_bytes()[4:8] == b"ftyp"
    assert done.caption_url is not None
    async with aiohttp.ClientSession() as http, http.get(done.caption_url) as reply:
        assert " --> " in await reply.text()
    (charge,) = sandbox.charges
    assert (charge.kind, charge.credits) == ("lipsync", 0.667)
    assert [asset.mime for asset in sandbox._ctx.world.assets.values() if not asset.drawn] == [
        "audio/wav"
    ]


async def test_many_lipsyncs_are_looked_at_together(
    heygen: HeyGen, calls: Callable[[str, str], int]
) -> None:
    import asyncio  # noqa: PLC0415

    jobs = [await heygen.lipsyncs.create(talk()) for _ in range(5)]
    done = await asyncio.gather(*(job.wait() for job in jobs))
    assert [each.id for each in done] == [job.id for job in jobs]
    assert calls("GET", "/v3/lipsyncs/statuses") > 0


async def test_the_job_of_an_id_reads_lists_renames_and_is_deleted(heygen: HeyGen) -> None:
    jobs = [await heygen.lipsyncs.create(talk(title=str(number))) for number in range(3)]
    assert (await heygen.lipsyncs.job(jobs[0].id).wait()).title == "0"
    assert (await heygen.lipsyncs.update(jobs[0].id, title="New")).title == "New"
    assert (await heygen.lipsyncs.get(jobs[0].id)).title == "New"
    assert [each.title async for each in heygen.lipsyncs.list(limit=2)] == ["2", "1", "New"]
    assert [each.title async for each in heygen.lipsyncs.list(max_items=1)] == ["2"]
    assert (await heygen.lipsyncs.delete(jobs[1].id)).id == jobs[1].id
    with pytest.raises(NotFoundError):
        await heygen.lipsyncs.delete(jobs[1].id)
    lines = await heygen.lipsyncs.list_statuses([jobs[0].id, jobs[1].id])
    assert [line.status for line in lines] == ["completed", "not_found"]


async def test_a_lipsync_that_fails_says_why(heygen: HeyGen) -> None:
    job = await heygen.lipsyncs.create(talk(title="[[fail]]"))
    with pytest.raises(JobFailedError, match="moderation"):
        await job.wait()


async def test_a_batch_has_an_item_per_lipsync(heygen: HeyGen, sandbox: Sandbox) -> None:
    job = await heygen.lipsyncs.create_batch(
        CreateLipsyncBatch(
            lipsyncs=[talk(audio=wav(1.0)), talk(video=AssetId(asset_id="none")), talk()]
        )
    )
    batch = await job.wait()
    assert batch.counts_by_status == {"completed": 2, "failed": 1}
    items = [item async for item in heygen.lipsyncs.list_batch_items(job.id, limit=1)]
    assert [item.item_index for item in items] == [0, 1, 2]
    assert items[1].error is not None
    assert items[2].video_id is not None
    assert (await heygen.lipsyncs.job(items[2].video_id).wait()).duration == 10.0
    lines = await heygen.lipsyncs.list_statuses(batch_ids=[job.id])
    assert [line.status for line in lines] == ["completed", "failed", "completed"]
    assert (await heygen.lipsyncs.batch_job(job.id).wait()).status == "completed"
    assert (await heygen.lipsyncs.get_batch(job.id)).total_items == 3
    assert len(sandbox.charges) == 2


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"callback_id": "c"}, "callback_id"),
        ({"start_time": 2.0, "end_time": 1.0}, "end_time"),
        ({"mode": "best"}, "mode"),
    ],
)
async def test_what_contradicts_is_refused_before_it_is_sent(
    heygen: HeyGen, sandbox: Sandbox, fields: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidRequestError) as caught:
        await heygen.lipsyncs.create(talk(**fields))
    assert caught.value.field == field
    with pytest.raises(InvalidRequestError) as caught:
        await heygen.lipsyncs.create_batch(CreateLipsyncBatch(lipsyncs=[talk(), talk(**fields)]))
    assert caught.value.field == f"lipsyncs[1].{field}"
    assert not sandbox.requests


async def test_a_deletion_whose_answer_is_lost_is_done(heygen: HeyGen, sandbox: Sandbox) -> None:
    job = await heygen.lipsyncs.create(talk())
    path = f"/v3/lipsyncs/{job.id}"
    sandbox.fault(Fault(path=path, method="DELETE", commit_then_drop=True))
    # Below us a kept connection that was cut is replaced, and the request sent again, unseen.
    sandbox.fault(Fault(path=path, method="DELETE", drop=True))
    assert (await heygen.lipsyncs.delete(job.id)).id == job.id
    assert not sandbox._ctx.world.dubs


async def test_a_lipsync_whose_answer_is_lost_is_paid_once(
    heygen: HeyGen, sandbox: Sandbox
) -> None:
    sandbox.fault(Fault(path="/v3/lipsyncs", method="POST", commit_then_drop=True))
    job = await heygen.lipsyncs.create(talk())
    assert [charge.id for charge in sandbox.charges] == [job.id]
