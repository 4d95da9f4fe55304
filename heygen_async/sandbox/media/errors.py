"""What goes wrong when media are made."""

from __future__ import annotations

__all__ = ["RenderError"]


class RenderError(Exception):
    """A clip could not be made; the message says why."""
