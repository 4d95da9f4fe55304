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
    try:
        text = sys.stdin.buffer.read() if source == STDIO else Path(source).read_bytes()
    except OSError as problem:
        raise ConfigError(f"{source} cannot be read: {problem.strerror or problem}") from problem
    return text.removeprefix(codecs.BOM_UTF8)


def read_text(source: str) -> str:
    """The text that a file holds, its lines ended in the one way.

    Args:
        source: Its path; ``-`` is stdin.

    Raises:
        ConfigError: It cannot be read.
        InvalidRequestError: It is no text.
    """
    try:
        text = read(source).decode()
    except UnicodeDecodeError as problem:
        limit = f"must be UTF-8 (byte {problem.start + 1} is not)"
        raise InvalidRequestError("file", source, limit) from None
    return text.replace("\r\n", "\n")
