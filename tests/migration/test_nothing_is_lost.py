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
ENGINES: st.SearchStrategy[EngineName] = st.sampled_from(get_args(EngineName))

every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
many = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)
EITHER: dict[type[Any], tuple[str, ...]] = {
    v2.AudioVoice: ("audio_url", "audio_asset_id"),
    v2.ImageBackground: ("url", "image_asset_id"),
    v2.VideoBackground: ("url", "video_asset_id"),
}
"""Fields of which exactly one is needed."""


@cache
def old_requests(kind: type[Request]) -> st.SearchStrategy[Any]:
    """Only what v2 would take, with something to say: the rest is refused, and not migrated."""
    return requests(kind).map(mended).filter(migrates)


def mended(value: Any) -> Any:
    match value:
        case msgspec.Struct():
            names = value.__struct_fields__
            found = {name: mended(getattr(value, name)) for name in names}
            given = [name for name in EITHER.get(type(value), ()) if found[name] is not None]
            for name in EITHER.get(type(value), ()):
                found[name] = None
            for name in given[:1] or EITHER.get(type(value), ())[:1]:
                found[name] = getattr(value, name) or "https://example.com/file"
            for name in {"input_text", "script"} & set(names):
                found[name] = found[name] and f"{found[name]}!"
            if found.get("callback_id") is not None:
                found["callback_url"] = found["callback_url"] or "https://example.com/hook"
            return type(value)(**found)
        case list():
            return [mended(each) for each in value]
        case dict():
            return {name: mended(each) for name, each in value.items()}
        case _:
            return value


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
