"""`heygen-async script` and `heygen-async prompt`: findings on stdout, one line for an error."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from heygen_async.cli import app

from .conftest import COMMAND, ROOT, environment

BRIEF = str(ROOT / "examples/brief.toml")


class Done(NamedTuple):
    returncode: int
    stdout: str
    stderr: str


Run = Callable[..., Done]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command in this process, which starts much faster; one test has one of its own."""
    monkeypatch.chdir(tmp_path)

    def in_process(*arguments: str) -> Done:
        code = app.run(arguments)
        said = capsys.readouterr()
        return Done(code, said.out, said.err)

    return in_process


def saved(folder: Path, text: str | bytes, name: str = "text.txt") -> str:
    (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
    return name


def test_a_script_is_counted_and_checked(tmp_path: Path, run: Run) -> None:
    file = saved(tmp_path, '\ufeffHello.\r\n<break time="1s"/> It costs 3 dollars.')
    done = run("script", "check", file)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "45 characters, 5 words, 2 sentences, 3 s, 1 s of them pauses",
        "text.txt:2:29 advice script-figures: “3” has figures. Write “three”.",
    ]


def test_an_error_in_a_script_ends_with_1(tmp_path: Path, run: Run) -> None:
    file = saved(tmp_path, "Hello. " * 1000)
    assert run("script", "check", file).returncode == 1


def test_a_script_as_json(tmp_path: Path, run: Run) -> None:
    options = ("--method", "v2.videos.generate", "--speed", "2", "--pace", "300", "--json")
    done = run("script", "check", saved(tmp_path, "Hello. " * 250), *options)
    report = json.loads(done.stdout)
    assert (report["characters"], report["words"], report["seconds"]) == (1750, 250, 25.0)
    (finding,) = report["findings"]
    assert (finding["rule"], finding["level"]) == ("script-length-strict", "warn")
    assert finding["place"] == {"line": 1, "column": 1501}


def test_a_brief_becomes_a_prompt_that_is_clean(tmp_path: Path, run: Run) -> None:
    built = run("prompt", "build", BRIEF)
    assert (built.returncode, built.stderr) == (0, "")
    assert "\nSCENE 5 - A-ROLL (7s)\n" in built.stdout
    file = saved(tmp_path, built.stdout)
    done = run("prompt", "lint", file, "--file", "logo.png")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "all is well\n")
    missing = run("prompt", "lint", file, "--file", "chart.png", "--json")
    assert [each["rule"] for each in json.loads(missing.stdout)] == ["files-used"]
    assert missing.stderr == "1 warn\n"


def test_a_bad_prompt_ends_with_1_and_says_where(tmp_path: Path) -> None:
    done = subprocess.run(  # noqa: S603  our own command
        [*COMMAND, "prompt", "lint", "-", "--seconds", "400"],
        input="A logo at 40px.",
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=50,
    )
    assert done.returncode == 1
    first, second = done.stdout.splitlines()
    assert first.startswith("-:1:1 error video-duration: the video is to last 400 s. ")
    assert second.startswith("-:1:11 error layout-words: “40px” is a place on the screen. ")
    assert done.stderr == "2 error; no scenes were seen, so their rules had no say\n"


def test_what_a_brief_leaves_to_be_better_goes_to_stderr(tmp_path: Path, run: Run) -> None:
    scene = '[[scenes]]\nkind = "a-roll"\nvoiceover = "Buy 2."\n'
    file = saved(tmp_path, f'format = "f"\ntone = "t"\nstyle = "Red Wire"\n{scene}')
    done = run("prompt", "build", file)
    assert done.returncode == 1
    assert "VOICEOVER: Buy two." in done.stdout
    assert "error broll-count: " in done.stderr


@pytest.mark.parametrize(
    ("command", "text", "said"),
    [
        (("prompt", "build"), 'format = "f"\ntone = 3', "tone: expected `str`, got 3"),
        (("prompt", "build"), "format = ", "must be TOML (Invalid value (at end of document))"),
        (("prompt", "build"), b"\xff", "must be UTF-8 (byte 1 is not)"),
        (("prompt", "lint"), b"a\xff", "must be UTF-8 (byte 2 is not)"),
        (("script", "check"), b"\xff", "must be UTF-8 (byte 1 is not)"),
        (("script", "check", "--method", "x"), "Hi.", "method: must be one of videos.create, "),
        (("script", "check", "--ssml"), "Hi.", "ssml: is taken by voices.create_speech only"),
        (("script", "check", "--speed", "nan"), "Hi.", "speed: must be a number above 0"),
        (("script", "check", "--pace", "0"), "Hi.", "words_a_minute: must be a number above 0"),
    ],
)
def test_bad_input_is_one_line(
    tmp_path: Path, run: Run, command: tuple[str, ...], text: str | bytes, said: str
) -> None:
    done = run(*command, saved(tmp_path, text))
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stderr.startswith("error: ")
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""


def test_an_error_in_a_brief_names_its_line(tmp_path: Path, run: Run) -> None:
    file = saved(tmp_path, 'format = "f"\ntone = 3', "brief.toml")
    assert "See line 2 of brief.toml." in run("prompt", "build", file).stderr


@pytest.mark.parametrize("command", [("script", "check"), ("prompt", "lint"), ("prompt", "build")])
def test_a_file_that_is_not_there_is_told(run: Run, command: tuple[str, ...]) -> None:
    done = run(*command, "nobody.txt")
    assert done.returncode == 2
    assert done.stderr.startswith("error: nobody.txt cannot be read: ")


def test_a_text_may_be_utf_16(tmp_path: Path, run: Run) -> None:
    file = saved(tmp_path, "Größe zählt.".encode("utf-16"))
    assert run("script", "check", file).stdout.startswith("12 characters, 2 words")
    done = run("script", "check", saved(tmp_path, "Größe".encode("latin-1")))
    assert "Save it as UTF-8, or as UTF-16" in done.stderr
