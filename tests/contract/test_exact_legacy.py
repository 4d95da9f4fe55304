"""The operations of v1 and v2 that are in the vendor's contract: all are spoken, word for word."""

import json
from typing import Any

import msgspec
import pytest

from heygen_async.models import CreateSpeech
from heygen_async.models.v2 import (
    CreateAvatarVideo,
    ExecuteGraph,
    ExecuteWorkflow,
    GenerateFromPrompt,
    TranslateVideo,
)
from heygen_async.wire.routes import ALL
from tests.contract.samples import CONTRACT, alternatives, document, merged, refused, values

pytestmark = pytest.mark.skipif(
    not CONTRACT.exists(), reason="the vendor's contract does not lie beside this checkout"
)

KINDS: dict[str, Any] = {
    "POST /v1/video_agent/generate": GenerateFromPrompt,
    "POST /v1/audio/text_to_speech": CreateSpeech,
    "POST /v2/videos": CreateAvatarVideo,
    "POST /v2/video_translate": TranslateVideo,
    "POST /v1/workflows/executions": ExecuteWorkflow,
    "POST /v1/workflows/graph-executions": ExecuteGraph,
}


def operations() -> dict[str, Any]:
    if not CONTRACT.exists():
        return {}
    return {
        f"{method.upper()} {path}": operation
        for path, verbs in document()["paths"].items()
        for method, operation in verbs.items()
        if path.startswith(("/v1/", "/v2/")) and isinstance(operation, dict)
    }


def bodies() -> list[Any]:
    return [
        pytest.param(name, schema, id=name)
        for name, operation in operations().items()
        if "requestBody" in operation
        for schema in alternatives(
            operation["requestBody"]["content"]["application/json"]["schema"]
        )
    ]


def shape(method: str, path: str) -> str:
    parts = ("{}" if part.startswith("{") else part for part in path.split("/"))
    return f"{method} {'/'.join(parts)}"


def test_every_operation_is_spoken() -> None:
    wanted = {shape(*name.split(" ")) for name in operations()}
    assert len(wanted) == 15
    assert wanted <= {shape(route.method, route.path) for route in ALL.values()}


def takes(kind: Any, body: Any) -> bool:
    try:
        msgspec.json.decode(json.dumps(body), type=kind)
    except msgspec.ValidationError:
        return False
    return True


@pytest.mark.parametrize(("name", "schema"), bodies())
def test_every_field_and_word_of_a_request_can_be_said(name: str, schema: Any) -> None:
    if merged(schema).get("properties"):
        assert [body for body in values(schema) if not takes(KINDS[name], body)] == []


@pytest.mark.parametrize(("name", "schema"), bodies())
def test_what_the_schema_refuses_is_refused(name: str, schema: Any) -> None:
    if merged(schema).get("properties"):
        assert [why for why, body in refused(schema) if takes(KINDS[name], body)] == []
