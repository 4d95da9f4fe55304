"""What v2 costs."""

import pytest

from heygen_async.models.v2 import AvatarCharacter, GenerateVideo, Scene, Silence, TalkingPhoto
from heygen_async.wire.rates import in_pictures, minute_rate, video_credits

PHOTO = TalkingPhoto(talking_photo_id="p")
FILMED = AvatarCharacter(avatar_id="a")


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
