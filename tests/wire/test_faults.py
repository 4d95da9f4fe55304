"""From HeyGen's code to the class that is raised: by code first, by status second."""

import pytest

from heygen_async import errors
from heygen_async.errors import APIError
from heygen_async.wire.faults import Fault, api_error


def made(status: int, code: str | int = "", message: str = "m") -> APIError:
    fault = Fault(code=str(code), message=message)
    return api_error(fault, status=status, request_id="r", retry_after=None)


@pytest.mark.parametrize(
    ("code", "status", "kind"),
    [
        ("unauthorized", 401, errors.UnauthorizedError),
        ("authentication_failed", 401, errors.UnauthorizedError),
        (40009, 400, errors.UnauthorizedError),
        (40102, 200, errors.UnauthorizedError),
        (400112, 401, errors.UnauthorizedError),
        (401056, 400, errors.UnauthorizedError),
        (401057, 400, errors.UnauthorizedError),
        ("insufficient_credit", 402, errors.InsufficientCreditError),
        ("insufficient_credit", 400, errors.InsufficientCreditError),
        ("trial_limit_exceeded", 402, errors.InsufficientCreditError),
        ("plan_upgrade_required", 402, errors.InsufficientCreditError),
        ("subscription_required", 402, errors.InsufficientCreditError),
        (400118, 200, errors.InsufficientCreditError),
        ("forbidden", 403, errors.ForbiddenError),
        ("insufficient_api_key_scope", 403, errors.ForbiddenError),
        ("resource_access_denied", 403, errors.ForbiddenError),
        ("voice_not_usable", 403, errors.ForbiddenError),
        (400599, 400, errors.ForbiddenError),
        (400631, 400, errors.ForbiddenError),
        ("video_not_found", 404, errors.NotFoundError),
        ("avatar_not_found", 400, errors.NotFoundError),
        ("request_in_progress", 409, errors.RequestInProgressError),
        ("conflict", 409, errors.ConflictError),
        ("resource_not_ready", 409, errors.ConflictError),
        ("payload_too_large", 413, errors.PayloadTooLargeError),
        ("rate_limit_exceeded", 429, errors.RateLimitedError),
        (400123, 429, errors.RateLimitedError),
        (400123, 200, errors.RateLimitedError),
        (400140, 400, errors.RateLimitedError),
        (10007, 400, errors.ConcurrencyLimitedError),
        (10001, 400, errors.ConflictError),
        (10002, 400, errors.ConflictError),
        (10003, 400, errors.ConflictError),
        (10004, 400, errors.ConflictError),
        (10005, 200, errors.ConflictError),
        (400006, 400, errors.ConflictError),
        (10006, 200, errors.NotFoundError),
        (10012, 400, errors.NotFoundError),
        (10013, 400, errors.BadRequestError),
        (10014, 400, errors.ConflictError),
        ("quota_exceeded", 429, errors.QuotaExceededError),
        ("trial_video_limit_exceeded", 429, errors.QuotaExceededError),
        (400664, 429, errors.QuotaExceededError),
        (401029, 400, errors.QuotaExceededError),
        (40019, 400, errors.QuotaExceededError),
        (10015, 400, errors.QuotaExceededError),
        ("endpoint_sunset", 404, errors.EndpointRetiredError),
        ("internal_error", 500, errors.ServerError),
        ("internal_error", 400, errors.BadRequestError),
        ("service_unavailable", 503, errors.ServerError),
        ("gateway_timeout", 504, errors.ServerError),
        ("unlimited_mode_disabled", 500, errors.BadRequestError),
        ("invalid_parameter", 400, errors.BadRequestError),
        ("content_policy_violation", 400, errors.BadRequestError),
        ("download_failed", 400, errors.BadRequestError),
        ("avatar_consent_required", 400, errors.BadRequestError),
    ],
)
def test_a_known_code_decides(code: str | int, status: int, kind: type[APIError]) -> None:
    problem = made(status, code)
    assert type(problem) is kind
    assert problem.code == str(code)
    assert problem.status == status


def test_a_number_may_say_more_than_its_class() -> None:
    early, late = made(400, 10001), made(400, 10005)
    assert early.hint == "The session is only new: start it first."
    assert late.hint != early.hint
    assert made(409, "conflict").hint is None


