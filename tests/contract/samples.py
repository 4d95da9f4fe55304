"""Bodies made from a schema: what it takes, one choice at a time, and what it refuses."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

CONTRACT = Path(__file__).parents[3] / "shared" / "api" / "heygen-v3.openapi.json"

# What the schema says in words only.
_BY_NAME = {
    "value": "#1a2b3c",
    "color": "#1a2b3c",
    "checksum_sha256": "0" * 64,
    "fps_mode": "cfr",
}


@cache
def document() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(CONTRACT.read_bytes())
    return found


def resolved(schema: Any) -> Any:
    while "$ref" in schema:
        node: Any = document()
        for part in schema["$ref"].removeprefix("#/").split("/"):
            node = node[part]
        schema = node
    return schema


def name_of(schema: Any) -> str:
    return str(schema.get("$ref", "")).rpartition("/")[2]


def merged(schema: Any) -> Any:
    """A schema with the parts that it is made of put into it."""
    whole = dict(resolved(schema))
    for part in whole.pop("allOf", ()):
        whole = {**merged(part), **whole}
    return whole


def alternatives(schema: Any) -> list[Any]:
    whole = merged(schema)
    choices = whole.get("oneOf") or whole.get("anyOf")
    if not choices:
        return [schema]
    return [inner for choice in choices for inner in alternatives(choice)]


def is_null(schema: Any) -> bool:
    return "not" in merged(schema) or merged(schema).get("type") == "null"


def least(schema: Any, name: str = "") -> Any:
    """The smallest value that a schema takes."""
    return next(iter(values(schema, name)))


def values(schema: Any, name: str = "") -> Iterator[Any]:
    """Values that a schema takes: every alternative, every word, every field on its own."""
    for choice in alternatives(schema):
        if is_null(choice):
            yield None
        else:
            yield from _of_type(merged(choice), name)
    if merged(schema).get("nullable"):
        yield None


def _of_type(schema: Any, name: str) -> Iterator[Any]:
    match schema.get("type"):
        case _ if "enum" in schema:
            yield from (word for word in schema["enum"] if word is not None)
        case "string":
            yield _BY_NAME.get(name) or ("https://x" if name.endswith("_url") else _text(schema))
        case "integer" | "number" as kind:
            yield _number(schema, whole=kind == "integer")
        case "boolean":
            yield from (True, False)
        case "array":
            count = max(1, schema.get("minItems", 1))
            yield from ([item] * count for item in values(schema["items"]))
        case "object" | None:
            yield from _objects(schema)


def _objects(schema: Any) -> Iterator[dict[str, Any]]:
    fields = schema.get("properties", {})
    base = {name: least(fields[name], name) for name in schema.get("required", ())}
    yield base
    for name, inner in fields.items():
        for value in values(inner, name):
            yield base | {name: value}


def _text(schema: Any) -> str:
    return "x" * max(schema.get("minLength", 0), 1)


def _number(schema: Any, *, whole: bool) -> float:
    low, high = schema.get("minimum"), schema.get("maximum")
    if low is None and high is None:
        return 2
    value = low if low is not None else high
    if schema.get("exclusiveMinimum") is True:
        value = high if high is not None else low + 1
    return int(value) if whole else value


def refused(schema: Any) -> Iterator[tuple[str, Any]]:
    """Bodies of an object that it does not take, each with what is wrong."""
    whole = merged(schema)
    fields = whole.get("properties", {})
    base = {name: least(fields[name], name) for name in whole.get("required", ())}
    yield "an unknown field", base | {"no_such_field": 1}
    for name in whole.get("required", ()):
        if len(merged(fields[name]).get("enum", ())) != 1:  # what tells one kind from another
            yield f"{name} missing", {key: value for key, value in base.items() if key != name}
    for name, inner in fields.items():
        yield from ((f"{name} {why}", base | {name: value}) for why, value in _wrong(inner))


def _wrong(schema: Any) -> Iterator[tuple[str, Any]]:
    choices = [merged(choice) for choice in alternatives(schema) if not is_null(choice)]
    if len(choices) != 1:
        return
    whole = choices[0]
    stranger = {"string": 1, "integer": "much", "number": "much", "boolean": "yes", "array": "a"}
    if whole.get("type") in stranger:
        yield "of another type", stranger[whole["type"]]
    if "enum" in whole:
        yield "of another word", "no such word"
    yield from _beyond(whole)


def _beyond(schema: Any) -> Iterator[tuple[str, Any]]:
    if "maxLength" in schema:
        yield "too long", "x" * (schema["maxLength"] + 1)
    if schema.get("minLength"):
        yield "too short", ""
    if "minimum" in schema:
        yield "too small", schema["minimum"] - 1
    if "maximum" in schema:
        yield "too large", schema["maximum"] + 1
    if "maxItems" in schema:
        yield "too many", [least(schema["items"])] * (schema["maxItems"] + 1)
