"""Replies about avatars and voices held against the vendor's contract."""

from typing import Any

import pytest

from tests.contract.replies import Contract
from tests.contract.samples import CONTRACT
from tests.sandbox.kit import STOCK, Api, png, wav

pytestmark = pytest.mark.skipif(
    not CONTRACT.exists(), reason="the contract does not lie beside the checkout"
)
LOOK, GROUP = "/v3/avatars/looks/{look_id}", "/v3/avatars/{group_id}"
VOICE = "/v3/voices/{voice_id}"


class Checked:
    """Calls the sandbox, and holds every answer against the contract."""

    def __init__(self, api: Api) -> None:
        self.api = api
        self.contract = Contract()

    async def __call__(
        self, method: str, path: str, body: Any = None, /, query: str = "", **ids: str
    ) -> Any:
        answer = await self.api(method, path.format(**ids) + query, body)
        assert self.contract.problems(method, path, answer.status, answer.json) == []
        return answer.json.get("data")


async def test_replies_about_avatars_fit(api: Api) -> None:
    call = Checked(api)
    footage = await api.asset(b"\0\0\0\x18ftypisom footage", "a.mp4")
    file = {"type": "asset_id", "asset_id": footage}
    made = await call("POST", "/v3/avatars", {"type": "digital_twin", "name": "T", "file": file})
    look_id, group_id = made["avatar_item"]["id"], made["avatar_group"]["id"]
    stock = api.sandbox._ctx.world.looks[STOCK].group_id
    voice_id = (await call("GET", "/v3/voices"))[0]["voice_id"]
    for seconds in (0, 600):
        api.advance(seconds)
        for query in ("", "?limit=3", "?ownership=private", "?limit=0"):
            await call("GET", "/v3/avatars", query=query)
            await call("GET", "/v3/avatars/looks", query=query)
        for where in (group_id, stock, "none"):
            await call("PATCH", GROUP, {"default_voice_id": voice_id}, group_id=where)
            await call("PATCH", GROUP, {"default_voice_id": "none"}, group_id=where)
            await call("PATCH", GROUP, {"x": 1}, group_id=where)
        for where in (look_id, STOCK, "none"):
            await call("PATCH", LOOK, {"name": "N"}, look_id=where)
        for where in (group_id, stock, "none"):
            await call("POST", GROUP + "/consent", {}, group_id=where)
    asked = await call("POST", GROUP + "/consent", {}, group_id=group_id)
    await api("POST", asked["url"], key=False)
    await call("POST", GROUP + "/consent", {}, group_id=group_id)
    await call("GET", GROUP, group_id=group_id)
    for where in (look_id, look_id, STOCK):
        await call("DELETE", LOOK, look_id=where)
    for where in (group_id, stock):
        await call("DELETE", GROUP, group_id=where)
    group_id = (await api.photo_avatar(png(200, 200)))["group_id"]
    await call("DELETE", GROUP, group_id=group_id)


async def test_replies_about_voices_fit(api: Api) -> None:
    call = Checked(api)
    asset_id = await api.asset(wav(3.0), "me.wav")
    file = {"type": "asset_id", "asset_id": asset_id}
    shared = (await call("GET", "/v3/voices"))[0]["voice_id"]
    ids = [
        (await call("POST", "/v3/voices/clone", {"audio": file, "voice_name": name}))[
            "voice_clone_id"
        ]
        for name in ("Me", "[[fail]] me")
    ]
    await call("POST", "/v3/voices/clone", {"audio": file})
    await call("POST", "/v3/voices", {"prompt": "warm", "seed": 1})
    await call("POST", "/v3/voices", {"prompt": ""})
    for seconds in (0, 60):
        api.advance(seconds)
        for voice_id in (*ids, shared, "none"):
            await call("GET", VOICE, voice_id=voice_id)
    await call("GET", "/v3/voices", query="?type=private")
    for voice_id in (ids[0], shared):
        speech = {"text": "Hello there.", "voice_id": voice_id}
        assert (await call("POST", "/v3/voices/speech", speech))["duration"] >= 1
    await call("POST", "/v3/voices/speech", {"text": "...", "voice_id": shared})
    await call("POST", "/v3/voices/speech", {"text": "Hello.", "voice_id": ids[1]})
    for voice_id in (ids[0], ids[0], shared):
        await call("DELETE", VOICE, voice_id=voice_id)
