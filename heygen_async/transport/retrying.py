"""The one retry loop: calls, uploads and downloads all go through it."""

import copy
from collections.abc import Awaitable, Callable
from typing import Final, TypeAlias, TypeVar

import msgspec

from heygen_async.errors import (
    APIError,
    ConcurrencyLimitedError,
    DecodeError,
    HeyGenError,
    OutcomeUnknownError,
    TransportError,
)
from heygen_async.transport.clock import Deadline, World
from heygen_async.transport.events import CallFinished, Events, RetryScheduled, logger
from heygen_async.transport.quiet import told
from heygen_async.transport.turns import Turns
from heygen_async.wire.calls import Route
from heygen_async.wire.kinds import Kind
from heygen_async.wire.retry import Decision, RetryPolicy, decide, is_open

T = TypeVar("T")

_LISTED: Final = 10
_TAKEN: Final = "HeyGen took it, and it may be billed: look for its result before sending it again."

_Paused: TypeAlias = tuple[str, str]

_JOBS: Final[_Paused] = "jobs in flight", ""
"""What all endpoints share that begin jobs which HeyGen counts together."""

Crowded: TypeAlias = Callable[[float], object]
"""Told at once when too many of those jobs are in flight, with the seconds until the next try."""


class Pauses:
    """Endpoints that asked for a pause, with the moment at which it ends.

    Each is known by its name and path, so that every host of a transfer pauses by itself. A moment,
    not a flag: the task that met the refusal may be cancelled, and the pause ends anyway.
    """

    def __init__(self, world: World) -> None:
        self._crowded: list[Crowded] = []
        self._clock = world.clock
        self._until: dict[_Paused, float] = {}
        self._causes: dict[_Paused, APIError] = {}

    def watch(self, tell: Crowded) -> Callable[[], None]:
        """Has somebody told when too many jobs are in flight, and returns what ends that."""
        self._crowded.append(tell)
        return lambda: self._crowded.remove(tell)

    def extend(self, route: Route, seconds: float, cause: APIError) -> None:
        """Holds back every call to the endpoint for a while.

        When too many jobs are in flight, also every call that would begin another one; never a
        read, a poll, a transfer or an upload.
        """
        paused = _JOBS if self.tell(route, seconds, cause) else _paused(route)
        for other in tuple(self._until):
            self._left(other)  # those of hosts that are met once would be kept for ever
        until = self._clock.monotonic() + seconds
        self._until[paused] = max(until, self._until.get(paused, 0.0))
        self._causes[paused] = cause

    def tell(self, route: Route, seconds: float, cause: APIError) -> bool:
        """Tells those who watch, and returns whether it is that too many jobs are in flight."""
        crowded = route.capped and isinstance(cause, ConcurrencyLimitedError)
        if crowded:
            for tell in self._crowded:
                tell(seconds)
        return crowded

    def __bool__(self) -> bool:
        return bool(self._until)

    def left(self, route: Route) -> float:
        """Seconds until the endpoint may be called again."""
        left = self._left(_paused(route))
        return max(left, self._left(_JOBS)) if route.capped else left

    def _left(self, paused: _Paused) -> float:
        until = self._until.get(paused)
        if until is None:
            return 0.0
        left = until - self._clock.monotonic()
        if left <= 0:
            del self._until[paused]
            self._causes.pop(paused, None)
        return max(0.0, left)

    def refusal(self, route: Route) -> APIError:
        """What a call is told that cannot wait so long: what HeyGen told the one before it."""
        paused = _paused(route)
        if route.capped:
            paused = max(paused, _JOBS, key=lambda each: self._until.get(each, 0.0))
        cause = self._causes[paused]
        refusal = type(cause)(
            cause.message,
            status=cause.status,
            code=cause.code,
            request_id=cause.request_id,
            retry_after=self._until[paused] - self._clock.monotonic(),
            hint=cause.hint,
        )
        refusal.attempts = 0
        return refusal


def _paused(route: Route) -> _Paused:
    return route.name, route.path


