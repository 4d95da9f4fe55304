"""What is imported late is there all the same: every name, as type checkers are told."""

import ast
import pickle
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from typing import Any, ForwardRef, get_args

import pytest

import heygen_async
from heygen_async import HeyGen
from heygen_async.api.member import Member
from heygen_async.api.preview import Preview
from heygen_async.api.resources import Resources
from heygen_async.api.v2 import V2
from heygen_async.models import AvatarVideo
from heygen_async.wire.checks import _HOMES
from tests.structure.tree import MODULES, tree_of

LAZY = [
    "heygen_async",
    "heygen_async.models",
    "heygen_async.models.v2",
    "heygen_async.wire.routes",
]
every_package = pytest.mark.parametrize("package", LAZY)


def told(package: str) -> Iterator[tuple[str, str]]:
    """Each name that type checkers see, and the module that they see it come from."""
    for node in tree_of(MODULES[package]).body:
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            for each in node.body:
                assert isinstance(each, ast.ImportFrom)
                for alias in each.names:
                    yield alias.name, str(each.module)


def test_every_lazy_package_is_looked_at() -> None:
    lazy = {name for name, path in MODULES.items() if "\nlazily(" in path.read_text("utf-8")}
    assert lazy == set(LAZY)


@every_package
def test_a_name_is_what_type_checkers_are_told(package: str) -> None:
    module: Any = import_module(package)
    names = dict(told(package))
    assert set(module.__all__) == set(names)
    for name, home in names.items():
        told_of: Any = import_module(home)
        expected = MODULES.get(f"{home}.{name}") and import_module(f"{home}.{name}")
        assert getattr(module, name) is (expected or getattr(told_of, name)), name
        assert name in vars(module), "found once, it is an attribute like any other"


@every_package
def test_what_is_there_is_shown_before_it_is_loaded(package: str) -> None:
    code = f"import {package} as it; print(*dir(it)); print(len(it.__all__))"
    done = subprocess.run(  # noqa: S603  our own interpreter and our own text
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    shown, _ = done.stdout.splitlines()
    assert {name for name, _ in told(package)} <= set(shown.split())


@every_package
def test_a_name_that_is_not_there_is_told_as_ever(package: str) -> None:
    module = import_module(package)
    with pytest.raises(AttributeError, match=f"module '{package}' has no attribute 'Vidoe'"):
        _ = module.Vidoe
    with pytest.raises(ImportError, match="cannot import name 'Vidoe'"):
        exec(f"from {package} import Vidoe", {})  # noqa: S102


def test_models_survive_a_pickle() -> None:
    video = AvatarVideo(avatar_id="a", script="Hello.")
    assert pickle.loads(pickle.dumps(video)) == video  # noqa: S301


MEMBERS = [
    (owner, name, member)
    for owner in (Resources, V2, Preview)
    for name, member in vars(owner).items()
    if isinstance(member, Member)
]


@pytest.mark.parametrize(
    ("owner", "name", "member"),
    MEMBERS,
    ids=[f"{owner.__name__}-{name}" for owner, name, _ in MEMBERS],
)
def test_a_member_is_of_the_class_that_type_checkers_are_told(
    owner: type, name: str, member: Member[Any]
) -> None:
    (told_of,) = get_args(owner.__annotations__[name])
    assert isinstance(told_of, ForwardRef)
    kind = member.load()
    assert kind.__name__ == told_of.__forward_arg__
    homes = dict(told(owner.__module__))
    assert homes[kind.__name__] == kind.__module__


def test_a_member_is_the_same_each_time_and_of_its_own_client() -> None:
    one, other = HeyGen(api_key="k"), HeyGen(api_key="k")
    assert one.videos is one.videos
    assert one.v2.videos is one.v2.videos
    assert one.videos is not other.videos
    assert one.with_options(timeout=1).videos is not one.videos
    assert one.templates._videos is one.videos
    assert isinstance(HeyGen.videos, Member)


def test_every_check_is_found_by_the_module_of_its_request() -> None:
    checks = {name for name in MODULES if name.startswith("heygen_async.wire.checks_")}
    found = {
        (kind.__module__.removeprefix("heygen_async.models."), name.rpartition(".")[2])
        for name in checks
        for kind in import_module(name).CHECKS
    }
    assert found == set(_HOMES.items())


def test_the_package_is_there() -> None:
    assert heygen_async.__version__ == heygen_async.version.__version__
