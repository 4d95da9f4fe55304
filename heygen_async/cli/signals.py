"""Signals, turned into something that coroutines can wait for."""

import asyncio
import signal
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Final

_STOP: Final = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM") if hasattr(signal, name)
)


@contextmanager
def on_stop(
    act: Callable[[], object], signals: tuple[signal.Signals, ...] = _STOP
) -> Generator[Callable[[], None]]:
    """Calls something in the event loop when the process is asked to stop.

    Gives what ends it before its time: then signals are the system's again.

    Args:
        act: What to call.
        signals: Which signals; SIGINT and SIGTERM when left out.
    """
    loop = asyncio.get_running_loop()

    def call(_number: int, _frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(act)

    def restore() -> None:
        for number in signals:
            with suppress(NotImplementedError):
                loop.remove_signal_handler(number)
            signal.signal(number, before[number] or signal.SIG_DFL)

    before = {number: signal.getsignal(number) for number in signals}
    for number in signals:
        try:
            loop.add_signal_handler(number, act)
        except NotImplementedError:  # Windows
            signal.signal(number, call)
    try:
        yield restore
    finally:
        restore()
