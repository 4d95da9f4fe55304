"""Playable media for the sandbox: talking clips, thumbnails, sound and captions."""

from __future__ import annotations

from .captions import cues_of, srt, vtt
from .errors import RenderError
from .probe import image_size
from .renderer import Renderer
from .spec import ClipSpec, Cue, Speech, Word

__all__ = [
    "ClipSpec",
    "Cue",
    "RenderError",
    "Renderer",
    "Speech",
    "Word",
    "cues_of",
    "image_size",
    "srt",
    "vtt",
]
