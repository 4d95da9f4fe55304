import json
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from heygen_async import __version__, errors
from heygen_async.cli import failures

from .conftest import ROOT, environment, run, started


def test_version(tmp_path: Path) -> None:
    done = run("--version", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{__version__}\n", "")


@pytest.mark.parametrize(
    "arguments",
    [
        ("nonsense",),
        ("sandbox", "--port", "65536"),
        ("sandbox", "--slots", "0"),
        ("sandbox", "--speed", "nan"),
        ("sandbox", "--speed", "0"),
        ("demo", "--speed", "-1"),
        ("demo", "--photo", "nowhere.jpg"),
        ("demo", "--scripts", "nowhere.csv"),
        ("demo", "--live"),
        ("demo", "--live", "--yes"),
        ("batch", "run"),
        ("batch", "run", "nowhere.csv", "--out", "out"),
        ("batch", "run", "rows.txt", "--out", "out"),
        ("batch", "run", "nowhere.csv", "--out", "out", "--slots", "0"),
        ("batch", "run", "rows.csv", "--out", "out", "--batches", "--run", "spring"),
    ],
    ids=" ".join,
)
def test_wrong_use_exits_2_and_prints_nothing_on_stdout(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    done = run(*arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("error: ")
    assert done.stderr.count("\n") == 1


def test_no_command_shows_help(tmp_path: Path) -> None:
    done = run(cwd=tmp_path)
    assert done.returncode == 2
    for command in ("sandbox", "demo", "doctor", "migrate", "batch"):
        assert command in done.stdout


def test_doctor_online_needs_a_key(tmp_path: Path) -> None:
    done = run("doctor", "--online", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("error: no API key")


def test_missing_photo_is_named(tmp_path: Path) -> None:
    done = run("demo", "--photo", "nowhere.jpg", cwd=tmp_path)
    assert "--photo" in done.stderr
    assert "nowhere.jpg" in done.stderr
    assert not (tmp_path / "demo-out").exists()


def test_debug_shows_the_traceback(tmp_path: Path) -> None:
    done = run("--debug", "demo", "--photo", "nowhere.jpg", cwd=tmp_path)
    assert done.returncode == 2
    assert "Traceback" in done.stderr


def test_without_the_extra_says_what_to_install(tmp_path: Path) -> None:
    hidden = (
        "import importlib.util as u\n"
        "real = u.find_spec\n"
        "u.find_spec = lambda name, *a: None if name in ('typer', 'rich') else real(name, *a)\n"
        "from heygen_async.cli import main\n"
        "main()\n"
    )
    done = subprocess.run(  # noqa: S603  our own command
        [sys.executable, "-c", hidden],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=20,
    )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "pip install 'heygen-async[cli]'" in done.stderr


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_sandbox_says_ready_answers_and_stops(tmp_path: Path, number: signal.Signals) -> None:
    with started("sandbox", "--port", "0", "--no-media", cwd=tmp_path) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        ready = re.fullmatch(r"ready: (http://127\.0\.0\.1:\d+)\n", line)
        assert ready is not None
        with urllib.request.urlopen(f"{ready[1]}/_sandbox/state", timeout=5) as answer:  # noqa: S310  our own
            assert answer.status == 200
        process.send_signal(number)
        out, err = process.communicate(timeout=10)
    assert process.returncode == 0
    assert out == ""
    assert "--no-media" in err
    assert "Traceback" not in err


def test_sandbox_keeps_its_state(tmp_path: Path) -> None:
    for _ in range(2):
        arguments = ("sandbox", "--port", "0", "--no-media", "--state", "kept")
        with started(*arguments, cwd=tmp_path) as process:
            assert process.stdout is not None
            assert process.stdout.readline().startswith("ready: ")
            process.terminate()
            process.communicate(timeout=10)
        assert process.returncode == 0
    assert (tmp_path / "kept").is_dir()


@pytest.mark.parametrize("more", [(), ("--retired",)])
def test_sandbox_may_begin_without_v1_and_v2(tmp_path: Path, more: tuple[str, ...]) -> None:
    with started("sandbox", "--port", "0", "--no-media", *more, cwd=tmp_path) as process:
        assert process.stdout is not None
        url = process.stdout.readline().removeprefix("ready: ").strip()
        with urllib.request.urlopen(f"{url}/_sandbox/state", timeout=5) as answer:  # noqa: S310  our own
            assert json.load(answer)["retired"] is bool(more)
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0


def test_sandbox_on_a_taken_port(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = run("sandbox", "--port", port, "--no-media", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    assert f"port {port}" in done.stderr


def test_sandbox_with_a_state_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = run("sandbox", "--port", "0", "--no-media", "--state", "file", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--state" in done.stderr


def test_doctor_shows_no_key(tmp_path: Path) -> None:
    secret = "sk_V2_0123456789abcdef"
    done = run("doctor", cwd=tmp_path, HEYGEN_API_KEY=secret)
    assert (done.returncode, done.stderr) == (0, "")
    assert secret not in done.stdout
    assert secret[:8] not in done.stdout
    for word in ("python", "aiohttp", "msgspec", "HEYGEN_API_KEY", "https://api.heygen.com"):
        assert word in done.stdout


def test_doctor_without_a_key_and_with_a_bad_address(tmp_path: Path) -> None:
    done = run("doctor", cwd=tmp_path, HEYGEN_API_BASE="ftp://nowhere")
    assert done.returncode == 0
    assert "none: set HEYGEN_API_KEY" in done.stdout
    assert "unusable" in done.stdout


def test_doctor_online_asks_once(tmp_path: Path) -> None:
    with started("sandbox", "--port", "0", "--no-media", cwd=tmp_path) as process:
        assert process.stdout is not None
        base = process.stdout.readline().removeprefix("ready: ").strip()
        done = run("doctor", "--online", cwd=tmp_path, HEYGEN_API_KEY="any", HEYGEN_API_BASE=base)
        process.terminate()
        process.communicate(timeout=10)
    assert done.returncode == 0
    assert "1,000.00 USD" in done.stdout


@pytest.mark.parametrize(
    ("problem", "code"),
    [
        (errors.ConfigError("no key"), 2),
        (errors.InvalidRequestError("script", "", "must not be empty"), 2),
        (errors.UnauthorizedError("no", status=401, code="unauthorized"), 3),
        (errors.ForbiddenError("no", status=403, code="forbidden"), 3),
        (errors.JobTimeoutError(kind="video", job_id="v", status=None, age=1.0), 4),
        (errors.ReadTimeoutError("slow"), 4),
        (errors.TargetError("disk full"), 1),
        (KeyboardInterrupt(), 130),
        (RuntimeError("a bug"), 1),
    ],
    ids=lambda each: type(each).__name__,
)
def test_exit_codes(problem: BaseException, code: int) -> None:
    assert failures.exit_code(problem) == code


def test_a_failure_is_one_line_with_code_hint_and_request_id() -> None:
    problem = errors.UnauthorizedError(
        "the key\nis wrong", status=401, code="unauthorized", request_id="req_7", hint="Look."
    )
    line = failures.line(problem)
    assert "\n" not in line
    for word in ("unauthorized", "the key is wrong", "req_7", "Look."):
        assert word in line


def test_nothing_imports_the_command() -> None:
    for path in (ROOT / "heygen_async").rglob("*.py"):
        if "cli" not in path.relative_to(ROOT).parts:
            source = path.read_text(encoding="utf-8")
            assert re.search(r"heygen_async\.cli\b", source) is None, path
