"""Writes the last table of docs/migrating.md: what v3 has instead of every call of v1 and v2."""

from pathlib import Path
from typing import Final

from heygen_async.migration.table import TABLE
from heygen_async.wire.calls import Route
from heygen_async.wire.routes import ALL

TARGET: Final = Path(__file__).with_suffix(".md")
_HEAD: Final = "| v1 and v2 | method | v3 | `to_v3` |\n|---|---|---|---|\n"


def render(page: str) -> str:
    """The page with its table made anew.

    Args:
        page: The page, which ends with the table.
    """
    old = [route for route in ALL.values() if route.successor is not None]
    rows = [_line(route) for route in sorted(old, key=lambda each: (each.path, each.method))]
    return page.partition(_HEAD)[0] + _HEAD + "".join(rows)


def _line(route: Route) -> str:
    new = f"`{route.successor}`" if route.successor else "no equal"
    migrated = any(
        entry.path == route.path and f"heygen.{entry.route.name}" == route.successor
        for entry in TABLE.values()
    )
    made = "yes" if migrated and route.method == "POST" else ""
    return f"| `{route.method} {route.path}` | `heygen.{route.name}` | {new} | {made} |\n"


if __name__ == "__main__":
    TARGET.write_text(render(TARGET.read_text("utf-8")), "utf-8")
