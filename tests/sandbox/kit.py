"""A plain client for the sandbox, a clock that only moves when told, and small files."""

import asyncio
import json
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web
from multidict import CIMultiDict

from heygen_async.sandbox import Sandbox, SandboxClock

EPOCH = 1_790_000_000.0
PAUSE = 0.01
STOCK = "Ada_public_office_front"
KEY = {"X-Api-Key": "test-key"}
REPOSITORY = Path(__file__).resolve().parents[2]
PHOTO = REPOSITORY / "examples" / "media" / "chelsea.jpg"


def still_clock(speed: float = 1.0) -> SandboxClock:
    """A clock that stands still until it is advanced."""
    return SandboxClock(speed=speed, source=lambda: 0.0, epoch=EPOCH)


def png(width: int, height: int) -> bytes:
    """A grey picture of a size."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        checksum = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + checksum

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\0" + b"\x80" * width for _ in range(height)))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


def wav(seconds: float, rate: int = 8000) -> bytes:
    """Silence of a length."""
    samples = b"\0\0" * round(seconds * rate)
    form = struct.pack("<HHIIHH", 1, 1, rate, rate * 2, 2, 16)
    body = b"WAVEfmt " + struct.pack("<I", len(form)) + form
    body += b"data" + struct.pack("<I", len(samples)) + samples
    return b"RIFF" + struct.pack("<I", len(body)) + body


@dataclass
class Answer:
    """What came back, read to its end."""

    status: int
    headers: CIMultiDict[str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def data(self) -> Any:
        assert self.status == 200, self.body
        return self.json["data"]

    @property
    def error(self) -> Any:
        assert self.status >= 400, self.body
        return self.json["error"]


class Api:
    """A plain client: no retries, no models, no client code."""

    def __init__(self, sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
        self.sandbox = sandbox
        self.http = http

    async def __call__(
        self, method: str, path: str, body: Any = None, *, key: bool = True, **more: Any
    ) -> Answer:
        url = path if path.startswith("http") else self.sandbox.url + path
        headers = (KEY if key else {}) | more.pop("headers", {})
        if body is not None:
            more["json"] = body
        async with self.http.request(method, url, headers=headers, **more) as reply:
            return Answer(reply.status, CIMultiDict(reply.headers), await reply.read())

    async def get(self, path: str, **more: Any) -> Answer:
        return await self("GET", path, **more)

    async def post(self, path: str, body: Any = None, **more: Any) -> Answer:
        return await self("POST", path, body, **more)

    async def fetch(self, url: str, **more: Any) -> Answer:
        return await self("GET", url, key=False, **more)

    async def upload(self, content: Any, name: str = "photo.png", **more: Any) -> Answer:
        form = aiohttp.FormData()
        form.add_field("file", content, filename=name)
        return await self.post("/v3/assets", data=form, **more)

    async def asset(self, content: bytes, name: str = "photo.png") -> str:
        asset_id: str = (await self.upload(content, name)).data["asset_id"]
        return asset_id

    async def photo_avatar(self, content: bytes | None = None) -> Any:
        """A photo avatar that is ready."""
        asset_id = await self.asset(content or png(256, 320))
        file = {"type": "asset_id", "asset_id": asset_id}
        made = await self.post("/v3/avatars", {"type": "photo", "name": "Ann", "file": file})
        self.sandbox.clock.advance(90)
        return made.data["avatar_item"]

    async def video(self, **fields: Any) -> str:
        """A video that was accepted."""
        body = {"type": "avatar", "avatar_id": STOCK, "script": "Hello there, friend."} | fields
        video_id: str = (await self.post("/v3/videos", body)).data["video_id"]
        return video_id

    def advance(self, seconds: float) -> None:
        self.sandbox.clock.advance(seconds)


async def until(true: Callable[[], object]) -> None:
    """Waits until something is so; the test's own time limit bounds it."""
    for _ in iter(lambda: bool(true()), True):  # noqa: FBT003 - the sentinel
        await asyncio.sleep(PAUSE)


class Receiver:
    """A server that takes webhooks, and says what it was told to say."""

    def __init__(self) -> None:
        self.url = ""
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.answers: list[int] = []

    async def take(self, request: web.Request) -> web.Response:
        self.got.append((dict(request.headers), await request.read()))
        return web.Response(status=self.answers.pop(0) if self.answers else 204)

    @property
    def bodies(self) -> list[Any]:
        return [json.loads(body) for _, body in self.got]


BEARER = {"Authorization": "Bearer inf_test"}


class Platform(Api):
    """The same client for inference.sh, which wants its key as a bearer."""

    async def __call__(
        self, method: str, path: str, body: Any = None, *, key: bool = True, **more: Any
    ) -> Answer:
        more["headers"] = (BEARER if key else {}) | more.pop("headers", {})
        return await super().__call__(method, path, body, key=False, **more)

    async def run(self, app: str, given: Any = None, **more: Any) -> Any:
        """A run that was accepted: its task, slim."""
        body = {"app": f"heygen/{app}", "input": given or {}} | more
        return (await self.post("/apps/run", body)).data

    async def task(self, task_id: str) -> Any:
        return (await self.get(f"/tasks/{task_id}")).data

    async def ran(self, app: str, given: Any = None, **more: Any) -> Any:
        """The whole task of a run that has ended."""
        task_id = (await self.run(app, given, **more))["id"]
        self.advance(3600)
        return await self.task(task_id)

    async def file(
        self, content: bytes, name: str = "photo.png", content_type: str = "image/png"
    ) -> Any:
        """A file that was uploaded."""
        said = {"filename": name, "content_type": content_type, "size": len(content)}
        (file,) = (await self.post("/files", {"files": [{"uri": ""} | said]})).data
        put = await self.put(file["upload_url"], content, {"Content-Type": content_type})
        assert put.status == 200, put.body
        return file

    async def put(self, url: str, content: Any, headers: dict[str, str]) -> Answer:
        return await self("PUT", url, key=False, data=content, headers=headers)


def problem(answer: Answer) -> tuple[int, str, str]:
    """Status, code and detail of a problem, which says its status twice."""
    assert answer.headers["Content-Type"] == "application/problem+json", answer.body
    told = answer.json
    assert told["status"] == answer.status
    root, _, code = told["type"].rpartition("/")
    assert root == "https://api.inference.sh/errors"
    assert told["title"]
    return answer.status, code, told["detail"]
