"""`heygen-async batch run`: a real process, real signals, and a sandbox that is one, too."""

import json
import os
import signal
import subprocess
import sys
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from heygen_async.cli.batch.rows import RowFile
from heygen_async.errors import InvalidRequestError
from heygen_async.models import AvatarVideo, ImageVideo
from heygen_async.wire.encode import encode

from .conftest import COMMAND, environment, run, started

LOOK = "Ada_public_office_front"
OUT = ("--out", "out", "--avatar-id", LOOK)


@contextmanager
def sandbox(folder: Path, *, speed: int, slots: int = 2) -> Iterator[str]:
    arguments = ("--port", "0", "--no-media", "--speed", str(speed), "--slots", str(slots))
    with started("sandbox", *arguments, cwd=folder) as process:
        assert process.stdout is not None
        yield process.stdout.readline().removeprefix("ready: ").strip()
        process.terminate()
        process.communicate(timeout=10)


def rows(folder: Path, count: int) -> None:
    lines = [f"row-{number},Row {number} says hello." for number in range(count)]
    (folder / "rows.csv").write_text("\n".join(["key,script", *lines]))


def charged(base: str) -> list[str]:
    with urllib.request.urlopen(f"{base}/_sandbox/charges", timeout=5) as answer:  # noqa: S310  our own
        found = json.load(answer)
    listed = found["charges"] if isinstance(found, dict) else found
    return [charge["id"] for charge in listed if charge["kind"] == "video"]


def fault(base: str, **what: object) -> None:
    request = urllib.request.Request(  # noqa: S310  our own
        f"{base}/_sandbox/faults",
        data=json.dumps([{"method": "POST", "path": "/v3/videos", **what}]).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=5):  # noqa: S310  our own
        pass


