"""The table, for the terminal, for machines, and for RESULTS.md."""

import json
import os
import platform
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final

from benchmarks.rows import Row

_HEAD: Final = ("work", "variant", "median", "unit", "rounds", "ratio", "goal", "met")
_LIBRARIES: Final = ("aiohttp", "msgspec", "httpx", "requests", "pydantic", "heygen-async")
_METHOD: Final = """\
What counts are the ratios: the absolute numbers move by a third with the machine and the hour.

- Client and server are processes of their own, each kept on one core. Every measurement is a fresh
  client process. Within a round all variants run one after the other, and every round begins with
  another one; the figure is the median over the rounds, beside it the least and the most. The
  ratio is the median of the ratios within a round.
"""


def table(rows: Sequence[Row]) -> str:
    """Aligned, a line per row, a rule between pieces of work."""
    lines = [_HEAD, *(_cells(row) for row in rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(_HEAD))]
    rule = "  ".join("-" * width for width in widths)
    shown = [_aligned(_HEAD, widths), rule]
    for previous, row, cells in zip([None, *rows[:-1]], rows, lines[1:], strict=True):
        if previous is not None and (previous.work, previous.unit) != (row.work, row.unit):
            shown.append("")
        shown.append(_aligned(cells, widths))
    return "\n".join(shown)


def to_json(rows: Sequence[Row]) -> str:
    """Everything, for programs."""
    found = {**_machine(), "rows": [row._asdict() for row in rows]}
    return json.dumps(found, indent=1) + "\n"


def to_markdown(rows: Sequence[Row], methods: Iterable[str]) -> str:
    """What is committed."""
    machine = _machine()
    facts = "\n".join(f"- {name}: {value}" for name, value in machine.items())
    lines = ["| " + " | ".join(_HEAD) + " |", "|---|---|--:|---|--:|--:|---|---|"]
    lines += ["| " + " | ".join(_cells(row)) + " |" for row in rows]
    body = "\n".join(lines)
    return (
        "# Benchmarks\n\nMade by `python -m benchmarks --record`; `make bench` measures anew.\n\n"
        f"{facts}\n\n## Method\n\n{_METHOD}{''.join(methods)}\n## Results\n\n{body}\n"
    )


def _cells(row: Row) -> tuple[str, ...]:
    compared = f"{row.ratio:.2f}" + (" (base)" if row.variant == row.yardstick else "")
    met = "" if row.met is None else ("yes" if row.met else "NO")
    figures = (_number(row.figure), f"{_number(row.low)} to {_number(row.high)}")
    return row.work, row.variant, figures[0], row.unit, figures[1], compared, row.goal or "", met


def _number(value: float) -> str:
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _aligned(cells: Sequence[str], widths: Sequence[int]) -> str:
    right = {2, 4}
    return "  ".join(
        cell.rjust(width) if i in right else cell.ljust(width)
        for i, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ).rstrip()


def _machine() -> dict[str, str]:
    libraries = ", ".join(f"{name} {version(name)}" for name in _LIBRARIES)
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "cpu": f"{_cpu()}, {os.cpu_count()} cores",
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "libraries": libraries,
        "load": _load(),
    }


def _load() -> str:
    """How busy the machine was, so that a wide spread can be understood."""
    if not hasattr(os, "getloadavg"):
        return "unknown"
    return f"{os.getloadavg()[0]:.1f} in the last minute, of which the benchmark is one to two"


def _cpu() -> str:
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "unknown"
