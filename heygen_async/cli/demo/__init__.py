"""`heygen-async demo`: one photo in, twelve talking videos out."""

from heygen_async.cli.demo.command import Settings, demo

__all__ = ["Settings", "demo"]
