"""Every rule has a video that breaks it and one that does not."""

from typing import Any

import pytest

from heygen_async.models import (
    AvatarIII,
    AvatarLook,
    AvatarStatus,
    AvatarType,
    AvatarV,
    AvatarVideo,
    Background,
    ImageVideo,
    TemplateSubtitles,
    Voice,
)
from heygen_async.models.assets import AssetUrl
from heygen_async.models.v2 import (
    AudioVoice,
    AvatarCharacter,
    CaptionOptions,
    CaptionStyle,
    Dimension,
    GenerateVideo,
    ImageBackground,
    LegacyAvatarDetails,
    LegacyVoice,
    Scene,
    TalkingPhoto,
    TextVoice,
    VideoBackground,
)
from heygen_async.scripting import PICTURE_RULES, check_picture

LOOK = AvatarLook(
    id="look",
    gender="Woman",
    avatar_type=AvatarType.PHOTO_AVATAR,
    default_voice_id="own",
    supported_api_engines=["avatar_iii", "avatar_iv"],
    preferred_orientation="landscape",
)
OWN = Voice(voice_id="own", gender="female")
MALE = Voice(voice_id="other", gender="Male")
SIZES = {"https://x/wide.jpg": (1920, 1080), "square": (2000, 2000), "small": (1280, 720)}
TALL = Dimension(width=1080, height=1920)


def v3(**more: Any) -> AvatarVideo:
    return AvatarVideo(avatar_id="look", script="Hi.", **more)


def v2(*, voice: Any = None, character: Any = None, behind: Any = None, **more: Any) -> Any:
    voice = voice or TextVoice(input_text="Hi.", voice_id="own")
    scene = Scene(voice=voice, character=character, background=behind)
    return GenerateVideo(video_inputs=[scene, scene], **more)


def photo(**more: Any) -> TalkingPhoto:
    return TalkingPhoto(talking_photo_id="look", **more)


def image(asset_id: str) -> Background:
    return Background(type="image", asset_id=asset_id)


CAPTIONS = CaptionOptions(enabled=True, style=CaptionStyle(font_size=20))

EXAMPLES: dict[str, tuple[Any, Any]] = {
    "avatar-not-ready": (AvatarVideo(avatar_id="raw", script="Hi."), v3()),
    "engine-unknown": (v3(engine=AvatarV()), v3(engine=AvatarIII())),
    "webm-of-photo": (v3(output_format="webm"), v3(output_format="mp4")),
    "voice-gender": (v3(voice_id="other"), v3(voice_id="own")),
    "other-voice": (v3(voice_id="other"), v3()),
    "orientation": (v3(aspect_ratio="9:16"), v3(aspect_ratio="auto")),
    "background-shape": (
        v3(background=image("square")),
        v3(background=Background(type="image", url="https://x/wide.jpg")),
    ),
    "background-small": (
        v3(background=image("small")),
        v3(background=image("small"), resolution="720p"),
    ),
    "caption-size": (v2(caption=CAPTIONS), v2(caption=True)),
    "caption-covered": (
        v2(caption=True, dimension=TALL),
        v2(
            caption=CaptionOptions(enabled=True, style=CaptionStyle(position="top")),
            dimension=TALL,
        ),
    ),
    "caption-of-recording": (
        v2(caption=True, voice=AudioVoice(audio_asset_id="a")),
        v2(caption=False, voice=AudioVoice(audio_asset_id="a")),
    ),
    "circle-color": (
        v2(character=photo(circle_background_color="#ffffff")),
        v2(character=photo(circle_background_color="#ffffff", talking_photo_style="circle")),
    ),
    "prompt-engine": (
        v2(character=photo(prompt="waves")),
        v2(character=photo(prompt="waves", use_avatar_iv_model=True)),
    ),
}


def found(video: Any) -> dict[str, str]:
    raw = AvatarLook(id="raw", status=AvatarStatus.PROCESSING)
    findings = check_picture(video, avatars=[LOOK, raw], voices=[OWN, MALE], backgrounds=SIZES)
    assert len({(each.rule, each.field) for each in findings}) == len(findings)
    assert all(str(each).startswith(f"{each.level}: {each.field}: ") for each in findings)
    return {each.rule: each.field for each in findings}


def test_every_rule_has_its_examples() -> None:
    assert list(EXAMPLES) == [rule.id for rule in PICTURE_RULES]


@pytest.mark.parametrize("rule", EXAMPLES)
def test_a_rule_finds_what_breaks_it_and_nothing_else(rule: str) -> None:
    fails, passes = EXAMPLES[rule]
    assert rule in found(fails)
    assert rule not in found(passes)


def test_a_good_video_has_no_findings() -> None:
    assert found(v3(background=Background(type="image", url="https://x/wide.jpg"))) == {}
    assert found(v2(character=photo())) == {}


def test_of_what_is_not_known_nothing_is_said() -> None:
    video = v3(voice_id="other", aspect_ratio="9:16", background=image("square"))
    assert check_picture(video) == []
    picture = AssetUrl(url="https://x/y.png")
    assert check_picture(ImageVideo(image=picture, script="Hi.", voice_id="own")) == []
    silent = AvatarLook(id="look")
    assert check_picture(video, avatars=[silent], voices=[Voice(voice_id="other")]) == []


def test_a_scene_of_v2_is_named() -> None:
    person = AvatarCharacter(avatar_id="look", circle_background_color="#ffffff")
    video = v2(
        character=person,
        voice=TextVoice(input_text="Hi.", voice_id="other"),
        behind=VideoBackground(video_asset_id="square"),
        caption=CAPTIONS,
    )
    avatar = LegacyAvatarDetails(id="look", gender="female", default_voice_id="own")
    voice = LegacyVoice(voice_id="other", gender="male")
    findings = check_picture(video, avatars=[avatar], voices=[voice], backgrounds=SIZES)
    assert [(each.rule, each.field) for each in findings] == [
        ("voice-gender", "video_inputs[0].voice"),
        ("other-voice", "video_inputs[0].voice"),
        ("background-shape", "video_inputs[0].background"),
        ("caption-size", "caption"),
        ("circle-color", "video_inputs[0].character.circle_background_color"),
        ("voice-gender", "video_inputs[1].voice"),
        ("other-voice", "video_inputs[1].voice"),
        ("background-shape", "video_inputs[1].background"),
        ("circle-color", "video_inputs[1].character.circle_background_color"),
    ]


def test_captions_count_where_they_are_seen() -> None:
    for more in ({"caption_mode": "burn_in"}, {"subtitles": TemplateSubtitles(preset_name="x")}):
        assert found(v2(dimension=TALL, **more)) == {"caption-covered": "caption"}
    assert found(v2(dimension=TALL, caption=True, caption_mode="file_only")) == {}


def test_an_upright_avatar_in_an_upright_video() -> None:
    look = AvatarLook(id="look", preferred_orientation="portrait")
    video = v2(character=photo(), aspect_ratio="9:16", behind=ImageBackground(url="https://x/t"))
    sizes = {"https://x/t": (720, 1280)}
    assert check_picture(video, avatars=[look], backgrounds=sizes) == []
