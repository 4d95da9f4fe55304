"""Every request of the vendor's v3 contract can be said with our structs, and nothing else can."""

import inspect
import json
import pkgutil
from functools import cache
from importlib import import_module
from typing import Any

import msgspec
import pytest

from heygen_async import models
from heygen_async.models.base import Request
from heygen_async.wire.calls import Route
from heygen_async.wire.kinds import Kind
from heygen_async.wire.routes import ALL
from tests.contract.replies import path_like
from tests.contract.samples import (
    CONTRACT,
    alternatives,
    document,
    merged,
    name_of,
    refused,
    values,
)

pytestmark = pytest.mark.skipif(
    not CONTRACT.exists(), reason="the vendor's contract does not lie beside this checkout"
)

PREVIEWS = ("/v3/models/audio", "/v3/avatar-realtime")
"""Previews that the library speaks; the others are reached with ``heygen.send``."""

SPOKEN = ("/v3/background-removals", "/v3/assets")
"""Marked as previews by the vendor, and public in its command line."""


def _route(method: str, path: str) -> Route | None:
    # One path of the old family begins with /v3/, and is in no contract.
    ours = (r for r in ALL.values() if r.path.startswith("/v3/") and not r.name.startswith("v2."))
    same = (r for r in ours if r.method == method and path_like(r.path) == path)
    return next(same, None)


def operations() -> list[tuple[str, str, Any]]:
    if not CONTRACT.exists():
        return []
    return [
        (method.upper(), path, operation)
        for path, verbs in document()["paths"].items()
        for method, operation in verbs.items()
        if path.startswith("/v3/") and isinstance(operation, dict) and "responses" in operation
        if not operation.get("x-excluded") or path.startswith(PREVIEWS + SPOKEN)
        if _route(method.upper(), path)
    ]


def bodies() -> list[Any]:
    """The body of every operation: each alternative of a union on its own."""
    found = {}
    for _, _, operation in operations():
        content = operation.get("requestBody", {}).get("content", {}).get("application/json")
        if content:
            for schema in alternatives(content["schema"]):
                if merged(schema).get("properties"):
                    found[name_of(schema) or operation["x-name"]] = schema
    return [pytest.param(schema, id=name) for name, schema in found.items()]


@cache
def requests() -> list[type[Request]]:
    kinds: dict[str, type[Request]] = {}
    for module in pkgutil.walk_packages(models.__path__, "heygen_async.models."):
        if ".v2" not in module.name:
            for _, value in inspect.getmembers(import_module(module.name), inspect.isclass):
                if issubclass(value, Request) and value is not Request:
                    kinds[f"{value.__module__}.{value.__qualname__}"] = value
    return list(kinds.values())


def fields_of(kind: type[Request]) -> dict[str, str | None]:
    """The fields, and the word of the one that tells the kind."""
    config = kind.__struct_config__
    fields: dict[str, str | None] = dict.fromkeys(
        field.encode_name for field in msgspec.structs.fields(kind)
    )
    if config.tag_field:
        fields[config.tag_field] = str(config.tag)
    return fields


def kinds_for(schema: Any) -> list[type[Request]]:
    """The structs that have the schema's fields, no more and no fewer."""
    properties = merged(schema)["properties"]

    def fits(kind: type[Request]) -> bool:
        fields = fields_of(kind)
        words = {name: word for name, word in fields.items() if word is not None}
        return set(fields) == set(properties) and all(
            word in merged(properties[name]).get("enum", [word]) for name, word in words.items()
        )

    return [kind for kind in requests() if fits(kind)]


def test_every_operation_is_spoken() -> None:
    wanted = {
        (method.upper(), path)
        for path, verbs in document()["paths"].items()
        for method, operation in verbs.items()
        if path.startswith("/v3/") and isinstance(operation, dict) and "responses" in operation
        if not operation.get("x-excluded") or path.startswith(PREVIEWS + SPOKEN)
    }
    assert len(wanted) > 100
    assert sorted(each for each in wanted if _route(*each) is None) == []


@pytest.mark.parametrize(
    ("method", "path", "operation"),
    [pytest.param(*each, id=f"{each[0]} {each[1]}") for each in operations()],
)
def test_a_key_is_sent_where_the_contract_takes_one(method: str, path: str, operation: Any) -> None:
    takes_key = "IdempotencyKey" in json.dumps(operation.get("parameters", []))
    route = _route(method, path)
    assert route
    assert (route.kind is Kind.KEYED) is takes_key


@pytest.mark.parametrize("schema", bodies())
def test_every_field_and_word_of_a_request_can_be_said(schema: Any) -> None:
    kinds = kinds_for(schema)
    assert kinds, sorted(merged(schema)["properties"])
    refusals = {}
    for kind in kinds:
        decoder = msgspec.json.Decoder(kind)
        refusals[kind] = []
        for value in values(schema):
            try:
                decoder.decode(json.dumps(value))
            except msgspec.ValidationError as problem:
                refusals[kind].append(f"{problem}: {value}")
    assert min(refusals.values(), key=len) == []


@pytest.mark.parametrize("schema", bodies())
def test_what_the_schema_refuses_is_refused(schema: Any) -> None:
    decoders = [msgspec.json.Decoder(kind) for kind in kinds_for(schema)]
    assert decoders
    taken = [why for why, body in refused(schema) if takes(decoders[0], body)]
    assert taken == []


def takes(decoder: msgspec.json.Decoder[Any], body: Any) -> bool:
    try:
        decoder.decode(json.dumps(body))
    except msgspec.ValidationError:
        return False
    return True
