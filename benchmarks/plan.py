"""How much is measured, and how its rounds are laid out."""

import shutil
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple

from benchmarks.rows import Rounds, Row

KIB: Final = 1024
MIB: Final = 1024 * KIB
GIB: Final = 1024 * MIB
_MEMORY_DISK: Final = Path("/dev/shm")  # noqa: S108 - only looked at, for a folder of our own


class Plan(NamedTuple):
    """How much is measured.

    Attributes:
        calls: Small calls per measurement.
        call_rounds: Rounds of them.
        size: Bytes of a large file; a sixteenth of it for each of 16 at once.
        upload_rounds: Rounds of large files.
        jobs: Jobs that are waited for.
        rows: Rows of a long run; a tenth of it for a short one.
    """

    calls: int
    call_rounds: int
    size: int
    upload_rounds: int
    jobs: int
    rows: int


FULL: Final = Plan(calls=1500, call_rounds=7, size=GIB, upload_rounds=7, jobs=10_000, rows=100_000)
QUICK: Final = Plan(
    calls=300, call_rounds=3, size=64 * MIB, upload_rounds=3, jobs=1_000, rows=5_000
)


class Section(NamedTuple):
    """One piece of the table.

    Attributes:
        name: For ``--only``.
        method: How it is measured: a paragraph or list items of Markdown.
        run: Measures, and gives its lines.
    """

    name: str
    method: str
    run: Callable[[Plan], Iterator[Row]]


def interleaved(
    variants: Sequence[str], rounds: int, measure: Callable[[str], dict[str, Any]]
) -> dict[str, Rounds]:
    """By figure and variant, one number per round.

    Every round measures every variant once, each time beginning with another one: what else the
    machine does, and how warm it is, meets all of them alike.
    """
    found: dict[str, dict[str, list[float]]] = defaultdict(lambda: {name: [] for name in variants})
    for number in range(rounds if variants else 0):
        first = number % len(variants)
        for variant in (*variants[first:], *variants[:first]):
            for figure, value in measure(variant).items():
                found[figure][variant].append(value)
    return dict(found)


def sized(size: int) -> str:
    """A size as the table shows it."""
    mib = size / MIB
    return f"{mib / KIB:g} GiB" if mib >= KIB else f"{mib:g} MiB"


@contextmanager
def memory_folder(size: int) -> Iterator[str]:
    """A folder for so many bytes: in memory if there is room.

    A disk would be the slowest part of all, and a different one every time.
    """
    roomy = _MEMORY_DISK.is_dir() and shutil.disk_usage(_MEMORY_DISK).free > size
    parent = _MEMORY_DISK if roomy else None
    with tempfile.TemporaryDirectory(prefix="heygen-bench-", dir=parent) as folder:
        yield folder


def say(text: str) -> None:
    """What goes on, for whoever waits."""
    print(f"... {text}", file=sys.stderr, flush=True)
