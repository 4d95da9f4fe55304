"""From JSON to models: whatever is odd about a task must not hide that it is there."""

from typing import Any, Final, TypeVar, get_origin

import msgspec

from heygen_async.inference_sh.models import OutputFile, Stated, Task
from heygen_async.inference_sh.plain import fields_of, items_of
from heygen_async.inference_sh.statuses import StatusScheme, read_status

T = TypeVar("T")


def converted(plain: Any, kind: type[T]) -> T:
    """What came, as one of these models or of a caller's own types.

    Args:
        plain: Decoded JSON.
        kind: The type to make of it.

    Raises:
        msgspec.ValidationError: It does not fit.
    """
    if isinstance(kind, type) and issubclass(kind, Stated):
        plain = _numbered(plain)
    elif plain is None and get_origin(kind) is list:
        plain = []
    return msgspec.convert(plain, kind, dec_hook=_decoded)


def task_of(raw: dict[str, Any], scheme: StatusScheme = "current") -> Task[Any]:
    """A task of what came, however little of it is as it should be.

    Args:
        raw: The fields; ``id`` has to be there.
        scheme: How to take a status that is a number without a word.

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
        status=read_status(raw.get("status"), raw.get("status_text"), scheme=scheme),
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


def _decoded(kind: Any, value: object) -> Any:
    """Hands msgspec what it does not know by itself."""
    if kind is not OutputFile:
        return value  # msgspec looks whether it is one
    match value:
        case {"uri": str(address)} | {"url": str(address)} | str(address) if address:
            return OutputFile(address)
        case _:
            raise ValueError("Expected the address of a file")
