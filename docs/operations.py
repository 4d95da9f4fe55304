"""Writes docs/operations.md: every endpoint beside the method that calls it."""

import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from heygen_async.api.member import Member
from heygen_async.api.resource import Resource
from heygen_async.api.resources import Resources
from heygen_async.transport import uploads
from heygen_async.wire.calls import Route
from heygen_async.wire.routes import ALL

TARGET: Final = Path(__file__).with_suffix(".md")
_USED: Final = re.compile(r"\broutes\.([A-Z0-9_]+)\b")
_PAGE: Final = re.compile(r"https://(?:developers|docs)\.heygen\.com/\S+$", re.MULTILINE)
_HEAD: Final = """\
# Operations

Every endpoint that the library knows, beside the method that calls it. Made by
`python docs/operations.py`; a test holds it to the code. Whatever is newer is reached with
`heygen.send(call)`.

*kind* says how often a call may be sent: `read` and `idempotent` again and again, `keyed` again
with the same idempotency key, `body_keyed` likewise with a field of the body, `once` never after it
may have arrived.

| endpoint | method | kind | page |
|---|---|---|---|
"""


def methods(kind: type, name: str = "heygen") -> Iterator[tuple[str, Any]]:
    """Every public method of the resources below a class, by its dotted name."""
    for attribute, inner in _attributes(kind):
        if isinstance(inner, type) and issubclass(inner, Resource):
            for method, value in inspect.getmembers(inner, inspect.isfunction):
                if not method.startswith("_"):
                    yield f"{name}.{attribute}.{method}", value
        elif isinstance(inner, type) and inner.__module__.startswith("heygen_async.api."):
            yield from methods(inner, f"{name}.{attribute}")


def _attributes(kind: type) -> set[tuple[str, Any]]:
    """The parts of a class, and the annotated attributes that it sets on itself."""
    source = inspect.getsource(kind)
    space = vars(inspect.getmodule(kind))
    found = re.findall(r"self\.(\w+): (\w+) = ", source)
    parts = {(name, part.load()) for name, part in vars(kind).items() if isinstance(part, Member)}
    return parts | {(name, space[kind]) for name, kind in found if kind in space}


def users() -> dict[str, list[tuple[str, str]]]:
    """For every route's constant, the methods that use it and their vendor's page."""
    found: dict[str, list[tuple[str, str]]] = {}
    pages: dict[str, str] = {}
    for name, method in sorted(methods(Resources)):
        page = _PAGE.search(inspect.getdoc(method) or "")
        pages[name] = page[0] if page else ""
        for route in dict.fromkeys(_USED.findall(inspect.getsource(method))):
            found.setdefault(route, []).append((name, pages[name]))
    # Uploads take several calls, which are made a layer below.
    inner = inspect.getsource(uploads)
    for route in dict.fromkeys(_USED.findall(inner)):
        found.setdefault(route, []).append(("heygen.assets.upload", pages["heygen.assets.upload"]))
    return found


def render() -> str:
    """The page."""
    by_route = users()
    lines = [_line(route, by_route.get(name, [])) for name, route in _sorted()]
    return _HEAD + "\n".join(lines) + "\n"


def _sorted() -> list[tuple[str, Route]]:
    return sorted(ALL.items(), key=lambda item: (item[1].path, item[1].method))


def _line(route: Route, calls: list[tuple[str, str]]) -> str:
    names = "<br>".join(f"`{name}`" for name in dict.fromkeys(name for name, _ in calls))
    page = next((page for _, page in calls if page), "")
    link = f"[page]({page})" if page else ""
    return f"| `{route.method} {route.path}` | {names} | {route.kind.value} | {link} |"


if __name__ == "__main__":
    TARGET.write_text(render(), encoding="utf-8")
