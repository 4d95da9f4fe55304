"""Inbox: deliveries in, at once acknowledged; waiting jobs woken, handlers called after."""

import asyncio
import inspect
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from enum import IntEnum
from types import TracebackType
from typing import Final, Self, TypeAlias, TypeVar

from heygen_async.api.webhooks import Webhooks
from heygen_async.errors import (
    BadSignatureError,
    InvalidRequestError,
    MissingSignatureError,
    StaleTimestampError,
    WebhookError,
)
from heygen_async.jobs.board import StatusBoard
from heygen_async.models.deliveries import Delivery
from heygen_async.transport.clock import World
from heygen_async.transport.events import logger
from heygen_async.wire.deliveries import read_delivery
from heygen_async.wire.redact import Secret
from heygen_async.wire.signatures import TOLERANCE, verify

Handler: TypeAlias = Callable[[Delivery], Awaitable[object] | object]
H = TypeVar("H", bound=Handler)

_EVERYTHING: Final = "*"
_REMEMBERED: Final = 10_000
_NOT_A_JOB: Final = frozenset({"callback_id", "folder_id"})


class Answer(IntEnum):
    """What to answer HeyGen: the HTTP status."""

    TAKEN = 200
    """It will be handled, or was already."""
    UNREADABLE = 400
    """It is no delivery."""
    REFUSED = 401
    """It is not signed as it should be."""
    BUSY = 503
    """Too many wait to be handled: HeyGen sends it again, for up to 24 hours."""


class Inbox:
    """Takes deliveries over: ``async with heygen.inbox(secret) as inbox``.

    ``accept`` is all that a web handler calls; it returns at once, long before the 10 seconds
    after which HeyGen gives up. A job that this client waits for is then looked at instead of
    waited out, and handlers are called one after another in the order of arrival.

    Args:
        board: Where jobs are waited for.
        webhooks: To read what was missed.
        world: Time.
        secrets: Of the endpoints; without any, nothing is accepted but what ``unsigned`` allows.
        tolerance: Seconds by which a delivery's time may differ from ours.
        unsigned: Whether deliveries without a signature are taken, as those to a ``callback_url``
            are. Whoever knows the address can send them: they say ``signed=False``.
        most: Deliveries that may wait to be handled.
    """

    def __init__(
        self,
        board: StatusBoard,
        webhooks: Webhooks,
        world: World,
        *,
        secrets: str | Secret | Sequence[str | Secret] = (),
        tolerance: float = TOLERANCE,
        unsigned: bool = False,
        most: int = 1000,
    ) -> None:
        given = [secrets] if isinstance(secrets, str | Secret) else list(secrets)
        if not given and not unsigned:
            raise InvalidRequestError("secrets", "none", "must be 1 or more, or unsigned=True")
        if most < 1:
            raise InvalidRequestError("most", most, "must be at least 1")
        self._secrets: list[Secret] = [
            each if isinstance(each, Secret) else Secret(each) for each in given
        ]
        self._board = board
        self._webhooks = webhooks
        self._world = world
        self._tolerance = tolerance
        self._unsigned = unsigned
        self._handlers: dict[str, list[Handler]] = {}
        self._line: asyncio.Queue[Delivery] = asyncio.Queue(most)
        self._seen: OrderedDict[str, None] = OrderedDict()
        self._task: asyncio.Task[None] | None = None

    def on(self, event_type: str = _EVERYTHING) -> Callable[[H], H]:
        """Registers a handler: ``@inbox.on("avatar_video.success")``.

        It may be a coroutine function. What it raises is logged: HeyGen was answered before.

        Args:
            event_type: A kind of event; all kinds of a subject as ``avatar_video.*``; or ``*``
                for everything, which is meant when it is left out.
        """

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
        """
        try:
            signed = self._is_signed(body, headers)
            delivery = read_delivery(body, headers, signed=signed)
        except (MissingSignatureError, BadSignatureError, StaleTimestampError) as problem:
            logger.warning("a delivery was refused", extra={"reason": str(problem)})
            return Answer.REFUSED
        except WebhookError as problem:
            logger.warning("a delivery cannot be read", extra={"reason": str(problem)})
            return Answer.UNREADABLE
        return self._take(delivery)

    async def reconcile(self, *, max_items: int = 1000) -> int:
        """Takes what was told while nobody listened, from HeyGen's list of events.

        Call it after a downtime: HeyGen repeats a delivery for 24 hours only, and what was dropped
        while the line was full is in the list, too. What was seen already is left out.

        Args:
            max_items: Most events to look at.

        Returns:
            How many were new.

        Raises:
            HeyGenError: As every call.
        """
        new = 0
        async for event in self._webhooks.list_events(max_items=max_items):
            if event.event_id in self._seen:
                continue
            delivery = Delivery(
                event_type=event.event_type,
                event_id=event.event_id,
                signed=True,
                data=event.event_data,
            )
            self._note(delivery)
            await self._line.put(delivery)
            new += 1
        return new

    async def idle(self) -> None:
        """Returns when everything that was taken has been handled."""
        await self._line.join()

    async def __aenter__(self) -> Self:
        self._task = asyncio.get_running_loop().create_task(self._run(), name="heygen inbox")
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Stops handling. What waits in the line is in HeyGen's list, for ``reconcile``."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    def _is_signed(self, body: bytes, headers: Mapping[str, str]) -> bool:
        if self._secrets:
            try:
                verify(
                    body,
                    headers,
                    self._secrets,
                    now=self._world.clock.time(),
                    tolerance=self._tolerance,
                )
            except WebhookError:
                if not self._unsigned:
                    raise
                return False
        return bool(self._secrets)

    def _take(self, delivery: Delivery) -> Answer:
        if delivery.event_id in self._seen:
            return Answer.TAKEN
        if self._line.full():
            return Answer.BUSY
        self._note(delivery)
        self._line.put_nowait(delivery)
        return Answer.TAKEN

    def _note(self, delivery: Delivery) -> None:
        self._seen[delivery.event_id] = None
        if len(self._seen) > _REMEMBERED:
            self._seen.popitem(last=False)
        for name, value in delivery.data.items():
            if name.endswith("_id") and name not in _NOT_A_JOB and isinstance(value, str):
                self._board.hint(value)

    async def _run(self) -> None:
        while True:
            delivery = await self._line.get()
            try:
                for handler in self._interested(delivery.event_type):
                    await self._call(handler, delivery)
            finally:
                self._line.task_done()

    def _interested(self, event_type: str) -> list[Handler]:
        subject = f"{event_type.partition('.')[0]}.*"
        names = dict.fromkeys((event_type, subject, _EVERYTHING))
        return [handler for name in names for handler in self._handlers.get(name, ())]

    async def _call(self, handler: Handler, delivery: Delivery) -> None:
        try:
            outcome = handler(delivery)
            if inspect.isawaitable(outcome):
                await outcome
        except Exception:  # noqa: BLE001  a handler's bug must not end the handling of the others
            logger.exception("a handler failed", extra={"event": delivery.event_type})
