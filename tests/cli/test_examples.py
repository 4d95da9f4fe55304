import importlib.util
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import ModuleType

import pytest
from aiohttp.test_utils import TestClient, TestServer

from heygen_async import HeyGen, World
from heygen_async.errors import BadRequestError
from heygen_async.inference_sh import Inference
from heygen_async.sandbox import Fault, Sandbox
from heygen_async.testing.clock import ScaledClock

from .conftest import ROOT, environment

SPEED = 300.0
STOCK = "Ada_public_office_front"


@pytest.fixture(autouse=True)
def _beside_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """As when they are run: one may import another."""
    monkeypatch.syspath_prepend(ROOT / "examples")


@asynccontextmanager
async def sandboxed() -> AsyncIterator[tuple[HeyGen, Sandbox]]:
    async with (
        Sandbox(speed=SPEED, media=False) as sandbox,
        HeyGen(
            api_key="any", base_url=sandbox.url, world=World(clock=ScaledClock(SPEED))
        ) as heygen,
    ):
        yield heygen, sandbox


def example(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"example_{name}", ROOT / f"examples/{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("quickstart", "hello.mp4"),
        ("avatar_video", "avatar.mp4"),
        ("create_avatar", "talking.mp4"),
        ("assets", None),
        ("plans", "videos/French.mp4"),
    ],
)
def test_it_runs_without_a_key(tmp_path: Path, name: str, made: str | None) -> None:
    done = subprocess.run(  # noqa: S603  our own command
        [sys.executable, "-W", "error", str(ROOT / f"examples/{name}.py")],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=40,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    if made is not None:
        assert done.stdout.splitlines()[-1] == made
        assert (tmp_path / made).stat().st_size > 10_000


async def test_assets(capsys: pytest.CaptureFixture[str]) -> None:
    assets = example("assets")
    async with sandboxed() as (heygen, sandbox):
        assert len(set(await assets.sources(heygen, assets.PHOTO))) == 4
        url = await assets.ways(heygen, assets.PHOTO)
        assert await assets.many(heygen, [assets.PHOTO, Path("nobody.jpg")]) == 1
        await assets.by_address(heygen, url, assets.PHOTO)
        stored = [each for each in sandbox._ctx.world.assets.values() if each.size]
    assert {each.size for each in stored} == {assets.PHOTO.stat().st_size}
    assert len(stored) == 4 + 3 + 1 + 1
    assert "nobody.jpg: file: must exist" in capsys.readouterr().out


async def test_avatar_video(tmp_path: Path) -> None:
    async with sandboxed() as (heygen, sandbox):
        made = await example("avatar_video").avatar_video(heygen, tmp_path / "a.mp4")
        assert sandbox.total_charged == 1
    assert made.stat().st_size > 1000


@pytest.mark.parametrize("way", ["step_by_step", "at_once"])
async def test_photo_avatar(tmp_path: Path, capsys: pytest.CaptureFixture[str], way: str) -> None:
    photo_avatar = example("photo_avatar")
    async with sandboxed() as (heygen, sandbox):
        photos = [photo_avatar.PHOTO, photo_avatar.PHOTO]
        made = await getattr(photo_avatar, way)(heygen, photos, tmp_path / "talking.mp4")
        assert sandbox.total_charged == 6.5, "as its docstring says"
    assert made.stat().st_size > 1000
    assert [path.name for path in tmp_path.iterdir()] == ["talking.mp4"]
    said = capsys.readouterr().out
    expected = {"step_by_step": "training is ready", "at_once": "train 4, looks 1, motion 1"}
    assert expected[way] in said


async def test_a_photo_avatar_that_was_broken_off_goes_on(tmp_path: Path) -> None:
    photo_avatar = example("photo_avatar")
    async with sandboxed() as (heygen, sandbox):
        work = (heygen, [photo_avatar.PHOTO, photo_avatar.PHOTO], tmp_path / "talking.mp4")
        sandbox.fault(Fault(method="POST", path="/v2/photo_avatar/add_motion", status=400))
        with pytest.raises(BadRequestError):
            await photo_avatar.at_once(*work)
        assert "group_id" in (tmp_path / "talking.json").read_text(encoding="utf-8")
        await photo_avatar.at_once(*work)
        assert sandbox.total_charged == 6.5


async def test_plans_that_were_broken_off_go_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plans = example("plans")
    async with sandboxed() as (heygen, sandbox):
        sandbox.fault(Fault(method="POST", path="/v3/video-translations", status=400))
        with pytest.raises(BadRequestError):
            await plans.make(heygen, tmp_path)
        assert (tmp_path / "notes.json").exists()
        paid = sandbox.total_charged
        made = await plans.make(heygen, tmp_path)
        kinds = [charge.kind for charge in sandbox.charges]
    assert paid == pytest.approx(2, abs=0.5), "as its docstring says"
    assert kinds == ["avatar_create"] * 2 + ["video"] + ["video_translation"] * 2
    assert [path.name for path in made] == ["English.mp4", "German.mp4", "French.mp4"]
    assert len(list(tmp_path.iterdir())) == 3 + 2
    assert "look 2 x 1 USD, video 0." in capsys.readouterr().out


async def test_create_avatar(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    async with (
        sandboxed() as (heygen, sandbox),
        Inference(
            api_key="any", base_url=sandbox.url, world=World(clock=ScaledClock(SPEED))
        ) as inference,
    ):
        ids = await example("create_avatar").both(heygen, inference, tmp_path / "talking.mp4")
    assert len(set(ids)) == 6
    assert (tmp_path / "talking.mp4").stat().st_size > 1000
    assert capsys.readouterr().out.count("the person consents at http") == 2


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
            assert (await browser.post("/videos", json=[order])).status == 400


async def test_batch(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "rows.csv"
    table.write_text(
        "key,title,script\na,A,Hello.\nb,B,Hello [[fail]].\nc,C,Goodbye.\n", encoding="utf-8"
    )
    async with sandboxed() as (heygen, _):
        failed = await example("batch").batch(heygen, STOCK, table, tmp_path / "videos")
    assert failed == 1
    assert {path.name for path in (tmp_path / "videos").iterdir()} == {"a.mp4", "c.mp4"}
    assert "b: " in capsys.readouterr().err


async def test_webhooks(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    module = example("webhooks")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        monkeypatch.setattr(module, "PORT", free.getsockname()[1])
    await module.main()
    told, result = capsys.readouterr().out.splitlines()
    assert told.startswith("avatar_video.success ")
    assert told.endswith("signed=True")
    assert " is completed, after " in result
