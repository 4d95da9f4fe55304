"""Large uploads as lines of the table: to the sandbox, to a sink, over TLS, and many at once."""

import tempfile
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import trustme

from benchmarks import uploads
from benchmarks.plan import MIB, Plan, Section, interleaved, memory_folder, say, sized
from benchmarks.process import server, work
from benchmarks.rows import Goal, Row, at_least_ratio, at_most_ratio, below, fastest, rows

_AT_ONCE: Final = (16, 64)
_ROOM: Final = 4
_METHOD: Final = """\
- **Upload**: slot, PUT and complete, of a sparse file with the beginning of an archive. "Grown" is
  the most resident memory during the upload (`VmHWM`, reset before it) less the resident memory
  before it. The sandbox writes to a folder in memory where there is one; the ratio is to the
  fastest plain aiohttp variant of that run, of all figures.
- **Sink**: the same three calls against a server that throws the bytes away, so that the client is
  the slower side. The speed is compared with the fastest aiohttp variant that reads its file in a
  thread: the ones that read in the loop stop everything else in the process meanwhile. The CPU is
  compared with requests, and over TLS with curl, whose start (that of `curl --version`) is taken
  off; that one sends the PUT alone, and is left out where there is no curl.
- **Over TLS** the rest of the distance to curl is asyncio's. It encrypts into a buffer in memory,
  and copies what is in there once more before the socket takes it; curl's TLS writes to the socket.
  And of the Python between two chunks of 256 KiB hardly anything is left in the processor's caches
  after such a chunk was read, encrypted and copied, so that a short function takes microseconds;
  the busier the machine, the more. Larger chunks gain there and lose with the copies. In profiles,
  with the same cipher, in parts of what curl took: encryption 0.3 of either, the system 0.6 of curl
  and 0.7 of ours, copies in memory 0.1 and 0.15, Python 0.3 of ours. A bare loop over asyncio's own
  streams, without HTTP, deadlines or turns for others, took 1.1 to 1.2 times what curl took.
- **With its SHA-256**: hashed by the thread that reads, as for what is shared afterwards, against a
  reading of its own before, as a key of the caller's needs it. It has no goal: what the same pass
  saves is a second reading, which costs a disk its time, and next to nothing of the processor here,
  where the file lies in memory. Hashing in the loop would save the hops too, and hold up the loop.
- **At once**: by one client in one loop. "Stalled" is how much too late a task came round that
  wanted to run every millisecond, at worst: a busy machine shows here first.
"""


