"""Everything that can go wrong, as data.

    HeyGenError
    ├─ ConfigError (ValueError)           no key, bad base URL, plain http with a key
    │  └─ ClientLoopError                 the client belongs to another event loop, or is closed
    ├─ InvalidRequestError (ValueError)   refused here, before a byte or a credit was spent
    ├─ CreditShortageError                refused here: what is left does not cover the estimate
    ├─ StoppedError                       broken off here, before it was finished
    ├─ TransportError                     no usable HTTP answer
    │  ├─ ConnectError                    nothing was sent
    │  ├─ ReadTimeoutError (TimeoutError) no answer in time
    │  └─ OutcomeUnknownError             sent, unanswered, and not protected by a key
    ├─ APIError                           HeyGen answered with an error
    │  ├─ BadRequestError                 400, 422 and every 4xx without a class of its own
    │  ├─ UnauthorizedError               401
    │  ├─ InsufficientCreditError         402
    │  ├─ ForbiddenError                  403
    │  ├─ NotFoundError                   404
    │  │  └─ EndpointRetiredError         404, 405 or 410 for a path that used to exist
    │  ├─ PayloadTooLargeError            413
    │  ├─ ConflictError                   409
    │  │  └─ RequestInProgressError       the same idempotency key is in flight
    │  ├─ RateLimitedError                429: wait and try again
    │  │  ├─ ConcurrencyLimitedError      too many jobs in flight
    │  │  └─ QuotaExceededError           a daily, trial or plan limit: waiting does not help soon
    │  └─ ServerError                     5xx
    ├─ DecodeError                        an answer that does not fit its model
    ├─ JobError
    │  ├─ JobFailedError                  HeyGen gave up on the job
    │  ├─ JobTimeoutError (TimeoutError)  still running, and still billed
    │  └─ JobLostError                    HeyGen does not know the id
    ├─ TransferError                      bytes did not arrive
    │  ├─ IntegrityError                  other bytes or another length than promised
    │  ├─ LinkExpiredError                a presigned link that no longer answers
    │  ├─ SourceChangedError              the file changed while it was uploaded
    │  └─ TargetError (OSError)           the target exists, cannot be written, or the disk is full
    └─ WebhookError (ValueError)          a delivery that is not to be believed
       ├─ MissingSignatureError           it carries no signature, or not its time
       ├─ BadSignatureError               it is signed with none of the secrets
       └─ StaleTimestampError             it was sent too long ago, or from the future

Every error has a one-line ``str`` that a person can act on, and pickles.
"""

from collections.abc import Callable
from typing import Any


def _rebuild(cls: type["HeyGenError"], state: dict[str, Any]) -> "HeyGenError":
    error = cls.__new__(cls)
    Exception.__init__(error, state["message"])
    error.__dict__.update(state)
    return error


class HeyGenError(Exception):
    """The root of every error that this library raises.

    Attributes:
        message: What went wrong, in one line.
        hint: What to do about it, if there is something to do.
    """

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        # HeyGen's and a gateway's sentences may come on several lines.
        message = " ".join(message.splitlines())
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __reduce__(self) -> tuple[Callable[..., "HeyGenError"], tuple[Any, ...]]:
        return _rebuild, (type(self), self.__dict__)


class ConfigError(HeyGenError, ValueError):
    """The client cannot be set up like this: no key, a bad base URL, plain http with a key."""


class ClientLoopError(ConfigError):
    """The client is used in another event loop than the one it was opened in, or after closing."""


class InvalidRequestError(HeyGenError, ValueError):
    """Refused locally: HeyGen would refuse it too, and nothing was sent.

    Attributes:
        field: The field, as a path such as ``scenes[0].script``.
        value: What was given, shortened.
        limit: What would be accepted.
    """

    def __init__(self, field: str, value: object, limit: str, *, hint: str | None = None) -> None:
        shown = repr(value)
        self.field = field
        self.value: str = (
            shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}… ({len(shown)} chars)"
        )
        self.limit = limit
        super().__init__(f"{field}: {limit}, got {self.value}", hint=hint)


