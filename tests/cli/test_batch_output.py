"""`heygen-async batch run` when its output has nowhere to go: no id of what is paid is lost."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

import pytest

from .conftest import COMMAND, environment, started
from .test_batch import OUT, charged, fault, rows, running, sandbox, told

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no such pipes")


@pytest.mark.parametrize("more", [(), ("--batches",)])
def test_ids_go_to_stderr_when_nobody_reads_stdout(tmp_path: Path, more: tuple[str, ...]) -> None:
    rows(tmp_path, 8)
    options = (*OUT, "--slots", "2", "--sandbox", "--speed", "200", *more)
    with started("batch", "run", "rows.csv", *options, cwd=tmp_path) as process:
        assert process.stdout is not None
        process.stdout.close()
        process.stdout = None
        _, err = process.communicate(timeout=60)
    assert process.returncode == 1, err
    assert "stdout cannot be written" in err
    told = [json.loads(line) for line in err.splitlines() if line.startswith("{")]
    assert "accepted" in {each["state"] for each in told}, "broken off"
    for each in told:
        known = each["video_id"] or each.get("batch_id")
        assert bool(known) == (each["state"] in {"accepted", "done"})
    assert "Traceback" not in err


def test_a_closed_stdout_is_found_before_anything_is_sent(tmp_path: Path) -> None:
    rows(tmp_path, 2)
    with sandbox(tmp_path, speed=100) as base:
        done = subprocess.run(  # noqa: S603  our own command
            ["/bin/sh", "-c", 'exec "$@" >&-', "sh", *COMMAND, "batch", "run", "rows.csv", *OUT],
            cwd=tmp_path,
            env=environment(HEYGEN_API_KEY="any", HEYGEN_API_BASE=base),
            stderr=subprocess.PIPE,
            text=True,
            timeout=50,
            check=False,
        )
        assert charged(base) == []
    assert done.returncode == 2, done.stderr
    assert "stdout is closed" in done.stderr


def test_rows_of_a_batch_that_nobody_answered_are_told_with_their_places(tmp_path: Path) -> None:
    rows(tmp_path, 3)
    with sandbox(tmp_path, speed=100) as base:
        fault(base, path="/v3/videos/batches", reply={"data": {}})
        with running(tmp_path, base, "--batches") as process:
            out, err = process.communicate(timeout=30)
    assert process.returncode == 1, err
    found = told(out)
    assert {each["state"] for each in found} == {"needs_review"}
    assert sorted(each["item_index"] for each in found) == [0, 1, 2]
    assert len({each["idempotency_key"] for each in found}) == 1


@contextmanager
def into_a_full_pipe(
    folder: Path, *, waits: bool
) -> Iterator[tuple[subprocess.Popen[str], TextIO]]:
    """The command, whose stdout takes nothing until it is read: its process, and what to read."""
    ours, theirs = os.pipe()
    os.set_blocking(theirs, False)
    with suppress(BlockingIOError):
        while True:
            os.write(theirs, b"\n" * 1024)
    os.set_blocking(theirs, waits)
    process = subprocess.Popen(  # noqa: S603  our own command
        [*COMMAND, "batch", "run", "rows.csv", *OUT, "--sandbox", "--speed", "300"],
        cwd=folder,
        env=environment(),
        stdout=theirs,
        stderr=subprocess.PIPE,
        text=True,
    )
    os.close(theirs)
    patience = threading.Timer(50, process.kill)
    patience.start()
    with process, os.fdopen(ours, encoding="utf-8") as lines:
        yield process, lines
    patience.cancel()


def test_a_pipe_that_would_not_wait_is_waited_for(tmp_path: Path) -> None:
    rows(tmp_path, 3)
    with into_a_full_pipe(tmp_path, waits=False) as (process, lines):
        while len(list(tmp_path.glob("out/*.mp4"))) < 3 and process.poll() is None:
            pass
        found = [json.loads(line) for line in lines if line.strip()]
        assert process.wait(timeout=30) == 0
    assert len(found) == 3


def test_signals_are_heard_while_nobody_reads(tmp_path: Path) -> None:
    rows(tmp_path, 8)
    with into_a_full_pipe(tmp_path, waits=True) as (process, lines):
        assert process.stderr is not None
        while not list(tmp_path.glob("out/*.mp4")) and process.poll() is None:
            pass
        process.send_signal(signal.SIGTERM)
        assert "finishing" in process.stderr.readline()
        process.send_signal(signal.SIGTERM)
        assert "breaking off" in process.stderr.readline()
        told = [json.loads(line) for line in lines if line.strip()]
        assert process.wait(timeout=30) == 130
    assert told
