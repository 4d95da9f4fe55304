"""From JSON to models: whatever is odd about a task must not hide that it is there."""

from functools import cache
from types import UnionType
from typing import Any, Final, TypeVar, Union, get_args, get_origin

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
    if plain is None and get_origin(kind) is list:
        plain = []
    return msgspec.convert(_prepared(plain, kind), kind, dec_hook=_as_it_is)


def _prepared(plain: Any, kind: Any) -> Any:
    """The same in the one form that the models know, of the several that may come."""
    if kind == OutputFile:
        file = fields_of(plain)
        return file.get("uri") or file.get("url") if file else plain
    if get_origin(kind) in (Union, UnionType):
        for each in get_args(kind):  # whichever it is, the others leave it alone
            plain = _prepared(plain, each)
        return plain
    if get_origin(kind) is list and items_of(plain):
        (item,) = get_args(kind)
        return [_prepared(each, item) for each in items_of(plain)]
    if isinstance(kind, type) and issubclass(kind, Reply) and fields_of(plain):
        return _fields(_numbered(plain) if issubclass(kind, Stated) else fields_of(plain), kind)
    return plain


def _fields(fields: dict[str, Any], kind: type[Reply]) -> dict[str, Any]:
    """A model's fields; nothing in the place of one that may be left out is as if it were."""
    return {
        field.encode_name: _prepared(fields[field.encode_name], field.type)
        for field in _fields_of(kind)
        if fields.get(field.encode_name) is not None
        or (field.required and field.encode_name in fields)
    }


@cache
def _fields_of(kind: type[Reply]) -> tuple[msgspec.structs.FieldInfo, ...]:
    return msgspec.structs.fields(kind)


def files_of(output: Reply) -> list[str | None]:
    """What a model holds in its fields for files, those further down included.

    Args:
        output: What an app made.
    """
    found: list[str | None] = []
    for field in _fields_of(type(output)):
        value = getattr(output, field.name)
        if OutputFile in (field.type, *get_args(field.type)):
            found.append(value)
        for inner in items_of(value) or [value]:
            found += files_of(inner) if isinstance(inner, Reply) else []
    return found


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
