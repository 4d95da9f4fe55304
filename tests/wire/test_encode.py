"""What leaves: exactly what was asked for, or a refusal that names field, value and limit."""

import json
import math
from pathlib import Path
from typing import Any
from unittest import mock

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from heygen_async.errors import InvalidRequestError
from heygen_async.models import (
    AssetId,
    AssetUrl,
    AvatarIV,
    AvatarVideo,
    Background,
    CreateAssetUpload,
    CreateHyperframesRender,
    ElevenLabsSettings,
    ImageVideo,
    PhotoAvatar,
    PromptAvatar,
    Request,
    VoiceSettings,
    Watermark,
    WatermarkPlacement,
)
from heygen_async.models.v2 import (
    AddLooks,
    AvatarCharacter,
    CreateGroup,
    Dimension,
    GenerateLook,
    GeneratePhotos,
    GenerateVideo,
    GroupRef,
    LookRef,
    Offset,
    Scene,
    Silence,
    TalkingPhoto,
    TextVoice,
)
from heygen_async.wire.encode import encode
from tests.wire.shapes import fields, request_types, requests, smallest

TYPES = request_types()
IMAGE = AssetUrl(url="https://example.com/a.png")
HELLO: dict[str, Any] = {"avatar_id": "a1", "script": "Hello."}


def refused(request: Request) -> InvalidRequestError:
    with pytest.raises(InvalidRequestError) as caught:
        encode(request)
    return caught.value


def video(**more: Any) -> AvatarVideo:
    return AvatarVideo(**HELLO | more)


def scenes(scene: Scene) -> GenerateVideo:
    return GenerateVideo(video_inputs=[Scene(voice=Silence(duration=1)), scene])


def look(**more: Any) -> GenerateLook:
    return GenerateLook(
        **{
            "group_id": "g",
            "prompt": "an avatar",
            "orientation": "square",
            "pose": "half_body",
            "style": "Noir",
        }
        | more
    )


def test_every_public_request_is_tested_here() -> None:
    assert len(TYPES) > 30
    assert AvatarVideo in TYPES
    assert GenerateVideo in TYPES


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.__name__)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_is_encoded_decodes_to_the_same(kind: type[Request], data: st.DataObject) -> None:
    request = data.draw(requests(kind))
    with mock.patch("heygen_async.wire.encode.check"):
        body = encode(request)
    assert msgspec.json.decode(body, type=kind) == request
    assert None not in json.loads(body).values()


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.__name__)
def test_what_is_left_at_its_default_is_not_sent(kind: type[Request]) -> None:
    body = json.loads(msgspec.json.encode(smallest(kind)))
    config = kind.__struct_config__
    tag = {config.tag_field} if config.tag_field else set()
    assert set(body) == {field.name for field in fields(kind) if field.required} | tag


@pytest.mark.parametrize(
    ("kind", "name"),
    [(kind, field.name) for kind in TYPES for field in fields(kind)],
    ids=lambda value: value if isinstance(value, str) else value.__name__,
)
@pytest.mark.parametrize("value", [b"bytes", Path("a/path"), object(), math.nan])
def test_no_field_takes_what_json_cannot_say(kind: type[Request], name: str, value: object) -> None:
    request = msgspec.structs.replace(smallest(kind), **{name: value})
    problem = refused(request)
    assert problem.field == name
    assert problem.value == repr(value)
    assert problem.limit


