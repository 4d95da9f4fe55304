"""Replies held against the vendor's v3 contract."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from tests.contract.samples import document

_KINDS: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
}


class Contract:
    """Finds what is wrong with a reply, structurally: types, enums, required and unknown keys."""

    def __init__(self) -> None:
        self.document = document()

    def problems(self, method: str, path: str, status: int, body: Any) -> list[str]:
        responses = self.document["paths"][path_like(path)][method.lower()]["responses"]
        reply = self._resolved(responses[str(status)])
        return [*self._walk(reply["content"]["application/json"]["schema"], body, "$")]

    def _resolved(self, node: Any) -> Any:
        while "$ref" in node:
            target: Any = self.document
            for part in node["$ref"].removeprefix("#/").split("/"):
                target = target[part]
            node = target
        return node

    def _walk(self, schema: Any, value: Any, at: str) -> Iterator[str]:
        schema = self._resolved(schema)
        if value is None or "not" in schema:
            if value is not None or not (schema.get("nullable") or self._any(schema, None, at)):
                yield f"{at}: null, or should be"
            return
        for part in schema.get("allOf", ()):
            yield from self._walk(part, value, at)
        if ("anyOf" in schema or "oneOf" in schema) and not self._any(schema, value, at):
            yield f"{at}: fits no alternative"
        yield from self._typed(schema, value, at)

    def _typed(self, schema: Any, value: Any, at: str) -> Iterator[str]:
        kind = schema.get("type")
        if kind and (not isinstance(value, _KINDS[kind]) or (kind != "boolean" and value is True)):
            yield f"{at}: {type(value).__name__} is no {kind}"
        elif "enum" in schema and value not in schema["enum"]:
            yield f"{at}: {value!r} is none of {schema['enum']}"
        elif kind == "object":
            yield from self._object(schema, value, at)
        elif kind == "array":
            for index, item in enumerate(value):
                yield from self._walk(schema["items"], item, f"{at}[{index}]")

    def _any(self, schema: Any, value: Any, at: str) -> bool:
        choices = schema.get("anyOf", schema.get("oneOf", ()))
        return any(not [*self._walk(choice, value, at)] for choice in choices)

    def _object(self, schema: Any, value: Any, at: str) -> Iterator[str]:
        known = schema.get("properties", {})
        yield from (
            f"{at}.{name}: missing" for name in schema.get("required", ()) if name not in value
        )
        for name, item in value.items():
            if name in known:
                yield from self._walk(known[name], item, f"{at}.{name}")
            elif known and not schema.get("additionalProperties"):
                yield f"{at}.{name}: unknown"


@cache
def path_like(path: str) -> str:
    """The contract's spelling of a path, whatever the names between its braces."""
    shape = _shape(path)
    return next(each for each in document()["paths"] if _shape(each) == shape)


def _shape(path: str) -> list[str]:
    return ["{}" if part.startswith("{") else part for part in path.split("/")]
