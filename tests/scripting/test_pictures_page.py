"""docs/pictures.md and the README say what is so."""

import re
from typing import Any

import pytest

from heygen_async.models import AvatarLook, AvatarVideo, Speech, Voice, WordTimestamp
from heygen_async.scripting import PICTURE_RULES
from tests.structure.tree import ROOT

PAGE = (ROOT / "docs/pictures.md").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")


def code(page: str) -> list[str]:
    return re.findall(r"```python\n(.*?)```", page, re.DOTALL)


def test_the_table_of_rules_is_that_of_the_code() -> None:
    rows = re.findall(r"^\| `(.+?)` \| (\w+) \| (.+?) \|$", PAGE, re.MULTILINE)
    assert rows == [(rule.id, rule.level, rule.what) for rule in PICTURE_RULES]


def test_the_examples_run(capsys: pytest.CaptureFixture[str]) -> None:
    space: dict[str, Any] = {}
    for block in code(PAGE):
        exec(block, space)  # noqa: S102  our own page
    assert capsys.readouterr().out.splitlines() == [
        "Dimension(width=576, height=720) Dimension(width=1080, height=1920)",
        "#0066cc loop 50 50",
        "warn: voice_id: a male voice speaks for a female avatar [voice-gender]",
        "warn: avatar_id: the avatar is landscape, the video is portrait [orientation]",
        "anke",
        "anke",
        "WEBVTT",
        "",
        "00:00:02.000 --> 00:00:03.000",
        "Hello, all.",
        "",
        "122 RemotionBox(x=1420, y=790, width=480, height=270)",
    ]
    assert space["page"].startswith("<!doctype html>")
    assert '"durationInFrames": 122' in space["text"]
    assert space["captions"].style.position == "top"


def test_the_readme_says_what_is_so(capsys: pytest.CaptureFixture[str]) -> None:
    (block,) = code(README.partition("## What is shown\n")[2].partition("\n## ")[0])
    space: dict[str, Any] = {
        "voices": [
            Voice(voice_id="a", language="German", gender="female"),
            Voice(voice_id="b", language="English", gender="male"),
        ],
        "looks": [AvatarLook(id="look", gender="female")],
        "video": AvatarVideo(avatar_id="look", voice_id="b", script="Hi."),
        "speech": Speech(audio_url="https://x", word_timestamps=[WordTimestamp(word="Hi.")]),
    }
    exec(block, space)  # noqa: S102  our own page
    finding = "warn: voice_id: a male voice speaks for a female avatar [voice-gender]\n"
    assert capsys.readouterr().out == finding
    assert finding.strip() in block
    assert (space["size"].width, space["voice"].voice_id) == (1080, "a")