@pytest.mark.parametrize(
    ("request_", "field", "value", "limit"),
    [
        (AvatarVideo(avatar_id="a", script=""), "script", "''", "length >= 1"),
        (video(script="x" * 5001), "script", "x…", "length <= 5000"),
        (video(title=7), "title", "7", "`str | null`"),
        (video(aspect_ratio="3:2"), "aspect_ratio", "'3:2'", "invalid enum value"),
        (video(resolution="8k"), "resolution", "'8k'", "invalid enum value"),
        (video(output_format="mov"), "output_format", "'mov'", "invalid enum value"),
        (video(fit="crop"), "fit", "'crop'", "invalid enum value"),
        (video(brand_glossary_id=""), "brand_glossary_id", "''", "length >= 1"),
        (video(voice_settings=VoiceSettings(speed=1.6)), "voice_settings.speed", "1.6", "<= 1.5"),
        (video(voice_settings=VoiceSettings(speed=0.4)), "voice_settings.speed", "0.4", ">= 0.5"),
        (video(voice_settings=VoiceSettings(pitch=-51)), "voice_settings.pitch", "-51", ">= -50"),
        (video(voice_settings=VoiceSettings(volume=2)), "voice_settings.volume", "2", "<= 1"),
        (video(voice_settings={"speed": 9}), "voice_settings.speed", "9", "<= 1.5"),
        (video(voice_settings={"sped": 1}), "voice_settings", "{'sped': 1}", "unknown field"),
        (
            video(voice_settings=VoiceSettings(engine_settings=ElevenLabsSettings(style=1.01))),
            "voice_settings.engine_settings.style",
            "1.01",
            "<= 1.0",
        ),
        (video(background=Background(type="video")), "background.type", "'video'", "invalid enum"),
        (
            video(background=Background(type="color", value="red")),
            "background.value",
            "'red'",
            "regex",
        ),
        (video(background=Background(type="color", value="#12345")), "background.value", "#12345",
         "regex"),
        (
            video(watermark=Watermark(image=AssetId(asset_id="i"), scale=0)),
            "watermark.scale",
            "0",
            "> 0",
        ),
        (
            video(
                watermark=Watermark(
                    image=AssetId(asset_id="i"), placement=WatermarkPlacement(offset_x=-2)
                )
            ),
            "watermark.placement.offset_x",
            "-2",
            ">= -1",
        ),
        (ImageVideo(image="https://x/y.png", script="x", voice_id="v"), "image", "'https://x/y.png'",
         "`object`"),
        (PhotoAvatar(name="", file=AssetUrl(url="u")), "name", "''", "length >= 1"),
        (PhotoAvatar(name="n", file=None), "file", "None", "`object`"),
        (PromptAvatar(name="n", prompt=""), "prompt", "''", "length >= 1"),
        (PromptAvatar(name="n", prompt="x" * 1001), "prompt", "x…", "length <= 1000"),
        (
            PromptAvatar(name="n", prompt="p", reference_images=[AssetUrl(url="u")] * 4),
            "reference_images",
            "[AssetUrl",
            "length <= 3",
        ),
        (
            PromptAvatar(name="n", prompt="p", reference_images=[IMAGE, AssetUrl(url=5)]),
            "reference_images[1].url",
            "5",
            "`str`",
        ),
        (CreateAssetUpload(filename="", content_type="image/png", size_bytes=1), "filename", "''",
         "length >= 1"),
        (CreateAssetUpload(filename="f", content_type="image/png", size_bytes=0), "size_bytes", "0",
         ">= 1"),
        (
            CreateAssetUpload(
                filename="f", content_type="t", size_bytes=1, checksum_sha256="A" * 64
            ),
            "checksum_sha256",
            "AAA",
            "regex",
        ),
        (GenerateVideo(video_inputs=[]), "video_inputs", "[]", "length >= 1"),
        (
            GenerateVideo(video_inputs=[Scene(voice=Silence(duration=1))] * 51),
            "video_inputs",
            "[Scene",
            "length <= 50",
        ),
        (scenes(Scene(voice=TextVoice(input_text="", voice_id="v"))),
         "video_inputs[1].voice.input_text", "''", "length >= 1"),
        (scenes(Scene(voice=TextVoice(input_text="t", voice_id=""))),
         "video_inputs[1].voice.voice_id", "''", "length >= 1"),
        (scenes(Scene(voice=TextVoice(input_text="t", voice_id="v", speed=2.5))),
         "video_inputs[1].voice.speed", "2.5", "<= 2"),
        (scenes(Scene(voice=Silence(duration=0))), "video_inputs[1].voice.duration", "0", "> 0"),
        (
            scenes(
                Scene(
                    voice=Silence(duration=1),
                    character=TalkingPhoto(
                        talking_photo_id="t", offset=Offset(x=math.inf, y=0)
                    ),
                )
            ),
            "video_inputs[1].character.offset.x",
            "inf",
            "<= 1000000.0",
        ),
        (
            scenes(
                Scene(
                    voice=Silence(duration=1), character=AvatarCharacter(avatar_id="a", scale=5.1)
                )
            ),
            "video_inputs[1].character.scale",
            "5.1",
            "<= 5",
        ),
        (
            GenerateVideo(
                video_inputs=[Scene(voice=Silence(duration=1))],
                dimension=Dimension(width=1281, height=720),
            ),
            "dimension.width",
            "1281",
            "multiple of 2",
        ),
        (
            GenerateVideo(
                video_inputs=[Scene(voice=Silence(duration=1))],
                dimension=Dimension(width=64, height=720),
            ),
            "dimension.width",
            "64",
            ">= 128",
        ),
        (
            GenerateVideo(
                video_inputs=[Scene(voice=Silence(duration=1))],
                dimension=Dimension(width=1280, height=4098),
            ),
            "dimension.height",
            "4098",
            "<= 4096",
        ),
        (AddLooks(group_id="g", image_keys=[], name="n"), "image_keys", "[]", "length >= 1"),
        (AddLooks(group_id="g", image_keys=["k"] * 5, name="n"), "image_keys", "['k'",
         "length <= 4"),
        (AddLooks(group_id="g", image_keys=["k", ""], name="n"), "image_keys[1]", "''",
         "length >= 1"),
        (CreateGroup(name="n", image_key=""), "image_key", "''", "length >= 1"),
        (GroupRef(group_id=""), "group_id", "''", "length >= 1"),
        (LookRef(id=""), "id", "''", "length >= 1"),
        (look(prompt="x" * 1001), "prompt", "x…", "length <= 1000"),
        (look(orientation="portrait"), "orientation", "'portrait'", "invalid enum value"),
        (look(pose="sitting"), "pose", "'sitting'", "invalid enum value"),
        (look(style="Cubist"), "style", "'Cubist'", "invalid enum value"),
    ],
)  # fmt: skip
def test_a_bad_value_is_refused_by_field_value_and_limit(
    request_: Request, field: str, value: str, limit: str
) -> None:
    problem = refused(request_)
    assert problem.field == field
    assert value in problem.value
    assert limit in problem.limit
    assert str(problem) == f"{field}: {problem.limit}, got {problem.value}"


