"""Lots: rows that go to HeyGen together, up to a hundred in one call.

HeyGen works a batch off by itself and in its own order, as slots of the account become free. So a
lot goes out when there is one free slot, and then counts for as many as it can take. Its rows are
waited for one by one, and each fails alone.
"""

import asyncio
from functools import partial
from typing import Final

from heygen_async.api.resources import Resources
from heygen_async.errors import (
    BadRequestError,
    ForbiddenError,
    InvalidRequestError,
    NotFoundError,
    PayloadTooLargeError,
)
from heygen_async.models import CreateVideo, CreateVideoBatch
from heygen_async.models.v2 import GenerateVideo
from heygen_async.orchestrator.jobs import State, VideoRequest
from heygen_async.orchestrator.last_word import with_last_word
from heygen_async.orchestrator.row import Row
from heygen_async.orchestrator.slots import Slots
from heygen_async.transport.clock import Clock
from heygen_async.wire.encode import encode
from heygen_async.wire.idempotency import key_for
from heygen_async.wire.retry import is_open

LOT: Final = 100
"""Most videos in a batch."""

_MOMENT: Final = 0.5
"""Seconds in which another row may come; if none does, the lot goes out as it is."""

_REFUSED: Final = (
    BadRequestError,
    ForbiddenError,
    InvalidRequestError,
    NotFoundError,
    PayloadTooLargeError,
)
"""Refusals of all rows that may be due to one: each is sent alone then."""


class Lot:
    """Some rows, and what became of the call that they went out with.

    Attributes:
        rows: With their requests.
        on_the_wire: Whether the call was begun.
        over: Set when it has ended.
        alone: Whether each row has to go by itself.
        problem: What the call came to.
        held: Slots that it takes.
        left: Rows that have not ended.
    """

    def __init__(self) -> None:
        self.rows: list[tuple[Row, CreateVideo]] = []
        self.on_the_wire: bool = False
        self.over: asyncio.Event = asyncio.Event()
        self.alone: bool = False
        self.problem: BaseException | None = None
        self.held: int = 0
        self.left: int = 0

    def settled(self, known: bool) -> None:  # noqa: FBT001  told so by name
        """Told whether it is known if the call was carried out."""
        for row, _ in self.rows:
            row.settled(known)


class Lots:
    """Collects rows and sends them.

    Args:
        heygen: Makes the calls.
        clock: For the moment in which another row may come.
        slots: Jobs in flight at HeyGen.
        name: The run's name, part of every key.
    """

    def __init__(self, heygen: Resources, *, clock: Clock, slots: Slots, name: str) -> None:
        self._heygen = heygen
        self._name = name
        self._clock = clock
        self._slots = slots
        self._open: Lot | None = None

    async def send(self, row: Row, request: CreateVideo) -> Lot:
        """Sends a row together with others, and sets its ``remote``.

        Returns:
            Its lot, which is to be told when the row has ended; if it is ``alone``, nothing was
            sent, and the row has to go by itself.

        Raises:
            HeyGenError: What the call of all of them came to.
        """
        lot = self._open
        if lot is not None and len(lot.rows) < LOT:
            lot.rows.append((row, request))
            try:
                await lot.over.wait()
            except asyncio.CancelledError:
                if lot.on_the_wire:
                    await lot.over.wait()  # whoever sends it waits for its last word
                if lot.held:  # it was accepted in this very moment
                    self.ended(lot)
                raise
            if lot.problem is not None:
                raise lot.problem
            return lot
        lot = self._open = Lot()
        lot.rows.append((row, request))
        try:
            await self._send(lot)
        except BaseException as problem:
            lot.problem = problem
            raise
        finally:
            self._close(lot)
            lot.over.set()
        return lot

    def ended(self, lot: Lot) -> None:
        """A row of a lot has ended: when fewer are left than slots are held, one is free."""
        lot.left -= 1
        if lot.left < lot.held:
            lot.held -= 1
            self._slots.release()

    async def _send(self, lot: Lot) -> None:
        await self._slots.acquire()
        try:
            while len(lot.rows) < LOT:
                seen = len(lot.rows)
                await self._clock.sleep(_MOMENT)
                if len(lot.rows) == seen:
                    break
            self._close(lot)
            lot.alone = len(lot.rows) == 1
            if not lot.alone:
                await self._post(lot)
        except BaseException:
            self._slots.release()
            raise
        if lot.alone:
            self._slots.release()
            return
        lot.left = len(lot.rows)
        lot.held = min(lot.left, self._slots.limit)
        self._slots.occupy(lot.held - 1)
        self._slots.accepted()

    def _close(self, lot: Lot) -> None:
        if self._open is lot:
            self._open = None

    async def _post(self, lot: Lot) -> None:
        batch = CreateVideoBatch(videos=[request for _, request in lot.rows])
        try:
            key = key_for(f"{self._name}:batch-{lot.rows[0][0].index}", encode(batch))
            for index, (row, _) in enumerate(lot.rows):
                row.idempotency_key, row.item_index = key, index
                row.enter(State.SUBMITTING)
            lot.on_the_wire = True
            await with_last_word(partial(self._create, lot, batch, key), lot.settled)
        except _REFUSED as problem:
            if is_open(problem):
                raise  # an attempt before it got no answer: it may be made, and paid
            lot.alone = True
            for row, _ in lot.rows:
                row.idempotency_key = row.item_index = None

    async def _create(self, lot: Lot, batch: CreateVideoBatch, key: str) -> None:
        videos = self._heygen.videos
        job = await videos.create_batch(batch, idempotency_key=key)
        for index, (row, _) in enumerate(lot.rows):
            row.remote = videos.item_job(job.id, item_index=index)
            row.enter(State.ACCEPTED)


def fits(request: VideoRequest) -> CreateVideo | None:
    """The request, if a batch takes it: one of v3, without a folder of its own."""
    if isinstance(request, GenerateVideo) or getattr(request, "folder_id", None) is not None:
        return None
    return request
