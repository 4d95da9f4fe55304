"""Bounds: how much of everything an orchestrator does at once, whatever asks for it."""

import asyncio
from typing import Final, NamedTuple

from heygen_async.errors import ConfigError
from heygen_async.orchestrator.slots import Slots

AGENTS: Final = 3
"""Agents' sessions at once: of more than two or three, HeyGen lets the others wait."""


class Bound(asyncio.Semaphore):
    """So many at once: ``async with bound``.

    Args:
        name: What is bounded, for the error.
        limit: How many.

    Raises:
        ConfigError: The limit is below 1.
    """

    def __init__(self, name: str, limit: int) -> None:
        if limit < 1:
            raise ConfigError(f"{name} must be at least 1, got {limit}")
        super().__init__(limit)
        self.limit: int = limit


class Bounds(NamedTuple):
    """The bounds of one orchestrator.

    Attributes:
        uploads: Uploads at once.
        slots: Jobs in flight at HeyGen.
        downloads: Downloads at once.
        agents: Agents' sessions at once.
    """

    uploads: Bound
    slots: Slots
    downloads: Bound
    agents: Bound
