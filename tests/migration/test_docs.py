"""docs/migrating.md says what is so."""

import json
import re
import runpy
from typing import Any

import pytest

from heygen_async import Migration
from heygen_async.cli.migrate import migrate
from heygen_async.migration import from_json
from heygen_async.sandbox import prices
from heygen_async.wire import rates
from tests.structure.tree import ROOT

PAGE = (ROOT / "docs/migrating.md").read_text("utf-8")


def block(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    assert found is not None
    return found[1]


def test_the_table_of_calls_is_that_of_the_code() -> None:
    script = runpy.run_path(str(ROOT / "docs/migrating.py"))
    assert script["render"](PAGE) == PAGE, "run: python docs/migrating.py"


def test_the_example_runs(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, _ = block("python").partition("job = await")
    space: dict[str, Any] = {}
    exec(code, space)  # noqa: S102  our own page
    assert isinstance(space["new"], Migration)
    assert capsys.readouterr().out.count("dropped: ") == 1


def test_the_output_is_what_the_command_prints(
    tmp_path: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("typer")
    (tmp_path / "old.json").write_text(block("json"), encoding="utf-8")
    assert migrate(str(tmp_path / "old.json")) == 0
    said = capsys.readouterr()
    assert block("console") == f"$ heygen-async migrate old.json\n{said.err}{said.out}"
    assert json.loads(said.out)["path"] == from_json(block("json")).path


@pytest.mark.parametrize(
    ("row", "kind", "credits_"),
    [
        ("a studio avatar or digital twin", "studio_avatar", rates.AVATAR_VIDEO),
        ("a photo avatar", "photo_avatar", rates.PHOTO_VIDEO),
    ],
)
def test_the_prices_are_those_of_the_tables(row: str, kind: str, credits_: float) -> None:
    third, fourth = (60 * prices.VIDEO_RATES[kind, f"avatar_{each}"] for each in ("iii", "iv"))
    word = "credit" if credits_ == 1 else "credits"
    line = f"| {row} | {credits_:g} {word} | {third:.2f} USD | {fourth:.2f} USD |"
    assert line in PAGE
