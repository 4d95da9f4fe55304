"""`heygen-async batch`: a file of rows in, a folder of videos out."""

from heygen_async.cli.batch.command import Settings, run_batch

__all__ = ["Settings", "run_batch"]
