"""The list of operations in the docs is the code's own."""

import runpy
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"


def test_the_page_is_what_the_code_says() -> None:
    script = runpy.run_path(str(DOCS / "operations.py"))
    assert (DOCS / "operations.md").read_text("utf-8") == script["render"](), (
        "run: python docs/operations.py"
    )


def test_every_endpoint_has_a_method_and_a_page() -> None:
    rows = [
        line.split(" | ")
        for line in (DOCS / "operations.md").read_text("utf-8").splitlines()
        if line.startswith("| `")
    ]
    assert len(rows) > 20
    assert [row[0] for row in rows if "`heygen." not in row[1]] == []
    assert [row[0] for row in rows if "[page](" not in row[3]] == []
