"""How long a script takes to say."""

import pytest

from heygen_async.wire.speech import breaks, spoken_seconds


@pytest.mark.parametrize(
    ("script", "speed", "seconds"),
    [
        ("word " * 75, 1.0, 30),
        ("word " * 750, 1.0, 300),
        ("word " * 150, 1.5, 40),
        ('word <break time="1.5s"/> word', 1.0, 0.8 + 1.5),
        ('word <break time="1s"/> <break time="0.5s"/> word', 1.0, 0.8 + 1.5),
        ("word<break time='500ms'></break>word", 2.0, 0.4 + 0.5),
        ("word <break/> word", 1.0, 0.8),
        ("1 < 2 > 0", 1.0, 5 * 0.4),
        ("こんにちは", 1.0, 5 * 0.4),
        ("你好 HeyGen", 1.0, 3 * 0.4),
        ("", 1.0, 0),
    ],
)
def test_words_and_pauses_take_time(script: str, speed: float, seconds: float) -> None:
    assert spoken_seconds(script, speed=speed) == pytest.approx(seconds)


def test_a_pace_is_that_of_the_voice() -> None:
    assert spoken_seconds("word " * 100, words_a_minute=200) == pytest.approx(30)


def test_break_tags_say_where_they_are_and_how_long() -> None:
    script = "A <break time='1.5s'/> B <break time=\"250 ms\"></break> C <break/>"
    found = list(breaks(script))
    assert [script[each.start : each.end] for each in found] == [
        "<break time='1.5s'/>", '<break time="250 ms"></break>', "<break/>"
    ]  # fmt: skip
    assert [(each.seconds, each.in_ms) for each in found] == [
        (1.5, False), (0.25, True), (None, False)
    ]  # fmt: skip
