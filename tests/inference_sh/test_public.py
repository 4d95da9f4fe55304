"""What is public, and that it is told."""

import inspect
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from heygen_async import inference_sh
from heygen_async.inference_sh import Inference, RunOptions, TaskHandle, apps, routes
from heygen_async.inference_sh.files import Files
from heygen_async.inference_sh.sessions import Sessions
from heygen_async.inference_sh.store import Apps
from heygen_async.inference_sh.tasks import Tasks
from heygen_async.wire.calls import Route
from heygen_async.wire.kinds import Kind

ROUTES = [value for value in vars(routes).values() if isinstance(value, Route)]
METHODS = [
    (kind, name)
    for kind in (Inference, TaskHandle, Tasks, Files, Sessions, Apps)
    for name, value in vars(kind).items()
    if not name.startswith("_") and inspect.isfunction(value)
]
DOCS = Path(__file__).parents[2] / "docs" / "inference-sh.md"


@pytest.mark.parametrize("module", [inference_sh, apps])
def test_what_is_public_is_sorted_and_documented(module: Any) -> None:
    assert list(module.__all__) == sorted(module.__all__)
    for name in module.__all__:
        value = getattr(module, name)
        if inspect.isclass(value) or inspect.isfunction(value):
            assert value.__doc__, name


@pytest.mark.parametrize(("kind", "name"), METHODS, ids=[f"{k.__name__}.{n}" for k, n in METHODS])
def test_every_argument_and_error_is_told(kind: type, name: str) -> None:
    method = getattr(kind, name)
    doc = inspect.getdoc(method) or ""
    for argument in list(inspect.signature(method).parameters)[1:]:
        assert re.search(rf"^    \**{argument}: ", doc, re.MULTILINE), argument
    if inspect.iscoroutinefunction(method) and name != "close":
        assert "Raises:" in doc


def test_every_option_of_a_run_is_told() -> None:
    doc = f"{inspect.getdoc(RunOptions)}"
    for name in RunOptions.__annotations__:
        assert f"    {name}: " in doc
        assert f"``{name}``" in (inspect.getdoc(Inference.run) or "")


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_the_kind_of_a_route(route: Route) -> None:
    assert (route.kind is Kind.ONCE) == (route is routes.RUN)
    assert not (route.method == "GET" and route.kind is not Kind.READ)
    assert route.kind is not Kind.KEYED, "inference.sh knows no keys"
    assert route.path in DOCS.read_text("utf-8")


def test_every_route_has_its_own_name_and_address() -> None:
    assert len({route.name for route in ROUTES}) == len(ROUTES)
    assert len({(route.method, route.path) for route in ROUTES}) == len(ROUTES)


def test_nobody_who_does_not_ask_imports_it() -> None:
    code = "import sys, heygen_async; print(any('inference_sh' in name for name in sys.modules))"
    done = subprocess.run(  # noqa: S603  our own interpreter and our own text
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"
