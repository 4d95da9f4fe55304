"""`heygen-async migrate`: old JSON in, new JSON out, what is lost on stderr."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from .conftest import COMMAND, environment, run

OLD: dict[str, Any] = {
    "video_inputs": [
        {
            "character": {"type": "avatar", "avatar_id": "look", "avatar_style": "normal"},
            "voice": {"type": "text", "input_text": "Hello.", "voice_id": "voice", "speed": 1.1},
            "background": {"type": "color", "value": "#ffffff"},
        }
    ],
    "dimension": {"width": 1280, "height": 720},
}
NEW = {
    "method": "POST",
    "path": "/v3/videos",
    "body": {
        "type": "avatar",
        "avatar_id": "look",
        "script": "Hello.",
        "voice_id": "voice",
        "voice_settings": {"speed": 1.1},
        "background": {"type": "color", "value": "#ffffff"},
        "engine": {"type": "avatar_iii"},
        "resolution": "720p",
        "aspect_ratio": "16:9",
    },
}
LOSSY = {**OLD, "test": True}


def saved(folder: Path, *requests: Any, name: str = "old.json") -> str:
    (folder / name).write_text("\n".join(map(json.dumps, requests)), encoding="utf-8")
    return name


def test_a_request_comes_out_with_its_path(tmp_path: Path) -> None:
    done = run("migrate", saved(tmp_path, OLD), cwd=tmp_path)
    assert done.returncode == 0
    assert json.loads(done.stdout) == NEW
    head, *notes = done.stderr.splitlines()
    assert head.startswith("POST /v3/videos (heygen.videos.create): ")
    assert notes
    assert all(note.startswith("  needs attention: video_inputs[0].character") for note in notes)


def test_stdin_and_a_list(tmp_path: Path) -> None:
    done = subprocess.run(  # noqa: S603  our own command
        [*COMMAND, "migrate", "-"],
        input=json.dumps([OLD, LOSSY]),
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=50,
    )
    assert done.returncode == 0
    assert json.loads(done.stdout) == [NEW, NEW]
    assert "2:   dropped: test = true" in done.stderr


def test_lines_in_and_out(tmp_path: Path) -> None:
    done = run("migrate", saved(tmp_path, OLD, OLD), "--format", "jsonl", cwd=tmp_path)
    assert done.returncode == 0
    assert [json.loads(line) for line in done.stdout.splitlines()] == [NEW, NEW]


def test_what_comes_out_is_utf_8_wherever_it_goes(tmp_path: Path) -> None:
    voice = {**OLD["video_inputs"][0]["voice"], "input_text": "Grüße 你好"}
    scene = {**OLD["video_inputs"][0], "voice": voice}
    done = subprocess.run(  # noqa: S603  our own command
        [*COMMAND, "migrate", saved(tmp_path, {**OLD, "video_inputs": [scene]})],
        cwd=tmp_path,
        env={**environment(), "PYTHONIOENCODING": "cp1252"},
        capture_output=True,
        check=False,
        timeout=50,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.decode())["body"]["script"] == "Grüße 你好"


def test_strict_writes_nothing_when_something_is_lost(tmp_path: Path) -> None:
    name = saved(tmp_path, LOSSY)
    done = run("migrate", name, "--strict", "--output", "new.json", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "dropped: test" in done.stderr
    assert not (tmp_path / "new.json").exists()
    assert run("migrate", saved(tmp_path, OLD), "--strict", cwd=tmp_path).returncode == 0


def test_a_file_is_written_over_only_when_asked(tmp_path: Path) -> None:
    name = saved(tmp_path, OLD)
    arguments = ("migrate", name, "--output", "new.json")
    assert run(*arguments, cwd=tmp_path).returncode == 0
    assert json.loads((tmp_path / "new.json").read_text(encoding="utf-8")) == NEW
    (tmp_path / "new.json").write_text("mine", encoding="utf-8")
    done = run(*arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--force" in done.stderr
    assert (tmp_path / "new.json").read_text(encoding="utf-8") == "mine"
    assert run(*arguments, "--force", cwd=tmp_path).returncode == 0
    assert json.loads((tmp_path / "new.json").read_text(encoding="utf-8")) == NEW


def test_the_engine_can_be_chosen(tmp_path: Path) -> None:
    done = run("migrate", saved(tmp_path, OLD), "--engine", "avatar_iv", cwd=tmp_path)
    assert json.loads(done.stdout)["body"]["engine"] == {"type": "avatar_iv"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "must be JSON"),
        ("{", "must be JSON"),
        ("[" * 100_000, "must be JSON"),
        ("[]", "must hold a request"),
        ("7", "must hold a request"),
        ("[7]", "request 1: "),
        ('{"video_id": "v"}', "no request of v1 or v2"),
        ('{"type": "avatar", "avatar_id": "a"}', "belongs to v3"),
        ('{"video_inputs": []}', "video_inputs: expected `array` of length >= 1"),
        (
            json.dumps({**OLD, "dimension": {"width": 1281, "height": 720}}),
            "dimension.width: expected `int` that's a multiple of 2",
        ),
        (f'{json.dumps(OLD)}\n{{"video_inputs"', "line 2: must be JSON"),
        (f'{json.dumps(OLD)}\n{{"x": 1}}', "request 2: "),
    ],
    ids=lambda text: text[:40],
)
def test_bad_input_exits_2_with_one_line(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "old.json").write_text(text, encoding="utf-8")
    done = run("migrate", "old.json", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("error: ")
    assert told in done.stderr


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    (tmp_path / "old.json").write_bytes(b"\xff\xfe{}")
    done = run("migrate", "old.json", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr


def test_a_mark_of_byte_order_is_no_trouble(tmp_path: Path) -> None:
    (tmp_path / "old.json").write_text(json.dumps(OLD), encoding="utf-8-sig")
    done = run("migrate", "old.json", cwd=tmp_path)
    assert json.loads(done.stdout) == NEW


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    done = run("migrate", "nowhere.json", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "nowhere.json cannot be read" in done.stderr


def test_no_secret_of_an_address_is_shown(tmp_path: Path) -> None:
    scene = {
        **OLD["video_inputs"][0],
        "background": {"type": "video", "url": "https://files.example/clip.mp4?sig=hidden"},
    }
    done = run("migrate", saved(tmp_path, {**OLD, "video_inputs": [scene]}), cwd=tmp_path)
    assert done.returncode == 0
    assert "clip.mp4" in done.stderr
    assert "hidden" not in done.stderr
