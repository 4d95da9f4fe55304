"""Old requests as people have them."""

import json
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from heygen_async.errors import InvalidRequestError
from heygen_async.migration import from_json
from heygen_async.migration.table import TABLE
from heygen_async.models import AvatarVideo, v2
from heygen_async.wire.encode import encode
from tests.wire.shapes import smallest

VIDEO: dict[str, Any] = {
    "video_inputs": [
        {
            "character": {"type": "avatar", "avatar_id": "look"},
            "voice": {"type": "text", "input_text": "Hello.", "voice_id": "voice"},
        }
    ],
    "dimension": {"width": 1280, "height": 720},
}
PHOTO_KEY = "image/4f2a/original"
SAMPLES: dict[type[Any], dict[str, Any]] = {
    v2.GenerateVideo: VIDEO,
    v2.GenerateAvatarIV: {"image_key": PHOTO_KEY, "script": "Hi.", "voice_id": "v"},
    v2.GenerateWebm: {
        "avatar_pose_id": "a", "avatar_style": "normal", "input_text": "Hi.", "voice_id": "v",
    },
    v2.CreateAvatarVideo: {"avatar_id": "a", "script": "Hi."},
    v2.GenerateFromPrompt: {"prompt": "A tour.", "config": {"duration_sec": 10}},
    v2.TranslateVideo: {"video_url": "https://a.example/v.mp4", "output_language": "German"},
    v2.CreateGroup: {"name": "Ann", "image_key": PHOTO_KEY},
    v2.CreateDigitalTwin: {
        "training_footage_url": "https://a.example/me.mp4",
        "video_consent_url": "https://a.example/yes.mp4",
        "avatar_name": "Ann",
    },
    v2.AddLooks: {"group_id": "g", "image_keys": [PHOTO_KEY], "name": "Ann"},
}  # fmt: skip
"""Bodies as in HeyGen's pages; the others are made from their types."""


def body_of(kind: type[Any]) -> dict[str, Any]:
    return SAMPLES.get(kind) or json.loads(encode(smallest(kind)))


def scene(**parts: Any) -> dict[str, Any]:
    return {**VIDEO, "video_inputs": [{**VIDEO["video_inputs"][0], **parts}]}


@pytest.mark.parametrize("kind", TABLE, ids=lambda kind: kind.__name__)
def test_the_keys_tell_what_it_is(kind: type[Any]) -> None:
    body = body_of(kind)
    made = [from_json(given) for given in (body, json.dumps(body), json.dumps(body).encode())]
    assert made[0] == made[1] == made[2]
    assert made[0].route == TABLE[kind].route


@pytest.mark.parametrize(
    "path",
    [
        "/v2/video_translate/proofread",
        "/v2/voices/v/preview",
        "/v3/video-agents",
        "/v1/streaming.new",
        "/v2/video/generate/more",
        "/v3/template/t1/generate",
    ],
)
def test_a_path_that_is_not_migrated_is_refused_whatever_the_keys_say(path: str) -> None:
    with pytest.raises(InvalidRequestError) as caught:
        from_json({"method": "POST", "path": f"{path}?token=hidden", "body": VIDEO})
    assert caught.value.field == "path"
    assert "hidden" not in str(caught.value)


@pytest.mark.parametrize("method", ["GET", "delete", 7])
def test_what_is_no_post_makes_nothing(method: Any) -> None:
    with pytest.raises(InvalidRequestError) as caught:
        from_json({"method": method, "path": "/v2/video/generate", "body": VIDEO})
    assert caught.value.field == "method"
    assert from_json({"method": "post", "body": VIDEO}) == from_json(VIDEO)


def test_the_id_of_a_template_is_that_of_the_path() -> None:
    old = {"path": "/v2/templates/a%20b/generate", "body": {"variables": {}}}
    assert from_json(old).path == from_json(old, template_id="a b").path == "/v3/templates/a%20b"
    with pytest.raises(InvalidRequestError, match="'a b'") as caught:
        from_json(old, template_id="other")
    assert caught.value.field == "template_id"


@pytest.mark.parametrize("twice", ['{"test": true, "test": false}', b'{"a": {"b": 1, "b": 1}}'])
def test_two_things_under_one_key_are_refused(twice: bytes | str) -> None:
    with pytest.raises(InvalidRequestError, match="twice"):
        from_json(twice)


@pytest.mark.parametrize("kind", TABLE, ids=lambda kind: kind.__name__)
def test_the_path_tells_what_it_is_too(kind: type[Any]) -> None:
    path = TABLE[kind].path.format(template_id="t1")
    for wrapped in (
        {"method": "POST", "path": path, "body": body_of(kind)},
        {"url": f"https://api.heygen.com{path}?x=1", "body": body_of(kind)},
    ):
        made = from_json(wrapped)
        assert made.route == TABLE[kind].route
        assert "{" not in made.path


