"""Where the command writes: data to stdout, everything else to stderr."""

import sys
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
