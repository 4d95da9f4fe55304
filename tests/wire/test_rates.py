"""What v2 costs, and how long a script takes to say."""

import pytest

from heygen_async.models.v2 import AvatarCharacter, GenerateVideo, Scene, Silence, TalkingPhoto
from heygen_async.wire.rates import in_pictures, minute_rate, spoken_seconds, video_credits

PHOTO = TalkingPhoto(talking_photo_id="p")
FILMED = AvatarCharacter(avatar_id="a")


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


@pytest.mark.parametrize(
    ("seconds", "cost"),
    [(0, 0.5), (30, 0.5), (0.1 * 3 * 100, 0.5), (30.01, 1), (60, 1), (61, 1.5), (3600, 60)],
)
def test_half_minutes_are_billed_whole(seconds: float, cost: float) -> None:
    assert video_credits(seconds) == cost
    assert video_credits(seconds, per_minute=6) == 6 * cost


@pytest.mark.parametrize(
    ("seconds", "shown"), [(0, 0.04), (0.4 * 75, 30), (14.98, 15), (15.01, 15.04), (15.04, 15.04)]
)
def test_a_clip_has_whole_pictures(seconds: float, shown: float) -> None:
    assert in_pictures(seconds) == shown


def test_the_dearest_character_sets_the_rate() -> None:
    def rate(*characters: TalkingPhoto | AvatarCharacter | None) -> float:
        scenes = [Scene(voice=Silence(duration=1), character=each) for each in characters]
        return minute_rate(GenerateVideo(video_inputs=scenes))

    assert rate(None) == rate(PHOTO) == 1
    assert rate(FILMED) == rate(PHOTO, FILMED, None) == 2
    assert rate(FILMED, TalkingPhoto(talking_photo_id="p", use_avatar_iv_model=True)) == 6