def _large_uploads(plan: Plan) -> Iterator[Row]:
    with tempfile.TemporaryDirectory(prefix="heygen-bench-") as folder:
        files: dict[str, Path] = {}
        sizes = {f"{count} at once": plan.size // count for count in _AT_ONCE}
        for name, size in {"large": plan.size, "small": min(MIB, plan.size), **sizes}.items():
            files[name] = Path(folder) / f"{name}.zip"
            uploads.make_file(files[name], size)
        yield from _to_sandbox(plan, files)
        with server("benchmarks.sink") as url:
            yield from _to_sink(plan, url, files)
            yield from _with_digest(plan, url, files)
            for count in _AT_ONCE:
                yield from _at_once(plan, url, files, count)
        yield from _over_tls(plan, files, Path(folder))


def _to_sandbox(plan: Plan, files: dict[str, Path]) -> Iterator[Row]:
    """The whole job against the sandbox, which writes the bytes to its folder."""
    with (
        memory_folder(_ROOM * plan.size) as folder,
        server("benchmarks.server", folder=folder) as url,
    ):

        def measure(variant: str) -> dict[str, Any]:
            found = _one(variant, url, files)
            _post(f"{url}/_sandbox/reset")  # the folder is emptied before the next one
            return found

        say(f"{sized(plan.size)} to the sandbox, {plan.upload_rounds} rounds")
        found = interleaved(uploads.VARIANTS, plan.upload_rounds, measure)
    where = f"upload {sized(plan.size)}, sandbox"
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
    say(f"{sized(plan.size)} to a sink, {plan.upload_rounds} rounds")
    found = interleaved(
        uploads.VARIANTS, plan.upload_rounds, lambda variant: _one(variant, url, files)
    )
    where = f"upload {sized(plan.size)}, sink"
    free = fastest(found["MiB/s"], uploads.FREE)
    ours = uploads.OURS
    yield from rows(where, "MiB/s", found["MiB/s"], yardstick=free, ours=ours)
    cpu, grown = found["CPU-s/GiB"], found["MiB grown"]
    goal = at_most_ratio(1.1)
    yield from rows(where, "CPU-s/GiB", cpu, yardstick=uploads.REQUESTS, ours=ours, goal=goal)
    yield from rows(where, "MiB grown", grown, yardstick=free, ours=ours, goal=below(4, "MiB"))


def _with_digest(plan: Plan, url: str, files: dict[str, Path]) -> Iterator[Row]:
    """What the SHA-256 of the bytes costs: in the upload's own pass, and in one before."""
    variants = (uploads.HASHED, uploads.AHEAD)
    found = interleaved(variants, plan.upload_rounds, lambda variant: _one(variant, url, files))[
        "CPU-s/GiB"
    ]
    where = f"upload {sized(plan.size)} with its SHA-256, sink"
    base, ours = uploads.AHEAD, uploads.HASHED
    yield from rows(where, "CPU-s/GiB", found, yardstick=base, ours=ours)


def _over_tls(plan: Plan, files: dict[str, Path], folder: Path) -> Iterator[Row]:
    """As the storage wants it, and against curl where there is one."""
    authority = trustme.CA()
    certificate, ca = folder / "sink.pem", folder / "ca.pem"
    authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(certificate)
    authority.cert_pem.write_to_path(ca)
    base, goal = uploads.CURL, at_most_ratio(1.05)
    if base not in uploads.OVER_TLS:
        say("there is no curl here: requests takes its place, and the goal is not judged")
        base, goal = uploads.REQUESTS, None
    with server("benchmarks.sink", str(certificate)) as url:
        say(f"{sized(plan.size)} to a sink over TLS, {plan.upload_rounds} rounds")
        found = interleaved(
            uploads.OVER_TLS,
            plan.upload_rounds,
            lambda variant: _one(variant, url, files, ca=str(ca)),
        )
    where = f"upload {sized(plan.size)}, sink over TLS"
    for unit, held in (("CPU-s/GiB", goal), ("MiB/s", None)):
        yield from rows(where, unit, found[unit], yardstick=base, ours=uploads.OURS, goal=held)


def _at_once(plan: Plan, url: str, files: dict[str, Path], count: int) -> Iterator[Row]:
    def measure(variant: str) -> dict[str, Any]:
        part, small = str(files[f"{count} at once"]), str(files["small"])
        return work(
            "uploads:measure_many", variant=variant, url=url, path=part, small=small, count=count
        )

    say(f"{count} uploads at once, {plan.upload_rounds} rounds")
    found = interleaved(uploads.MANY, plan.upload_rounds, measure)
    where = f"{count} uploads of {plan.size / count / MIB:g} MiB at once, sink"
    goals: dict[str, Goal | None] = {
        "MiB grown": below(24, "MiB"),
        "ms stalled": below(10, "ms"),
        "MiB/s": None,
        "CPU-s/GiB": None,
    }
    for unit, goal in goals.items():
        held = goal if count == _AT_ONCE[0] else None
        figures = found[unit]
        yield from rows(where, unit, figures, yardstick=uploads.OPEN, ours=uploads.OURS, goal=held)


def _one(
    variant: str, url: str, files: dict[str, Path], *, ca: str | None = None
) -> dict[str, Any]:
    found = work(
        "uploads:measure_one",
        variant=variant,
        url=url,
        path=str(files["large"]),
        small=str(files["small"]),
        ca=ca,
    )
    del found["ms stalled"]  # nobody watched
    return found


def _post(url: str) -> None:
    request = urllib.request.Request(url, data=b"", method="POST")  # noqa: S310 - our own server
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request):
        pass


SECTION: Final = Section("uploads", _METHOD, _large_uploads)
