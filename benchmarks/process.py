"""Processes: servers that announce themselves, and workers that measure and report once."""

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[1]
WORKER_CORE: Final = 0
SERVER_CORE: Final = 1
_READY: Final = "ready: "
_PATIENCE: Final = 300


def pin(core: int) -> None:
    """Keeps this process on one core, where the system can and there are several."""
    if hasattr(os, "sched_setaffinity"):
        allowed = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, {allowed[core % len(allowed)]})


def _environment(folder: str | None) -> dict[str, str]:
    """Without keys, proxies and debug switches, which would decide what is measured."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.upper().startswith(("HEYGEN_", "PYTHON"))
        and not name.upper().endswith("_PROXY")
    }
    kept["PYTHONPATH"] = str(ROOT)
    if folder is not None:
        kept["TMPDIR"] = folder
    return kept


@contextmanager
def server(module: str, *arguments: str, folder: str | None = None) -> Iterator[str]:
    """A server in a process of its own; gives its address once it listens."""
    process = subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        env=_environment(folder),
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline().strip()
        if not line.startswith(_READY):
            raise RuntimeError(f"{module} did not start: {line!r}")
        yield line.removeprefix(_READY)
    finally:
        process.terminate()
        process.wait(timeout=10)
        if process.stdout is not None:
            process.stdout.close()


def script(code: str) -> dict[str, float]:
    """Runs a program in a fresh process: what it took, all of it, the interpreter's start too."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=_environment(None),
        timeout=_PATIENCE,
        check=True,
    )
    wall, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"ms CPU": cpu * 1e3, "ms": wall * 1e3}


def work(task: str, *, uvloop: bool = False, **options: Any) -> dict[str, Any]:
    """Runs one measurement in a fresh process, on uvloop if asked: what it printed as JSON.

    Fresh, because a process that has measured before has a heap, caches and a hash seed that
    favour one variant over another.
    """
    done = subprocess.run(
        [
            *(sys.executable, "-m", "benchmarks.worker", task, json.dumps(options)),
            *(["--uvloop"] if uvloop else []),
        ],
        cwd=ROOT,
        env=_environment(None),
        capture_output=True,
        text=True,
        timeout=_PATIENCE,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{task} {options} failed:\n{done.stderr}")
    result: dict[str, Any] = json.loads(done.stdout)
    return result
