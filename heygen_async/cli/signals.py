"""Signals, turned into something that coroutines can wait for."""

import asyncio
import signal
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Final

_STOP: Final = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM") if hasattr(signal, name)
)


@contextmanager
def on_stop(
    act: Callable[[], object], signals: tuple[signal.Signals, ...] = _STOP
) -> Generator[None]:
    """Calls something in the event loop when the process is asked to stop.

    Args:
        act: What to call.
        signals: Which signals; SIGINT and SIGTERM when left out.
    """
    loop = asyncio.get_running_loop()
    before = {number: signal.getsignal(number) for number in signals}
    for number in signals:
        try:
            loop.add_signal_handler(number, act)
        except NotImplementedError:  # Windows
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(act) and None)
    try:
        yield
    finally:
        for number in signals:
            try:
                loop.remove_signal_handler(number)
            except NotImplementedError:
                pass
            signal.signal(number, before[number])
