"""Three generations of envelopes, and every way to be refused."""

import json
from typing import Any

import pytest

from heygen_async import errors
from heygen_async.errors import APIError, DecodeError
from heygen_async.inference_sh.envelope import unwrap
from heygen_async.inference_sh.models import Session, StoredFile, TaskGlance
from heygen_async.wire.envelope import HttpReply
from tests.inference_sh.kit import problem

FILE = {"id": "f1", "uri": "https://cloud.inference.sh/f1.png", "size": 3}


def reply(body: Any, status: int = 200, **headers: str) -> HttpReply:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return HttpReply(status, headers, data)


def refused(body: Any, status: int, **headers: str) -> APIError:
    with pytest.raises(APIError) as caught:
        unwrap(reply(body, status, **headers), object, now=1_000.0)
    return caught.value


@pytest.mark.parametrize(
    "body",
    [
        {"data": FILE, "messages": []},
        {"data": FILE, "messages": [{"level": "warning", "code": "x", "message": "y"}]},
        {"data": FILE},
        {"success": True, "status": 200, "data": FILE},
        FILE,
    ],
)
def test_every_generation_holds_the_same(body: Any) -> None:
    assert unwrap(reply(body), StoredFile, now=0).id == "f1"


@pytest.mark.parametrize("body", [b"", b" \n", {"data": None}, {"success": True, "status": 200}])
def test_nothing_is_nothing(body: Any) -> None:
    assert unwrap(reply(body, 204 if body == b"" else 200), object, now=0) is None
    assert unwrap(reply(body), list[Session], now=0) == []


def test_bare_lists_and_enveloped_ones() -> None:
    for body in ([FILE], {"data": [FILE]}):
        assert [each.id for each in unwrap(reply(body), list[StoredFile], now=0)] == ["f1"]


@pytest.mark.parametrize("status", [10, "completed", "10"])
def test_a_status_is_a_number_or_a_word(status: Any) -> None:
    glance = unwrap(reply({"data": {"id": "t", "status": status}}), TaskGlance, now=0)
    assert glance.status.word == "completed"


@pytest.mark.parametrize("uri", ["https://a/b", {"uri": "https://a/b"}, {"url": "https://a/b"}])
def test_a_file_is_a_text_or_an_object(uri: Any) -> None:
    stored = unwrap(reply({"id": "f", "uri": uri}), StoredFile, now=0)
    assert stored.uri == "https://a/b"
    assert type(stored.uri) is str


@pytest.mark.parametrize(
    "body", [b"<html>", b'"\xff"', b"[" * 5000, {"data": {"size": 1}}, {"id": "f", "uri": {}}, []]
)
def test_what_does_not_fit_is_told(body: Any) -> None:
    with pytest.raises(DecodeError) as caught:
        unwrap(reply(body, **{"X-Request-Id": "r1"}), StoredFile, now=0)
    assert caught.value.model == "StoredFile"
    assert caught.value.request_id == "r1"


@pytest.mark.parametrize(
    ("code", "status", "kind"),
    [
        ("invalid_request", 400, errors.BadRequestError),
        ("validation_error", 422, errors.BadRequestError),
        ("unauthorized", 401, errors.UnauthorizedError),
        ("limit_exceeded", 402, errors.InsufficientCreditError),
        ("payment_method_required", 402, errors.InsufficientCreditError),
        ("forbidden", 403, errors.ForbiddenError),
        ("insufficient_scope", 403, errors.ForbiddenError),
        ("feature_not_available", 403, errors.ForbiddenError),
        ("account_banned", 403, errors.ForbiddenError),
        ("not_found", 404, errors.NotFoundError),
        ("SESSION_NOT_FOUND", 404, errors.NotFoundError),
        ("method_not_allowed", 405, errors.EndpointRetiredError),
        ("conflict", 409, errors.ConflictError),
        ("invalid_transition", 409, errors.ConflictError),
        ("WORKER_LEASED", 409, errors.ConflictError),
        ("app_retired", 410, errors.EndpointRetiredError),
        ("SESSION_EXPIRED", 410, errors.NotFoundError),
        ("SESSION_ENDED", 410, errors.NotFoundError),
        ("rate_limited", 429, errors.RateLimitedError),
        ("internal_error", 500, errors.ServerError),
        ("entitlement_unavailable", 500, errors.ServerError),
        ("app_maintenance", 503, errors.ServerError),
    ],
)
def test_the_code_is_the_end_of_the_type(code: str, status: int, kind: type[APIError]) -> None:
    error = refused(problem(code, status, "No."), status)
    assert type(error) is kind
    assert (error.code, error.status, error.message) == (code, status, "No.")
    # The oldest failures: in an envelope, with or without an HTTP status of their own.
    old = {"success": False, "status": status, "error": {"code": code, "message": "No."}}
    for http in (status, 200):
        error = refused(old, http)
        assert type(error) is kind
        assert (error.code, error.status, error.message) == (code, status, "No.")


def test_what_is_meant_for_machines_is_kept() -> None:
    meta = {"required_scope": "apps:execute"}
    error = refused(problem("insufficient_scope", 403, meta=meta), 403, **{"X-Request-Id": "r9"})
    assert error.detail == '{"required_scope":"apps:execute"}'
    assert error.request_id == "r9"


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"title": "T", "detail": "D", "message": "M"}, "D"),
        ({"title": "T", "message": "M"}, "T"),
        ({"message": "M"}, "M"),
        (b"upstream  is\ndown", "upstream is down"),
        (b"x" * 900, "x" * 500),
        (b"<html>oh</html>", "inference.sh answered HTTP 502"),
        (b"", "inference.sh answered HTTP 502"),
        ([1], "inference.sh answered HTTP 502"),
        ({}, "inference.sh answered HTTP 502"),
    ],
)
def test_the_message_is_the_best_there_is(body: Any, message: str) -> None:
    assert refused(body, 502).message == message


@pytest.mark.parametrize("where", ["meta", "top"])
def test_what_is_required_is_named(where: str) -> None:
    unmet = [
        {
            "type": "secret",
            "key": "HEYGEN_KEY",
            "message": "missing",
            "action": {"type": "add_secret", "instructions": "Add it in the settings."},
        },
        {"type": "scope", "key": "drive", "message": "not granted", "action": None},
    ]
    body = {"meta": {"errors": unmet}} if where == "meta" else {"satisfied": False, "errors": unmet}
    error = refused(body, 412)
    assert type(error) is errors.BadRequestError
    assert error.code == "requirements_not_met"
    assert error.message == (
        "secret HEYGEN_KEY: missing: Add it in the settings.; scope drive: not granted"
    )
    assert error.hint


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"Retry-After": "7"}, 7.0),
        ({"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1030"}, 30.0),
        ({"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "900"}, 0.0),
        ({"X-RateLimit-Remaining": "3", "X-RateLimit-Reset": "1030"}, None),
        ({"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "soon"}, None),
        ({"X-RateLimit-Remaining": "0"}, None),
    ],
)
def test_the_wait_that_is_asked_for(headers: dict[str, str], wait: float | None) -> None:
    assert refused(problem("rate_limited", 429), 429, **headers).retry_after == wait


def test_nothing_speaks_of_heygens_account() -> None:
    for code, status in [("unauthorized", 401), ("limit_exceeded", 402), ("x", 500)]:
        error = refused(problem(code, status, ""), status)
        assert "heygen.com" not in f"{error} {error.hint}"
        assert "HeyGen" not in str(error)
