"""`heygen-async migrate`: requests of v1 and v2 as JSON in, those of v3 out."""

from collections.abc import Iterator
from typing import Any, cast

import msgspec

from heygen_async.cli import failures
from heygen_async.cli.console import say
from heygen_async.cli.reading import STDIO, read
from heygen_async.cli.writing import target_of, write
from heygen_async.errors import HeyGenError, InvalidRequestError
from heygen_async.migration import EngineName, Migration, from_json
from heygen_async.migration.text import decoded
from heygen_async.wire.encode import encode


def migrate(
    source: str,
    *,
    output: str = STDIO,
    engine: EngineName | None = None,
    template_id: str | None = None,
    strict: bool = False,
    lines: bool = False,
    force: bool = False,
) -> int:
    """Migrates all requests of a file, or none.

    Args:
        source: A file with one request, a list of them, or one in each line; ``-`` is stdin.
        output: Where the new requests go; ``-`` is stdout. Notes go to stderr.
        engine: For avatars whose old request names none; Avatar III when left out.
        template_id: The template of requests that fill one.
        strict: Write nothing when anything would be lost.
        lines: Write one request in each line, rather than an object or a list.
        force: Write over a file that is there.

    Returns:
        The exit code.

    Raises:
        ConfigError: The file cannot be read, or the output is there already.
        InvalidRequestError: Something in the file is no request that can be migrated.
        TargetError: The output cannot be written.
    """
    target = target_of(output, force=force)
    found = _parsed(read(source))
    alone = isinstance(found, dict)
    requests: list[Any] = [found] if isinstance(found, dict) else found
    made = [
        _one(each, "" if alone else f"request {number}: ", engine, template_id)
        for number, each in enumerate(requests, 1)
    ]
    for number, migration in enumerate(made, 1):
        _tell(migration, "" if alone else f"{number}: ")
    if strict and any(migration.lost for migration in made):
        say("nothing is written: not everything can be kept (--strict)")
        return failures.SOME_FAILED
    shown = [_plain(migration) for migration in made]
    text = "\n".join(_json(each) for each in shown) if lines else _pretty(shown, alone=alone)
    write(target, text, force=force)
    return failures.OK


def _parsed(text: bytes) -> dict[str, Any] | list[Any]:
    """One request, or many: a list, or one in each line."""
    try:
        found: Any = decoded(text)
    except ValueError as problem:
        numbered = [(n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip()]
        if len(numbered) < 2 or not numbered[0][1].rstrip().endswith(b"}"):  # noqa: PLR2004
            raise InvalidRequestError("file", "this text", f"must be JSON ({problem})") from None
        return list(_lines(numbered))
    if not isinstance(found, dict | list) or not found:
        raise InvalidRequestError(
            "file", cast("object", found), "must hold a request, or a list of requests"
        )
    return cast("dict[str, Any] | list[Any]", found)


def _lines(numbered: list[tuple[int, bytes]]) -> Iterator[Any]:
    for number, line in numbered:
        try:
            yield decoded(line)
        except ValueError as problem:
            limit = f"must be JSON ({problem})"
            raise InvalidRequestError(f"line {number}", "this text", limit) from None


def _one(
    data: Any, place: str, engine: EngineName | None, template_id: str | None
) -> Migration[Any]:
    try:
        return from_json(data, engine=engine, template_id=template_id)
    except HeyGenError as problem:
        if place and isinstance(problem, InvalidRequestError):
            problem.args = (f"{place}{problem}",)
        raise


def _tell(migration: Migration[Any], place: str) -> None:
    count = len(migration.lost)
    lost = f", {count} lost" if count else ""
    say(f"{place}POST {migration.path} ({migration.method}): {len(migration.notes)} notes{lost}")
    for note in migration.notes:
        say(f"{place}  {note}")


def _plain(migration: Migration[Any]) -> dict[str, Any]:
    return {
        "method": migration.route.method,
        "path": migration.path,
        "body": msgspec.Raw(encode(migration.request)),
    }


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _pretty(shown: list[dict[str, Any]], *, alone: bool) -> str:
    return msgspec.json.format(_json(shown[0] if alone else shown), indent=2)
