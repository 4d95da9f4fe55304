"""What HeyGen says in prose only: one example that is refused, and its neighbour that is not."""

from typing import Any

import pytest

from heygen_async.errors import InvalidRequestError
from heygen_async.models import (
    AssetUrl,
    AvatarIII,
    AvatarIV,
    AvatarV,
    AvatarVideo,
    Background,
    ElevenLabsSettings,
    FishSettings,
    ImageVideo,
    Request,
    VoiceSettings,
)
from heygen_async.models.v2 import (
    AudioVoice,
    ColorBackground,
    GenerateVideo,
    ImageBackground,
    Scene,
    Silence,
    VideoBackground,
)
from heygen_async.wire.encode import encode

IMAGE = AssetUrl(url="https://example.com/a.png")


def avatar(**more: Any) -> AvatarVideo:
    return AvatarVideo(**{"avatar_id": "a", "script": "Hi."} | more)


def image(**more: Any) -> ImageVideo:
    return ImageVideo(**{"image": IMAGE, "script": "Hi.", "voice_id": "v"} | more)


def scene(**more: Any) -> GenerateVideo:
    spoken = Scene(**{"voice": Silence(duration=1)} | more)
    return GenerateVideo(video_inputs=[Scene(voice=Silence(duration=1)), spoken])


def eleven(**more: Any) -> dict[str, Any]:
    return {"voice_settings": VoiceSettings(engine_settings=ElevenLabsSettings(**more))}


SPOKEN = "script or audio_url or audio_asset_id"
STABILITY = "voice_settings.engine_settings.stability"


@pytest.mark.parametrize("make", [avatar, image])
@pytest.mark.parametrize(
    ("bad", "field", "good"),
    [
        ({"script": None}, SPOKEN, {"script": None, "audio_url": "u"}),
        ({"audio_url": "u"}, SPOKEN, {"script": None, "audio_asset_id": "a"}),
        ({"script": None, "audio_url": "u", "audio_asset_id": "a"}, SPOKEN, {}),
        ({"script": " \n\t"}, "script", {"script": " . "}),
        (
            {"script": None, "audio_url": "u", "voice_settings": VoiceSettings(speed=1)},
            "voice_settings",
            {"voice_settings": VoiceSettings(speed=1)},
        ),
        ({"callback_id": "c"}, "callback_id", {"callback_id": "c", "callback_url": "u"}),
        (
            {"output_format": "webm", "background": Background(type="color", value="#000000")},
            "background",
            {"output_format": "webm"},
        ),
        (
            {"background": Background(type="color")},
            "background.value",
            {"background": Background(type="color", value="#abcDEF")},
        ),
        (
            {"background": Background(type="image")},
            "background.url or background.asset_id",
            {"background": Background(type="image", url="u")},
        ),
        (
            {"background": Background(type="image", url="u", asset_id="a")},
            "background.url or background.asset_id",
            {"background": Background(type="image", asset_id="a")},
        ),
        (eleven(model="eleven_v3", stability=0.3), STABILITY, eleven(stability=0.3)),
        (
            eleven(model="eleven_v3", stability=0.99),
            STABILITY,
            eleven(model="eleven_v3", stability=0.5),
        ),
    ],
)
def test_a_v3_video_is_held_to_the_prose(
    make: Any, bad: dict[str, Any], field: str, good: dict[str, Any]
) -> None:
    with pytest.raises(InvalidRequestError) as caught:
        encode(make(**bad))
    assert caught.value.field == field
    assert encode(make(**good))


@pytest.mark.parametrize("stability", [None, 0, 0.5, 1])
def test_eleven_v3_takes_its_three_steps(stability: float | None) -> None:
    assert encode(avatar(**eleven(model="eleven_v3", stability=stability)))


def test_another_engine_has_its_own_stability() -> None:
    settings = VoiceSettings(engine_settings=FishSettings(model="s1", stability=0.3))
    assert encode(avatar(voice_settings=settings))


@pytest.mark.parametrize(
    ("engine", "field", "value", "refused"),
    [
        (AvatarV(), "expressiveness", "high", True),
        (AvatarIII(), "expressiveness", "high", True),
        (AvatarIV(), "expressiveness", "high", False),
        (None, "expressiveness", "high", False),
        (AvatarIII(), "motion_prompt", "wave", True),
        (AvatarV(), "motion_prompt", "wave", False),
        (AvatarIV(), "motion_prompt", "wave", False),
        (None, "motion_prompt", "wave", False),
    ],
)
def test_engines_refuse_what_they_cannot_do(
    engine: object, field: str, value: str, *, refused: bool
) -> None:
    request = avatar(engine=engine, **{field: value})
    if not refused:
        assert encode(request)
        return
    with pytest.raises(InvalidRequestError) as caught:
        encode(request)
    assert caught.value.field == field


def test_an_image_has_no_voice_of_its_own() -> None:
    with pytest.raises(InvalidRequestError, match="voice_id"):
        encode(image(voice_id=None))
    assert encode(image(voice_id=None, script=None, audio_url="u"))
    assert encode(avatar(voice_id=None))


@pytest.mark.parametrize(
    ("bad", "field", "good"),
    [
        (
            scene(voice=AudioVoice()),
            "video_inputs[1].voice.audio_url or video_inputs[1].voice.audio_asset_id",
            scene(voice=AudioVoice(audio_url="https://x")),
        ),
        (
            scene(voice=AudioVoice(audio_url="https://x", audio_asset_id="a")),
            "video_inputs[1].voice.audio_url or video_inputs[1].voice.audio_asset_id",
            scene(voice=AudioVoice(audio_asset_id="a")),
        ),
        (
            scene(background=ImageBackground()),
            "video_inputs[1].background.url or video_inputs[1].background.image_asset_id",
            scene(background=ImageBackground(url="https://x")),
        ),
        (
            scene(background=ImageBackground(url="https://x", image_asset_id="a")),
            "video_inputs[1].background.url or video_inputs[1].background.image_asset_id",
            scene(background=ImageBackground(image_asset_id="a")),
        ),
        (
            scene(background=VideoBackground()),
            "video_inputs[1].background.url or video_inputs[1].background.video_asset_id",
            scene(background=VideoBackground(video_asset_id="a")),
        ),
        (
            scene(background=VideoBackground(url="https://x", video_asset_id="a")),
            "video_inputs[1].background.url or video_inputs[1].background.video_asset_id",
            scene(background=ColorBackground(value="#ffffff")),
        ),
        (
            GenerateVideo(video_inputs=[Scene(voice=Silence(duration=1))], callback_id="c"),
            "callback_id",
            GenerateVideo(
                video_inputs=[Scene(voice=Silence(duration=1))],
                callback_id="c",
                callback_url="https://x",
            ),
        ),
    ],
)
def test_a_v2_video_is_held_to_the_prose(bad: Request, field: str, good: Request) -> None:
    with pytest.raises(InvalidRequestError) as caught:
        encode(bad)
    assert caught.value.field == field
    assert encode(good)
