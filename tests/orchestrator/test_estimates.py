"""What plans cost, told without a client."""

import pytest
from msgspec.structs import replace

from heygen_async import (
    AgentVideoPlan,
    AvatarVideoPlan,
    DigitalTwinPlan,
    Made,
    PhotoAvatarMade,
    PhotoAvatarPlan,
    PhotoGroupPlan,
    PromptAvatarPlan,
    TranslationPlan,
    VideoPlan,
    estimate,
)
from heygen_async.errors import InvalidRequestError
from heygen_async.models import AvatarIII, CreateAgentSession, User, VoiceSettings
from heygen_async.models.users import Subscription, UsageBased, Wallet
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
from heygen_async.orchestrator import Costed, Estimate, Sent
from heygen_async.orchestrator.estimates import balance

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


# v3, in dollars

SPOKEN = AvatarVideoPlan(script=MINUTE)
WORDS = PromptAvatarPlan(name="Ada", prompt="a woman", looks=["a beach"], videos=[SPOKEN])
TALK = TranslationPlan(video_id="v", output_languages=["German", "French"], seconds=100)
AGENT = AgentVideoPlan(request=CreateAgentSession(prompt="cats"), seconds=30)
SENT = Sent(key="k", time=0.0)
RECORDED = AvatarVideoPlan(audio_asset_id="a")


@pytest.mark.parametrize(
    ("plan", "lines"),
    [
        (WORDS, "look 2 x 1 USD, video 3 USD"),
        (PhotoGroupPlan(name="C", photos=[b"", b""], looks=["a wood"]), "look 3 x 1 USD"),
        (
            DigitalTwinPlan(name="Me", footage=b"", videos=[SPOKEN, RECORDED]),
            "look 1 USD, video 4.002 USD, video 2.001 USD",
        ),
        (
            DigitalTwinPlan(name="Me", footage=b"", videos=[replace(SPOKEN, engine=AvatarIII())]),
            "look 1 USD, video 1.002 USD",
        ),
        (replace(SPOKEN, voice_settings=VoiceSettings(speed=1.25)), "video 3.2016 USD"),
        (TALK, "translation 2 x 3.33 USD"),
        (replace(TALK, mode="precision"), "translation 2 x 6.67 USD"),
        (replace(TALK, mode="precision", translate_audio_only=True), "translation 2 x 3.33 USD"),
        (AGENT, "video 0.999 USD"),
    ],
)
def test_plans_of_v3_cost_dollars(plan: Costed, lines: str) -> None:
    cost = estimate(plan)
    assert told(cost) == lines
    assert cost.credits == 0
    assert cost.usd == pytest.approx(sum(each.usd for each in cost.costs))


@pytest.mark.parametrize(
    ("plan", "made", "lines"),
    [
        (WORDS, Made(ids={"look 0": "a"}), "look 1 USD, video 3 USD"),
        (WORDS, Made(ids={"look 0": "a", "look 1": "b", "video 0": "c"}), ""),
        (TALK, Made(ids={"translation French": "t"}), "translation 3.33 USD"),
        (AGENT, Made(ids={"session": "s"}), ""),
        (WORDS, Made(unknown={"look 1": SENT}), "look 1 USD, video 3 USD"),
        (TALK, Made(unknown={"translations": SENT}), ""),
        (AGENT, PhotoAvatarMade(video_id="v"), "video 0.999 USD"),
    ],
)
def test_what_a_record_names_is_paid(plan: Costed, made: Made, lines: str) -> None:
    assert told(estimate(plan, made=made)) == lines


def test_credits_and_dollars_are_never_added() -> None:
    cost = estimate(VideoPlan(script=MINUTE, test=None), AGENT)
    assert (cost.credits, cost.usd) == (2, 0.999)


@pytest.mark.parametrize(
    ("user", "left"),
    [
        (User(wallet=Wallet(currency="usd", remaining_balance=7.5)), 7.5),
        (User(wallet=Wallet(currency="USD", remaining_balance=0.0)), 0.0),
        (User(wallet=Wallet(currency="credits", remaining_balance=7.5)), None),
        (User(wallet=Wallet()), None),
        (User(usage_based=UsageBased(spending_cap_usd=100, spending_current_usd=99)), 1),
        (User(usage_based=UsageBased(spending_current_usd=99)), None),
        (User(subscription=Subscription(plan="pro")), None),
        (User(), None),
    ],
)
def test_a_balance_that_is_not_told_in_dollars_refuses_nothing(
    user: User, left: float | None
) -> None:
    assert balance(user) == left
