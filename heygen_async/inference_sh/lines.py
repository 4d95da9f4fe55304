"""What a line of a task's stream means. Pure: bytes in, a piece of news out."""

from typing import Any, Final, TypeAlias

import msgspec

from heygen_async.inference_sh.models import Task
from heygen_async.inference_sh.plain import decode, fields_of
from heygen_async.models.base import Record
from heygen_async.wire.streams import ServerEvent


class Heartbeat(Record):
    """The stream is alive, and there is nothing to say."""


class News(Record):
    """Fields of the task: all of them, or those that changed.

    Attributes:
        fields: By their names.
    """

    fields: dict[str, Any]


class Ending(Record):
    """The stream says that nothing more will come, or that it cannot go on."""


class Noise(Record):
    """Nothing of ours: garbage, tokens of a language model, an event of tomorrow."""


Line: TypeAlias = Heartbeat | News | Ending | Noise

_OWN: Final = frozenset({"message", "update", "task"})
_OF_A_PROBLEM: Final = frozenset({"title", "detail", "message", "success"})
_OF_A_TASK: Final = frozenset({*Task.__struct_fields__, "status_text"} - {"id", "raw"})


def read_line(event: ServerEvent) -> Line:
    """What came, as a line of JSON or as a server-sent event.

    Args:
        event: A line has no name; an event of SSE may have one.
    """
    try:
        fields = fields_of(decode(event.data))
    except msgspec.DecodeError:
        fields = {}
    name = fields.get("event")
    if event.event == "message" and isinstance(name, str):
        # A line that says itself what server-sent events say outside of their data.
        return _named(name, fields)
    return _named(event.event, fields)


def _named(name: str, fields: dict[str, Any]) -> Line:
    if name in {"done", "error"}:
        return Ending()
    if name == "heartbeat":
        return Heartbeat()
    whole = fields_of(fields.get("data")) or fields
    if name in _OWN or {"id", "status"} <= whole.keys():
        return _unnamed(fields)
    return Noise()


def _unnamed(fields: dict[str, Any], *, wrapped: bool = False) -> Line:
    if fields.get("type") == "heartbeat":
        return Heartbeat()
    if data := fields_of(fields.get("data")):
        # With `fields` beside it only what changed, without it all of the task.
        return _unnamed(data, wrapped=True)
    if "id" not in fields and _is_problem(fields):
        return Ending()  # its `status` is that of HTTP, and never a task's
    if ("id" in fields or wrapped) and fields.keys() & _OF_A_TASK:
        return News(fields=fields)
    return Noise()


def _is_problem(fields: dict[str, Any]) -> bool:
    return bool(fields.keys() & _OF_A_PROBLEM) or "/errors/" in str(fields.get("type"))
