"""Whatever an old request says: the new one says it too, or a note says that it does not."""

from collections.abc import Iterator
from functools import cache
from typing import Any, get_args

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from msgspec import inspect as mi

from heygen_async import Migration, to_v3
from heygen_async.errors import InvalidRequestError
from heygen_async.migration import EngineName
from heygen_async.migration.table import TABLE
from heygen_async.models import Request, v2
from heygen_async.wire.encode import encode
from tests.wire.shapes import requests

KINDS = sorted(TABLE, key=lambda kind: kind.__name__)
ENGINES: st.SearchStrategy[EngineName | None] = st.sampled_from([None, *get_args(EngineName)])

every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
many = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)
SOUNDS = ("script", "audio_url", "audio_asset_id")
FILES = ("url", "asset_id")
EITHER: dict[type[Any], tuple[tuple[str, ...], ...]] = {
    v2.AudioVoice: (("audio_url", "audio_asset_id"),),
    v2.ImageBackground: (("url", "image_asset_id"),),
    v2.VideoBackground: (("url", "video_asset_id"),),
    v2.ImageProperties: (FILES,),
    v2.VideoProperties: (FILES,),
    v2.AudioProperties: (FILES,),
    v2.GenerateAvatarIV: (SOUNDS,),
    v2.GenerateWebm: (("input_text", "input_audio"),),
    v2.CreateAvatarVideo: (("avatar_id", "image_url", "image_asset_id"), SOUNDS),
    v2.TranslateVideo: (("output_language", "output_languages"),),
}
"""Fields of which exactly one is needed."""

NEEDS = {
    "callback_id": "callback_url",
    "fps_mode": "audio_url",
    "srt_role": "srt_url",
    "script": "voice_id",
    "input_text": "voice_id",
}
ADDRESS = "https://example.com/file"


@cache
def old_requests(kind: type[Request]) -> st.SearchStrategy[Any]:
    """Only what the old API would take: the rest is refused, and not migrated."""
    return requests(kind).map(mended).filter(migrates)


def mended(value: Any) -> Any:
    """A request in which fields do not exclude each other, and none is missing."""
    match value:
        case msgspec.Struct():
            found = {name: mended(getattr(value, name)) for name in value.__struct_fields__}
            _choose(found, EITHER.get(type(value), ()))
            return type(value)(**found)
        case list():
            return [mended(each) for each in value]
        case dict():
            return {name: mended(each) for name, each in value.items()}
        case _:
            return value


def _choose(found: dict[str, Any], groups: tuple[tuple[str, ...], ...]) -> None:
    for group in groups:
        kept = next((name for name in group if found[name] is not None), group[0])
        for name in group:
            found[name] = (found[name] or ADDRESS) if name == kept else None
    for name in ("script", "input_text"):
        if found.get(name) is not None:
            found[name] += "!"
    for name, needed in NEEDS.items():
        if found.get(name) is not None and needed in found:
            found[needed] = found[needed] or ADDRESS
    if found.get("config") is not None:  # what is said twice is the same
        found.update(dict.fromkeys(found["config"].__struct_fields__))
    if "url" in found and found["url"] is not None:
        found["url"] = ADDRESS


def migrates(old: Request) -> bool:
    try:
        encode(old)
        to_v3(old)
    except InvalidRequestError:
        return False
    return True


