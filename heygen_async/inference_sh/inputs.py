"""Files within an app's input: found by its schema, never by what a text looks like. Pure."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias, cast

from heygen_async.errors import InvalidRequestError
from heygen_async.inference_sh.local import LocalFile, as_file, is_data, is_local
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


def holds_files(value: object) -> bool:
    """Whether something has to be uploaded, if the schema allows it."""
    match value:
        case Mapping():
            return any(map(holds_files, cast("Mapping[str, Any]", value).values()))
        case list() | tuple():
            return any(map(holds_files, cast("list[Any]", value)))
        case _:
            return is_local(value) or is_data(value)


def find_files(value: Any, schema: Schema, place: Place = ()) -> list[FoundFile]:
    """Every file within an input.

    Args:
        value: The input, or a part of it.
        schema: What the app says about it.
        place: Where it is.

    Raises:
        InvalidRequestError: There is a file in a field that the schema does not call one, or a
            text that is no address in one that it does.
    """
    found: list[FoundFile] = []
    match value:
        case Mapping():
            for name, inner in cast("Mapping[str, Any]", value).items():
                found += find_files(inner, schema.field(name), (*place, name))
        case list() | tuple():
            for index, inner in enumerate(cast("list[Any]", value)):
                found += find_files(inner, schema.item(index), (*place, index))
        case _ if schema.is_file:
            file = as_file(value, shown(place))
            found += [] if file is None else [FoundFile(place, file)]
        case _ if is_local(value):
            raise InvalidRequestError(
                shown(place),
                value if isinstance(value, Path) else type(value).__name__,
                "is no field for a file",
                hint="If it takes an address, upload the file first: inference.files.upload.",
            )
        case _:
            pass
    return found


def placed(value: Any, addresses: Mapping[Place, str], place: Place = ()) -> Any:
    """The input with addresses in the places of its files; what was given stays as it is.

    Args:
        value: The input, or a part of it.
        addresses: What to put where.
        place: Where it is.
    """
    if place in addresses:
        return addresses[place]
    match value:
        case Mapping():
            fields = cast("Mapping[str, Any]", value).items()
            return {name: placed(inner, addresses, (*place, name)) for name, inner in fields}
        case list() | tuple():
            items = enumerate(cast("list[Any]", value))
            return [placed(inner, addresses, (*place, index)) for index, inner in items]
        case _:
            return value


def shown(place: Place) -> str:
    """A place as it is written: ``scenes[0].image``."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place)
    return text.removeprefix(".") or "input"
