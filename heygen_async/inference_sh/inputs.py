"""Files within an app's input: found by its schema, never by what a text looks like. Pure."""

import math
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeAlias, cast

import msgspec

from heygen_async.errors import InvalidRequestError
from heygen_async.inference_sh.local import LocalFile, as_file, is_data, is_local
from heygen_async.inference_sh.plain import fields_of, items_of
from heygen_async.inference_sh.schemas import Schema

Place: TypeAlias = tuple[str | int, ...]
"""Where something is: the names and the numbers on the way to it."""


class FoundFile(NamedTuple):
    """A file within an input.

    Attributes:
        place: Where it is.
        file: What to upload.
    """

    place: Place
    file: LocalFile


_BYTES: Final = (bytes, bytearray, memoryview)


def as_json(value: Any, place: Place = ()) -> Any:
    """What was given, in the forms of JSON: fields, lists, texts, numbers. Files stay files.

    Args:
        value: The input, or a part of it.
        place: Where it is.

    Raises:
        InvalidRequestError: JSON has no word for something.
    """
    match value:
        case None | bool():
            return value
        case float():
            if not math.isfinite(value):
                raise InvalidRequestError(shown(place), value, "must be a finite number")
            return value
        case _ if is_local(value):
            return value
        case Mapping():
            fields = cast("Mapping[str, Any]", value).items()
            return {_name(name, place): as_json(inner, (*place, name)) for name, inner in fields}
        case list() | tuple() | set() | frozenset():
            items = enumerate(cast("Iterable[Any]", value))
            return [as_json(inner, (*place, index)) for index, inner in items]
        case msgspec.Struct():
            return as_json(_on_the_wire(value), place)
        case _:
            return _builtin(value, place)


def _name(name: object, place: Place) -> str:
    if not isinstance(name, str):
        raise InvalidRequestError(shown(place), name, "must have texts for its names")
    return name


def _builtin(value: object, place: Place) -> Any:
    """What else JSON has a form for: an enum, a date, a dataclass."""
    try:
        made = msgspec.to_builtins(value, builtin_types=_BYTES)
    except (TypeError, ValueError):
        raise InvalidRequestError(shown(place), value, "has no form in JSON") from None
    return made if isinstance(made, str | int) else as_json(made, place)


def fields_given(value: msgspec.Struct) -> dict[str, Any]:
    """The fields of an object, but for those that were left out."""
    return {
        field.name: each
        for field in msgspec.structs.fields(value)
        if (each := getattr(value, field.name)) is not None or field.required
    }


def _on_the_wire(value: msgspec.Struct) -> dict[str, Any]:
    """An object's fields by their names on the wire, with what tells its type among others."""
    config, names = value.__struct_config__, type(value).__struct_encode_fields__
    wire = dict(zip(type(value).__struct_fields__, names, strict=True))
    tag = {config.tag_field: config.tag} if config.tag_field else {}
    return tag | {wire[name]: each for name, each in fields_given(value).items()}


def holds_files(value: object) -> bool:
    """Whether something has to be uploaded, if the schema allows it.

    Args:
        value: An input ``as_json``, or a part of it.
    """
    inner = [*fields_of(value).values(), *items_of(value)]
    return any(map(holds_files, inner)) or is_local(value) or is_data(value)


def find_files(value: Any, schema: Schema, place: Place = ()) -> list[FoundFile]:
    """Every file within an input.

    Args:
        value: An input ``as_json``, or a part of it.
        schema: What the app says about it.
        place: Where it is.

    Raises:
        InvalidRequestError: There is a file in a field that the schema does not call one, or a
            text that is no address in one that it does.
    """
    found: list[FoundFile] = []
    for name, inner in fields_of(value).items():
        found += find_files(inner, schema.field(name), (*place, name))
    for index, inner in enumerate(items_of(value)):
        found += find_files(inner, schema.item(index), (*place, index))
    if schema.is_file:
        file = as_file(value, shown(place))
        found += [] if file is None else [FoundFile(place, file)]
    elif is_local(value):
        raise InvalidRequestError(
            shown(place),
            value if isinstance(value, Path) else type(value).__name__,
            "is no field for a file",
            hint="If it takes an address, upload the file first: inference.files.upload.",
        )
    return found


def placed(value: Any, addresses: Mapping[Place, str], place: Place = ()) -> Any:
    """The input with addresses in the places of its files; what was given stays as it is.

    Args:
        value: An input ``as_json``, or a part of it.
        addresses: What to put where.
        place: Where it is.
    """
    if place in addresses:
        return addresses[place]
    if fields := fields_of(value):
        return {name: placed(inner, addresses, (*place, name)) for name, inner in fields.items()}
    if items := items_of(value):
        return [placed(each, addresses, (*place, index)) for index, each in enumerate(items)]
    return value


def shown(place: Place) -> str:
    """A place as it is written: ``scenes[0].image``."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place)
    return text.removeprefix(".") or "input"
