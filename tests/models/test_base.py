"""Requests are strict, replies are lenient, and new words survive."""

import copy
import json
import pickle
import pkgutil
from importlib import import_module
from typing import Any, get_args, get_origin, get_type_hints

import msgspec
import pytest
from hypothesis import given, strategies as st

from heygen_async import models
from heygen_async.models import OpenEnum, Reply, Request, Video, VideoStatus, preview, v2
from heygen_async.models.base import Record


def public(root: type) -> list[type]:
    return [
        value
        for module in (models, v2)
        for value in (getattr(module, name) for name in module.__all__)
        if isinstance(value, type) and issubclass(value, root) and value is not root
    ]


BASES = {
    "translations.TranslationOptions",
    "videos.SpokenVideo",
}  # what others are built on, and nobody writes
REQUESTS: list[Any] = public(Request)
REPLIES: list[Any] = public(Reply)
WORDS: list[Any] = public(OpenEnum)


def ids(kind: type) -> str:
    return kind.__name__


def least(kind: Any) -> Any:
    """The least that a required field takes, as JSON has it."""
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        fields = msgspec.structs.fields(kind)
        return {field.name: least(field.type) for field in fields if field.required}
    if get_origin(kind) is list:
        return []
    return 1 if kind in (int, float) else "x"


def test_there_is_something_to_test() -> None:
    assert len(REQUESTS) > 30
    assert len(REPLIES) > 20
    assert len(WORDS) >= 9


@pytest.mark.parametrize("module", [v2, preview])
def test_public_names_are_unique_and_complete(module: Any) -> None:
    assert len(module.__all__) == len(set(module.__all__))
    defined = {
        name
        for name, value in vars(module).items()
        if isinstance(value, type) and issubclass(value, msgspec.Struct | OpenEnum)
    }
    assert defined <= set(module.__all__)


def test_every_request_and_reply_of_v3_is_public() -> None:
    names = {
        f"{module.name.rpartition('.')[2]}.{name}"
        for module in pkgutil.iter_modules(models.__path__, "heygen_async.models.")
        if not module.ispkg and not module.name.endswith((".base", ".files"))
        for name, value in vars(import_module(module.name)).items()
        if isinstance(value, type) and value.__module__ == module.name
        if issubclass(value, Request | Reply) and not name.startswith("_")
    }
    assert {name for name in names if name.rpartition(".")[2] not in models.__all__} == BASES


@pytest.mark.parametrize("kind", REQUESTS, ids=ids)
def test_requests_refuse_fields_they_do_not_know(kind: Any) -> None:
    config = kind.__struct_config__
    assert config.forbid_unknown_fields
    assert config.omit_defaults
    assert config.frozen
    with pytest.raises(TypeError, match=r"(?i)unexpected keyword"):
        kind(brand_new_field=1)


@pytest.mark.parametrize("kind", REPLIES, ids=ids)
def test_replies_ignore_fields_they_do_not_know(kind: Any) -> None:
    config = kind.__struct_config__
    assert not config.forbid_unknown_fields
    assert config.frozen
    assert not config.gc
    required = {
        field.name: least(field.type) for field in msgspec.structs.fields(kind) if field.required
    }
    body = json.dumps(required | {"brand_new_field": {"deep": [1]}})
    decoded = msgspec.json.decode(body, type=kind)
    assert not hasattr(decoded, "brand_new_field")
    for name, value in required.items():
        if not isinstance(value, dict):
            assert getattr(decoded, name) == value


@pytest.mark.parametrize("kind", [*REQUESTS, *REPLIES], ids=ids)
def test_every_field_is_keyword_only(kind: Any) -> None:
    if msgspec.structs.fields(kind):
        with pytest.raises(TypeError):
            kind("positional")
    assert kind.__match_args__ == ()


@pytest.mark.parametrize("kind", REPLIES, ids=ids)
def test_few_fields_of_a_reply_are_needed(kind: Any) -> None:
    required = [field.name for field in msgspec.structs.fields(kind) if field.required]
    assert len(required) <= 3, required


@pytest.mark.parametrize("kind", REQUESTS, ids=ids)
def test_a_default_of_a_request_is_nothing(kind: Any) -> None:
    for field in msgspec.structs.fields(kind):
        # A default is what is not sent; UNSET where null is a word of its own.
        nothing = field.default in (None, msgspec.UNSET, False)
        assert field.required or nothing or field.default_factory in (list, dict), field.name