def told(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


@contextmanager
def running(folder: Path, base: str, *more: str) -> Iterator[subprocess.Popen[str]]:
    arguments = ("batch", "run", "rows.csv", *OUT, "--slots", "2", *more)
    with started(*arguments, cwd=folder, HEYGEN_API_KEY="any", HEYGEN_API_BASE=base) as process:
        yield process


def test_a_file_becomes_a_folder_of_videos_and_a_line_for_each(tmp_path: Path) -> None:
    lines = [
        {"key": "a", "script": "Hello.", "background": {"type": "color", "value": "#00ff00"}},
        {"script": "It will [[fail]].", "title": "Bad"},
        {"key": "c", "script": "Grüße!", "avatar_id": LOOK},
    ]
    text = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    (tmp_path / "rows.jsonl").write_text(text, encoding="utf-8")
    options = (*OUT, "--sandbox", "--speed", "300", "--ordered")
    done = run("batch", "run", "rows.jsonl", *options, cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    found = told(done.stdout)
    assert [(each["key"], each["state"]) for each in found] == [
        ("a", "done"),
        ("line-2", "failed"),
        ("c", "done"),
    ]
    assert "MODERATION" in found[1]["error"]
    assert all(each["video_id"] for each in found)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["a.mp4", "c.mp4"]
    summary, hint = done.stderr.splitlines()
    assert summary == "2 done, 1 failed of 3 rows"
    assert hint.startswith("1 failed at HeyGen")
    assert "change its words or its key" in hint


def test_rows_that_are_wrong_are_named_by_line_before_anything_is_sent(tmp_path: Path) -> None:
    text = 'key,script,resolution\na,Hello.,\n"b b",Hello.,\nc,,\nd,Hello.,9000p\ne,"Hel\nlo.",,\n'
    (tmp_path / "rows.csv").write_text(text)
    with sandbox(tmp_path, speed=100) as base:
        with running(tmp_path, base) as process:
            out, err = process.communicate(timeout=30)
        assert charged(base) == []
    assert (process.returncode, out) == (2, "")
    named = [line.partition(":")[0] for line in err.splitlines()]
    assert named == [*(f"rows.csv line {number}" for number in (3, 4, 5, 7)), "error"]
    assert "nothing was sent" in err
    assert not (tmp_path / "out").exists()


def test_the_first_signal_drains_and_the_same_command_goes_on(tmp_path: Path) -> None:
    rows(tmp_path, 15)
    command = ("batch", "run", "rows.csv", *OUT, "--slots", "2", "--sandbox", "--speed", "300")
    with started(*command, cwd=tmp_path) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        process.send_signal(signal.SIGINT)
        rest, err = process.communicate(timeout=40)
    assert process.returncode == 130, err
    found = told(first + rest)
    assert {each["state"] for each in found} == {"done"}
    assert 1 <= len(found) < 15
    assert "finishing what is under way" in err
    assert "run the same command again" in err
    again = run(*command, cwd=tmp_path)
    assert again.returncode == 0, again.stderr
    assert len(told(again.stdout)) == 15 - len(found)
    assert f"{len(found)} there before" in again.stderr
    assert len(list((tmp_path / "out").iterdir())) == 15
    keys = {each["idempotency_key"].partition(":")[0] for each in found + told(again.stdout)}
    assert len(keys) == 1, "the same file makes the same keys"


def test_a_row_that_is_corrected_leaves_the_keys_of_the_others(tmp_path: Path) -> None:
    def keys(folder: str) -> dict[str, str]:
        options = ("--out", folder, *OUT[2:], "--sandbox", "--speed", "300")
        done = run("batch", "run", "rows.csv", *options, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        return {each["key"]: each["idempotency_key"] for each in told(done.stdout)}

    rows(tmp_path, 3)
    before = keys("one")
    text = (tmp_path / "rows.csv").read_text()
    (tmp_path / "rows.csv").write_text(text.replace("Row 2 says", "Row two says"))
    after = keys("two")
    assert [key for key in before if before[key] != after[key]] == ["row-2"]


def test_the_second_signal_breaks_off_and_loses_no_id(tmp_path: Path) -> None:
    rows(tmp_path, 20)
    with sandbox(tmp_path, speed=1) as base:
        with running(tmp_path, base) as process:
            while len(charged(base)) < 2:
                pass
            process.send_signal(signal.SIGINT)
            assert process.stderr is not None
            assert "finishing" in process.stderr.readline()
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=20)
        assert process.returncode == 130
        found = told(out)
        assert {each["video_id"] for each in found} >= set(charged(base))
        states = Counter(each["state"] for each in found)
        assert states["accepted"] == 2
        assert set(states) <= {"accepted", "planned"}
        assert "2 left at HeyGen" in err
        assert "Traceback" not in err


def test_the_third_signal_is_the_systems(tmp_path: Path) -> None:
    rows(tmp_path, 20)
    # The answer to what is on the wire is waited for, for a while: until somebody has enough.
    with sandbox(tmp_path, speed=1) as base:
        fault(base, stall=30, times=9)
        with running(tmp_path, base) as process:
            assert process.stderr is not None
            while len(charged(base)) < 2:
                pass
            process.send_signal(signal.SIGTERM)
            assert "finishing" in process.stderr.readline()
            process.send_signal(signal.SIGTERM)
            assert "breaking off" in process.stderr.readline()
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=20)
        assert process.returncode == -signal.SIGTERM


def test_a_key_that_does_not_work_exits_3(tmp_path: Path) -> None:
    rows(tmp_path, 20)
    with sandbox(tmp_path, speed=100) as base:
        fault(base, status=401, times=99)
        with running(tmp_path, base) as process:
            out, err = process.communicate(timeout=30)
    assert process.returncode == 3, err
    assert len(told(out)) < 20
    assert err.splitlines()[-1].startswith("error: ")


def test_fail_fast_exits_1(tmp_path: Path) -> None:
    rows(tmp_path, 20)
    text = (tmp_path / "rows.csv").read_text().replace("Row 1 says", "[[fail]]")
    (tmp_path / "rows.csv").write_text(text)
    options = (*OUT, "--fail-fast", "--sandbox", "--speed", "300")
    done = run("batch", "run", "rows.csv", *options, cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    assert len(told(done.stdout)) < 20
    assert done.stderr.splitlines()[-1].startswith("error: ")


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo terminals")
def test_progress_is_drawn_over_on_a_terminal_and_stdout_is_data_alone(tmp_path: Path) -> None:
    rows(tmp_path, 2)
    ours, theirs = os.openpty()
    options = (*OUT, "--sandbox", "--speed", "300")
    done = subprocess.run(  # noqa: S603  our own command
        [*COMMAND, "batch", "run", "rows.csv", *options],
        cwd=tmp_path,
        env=environment(TERM="xterm"),
        stdout=subprocess.PIPE,
        stderr=theirs,
        stdin=subprocess.DEVNULL,
        timeout=50,
        check=False,
    )
    os.close(theirs)
    shown = os.read(ours, 100_000).decode()
    os.close(ours)
    assert done.returncode == 0, shown
    assert len(told(done.stdout.decode())) == 2
    assert "\r\x1b[Knothing done of 2 rows" in shown
    assert shown.endswith("\r\x1b[K2 done of 2 rows\r\n")


def jobs_of(folder: Path, name: str, text: str) -> RowFile:
    (folder / name).write_text(text, encoding="utf-8")
    return RowFile(folder / name, folder=folder / "out", defaults={"avatar_id": LOOK})


def test_cells_become_fields_of_their_types(tmp_path: Path) -> None:
    text = "\ufeffscript,background.type,background.value,voice_settings.speed,output_format\n"
    (job,) = jobs_of(tmp_path, "r.csv", f"{text} Hello. ,color,#00ff00,1.1,\n").jobs()
    assert isinstance(job.request, AvatarVideo)
    assert json.loads(encode(job.request)) == {
        "type": "avatar",
        "avatar_id": LOOK,
        "script": "Hello.",
        "background": {"type": "color", "value": "#00ff00"},
        "voice_settings": {"speed": 1.1},
    }
    assert (job.key, job.target) == ("line-2", tmp_path / "out" / "line-2.mp4")


def test_a_picture_beside_the_file_is_uploaded_and_a_colon_makes_no_file_name(
    tmp_path: Path,
) -> None:
    (tmp_path / "me.jpg").write_bytes(b"x")
    line = {"type": "image", "image": "me.jpg", "script": "Hi.", "voice_id": "v", "key": "a:b"}
    (job,) = jobs_of(tmp_path, "r.jsonl", json.dumps(line)).jobs()
    assert isinstance(job.request, ImageVideo)
    assert job.request.image == tmp_path / "me.jpg"
    assert job.target == tmp_path / "out" / "a_b.mp4"


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("r.csv", "script\nHello.,more\n", "as many cells"),
        ("r.csv", 'script\n"Hello.', "no CSV"),
        ("r.csv", "script,script.x\nHello.,more\n", "script"),
        ("r.csv", 'script\nHi.\n"Hello.\nyou\nthere', "line 3: row: is no CSV"),
        ("r.csv", "script;key\nHello.;a\n", "separated by commas"),
        ("r.csv", "script,\nHello.,\n", "no name for column 2"),
        ("r.csv", "script,title,script\nHello.,a,b\n", "two columns 'script', the 1. and the 3."),
        ("r.jsonl", "[" * 200_000, "nested too deep"),
        ("r.jsonl", "{", "no JSON"),
        ("r.jsonl", "[1]", "JSON object"),
        ("r.jsonl", '{"type": "opera"}', "opera"),
        ("r.jsonl", '{"type": "image", "image": "no.jpg", "script": "Hi."}', "beside the rows"),
        ("r.csv", "script\n", "at least one row"),
        ("r.jsonl", "\n \n", "at least one row"),
        (
            "r.csv",
            "key,script\na,Hi.\nb,.\na,Ho.\n",
            "line 4: key: names the same file as line 2",
        ),
        ("r.csv", "key,script\na:b,Hi.\na_b,Hi.\n", "line 3: key: names the same file as line 2"),
        ("r.csv", "key,script\nA,Hi.\na,Hi.\n", "line 3: key: names the same file as line 2"),
        ("r.csv", "key,script\nline-3,Hi.\n,Hi.\n", "line 3: key: names the same file as line 2"),
    ],
)
def test_what_is_no_row_is_said(tmp_path: Path, name: str, text: str, said: str) -> None:
    lines: list[str] = []
    with pytest.raises(InvalidRequestError) as caught:
        jobs_of(tmp_path, name, text).check("run", lines.append)
    assert said in " ".join([*lines, str(caught.value)])


def test_a_key_of_null_is_none(tmp_path: Path) -> None:
    (job,) = jobs_of(tmp_path, "r.jsonl", '{"key": null, "script": "Hi."}').jobs()
    assert job.key == "line-1"


def test_bytes_that_are_no_text_are_said(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_bytes(b"script\nHello.\n\xff\xfe\n")
    with pytest.raises(InvalidRequestError, match="cannot be read: line 3 is not UTF-8"):
        RowFile(tmp_path / "r.csv", folder=tmp_path, defaults={}).check("run", print)
