"""What a command writes: a file, or stdout. A file that is there stays as it is, unless forced."""

from pathlib import Path

from heygen_async.cli.console import out
from heygen_async.cli.reading import STDIO
from heygen_async.errors import ConfigError, TargetError


def target_of(output: str, *, force: bool) -> Path | None:
    """The file to write, looked at before anything else is done; None for stdout.

    Args:
        output: Its path; ``-`` is stdout.
        force: Whether one that is there may be replaced.

    Raises:
        ConfigError: It is there already.
    """
    target = None if output == STDIO else Path(output)
    if target is not None and target.exists() and not force:
        raise _there(target)
    return target


def write(target: Path | None, text: str, *, force: bool) -> None:
    """Writes a text, and a line's end.

    Args:
        target: The file; None is stdout.
        text: What to write.
        force: Whether a file that is there may be replaced.

    Raises:
        ConfigError: It is there already.
        TargetError: It cannot be written.
    """
    if target is None:
        out(text)
        return
    try:
        with target.open("w" if force else "x", encoding="utf-8") as file:
            file.write(f"{text}\n")
    except FileExistsError:
        raise _there(target) from None
    except OSError as problem:
        words = f"{target} cannot be written: {problem.strerror or problem}"
        raise TargetError(words) from problem


def _there(target: Path) -> ConfigError:
    return ConfigError(f"{target} is there already", hint="Write over it with --force.")
