"""Inbox: deliveries in, at once acknowledged; waiting jobs woken, handlers called after."""

import asyncio
import inspect
import math
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime
from enum import IntEnum
from types import TracebackType
from typing import Final, Self, TypeAlias, TypeVar

from heygen_async.api.webhooks import Webhooks
from heygen_async.errors import (
    BadSignatureError,
    ClientLoopError,
    InvalidRequestError,
    MissingSignatureError,
    StaleTimestampError,
    WebhookError,
)
from heygen_async.jobs.board import StatusBoard
from heygen_async.jobs.line import Line
from heygen_async.models import WebhookEvent
from heygen_async.models.deliveries import Delivery
from heygen_async.transport.clock import World
from heygen_async.transport.events import logger
from heygen_async.wire.deliveries import Told, job_ids, read_told, told_of
from heygen_async.wire.redact import Secret
from heygen_async.wire.signatures import (
    TOLERANCE,
    check_secrets,
    check_tolerance,
    is_signed,
    verify,
)

Handler: TypeAlias = Callable[[Delivery], Awaitable[object] | object]
H = TypeVar("H", bound=Handler)

_EVERYTHING: Final = "*"
_PAGE: Final = 100


class Answer(IntEnum):
    """What to answer HeyGen: the HTTP status."""

    TAKEN = 200
    """It will be handled, or was already."""
    UNREADABLE = 400
    """It is no delivery."""
    REFUSED = 401
    """It is not signed as it should be."""
    BUSY = 503
    """Too many wait to be handled, or nobody handles: HeyGen sends it again, for up to 24 hours."""


