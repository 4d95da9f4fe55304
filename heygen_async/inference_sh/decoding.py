"""From JSON to models: whatever is odd about a task must not hide that it is there."""

from functools import cache
from typing import Any, Final, TypeVar, get_args, get_origin

import msgspec

from heygen_async.inference_sh.models import OutputFile, Stated, Task
from heygen_async.inference_sh.plain import fields_of, items_of
from heygen_async.inference_sh.statuses import read_status
from heygen_async.models.base import Reply

T = TypeVar("T")


def converted(plain: Any, kind: type[T]) -> T:
    """What came, as one of these models or of a caller's own types.

    Args:
        plain: Decoded JSON.
        kind: The type to make of it.

    Raises:
        msgspec.ValidationError: It does not fit.
    """
    return msgspec.convert(_prepared(plain, kind), kind, dec_hook=_as_it_is)


def _prepared(plain: Any, kind: Any) -> Any:
    """The same in the one form that the models know, of the several that may come."""
    if get_origin(kind) is list:
        (item,) = get_args(kind)
        items = items_of([] if plain is None else plain)
        return [_prepared(each, item) for each in items] or plain or []
    fields = fields_of(plain)
    if not fields or not isinstance(kind, type) or not issubclass(kind, Reply):
        return plain
    return _numbered(fields) if issubclass(kind, Stated) else {**fields, **_addresses(fields, kind)}


def _addresses(fields: dict[str, Any], kind: type[Reply]) -> dict[str, Any]:
    told = {name: fields_of(fields.get(name)) for name in _files_of(kind)}
    return {name: file.get("uri") or file.get("url") for name, file in told.items() if file}


@cache
def _files_of(kind: Any) -> tuple[str, ...]:
    """The fields of a model that hold the address of a file."""
    fields = msgspec.structs.fields(kind)
    return tuple(f.name for f in fields if OutputFile in (f.type, *get_args(f.type)))


def task_of(raw: dict[str, Any]) -> Task[Any]:
    """A task of what came, however little of it is as it should be.

    Args:
        raw: The fields; ``id`` has to be there.

    Raises:
        msgspec.ValidationError: There is no id.
    """
    numbered = _numbered(raw)
    known: dict[str, Any] = {}
    for name, kind in _FIELDS.items():
        value = numbered.get(name)
        if value is not None:
            try:
                known[name] = msgspec.convert(value, kind)
            except msgspec.ValidationError:
                if name == "id":
                    raise
    if not known.get("id"):
        raise msgspec.ValidationError("Object missing required field `id`")
    error = raw.get("error") or ""
    return Task(
        **known,
        output=raw.get("output"),
        status=read_status(raw.get("status"), raw.get("status_text")),
        error=error if isinstance(error, str) else msgspec.json.encode(error).decode(),
        raw=raw,
    )


_APART: Final = {"raw", "output", "status", "error"}
_FIELDS: Final[dict[str, Any]] = {
    field.name: field.type for field in msgspec.structs.fields(Task) if field.name not in _APART
}


def _numbered(plain: Any) -> Any:
    """The same with every state as a number of today, whether it came as one or as a word."""
    fields = fields_of(plain)
    if not fields:
        return plain
    changed = {
        **fields,
        "status": int(read_status(fields.get("status"), fields.get("status_text"))),
    }
    if isinstance(fields.get("events"), list):
        changed["events"] = [_numbered(event) for event in items_of(fields["events"])]
    return changed


def _as_it_is(_: Any, value: object) -> Any:
    """For types that msgspec does not know: it looks itself whether the value is one."""
    return value
