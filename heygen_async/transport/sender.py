"""Sender: one call in, its reply out."""

import copy
from collections.abc import Callable
from typing import Final, Generic, TypeVar

from heygen_async.config import Config
from heygen_async.errors import ConnectError
from heygen_async.transport.body import Body
from heygen_async.transport.clock import Deadline, Patience
from heygen_async.transport.raw import WATCHER
from heygen_async.transport.retrying import Retrier
from heygen_async.transport.session import SessionManager
from heygen_async.transport.toll import toll
from heygen_async.wire import idempotency
from heygen_async.wire.calls import Call
from heygen_async.wire.envelope import Envelope, HttpReply, unwrap
from heygen_async.wire.kinds import Kind

T = TypeVar("T")

_JSON: Final = {"Content-Type": "application/json"}


class KeyUse:
    """Whether HeyGen may keep something under a key, as far as its attempts tell."""

    __slots__ = ("stored",)

    def __init__(self) -> None:
        self.stored: bool = False

    def answered(self, status: int) -> None:
        """Notes an attempt that has a status."""
        self.stored = self.stored or idempotency.stores(status)

    def broke(self, problem: BaseException) -> None:
        """Notes an attempt that ended without a status: it may have been carried out."""
        self.stored = self.stored or not isinstance(problem, ConnectError)


class Sender:
    """Sends calls: key, attempts, envelope."""

    def __init__(
        self,
        config: Config,
        sessions: SessionManager,
        retrier: Retrier,
        *,
        keys: idempotency.KeyBook | None = None,
        timeout: float | None = None,
        told: set[str] | None = None,
    ) -> None:
        """Sends nothing yet.

        Args:
            config: How patient to be.
            sessions: What carries the requests.
            retrier: What repeats them.
            keys: Bodies that the caller's own keys stand for.
            timeout: Seconds that one attempt may take; by its class of call when None.
            told: What was told once and need not be told again.
        """
        self.config = config
        self.sessions = sessions
        self.retrier = retrier
        self.keys: idempotency.KeyBook = keys or idempotency.KeyBook()
        self.timeout: float | None = timeout
        self.told: set[str] = set() if told is None else told

    def with_options(self, *, timeout: float | None, max_retries: int | None) -> "Sender":
        """The same sessions, pauses and keys, with another patience.

        Args:
            timeout: Seconds that one attempt may take; by its class of call when None.
            max_retries: Repeats after failures; as before when None.
        """
        other = copy.copy(self)
        if max_retries is not None:
            other.retrier = self.retrier.with_retries(max_retries)
        if timeout is not None:
            other.timeout = timeout
        return other

    def read(self, call: Call[T], answer: HttpReply) -> Envelope[T]:
        """What an answer holds. A service with other envelopes has a sender of its own.

        Args:
            call: What was sent.
            answer: What came.

        Raises:
            APIError: The answer is an error.
            DecodeError: It does not fit ``call.reply``.
        """
        return unwrap(answer, call.decoder, now=self.retrier.world.clock.time())

    async def send(self, call: Call[T], *, deadline: Deadline | None = None) -> T:
        """The ``data`` of the answer.

        Args:
            call: What to send.
            deadline: Bounds attempts and waits; the retry policy's ``max_elapsed`` if left out.

        Raises:
            APIError: HeyGen refused, finally.
            TransportError: No answer, finally; ``OutcomeUnknownError`` when it may be billed.
            DecodeError: The answer does not fit ``call.reply``.
        """
        return (await self.fetch(call, deadline=deadline)).data

    async def fetch(
        self,
        call: Call[T],
        *,
        body: Callable[[], Body] | None = None,
        fingerprint: str = "",
        deadline: Deadline | None = None,
    ) -> Envelope[T]:
        """The whole envelope of the answer, with what lists need to go on.

        Args:
            call: What to send.
            body: Makes the body of each attempt, if it is not ``call.body``.
            fingerprint: What tells that body from others, in the place of its digest.
            deadline: Bounds attempts and waits.

        Raises:
            HeyGenError: As for ``send``.
        """
        path = call.path
        headers, key = self.headers(call, path, fingerprint)
        attempts = _Attempts(self, call, path, headers, body)
        try:
            return await self.retrier.run(
                call.route,
                attempts.one,
                deadline=deadline,
                key=key,
                request_id=attempts.request_id,
                transfer=body is not None,
            )
        finally:
            self.settle(call, path, attempts)

    def patience(self) -> Patience:
        """For transfers: they may take as long as bytes move, and wait no longer than others."""
        return Patience(self.retrier.world.clock, self.retrier.policy.max_elapsed)

    def headers(
        self, call: Call[T], path: str, fingerprint: str = ""
    ) -> tuple[dict[str, str] | None, str | None]:
        """The headers of a call besides those of every call, and the key among them.

        Made once for all attempts.

        Args:
            call: What will be sent.
            path: Its path, filled in.
            fingerprint: What tells its body from others, if it is not ``call.body``.
        """
        headers = None if call.body is None else _JSON
        kind = call.route.kind
        if kind is Kind.KEYED:
            key = self._key(call, path, fingerprint)
            return {**(headers or {}), idempotency.HEADER: key}, key
        # That of a body lies in it already, and is bound to it like any other.
        own = call.idempotency_key if kind is Kind.BODY_KEYED else None
        if own is not None:
            self._bind(own, path, idempotency.digest(call.body or b""))
        return headers, own

    def settle(self, call: Call[T], path: str, use: "KeyUse") -> None:
        """Frees the caller's key if HeyGen refused the request: a corrected one may have it.

        Args:
            call: What was sent.
            path: Its path, filled in.
            use: What came of its attempts.
        """
        if call.idempotency_key is not None:
            self.keys.settle(call.idempotency_key, path, stored=use.stored)

    def _key(self, call: Call[T], path: str, fingerprint: str) -> str:
        """The key of all attempts: made once, here, with the body that it stands for."""
        body_digest = fingerprint or idempotency.digest(call.body or b"")
        if call.idempotency_key is None:
            return f"{self.retrier.world.new_id()}:{body_digest[:32]}"
        key = idempotency.checked(call.idempotency_key)
        self._bind(key, path, body_digest)
        return key

    def _bind(self, key: str, path: str, body_digest: str) -> None:
        self.keys.bind(key, path, body_digest, self.retrier.world.clock.monotonic())


class _Attempts(KeyUse, Generic[T]):
    """One call, sent as often as it takes. No closure, which would be made anew for every call."""

    __slots__ = ("_body", "_call", "_headers", "_path", "_sender", "answer")

    def __init__(
        self,
        sender: Sender,
        call: Call[T],
        path: str,
        headers: dict[str, str] | None,
        body: Callable[[], Body] | None,
    ) -> None:
        super().__init__()
        self._sender = sender
        self._call = call
        self._path = path
        self._headers = headers
        self._body = body
        self.answer: HttpReply | None = None

    async def one(self, seconds: float | None) -> Envelope[T]:
        sender, call = self._sender, self._call
        if (pay := toll()) is not None:
            pay()
        body = call.body if self._body is None else self._body()
        try:
            self.answer = answer = await sender.sessions.exchange(
                call.route,
                self._path,
                body=body,
                headers=self._headers,
                seconds=seconds,
                timeout=sender.timeout,
            )
        except BaseException as problem:
            self.broke(problem)
            raise
        self.answered(answer.status)
        if (raw := WATCHER.get()) is not None:
            raw.all.append(answer)
        return sender.read(call, answer)

    def request_id(self) -> str | None:
        return None if self.answer is None else self.answer.request_id
