"""Scripted faults: each kind, in order, counted, and on storage addresses too."""

import asyncio
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from heygen_async.sandbox import Fault
from tests.sandbox.kit import KEY, STOCK, Api, png, until

ME = "/v3/users/me"
AVATAR = {"type": "avatar", "avatar_id": STOCK, "script": "Hello there."}


async def test_status_with_everything(api: Api) -> None:
    api.sandbox.fault(
        Fault(path=ME, status=429, code="quota_exceeded", message="No.", retry_after=1.5)
    )
    answer = await api.get(ME)
    assert answer.status == 429
    assert answer.headers["Retry-After"] == "1.5"
    assert answer.error | {"doc_url": ""} == {
        "code": "quota_exceeded",
        "message": "No.",
        "doc_url": "",
    }
    assert (await api.get(ME)).status == 200


async def test_a_gateways_page(api: Api) -> None:
    api.sandbox.fault(Fault(path=ME, status=502, body="<html>Bad</html>", retry_after="soon"))
    answer = await api.get(ME)
    assert (answer.status, answer.body) == (502, b"<html>Bad</html>")
    assert (answer.headers["Retry-After"], answer.headers["Content-Type"]) == ("soon", "text/html")


async def test_faults_act_in_order_and_are_used_up(api: Api) -> None:
    api.sandbox.fault(Fault(path="/v3/users/*", method="get", skip=1, times=2, status=503))
    api.sandbox.fault(Fault(path="/v3/users", status=500))
    assert [(await api.get(ME)).status for _ in range(5)] == [500, 503, 503, 200, 200]


async def test_faults_of_other_families(api: Api) -> None:
    for path in ("/v1/", "/v2/"):
        api.sandbox.fault(Fault(path=path, status=429, message="Slow."))
    old = await api.get("/v1/video_status.get?video_id=x")
    assert old.json == {"code": 400123, "message": "Slow.", "data": None}
    newer = await api.get("/v2/user/remaining_quota")
    assert newer.error == {"code": "rate_limit_exceeded", "message": "Slow."}


async def test_drop(api: Api) -> None:
    api.sandbox.fault(Fault(path="/v3/videos", drop=True))
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await api.post("/v3/videos", AVATAR)
    assert not api.sandbox.charges
    assert api.sandbox.requests[-1].status == 0


async def test_commit_then_drop(api: Api) -> None:
    api.sandbox.fault(Fault(path="/v3/videos", commit_then_drop=True))
    headers = {"Idempotency-Key": "k1"}
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await api.post("/v3/videos", AVATAR, headers=headers)
    paid = api.sandbox.charges
    assert [charge.idempotency_key for charge in paid] == ["k1"]
    again = await api.post("/v3/videos", AVATAR, headers=headers)
    assert again.data["video_id"] == paid[0].id
    assert api.sandbox.charges == paid
    assert api.sandbox.requests[-1].replayed


async def test_stall_holds_the_key(api: Api) -> None:
    api.sandbox.fault(Fault(path="/v3/videos", stall=0.3))
    headers = {"Idempotency-Key": "k1"}
    first = asyncio.create_task(api.post("/v3/videos", AVATAR, headers=headers))
    await until(lambda: api.sandbox.charges)
    second = await api.post("/v3/videos", AVATAR, headers=headers)
    assert (second.status, second.error["code"]) == (409, "request_in_progress")
    done = await first
    third = await api.post("/v3/videos", AVATAR, headers=headers)
    assert third.body == done.body
    assert len(api.sandbox.charges) == 1


async def test_stop_does_not_wait_for_a_stall(api: Api) -> None:
    api.sandbox.fault(Fault(path=ME, stall=30))
    reading = asyncio.create_task(api.get(ME))
    await until(lambda: not api.sandbox._running.faults.pending())
    async with asyncio.timeout(5):
        await api.sandbox.stop()
        await asyncio.gather(reading, return_exceptions=True)
    assert reading.result().status == 200, "the stall ends, and what was asked is still answered"


