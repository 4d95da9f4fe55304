"""What HeyGen's refusals become, for a call of each family."""

from typing import Any

import pytest

from heygen_async import HeyGen, RetryPolicy, errors
from heygen_async.models import AvatarVideo
from tests.transport.kit import RecordingClock, Wire, client

HELLO = AvatarVideo(avatar_id="a", script="Hello.")


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (400, "invalid_parameter", errors.BadRequestError),
        (401, "unauthorized", errors.UnauthorizedError),
        (402, "insufficient_credit", errors.InsufficientCreditError),
        (403, "forbidden", errors.ForbiddenError),
        (404, "avatar_not_found", errors.NotFoundError),
        (409, "conflict", errors.ConflictError),
        (413, "payload_too_large", errors.PayloadTooLargeError),
        (422, "unprocessable", errors.BadRequestError),
        (429, "rate_limit_exceeded", errors.RateLimitedError),
        (429, "trial_video_limit_exceeded", errors.QuotaExceededError),
        (500, "internal_error", errors.ServerError),
        (503, "service_unavailable", errors.ServerError),
    ],
)
async def test_a_refusal_keeps_all_that_heygen_said(
    wire: Wire, clock: RecordingClock, status: int, code: str, kind: type[errors.APIError]
) -> None:
    said = {"code": code, "message": "No.", "param": "avatar_id", "doc_url": "https://d/x"}
    headers = {"X-Request-Id": "req-7", "Retry-After": "2.5"}
    wire.answer("POST", "/v3/videos", {"error": said}, status=status, headers=headers)
    async with client(clock, retry=RetryPolicy(max_retries=0)) as heygen:
        with pytest.raises(errors.APIError) as caught:
            await heygen.videos.create(HELLO, idempotency_key="row-1")
    problem = caught.value
    assert type(problem) is kind
    told: dict[str, Any] = vars(problem)
    assert told == told | {
        "status": status,
        "code": code,
        "message": "No.",
        "param": "avatar_id",
        "doc_url": "https://d/x",
        "request_id": "req-7",
        "retry_after": 2.5,
        "idempotency_key": "row-1",
        "attempts": 1,
    }
    assert str(problem) == f"{code} (HTTP {status}): No. [avatar_id] request req-7"


@pytest.mark.parametrize("status", [401, 402, 403, 404, 409, 413, 422])
async def test_a_final_refusal_is_not_sent_again(
    heygen: HeyGen, wire: Wire, clock: RecordingClock, status: int
) -> None:
    wire.answer("GET", "/v3/videos/v1", status=status)
    with pytest.raises(errors.APIError) as caught:
        await heygen.videos.get("v1")
    assert (wire.asked, clock.slept, caught.value.attempts) == (1, [], 1)
    assert caught.value.idempotency_key is None


async def test_a_read_is_repeated_after_passing_failures(
    heygen: HeyGen, wire: Wire, clock: RecordingClock
) -> None:
    for status in (500, 502, 503, 504):
        wire.answer("GET", "/v3/videos/v1", body=b"<html>", status=status)
    wire.ok("GET", "/v3/videos/v1", {"id": "v1", "status": "completed"})
    assert (await heygen.videos.get("v1")).status == "completed"
    assert len(clock.slept) == 4


async def test_an_answer_that_does_not_fit_is_told_and_not_sent_again(
    heygen: HeyGen, wire: Wire
) -> None:
    wire.ok("GET", "/v3/videos/v1", {"id": 7}, headers={"X-Request-Id": "req-7"})
    with pytest.raises(errors.DecodeError) as caught:
        await heygen.videos.get("v1")
    assert caught.value.path == "$.data.id"
    assert caught.value.request_id == "req-7"
    assert b'"id": 7' in caught.value.raw
    assert wire.asked == 1


@pytest.mark.parametrize(("status", "code"), [(404, "endpoint_sunset"), (405, ""), (410, "")])
async def test_an_endpoint_that_is_gone_says_so(
    heygen: HeyGen, wire: Wire, status: int, code: str
) -> None:
    wire.answer(
        "GET", "/v2/user/remaining_quota", {"error": {"code": code, "message": "gone"}},
        status=status,
    )  # fmt: skip
    with pytest.raises(errors.EndpointRetiredError, match="gone"):
        await heygen.v2.users.remaining_quota()


async def test_a_request_that_is_refused_here_costs_no_call(heygen: HeyGen, wire: Wire) -> None:
    bad = AvatarVideo(avatar_id="a", script="x" * 5001)
    with pytest.raises(errors.InvalidRequestError, match="script"):
        await heygen.videos.create(bad)
    assert wire.asked == 0
