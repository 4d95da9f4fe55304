"""Replies of v3 held against the vendor's contract, where it lies beside the checkout."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.sandbox.kit import REPOSITORY, STOCK, Api, png

CONTRACT = REPOSITORY.parent / "shared" / "api" / "heygen-v3.openapi.json"
pytestmark = pytest.mark.skipif(
    not CONTRACT.exists(), reason="the contract does not lie beside the checkout"
)
_KINDS: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
}


class Contract:
    """Finds what is wrong with a reply, structurally: types, enums, required and unknown keys."""

    def __init__(self) -> None:
        self.document = json.loads(CONTRACT.read_text())

    def problems(self, method: str, path: str, status: int, body: Any) -> list[str]:
        responses = self.document["paths"][path][method.lower()]["responses"]
        reply = self._resolved(responses[str(status)])
        return [*self._walk(reply["content"]["application/json"]["schema"], body, "$")]

    def _resolved(self, node: Any) -> Any:
        while "$ref" in node:
            target: Any = self.document
            for part in node["$ref"].removeprefix("#/").split("/"):
                target = target[part]
            node = target
        return node

    def _walk(self, schema: Any, value: Any, at: str) -> Iterator[str]:
        schema = self._resolved(schema)
        if value is None or "not" in schema:
            if value is not None or not (schema.get("nullable") or self._any(schema, None, at)):
                yield f"{at}: null, or should be"
            return
        for part in schema.get("allOf", ()):
            yield from self._walk(part, value, at)
        if ("anyOf" in schema or "oneOf" in schema) and not self._any(schema, value, at):
            yield f"{at}: fits no alternative"
        yield from self._typed(schema, value, at)

    def _typed(self, schema: Any, value: Any, at: str) -> Iterator[str]:
        kind = schema.get("type")
        if kind and (not isinstance(value, _KINDS[kind]) or (kind != "boolean" and value is True)):
            yield f"{at}: {type(value).__name__} is no {kind}"
        elif "enum" in schema and value not in schema["enum"]:
            yield f"{at}: {value!r} is none of {schema['enum']}"
        elif kind == "object":
            yield from self._object(schema, value, at)
        elif kind == "array":
            for index, item in enumerate(value):
                yield from self._walk(schema["items"], item, f"{at}[{index}]")

    def _any(self, schema: Any, value: Any, at: str) -> bool:
        choices = schema.get("anyOf", schema.get("oneOf", ()))
        return any(not [*self._walk(choice, value, at)] for choice in choices)

    def _object(self, schema: Any, value: Any, at: str) -> Iterator[str]:
        known = schema.get("properties", {})
        yield from (
            f"{at}.{name}: missing" for name in schema.get("required", ()) if name not in value
        )
        for name, item in value.items():
            if name in known:
                yield from self._walk(known[name], item, f"{at}.{name}")
            elif known and not schema.get("additionalProperties"):
                yield f"{at}.{name}: unknown"


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
