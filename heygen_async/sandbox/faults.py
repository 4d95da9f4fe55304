"""Faults on demand: what shall go wrong, when, and how often."""

from collections.abc import Iterable
from fnmatch import fnmatchcase
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, UnsetType

from heygen_async.sandbox.refusal import Refusal

Count = Annotated[int, Meta(ge=0)]

_WORDS = {
    400: "invalid_parameter",
    401: "unauthorized",
    402: "insufficient_credit",
    403: "forbidden",
    404: "not_found",
    408: "request_timeout",
    409: "conflict",
    413: "payload_too_large",
    429: "rate_limit_exceeded",
    500: "internal_error",
    502: "bad_gateway",
    503: "service_unavailable",
    504: "gateway_timeout",
}


class Fault(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """One scripted fault. The first of the list that matches a request and is not used up acts.

    Attributes:
        method: HTTP verb; any, when left out.
        path: Prefix of the path, or a pattern with ``*``, ``?`` or ``[...]`` for all of it.
        times: How many matching requests it strikes; afterwards it is used up.
        skip: How many matching requests pass before.
        status: Answer with this status; nothing is processed.
        code: Its error code; by the status, when left out.
        message: Its error message.
        retry_after: Its ``Retry-After``: seconds, or any text.
        body: Its raw body instead of an envelope, such as a gateway's HTML.
        drop: Close the connection before anything is processed.
        commit_then_drop: Process, store and charge, then close without an answer.
        stall: Real seconds between processing and answering; joins any other action.
        drop_after_request_bytes: Read so many bytes of the body, then close.
        truncate_response_at: Send headers that promise everything and so many bytes, then close.
        expire_links: Presigned addresses answer 403, as when they have run out.
        status_word: What reads of jobs report instead of the true status.
        reply: Takes the place of ``data`` in the answer.
    """

    path: str
    method: str | None = None
    times: Count = 1
    skip: Count = 0
    status: Annotated[int, Meta(ge=200, le=599)] | None = None
    code: str | None = None
    message: str | None = None
    retry_after: float | str | None = None
    body: str | None = None
    drop: bool = False
    commit_then_drop: bool = False
    stall: Annotated[float, Meta(ge=0)] = 0.0
    drop_after_request_bytes: Count | None = None
    truncate_response_at: Count | None = None
    expire_links: bool = False
    status_word: str | None = None
    reply: Any | UnsetType = UNSET

    def matches(self, method: str, path: str) -> bool:
        """Whether a request is one that this fault means."""
        if self.method is not None and self.method.upper() != method:
            return False
        if any(sign in self.path for sign in "*?["):
            return fnmatchcase(path, self.path)
        return path.startswith(self.path)

    def refusal(self) -> Refusal:
        """The answer of a fault that has a ``status``."""
        status = self.status or 500
        code = self.code or _WORDS.get(status, "error")
        message = self.message or f"The sandbox was told to answer {status}."
        return Refusal(status, code, message, retry_after=self.retry_after)


class FaultBook:
    """The scripted faults, in order, and how far each is used up."""

    def __init__(self) -> None:
        self._open: list[tuple[Fault, list[int]]] = []

    def add(self, faults: Iterable[Fault]) -> None:
        """Appends faults."""
        self._open.extend((fault, [fault.skip, fault.times]) for fault in faults if fault.times)

    def clear(self) -> None:
        """Forgets all of them."""
        self._open.clear()

    def take(self, method: str, path: str) -> Fault | None:
        """The fault that strikes this request, counted as used."""
        for index, (fault, left) in enumerate(self._open):
            if not fault.matches(method, path):
                continue
            if left[0]:
                left[0] -= 1
                continue
            left[1] -= 1
            if not left[1]:
                del self._open[index]
            return fault
        return None

    def pending(self) -> list[Fault]:
        """Faults that are not used up."""
        return [fault for fault, _ in self._open]
