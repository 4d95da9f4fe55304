"""The state on disk: one JSON file beside the stored files."""

import os
from pathlib import Path
from typing import Final

import msgspec

from heygen_async.sandbox.world import World

_NAME: Final = "state.json"


def save(folder: Path, world: World) -> None:
    """Writes the state; a crash in between leaves the former one."""
    target = folder / _NAME
    part = target.with_suffix(".part")
    with part.open("wb") as file:
        file.write(msgspec.json.encode(world))
        file.flush()
        os.fsync(file.fileno())
    part.replace(target)


def load(folder: Path) -> World | None:
    """Reads the state; None when there is none.

    Raises:
        ValueError: When the file is not a state of this version.
    """
    path = folder / _NAME
    try:
        return msgspec.json.decode(path.read_bytes(), type=World)
    except FileNotFoundError:
        return None
    except msgspec.DecodeError as error:
        raise ValueError(f"{path} is not a state of this sandbox: {error}") from error
