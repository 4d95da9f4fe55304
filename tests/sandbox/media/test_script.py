# ruff: noqa: RUF001 - letters of other scripts are meant

from __future__ import annotations

import pytest

from heygen_async.sandbox.media import ClipSpec
from heygen_async.sandbox.media.look import is_key_color, look_of, parse_color
from heygen_async.sandbox.media.mouth import Shape, from_levels, from_sounds
from heygen_async.sandbox.media.script import Part, estimate, parts_of, tokens_of
from heygen_async.sandbox.media.voices import voice_of
from heygen_async.wire.rates import in_pictures


@pytest.mark.parametrize(
    ("script", "parts"),
    [
        ("", []),
        ("Hello.", [Part("Hello.", 0.0)]),
        ('One <break time="1.5s"/> two', [Part("One", 1.5), Part("two", 0.0)]),
        ("One<break time='500ms' /><BREAK/>two", [Part("One", 0.5), Part("", 0.5), Part("two", 0)]),
        ("I <3 you", [Part("I <3 you", 0.0)]),
        ('<break time="9999s"/>', [Part("", 60.0)]),
    ],
)
def test_a_script_is_cut_at_its_breaks(script: str, parts: list[Part]) -> None:
    assert parts_of(script) == parts


def test_tokens_are_words_as_written() -> None:
    assert [token.text for token in tokens_of("It costs $3.50, OK?")] == [
        *("It", "costs", "$3.50,", "OK?"),
    ]
    tokens = tokens_of("你好，world 世界。")
    assert [token.text for token in tokens] == ["你", "好，", "world", "世", "界。"]
    assert [token.at for token in tokens] == [0, 1, 3, 9, 10]


def test_the_estimate_is_150_words_a_minute() -> None:
    spec = ClipSpec(width=16, height=16, script="word " * 30 + '<break time="2s"/>', speed=2.0)
    seconds, words = estimate(spec)
    assert seconds == pytest.approx(8.0)
    assert len(words) == 30
    assert words[1].start == pytest.approx(0.2)


def test_durations_are_whole_pictures() -> None:
    assert in_pictures(0.0) == 0.04
    assert in_pictures(1.0) == 1.0
    assert in_pictures(1.001) == 1.04


@pytest.mark.parametrize("words", [75, 150, 225, 300, 450, 600])
def test_words_that_fill_half_minutes_make_no_picture_more(words: int) -> None:
    seconds, _ = estimate(ClipSpec(width=16, height=16, script="word " * words))
    assert in_pictures(seconds) == words / 150 * 60


def test_voices_are_steady_and_heed_the_gender() -> None:
    one = voice_of("voice-a", "female", "English", 1.0)
    assert one == voice_of("voice-a", "female", "English", 1.0)
    assert one.variant[0] in "fA"
    assert voice_of("voice-a", "male", "", 1.0).variant.startswith("m")
    assert len({voice_of(f"v{n}", "", "", 1.0) for n in range(20)}) > 10


@pytest.mark.parametrize(
    ("language", "code"),
    [
        ("English", "en-us"),
        ("en-GB", "en-gb"),
        ("Spanish (Mexico)", "es"),
        ("es-MX", "es-419"),
        ("pt_BR", "pt-br"),
        ("zh-CN", "cmn"),
        ("de-AT", "de"),
        ("Klingon", "en-us"),
        ("", "en-us"),
    ],
)
def test_languages(language: str, code: str) -> None:
    assert voice_of("", "", language, 1.0).language == code


def test_mouths_follow_sounds() -> None:
    shapes = from_sounds([(0.0, "m"), (0.08, "aɪ"), (0.4, ""), (0.48, "ˈuː"), (0.6, "")], 20)
    assert shapes[0] == Shape.PRESSED
    assert shapes[3] == Shape.OPEN
    assert shapes[8] == Shape.WIDE
    assert shapes[11] == Shape.REST
    assert shapes[13] == Shape.SMALL
    assert list(from_levels([0.0, 0.1, 0.3, 1.0])) == [0, 3, 4, 5]


def test_digests() -> None:
    spec = ClipSpec(width=1280, height=720, script="Hello.")
    same = ClipSpec(width=1280, height=720, script="Hello.", speed=1.0)
    other = ClipSpec(width=1280, height=720, script="Hello.", captions=True)
    assert spec.digest() == same.digest() != other.digest()
    assert spec.speech_digest() == other.speech_digest()
    assert len(spec.digest()) == 64
    assert ClipSpec(width=1281, height=721).size == (1280, 720)


def test_an_avatar_looks_as_its_id_says() -> None:
    assert look_of("anna") == look_of("anna") != look_of("bert")
    women = {look_of(f"avatar-{n}-female").style for n in range(30)}
    men = {look_of(f"avatar-{n}-male").style for n in range(30)}
    assert len(women) == len(men) == 4
    assert not women & men


def test_colours() -> None:
    assert parse_color("#ff8000") == (255, 128, 0)
    assert parse_color("0f0") == (0, 255, 0)
    assert parse_color("green") is None
    keys = ["#00ff00", "#00b140", "#0047bb", "#0f0"]
    others = ["#ffffff", "#000000", "#204060", "#ff0000", "oops", None]
    assert all(map(is_key_color, keys))
    assert not any(map(is_key_color, others))
