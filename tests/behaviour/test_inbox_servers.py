"""The applications of docs/webhooks.md behind a real server, which hear of a real video."""

import asyncio
import re
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from heygen_async import HeyGen
from heygen_async.models import AvatarVideo
from heygen_async.models.deliveries import Delivery, VideoDelivery
from heygen_async.sandbox import Sandbox

uvicorn = pytest.importorskip("uvicorn")
pytest.importorskip("fastapi")
pytest.importorskip("litestar")

PAGE = (Path(__file__).parents[2] / "docs" / "webhooks.md").read_text()
BLOCKS = dict(re.findall(r"^## (\w+)\n\n```python\n(.*?)```", PAGE, re.DOTALL | re.MULTILINE))
SPEED = 500


@asynccontextmanager
async def served(app: Any, listener: socket.socket) -> AsyncIterator[None]:
    """Started and stopped as its users do, but for the signals."""
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="on"))
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        while not server.started:
            assert not serving.done(), "the application did not start"
            await asyncio.sleep(0.01)
        yield
    finally:
        server.should_exit = True
        await serving


def test_every_framework_is_tried_here() -> None:
    assert set(BLOCKS) == {"FastAPI", "Starlette", "Litestar"}


@pytest.mark.parametrize("framework", sorted(BLOCKS))
async def test_an_application_hears_of_a_video(
    framework: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{listener.getsockname()[1]}/heygen"
    heard: asyncio.Queue[Delivery] = asyncio.Queue()
    names: dict[str, Any] = {"URL": address, "SECRET": None}
    async with Sandbox(speed=SPEED, media=False) as sandbox:
        monkeypatch.setenv("HEYGEN_API_KEY", "any")
        monkeypatch.setenv("HEYGEN_API_BASE", sandbox.url)
        exec(BLOCKS[framework], names)  # noqa: S102  our own page
        names["told"] = heard.put
        async with served(names["app"], listener), aiohttp.ClientSession() as http:
            async with http.options(address) as answer:
                assert answer.status == 200
            async with http.post(address, data=b'{"event_type": "forged"}') as answer:
                assert answer.status == 401
            heygen: HeyGen = names["app"].state.heygen
            look = (await heygen.avatars.list_looks(limit=1)).items[0]
            job = await heygen.videos.create(AvatarVideo(avatar_id=look.id, script="Hello."))
            delivery = await heard.get()
    assert isinstance(delivery, VideoDelivery)
    assert (delivery.video_id, delivery.signed) == (job.id, True)
    assert [charge.kind for charge in sandbox.charges] == ["video"]
