"""Turns: so many at a time, in the order in which they came."""

import asyncio
from collections import deque


class Turns:
    """A semaphore that takes no detour while there are turns: ``async with`` it, and have one.

    Every call takes one, and hardly any has to wait for it: asyncio's own costs twice as much.
    """

    __slots__ = ("_left", "_waiting")

    def __init__(self, count: int) -> None:
        self._left = count
        self._waiting: deque[asyncio.Future[None]] = deque()

    async def __aenter__(self) -> None:
        if self._left:
            self._left -= 1
            return
        turn = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if not turn.cancelled():
                await self.__aexit__()  # it was given to us just before we were cancelled
            raise

    async def __aexit__(self, *_: object) -> None:
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)  # to whoever has waited longest, and past who comes now
                return
        self._left += 1