@pytest.mark.parametrize(
    "name", [f.name for f in fields(GeneratePhotos) if f.required and f.name != "name"]
)
def test_every_attribute_of_a_generated_person_is_held_to_its_words(name: str) -> None:
    request = msgspec.structs.replace(smallest(GeneratePhotos), **{name: ""})
    assert refused(request).field == name


def test_a_long_value_is_shown_shortened() -> None:
    problem = refused(video(script="long " * 2000))
    assert len(problem.value) < 120
    assert problem.value.endswith("… (10002 chars)")


def test_limits_themselves_are_within() -> None:
    assert encode(video(script="x" * 5000))
    assert encode(video(voice_settings=VoiceSettings(speed=1.5, pitch=-50, volume=0)))
    assert encode(
        GenerateVideo(
            video_inputs=[Scene(voice=Silence(duration=1))] * 50,
            dimension=Dimension(width=128, height=4096),
        )
    )


def test_a_text_that_no_utf8_can_hold_is_refused() -> None:
    problem = refused(video(script="\ud800"))
    assert "surrogates" in problem.limit


def test_a_dict_or_a_tuple_in_the_place_of_a_struct_or_a_list_is_sent_as_it_is() -> None:
    body = json.loads(encode(video(voice_settings={"speed": 1.2}, engine={"type": "avatar_iv"})))
    assert body["voice_settings"] == {"speed": 1.2}
    assert body["engine"] == {"type": "avatar_iv"}
    request = AddLooks(group_id="g", image_keys=("a", "b"), name="n")  # type: ignore[arg-type]
    assert json.loads(encode(request))["image_keys"] == ["a", "b"]


def test_a_bad_value_within_a_set_is_named() -> None:
    request = GenerateVideo(video_inputs={Scene(voice=Silence(duration=-1))})  # type: ignore[arg-type]
    problem = refused(request)
    assert (problem.field, problem.value) == ("video_inputs[0].voice.duration", "-1")


def test_tags_go_with_their_structs() -> None:
    body = json.loads(encode(video(engine=AvatarIV())))
    assert body["type"] == "avatar"
    assert body["engine"] == {"type": "avatar_iv"}


def test_extra_body_wins_and_is_not_checked() -> None:
    body = json.loads(encode(video(title="old"), {"title": 7, "brand_new": {"deep": [1, None]}}))
    assert body == {
        "type": "avatar",
        "avatar_id": "a1",
        "script": "Hello.",
        "title": 7,
        "brand_new": {"deep": [1, None]},
    }


def test_extra_body_does_not_excuse_the_request_itself() -> None:
    with pytest.raises(InvalidRequestError, match="script"):
        encode(AvatarVideo(avatar_id="a", script=""), {"script": "something"})


@pytest.mark.parametrize("new", [object(), b"bytes", [Path("a/path")], {"deep": math.nan}])
def test_an_extra_body_without_a_json_form_is_refused(new: object) -> None:
    with pytest.raises(InvalidRequestError):
        encode(video(), {"new": new})


def test_an_extra_body_hides_nothing_that_has_no_json_form() -> None:
    render = CreateHyperframesRender(project=AssetUrl(url="https://a"), variables={"x": Path("a")})
    for extra in (None, {"new": 1}):
        with pytest.raises(InvalidRequestError):
            encode(render, extra)


def test_the_same_request_gives_the_same_bytes() -> None:
    assert encode(video(title="t")) == encode(video(title="t"))
    assert encode(video(title="t")) != encode(video(title="u"))


def test_a_refusal_does_not_drag_the_validator_along() -> None:
    assert refused(video(title=7)).__suppress_context__
