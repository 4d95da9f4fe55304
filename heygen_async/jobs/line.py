"""The inbox's line: deliveries that wait to be handled, and the memory of those that came."""

import asyncio
from collections import OrderedDict
from collections.abc import Collection
from itertools import count
from typing import Final, NamedTuple, TypeVar

from heygen_async.models.deliveries import Delivery, TranslationDelivery, VideoDelivery
from heygen_async.wire.deliveries import Told

T = TypeVar("T")

_REMEMBERED: Final = 10_000

_BYTES: Final = 4 * 1024 * 1024
"""Of the bodies that may wait, which take many times as much when they are read."""


class Memory:
    """What came before, by HeyGen's id of the event and by what was told.

    HeyGen does not sign the id, and does not always send one. A video and a translation end once,
    so type and id of the thing tell their events, whatever they come under. Other things may end
    again, as the training of a group: where HeyGen gave two ids, these are two events.
    """

    def __init__(self) -> None:
        self._ids: OrderedDict[str, str] = OrderedDict()  # with the twin
        self._twins: OrderedDict[str, bool] = OrderedDict()

    def has(self, told: Told) -> bool:
        """Whether the event came before."""
        if told.delivery.event_id in self._ids:
            return True
        before = self._twins.get(told.twin)
        if before is None:
            return False
        ends_once = isinstance(told.delivery, VideoDelivery | TranslationDelivery)
        return ends_once or not (before and told.has_id)

    def note(self, told: Told) -> None:
        """Remembers it, and forgets the oldest."""
        if told.has_id:
            _keep(self._ids, told.delivery.event_id, told.twin)
        # A repeat that came without an id says nothing about the ids of others.
        _keep(self._twins, told.twin, told.has_id or self._twins.get(told.twin, False))

    def forget(self, cut: Collection[Told]) -> None:
        """They may come again, under whatever ids they came."""
        gone = {told.twin for told in cut}
        for twin in gone:
            self._twins.pop(twin, None)
        for event_id in [each for each, twin in self._ids.items() if twin in gone]:
            del self._ids[event_id]


class _Waiting(NamedTuple):
    """Somebody in the line; the signed come first, and each in the order of arrival."""

    unsigned: bool
    turn: int
    told: Told
    size: int


class Line:
    """A queue with a share for signed and one for unsigned deliveries.

    Anybody may send unsigned ones. So neither their number nor what they say can displace a signed
    one: each share is as long as the other, and has a memory of its own.

    Args:
        most: Deliveries that may wait, of either share.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._queue: asyncio.PriorityQueue[_Waiting] = asyncio.PriorityQueue()
        self._turns: count[int] = count()
        self._in_hand: Told | None = None
        self._memories: dict[bool, Memory] = {True: Memory(), False: Memory()}
        self._lengths: dict[bool, int] = {True: 0, False: 0}
        self._sizes: dict[bool, int] = {True: 0, False: 0}

    def knows(self, told: Told) -> bool:
        """Whether the event waits, or was handled."""
        memory = self._memories[told.delivery.signed]
        known = memory.has(told)
        if known:
            memory.note(told)
        return known

    def has_room(self, told: Told, size: int) -> bool:
        """Whether one of so many bytes may wait."""
        signed = told.delivery.signed
        return self._lengths[signed] < self._most and self._sizes[signed] + size <= _BYTES

    def put(self, told: Told, size: int = 0) -> None:
        """Lines it up, whether or not there is room."""
        signed = told.delivery.signed
        self._memories[signed].note(told)
        self._lengths[signed] += 1
        self._sizes[signed] += size
        self._queue.put_nowait(_Waiting(not signed, next(self._turns), told, size))

    async def next(self) -> Delivery:
        """Whose turn it is; ``done`` ends the turn."""
        self._in_hand = self._left(await self._queue.get())
        return self._in_hand.delivery

    def done(self) -> None:
        """The one in hand was handled."""
        self._in_hand = None
        self._queue.task_done()

    async def idle(self) -> None:
        """Returns when nobody waits, and nobody is in hand."""
        await self._queue.join()

    def clear(self) -> list[Delivery]:
        """Takes out all that were not handled to the end. They may come again."""
        cut = [] if self._in_hand is None else [self._in_hand]
        while not self._queue.empty():
            cut.append(self._left(self._queue.get_nowait()))
            self._queue.task_done()
        for signed, memory in self._memories.items():
            memory.forget([told for told in cut if told.delivery.signed is signed])
        return [told.delivery for told in cut]

    def _left(self, waiting: _Waiting) -> Told:
        signed = waiting.told.delivery.signed
        self._lengths[signed] -= 1
        self._sizes[signed] -= waiting.size
        return waiting.told


def _keep(kept: OrderedDict[str, T], key: str, value: T) -> None:
    kept[key] = value
    kept.move_to_end(key)
    if len(kept) > _REMEMBERED:
        kept.popitem(last=False)
