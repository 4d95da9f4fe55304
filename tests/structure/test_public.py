"""What is public, and that every public call can be looked up at the vendor's."""

import inspect
import re
import types
from collections import defaultdict
from functools import cache
from importlib import import_module
from typing import Any, get_origin, get_type_hints

import pytest

import heygen_async
from heygen_async import HeyGen
from heygen_async.api.job import Job
from heygen_async.api.pages import Pager
from heygen_async.api.resource import Resource
from heygen_async.api.streams import EventStream
from heygen_async.wire import routes
from heygen_async.wire.calls import Host, Route
from heygen_async.wire.kinds import Kind
from tests.structure.tree import MODULES, imports

API = [name for name in MODULES if name.startswith("heygen_async.api.")]
ROUTES = routes.ALL
PAGE = re.compile(
    r"https://(developers|docs)\.heygen\.com/(reference|docs)/[a-z0-9-]+$", re.MULTILINE
)


def resources() -> list[type[Resource]]:
    return [
        value
        for name in API
        for value in vars(import_module(name)).values()
        if isinstance(value, type) and issubclass(value, Resource) and value.__module__ == name
        and value is not Resource
    ]  # fmt: skip


METHODS = [
    (resource, name)
    for resource in resources()
    for name, value in vars(resource).items()
    if not name.startswith("_") and inspect.isfunction(value)
]
every_method = pytest.mark.parametrize(
    ("resource", "name"), METHODS, ids=[f"{kind.__name__}.{name}" for kind, name in METHODS]
)


def test_all_is_sorted_and_holds_what_is_public() -> None:
    declared = heygen_async.__all__
    assert list(declared) == sorted(declared)
    assert len(set(declared)) == len(declared)
    parts = {name.split(".")[1] for name in MODULES if "." in name}
    for name in declared:
        getattr(heygen_async, name)
    shown = {
        name
        for name, value in vars(heygen_async).items()
        if not name.startswith("_")
        and name not in {"TYPE_CHECKING", "lazily"}
        and not (isinstance(value, types.ModuleType) and name in parts - set(declared))
    }
    assert shown | {"__version__"} == set(declared)


def test_everything_public_is_documented() -> None:
    for name in heygen_async.__all__:
        value: Any = getattr(heygen_async, name)
        if name != "__version__":
            assert inspect.getdoc(value), name


def test_all_names_can_be_imported_by_star() -> None:
    space: dict[str, Any] = {}
    exec("from heygen_async import *", space)  # noqa: S102
    assert set(heygen_async.__all__) <= set(space)


def test_there_are_calls_to_look_at() -> None:
    assert len(METHODS) > 30


def answer_of(method: Any) -> Any:
    answer = get_type_hints(method)["return"]
    return get_origin(answer) or answer


@every_method
def test_a_call_is_async_or_hands_out_a_job_or_a_list(resource: type, name: str) -> None:
    method = getattr(resource, name)
    if not inspect.iscoroutinefunction(method):
        assert issubclass(answer_of(method), Job | Pager | EventStream)


@every_method
def test_a_call_names_the_vendors_page(resource: type, name: str) -> None:
    method = getattr(resource, name)
    doc = inspect.getdoc(method)
    assert doc
    answer = answer_of(method)
    from_id_alone = isinstance(answer, type) and issubclass(answer, Job)
    if inspect.iscoroutinefunction(method) or not from_id_alone:
        assert PAGE.search(doc), doc
        assert "Raises:" in doc


@every_method
def test_a_call_takes_one_thing_by_place_and_the_rest_by_name(resource: type, name: str) -> None:
    _, *given = inspect.signature(getattr(resource, name)).parameters.values()
    by_place = [item for item in given if item.kind is not inspect.Parameter.KEYWORD_ONLY]
    assert len(by_place) <= 1


@every_method
def test_every_argument_of_a_call_is_told(resource: type, name: str) -> None:
    method = getattr(resource, name)
    doc = inspect.getdoc(method) or ""
    for argument in list(inspect.signature(method).parameters)[1:]:
        assert re.search(rf"^    {argument}: ", doc, re.MULTILINE), argument


@cache
def users() -> dict[str, list[str]]:
    """The modules that name a route, by the route."""
    found = defaultdict(list)
    for name, path in MODULES.items():
        if name.startswith(("heygen_async.api", "heygen_async.transport")) and any(
            each.startswith("heygen_async.wire.routes.") for each in imports(path)
        ):
            for route in set(re.findall(r"\broutes\.(\w+)", path.read_text("utf-8"))):
                found[route].append(name)
    return found


@pytest.mark.parametrize("route", ROUTES)
def test_a_route_has_one_user_in_each_layer(route: str) -> None:
    assert users()[route]
    layers = [user.split(".")[1] for user in users()[route]]
    assert len(layers) == len(set(layers)), users()[route]


def test_a_route_has_its_own_name_and_its_own_address() -> None:
    assert len({route.name for route in ROUTES.values()}) == len(ROUTES)
    assert len({(route.method, route.path) for route in ROUTES.values()}) == len(ROUTES)


@pytest.mark.parametrize("route", ROUTES.values(), ids=ROUTES)
def test_the_kind_of_a_route_fits_its_family(route: Route) -> None:
    v3 = route.path.startswith("/v3/")
    assert v3 or route.path.startswith(("/v1/", "/v2/"))
    if route.method == "GET":
        assert route.kind is Kind.READ
    elif not v3:
        assert route.kind is (Kind.ONCE if route.method == "POST" else Kind.IDEMPOTENT)
    elif route.kind in {Kind.KEYED, Kind.BODY_KEYED, Kind.ONCE}:
        assert route.method == "POST"
    else:
        assert route.kind is Kind.IDEMPOTENT
    assert (route.host is Host.UPLOAD) == (route.path in {"/v1/asset", "/v1/talking_photo"})


def test_only_v3_posts_are_keyed() -> None:
    keyed = [route for route in ROUTES.values() if route.kind is Kind.KEYED]
    assert len(keyed) > 10
    assert {(route.method, route.path[:4]) for route in keyed} == {("POST", "/v3/")}


def test_what_v3_protects_by_nothing_is_known() -> None:
    once = {route.path for route in ROUTES.values() if route.kind is Kind.ONCE}
    assert {path for path in once if path.startswith("/v3/")} == {
        "/v3/avatar-realtime",
        "/v3/avatar-realtime/{stream_id}/text",
        "/v3/models/audio/tts",
        "/v3/video-agents",
        "/v3/video-agents/{session_id}",
        "/v3/voices/clone",
        "/v3/voices/speech",
    }


# By the name, since one path of the old family begins with /v3/.
LEGACY = [route for route in ROUTES.values() if route.name.startswith("v2.")]


def reached(name: str) -> Any:
    """What lies at a dotted name such as ``heygen.videos.create``."""
    found: Any = HeyGen(api_key="k")
    for part in name.split(".")[1:]:
        found = getattr(found, part)
    return found


@pytest.mark.parametrize("route", LEGACY, ids=lambda route: route.name)
def test_a_call_of_v1_and_v2_says_what_v3_has_instead(route: Route) -> None:
    assert route.successor is not None
    doc = inspect.getdoc(reached(f"heygen.{route.name}")) or ""
    if route.successor:
        assert callable(reached(route.successor))
        assert f"Deprecated: use ``{route.successor}``." in doc
    else:
        assert "Deprecated: v3 has no equal." in doc


def test_nothing_of_v3_is_deprecated() -> None:
    assert {route.name for route in ROUTES.values() if route.successor is not None} == {
        route.name for route in LEGACY
    }
