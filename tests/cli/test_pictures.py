"""`captions convert`, `avatars pick`, `voices pick`: data on stdout, a line for what is wrong."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from heygen_async.scripting import read_subtitles

from .conftest import COMMAND, ROOT, environment, run, started

SRT = "1\n00:00:01,000 --> 00:00:02,500\nHello, <i>world</i>.\n\n"
VTT = """\
WEBVTT - title

NOTE a note

intro
00:00:01.000 --> 00:00:02.500 align:start
<v Ada>Hello, world.
"""


@pytest.fixture
def srt(tmp_path: Path) -> str:
    (tmp_path / "a.srt").write_text(SRT, "utf-8")
    return "a.srt"


def test_srt_becomes_vtt_and_back(tmp_path: Path, srt: str) -> None:
    done = run("captions", "convert", srt, "--output", "b.vtt", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    text = (tmp_path / "b.vtt").read_text("utf-8")
    assert text == "WEBVTT\n\n00:00:01.000 --> 00:00:02.500\nHello, <i>world</i>.\n"
    done = run("captions", "convert", "b.vtt", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, SRT, "")


def test_what_srt_has_not_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.vtt").write_text(VTT, "utf-8")
    done = run("captions", "convert", "a.vtt", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stderr == (
        "left out, since SRT has none: 1 header, 1 notes and styles, 1 names, 1 settings, 1 tags\n"
    )
    assert "Hello, world." in done.stdout


def test_captions_are_moved_cut_and_joined(tmp_path: Path, srt: str) -> None:
    options = ("--to", "srt", "--shift", "-0.5", "--split", "--max-chars", "7", "--max-lines", "1")
    done = run("captions", "convert", srt, *options, cwd=tmp_path)
    assert done.returncode == 0
    cut = read_subtitles(done.stdout).cues
    assert [cue.text for cue in cut] == ["Hello,", "<i>world</i>."]
    assert (cut[0].start, cut[-1].end) == (0.5, 2.0)
    (tmp_path / "cut.srt").write_text(done.stdout, "utf-8")
    done = run("captions", "convert", "cut.srt", "--to", "srt", "--merge", cwd=tmp_path)
    assert [cue.text for cue in read_subtitles(done.stdout).cues] == ["Hello, <i>world</i>."]


def test_stdin_in_any_encoding_that_says_which(tmp_path: Path) -> None:
    done = subprocess.run(  # noqa: S603  our own command
        [*COMMAND, "captions", "convert", "-"],
        input=SRT.replace("world", "Größe").encode("utf-16"),
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        check=False,
        timeout=50,
    )
    assert done.returncode == 0
    assert "Größe" in done.stdout.decode()


@pytest.mark.parametrize(
    ("text", "options", "words"),
    [
        ("1\n00:00:01,000 -> x\nA\n", (), "wrong.srt: line 1: must be a time, or the number"),
        ("1\n00:00:01,000 --> 00:00:99,000\nA\n", (), "wrong.srt: line 2: "),
        (SRT, ("--shift", "-2"), "seconds: must be at least -1"),
        (SRT, ("--output", "wrong.srt"), "wrong.srt is there already"),
        (SRT, ("--output", "no/such/folder.vtt"), "cannot be written"),
        (SRT, ("--max-chars", "0"), "--max-chars"),
        (SRT, ("--to", "ass"), "--to"),
    ],
)
def test_wrong_captions_and_options_get_a_line(
    tmp_path: Path, text: str, options: tuple[str, ...], words: str
) -> None:
    (tmp_path / "wrong.srt").write_text(text, "utf-8")
    done = run("captions", "convert", "wrong.srt", *options, cwd=tmp_path)
    assert done.returncode != 0
    assert done.stdout == ""
    assert words in done.stderr
    assert done.stderr.startswith("error: ")
    assert done.stderr.count("\n") == 1
    assert (tmp_path / "wrong.srt").read_text("utf-8") == text


def test_a_file_that_is_missing_is_named(tmp_path: Path) -> None:
    done = run("captions", "convert", "nowhere.srt", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "nowhere.srt cannot be read" in done.stderr


@pytest.fixture(scope="module")
def at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The environment that leads to a sandbox."""
    place = tmp_path_factory.mktemp("sandbox")
    with started("sandbox", "--port", "0", "--no-media", cwd=place) as process:
        assert process.stdout is not None
        url = process.stdout.readline().removeprefix("ready: ").strip()
        yield {"HEYGEN_API_BASE": url, "HEYGEN_API_KEY": "not-to-be-shown"}
        process.terminate()
        process.communicate(timeout=20)


def test_avatars_are_listed(tmp_path: Path, at: dict[str, str]) -> None:
    done = run("avatars", "pick", "--gender", "woman", "--name", "ada", cwd=tmp_path, **at)
    assert (done.returncode, done.stderr) == (0, "")
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    assert [row[0] for row in rows] == ["Ada_public_office_front", "Ada_public_studio_side"]
    assert rows[0][1:4] == ["Ada in the office", "female", "avatar_iii avatar_iv"]
    assert rows[0][4].startswith(at["HEYGEN_API_BASE"])


