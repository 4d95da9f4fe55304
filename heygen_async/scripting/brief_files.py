"""A brief that is written down, as TOML."""

import re
import tomllib
from collections.abc import Iterator
from typing import Final

import msgspec

from heygen_async.errors import InvalidRequestError
from heygen_async.scripting.briefs import Brief, check_brief
from heygen_async.wire.encode import refusal

_STEP: Final = re.compile(r"\.?([^.\[\]]+)(?:\[(\d+)\])?")
_SEVERAL: Final = re.compile(r"\"{3}(?:[^\\]|\\.)*?\"{3}|'{3}.*?'{3}", re.DOTALL)
_HEADER: Final = re.compile(r"\s*\[")


def brief_from_toml(text: str, *, name: str = "the brief") -> Brief:
    """A brief from TOML: the fields of ``Brief``, and a ``[[scenes]]`` table for each scene.

    Args:
        text: The TOML.
        name: Of the file, for errors.

    Raises:
        InvalidRequestError: It is no TOML, or no brief; the hint tells the line.
    """
    try:
        found = tomllib.loads(text)
    except ValueError as problem:  # also a number with too many digits
        raise InvalidRequestError(name, "this text", f"must be TOML ({problem})") from None
    except RecursionError:
        raise InvalidRequestError(name, "this text", "is nested too deeply") from None
    try:
        try:
            brief = msgspec.convert(found, Brief)
        except msgspec.ValidationError as problem:
            raise _refusal(name, found, str(problem)) from None
        check_brief(brief)
    except InvalidRequestError as problem:
        line = _line_of(text, problem.field)
        if line is not None:
            problem.hint = f"See line {line} of {name}."
        raise
    return brief


def _refusal(name: str, found: object, problem: str) -> InvalidRequestError:
    try:
        return refusal(name, found, problem)
    except (RecursionError, ValueError):  # the value is too deep, or too long, to be shown
        return InvalidRequestError(name, "this text", f"is no brief: {problem}")


def _line_of(text: str, path: str) -> int | None:
    """The line of a field such as ``scenes[1].kind``, or of the table that it is missing from."""
    # What stands in a text of several lines is no header.
    lines = _SEVERAL.sub(lambda found: "\n" * found[0].count("\n"), text).splitlines()
    start, end = 0, len(lines)
    found: int | None = None
    for name, index in _STEP.findall(path):
        headers = list(_matching(lines, rf"\s*\[\[?\s*{re.escape(name)}\s*\]", start, end))
        number = int(index or 0)
        if number < len(headers):
            found = headers[number]
            end = next(_matching(lines, _HEADER, found + 1, end), end)
        else:
            first = next(_matching(lines, _HEADER, start, end), end)
            found = next(
                _matching(lines, rf"\s*[\"']?{re.escape(name)}[\"']?\s*=", start, first), found
            )
        if found is not None:
            start = found + 1
    return None if found is None else found + 1


def _matching(
    lines: list[str], pattern: str | re.Pattern[str], start: int, end: int
) -> Iterator[int]:
    return (number for number in range(start, end) if re.match(pattern, lines[number]))
