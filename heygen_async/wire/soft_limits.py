"""What some of HeyGen's pages allow, and others do not: sent all the same, and told before.

What all of them refuse is refused; those limits are in the models.

https://docs.heygen.com/reference/limits
"""

from collections.abc import Callable, Iterator
from typing import Any, Final, cast

import msgspec

from heygen_async.models.base import Record
from heygen_async.wire.calls import AnyCall
from heygen_async.wire.routes.v2 import audio, videos

TEXT_MAX: Final = 1500
"""Most characters of a script, by the stricter pages."""

_SPEED: Final = 1.5
_PITCH: Final = 20
_FILE: Final = 10 * 1024 * 1024


class HeyGenLimitWarning(UserWarning):
    """A value that some of HeyGen's pages allow, and others do not: it may be refused.

    It is given before anything is sent, at the line that awaits the call, and once for each value.
    To silence it: ``warnings.filterwarnings("ignore", category=HeyGenLimitWarning)``; to send
    nothing instead: ``"error"`` in the place of ``"ignore"``.
    """


class Excess(Record):
    """One value over the stricter limit.

    Attributes:
        field: Its path in the request.
        value: What it is.
        limit: What the stricter pages say.
    """

    field: str
    value: str
    limit: str

    def __str__(self) -> str:
        return (
            f"{self.field} is {self.value}: some of HeyGen's pages say {self.limit}, others allow"
            " it; it may be refused"
        )


def excesses(call: AnyCall) -> list[Excess]:
    """The values of a request that are over the stricter limit.

    Args:
        call: What is to be sent; most calls have no such limits.
    """
    limits = _LIMITS.get(call.route.name)
    if limits is None or call.body is None:
        return []
    return list(_search(msgspec.json.decode(call.body), "", limits))


def file_excesses(name: str, size: int) -> list[Excess]:
    """The same for the size of an upload to v1.

    Args:
        name: The file's name.
        size: Bytes.
    """
    if size <= _FILE:
        return []
    return [Excess(field="file", value=f"{name} of {size:,} bytes", limit=f"at most {_FILE:,}")]


_Limit = Callable[[Any], tuple[str, str] | None]


def _text(value: object) -> tuple[str, str] | None:
    if not isinstance(value, str) or len(value) <= TEXT_MAX:
        return None
    return f"{len(value):,} characters long", f"at most {TEXT_MAX:,} characters"


def _speed(value: object) -> tuple[str, str] | None:
    over = isinstance(value, int | float) and value > _SPEED
    return (f"{value}", f"at most {_SPEED}") if over else None


def _pitch(value: object) -> tuple[str, str] | None:
    over = isinstance(value, int | float) and abs(value) > _PITCH
    return (f"{value}", f"-{_PITCH} to {_PITCH}") if over else None


_OF_VIDEOS: Final[dict[str, _Limit]] = {
    "input_text": _text,
    "script": _text,
    "speed": _speed,
    "pitch": _pitch,
}
_LIMITS: Final[dict[str, dict[str, _Limit]]] = {
    videos.V2_VIDEOS_GENERATE.name: _OF_VIDEOS,
    videos.V2_VIDEOS_GENERATE_AV4.name: _OF_VIDEOS,
    videos.V2_VIDEOS_GENERATE_WEBM.name: _OF_VIDEOS,
    audio.V2_AUDIO_TEXT_TO_SPEECH.name: {"speed": _speed},
}


def _search(value: object, path: str, limits: dict[str, _Limit]) -> Iterator[Excess]:
    match value:
        case dict():
            for name, inner in cast("dict[str, object]", value).items():
                where = f"{path}.{name}" if path else name
                found = limits[name](inner) if name in limits else None
                if found is not None:
                    yield Excess(field=where, value=found[0], limit=found[1])
                yield from _search(inner, where, limits)
        case list():
            for index, inner in enumerate(cast("list[object]", value)):
                yield from _search(inner, f"{path}[{index}]", limits)
        case _:
            pass