def test_voices_are_listed_as_json(tmp_path: Path, at: dict[str, str]) -> None:
    options = ("--language", "english", "--pauses", "--limit", "2", "--json")
    done = run("voices", "pick", *options, cwd=tmp_path, **at)
    assert done.returncode == 0
    voices = json.loads(done.stdout)
    assert [voice["language"] for voice in voices] == ["English"] * 2
    assert all(voice["support_pause"] for voice in voices)
    assert done.stderr == "3 more fit: see them with --limit 5\n"


def test_when_nothing_fits_it_says_what_there_is(tmp_path: Path, at: dict[str, str]) -> None:
    done = run("voices", "pick", "--language", "Klingon", cwd=tmp_path, **at)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Of language there is English (6), Spanish (5)" in done.stderr
    assert done.stderr.count("\n") == 1


def browser(folder: Path) -> dict[str, str]:
    """A browser that writes down what it was told to open."""
    script = folder / "browser.py"
    script.write_text(
        "import pathlib, sys\npathlib.Path('opened').write_text(sys.argv[1])\n", "utf-8"
    )
    return {"BROWSER": f"{sys.executable} {script} %s"}


def test_a_page_is_written_and_opened(tmp_path: Path, at: dict[str, str]) -> None:
    opens = {**at, **browser(tmp_path)}
    arguments = ("avatars", "pick", "--sheet", "faces.html", "--open")
    done = run(*arguments, cwd=tmp_path, **opens)
    assert done.returncode == 0
    page = (tmp_path / "faces.html").read_text("utf-8")
    assert page.startswith("<!doctype html>")
    assert page.count('loading="lazy"') == len(done.stdout.splitlines())
    assert "not-to-be-shown" not in page + done.stdout + done.stderr
    assert (tmp_path / "opened").read_text() == (tmp_path / "faces.html").as_uri()
    done = run(*arguments, cwd=tmp_path, **opens)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--force" in done.stderr


def test_the_first_preview_is_opened(tmp_path: Path, at: dict[str, str]) -> None:
    done = run("voices", "pick", "--open", cwd=tmp_path, **at, **browser(tmp_path))
    assert done.returncode == 0
    assert (tmp_path / "opened").read_text() == done.stdout.splitlines()[0].split("\t")[-1]


def test_without_a_browser_the_link_is_shown(tmp_path: Path, at: dict[str, str]) -> None:
    nothing = {"BROWSER": "no-such-program", "PATH": "", "DISPLAY": ""}
    done = run("avatars", "pick", "--open", cwd=tmp_path, **at, **nothing)
    assert done.returncode == 1
    assert "Open it yourself, or set BROWSER" in done.stderr


def test_it_needs_a_key(tmp_path: Path) -> None:
    done = run("avatars", "pick", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("error: no API key")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (SRT.replace("<i>world</i>", '<font color="red">world</font>'),
         "left out, since VTT has none: 1 tags\n"),
        ("", "there are no captions in it\n"),
    ],
)  # fmt: skip
def test_what_is_lost_or_missing_is_told(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "a.srt").write_text(text, "utf-8")
    done = run("captions", "convert", "a.srt", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, told)


@pytest.mark.parametrize("shift", ["1e308", "1e12"])
def test_captions_are_not_moved_beyond_what_can_be_read(
    tmp_path: Path, srt: str, shift: str
) -> None:
    done = run("captions", "convert", srt, "--shift", shift, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("error: cues[0].start: must be seconds from 0")


@pytest.mark.parametrize(("closed", "words"), [("<&-", "stdin"), (">&-", "stdout")])
def test_a_stream_that_is_closed_is_told(tmp_path: Path, closed: str, words: str) -> None:
    source = "-" if closed == "<&-" else "a.srt"
    (tmp_path / "a.srt").write_text(SRT, "utf-8")
    done = subprocess.run(  # noqa: S603  our own command
        ["sh", "-c", f'exec "$@" {closed}', "sh", *COMMAND, "captions", "convert", source],  # noqa: S607
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=50,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"error: {words} is closed")


def test_a_page_goes_to_a_file(tmp_path: Path, at: dict[str, str]) -> None:
    done = run("avatars", "pick", "--sheet", "-", cwd=tmp_path, **at)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--sheet needs a file" in done.stderr


def test_the_commands_of_the_page_work(tmp_path: Path, at: dict[str, str]) -> None:
    page = (ROOT / "docs/pictures.md").read_text("utf-8")
    lines = re.findall(r"^\$ heygen-async ((?:voices|avatars) .+)$", page, re.MULTILINE)
    assert lines
    for line in lines:
        assert run(*line.split(), cwd=tmp_path, **at, **browser(tmp_path)).returncode == 0
