"""Break tags: how long to pause where, and tags that are written as HeyGen takes them."""

from typing import Final

from heygen_async.errors import InvalidRequestError
from heygen_async.wire.speech import breaks

LONGEST: Final = 2.0
"""Seconds after which a pause sounds like a fault."""

PAUSES: Final = {
    "breath": 0.4,
    "list item": 0.5,
    "before a key point": 0.5,
    "sentence": 0.75,
    "greeting": 0.75,
    "question": 1.0,
    "section": 1.25,
    "reveal": 1.75,
}
"""Seconds to pause after what is named, or before it: the middle of what HeyGen's guide says."""


def pause(seconds: float | str) -> str:
    """A break tag.

    Only voices with ``support_pause`` keep to it. A tag needs a space on either side.

    Args:
        seconds: How long, above 0; or one of ``PAUSES`` by name.

    Raises:
        InvalidRequestError: There is no such pause, or the number is not above 0.
    """
    if isinstance(seconds, str):
        if seconds not in PAUSES:
            raise InvalidRequestError("seconds", seconds, f"must be one of {', '.join(PAUSES)}")
        seconds = PAUSES[seconds]
    if not 0 < seconds < float("inf"):
        raise InvalidRequestError("seconds", seconds, "must be a number above 0")
    return f'<break time="{_number(seconds)}s"/>'


def mend_breaks(script: str) -> str:
    """Writes every break tag as HeyGen takes it: in seconds, closed, with a space on either side.

    A tag that says no time, or none above 0, stays as it is: ``check_script`` tells it.

    Args:
        script: The script.
    """
    parts: list[str] = []
    done = 0
    for tag in breaks(script):
        if not tag.seconds:
            continue
        parts += [_spaced(script[done : tag.start], first=not parts), pause(tag.seconds)]
        done = tag.end
    rest = script[done:]
    if parts and rest and not rest[0].isspace():
        parts.append(" ")
    return "".join([*parts, rest])


def _spaced(between: str, *, first: bool) -> str:
    """What lies before a tag, with a space at the ends that touch one."""
    if not between:
        return "" if first else " "
    before = "" if first or between[0].isspace() else " "
    after = "" if between[-1].isspace() else " "
    return f"{before}{between}{after}"


def _number(seconds: float) -> str:
    # Never below a millisecond, and never with an exponent.
    return f"{max(seconds, 0.001):.3f}".rstrip("0").rstrip(".")
