"""Requests of every type, made from their own annotations."""

from functools import cache
from typing import Any

import msgspec
from hypothesis import strategies as st
from msgspec import inspect as mi

from heygen_async import models
from heygen_async.models import Request, v2


def request_types() -> list[type[Request]]:
    """Every request that is public."""
    found = {
        value
        for module in (models, v2)
        for value in (getattr(module, name) for name in module.__all__)
        if isinstance(value, type) and issubclass(value, Request) and value is not Request
    }
    return sorted(found, key=lambda kind: kind.__qualname__)


@cache
def fields(kind: type[msgspec.Struct]) -> tuple[mi.Field, ...]:
    info = mi.type_info(kind)
    assert isinstance(info, mi.StructType)
    return info.fields


def is_required(field: mi.Field) -> bool:
    return field.required


def smallest(kind: type[Any]) -> Any:
    """A request with its required fields and no other."""
    return kind(**{f.name: _smallest(f.type) for f in fields(kind) if is_required(f)})


def _smallest(kind: mi.Type) -> Any:  # noqa: C901
    match kind:
        case mi.StrType(pattern=None):
            return "x" * (kind.min_length or 1)
        case mi.StrType(pattern=str(pattern)) if "http" in pattern:
            return "https://x"
        case mi.StrType():
            return "#1a2b3c"
        case mi.IntType():
            return kind.ge or 1
        case mi.FloatType() | mi.AnyType():
            return 1.0
        case mi.BoolType():
            return True
        case mi.ListType():
            return [_smallest(kind.item_type)]
        case mi.TupleType():
            return tuple(map(_smallest, kind.item_types))
        case mi.LiteralType():
            return min(kind.values)
        case mi.UnionType():
            return _smallest(kind.types[0])
        case mi.DictType():
            return {_smallest(kind.key_type): _smallest(kind.value_type)}
        case mi.StructType():
            return smallest(kind.cls)
    raise AssertionError(kind)


@cache  # a strategy is dear to make, and dearer to look through for the first time
def requests(kind: type[Any]) -> st.SearchStrategy[Any]:
    """Any request of a type, within its limits."""
    needed = {f.name: _strategy(f.type) for f in fields(kind) if is_required(f)}
    others = {f.name: _strategy(f.type) for f in fields(kind) if not is_required(f)}
    return st.fixed_dictionaries(needed, optional=others).map(lambda given: kind(**given))


def _strategy(kind: mi.Type) -> st.SearchStrategy[Any]:  # noqa: C901, PLR0912
    match kind:
        case mi.StrType(pattern=None):
            return st.text(
                st.characters(exclude_categories=["Cs"]),
                min_size=kind.min_length or 0,
                max_size=min(kind.max_length or 12, 12),
            )
        case mi.StrType():
            assert kind.pattern is not None
            return st.from_regex(kind.pattern, fullmatch=True).map(str.strip)
        case mi.IntType():
            step = kind.multiple_of or 1
            top = (kind.le or 10**9) // step
            return st.integers(-(-(kind.ge or 0) // step), top).map(lambda n: int(n * step))
        case mi.FloatType():
            low, high = kind.ge, kind.le
            low = kind.gt if low is None else low
            return st.floats(
                low, high, exclude_min=kind.gt is not None, allow_nan=False, allow_infinity=False
            )
        case mi.BoolType():
            return st.booleans()
        case mi.ListType():
            return st.lists(
                _strategy(kind.item_type),
                min_size=kind.min_length or 0,
                max_size=min(kind.max_length or 3, 3),
            )
        case mi.TupleType():
            return st.tuples(*map(_strategy, kind.item_types))
        case mi.LiteralType():
            return st.sampled_from(sorted(kind.values))
        case mi.UnionType():
            return st.one_of([_strategy(part) for part in kind.types])
        case mi.StructType():
            return requests(kind.cls)
        case mi.DictType():
            return st.dictionaries(
                _strategy(kind.key_type),
                _strategy(kind.value_type),
                min_size=kind.min_length or 0,
                max_size=min(kind.max_length or 3, 3),
            )
        case mi.AnyType():
            return st.integers(0, 9)
        case mi.NoneType():
            return st.none()
        case mi.CustomType() if kind.cls is msgspec.UnsetType:
            return st.nothing()
    raise AssertionError(kind)
