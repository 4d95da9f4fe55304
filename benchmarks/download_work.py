"""Large downloads as lines of the table: one, one beside other work, 16 at once, and over TLS."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from benchmarks import downloads
from benchmarks.plan import GIB, MIB, Plan, Section, interleaved, memory_folder, say, sized
from benchmarks.process import server, work
from benchmarks.rows import Row, at_most_ratio, below, rows

_AT_ONCE: Final = 16
_UNITS: Final = ("CPU-s/GiB", "MiB/s")
_METHOD: Final = """\
- **Download**: to a new file, in a folder in memory where there is room, from a host whose system
  sends the same 64 MiB again and again (`sendfile`). CPU of the client's process, user and system,
  of all threads, after a small download; of curl, that of the whole program (`os.wait4`). Ours
  reads the video first, writes beside the target, syncs and renames, as always. There is one table
  next to httpx, and one next to curl.
- **Beside other work**: the same with a task in the loop that wants to run every millisecond;
  "stalled" is how much too late it came round at worst, "grown" as for uploads. A loop that does
  nothing else shows what of it is the machine's.
"""


def _large_downloads(plan: Plan) -> Iterator[Row]:
    with memory_folder(2 * plan.size) as folder:
        with server("benchmarks.origin") as url:
            yield from _one(plan, {"url": url, "folder": folder}, "download")
            yield from _beside(plan, {"url": url, "folder": folder}, 1)
            yield from _beside(plan, {"url": url, "folder": folder}, _AT_ONCE)
        with _certificate() as pair:
            if pair is None:
                say("no downloads over TLS: there is no openssl that makes a certificate")
                return
            with server("benchmarks.origin", *map(str, pair)) as url:
                options = {"url": url, "folder": folder, "certificate": str(pair[0])}
                yield from _one(plan, options, "TLS download", judged=False)


def _one(plan: Plan, options: dict[str, Any], what: str, *, judged: bool = True) -> Iterator[Row]:
    variants = list(downloads.PYTHON)
    if (reason := downloads.without_curl()) is None:
        variants.append(downloads.CURL)
    else:
        say(f"no comparison with curl: {reason}")
    what = f"{what} of {sized(plan.size)}"
    say(f"{what}, {plan.upload_rounds} rounds")
    found = interleaved(
        variants,
        plan.upload_rounds,
        lambda variant: work("downloads:measure_one", variant=variant, size=plan.size, **options),
    )
    ours = downloads.OURS
    for peer, others, limit in (
        (downloads.HTTPX, downloads.PYTHON, 0.65),
        (downloads.CURL, (ours, downloads.CURL), 1.1),
    ):
        if peer not in variants:
            continue
        where = f"{what}, next to {peer.partition(',')[0]}"
        cpu, speed = ({name: found[unit][name] for name in others} for unit in _UNITS)
        goal = at_most_ratio(limit) if judged else None
        yield from rows(where, _UNITS[0], cpu, yardstick=peer, ours=ours, goal=goal)
        yield from rows(where, _UNITS[1], speed, yardstick=peer, ours=ours)


def _beside(plan: Plan, options: dict[str, Any], count: int) -> Iterator[Row]:
    size = plan.size // count
    one = count == 1
    what = f"download of {sized(size)}" if one else f"{count} downloads of {size / MIB:g} MiB"
    what = f"{what} beside other work"
    say(f"{what}, {plan.upload_rounds} rounds")

    def measure(variant: str) -> dict[str, Any]:
        if variant == downloads.IDLE:
            return work("downloads:measure_idle", seconds=plan.size / GIB)
        return work("downloads:measure_beside", variant=variant, size=size, count=count, **options)

    variants = (*downloads.ASYNC, downloads.IDLE) if one else downloads.ASYNC
    found = interleaved(variants, plan.upload_rounds, measure)
    goals = {"MiB grown": below(8, "MiB"), "ms stalled": below(5, "ms")} if one else {}
    base = downloads.BLOCKING
    for unit, rounds in found.items():
        goal = goals.get(unit)
        yield from rows(what, unit, rounds, yardstick=base, ours=downloads.OURS, goal=goal)


@contextmanager
def _certificate() -> Iterator[tuple[Path, Path] | None]:
    """A certificate for this machine and its key, for as long as they are needed."""
    program = shutil.which("openssl")
    with tempfile.TemporaryDirectory(prefix="heygen-bench-") as folder:
        certificate, key = Path(folder) / "certificate.pem", Path(folder) / "key.pem"
        subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
        made = (
            program is not None
            and not subprocess.run(
                [
                    *(program, "req", "-x509", "-nodes", "-days", "2"),
                    *("-newkey", "rsa:2048", "-keyout", str(key), "-out", str(certificate)),
                    *subject,
                ],
                capture_output=True,
                check=False,
            ).returncode
        )
        yield (certificate, key) if made else None


SECTION: Final = Section("downloads", _METHOD, _large_downloads)
