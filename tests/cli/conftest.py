import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COMMAND = (sys.executable, "-W", "error", "-c", "from heygen_async.cli import main; main()")


def environment(**extra: str) -> dict[str, str]:
    """The environment without anything of HeyGen's, and a key that must never be used."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("HEYGEN_")}
    return {**kept, "PYTHONPATH": str(ROOT), **extra}


def run(
    *arguments: str, cwd: Path, timeout: float = 50, **extra: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603  our own command
        [*COMMAND, *arguments],
        cwd=cwd,
        env=environment(**extra),
        capture_output=True,
        text=True,
        timeout=timeout,
        stdin=subprocess.DEVNULL,
        check=False,
    )


@contextmanager
def started(*arguments: str, cwd: Path, **extra: str) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(  # noqa: S603  our own command
        [*COMMAND, *arguments],
        cwd=cwd,
        env=environment(**extra),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """The whole demo, once: its folder, and what it said."""
    place = tmp_path_factory.mktemp("demo")
    # Neither may be looked at: an address where nobody listens, and a key that is none.
    done = run(
        *("demo", "--out", "out", "--speed", "120"),
        cwd=place,
        HEYGEN_API_KEY="must-not-be-used",
        HEYGEN_API_BASE="http://127.0.0.1:9",
    )
    return place / "out", done
