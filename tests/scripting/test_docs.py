"""docs/scripting.md says what is so."""

import re
import runpy
from typing import Any

import pytest

from heygen_async.scripting import RULES
from tests.structure.tree import ROOT

PAGE = (ROOT / "docs/scripting.md").read_text("utf-8")


def test_the_table_of_rules_is_that_of_the_code() -> None:
    script = runpy.run_path(str(ROOT / "docs/scripting.py"))
    assert script["render"](PAGE) == PAGE, "run: python docs/scripting.py"
    assert all(f"`{name}`" in PAGE for name in RULES)


def test_the_examples_run(capsys: pytest.CaptureFixture[str]) -> None:
    space: dict[str, Any] = {}
    blocks = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    assert blocks
    for code in blocks:
        exec(code, space)  # noqa: S102  our own page
    said = capsys.readouterr().out
    assert "error break-milliseconds" in said
    assert (
        "Sales rose by thirty-seven percent, to one point five million dollars."
        ' <break time="0.5s"/> What comes next?' in said
    )
    assert "broll-count" in said
    assert "['Swiss Pulse', 'Digital Grid'] snap cut" in said


def test_the_readme_says_what_is_so(capsys: pytest.CaptureFixture[str]) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    code = re.search(r"```python\n(from heygen_async\.scripting .*?)```", readme, re.DOTALL)
    assert code is not None
    scene = "SCENE {} - {} ({}s)\nVOICEOVER: It is.\n\n"
    kinds = (("A-ROLL", 8), ("A-ROLL + OVERLAY", 9), ("B-ROLL", 4))
    prompt = "".join(scene.format(number, *each) for number, each in enumerate(kinds, 1))
    exec(code[1], {"script": "One. Two.", "prompt": "\n\n" + prompt})  # noqa: S102  our own page
    shown = re.search(r"# (\d+:\d+ error .*)", code[1])
    assert shown is not None
    seconds, *findings = capsys.readouterr().out.splitlines()
    assert seconds == "0.8"
    assert shown[1] in findings
