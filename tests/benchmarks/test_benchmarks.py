"""Whether the benchmarks run to their end. What they measure is not for a test to judge."""

import json
import math
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.rows import at_most_ratio, below, fastest, rows

# They compare with clients that the package itself does not need.
calls = pytest.importorskip("benchmarks.calls")
decoding = pytest.importorskip("benchmarks.decoding")
downloads = pytest.importorskip("benchmarks.downloads")
importing = pytest.importorskip("benchmarks.importing")
polling = pytest.importorskip("benchmarks.polling")
waiting = pytest.importorskip("benchmarks.waiting")
uploads = pytest.importorskip("benchmarks.uploads")
orchestrating = pytest.importorskip("benchmarks.orchestrating")
SECTIONS = pytest.importorskip("benchmarks.suite").SECTIONS

ROOT = Path(__file__).parents[2]
CURL = downloads.without_curl() is None
BESIDE = {"MiB grown", "ms stalled"}
SPEED = {"MiB/s", "CPU-s/GiB"}
DOWNLOADS = {
    "download of 1 MiB, next to httpx": (len(downloads.PYTHON), SPEED),
    "download of 1 MiB beside other work": (len(downloads.ASYNC) + 1, BESIDE),
    "16 downloads of 0.0625 MiB beside other work": (len(downloads.ASYNC), BESIDE | SPEED),
}
if CURL:
    DOWNLOADS["download of 1 MiB, next to curl"] = (2, SPEED)
if shutil.which("openssl"):
    plain = [name for name in DOWNLOADS if "next to" in name]
    DOWNLOADS |= {f"TLS {name}": DOWNLOADS[name] for name in plain}
# By section: how many variants each piece of work has, its units, and how many lines are judged.
WORK = {
    "calls": (
        {
            f"GET a video, {level} at a time{loop}": (len(variants), {"us CPU/call"})
            for level in calls.GOALS
            for loop, variants in (("", calls.VARIANTS), (", uvloop", calls.UVLOOP))
            if variants
        },
        2,
    ),
    "decoding": ({"decode 1,000 voices": (len(decoding.VARIANTS), {"us CPU/page"})}, 1),
    "importing": (
        {
            "import": (3, {"ms CPU", "ms"}),
            "import, and a client": (2, {"ms CPU", "ms"}),
            "import, a client, resources and models": (2, {"ms CPU", "ms"}),
            "one call": (3, {"ms CPU", "ms"}),
        },
        4,
    ),
    "uploads": (
        {
            "upload 1 MiB, sandbox": (len(uploads.VARIANTS), {"MiB/s", "CPU-s/GiB", "MiB grown"}),
            "upload 1 MiB, sink": (len(uploads.VARIANTS), {"MiB/s", "CPU-s/GiB", "MiB grown"}),
            "upload 1 MiB with its SHA-256, sink": (2, {"CPU-s/GiB"}),
            "16 uploads of 0.0625 MiB at once, sink": (
                len(uploads.MANY),
                {"MiB/s", "CPU-s/GiB", "MiB grown", "ms stalled"},
            ),
            "64 uploads of 0.015625 MiB at once, sink": (
                len(uploads.MANY),
                {"MiB/s", "CPU-s/GiB", "MiB grown", "ms stalled"},
            ),
            "upload 1 MiB, sink over TLS": (len(uploads.OVER_TLS), {"MiB/s", "CPU-s/GiB"}),
        },
        6 + (uploads.CURL in uploads.OVER_TLS),
    ),
    "downloads": (DOWNLOADS, 4 if CURL else 3),
    "polling": (
        {
            **{
                f"wait for 30 jobs, {level} at a time{how}": (2, polling.UNITS)
                for level in polling.LEVELS
                for how in ("", ", told by webhooks")
            },
            "wait for 30 jobs at once": (len(polling.WAYS), {"us CPU/job"}),
        },
        14,
    ),
    "waiting": (
        {f"{way}": (len(waiting.VARIANTS), {"KiB/job"}) for way in waiting.WAYS},
        2,
    ),
    "orchestrating": (
        {
            f"{count} jobs": (len(orchestrating.VARIANTS), {"us CPU/job", "MiB grown"})
            for count in ("10", "100")
        },
        4,
    ),
}
OPTIONS = [
    "--quick",
    "--size",
    "1",
    "--calls",
    "20",
    "--rounds",
    "1",
    "--jobs",
    "30",
    "--rows",
    "100",
]


def test_every_section_is_tried_here() -> None:
    assert [section.name for section in SECTIONS] == list(WORK)


@pytest.mark.timeout(240)
@pytest.mark.parametrize("section", WORK)
def test_a_small_run_fills_every_row(section: str, tmp_path: Path) -> None:
    target = tmp_path / "results.json"
    done = subprocess.run(  # noqa: S603 - ourselves
        [sys.executable, "-m", "benchmarks", *OPTIONS, "--only", section, "--json", str(target)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=230,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(target.read_text())["rows"]
    seen = Counter((row["work"], row["unit"]) for row in found)
    work, judged = WORK[section]
    assert seen == {(name, unit): n for name, (n, units) in work.items() for unit in units}
    for row in found:
        least = 0 if row["unit"] == "MiB grown" else 1e-9
        assert all(
            math.isfinite(row[name]) and row[name] >= least for name in ("figure", "low", "high")
        ), row
        assert math.isfinite(row["ratio"]), row
        assert row["work"] in done.stdout
        assert row["variant"] in done.stdout
    of_goals = [row for row in found if row["met"] is not None]
    assert {str(row["variant"]).partition(",")[0] for row in of_goals} == {"heygen_async"}
    assert len(of_goals) == judged


def test_a_ratio_is_taken_within_a_round() -> None:
    rounds = {"us": [2.0, 40.0, 6.0], "base": [1.0, 20.0, 2.0]}
    ours, base = rows("work", "s", rounds, yardstick="base", ours="us", goal=at_most_ratio(2.0))
    assert (ours.figure, ours.ratio, ours.low, ours.high, ours.met) == (6.0, 2.0, 2.0, 40.0, True)
    assert (base.figure, base.ratio, base.goal, base.met) == (2.0, 1.0, None, None)


def test_a_goal_may_be_about_the_figure() -> None:
    rounds = {"us": [33.0], "base": [0.0]}
    ours, base = rows("work", "MiB", rounds, yardstick="base", ours="us", goal=below(32, "MiB"))
    assert ours.met is False
    assert math.isfinite(ours.ratio)
    assert base.ratio == 0


def test_the_fastest_is_the_one_with_the_highest_median() -> None:
    assert fastest({"a": [1, 9, 1], "b": [2, 2, 2], "c": [5, 5, 5]}, ("a", "b")) == "b"


def test_a_short_soak_leaves_nothing_open() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.soak", "--rows", "300"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "left: 0 tasks, 0 files" in done.stdout
