"""Files that are read at one sitting, functions that are seen at one glance."""

import ast
from pathlib import Path

import pytest

from tests.structure.tree import FILES, ROOT, tree_of

FILE_MAX = 400
FUNCTION_MAX = 50

every_file = pytest.mark.parametrize(
    "path", FILES, ids=lambda path: str(path.relative_to(ROOT / "heygen_async"))
)


@every_file
def test_a_file_stays_under_400_lines(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) < FILE_MAX


@every_file
def test_a_function_stays_under_50_lines_besides_its_docstring(path: Path) -> None:
    long = {}
    for node in ast.walk(tree_of(path)):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        assert node.end_lineno is not None
        lines = node.end_lineno - node.lineno + 1
        match node.body[0]:
            case ast.Expr(value=ast.Constant(value=str())) as doc:
                assert doc.end_lineno is not None
                lines -= doc.end_lineno - doc.lineno + 1
            case _:
                pass
        if lines >= FUNCTION_MAX:
            long[node.name] = lines
    assert not long


@every_file
def test_every_module_says_what_it_is_for(path: Path) -> None:
    if path.read_text("utf-8").strip():
        assert ast.get_docstring(tree_of(path))