def test_headers_are_not_looked_at() -> None:
    key = {"X-Api-Key": "hidden"}
    made = from_json({"path": "/v2/video/generate", "headers": key, "body": VIDEO})
    assert made == from_json(VIDEO)
    assert "hidden" not in repr(made)


def test_unknown_keys_are_noted_wherever_they_are() -> None:
    odd = scene(voice={"type": "text", "input_text": "Hi.", "voice_id": "v", "mood": "fine"})
    made = from_json({**odd, "quality": "best", "nothing": None})
    dropped = {note.field: note.value for note in made.lost}
    assert dropped == {"video_inputs[0].voice.mood": "fine", "quality": "best"}
    with pytest.raises(InvalidRequestError, match=r"voice\.mood"):
        from_json(odd, strict=True)


def test_nobody_is_told_that_a_field_of_v1_was_none() -> None:
    made = from_json({"text": "Hi.", "voice_id": "v", "pitch": 5, "elevenlabs_settings": {}})
    assert {note.field for note in made.lost} == {"pitch", "elevenlabs_settings"}
    assert {note.reason for note in made.lost} == {"The bridge knows no place for it in v3."}


def test_dimensions_are_the_dimension() -> None:
    odd = {**VIDEO, "dimensions": VIDEO["dimension"]}
    del odd["dimension"]
    made = from_json(odd)
    assert made.request == from_json(VIDEO).request
    assert [note.kind for note in made.notes if note.field == "dimensions"] == ["changed"]


def test_numbers_in_quotes_are_numbers() -> None:
    silent = scene(character=None, voice={"type": "silence", "duration": "2.5"})
    made: Any = from_json(silent).request
    assert made.scenes[0].duration == 2.5


def test_older_words_for_translations() -> None:
    old = {**SAMPLES[v2.TranslateVideo], "mode": "quality"}
    made: Any = from_json(old)
    assert made.request.mode == "precision"
    assert [note.field for note in made.notes] == ["mode"]


def test_plain_texts_fill_a_template() -> None:
    old = {
        "variables": {
            "name": "Ann",
            "logo": {"type": "image", "properties": {"url": "https://a.example/i.png"}},
        }
    }
    made: Any = from_json(old, template_id="t1")
    assert made.request.variables["name"].content == "Ann"
    assert [note.field for note in made.notes] == ["variables.name"]
    assert made.path == "/v3/templates/t1"


def test_the_engine_and_strictness_go_through() -> None:
    made = from_json(VIDEO, engine="avatar_iv", strict=True)
    assert isinstance(made.request, AvatarVideo)
    assert json.loads(encode(made.request))["engine"] == {"type": "avatar_iv"}


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ("", "request"),
        (b"\xff", "request"),
        ("[]", "request"),
        ("[" * 100_000, "request"),
        ({"prompt": object}, "request"),
        ({7: 7, "a": 7}, "request"),
        ({**VIDEO, "fps": float("nan")}, "fps"),
        ("7", "request"),
        ({}, "request"),
        ({"video_id": "v"}, "request"),
        ({"type": "studio", "scenes": []}, "type"),
        ({"workflow_type": "FaceSwapNode", "input": {}}, "workflow_type"),
        ({"video_inputs": 7}, "video_inputs"),
        ({"video_inputs": []}, "video_inputs"),
        ({"video_inputs": [{}]}, "video_inputs[0]"),
        (scene(voice={"type": "song"}), "video_inputs[0].voice.type"),
        (scene(voice={"type": "silence"}), "video_inputs[0].voice"),
        (scene(voice="Hi."), "video_inputs[0].voice"),
        ({**VIDEO, "dimension": {"width": 1, "height": 2}}, "dimension.width"),
        ({**VIDEO, "test": "maybe"}, "test"),
        ({"variables": 7}, "variables"),
        ({**VIDEO, "deep": json.loads('{"a":' * 600 + "1" + "}" * 600)}, "request"),
        (
            {"video_inputs": VIDEO["video_inputs"], "aspect_ratio": "9" * 5000 + ":1"},
            "aspect_ratio",
        ),
        ({"video_inputs": VIDEO["video_inputs"], "aspect_ratio": "0:0"}, "aspect_ratio"),
        ({"variables": {"a": 7}}, "variables[...]"),
    ],
    ids=lambda given: str(given)[:40],
)
def test_what_is_wrong_is_named(given: Any, field: str) -> None:
    with pytest.raises(InvalidRequestError) as caught:
        from_json(given)
    assert caught.value.field == field


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)
KEYS = st.sampled_from(
    [*("video_inputs", "variables", "image_key", "prompt", "text", "voice_id"),
     *("dimensions", "mode", "video_url", "type")]
)  # fmt: skip


@settings(deadline=None)
@given(st.dictionaries(KEYS, JSON | st.dictionaries(KEYS, JSON)) | JSON)
def test_whatever_comes_is_migrated_or_refused(given: Any) -> None:
    try:
        made = from_json(given)
    except InvalidRequestError:
        return
    assert encode(made.request).startswith(b"{")