@pytest.mark.parametrize(
    ("status", "kind", "code"),
    [
        (200, errors.BadRequestError, "unnamed_error"),
        (302, errors.BadRequestError, "unclassified_client_error"),
        (400, errors.BadRequestError, "validation_error"),
        (401, errors.UnauthorizedError, "unauthorized"),
        (402, errors.InsufficientCreditError, "insufficient_credit"),
        (403, errors.ForbiddenError, "forbidden"),
        (404, errors.NotFoundError, "not_found"),
        (405, errors.EndpointRetiredError, "unclassified_client_error"),
        (409, errors.ConflictError, "conflict"),
        (410, errors.EndpointRetiredError, "unclassified_client_error"),
        (413, errors.PayloadTooLargeError, "payload_too_large"),
        (418, errors.BadRequestError, "unclassified_client_error"),
        (422, errors.BadRequestError, "unclassified_client_error"),
        (429, errors.RateLimitedError, "rate_limit_exceeded"),
        (500, errors.ServerError, "unclassified_server_error"),
        (503, errors.ServerError, "unclassified_server_error"),
        (599, errors.ServerError, "unclassified_server_error"),
    ],
)
def test_without_a_code_the_status_decides_and_names(
    status: int, kind: type[APIError], code: str
) -> None:
    for said in ("", "error"):
        problem = made(status, said)
        assert type(problem) is kind
        assert problem.code == code


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, errors.BadRequestError),
        (402, errors.InsufficientCreditError),
        (404, errors.NotFoundError),
        (429, errors.RateLimitedError),
        (500, errors.ServerError),
    ],
)
@pytest.mark.parametrize("code", ["brand_new_code", "999999"])
def test_an_unknown_code_is_kept_and_the_status_decides(
    status: int, kind: type[APIError], code: str
) -> None:
    problem = made(status, code)
    assert type(problem) is kind
    assert problem.code == code


@pytest.mark.parametrize(
    "message",
    ["Concurrency limit reached", "too many concurrent jobs", "CONCURRENT renders: 10"],
)
def test_a_rate_limit_about_jobs_in_flight_is_told_by_its_words(message: str) -> None:
    assert type(made(429, "rate_limit_exceeded", message)) is errors.ConcurrencyLimitedError
    assert type(made(429, "", message)) is errors.ConcurrencyLimitedError
    assert type(made(429, "quota_exceeded", message)) is errors.QuotaExceededError


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("Insufficient credits, please top up", errors.InsufficientCreditError),
        ("insufficient API quota", errors.InsufficientCreditError),
        ("insufficient light in the photo", errors.BadRequestError),
        ("You have run out of credits", errors.InsufficientCreditError),
        ("Not enough credit to render this video", errors.InsufficientCreditError),
        ("quota exceeded", errors.InsufficientCreditError),
        ("Your API quota has been exhausted.", errors.InsufficientCreditError),
        ("no credits left", errors.InsufficientCreditError),
        ("the script exceeds 5000 characters", errors.BadRequestError),
        ("invalid credit card", errors.BadRequestError),
        ("no credit for the photographer", errors.BadRequestError),
    ],
)
def test_old_endpoints_say_it_in_words_only(message: str, kind: type[APIError]) -> None:
    assert type(made(200, "", message)) is kind


def test_a_server_that_does_not_find_itself_is_no_missing_id() -> None:
    assert type(made(500, "backend_not_found")) is errors.ServerError


@pytest.mark.parametrize(
    ("status", "code"), [(401, ""), (402, ""), (429, "quota_exceeded"), (429, "10007")]
)
def test_what_a_person_can_change_has_a_hint(status: int, code: str) -> None:
    assert made(status, code).hint


def test_empty_fields_are_none_and_an_empty_message_names_the_status() -> None:
    problem = made(400, message="")
    assert problem.message == "HeyGen answered HTTP 400"
    assert (problem.param, problem.doc_url, problem.detail) == (None, None, None)
    assert (problem.idempotency_key, problem.attempts) == (None, 1)


@pytest.mark.parametrize(
    "message",
    [
        "Invalid avatar_id. No credits were charged.",
        "No credits were deducted: avatar is broken",
        "script exceeded 5000 characters, so no quota was used",
        "text exceeds the limit (0 credits charged)",
    ],
)
def test_credits_that_are_only_mentioned_are_not_missing(message: str) -> None:
    error = api_error(Fault(message=message), status=400, request_id=None, retry_after=None)
    assert type(error) is errors.BadRequestError
