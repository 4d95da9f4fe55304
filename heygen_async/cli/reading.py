"""What a command reads: a file, or stdin."""

import codecs
import sys
from pathlib import Path
from typing import Final

from heygen_async.errors import ConfigError, InvalidRequestError

STDIO: Final = "-"


def read(source: str) -> bytes:
    """What a file holds, without a byte order mark.

    Args:
        source: Its path; ``-`` is stdin.

    Raises:
        ConfigError: It cannot be read.
    """
    if source == STDIO and sys.stdin is None:  # pyright: ignore[reportUnnecessaryComparison]
        raise ConfigError("stdin is closed", hint="Name a file, or pipe one in.")
    try:
        text = sys.stdin.buffer.read() if source == STDIO else Path(source).read_bytes()
    except OSError as problem:
        raise ConfigError(f"{source} cannot be read: {problem.strerror or problem}") from problem
    return text.removeprefix(codecs.BOM_UTF8)


def read_text(source: str) -> str:
    """The text that a file holds, its lines ended in the one way.

    It is UTF-8, or UTF-16 with a byte order mark.

    Args:
        source: Its path; ``-`` is stdin.

    Raises:
        ConfigError: It cannot be read.
        InvalidRequestError: It is no text.
    """
    try:
        data = read(source)
        wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        text = data.decode("utf-16" if wide else "utf-8")
    except UnicodeDecodeError as problem:
        limit = f"must be {problem.encoding.upper()} (byte {problem.start + 1} is not)"
        hint = "Save it as UTF-8, or as UTF-16 with a byte order mark."
        raise InvalidRequestError("file", source, limit, hint=hint) from None
    return text.replace("\r\n", "\n")
