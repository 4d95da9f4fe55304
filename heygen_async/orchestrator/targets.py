"""Targets of videos: whether a file can be made is asked before its video is paid for."""

import asyncio
import os
from pathlib import Path

from heygen_async.errors import TargetError
from heygen_async.transport.parts import check_target


class Targets:
    """The files that the videos on their way will make."""

    def __init__(self) -> None:
        self._claimed: set[str] = set()

    async def claim(self, target: str | os.PathLike[str], *, overwrite: bool) -> str | None:
        """Takes a target for one video.

        Returns:
            What to release; None for a folder, in which every video has a name of its own.

        Raises:
            TargetError: It exists, cannot be written, or belongs to another one on its way.
        """
        place = await asyncio.to_thread(_check, Path(target), overwrite=overwrite)
        if place is None:
            return None
        if place in self._claimed:
            raise TargetError(
                f"{target} is the target of another video on its way", hint="Name another file."
            )
        self._claimed.add(place)
        return place

    def release(self, place: str | None) -> None:
        """Gives a target back: the video has ended."""
        if place is not None:
            self._claimed.discard(place)


def _check(target: Path, *, overwrite: bool) -> str | None:
    try:
        folder = target.is_dir()
        if not folder:
            check_target(target, overwrite=overwrite)
    except TargetError:
        raise
    except OSError as problem:
        raise TargetError(f"{target} cannot be written: {problem.strerror or problem}") from problem
    if not os.access(target if folder else target.parent, os.W_OK | os.X_OK):
        raise TargetError(f"{target} cannot be written: no permission")
    return None if folder else os.path.realpath(target)
