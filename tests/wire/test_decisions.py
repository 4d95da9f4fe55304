"""The decision table, cell by cell."""

import pytest

from heygen_async.errors import ConnectError, HeyGenError, ReadTimeoutError, TransportError
from heygen_async.wire.faults import Fault, api_error
from heygen_async.wire.kinds import Kind
from heygen_async.wire.retry import Decision, RetryPolicy, decide

REPEATABLE = [Kind.READ, Kind.IDEMPOTENT, Kind.KEYED, Kind.BODY_KEYED]
KEYED = [Kind.KEYED, Kind.BODY_KEYED]
TRANSIENT = [408, 500, 502, 503, 504, 520, 521, 522, 523, 524, 529]


def answered(
    status: int, code: str = "", message: str = "", retry_after: float | None = None
) -> HeyGenError:
    fault = Fault(code=code, message=message)
    return api_error(fault, status=status, request_id=None, retry_after=retry_after)


@pytest.mark.parametrize("kind", list(Kind))
def test_what_was_never_sent_is_sent_again(kind: Kind) -> None:
    assert decide(kind, ConnectError("refused")) is Decision.RETRY


@pytest.mark.parametrize("problem", [TransportError("reset"), ReadTimeoutError("silence")])
@pytest.mark.parametrize("kind", REPEATABLE)
def test_no_answer_is_asked_again_where_twice_is_once(kind: Kind, problem: HeyGenError) -> None:
    assert decide(kind, problem) is Decision.RETRY


@pytest.mark.parametrize("problem", [TransportError("reset"), ReadTimeoutError("silence")])
def test_no_answer_to_an_unprotected_call_is_unknown(problem: HeyGenError) -> None:
    assert decide(Kind.ONCE, problem) is Decision.UNKNOWN


@pytest.mark.parametrize("status", TRANSIENT)
@pytest.mark.parametrize("kind", REPEATABLE)
def test_passing_failures_are_retried(kind: Kind, status: int) -> None:
    assert decide(kind, answered(status)) is Decision.RETRY


@pytest.mark.parametrize("retry_after", [None, 3.0])
@pytest.mark.parametrize("status", TRANSIENT)
def test_an_unprotected_call_is_repeated_only_after_503_with_retry_after(
    status: int, retry_after: float | None
) -> None:
    allowed = status == 503 and retry_after is not None
    expected = Decision.RETRY if allowed else Decision.UNKNOWN
    assert decide(Kind.ONCE, answered(status, retry_after=retry_after)) is expected


@pytest.mark.parametrize("message", ["slow down", "Concurrency limit reached"])
@pytest.mark.parametrize("retry_after", [None, 3.0])
@pytest.mark.parametrize("kind", list(Kind))
def test_429_is_waited_out_by_every_kind(
    kind: Kind, retry_after: float | None, message: str
) -> None:
    problem = answered(429, "rate_limit_exceeded", message, retry_after)
    assert decide(kind, problem) is Decision.WAIT


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (429, "trial_video_limit_exceeded"),
        (429, "quota_exceeded"),
        (429, "400664"),
        (402, "insufficient_credit"),
        (402, "trial_limit_exceeded"),
        (402, "something_new"),
        (400, "invalid_parameter"),
        (400, "content_policy_violation"),
        (401, "unauthorized"),
        (403, "forbidden"),
        (404, "video_not_found"),
        (405, ""),
        (409, "conflict"),
        (410, "endpoint_sunset"),
        (413, ""),
        (422, ""),
        (418, "unheard_of"),
        (500, "unlimited_mode_disabled"),
        (501, ""),
        (302, ""),
    ],
)
@pytest.mark.parametrize("kind", list(Kind))
def test_final_refusals_are_raised_whatever_they_ask(kind: Kind, status: int, code: str) -> None:
    assert decide(kind, answered(status, code, retry_after=1.0)) is Decision.RAISE


@pytest.mark.parametrize("kind", KEYED)
def test_a_key_in_flight_is_waited_for(kind: Kind) -> None:
    assert decide(kind, answered(409, "request_in_progress")) is Decision.WAIT


@pytest.mark.parametrize("kind", list(Kind))
def test_what_is_not_ready_yet_is_asked_again(kind: Kind) -> None:
    assert decide(kind, answered(409, "resource_not_ready")) is Decision.RETRY


def test_a_conflict_passes_only_where_the_route_says_so() -> None:
    problem = answered(409, "conflict")
    assert decide(Kind.IDEMPOTENT, problem) is Decision.RAISE
    assert decide(Kind.IDEMPOTENT, problem, frozenset({"conflict"})) is Decision.RETRY


def test_an_unavailable_service_did_nothing_where_the_route_says_so() -> None:
    says = frozenset({"service_unavailable"})
    assert decide(Kind.ONCE, answered(503, "service_unavailable"), says) is Decision.RETRY
    assert decide(Kind.ONCE, answered(503, "service_unavailable")) is Decision.UNKNOWN
    assert decide(Kind.ONCE, answered(503, ""), says) is Decision.UNKNOWN
    assert decide(Kind.ONCE, answered(500, "service_unavailable"), says) is Decision.UNKNOWN


@pytest.mark.parametrize("kind", list(Kind))
def test_an_error_that_is_no_answer_and_no_transport_is_final(kind: Kind) -> None:
    assert decide(kind, HeyGenError("a bug")) is Decision.RAISE


def test_the_wait_doubles_up_to_the_cap_and_never_beyond() -> None:
    policy = RetryPolicy(base=0.5, cap=30.0)
    waits = [policy.delay(attempt, None, lambda: 1.0) for attempt in range(1, 10)]
    assert waits == [1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0, 30.0, 30.0]
    assert policy.delay(100_000, None, lambda: 1.0) == 30.0


def test_jitter_is_full_and_still_there_at_the_cap() -> None:
    policy = RetryPolicy(base=0.5, cap=30.0)
    assert policy.delay(50, None, lambda: 0.0) == 0.0
    assert policy.delay(50, None, lambda: 0.25) == 7.5
    assert policy.delay(50, None, lambda: 1.0) == 30.0


@pytest.mark.parametrize("chance", [0.0, 0.3, 1.0])
@pytest.mark.parametrize("floor", [0.0, 0.2, 29.0, 31.0, 3600.0])
def test_retry_after_is_a_floor_that_is_never_clamped(floor: float, chance: float) -> None:
    policy = RetryPolicy(base=0.5, cap=30.0)
    for attempt in (1, 5, 50):
        assert floor <= policy.delay(attempt, floor, lambda: chance) <= floor + 0.5


def test_those_who_were_told_the_same_moment_do_not_come_back_together() -> None:
    policy = RetryPolicy()
    waits = {policy.delay(1, 10.0, lambda chance=chance: chance) for chance in (0.1, 0.2, 0.3)}
    assert len(waits) == 3


@pytest.mark.parametrize(
    ("status", "unprotected"), [(501, Decision.RAISE), (507, Decision.UNKNOWN)]
)
def test_other_failures_of_a_server_are_final_or_unknown(
    status: int, unprotected: Decision
) -> None:
    assert decide(Kind.ONCE, answered(status)) is unprotected
    for kind in REPEATABLE:
        assert decide(kind, answered(status)) is Decision.RAISE