_SHOWN = 80


class CreditShortageError(HeyGenError):
    """Refused locally: what is left does not cover the estimate.

    Nothing was sent that costs. ``InsufficientCreditError`` is HeyGen's own word for it.

    Attributes:
        need: Credits (v2) or dollars (v3) that the work is estimated to cost.
        have: Those that are left.
    """

    def __init__(self, message: str, *, need: float, have: float, hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.need = need
        self.have = have


class StoppedError(HeyGenError):
    """An item of an orchestrator was broken off before it was finished, by no fault of its own.

    What HeyGen has accepted goes on there, and is billed: the outcome has its id.
    """


class TransportError(HeyGenError):
    """No usable HTTP answer came.

    Attributes:
        sent: Whether the request may have reached the server.
        attempts: How many times it was tried.
        idempotency_key: The key that the request carried: with it, the same call can be made
            again and is not billed again.
        unanswered: Whether nobody can tell what became of an earlier attempt: it may have been
            carried out, and billed.
    """

    def __init__(
        self, message: str, *, sent: bool = True, attempts: int = 1, hint: str | None = None
    ) -> None:
        super().__init__(message, hint=hint)
        self.sent = sent
        self.attempts = attempts
        self.idempotency_key: str | None = None
        self.unanswered = False


class ConnectError(TransportError):
    """The connection was not made (refused, DNS, TLS, proxy, pool): nothing was sent."""

    def __init__(self, message: str, *, attempts: int = 1, hint: str | None = None) -> None:
        super().__init__(message, sent=False, attempts=attempts, hint=hint)


class ReadTimeoutError(TransportError, TimeoutError):
    """The answer, or the next part of it, did not come in time."""


class OutcomeUnknownError(TransportError):
    """A request that costs was sent and not answered, and HeyGen has no key to tell a repeat.

    It may have been carried out, and billed. Look for the result before sending it again.
    """


class APIError(HeyGenError):
    """HeyGen answered, with an error.

    Attributes:
        status: The HTTP status. 200 is possible: old endpoints put errors there.
        code: HeyGen's code, as text; made from the status where the answer has none.
        param: The field that HeyGen blames, if it names one.
        doc_url: The vendor's page about this code, if it names one.
        detail: More words, as old endpoints send them.
        request_id: What to quote to HeyGen's support.
        retry_after: Seconds that HeyGen asked us to wait, if it did.
        idempotency_key: The key that the request carried.
        attempts: How many times the request was tried.
        unanswered: Whether nobody can tell what became of an earlier attempt: it may have been
            carried out, and billed, whatever was answered to this one.
    """

    def __init__(
        self,
        message: str,
        *,
        status: int,
        code: str,
        param: str | None = None,
        doc_url: str | None = None,
        detail: str | None = None,
        request_id: str | None = None,
        retry_after: float | None = None,
        hint: str | None = None,
    ) -> None:
        super().__init__(message, hint=hint)
        self.status = status
        self.code = code
        self.param = param
        self.doc_url = doc_url
        self.detail = detail
        self.request_id = request_id
        self.retry_after = retry_after
        self.idempotency_key: str | None = None
        self.attempts = 1
        self.unanswered = False

    def __str__(self) -> str:
        parts = [f"{self.code} (HTTP {self.status}): {self.message}"]
        if self.param:
            parts.append(f"[{self.param}]")
        if self.request_id:
            parts.append(f"request {self.request_id}")
        return " ".join(parts)


class BadRequestError(APIError):
    """HeyGen refuses the request as it is; sending it again will not help."""


class UnauthorizedError(APIError):
    """The key is missing, wrong or expired."""


class InsufficientCreditError(APIError):
    """The balance or the plan does not cover this."""


class ForbiddenError(APIError):
    """The key is right, and not allowed to do this."""


class NotFoundError(APIError):
    """HeyGen does not know the id, or does not know it yet."""


class EndpointRetiredError(NotFoundError):
    """The endpoint itself is gone: HeyGen removed it."""


class PayloadTooLargeError(APIError):
    """The body is larger than the endpoint takes."""


class ConflictError(APIError):
    """The resource is in a state that does not allow this, or not yet."""


class RequestInProgressError(ConflictError):
    """The first request with this idempotency key has not been answered yet."""


class RateLimitedError(APIError):
    """Refused without processing, because of too many requests: nothing was billed."""


class ConcurrencyLimitedError(RateLimitedError):
    """Refused because too many jobs are in flight: a slot is free when one of them ends."""


class QuotaExceededError(RateLimitedError):
    """A daily, trial or plan limit: waiting a moment does not help, so it is not retried."""


class ServerError(APIError):
    """HeyGen, or a gateway before it, failed."""


class DecodeError(HeyGenError):
    """The answer does not fit its model.

    Attributes:
        path: Where in the answer, such as ``$.data.id``.
        model: The name of the model.
        raw: The beginning of the answer, at most 2,000 bytes.
        request_id: What to quote to HeyGen's support.
        idempotency_key: The key that the request carried: HeyGen has done what it asks for.
    """

    def __init__(
        self, message: str, *, path: str, model: str, raw: bytes, request_id: str | None = None
    ) -> None:
        super().__init__(f"{model} at {path}: {message}")
        self.idempotency_key: str | None = None
        self.path = path
        self.model = model
        self.raw: bytes = raw[:2000]
        self.request_id = request_id


class JobError(HeyGenError):
    """About one remote job.

    Attributes:
        kind: What kind of job, such as ``video``.
        job_id: The id at HeyGen: keep it, the job can be found again with it.
    """

    def __init__(self, message: str, *, kind: str, job_id: str, hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.kind = kind
        self.job_id = job_id


class JobFailedError(JobError):
    """HeyGen gave up on the job.

    Attributes:
        failure_code: HeyGen's reason as a word, if it gives one.
        failure_message: HeyGen's reason as a sentence, if it gives one.
    """

    def __init__(
        self,
        *,
        kind: str,
        job_id: str,
        status: str,
        failure_code: str | None = None,
        failure_message: str | None = None,
        hint: str | None = None,
    ) -> None:
        reason = failure_message or "no reason given"
        code = f" [{failure_code}]" if failure_code else ""
        super().__init__(
            f"{kind} {job_id} {status}: {reason}{code}", kind=kind, job_id=job_id, hint=hint
        )
        self.status = status
        self.failure_code = failure_code
        self.failure_message = failure_message


class JobTimeoutError(JobError, TimeoutError):
    """We stopped waiting. The job is still running at HeyGen, and still billed.

    Attributes:
        status: The last status seen, or None.
        age: Seconds since we began to wait.
    """

    def __init__(self, *, kind: str, job_id: str, status: str | None, age: float) -> None:
        super().__init__(
            f"{kind} {job_id} was {status or 'not seen'} after {age:.0f} s of waiting",
            kind=kind,
            job_id=job_id,
            hint="It is not cancelled: wait again with the same id.",
        )
        self.status = status
        self.age = age


class JobLostError(JobError):
    """HeyGen does not know the job, although it should by now."""


class TransferError(HeyGenError):
    """An upload or a download did not get through.

    Attributes:
        retry_after: Seconds that the host asked us to wait, if it did.
    """

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.retry_after: float | None = None


class IntegrityError(TransferError):
    """Other bytes, or another number of bytes, than were promised."""


class LinkExpiredError(TransferError):
    """A presigned link no longer answers, and a fresh one could not be had."""


class SourceChangedError(TransferError):
    """The file changed between two looks at it, or cannot be read any more."""


class TargetError(TransferError, OSError):
    """The download's target exists, cannot be written, or does not fit on the disk."""


class WebhookError(HeyGenError, ValueError):
    """A delivery that did not come from HeyGen, or not now, or that nobody can read."""


class MissingSignatureError(WebhookError):
    """The delivery carries no signature, or no time beside it."""


class BadSignatureError(WebhookError):
    """The delivery is signed with none of the secrets, or was changed on its way."""


class StaleTimestampError(WebhookError):
    """The delivery was sent too long ago, or in the future: it may be a replay."""