@pytest.mark.parametrize("kind", [*REQUESTS, *REPLIES], ids=ids)
def test_every_field_is_told_in_the_docstring(kind: Any) -> None:
    doc = kind.__doc__
    for field in msgspec.structs.fields(kind):
        if field.name in vars(kind).get("__annotations__", {}):
            assert f"        {field.name}: " in doc or f"    {field.name}: " in doc, field.name


def test_records_are_frozen_and_keyword_only() -> None:
    class Fact(Record):
        number: int

    fact = Fact(number=1)
    with pytest.raises(AttributeError):
        fact.number = 2  # type: ignore[misc]
    with pytest.raises(TypeError):
        Fact(1)  # type: ignore[misc]


@pytest.mark.parametrize("words", WORDS, ids=ids)
def test_known_words_are_known(words: Any) -> None:
    for word in words:
        assert word.is_known
        assert words(word.value) is word
        assert msgspec.json.decode(msgspec.json.encode(word.value), type=words) is word


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_word_survives_the_way_in_and_out(text: str) -> None:
    word = msgspec.json.decode(msgspec.json.encode(text), type=VideoStatus)
    assert isinstance(word, VideoStatus)
    assert word == text
    assert str(word) == text
    assert hash(word) == hash(text)
    assert f"{word}" == text
    assert word.is_known == (text in [known.value for known in VideoStatus])
    assert msgspec.json.decode(msgspec.json.encode(word)) == text
    assert pickle.loads(pickle.dumps(word)) == text  # noqa: S301
    assert copy.deepcopy(word) == text
    assert VideoStatus(text) == word


@pytest.mark.parametrize("text", ["WAITING", "UNKNOWN_x", "__members__", "name", "mro", ""])
def test_a_word_like_a_name_of_the_class_is_still_unknown(text: str) -> None:
    assert not VideoStatus(text).is_known
    assert VideoStatus(text) == text


def test_unknown_words_do_not_pile_up_on_the_class() -> None:
    before = len(VideoStatus.__members__), len(VideoStatus._value2member_map_)
    for number in range(1000):
        VideoStatus(f"invented {number}")
    assert (len(VideoStatus.__members__), len(VideoStatus._value2member_map_)) == before


def test_an_unknown_word_shows_that_it_is_one() -> None:
    assert repr(VideoStatus("moderating")) == "<VideoStatus.UNKNOWN_moderating: 'moderating'>"


@pytest.mark.parametrize("value", [None, 7, b"waiting", 1.5, ["waiting"]])
def test_what_is_no_text_is_no_word(value: object) -> None:
    with pytest.raises(ValueError, match="not a valid VideoStatus"):
        VideoStatus(value)


def test_an_unknown_word_inside_of_a_reply_reaches_the_caller() -> None:
    video = msgspec.json.decode(b'{"id":"v","status":"moderating"}', type=Video)
    assert video.status == "moderating"
    assert not video.status.is_known
    assert json.loads(msgspec.json.encode(video))["status"] == "moderating"


def test_replies_can_be_pickled_and_copied() -> None:
    video = Video(id="v", status=VideoStatus("moderating"), duration=1.5)
    assert pickle.loads(pickle.dumps(video)) == video  # noqa: S301
    assert copy.deepcopy(video) == video


def test_lists_of_replies_are_not_shared() -> None:
    one = models.AvatarLook(id="a")
    one.tags.append("x")
    assert models.AvatarLook(id="b").tags == []


@pytest.mark.parametrize("quota", [0, 60, 90])
def test_a_quota_is_sixty_times_the_credits(quota: int) -> None:
    assert v2.Quota(remaining_quota=quota).credits == quota / 60


@pytest.mark.parametrize("alias", [models.CreateVideo, models.CreateAvatar, models.AssetInput])
def test_unions_of_requests_are_told_apart_by_their_tags(alias: Any) -> None:
    kinds = get_args(alias)
    tags = {kind.__struct_config__.tag for kind in kinds}
    assert len(tags) == len(kinds)
    assert {kind.__struct_config__.tag_field for kind in kinds} == {"type"}
    for kind in kinds:
        assert get_type_hints(kind)
