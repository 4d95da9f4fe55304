"""Which old request becomes which new one."""

from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple, TypeAlias, cast

import msgspec

from heygen_async.errors import InvalidRequestError
from heygen_async.migration.ledger import Fields, Ledger
from heygen_async.migration.results import Migration, Note, Options
from heygen_async.migration.videos import generate_video
from heygen_async.models.base import Request
from heygen_async.models.v2 import GenerateVideo
from heygen_async.wire.calls import Route
from heygen_async.wire.encode import encode
from heygen_async.wire.routes.videos import VIDEOS_CREATE

Converter: TypeAlias = Callable[[Fields, Options], Request]


class Entry(NamedTuple):
    """One kind of old request.

    Attributes:
        path: Where it went.
        route: Where the new one goes.
        convert: Makes the new one.
    """

    path: str
    route: Route
    convert: Converter


TABLE: Final[dict[type[Request], Entry]] = {
    GenerateVideo: Entry("/v2/video/generate", VIDEOS_CREATE, generate_video),
}
"""By the type of the old request."""


def migrate(
    request: Request, options: Options, *, strict: bool, found: tuple[Note, ...] = ()
) -> Migration[Any]:
    """Turns an old request into a new one.

    Args:
        request: The old one.
        options: What the caller decides.
        strict: Whether to refuse what cannot be kept.
        found: Notes that there are already.
    """
    entry = TABLE.get(type(request))
    if entry is None:
        known = ", ".join(kind.__name__ for kind in TABLE)
        raise InvalidRequestError("request", type(request).__name__, f"must be one of {known}")
    encode(request)
    ledger = Ledger()
    new = entry.convert(ledger.open(request), options)
    ledger.settle()
    encode(new)
    order = {path: place for place, path in enumerate(_paths(request))}
    notes = sorted([*found, *ledger.notes], key=lambda note: order.get(note.field, len(order)))
    ids = {"template_id": options.template_id} if options.template_id else {}
    migration = Migration(
        request=new,
        route=entry.route,
        notes=tuple(notes),
        implied=tuple(sorted(ledger.implied, key=order.__getitem__)),
        ids=ids,
    )
    if strict:
        _refuse_losses(migration)
    return migration


def _refuse_losses(migration: Migration[Any]) -> None:
    for note in migration.lost:
        raise InvalidRequestError(
            note.field, note.value, f"cannot be kept: {note.reason}", hint=note.instead or None
        )


def _paths(value: object, path: str = "") -> Iterator[str]:
    """The paths of everything in a request, in order, whether it is set or not."""
    if path:
        yield path
    match value:
        case msgspec.Struct():
            for name in value.__struct_fields__:
                yield from _paths(getattr(value, name), f"{path}.{name}" if path else name)
        case list():
            for index, each in enumerate(cast("list[object]", value)):
                yield from _paths(each, f"{path}[{index}]")
        case dict():
            for name, each in cast("dict[str, object]", value).items():
                yield from _paths(each, f"{path}.{name}")
        case _:
            pass