async def test_kill_in_mid_upload(api: Api) -> None:
    content = png(64, 64) + bytes(1 << 19)
    body = {"filename": "a.png", "content_type": "image/png", "size_bytes": len(content)}
    given = (await api.post("/v3/assets/direct-uploads", body)).data
    api.sandbox.fault(Fault(path="/_storage/uploads", drop_after_request_bytes=1000))
    more: dict[str, Any] = {"key": False, "headers": given["upload_headers"]}
    with pytest.raises(aiohttp.ClientError):
        await api("PUT", given["upload_url"], data=content, **more)
    assert not list(api.sandbox._ctx.files.folder.iterdir())
    assert (await api("PUT", given["upload_url"], data=content, **more)).status == 200


async def test_a_client_that_leaves_in_mid_upload(api: Api) -> None:
    body = {"filename": "a.png", "content_type": "image/png", "size_bytes": 10_000}
    given = (await api.post("/v3/assets/direct-uploads", body)).data
    reader, writer = await asyncio.open_connection("127.0.0.1", api.sandbox.port)
    path = given["upload_url"].removeprefix(api.sandbox.url)
    head = (f"PUT {path} HTTP/1.1", "Host: x", "Content-Type: image/png", "Content-Length: 10000")
    writer.write("\r\n".join((*head, "", "")).encode() + bytes(5000))
    await writer.drain()
    await asyncio.sleep(0.05)
    writer.close()
    await writer.wait_closed()
    await until(lambda: api.sandbox.requests[-1].path.startswith("/_storage"))
    assert api.sandbox.requests[-1].status == 0
    assert not list(api.sandbox._ctx.files.folder.iterdir())
    assert not await reader.read()


async def test_truncated_answers(api: Api) -> None:
    api.sandbox.fault(Fault(path=ME, truncate_response_at=10))
    with pytest.raises(aiohttp.ClientPayloadError):
        await api.get(ME)
    uploaded = (await api.upload(png(200, 200))).data
    api.sandbox.fault(Fault(path="/_storage", truncate_response_at=100))
    async with api.http.get(uploaded["url"]) as reply:
        assert reply.content_length == uploaded["size_bytes"]
        with pytest.raises(aiohttp.ClientPayloadError):
            await reply.read()


async def test_links_that_expire_on_demand(api: Api) -> None:
    uploaded = (await api.upload(png(200, 200))).data
    api.sandbox.fault(Fault(path="/_storage", expire_links=True))
    answer = await api.fetch(uploaded["url"])
    assert (answer.status, b"Request has expired" in answer.body) == (403, True)
    assert (await api.fetch(uploaded["url"])).status == 200


async def test_words_nobody_knows(api: Api) -> None:
    video_id = await api.video()
    api.sandbox.fault(Fault(path="/v3/videos/*", times=2, status_word="marinating"))
    assert (await api.get(f"/v3/videos/{video_id}")).data["status"] == "marinating"
    entries = (await api.get(f"/v3/videos/statuses?video_ids={video_id}")).data
    assert entries[0]["status"] == "marinating"


async def test_another_reply(api: Api) -> None:
    api.sandbox.fault(Fault(path=ME, reply=None))
    api.sandbox.fault(Fault(path="/v1/", reply={"id": "x"}))
    assert (await api.get(ME)).json == {"data": None}
    video_id = await api.video()
    old = await api.get(f"/v1/video_status.get?video_id={video_id}")
    told = old.json
    assert "/v3/videos" in told.pop("warning")["message"]
    assert told == {"code": 100, "data": {"id": "x"}, "message": "Success"}


async def test_faults_through_the_control_plane(api: Api) -> None:
    faults = [{"path": ME, "status": 500, "times": 2}, {"path": "/v3/voices", "drop": True}]
    assert (await api.post("/_sandbox/faults", faults, key=False)).json == {"added": 2}
    state = (await api.get("/_sandbox/state", key=False)).json
    assert [fault["path"] for fault in state["faults"]] == [ME, "/v3/voices"]
    assert (await api.get(ME)).status == 500
    for bad in ([{"path": ME, "explode": True}], {"path": ME}, [{}], [{"path": 1}]):
        assert (await api.post("/_sandbox/faults", bad, key=False)).status == 400
    await api.post("/_sandbox/reset", key=False)
    assert (await api.get(ME)).status == 200


def test_keys_are_never_kept(api: Api) -> None:
    assert KEY["X-Api-Key"] not in repr(api.sandbox.requests)
    assert Path(api.sandbox._ctx.files.folder).exists()