class Retrier:
    """Repeats an attempt as the policy and the kind of the call allow."""

    def __init__(
        self, world: World, events: Events, policy: RetryPolicy, *, requests: int, transfers: int
    ) -> None:
        self.world = world
        self.events = events
        self.policy = policy
        self.pauses: Pauses = Pauses(world)
        # Reads never queue behind writes, and neither behind a file.
        self._reads = Turns(requests)
        self._writes = Turns(requests)
        self._transfers = Turns(transfers)

    def with_retries(self, max_retries: int) -> "Retrier":
        """The same pauses and turns, with another number of repeats."""
        other = copy.copy(self)
        other.policy = msgspec.structs.replace(self.policy, max_retries=max_retries)
        return other

    async def run(
        self,
        route: Route,
        attempt: Callable[[float | None], Awaitable[T]],
        *,
        deadline: Deadline | None = None,
        key: str | None = None,
        moved: Callable[[], bool] | None = None,
        request_id: Callable[[], str | None] | None = None,
        transfer: bool = False,
    ) -> T:
        """Attempts until one succeeds, or an error is final.

        Args:
            route: What is attempted.
            attempt: Does it once, in at most the given seconds (None: no bound), and raises a
                HeyGenError when it fails.
            deadline: Bounds attempts and waits together; the policy's ``max_elapsed`` if left out.
            key: The idempotency key, for the error.
            moved: Whether bytes have arrived since the last attempt: then the count starts over.
            request_id: HeyGen's id of the last answer, for whoever observes.
            transfer: Whether a file is on its way: those have turns of their own.

        Raises:
            HeyGenError: The last attempt's error, with the number of attempts and their history.
        """
        clock = self.world.clock
        calls = self._reads if route.method == "GET" else self._writes
        started = clock.monotonic()
        bound = deadline or Deadline(clock, self.policy.max_elapsed, now=started)
        failures: list[HeyGenError] = []
        counted = 0
        while True:
            if self.pauses and not await self._pause(route, bound):
                raise self._held_back(route, failures, started, key)
            try:
                async with self._transfers if transfer else calls:
                    result = await attempt(bound.remaining())
            except (APIError, TransportError) as problem:
                failures.append(problem)
                if moved is not None and moved():
                    counted = 0
                    bound.renew()
                decision = decide(route.kind, problem, route.transient)
                if decision is Decision.UNKNOWN:
                    raise self._unknown(route, failures, started, key) from problem
                counted += decision is Decision.RETRY
                delay = self._delay(route, decision, counted, failures, bound)
                if delay is None:
                    raise self._final(route, failures, started, key) from problem.__cause__
                self._announce(route, problem, len(failures), delay)
            except HeyGenError as problem:
                _note_taken(problem, route)
                _note_key(problem, key)
                _note_history(problem, failures)
                self._report(route, len(failures) + 1, started, problem)
                raise
            else:
                if self.events.observed:
                    seen = None if request_id is None else request_id()
                    self._report(route, len(failures) + 1, started, None, seen)
                return result
            bound.spend(delay)
            await clock.sleep(delay)

    async def _pause(self, route: Route, bound: Deadline) -> bool:
        """Waits until the endpoint may be called; False when the deadline comes first."""
        while (pause := self.pauses.left(route)) > 0:
            if not bound.allows(pause):
                return False
            bound.spend(pause)
            # Spread out, or all who were held back would come at once.
            await self.world.clock.sleep(pause + self.world.uniform() * self.policy.base)
        return True

    def _delay(
        self,
        route: Route,
        decision: Decision,
        counted: int,
        failures: list[HeyGenError],
        bound: Deadline,
    ) -> float | None:
        """Seconds until the next attempt; None when there is none."""
        policy = self.policy
        if decision is Decision.RAISE or counted > policy.max_retries:
            return None
        problem = failures[-1]
        floor = problem.retry_after if isinstance(problem, APIError) else None
        delay = policy.delay(len(failures), floor, self.world.uniform)
        # Also of a refusal that is final for this call, the others have to know.
        self._note_pause(route, problem, delay)
        return delay if policy.max_retries and bound.allows(delay) else None

    def _note_pause(self, route: Route, problem: HeyGenError, delay: float) -> None:
        if not isinstance(problem, APIError):
            return
        pause = problem.retry_after
        if pause is None and isinstance(problem, ConcurrencyLimitedError):
            pause = delay
        if pause is not None:
            # Without retries a call waits for nothing, so it has no other one wait.
            note = self.pauses.extend if self.policy.max_retries else self.pauses.tell
            note(route, pause, problem)

    def _announce(self, route: Route, problem: HeyGenError, attempt: int, delay: float) -> None:
        _note_doubt(problem, route)
        status = problem.status if isinstance(problem, APIError) else None
        logger.info("retrying", extra={"call": route.name, "attempt": attempt, "delay": delay})
        if self.events.observed:
            self.events.emit(
                RetryScheduled(
                    at=self.world.clock.monotonic(),
                    call=route.name,
                    attempt=attempt,
                    delay=delay,
                    reason=str(problem),
                    status=status,
                    concurrency=isinstance(problem, ConcurrencyLimitedError),
                )
            )

    def _held_back(
        self, route: Route, failures: list[HeyGenError], started: float, key: str | None
    ) -> HeyGenError:
        """The pause ends after the deadline: waiting for it would only waste the time."""
        if failures:
            return self._final(route, failures, started, key)
        problem = self.pauses.refusal(route)
        self._report(route, 0, started, problem)
        return problem

    def _final(
        self, route: Route, failures: list[HeyGenError], started: float, key: str | None
    ) -> HeyGenError:
        problem = _with_history(failures, key, route)
        self._report(route, len(failures), started, problem)
        return problem

    def _unknown(
        self, route: Route, failures: list[HeyGenError], started: float, key: str | None
    ) -> OutcomeUnknownError:
        last = _with_history(failures, key, route)
        problem = OutcomeUnknownError(
            f"{route.name} was sent, and nobody can tell whether it was done: {last}",
            attempts=len(failures),
            hint="It may be billed already: look for its result before sending it again.",
        )
        problem.idempotency_key = key
        self._report(route, len(failures), started, problem)
        return problem

    def _report(
        self,
        route: Route,
        attempts: int,
        started: float,
        problem: HeyGenError | None,
        request_id: str | None = None,
    ) -> None:
        if not self.events.observed:
            return
        now = self.world.clock.monotonic()
        self.events.emit(
            CallFinished(
                at=now,
                call=route.name,
                attempts=attempts,
                seconds=now - started,
                request_id=request_id or getattr(problem, "request_id", None),
                error=None if problem is None else type(problem).__name__,
            )
        )


