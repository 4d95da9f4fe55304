"""What is measured, in which order, and against whom."""

import asyncio
import shutil
import sys
import tempfile
import urllib.request
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple

from benchmarks import calls, decoding, uploads
from benchmarks.process import server, work
from benchmarks.rows import Rounds, Row, at_least_ratio, at_most_ratio, below, fastest, rows

LEVELS: Final = (1, 16)
_AT_ONCE: Final = 16
_HTTPX_SHARE: Final = 5
_PAGE_SHARE: Final = 10
_ROOM: Final = 4
_MEMORY_DISK: Final = Path("/dev/shm")  # noqa: S108 - only looked at, for a folder of our own


class Plan(NamedTuple):
    """How much is measured.

    Attributes:
        calls: Small calls per measurement.
        call_rounds: Rounds of them.
        size: Bytes of the large upload; a sixteenth of it for each of 16 at once.
        upload_rounds: Rounds of uploads.
    """

    calls: int
    call_rounds: int
    size: int
    upload_rounds: int


FULL: Final = Plan(calls=1500, call_rounds=7, size=uploads.GIB, upload_rounds=7)
QUICK: Final = Plan(calls=300, call_rounds=3, size=64 * uploads.MIB, upload_rounds=3)


def run(plan: Plan) -> list[Row]:
    """Everything, in a few minutes."""
    return [*_small_calls(plan), *_decoding(plan), *_large_uploads(plan)]


def _interleaved(
    variants: Sequence[str], rounds: int, measure: Callable[[str], dict[str, Any]]
) -> dict[str, Rounds]:
    """By figure and variant, one number per round.

    Every round measures every variant once, each time beginning with another one: what else the
    machine does, and how warm it is, meets all of them alike.
    """
    found: dict[str, dict[str, list[float]]] = defaultdict(lambda: {name: [] for name in variants})
    for number in range(rounds):
        first = number % len(variants)
        for variant in (*variants[first:], *variants[:first]):
            for figure, value in measure(variant).items():
                found[figure][variant].append(value)
    return dict(found)