class Inbox:
    """Takes deliveries over: ``async with heygen.inbox(secret) as inbox``.

    ``accept`` is all that a web handler calls; it returns at once, long before the 10 seconds
    after which HeyGen gives up. A job that this client waits for is then looked at instead of
    waited out, and handlers are called one after another in the order of arrival, signed
    deliveries before unsigned ones. Stop the server first, and the inbox after: it handles what
    was acknowledged, and what comes outside of its block is answered BUSY.

    Args:
        board: Where jobs are waited for.
        webhooks: To read what was missed.
        world: Time.
        secrets: Of the endpoints; without any, nothing is accepted but what ``unsigned`` allows.
        tolerance: Seconds by which a delivery's time may differ from ours.
        unsigned: Whether deliveries without any signature are taken, as those to a
            ``callback_url`` are. Whoever knows the address can send them: they say
            ``signed=False``, and take no place from signed ones. A wrong signature is refused.
        most: Deliveries that may wait to be handled: so many signed, and so many unsigned ones.
        drain: Seconds for which ``close`` goes on handling what was acknowledged.
    """

    def __init__(
        self,
        board: StatusBoard,
        webhooks: Webhooks,
        world: World,
        *,
        secrets: str | Secret | Sequence[str | Secret] | None = None,
        tolerance: float = TOLERANCE,
        unsigned: bool = False,
        most: int = 1000,
        drain: float = 5.0,
    ) -> None:
        given: Sequence[str | Secret] = []
        if secrets is not None:
            given = [secrets] if isinstance(secrets, str | Secret) else secrets
        if given or not unsigned:
            check_secrets(given)
        check_tolerance(tolerance)
        if most < 1:
            raise InvalidRequestError("most", most, "must be at least 1")
        if not drain >= 0:
            raise InvalidRequestError("drain", drain, "must be 0 seconds or more")
        self._secrets: list[Secret] = [
            each if isinstance(each, Secret) else Secret(each) for each in given
        ]
        self._board = board
        self._webhooks = webhooks
        self._world = world
        self._tolerance = tolerance
        self._unsigned = unsigned
        self._drain = drain
        self._handlers: dict[str, list[Handler]] = {}
        self._line: Line = Line(most)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None

    def on(self, event_type: str = _EVERYTHING) -> Callable[[H], H]:
        """Registers a handler: ``@inbox.on("avatar_video.success")``.

        It may be a coroutine function. What it raises is logged: HeyGen was answered before.

        Args:
            event_type: A kind of event; all kinds of a subject as ``avatar_video.*``; or ``*``
                for everything, which is meant when it is left out.

        Raises:
            InvalidRequestError: It is a handler: the brackets of ``@inbox.on()`` were left out.
        """
        if callable(event_type):
            raise InvalidRequestError("event_type", "a handler", "must be text: write @inbox.on()")

        def register(handler: H) -> H:
            self._handlers.setdefault(event_type, []).append(handler)
            return handler

        return register

    def accept(self, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Takes one delivery. Returns at once, and raises nothing that a sender could cause.

        Args:
            body: The raw bytes of the request.
            headers: Its headers, in any case.

        Returns:
            The status to answer.

        Raises:
            ClientLoopError: It is called from another thread or event loop than the inbox's.
        """
        self._check_loop()
        try:
            told = read_told(body, headers, signed=self._is_signed(body, headers))
        except (MissingSignatureError, BadSignatureError, StaleTimestampError) as problem:
            logger.warning("a delivery was refused", extra={"reason": str(problem)})
            return Answer.REFUSED
        except WebhookError as problem:
            logger.warning("a delivery cannot be read", extra={"reason": str(problem)})
            return Answer.UNREADABLE
        if self._line.knows(told):
            return Answer.TAKEN
        self._hint(told)
        if not self._is_open or not self._line.has_room(told, len(body)):
            return Answer.BUSY
        self._line.put(told, len(body))
        return Answer.TAKEN

    async def reconcile(
        self, *, since: datetime | float | str | None = None, max_items: int = 1000
    ) -> int:
        """Takes what was told while nobody listened, from HeyGen's list of events, oldest first.

        Call it after a downtime: HeyGen repeats a delivery for 24 hours only. What this inbox has
        seen is left out, but not what came unsigned, for that may have been forged. A handler may
        call it, too.

        Args:
            since: Where to begin: a moment, as a ``datetime`` with its zone or Unix seconds, or the
                id of the last event that was handled. All that is in the list when left out, or
                when it does not have that id: also what was handled before a restart.
            max_items: Most events to look at, from the newest back.

        Returns:
            How many were new.

        Raises:
            InvalidRequestError: ``since`` is no moment.
            ClientLoopError: The inbox is not open, so that nobody would handle them.
            HeyGenError: As every call; then none is taken.
        """
        is_before = _limit(since)
        self._check_open()
        missed: list[WebhookEvent] = []
        async for event in self._webhooks.list_events(limit=_PAGE, max_items=max_items):
            if is_before(event):
                break
            missed.append(event)
        self._check_open()
        new = 0
        for event in reversed(missed):
            told = told_of(event.event_type, event.event_data, event_id=event.event_id, signed=True)
            if not self._line.knows(told):
                self._hint(told)
                self._line.put(told)
                new += 1
        return new

    async def idle(self) -> None:
        """Returns when everything that was taken has been handled."""
        await self._line.idle()

    async def __aenter__(self) -> Self:
        if self._task is not None:
            raise ClientLoopError("the inbox is open already")
        self._loop = asyncio.get_running_loop()
        self._task = self._loop.create_task(self._run(), name="heygen inbox")
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Takes nothing any more, and ends when what was acknowledged is handled. Idempotent.

        After ``drain`` seconds a handler is broken off. What was not handled to its end is logged,
        and new again to ``reconcile``; HeyGen's list has it unless it was unsigned.
        """
        task, self._task = self._task, None
        if task is None:
            return
        idle = asyncio.ensure_future(self._line.idle())
        alarm = asyncio.ensure_future(self._world.clock.sleep(self._drain))
        try:
            await asyncio.wait((task, idle, alarm), return_when=asyncio.FIRST_COMPLETED)
        finally:
            if left := [delivery.event_id for delivery in self._line.clear()]:
                logger.warning(
                    "the inbox was closed before all was handled", extra={"event_ids": left}
                )
            for each in (task, idle, alarm):
                each.cancel()
            await asyncio.wait((task, idle, alarm))

    @property
    def _is_open(self) -> bool:
        return self._task is not None and not self._task.done()

    def _check_open(self) -> None:
        if not self._is_open:
            raise ClientLoopError(
                "the inbox is not open", hint="Call it within ``async with heygen.inbox(...)``."
            )

    def _check_loop(self) -> None:
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            loop = None
        if loop is None or (self._loop is not None and loop is not self._loop):
            raise ClientLoopError(
                "a delivery was taken in another thread than the inbox's",
                hint="Call ``accept`` in a coroutine: an ``async def`` endpoint.",
            )

    def _is_signed(self, body: bytes, headers: Mapping[str, str]) -> bool:
        if self._unsigned and not (self._secrets and is_signed(headers)):
            return False
        now = self._world.clock.time()
        verify(body, headers, self._secrets, now=now, tolerance=self._tolerance)
        return True

    def _hint(self, told: Told) -> None:
        for job_id in job_ids(told.delivery):
            self._board.hint(job_id, signed=told.delivery.signed)

    async def _run(self) -> None:
        while not _is_cancelled():
            delivery = await self._line.next()
            try:
                for handler in self._interested(delivery.event_type):
                    await self._call(handler, delivery)
            finally:
                self._line.done()

    def _interested(self, event_type: str) -> list[Handler]:
        subject = f"{event_type.partition('.')[0]}.*"
        names = dict.fromkeys((event_type, subject, _EVERYTHING))
        return [handler for name in names for handler in self._handlers.get(name, ())]

    async def _call(self, handler: Handler, delivery: Delivery) -> None:
        try:
            outcome = handler(delivery)
            if inspect.isawaitable(outcome):
                await outcome
        except (Exception, asyncio.CancelledError):  # noqa: BLE001  also that of a task waited for
            # A handler's bug must not end the handling of the others.
            if _is_cancelled():
                raise asyncio.CancelledError from None
            logger.exception("a handler failed", extra={"event": delivery.event_type})


def _is_cancelled() -> bool:
    """Whether somebody ends the task we are in, rather than one that it waits for."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


def _limit(since: datetime | float | str | None) -> Callable[[WebhookEvent], bool]:
    """Whether an event, and so all that are listed after it, is too old."""
    match since:
        case None:
            return lambda _: False
        case str():
            return lambda event: event.event_id == since
        case datetime() if since.tzinfo is None:
            raise InvalidRequestError("since", since, "must have a time zone")
        case datetime():
            start = since.timestamp()
        case _ if math.isfinite(since):
            start = since
        case _:
            raise InvalidRequestError("since", since, "must be Unix seconds")
    return lambda event: (at := _moment(event.created_at)) is not None and at < start


def _moment(written: str) -> float | None:
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
