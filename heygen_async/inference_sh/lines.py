"""What a line of a task's stream means. Pure: bytes in, a piece of news out."""

from typing import Any, Final, TypeAlias

import msgspec

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
_OF_A_PROBLEM: Final = frozenset({"title", "detail"})


def read_line(event: ServerEvent) -> Line:
    """What came, as a line of JSON or as a server-sent event.

    Args:
        event: A line has no name; an event of SSE may have one.
    """
    try:
        fields = fields_of(decode(event.data))
    except msgspec.DecodeError:
        fields = {}
    if event.event in {"done", "error"}:
        return Ending()
    if event.event not in _OWN:
        return Heartbeat() if event.event == "heartbeat" else Noise()
    return _named(fields) if isinstance(fields.get("event"), str) else _unnamed(fields)


def _named(fields: dict[str, Any]) -> Line:
    """A line that says what it is in its ``event``."""
    name = fields["event"]
    if name in {"done", "error"}:
        return Ending()
    if name in _OWN:
        return _unnamed(fields_of(fields.get("data")))
    return Heartbeat() if name == "heartbeat" else Noise()


def _unnamed(fields: dict[str, Any]) -> Line:
    if fields.get("type") == "heartbeat":
        return Heartbeat()
    if data := fields_of(fields.get("data")):
        # Wrapped: with `fields` only what changed, without it all of the task.
        return _unnamed(data)
    if not fields:
        return Noise()
    if "id" not in fields and fields.keys() & _OF_A_PROBLEM:
        return Ending()  # problem+json; its `status` is that of HTTP, and never a task's
    return News(fields=fields)
