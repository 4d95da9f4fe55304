"""Where the command writes: data to stdout, everything else to stderr."""

import asyncio
import os
import select
import sys
import threading
from contextlib import suppress
from typing import Final

from rich.console import Console

from heygen_async.errors import ConfigError

_PIPED_WIDTH: Final = 110


def say(text: str) -> None:
    """A line for a person, on stderr, unless that is closed."""
    if sys.stderr is None:  # pyright: ignore[reportUnnecessaryComparison]  closed by the shell
        return
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def out(text: str) -> None:
    """A line of data, on stdout, at once: UTF-8, whatever the terminal speaks.

    Raises:
        ConfigError: It is closed.
    """
    if sys.stdout is None:  # pyright: ignore[reportUnnecessaryComparison]  closed by the shell
        raise ConfigError("stdout is closed", hint="Name a file for the output.")
    sys.stdout.flush()
    sys.stdout.buffer.write(f"{text}\n".encode())
    sys.stdout.buffer.flush()


async def out_aside(text: str) -> None:
    """As ``out``, and the event loop goes on however long nobody reads.

    Raises:
        OSError: It cannot be written: whoever read it has left, or the disk is full.
    """
    loop = asyncio.get_running_loop()
    written: asyncio.Future[None] = loop.create_future()

    def settle(problem: OSError | None) -> None:
        if written.done():
            return  # nobody waits any more
        if problem is None:
            written.set_result(None)
        else:
            written.set_exception(problem)

    def write() -> None:
        problem = None
        try:
            _write_all(sys.stdout.fileno(), f"{text}\n".encode())
        except OSError as caught:
            problem = caught
        with suppress(RuntimeError):  # the loop is closed
            loop.call_soon_threadsafe(settle, problem)

    # A daemon, past the buffer's lock: a process that is to end waits for neither.
    threading.Thread(target=write, name="stdout", daemon=True).start()
    await written


def _write_all(number: int, data: bytes) -> None:
    while data:
        try:
            data = data[os.write(number, data) :]
        except BlockingIOError:  # a pipe or a terminal that others have told not to wait
            select.select([], [number], [])


def for_people() -> Console:
    """Progress, on stderr; NO_COLOR and dumb terminals are respected."""
    return Console(stderr=True, highlight=False)


def for_data() -> Console:
    """Results, on stdout; wide enough for a table when it is not a terminal."""
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = _PIPED_WIDTH
    return console


def is_live(console: Console) -> bool:
    """Whether what was written can be written over."""
    return console.is_terminal and not console.is_dumb_terminal
