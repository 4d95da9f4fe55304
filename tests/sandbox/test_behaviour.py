"""What happens over time: slots, replays, charges, links, restarts."""

import asyncio
import gc
import socket
from pathlib import Path
from typing import Any

import aiohttp
import msgspec
import pytest

from heygen_async.sandbox import Charge, Exchange, Fault, Sandbox, SandboxClock
from tests.sandbox.kit import EPOCH, STOCK, Api, png, still_clock

AVATAR = {"type": "avatar", "avatar_id": STOCK, "script": "Hello there, friend."}


async def test_slots(http: aiohttp.ClientSession) -> None:
    async with Sandbox(media=False, clock=still_clock(speed=10), slots=2) as sandbox:
        api = Api(sandbox, http)
        ids = [await api.video(), await api.video()]
        answer = await api.post("/v3/videos", AVATAR)
        assert (answer.status, answer.error["code"]) == (429, "rate_limit_exceeded")
        assert "oncurrency" in answer.error["message"]
        wait = int(answer.headers["Retry-After"])
        first = min(sandbox._ctx.world.videos[each].done for each in ids) - EPOCH
        assert wait == -int(-first / 10 // 1)
        scene = {"voice": {"type": "silence", "duration": 1}}
        legacy = await api.post("/v2/video/generate", {"video_inputs": [scene]})
        assert (legacy.status, legacy.error["code"]) == (429, "rate_limit_exceeded")
        assert len(sandbox.charges) == 2
        api.advance(wait * 10)
        assert (await api.post("/v3/videos", AVATAR)).status == 200


async def test_slots_are_not_shared_by_racing_requests(http: aiohttp.ClientSession) -> None:
    async with Sandbox(media=False, clock=still_clock(), slots=3) as sandbox:
        api = Api(sandbox, http)
        answers = await asyncio.gather(*(api.post("/v3/videos", AVATAR) for _ in range(12)))
        statuses = sorted(answer.status for answer in answers)
        assert statuses == [200] * 3 + [429] * 9


async def test_replay_is_identical_for_a_day(api: Api) -> None:
    headers = {"Idempotency-Key": "job:1"}
    first = await api.post("/v3/videos", AVATAR, headers=headers)
    other = await api.post("/v3/videos", AVATAR | {"script": "Different."}, headers=headers)
    assert first.body == other.body
    assert first.headers["X-Request-Id"] != other.headers["X-Request-Id"]
    key2 = {"X-Api-Key": "another"}
    assert (await api.post("/v3/videos", AVATAR, headers=headers | key2)).body != first.body
    api.advance(24 * 3600 - 1)
    assert (await api.post("/v3/videos", AVATAR, headers=headers)).body == first.body
    api.advance(2)
    assert (await api.post("/v3/videos", AVATAR, headers=headers)).body != first.body
    assert len(api.sandbox.charges) == 3


async def test_keys_belong_to_one_endpoint_and_errors_are_not_kept(api: Api) -> None:
    headers = {"Idempotency-Key": "same"}
    bad = await api.post("/v3/videos", AVATAR | {"script": ""}, headers=headers)
    good = await api.post("/v3/videos", AVATAR, headers=headers)
    assert (bad.status, good.status) == (400, 200)
    slot = {"filename": "a.png", "content_type": "image/png", "size_bytes": 5}
    given = (await api.post("/v3/assets/direct-uploads", slot, headers=headers)).data
    path = f"/v3/assets/{given['asset_id']}/complete"
    assert (await api.post(path, {}, headers=headers)).status == 409
    uploads = [await api.upload(png(200, 200), headers=headers) for _ in range(2)]
    assert uploads[0].body == uploads[1].body


@pytest.mark.parametrize("key", ["has space", "x" * 256, "ümlaut", "semi;colon"])
async def test_bad_keys(api: Api, key: str) -> None:
    answer = await api.post("/v3/videos", AVATAR, headers={"Idempotency-Key": key})
    assert (answer.status, answer.error["param"]) == (400, "Idempotency-Key")


async def test_charges(api: Api) -> None:
    look = await api.photo_avatar()
    body = AVATAR | {"avatar_id": look["id"], "script": "word " * 50}
    video_id = (await api.post("/v3/videos", body)).data["video_id"]
    created, charge = api.sandbox.charges
    assert (created.kind, created.credits, created.id) == ("avatar_create", 1.0, look["id"])
    seconds = api.sandbox._ctx.world.videos[video_id].duration
    assert 15 < seconds < 25
    assert charge.credits == pytest.approx(0.05 * seconds, abs=1e-4)
    assert len(charge.request_digest) == 64
    assert api.sandbox.total_charged == pytest.approx(1 + charge.credits)
    listed = (await api.get("/_sandbox/charges", key=False)).body
    assert msgspec.json.decode(listed, type=list[Charge]) == list(api.sandbox.charges)


async def test_studio_avatars_cost_by_engine(api: Api) -> None:
    await api.video()
    await api.video(engine={"type": "avatar_iii"})
    four, three = (charge.credits for charge in api.sandbox.charges)
    assert four / three == pytest.approx(0.0667 / 0.0167, rel=0.01)


async def test_failures_stay_paid(api: Api) -> None:
    video_id = await api.video(script="This one will [[fail]].")
    api.advance(600)
    video = (await api.get(f"/v3/videos/{video_id}")).data
    assert (video["status"], video["video_url"]) == ("failed", None)
    assert video["failure_code"] == "MODERATION_POLICY_VIOLATED"
    entry = (await api.get(f"/v3/videos/statuses?video_ids={video_id}")).data[0]
    assert entry["error"]["code"] == "MODERATION_POLICY_VIOLATED"
    assert len(api.sandbox.charges) == 1


async def finished(api: Api, **fields: Any) -> Any:
    video_id = await api.video(**fields)
    api.advance(600)
    return (await api.get(f"/v3/videos/{video_id}")).data


async def test_files_of_a_video(api: Api) -> None:
    video = await finished(api, caption={"style": "default"})
    kinds = {
        "video_url": "video/mp4",
        "captioned_video_url": "video/mp4",
        "thumbnail_url": "image/jpeg",
        "gif_url": "image/gif",
        "subtitle_url": "application/x-subrip",
    }
    for name, kind in kinds.items():
        answer = await api.fetch(video[name])
        assert (answer.status, answer.headers["Content-Type"]) == (200, kind)
    assert b"-->" in (await api.fetch(video["subtitle_url"])).body
    assert (await finished(api))["captioned_video_url"] is None


async def test_links_expire_and_are_signed_anew(api: Api) -> None:
    video = await finished(api)
    assert (await api.fetch(video["video_url"])).status == 200
    api.advance(3602)
    answer = await api.fetch(video["video_url"])
    assert (answer.status, b"Request has expired" in answer.body) == (403, True)
    fresh = (await api.get(f"/v3/videos/{video['id']}")).data
    assert fresh["video_url"] != video["video_url"]
    assert (await api.fetch(fresh["video_url"])).status == 200
    plain = fresh["video_url"].partition("?")[0]
    assert (await api.fetch(plain)).status == 403


async def test_storage_takes_no_key_and_the_leak_is_seen(api: Api) -> None:
    video = await finished(api)
    for headers in ({"X-Api-Key": "k"}, {"Authorization": "Bearer k"}):
        assert (await api.fetch(video["video_url"], headers=headers)).status == 403
        assert api.sandbox.requests[-1].had_key


async def test_ranges(api: Api) -> None:
    url = (await finished(api))["video_url"]
    whole = await api.fetch(url)
    size, etag = len(whole.body), whole.headers["ETag"]
    assert whole.headers["Accept-Ranges"] == "bytes"

    async def ranged(asked: str, **more: str) -> Any:
        return await api.fetch(url, headers={"Range": asked} | more)

    middle = await ranged("bytes=10-19")
    assert (middle.status, middle.body) == (206, whole.body[10:20])
    assert middle.headers["Content-Range"] == f"bytes 10-19/{size}"
    assert (await ranged("bytes=100-")).body == whole.body[100:]
    assert (await ranged("bytes=-7")).body == whole.body[-7:]
    assert (await ranged(f"bytes=0-{size * 2}")).body == whole.body
    assert (await ranged("bytes=5-6", **{"If-Range": etag})).status == 206
    stale = await ranged("bytes=5-6", **{"If-Range": '"other"'})
    assert (stale.status, stale.body) == (200, whole.body)
    assert (await ranged("bytes=0-1,3-4")).status == 200
    beyond = await ranged(f"bytes={size}-")
    assert (beyond.status, b"InvalidRange" in beyond.body) == (416, True)
    head = await api("HEAD", url, key=False)
    assert (head.status, head.body) == (200, b"")
    assert int(head.headers["Content-Length"]) == size


async def test_same_seed_same_ids(http: aiohttp.ClientSession) -> None:
    seen: list[tuple[str, float]] = []
    for seed in (1, 1, 2):
        async with Sandbox(media=False, clock=still_clock(), seed=seed) as sandbox:
            video_id = await Api(sandbox, http).video()
            seen.append((video_id, sandbox._ctx.world.videos[video_id].done))
    assert seen[0] == seen[1] != seen[2]


async def test_state_survives(tmp_path: Path, http: aiohttp.ClientSession) -> None:
    headers = {"Idempotency-Key": "k"}
    async with Sandbox(media=False, clock=still_clock(), state=tmp_path) as sandbox:
        api = Api(sandbox, http)
        created = await api.post("/v3/videos", AVATAR, headers=headers)
        uploaded = (await api.upload(png(200, 200))).data
        api.advance(1000)
        charges = sandbox.charges
    async with Sandbox(media=False, clock=still_clock(), state=tmp_path) as sandbox:
        api = Api(sandbox, http)
        assert sandbox.clock.now() == EPOCH + 1000
        assert sandbox.charges == charges
        assert (await api.post("/v3/videos", AVATAR, headers=headers)).body == created.body
        video = (await api.get(f"/v3/videos/{created.data['video_id']}")).data
        assert (await api.fetch(video["video_url"])).status == 200
        path = uploaded["url"].partition("/_storage")[2]
        assert (await api.fetch(f"{sandbox.url}/_storage{path}")).status == 200
        assert await api.asset(png(200, 200)) != uploaded["asset_id"]
    (tmp_path / "state.json").write_text("{")
    with pytest.raises(ValueError, match=r"state\.json"):
        await Sandbox(media=False, state=tmp_path).start()


async def test_reset(api: Api) -> None:
    first = await api.asset(png(200, 200))
    await api.video()
    api.sandbox.fault(Fault(path="/", status=500))
    assert (await api.post("/_sandbox/reset", key=False)).status == 200
    assert (api.sandbox.charges, api.sandbox.requests) == ((), ())
    state = (await api.get("/_sandbox/state", key=False)).json
    assert (state["videos"], state["assets"], state["balance"]) == ([], [], 1000.0)
    assert await api.asset(png(300, 300)) == first


@pytest.mark.parametrize(
    ("head", "status"),
    [
        ("GET /v3/voices HTTP/1.1\r\nHost: \xff", 400),
        ("GET /v3/voices HTTP/1.1\r\nHost: x", 200),
        ("POST /v3/videos HTTP/1.1\r\nHost: x\r\nIdempotency-Key: \xff", 400),
        ("GET /v3/videos/%ff%00 HTTP/1.1\r\nHost: x", 404),
        ("GET /v3/voices?token=ZnJvbTotNQ== HTTP/1.1\r\nHost: x", 400),
        ("GET /_storage/videos/x/y?Expires=1&Signature=%C3%A9 HTTP/1.1\r\nHost: x", 403),
    ],
)
async def test_bytes_that_are_no_text(api: Api, head: str, status: int) -> None:
    credential = "" if "_storage" in head else "X-Api-Key: \xff\xfe\r\n"
    reader, writer = await asyncio.open_connection("127.0.0.1", api.sandbox.port)
    writer.write(f"{head}\r\n{credential}Connection: close\r\n\r\n".encode("latin-1"))
    answer = await reader.read()
    writer.close()
    await writer.wait_closed()
    assert int(answer.split()[1]) == status
    assert (await api.get("/_sandbox/requests", key=False)).status == 200


async def test_control_plane(api: Api) -> None:
    now = api.sandbox.clock.now()
    moved = await api.post("/_sandbox/clock", {"advance": 5}, key=False)
    assert moved.json == {"now": now + 5}
    for seconds in (-1, 1e30, "1"):
        assert (await api.post("/_sandbox/clock", {"advance": seconds}, key=False)).status == 400
    await api.get("/v3/voices?limit=1")
    listed = (await api.get("/_sandbox/requests", key=False)).body
    (exchange,) = msgspec.json.decode(listed, type=list[Exchange])
    assert (exchange.path, exchange.query, exchange.status) == ("/v3/voices", "limit=1", 200)
    page = await api.get("/_sandbox/", key=False)
    assert page.headers["Content-Type"].startswith("text/html")


async def test_the_page_shows_what_is_there(api: Api) -> None:
    video = await finished(api, title="<b>Ann & Bob</b>")
    page = (await api.get("/_sandbox/", key=False)).body.decode()
    assert video["id"] in page
    assert "&lt;b&gt;Ann &amp; Bob&lt;/b&gt;" in page
    assert "<b>Ann" not in page


async def test_starting_and_stopping() -> None:
    sandbox = Sandbox(media=False)
    await sandbox.stop()
    with pytest.raises(RuntimeError, match="start"):
        _ = sandbox.charges
    await sandbox.start()
    with pytest.raises(RuntimeError, match="already"):
        await sandbox.start()
    folder = sandbox._ctx.files.folder
    before = {task for task in asyncio.all_tasks() if task is not asyncio.current_task()}
    await sandbox.stop()
    await sandbox.stop()
    assert not folder.exists()
    del before
    gc.collect()
    assert asyncio.all_tasks() == {asyncio.current_task()}
    await sandbox.start()
    await sandbox.stop()


async def test_a_taken_port() -> None:
    taken = socket.create_server(("127.0.0.1", 0))
    with taken, pytest.raises(OSError, match="in use"):
        await Sandbox(media=False, port=taken.getsockname()[1]).start()
    gc.collect()


def test_the_clock() -> None:
    ticks = iter([0.0, 2.0, 3.0, 3.0])
    clock = SandboxClock(speed=10, source=lambda: next(ticks), epoch=100.0)
    assert clock.now() == 120.0
    assert clock.advance(5) == 135.0
    assert clock.real(20) == 2.0
    for bad in (-1.0, float("nan"), float("inf")):
        with pytest.raises(ValueError, match="forward"):
            clock.advance(bad)
    with pytest.raises(ValueError, match="speed"):
        SandboxClock(speed=0)
