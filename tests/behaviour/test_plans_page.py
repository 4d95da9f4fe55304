"""docs/plans.md: every example on it runs."""

import ast
import re
import types
from pathlib import Path
from typing import Any

import pytest

from heygen_async import HeyGen
from heygen_async.models import AvatarVideo
from heygen_async.sandbox import Sandbox
from tests.behaviour.walks import FOOTAGE, press

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/plans.md").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")
SECTION = re.compile(r"^## ([^\n]+)\n(?:(?!^## ).)*?```python\n(.*?)```", re.DOTALL | re.MULTILINE)
EXAMPLES = dict(SECTION.findall(PAGE))
SHORT = dict(SECTION.findall(README))["Twins, people from words, translations, agents"]
STOCK = "Ada_public_office_front"


@pytest.fixture
async def _files(
    heygen: HeyGen, photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the examples read, in the folder that they run in."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "talks").mkdir()
    (tmp_path / "ada.mp4").write_bytes(FOOTAGE)
    for name in ("1.jpg", "2.jpg"):
        (tmp_path / name).write_bytes(photo.read_bytes())
    job = await heygen.videos.create(AvatarVideo(avatar_id=STOCK, script="Hello."))
    await job.download(tmp_path / "talk.mp4")


async def run(code: str, heygen: HeyGen) -> None:
    space: dict[str, Any] = {"heygen": heygen, "mail_to_ada": press, "Path": Path}
    program = compile(code, "docs/plans.md", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    await types.FunctionType(program, space)()


@pytest.mark.usefixtures("_files")
@pytest.mark.parametrize("code", EXAMPLES.values(), ids=list(EXAMPLES))
async def test_an_example_runs(
    heygen: HeyGen, sandbox: Sandbox, capsys: pytest.CaptureFixture[str], code: str
) -> None:
    paid = len(sandbox.charges)
    await run(code, heygen)
    assert len(sandbox.charges) > paid
    said = capsys.readouterr().out
    assert said
    for comment in re.findall(r"print\(\*estimate.*  # (.*)", code):
        assert comment in said
    for target in re.findall(r'target="(.*?)"', code):
        assert Path(target).stat().st_size > 1000


@pytest.mark.usefixtures("_files")
async def test_the_readmes_example_runs(heygen: HeyGen, tmp_path: Path) -> None:
    await run(SHORT, heygen)
    for name in ("hello.mp4", "German.mp4", "French.mp4"):
        assert (tmp_path / name).stat().st_size > 1000


def test_every_plan_has_its_example() -> None:
    calls = set(re.findall(r"^\| `studio\.(\w+)\(.*\| v3 \|$", PAGE, re.MULTILINE))
    assert len(calls) == 5
    assert calls == {
        call for code in EXAMPLES.values() for call in re.findall(r"studio\.(\w+)\(", code)
    }
