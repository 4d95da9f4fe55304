"""What tests read back: what was billed, and what was asked."""

import msgspec


class Charge(msgspec.Struct, frozen=True, kw_only=True):
    """One billed act: what the real HeyGen would have taken for it.

    Attributes:
        id: The job or thing that was paid for.
        kind: What it is, such as ``video`` or ``avatar_create``.
        credits: Its price: dollars of the wallet on v3, credits on v1 and v2.
        idempotency_key: Key of the request, if it had one.
        request_digest: SHA-256 of the request's body in hex.
        time: Virtual Unix time in seconds.
    """

    id: str
    kind: str
    credits: float
    idempotency_key: str | None
    request_digest: str
    time: float


class Exchange(msgspec.Struct, frozen=True, kw_only=True):
    """One request and how it was answered. The API key is never kept.

    Attributes:
        method: HTTP verb.
        path: Path without the query.
        query: Raw query, without the question mark.
        status: Status of the answer; 0 when the connection was cut instead.
        idempotency_key: As sent.
        request_id: As answered in ``X-Request-Id``.
        time: Virtual Unix time in seconds.
        had_key: Whether the request carried a credential.
        replayed: Whether an idempotency key gave an earlier answer again.
    """

    method: str
    path: str
    query: str
    status: int
    idempotency_key: str | None
    request_id: str
    time: float
    had_key: bool
    replayed: bool = False
