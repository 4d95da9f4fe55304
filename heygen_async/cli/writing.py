"""What a command writes: a file, or stdout. A file that is there stays as it is, unless forced.

A file is replaced in one step: when it cannot be written, the old one is still there.
"""

import os
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from heygen_async.cli.console import out
from heygen_async.cli.reading import STDIO
from heygen_async.errors import ConfigError, TargetError


def target_of(output: str, *, force: bool) -> Path | None:
    """The file to write, looked at before anything else is done; None for stdout.

    Args:
        output: Its path; ``-`` is stdout.
        force: Whether one that is there may be replaced.

    Raises:
        ConfigError: It is there already; or it is a link, a folder or a device.
    """
    if output == STDIO:
        return None
    target = Path(output)
    if os.path.lexists(target):
        if not force:
            raise _there(target)
        _check_plain(target)
    return target


def write(target: Path | None, text: str, *, force: bool) -> None:
    """Writes a text, and a line's end.

    Args:
        target: The file; None is stdout.
        text: What to write.
        force: Whether a file that is there may be replaced.

    Raises:
        ConfigError: It is there already; or it is a link, a folder or a device.
        TargetError: It cannot be written.
    """
    if target is None:
        out(text)
        return
    try:
        if force and os.path.lexists(target):
            _replace(target, text)
        else:
            with target.open("x", encoding="utf-8") as file, _gone_on_failure(target):
                _fill(file, text)
    except FileExistsError:
        raise _there(target) from None
    except OSError as problem:
        words = f"{target} cannot be written: {problem.strerror or problem}"
        raise TargetError(words) from problem


def _replace(target: Path, text: str) -> None:
    _check_plain(target)
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", dir=target.parent, prefix=".heygen-", delete=False
    ) as file:
        beside = Path(file.name)
        with _gone_on_failure(beside):
            beside.chmod(target.stat().st_mode & 0o7777)
            _fill(file, text)
            beside.replace(target)


def _fill(file: IO[str], text: str) -> None:
    file.write(f"{text}\n")
    file.flush()  # where a full disk shows


@contextmanager
def _gone_on_failure(path: Path) -> Generator[None]:
    try:
        yield
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _check_plain(target: Path) -> None:
    if target.is_symlink() or not target.is_file():
        raise ConfigError(f"{target} is no plain file", hint="Name another one.")


def _there(target: Path) -> ConfigError:
    return ConfigError(f"{target} is there already", hint="Write over it with --force.")