def _small_calls(plan: Plan) -> Iterator[Row]:
    with server("benchmarks.server") as url:
        ids = asyncio.run(calls.prepare(url))

        def measure(variant: str) -> dict[str, Any]:
            share = _HTTPX_SHARE if variant == calls.HTTPX else 1  # it takes that much longer
            count = max(1, plan.calls // share)
            return work(
                "calls", variant=variant, url=url, ids=ids, count=count, levels=list(LEVELS)
            )

        _say(f"{plan.calls} small calls, {plan.call_rounds} rounds")
        found = _interleaved(calls.VARIANTS, plan.call_rounds, measure)
    for level in LEVELS:
        yield from rows(
            f"GET a video, {level} at a time",
            "us CPU/call",
            found[str(level)],
            yardstick=calls.AIOHTTP,
            ours=calls.OURS,
            goal=at_most_ratio(1.5),
        )


def _decoding(plan: Plan) -> Iterator[Row]:
    _say(f"a page of 1,000 voices, {plan.call_rounds} rounds")
    count = max(1, plan.calls // _PAGE_SHARE)
    found = _interleaved(
        decoding.VARIANTS,
        plan.call_rounds,
        lambda variant: work("decode", variant=variant, count=count),
    )
    for unit, rounds in found.items():
        yield from rows(
            "decode 1,000 voices",
            unit,
            rounds,
            yardstick=decoding.PYDANTIC,
            ours=decoding.OURS,
            goal=at_most_ratio(0.25),
        )


def _large_uploads(plan: Plan) -> Iterator[Row]:
    with tempfile.TemporaryDirectory(prefix="heygen-bench-") as folder:
        files: dict[str, Path] = {}
        for name, size in (
            ("large", plan.size),
            ("part", plan.size // _AT_ONCE),
            ("small", min(uploads.MIB, plan.size)),
        ):
            files[name] = Path(folder) / f"{name}.zip"
            uploads.make_file(files[name], size)
        yield from _to_sandbox(plan, files)
        with server("benchmarks.sink") as url:
            yield from _to_sink(plan, url, files)
            yield from _at_once(plan, url, files)


def _to_sandbox(plan: Plan, files: dict[str, Path]) -> Iterator[Row]:
    """The whole job against the sandbox, which writes the bytes to its folder."""
    with _room(plan) as folder, server("benchmarks.server", folder=folder) as url:

        def measure(variant: str) -> dict[str, Any]:
            found = _one(variant, url, files)
            _post(f"{url}/_sandbox/reset")  # the folder is emptied before the next one
            return found

        _say(f"{_size(plan)} to the sandbox, {plan.upload_rounds} rounds")
        found = _interleaved(uploads.VARIANTS, plan.upload_rounds, measure)
    where = f"upload {_size(plan)}, sandbox"
    base = fastest(found["MiB/s"], uploads.AIOHTTP)
    ours = uploads.OURS
    speed, cpu, grown = found["MiB/s"], found["CPU-s/GiB"], found["MiB grown"]
    yield from rows(where, "MiB/s", speed, yardstick=base, ours=ours, goal=at_least_ratio(0.9))
    yield from rows(where, "CPU-s/GiB", cpu, yardstick=base, ours=ours)
    yield from rows(where, "MiB grown", grown, yardstick=base, ours=ours, goal=below(32, "MiB"))


def _to_sink(plan: Plan, url: str, files: dict[str, Path]) -> Iterator[Row]:
    """The same against a sink that is faster than every client: what the sandbox would hide.

    Compared with the fastest variant that leaves the loop free; one that reads in the loop keeps
    everything else in the process waiting, and shows here what that would gain.
    """
    _say(f"{_size(plan)} to a sink, {plan.upload_rounds} rounds")
    found = _interleaved(
        uploads.VARIANTS, plan.upload_rounds, lambda variant: _one(variant, url, files)
    )
    where = f"upload {_size(plan)}, sink"
    base = fastest(found["MiB/s"], uploads.FREE)
    for unit in ("MiB/s", "CPU-s/GiB"):
        yield from rows(where, unit, found[unit], yardstick=base, ours=uploads.OURS)


def _at_once(plan: Plan, url: str, files: dict[str, Path]) -> Iterator[Row]:
    def measure(variant: str) -> dict[str, Any]:
        part, small = str(files["part"]), str(files["small"])
        return work("many", variant=variant, url=url, path=part, small=small, count=_AT_ONCE)

    _say(f"{_AT_ONCE} uploads at once, {plan.upload_rounds} rounds")
    found = _interleaved(uploads.MANY, plan.upload_rounds, measure)
    where = f"{_AT_ONCE} uploads of {plan.size / _AT_ONCE / uploads.MIB:g} MiB at once, sink"
    for unit in ("MiB grown", "ms stalled", "MiB/s", "CPU-s/GiB"):
        yield from rows(where, unit, found[unit], yardstick=uploads.OPEN, ours=uploads.OURS)


def _one(variant: str, url: str, files: dict[str, Path]) -> dict[str, Any]:
    found = work(
        "one", variant=variant, url=url, path=str(files["large"]), small=str(files["small"])
    )
    del found["ms stalled"]  # nobody watched
    return found


@contextmanager
def _room(plan: Plan) -> Iterator[str]:
    """A folder for the sandbox's files: in memory if there is room.

    A disk would be the slowest part of all, and a different one every time.
    """
    roomy = _MEMORY_DISK.is_dir() and shutil.disk_usage(_MEMORY_DISK).free > _ROOM * plan.size
    parent = _MEMORY_DISK if roomy else None
    with tempfile.TemporaryDirectory(prefix="heygen-bench-", dir=parent) as folder:
        yield folder


def _post(url: str) -> None:
    request = urllib.request.Request(url, data=b"", method="POST")  # noqa: S310 - our own server
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request):
        pass


def _size(plan: Plan) -> str:
    mib = plan.size / uploads.MIB
    return f"{mib / 1024:g} GiB" if mib >= 1024 else f"{mib:g} MiB"


def _say(text: str) -> None:
    print(f"... {text}", file=sys.stderr, flush=True)
