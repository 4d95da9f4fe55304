"""What plans cost, told without a client."""

import pytest

from heygen_async import PhotoAvatarMade, PhotoAvatarPlan, VideoPlan, estimate
from heygen_async.errors import InvalidRequestError
from heygen_async.models.v2 import (
    AudioVoice,
    AvatarCharacter,
    GenerateAvatarIV,
    GeneratePhotos,
    GenerateVideo,
    GenerateWebm,
    Scene,
    Silence,
    TalkingPhoto,
    TextVoice,
)
from heygen_async.orchestrator import Costed, Estimate

DESCRIBE = GeneratePhotos(
    name="Ada",
    age="Unspecified",
    gender="Woman",
    ethnicity="Unspecified",
    orientation="square",
    pose="half_body",
    style="Realistic",
    appearance="A friendly engineer",
)
MINUTE = "word " * 150
VIDEO = VideoPlan(script=MINUTE)
WHOLE = PhotoAvatarPlan(
    name="Ada", describe=DESCRIBE, looks=["a beach", "a wood"], upscale=True, video=VIDEO
)


def told(cost: Estimate) -> str:
    return ", ".join(map(str, cost.costs))


def test_every_step_that_costs_is_a_line() -> None:
    cost = estimate(WHOLE)
    assert told(cost) == "photos 1, train 4, looks 2 x 1, upscale 0.5, motion 1, video 1"
    assert cost.credits == 1 + 4 + 2 + 0.5 + 1 + 1
    assert cost.costs[-1].seconds == pytest.approx(60)


def test_what_is_left_out_costs_nothing() -> None:
    free = PhotoAvatarPlan(name="Ada", photos=["a.jpg"], train=False, motion=False)
    assert estimate(free).costs == ()
    assert estimate(free).credits == 0
    assert estimate().credits == 0
    assert estimate(VideoPlan(script=MINUTE, test=True)).credits == 0


@pytest.mark.parametrize(
    ("made", "left"),
    [
        (PhotoAvatarMade(), "photos 1, train 4, looks 2 x 1, upscale 0.5, motion 1, video 1"),
        (PhotoAvatarMade(generation_id="g"),
         "train 4, looks 2 x 1, upscale 0.5, motion 1, video 1"),
        (PhotoAvatarMade(group_id="g"), "train 4, looks 2 x 1, upscale 0.5, motion 1, video 1"),
        (PhotoAvatarMade(group_id="g", trained=True),
         "looks 2 x 1, upscale 0.5, motion 1, video 1"),
        (PhotoAvatarMade(group_id="g", trained=True, pictures={1: "p"}),
         "looks 1, upscale 0.5, motion 1, video 1"),
        (PhotoAvatarMade(group_id="g", trained=True, pictures={0: "p"}, looks={0: "l", 1: "l"},
                         upscaled_id="u"), "motion 1, video 1"),
        (PhotoAvatarMade(group_id="g", trained=True, looks={0: "l", 1: "l"}, upscaled_id="u",
                         moving_id="m",
                         video_id="v"), ""),
    ],
)  # fmt: skip
def test_what_is_made_is_paid(made: PhotoAvatarMade, left: str) -> None:
    assert told(estimate(WHOLE, made=made)) == left


def test_scenes_add_up() -> None:
    photo = TalkingPhoto(talking_photo_id="p")
    scenes = [
        Scene(character=photo, voice=TextVoice(input_text=MINUTE, voice_id="v", speed=1.5)),
        Scene(voice=Silence(duration=12)),
        Scene(voice=AudioVoice(audio_url="https://example.com/a.mp3")),
    ]
    (cost,) = estimate(GenerateVideo(video_inputs=scenes), audio_seconds=9).costs
    assert cost.seconds == pytest.approx(40 + 12 + 9)
    assert cost.credits == 1.5


def test_a_video_avatar_costs_twice_as_much() -> None:
    voice = TextVoice(input_text="Hello.", voice_id="v")
    filmed = Scene(character=AvatarCharacter(avatar_id="a"), voice=voice)
    assert estimate(GenerateVideo(video_inputs=[filmed])).credits == 1
    assert estimate(VideoPlan(script="Hello.")).credits == 1
    photographed = Scene(character=TalkingPhoto(talking_photo_id="p"), voice=voice)
    assert estimate(GenerateVideo(video_inputs=[photographed])).credits == 0.5
    assert estimate(*[GenerateVideo(video_inputs=[photographed])] * 3).credits == 1.5


def test_avatar_iv_costs_most() -> None:
    assert estimate(GenerateAvatarIV(image_key="k", script="Hello.", voice_id="v")).credits == 3
    heard = GenerateAvatarIV(image_key="k", audio_url="https://example.com/a.mp3")
    assert estimate(heard, audio_seconds=31).credits == 6
    clear = GenerateWebm(
        avatar_pose_id="a", avatar_style="normal", input_text="Hello.", voice_id="v"
    )
    assert estimate(clear).credits == 1


@pytest.mark.parametrize(
    "work",
    [
        VideoPlan(script=""),
        VideoPlan(script="Hi.", speed=0.0),
        VideoPlan(script="", test=True),
        GenerateVideo(video_inputs=[]),
        GenerateAvatarIV(image_key="k"),
    ],
)
def test_what_heygen_would_refuse_is_not_estimated(work: Costed) -> None:
    with pytest.raises(InvalidRequestError):
        estimate(work)