def _with_history(failures: list[HeyGenError], key: str | None, route: Route) -> HeyGenError:
    """The last failure, which knows of the ones before it."""
    problem = failures[-1]
    if isinstance(problem, APIError | TransportError):
        problem.attempts = len(failures)
        problem.unanswered = any(is_open(each, route.transient) for each in failures[:-1])
    _note_key(problem, key)
    _note_history(problem, failures[:-1])
    return problem


def _note_doubt(problem: HeyGenError, route: Route) -> None:
    """Who breaks the call off before its next attempt has to know of this one."""
    quiet = told()
    if quiet is not None and is_open(problem, route.transient):
        quiet.doubtful = True


def _note_history(problem: HeyGenError, earlier: list[HeyGenError]) -> None:
    first = max(0, len(earlier) - _LISTED)
    for number, failure in enumerate(earlier[first:], first + 1):
        problem.add_note(f"attempt {number}: {failure}")


def _note_taken(problem: HeyGenError, route: Route) -> None:
    """An answer that nobody can read is an answer all the same."""
    if isinstance(problem, DecodeError) and route.kind is Kind.ONCE:
        problem.hint = _TAKEN


def _note_key(problem: HeyGenError, key: str | None) -> None:
    if isinstance(problem, APIError | TransportError | DecodeError):
        problem.idempotency_key = key
