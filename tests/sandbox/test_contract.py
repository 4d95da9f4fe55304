"""Replies of v3 held against the vendor's contract, where it lies beside the checkout."""

from typing import Any

import pytest

from tests.contract.replies import Contract
from tests.contract.samples import CONTRACT
from tests.sandbox.kit import STOCK, Api, png

pytestmark = pytest.mark.skipif(
    not CONTRACT.exists(), reason="the contract does not lie beside the checkout"
)


async def test_replies_fit(api: Api) -> None:
    contract = Contract()

    async def check(method: str, path: str, body: Any = None, /, **names: str) -> Any:
        more = {"data": body} if path == "/v3/assets" else {"body": body}
        query = names.pop("query", "")
        answer = await api(method, path.format(**names) + query, **more)
        assert contract.problems(method, path, answer.status, answer.json) == []
        return answer.json.get("data")

    import aiohttp  # noqa: PLC0415

    form = aiohttp.FormData()
    form.add_field("file", png(200, 200), filename="a.png")
    asset_id = (await check("POST", "/v3/assets", form))["asset_id"]
    slot = {"filename": "a.png", "content_type": "image/png", "size_bytes": len(png(200, 200))}
    given = await check("POST", "/v3/assets/direct-uploads", slot)
    complete = "/v3/assets/{asset_id}/complete"
    await check("POST", complete, {}, asset_id=given["asset_id"])
    headers = given["upload_headers"]
    await api("PUT", given["upload_url"], key=False, data=png(200, 200), headers=headers)
    await check("POST", complete, {}, asset_id=given["asset_id"])
    await check("POST", complete, {}, asset_id="none")

    file = {"type": "asset_id", "asset_id": asset_id}
    avatar = {"type": "photo", "name": "Ann", "file": file}
    made = await check("POST", "/v3/avatars", avatar)
    await check("POST", "/v3/avatars", avatar | {"name": ""})
    names = {"look_id": made["avatar_item"]["id"], "group_id": made["avatar_group"]["id"]}
    stock = {"look_id": STOCK, "group_id": api.sandbox._ctx.world.looks[STOCK].group_id}
    for each in (names, stock, {"look_id": "none", "group_id": "none"}):
        api.advance(90)
        await check("GET", "/v3/avatars/looks/{look_id}", **each)
        await check("GET", "/v3/avatars/{group_id}", **each)

    video = {"type": "avatar", "avatar_id": STOCK, "script": "Hello.", "title": "T"}
    created = await check("POST", "/v3/videos", video)
    failing = await check("POST", "/v3/videos", video | {"script": "[[fail]] it"})
    await check("POST", "/v3/videos", video | {"title": 3})
    ids = [created["video_id"], failing["video_id"], "none"]
    for seconds in (0, 20, 600):
        api.advance(seconds)
        for each_id in ids:
            await check("GET", "/v3/videos/{video_id}", video_id=each_id)
        await check("GET", "/v3/videos/statuses", query=f"?video_ids={','.join(ids)}")
    await check("GET", "/v3/videos/statuses")
    await check("GET", "/v3/voices")
    await check("GET", "/v3/voices", query="?limit=0")
    await check("GET", "/v3/users/me")
