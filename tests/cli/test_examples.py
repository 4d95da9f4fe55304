import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from aiohttp.test_utils import TestClient, TestServer

from heygen_async import HeyGen, World
from heygen_async.sandbox import Sandbox
from heygen_async.testing.clock import ScaledClock

from .conftest import ROOT, environment

SPEED = 300.0
STOCK = "Ada_public_office_front"


def example(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"example_{name}", ROOT / f"examples/{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_quickstart(tmp_path: Path) -> None:
    done = subprocess.run(  # noqa: S603  our own command
        [sys.executable, "-W", "error", str(ROOT / "examples/quickstart.py"), "hello.mp4"],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=40,
        check=False,
    )
    assert (done.returncode, done.stderr, done.stdout) == (0, "", "hello.mp4\n")
    assert (tmp_path / "hello.mp4").stat().st_size > 10_000


async def test_web_app(monkeypatch: pytest.MonkeyPatch) -> None:
    async with Sandbox(speed=SPEED, media=False) as sandbox:
        monkeypatch.setenv("HEYGEN_API_KEY", "any")
        monkeypatch.setenv("HEYGEN_API_BASE", sandbox.url)
        async with TestClient(TestServer(example("web_app").make_app())) as browser:
            order = {"avatar_id": STOCK, "script": "Hello."}
            answer = await browser.post("/videos", json=order)
            assert answer.status == 202
            video_id = (await answer.json())["id"]
            sandbox.clock.advance(3600)
            answer = await browser.get(f"/videos/{video_id}")
            body = await answer.json()
            assert body["status"] == "completed"
            assert body["url"].startswith(sandbox.url)
            assert (await browser.get("/videos/nobody")).status == 404
            assert (await browser.post("/videos", json={"script": ""})).status == 400
            assert (await browser.post("/videos", data=b"no json")).status == 400


async def test_batch(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "rows.csv"
    table.write_text(
        "key,title,script\na,A,Hello.\nb,B,Hello [[fail]].\nc,C,Goodbye.\n", encoding="utf-8"
    )
    async with (
        Sandbox(speed=SPEED, media=False) as sandbox,
        HeyGen(
            api_key="any", base_url=sandbox.url, world=World(clock=ScaledClock(SPEED))
        ) as heygen,
    ):
        failed = await example("batch").batch(heygen, STOCK, table, tmp_path / "videos")
    assert failed == 1
    assert {path.name for path in (tmp_path / "videos").iterdir()} == {"a.mp4", "c.mp4"}
    assert "b: " in capsys.readouterr().err