def set_fields(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Everything that is set in a request: structs, lists and leaves."""
    if path and value is not None:
        yield path, value
    match value:
        case msgspec.Struct():
            for name in value.__struct_fields__:
                yield from set_fields(getattr(value, name), f"{path}.{name}" if path else name)
        case list():
            for index, each in enumerate(value):
                yield from set_fields(each, f"{path}[{index}]")
        case dict():
            for name, each in value.items():
                yield from set_fields(each, f"{path}.{name}")
        case _:
            pass


def words(kind: mi.Type) -> frozenset[str]:
    """All words that fields of a type may choose from."""
    match kind:
        case mi.LiteralType(values=values):
            return frozenset(map(str, values))
        case mi.UnionType(types=types):
            return frozenset().union(*map(words, types))
        case mi.StructType(fields=fields):
            return frozenset().union(*(words(field.type) for field in fields))
        case mi.ListType(item_type=inner) | mi.DictType(value_type=inner):
            return words(inner)
        case _:
            return frozenset()


@cache
def words_of(kind: type[Request]) -> tuple[str, ...]:
    return tuple(sorted(words(mi.type_info(kind))))


def others(kind: type[Request], value: Any) -> list[Any]:
    """Other values for a field, some of which may be good."""
    match value:
        case bool():
            return [not value, None]
        case str():
            return [f"{value}x", "", *words_of(kind), None]
        case int() | float():
            return [value + 2, value - 2, value / 2, None]
        case _:
            return [None]


def replaced(value: Any, path: str, new: Any) -> Any:
    """A copy of a request in which one field is another."""
    name, _, rest = path.replace("[", ".").replace("]", "").lstrip(".").partition(".")
    match value:
        case msgspec.Struct():
            inner = replaced(getattr(value, name), rest, new) if rest else new
            return msgspec.structs.replace(value, **{name: inner})
        case list():
            copy = list(value)
            copy[int(name)] = replaced(copy[int(name)], rest, new) if rest else new
            return copy
        case dict():
            return {**value, name: replaced(value[name], rest, new) if rest else new}
    raise AssertionError(value)


def told(migration: Migration[Any], path: str) -> bool:
    """Whether a field, or what it is in, is named."""
    named = {*migration.implied, *(note.field for note in migration.notes)}
    return any(path == each or path.startswith((f"{each}.", f"{each}[")) for each in named)


def counts(old: Request, path: str, value: Any, engine: Any) -> bool:
    """Whether another value at a path makes another request; True where none can be there."""
    before = to_v3(old, engine=engine).request
    tried = False
    for other in others(type(old), value):
        try:
            after = to_v3(replaced(old, path, other), engine=engine).request
        except InvalidRequestError:
            continue
        if after != before:
            return True
        tried = tried or other != value
    return not tried


@every_kind
@many
@given(data=st.data())
def test_every_field_is_carried_over_or_named(kind: type[Request], data: st.DataObject) -> None:
    old, engine = data.draw(old_requests(kind)), data.draw(ENGINES)
    migration = to_v3(old, engine=engine)
    for path, value in set_fields(old):
        if isinstance(value, msgspec.Struct | list | dict):
            continue
        assert told(migration, path) or counts(old, path, value, engine), (path, value)


@every_kind
@many
@given(data=st.data())
def test_what_comes_out_can_be_sent_and_is_the_same_again(
    kind: type[Request], data: st.DataObject
) -> None:
    old, engine = data.draw(old_requests(kind)), data.draw(ENGINES)
    migration = to_v3(old, engine=engine)
    body = encode(migration.request)
    again = to_v3(msgspec.convert(msgspec.to_builtins(old), kind), engine=engine)
    assert encode(again.request) == body
    assert again == migration
    assert len(set(migration.implied)) == len(migration.implied)
    assert not set(migration.implied) & {note.field for note in migration.lost}
    for note in migration.notes:
        assert note.reason.endswith(".")
        assert note.instead == "" or note.instead.endswith(".")
        assert "\n" not in str(note)


@every_kind
@many
@given(data=st.data())
def test_strict_refuses_what_is_lost_and_nothing_else(
    kind: type[Request], data: st.DataObject
) -> None:
    old = data.draw(old_requests(kind))
    migration = to_v3(old)
    if not migration.lost:
        assert to_v3(old, strict=True) == migration
        return
    with pytest.raises(InvalidRequestError) as caught:
        to_v3(old, strict=True)
    assert caught.value.field == migration.lost[0].field
