"""What HeyGen says of videos of v1 and v2 in prose only: refused here, and its neighbour not."""

from typing import Any

import pytest

from heygen_async.errors import InvalidRequestError
from heygen_async.models import Background, Request, VoiceSettings
from heygen_async.models.v2 import (
    AudioProperties,
    AudioVoice,
    CreateAvatarVideo,
    Dimension,
    GenerateAvatarIV,
    GenerateFromPrompt,
    GenerateTemplateVideo,
    GenerateVideo,
    GenerateWebm,
    ImageProperties,
    LegacyTemplate,
    LegacyTemplateVariable,
    Scene,
    Silence,
    TextVoice,
    VideoBackground,
    template_variables,
)
from heygen_async.models.v2.templates import LegacyProperties
from heygen_async.wire.checks_v2_templates import check_filling
from heygen_async.wire.encode import encode

HOOK = "https://example.com/hook"
VOICE = TextVoice(input_text="Hi.", voice_id="v")


def scenes(*found: Scene, **more: Any) -> GenerateVideo:
    return GenerateVideo(**{"video_inputs": list(found) or [Scene(voice=VOICE)]} | more)


def av4(**more: Any) -> GenerateAvatarIV:
    return GenerateAvatarIV(**{"image_key": "k"} | more)


def webm(**more: Any) -> GenerateWebm:
    return GenerateWebm(**{"avatar_pose_id": "a", "avatar_style": "normal"} | more)


def create(**more: Any) -> CreateAvatarVideo:
    return CreateAvatarVideo(**{"script": "Hi."} | more)


def filled(**values: str | LegacyProperties) -> GenerateTemplateVideo:
    return GenerateTemplateVideo(variables=template_variables(values))


@pytest.mark.parametrize(
    "request_",
    [
        scenes(),
        scenes(callback_url=HOOK, callback_id="x"),
        scenes(*[Scene(voice=VOICE)] * 50),
        scenes(Scene(voice=AudioVoice(audio_asset_id="a"))),
        scenes(dimension=Dimension(width=4096, height=128)),
        scenes(aspect_ratio="9:16"),
        scenes(aspect_ratio="16:9", dimension=Dimension(width=854, height=480)),
        av4(script="Hi.", voice_id="v"),
        av4(audio_url="https://x/y.mp3"),
        av4(script="Hi.", voice_id="v", audio_asset_id="a"),
        webm(input_text="Hi.", voice_id="v"),
        webm(input_audio="a"),
        create(avatar_id="a"),
        create(image_url="https://x/y.png", voice_id="v"),
        create(image_asset_id="i", script=None, audio_asset_id="a"),
        GenerateFromPrompt(prompt="A video", callback_url=HOOK, callback_id="x", duration_sec=5),
        filled(a="", b=ImageProperties(url="https://x/y.png")),
        GenerateTemplateVideo(variables={}, callback_id="x", fps=60),
    ],
)
def test_what_is_right_is_sent(request_: Request) -> None:
    assert encode(request_)


@pytest.mark.parametrize(
    ("request_", "words"),
    [
        (scenes(callback_id="x"), "callback_id"),
        (scenes(*[Scene(voice=VOICE)] * 51), "video_inputs"),
        (GenerateVideo(video_inputs=[]), "video_inputs"),
        (scenes(Scene(voice=AudioVoice())), r"video_inputs\[0\].voice.audio_url"),
        (
            scenes(
                Scene(voice=VOICE), Scene(voice=Silence(duration=1), background=VideoBackground())
            ),
            r"video_inputs\[1\].background.url",
        ),
        (scenes(dimension=Dimension(width=129, height=720)), "dimension.width"),
        (scenes(dimension=Dimension(width=1280, height=4098)), "dimension.height"),
        (scenes(aspect_ratio="wide"), "aspect_ratio"),
        (av4(), "script: is needed, or a recording"),
        (av4(script="Hi.", voice_id="v", audio_url="https://x", audio_asset_id="a"), "exactly one"),
        (av4(script="Hi."), "voice_id"),
        (webm(), "input_text or input_audio"),
        (webm(input_text="Hi.", voice_id="v", input_audio="a"), "exactly one"),
        (webm(input_text="Hi."), "voice_id"),
        (webm(input_audio="a", voice_id="v"), "voice_id"),
        (create(), "avatar_id or image_url or image_asset_id"),
        (create(avatar_id="a", image_url="https://x"), "exactly one"),
        (create(avatar_id="a", audio_url="https://x"), "exactly one"),
        (create(image_url="https://x"), "voice_id"),
        (create(avatar_id="a", callback_id="x"), "callback_id"),
        (create(avatar_id="a", background=Background(type="color")), "background.value"),
        (
            create(
                avatar_id="a",
                output_format="webm",
                background=Background(type="color", value="#ffffff"),
            ),
            "background",
        ),
        (
            create(
                avatar_id="a", script=None, audio_url="https://x", voice_settings=VoiceSettings()
            ),
            "voice_settings",
        ),
        (GenerateFromPrompt(prompt="A video", callback_id="x"), "callback_id"),
        (GenerateFromPrompt(prompt="A video", duration_sec=4), "duration_sec"),
        (GenerateFromPrompt(prompt=""), "prompt"),
        (filled(a=AudioProperties()), "variables.a.properties.url"),
        (filled(a=ImageProperties(url="logo.png")), "web address"),
    ],
)
def test_what_is_wrong_is_refused_here(request_: Request, words: str) -> None:
    with pytest.raises(InvalidRequestError, match=words):
        encode(request_)


def gap(kind: str, **properties: Any) -> LegacyTemplateVariable:
    return LegacyTemplateVariable(name="a", type=kind, properties=properties)


@pytest.mark.parametrize("variables", [{"a": gap("text", max_length=3)}, [gap("text")]])
def test_what_fits_a_template(variables: Any) -> None:
    check_filling(filled(a="Ada"), LegacyTemplate(variables=variables))


@pytest.mark.parametrize(
    ("request_", "declared", "words"),
    [
        (filled(b="Ada"), gap("text"), "variables.a: is needed"),
        (filled(a="Adam"), gap("text", max_length=3), "at most 3, got '4 characters'"),
        (filled(a="Ada"), gap("image"), "variables.a.type.*must be image"),
        (filled(a="Ada", b="more"), gap("text"), "variables.b: is no variable"),
    ],
)
def test_what_does_not_fit_a_template(
    request_: GenerateTemplateVideo, declared: LegacyTemplateVariable, words: str
) -> None:
    for variables in ({"a": declared}, [declared]):
        with pytest.raises(InvalidRequestError, match=words):
            check_filling(request_, LegacyTemplate(variables=variables))
